"""Make the trail: who did what to which document, when and why («nhật ký thay đổi»).

What goes in: the log, the releases, what went round, and a query. What comes out: events, or a
table of those that the query wants, newest first. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import Text, join_texts
from qmstool.manual.model import UNKNOWN
from qmstool.manual.values import known_day
from qmstool.parsing.codes import fold_code
from qmstool.parsing.yaml.nodes import text_of
from qmstool.register.effect import signing_day
from qmstool.register.outcomes import release_outcomes
from qmstool.tables.circulation_events import circulation_events
from qmstool.tables.events import Event, Query, newest_first
from qmstool.tables.registers import Columns, Table, pick_cells, signer_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from qmstool.git.commits import Commit, FileChange
    from qmstool.git.history import History
    from qmstool.i18n import Lang
    from qmstool.manual.model import Manual
    from qmstool.manual.releases import Release, ReleaseItem
    from qmstool.manual.standards import CoverageRow
    from qmstool.register.outcomes import ReleaseOutcome

__all__ = ["Event", "Query", "commit_events", "release_events", "trail_table"]

COMMITTED = Text("lưu vào git", "committed")
MERGED = Text("nhập vào dự thảo", "merged into the draft")
SIGNED = Text("ký ban hành đợt {number}", "signed release {number}")
RECORDED = Text("ghi nhận đợt {number}", "recorded release {number}")
COLUMNS: Columns = (
    ("when", Text("Khi nào", "When")),
    ("who", Text("Ai", "Who")),
    ("what", Text("Việc", "What")),
    ("documents", Text("Tài liệu", "Documents")),
    ("subject", Text("Nội dung", "Subject")),
    ("why", Text("Lý do", "Why")),
    ("reference", Text("Nơi tra cứu", "Reference")),
)
TITLE = Text("Nhật ký thay đổi", "Trail")


def trail_table(
    manual: Manual,
    history: History,
    query: Query,
    lang: Lang,
    *,
    waiting: Mapping[str, frozenset[str]] | None = None,
) -> Table:
    """Return the events that a query wants, newest first.

    `waiting`: candidates not yet recorded, key → documents.
    """
    owned, answering = _owned(manual, query.unit), _answering(manual, query.clause)
    events = [
        *commit_events(manual, history),
        *release_events(manual, history, lang),
        *circulation_events(manual, waiting or {}, lang),
    ]
    wanted = [event for event in events if query.matches(event, owned, answering)]
    rows = [_row(manual, event, lang) for event in newest_first(wanted)]
    return Table(_title(manual, query), COLUMNS, pick_cells(rows, COLUMNS))


def _row(manual: Manual, event: Event, lang: Lang) -> dict[str, str]:
    return {
        "when": event.when,
        "who": ", ".join(event.people),
        "what": event.what.get(lang),
        "documents": "; ".join(_name(manual, key) for key in event.documents),
        "subject": event.subject,
        "why": event.why,
        "reference": event.reference,
    }


def _title(manual: Manual, query: Query) -> Text:
    """What the trail is of: a printed one has to say it."""
    unit = manual.config.units.get(query.unit)
    documents = ", ".join(_name(manual, key) for key in sorted(query.documents))
    fields = (
        (documents, Text("tài liệu {x}", "document {x}")),
        (query.clause, Text("điều khoản {x}", "clause {x}")),
        (unit.name if unit else query.unit, Text("đơn vị {x}", "unit {x}")),
        (query.person, Text("người có tên «{x}»", "people named «{x}»")),
        (query.since, Text("từ ngày {x}", "from {x}")),
        (query.until, Text("đến hết ngày {x}", "until {x}")),
    )
    limits = [text.fill({"x": value}) for value, text in fields if value]
    if not limits:
        return TITLE
    return join_texts(": ", (TITLE, join_texts("; ", limits)))


def commit_events(manual: Manual, history: History) -> Iterable[Event]:
    """Yield an event for each commit that touched a document.

    Who typed it is shown as that, and no more.
    """
    zone = manual.config.zone
    for commit, files in _touched(manual, history).values():
        rank = len(history) - history.place(commit)
        yield Event(
            when=commit.committed_in(zone),
            order=f"{history.moments[commit.id].astimezone(zone).isoformat()} {rank:09}",
            people=tuple(f"{who.name} <{who.email}>" for who in commit.people),
            what=MERGED if commit.is_merge else COMMITTED,
            documents=tuple(dict.fromkeys(files.values())),
            subject=commit.subject,
            why="; ".join(commit.trailer_values("Reason")),
            reference=commit.id[:10],
            files=frozenset(files),
        )


def _touched(manual: Manual, history: History) -> Mapping[str, tuple[Commit, dict[str, str]]]:
    """Commit id → the commit, and the files of documents that it touched.

    The files stand by their last names, each with its document's key.
    """
    touched: dict[str, tuple[Commit, dict[str, str]]] = {}
    # Whose each life was found last: all versions of a text ask for the same one.
    owners: dict[int, str] = {}
    for key, life in _file_lives(manual, history):
        if owners.get(id(life)) == key:
            continue
        owners[id(life)] = key
        for touch in life:
            _, files = touched.setdefault(touch.commit.id, (touch.commit, {}))
            files[life[0].path] = key
    return touched


def _file_lives(manual: Manual, history: History) -> Iterator[tuple[str, Sequence[FileChange]]]:
    """The log of every file that a document consists of, or once did, with the document's key."""
    files: dict[str, str] = {}
    for key, document in manual.documents.items():
        files |= {file.path: key for file in document.files}
    for path, key in files.items():
        yield key, history.life(path)
    for release in manual.releases:
        for item in release.items:
            for pin in item.files:
                yield item.key, history.life_of_text(pin.path, pin.blob)


def _owned(manual: Manual, unit: str) -> set[str]:
    """The documents that a unit answers for."""
    owned = set()
    for key, document in manual.documents.items():
        owner = text_of(document.front_matter.owner)
        if unit in {owner, manual.config.owning_unit(owner)}:
            owned.add(key)
    return owned


def _answering(manual: Manual, clause: str) -> tuple[set[str], set[str]]:
    """What answers a clause or one below it: keys of documents, and files of sections."""
    documents: set[str] = set()
    files: set[str] = set()
    if not clause:
        return documents, files
    for coverage in manual.coverage.values():
        catalogue = manual.catalogues.get(coverage.catalogue.text)
        below = catalogue.clauses_under(clause) if catalogue else ()
        for number in (clause, *below):
            row = coverage.row_of(number)
            if row:
                documents |= {_key(manual, mark.text) for mark in row.documents}
                files |= _section_files(manual, row)
    return documents, files


def _key(manual: Manual, code: str) -> str:
    document = manual.document(code)
    return document.key if document else fold_code(code)


def _section_files(manual: Manual, row: CoverageRow) -> set[str]:
    """The file of the manual's section that answers a clause; empty where none does."""
    if not row.section or not manual.main:
        return set()
    number = row.section.text.partition("#")[0]
    section = manual.main.by_number.get(number)
    return {section.file.path} if section else set()


def _changed(history: History, before: ReleaseItem | None, item: ReleaseItem) -> set[str]:
    """The files of an item that are not as in the one before, by their names of today.

    A withdrawal changes all that it withdraws.
    """
    old = {pin.blob for pin in before.files} if before else set()
    pins = [pin for pin in item.files if pin.blob not in old]
    if not pins and before and item.act == "withdraw":
        pins = [*before.files]
    paths = set()
    for pin in pins:
        life = history.life_of_text(pin.path, pin.blob)
        paths.add(life[0].path if life else pin.path)
    return paths


def release_events(manual: Manual, history: History, lang: Lang) -> Iterable[Event]:
    """Yield the events of each release: signed, recorded, and what came of each document in it.

    A document takes effect, is withdrawn, is taken over, or never takes effect since a later record
    took its place: the same answer as registers and change tables give.
    """
    last: dict[str, ReleaseItem] = {}
    outcomes = release_outcomes(manual.releases)
    for release in manual.releases:
        changed: set[str] = set()
        for item in release.items:
            changed |= _changed(history, last.get(item.key), item)
        last |= {item.key: item for item in release.items if item.files}
        files = frozenset(changed)
        yield from _recording(manual, release, files)
        yield from _outcomes(manual, release, outcomes[release.number], files, lang)


def _recording(manual: Manual, release: Release, files: frozenset[str]) -> Iterator[Event]:
    """The event of a release's recording, where its day is known."""
    recorded = known_day(release.recorded)
    if recorded:
        yield Event(
            when=recorded.isoformat(),
            people=(manual.config.role_name(release.recorder),),
            what=RECORDED.fill({"number": str(release.number)}),
            documents=tuple(dict.fromkeys(item.key for item in release.items)),
            subject=release.title,
            why=_why(release.items),
            reference=_path(release),
            files=files,
        )


def _outcomes(
    manual: Manual,
    release: Release,
    outcomes: Sequence[ReleaseOutcome],
    files: frozenset[str],
    lang: Lang,
) -> Iterator[Event]:
    """The events of what came of a release, and of its signature where that is of another day.

    Nobody does anything on the day from which a text counts: who signed did so on his own day.
    """
    signed = signing_day(release)
    signer = (signer_text(manual, release, lang),)
    for outcome in outcomes:
        yield Event(
            when=outcome.day.isoformat(),
            people=signer if signed in {None, outcome.day} else (),
            what=outcome.text,
            documents=tuple(dict.fromkeys(item.key for item in outcome.items)),
            subject=release.title,
            why=_why(outcome.items),
            reference=_instrument_number(release) or _path(release),
            files=files,
        )
    if signed and any(outcome.day != signed for outcome in outcomes):
        yield Event(
            when=signed.isoformat(),
            people=signer,
            what=SIGNED.fill({"number": str(release.number)}),
            documents=tuple(dict.fromkeys(item.key for item in release.items)),
            subject=release.title,
            why=_why(release.items),
            reference=_instrument_number(release) or _path(release),
            files=files,
        )


def _why(items: Iterable[ReleaseItem]) -> str:
    return "; ".join(dict.fromkeys(item.reason for item in items if item.reason))


def _path(release: Release) -> str:
    return f"releases/{release.number:04d}.yml"


def _instrument_number(release: Release) -> str:
    """The number of what put a release in force; "" where it has none that is known."""
    instrument = release.instrument
    if instrument is None or instrument.number == UNKNOWN:
        return ""
    return instrument.number


def _name(manual: Manual, key: str) -> str:
    """What a document is called: by itself, else by the newest release that held it."""
    document = manual.documents.get(key)
    if document:
        return document.name
    for release in reversed(manual.releases):
        for item in release.items:
            if item.key == key:
                return item.code
    return key
