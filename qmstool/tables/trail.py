"""Log + releases + what went round → the trail: who did what to which document, when and why («nhật ký thay đổi»). Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.parsing.codes import key as fold_code
from qmstool.tables.circulation_events import circulation_events
from qmstool.tables.events import Event, Query
from qmstool.tables.registers import Columns, Table, pick_cells, signer_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qmstool.git.commits import Commit, History
    from qmstool.i18n import Lang
    from qmstool.manual.model import Item, Manual, Release

__all__ = ["Event", "Query", "commit_events", "release_events", "trail_table"]

COMMITTED = Text("lưu vào git", "committed")
MERGED = Text("nhập vào dự thảo", "merged into the draft")
RECORDED = Text("ghi nhận đợt {number}", "recorded release {number}")
IN_FORCE = Text("có hiệu lực từ {day}", "in force from {day}")
COLUMNS: Columns = (
    ("when", Text("Khi nào", "When")),
    ("who", Text("Ai", "Who")),
    ("what", Text("Việc", "What")),
    ("documents", Text("Tài liệu", "Documents")),
    ("subject", Text("Nội dung", "Subject")),
    ("why", Text("Lý do", "Why")),
    ("reference", Text("Nơi tra cứu", "Reference")),
)


def trail_table(
    manual: Manual,
    history: History,
    query: Query,
    lang: Lang,
    *,
    waiting: Mapping[str, frozenset[str]] | None = None,
) -> Table:
    """Return the events that a query asks for, newest first; `waiting`: the documents of candidates not yet recorded, by key."""
    owned, answering = _owned(manual, query.unit), _answering(manual, query.clause)
    told = (
        *commit_events(manual, history),
        *release_events(manual, history, lang),
        *circulation_events(manual, waiting or {}, lang),
    )
    events = [event for event in told if query.wants(event, owned, answering)]
    events.sort(key=lambda event: (event.when[:10], event.when), reverse=True)
    rows = (
        {
            "when": event.when,
            "who": ", ".join(event.people),
            "what": event.what.get(lang),
            "documents": "; ".join(_name(manual, key) for key in event.documents),
            "subject": event.subject,
            "why": event.why,
            "reference": event.reference,
        }
        for event in events
    )
    return Table(_title(manual, query), COLUMNS, pick_cells(rows, COLUMNS))


def _title(manual: Manual, query: Query) -> Text:
    """What the trail is of: a printed one has to say it."""
    unit = manual.config.units.get(query.unit)
    asked = (
        (
            ", ".join(_name(manual, key) for key in sorted(query.documents)),
            Text("tài liệu {x}", "document {x}"),
        ),
        (query.clause, Text("điều khoản {x}", "clause {x}")),
        (unit.name if unit else query.unit, Text("đơn vị {x}", "unit {x}")),
        (query.person, Text("người có tên «{x}»", "people named «{x}»")),
        (query.since, Text("từ ngày {x}", "from {x}")),
        (query.until, Text("đến hết ngày {x}", "until {x}")),
    )
    told = [text.fill({"x": value}) for value, text in asked if value]
    vi, en = ("; ".join(text.get(lang) for text in told) for lang in ("vi", "en"))
    return (
        Text(f"Nhật ký thay đổi: {vi}", f"Trail: {en}")
        if told
        else Text("Nhật ký thay đổi", "Trail")
    )


def commit_events(manual: Manual, history: History) -> Iterable[Event]:
    """Yield an event for each commit that touched a document; who typed it is shown as that, and no more."""
    for commit, files in _touched(manual, history).values():
        people = tuple(f"{who.name} <{who.email}>" for who in commit.people)
        what = MERGED if commit.is_merge else COMMITTED
        why = "; ".join(commit.said("Reason"))
        keys = tuple(dict.fromkeys(files.values()))
        yield Event(
            commit.committed,
            people,
            what,
            keys,
            commit.subject,
            why,
            commit.id[:10],
            frozenset(files),
        )


def _touched(manual: Manual, history: History) -> Mapping[str, tuple[Commit, dict[str, str]]]:
    """Commit id → the commit and the files of documents that it touched, by their last names, with the documents' keys."""
    found: dict[str, tuple[Commit, dict[str, str]]] = {}
    files = {
        path: key
        for key, document in manual.documents.items()
        for path in (file.path for file in document.files)
    }
    lives = [(key, history.life(path)) for path, key in files.items()]
    for each in manual.releases:
        lives += [
            (item.key, history.bearing(pin.path, pin.blob))
            for item in each.items
            for pin in item.files
        ]
    for key, life in lives:
        for touch in life:
            found.setdefault(touch.commit.id, (touch.commit, {}))[1][life[0].path] = key
    return found


def _owned(manual: Manual, unit: str) -> set[str]:
    """The documents that a unit answers for."""
    return {
        key for key, document in manual.documents.items() if document.entry.text("owner") == unit
    }


def _answering(manual: Manual, clause: str) -> tuple[set[str], set[str]]:
    """What answers a clause or one below it: documents that the mapping names, and files of the manual's sections."""
    documents: set[str] = set()
    sections: set[str] = set()
    for each in manual.coverage.values() if clause else ():
        catalogue = manual.catalogues.get(each.catalogue.text)
        for number in (clause, *(catalogue.below(clause) if catalogue else ())):
            row = each.answer(number)
            named = row.documents if row else ()
            documents |= {
                found.key if (found := manual.document(mark.text)) else fold_code(mark.text)
                for mark in named
            }
            if (
                row
                and row.section
                and manual.main
                and (section := manual.main.by_number.get(row.section.text.partition("#")[0]))
            ):
                sections.add(section.file.path)
    return documents, sections


def _changed(history: History, before: Item | None, item: Item) -> set[str]:
    """The files of an item that are not as they were in the one before, by their names of today."""
    old = {pin.blob for pin in before.files} if before else set()
    pins = [pin for pin in item.files if pin.blob not in old] or (
        [*before.files] if before and item.act == "withdraw" else []
    )
    lives = ((pin.path, history.bearing(pin.path, pin.blob)) for pin in pins)
    return {life[0].path if life else path for path, life in lives}


def release_events(manual: Manual, history: History, lang: Lang) -> Iterable[Event]:
    """Yield two events for each release: its recording by the recorder, and its effect by the signer."""
    last: dict[str, Item] = {}
    for each in manual.releases:
        files = frozenset(
            path for item in each.items for path in _changed(history, last.get(item.key), item)
        )
        last |= {item.key: item for item in each.items if item.files}
        keys = tuple(dict.fromkeys(item.key for item in each.items))
        why = "; ".join(dict.fromkeys(item.reason for item in each.items if item.reason))
        name = f"releases/{each.number:04d}.yml"
        recorder = manual.config.role_name(each.entry.text("recorder"))
        if _is_day(each.recorded):
            yield Event(
                each.recorded,
                (recorder,),
                RECORDED.fill({"number": str(each.number)}),
                keys,
                each.title,
                why,
                name,
                files,
            )
        if _is_day(each.effective):
            who = (signer_text(manual, each, lang),)
            what, where = IN_FORCE.fill({"day": each.effective}), _number(each) or name
            yield Event(each.effective, who, what, keys, each.title, why, where, files)


def _is_day(text: str) -> bool:
    return text[:1].isdigit()


def _number(each: Release) -> str:
    instrument = each.entry.entry("instrument")
    number = instrument.text("number") if instrument else ""
    return "" if number == "unknown" else number


def _name(manual: Manual, key: str) -> str:
    document = manual.documents.get(key)
    items = (
        item.code for each in reversed(manual.releases) for item in each.items if item.key == key
    )
    return document.name if document else next(items, key)
