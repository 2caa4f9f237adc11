"""Everything that carries a person's name on a day, and what is left without anybody once that person goes. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.register.copies import outstanding_copies
from qmstool.register.opinions import open_opinions, opinion_state
from qmstool.register.opinions import opinion_text as said_opinion
from qmstool.register.reviews import review_due
from qmstool.register.status import CHANGED, state_text
from qmstool.releases.signers import bare_key
from qmstool.tables.registers import Columns, Table, display_value, pick_cells, unit_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from qmstool.i18n import Lang
    from qmstool.register.responsibilities import Responsibilities
    from qmstool.releases.signers import AllowedSigner

COLUMNS: Columns = (
    ("kind", Text("Loại", "Kind")),
    ("what", Text("Việc, tài liệu", "What")),
    ("as", Text("Với tư cách", "As")),
    ("since", Text("Từ ngày", "Since")),
    ("until", Text("Đến ngày, hạn", "Until, due")),
    ("state", Text("Tình trạng", "State")),
    ("left", Text("Khi người này chuyển công tác", "If this person leaves")),
)
TITLE = Text("Việc đang mang tên {name} ngày {day}", "What carries the name of {name} on {day}")
KINDS = {
    "role": Text("vai trò", "role"),
    "unit": Text("đứng đầu đơn vị", "heads a unit"),
    "owns": Text("tài liệu chủ trì", "document owned"),
    "authors": Text("tài liệu biên soạn", "document written"),
    "reviewers": Text("tài liệu xem xét", "document reviewed"),
    "approves": Text("tài liệu phê duyệt", "document approved"),
    "process": Text("quá trình", "process"),
    "clauses": Text("điều khoản", "clauses"),
    "draft": CHANGED,
    "candidate": Text("hồ sơ đang trình ký", "candidate"),
    "review": Text("hạn xem xét", "review due"),
    "opinion": Text("ý kiến còn nợ", "opinion owed"),
    "copy": Text("bản giữ", "copy held"),
    "key": Text("khóa trong qms.yml", "key in qms.yml"),
    "seal": Text("khóa niêm phong", "sealing key"),
}
NOBODY = Text("KHÔNG CÒN AI", "NOBODY IS LEFT")
LEFT = Text("còn {names}", "still: {names}")
RENAME = Text("thay tên trong tài liệu", "put another name in the document")
RECALL, HAND_ON = (
    Text("phải thu hồi", "to be recalled"),
    Text("bàn giao hoặc thu hồi", "hand on or give back"),
)
TAKE_OUT = Text(
    "gỡ khỏi allowed_signers; mất hoặc lộ thì ghi vào releases/revoked.yml",
    "take it out of allowed_signers; if lost or leaked, record it in releases/revoked.yml",
)
OVERDUE = Text("quá hạn", "overdue")

Row = dict[str, "str | Text"]


def handover_table(
    duties: Responsibilities,
    lang: Lang,
    *,
    waiting: Mapping[str, frozenset[str]],
    signers: Iterable[AllowedSigner],
) -> Table:
    """Return a row for everything that carries the person's name on the day, by kind.

    `waiting`: candidates not yet recorded, key → documents; `signers`: the lines of the allowed
    signers.
    """
    rows = (
        *_roles(duties), *_documents(duties), *_other_duties(duties), *_in_progress(duties, waiting), *_reviews(duties),
        *_opinions(duties), *_copies(duties), *_keys(duties, signers),
    )  # fmt: skip
    cells = (
        {
            name: display_value(value, lang) if isinstance(value, str) else value.get(lang)
            for name, value in row.items()
        }
        for row in rows
    )
    return Table(
        TITLE.fill({"name": duties.name, "day": duties.day}), COLUMNS, pick_cells(cells, COLUMNS)
    )


def remaining_holders(duties: Responsibilities, role: str) -> Text:
    """Return who still holds a role once the person goes."""
    others = duties.others(role)
    return LEFT.fill({"names": ", ".join(others)}) if others else NOBODY


def _roles(duties: Responsibilities) -> Iterator[Row]:
    config = duties.manual.config
    for held in config.people[duties.person].holds:
        if held.until in {"", "unknown"} or held.until >= duties.day:
            name, role = config.role_name(held.role.text), held.role.text
            row: Row = {
                "kind": KINDS["role"],
                "what": name,
                "as": held.capacity,
                "since": held.since,
                "until": held.until,
            }
            yield row | {"left": remaining_holders(duties, role)}
    for key, role in duties.units.items():
        yield {
            "kind": KINDS["unit"],
            "what": config.units[key].name,
            "as": config.role_name(role),
            "left": remaining_holders(duties, role),
        }


def _documents(duties: Responsibilities) -> Iterator[Row]:
    for each in (duty for found in duties.documents.values() for duty in found):
        standing = duties.register.statuses[each.document.key]
        row: Row = {
            "kind": KINDS[each.kind],
            "what": f"{each.document.name} – {each.document.title}",
        }
        row |= {
            "as": duties.manual.config.role_name(each.role),
            "since": standing.effective,
            "state": state_text(standing.state),
        }
        yield row | {"left": remaining_holders(duties, each.role) if each.role else RENAME}


def _other_duties(duties: Responsibilities) -> Iterator[Row]:
    """Processes and clauses that the person's roles answer for."""
    manual, config = duties.manual, duties.manual.config
    for process in manual.process_map.processes.values() if manual.process_map else ():
        if process.owner and (role := process.owner.text) in duties.roles:
            yield {
                "kind": KINDS["process"],
                "what": process.title,
                "as": config.role_name(role),
                "left": remaining_holders(duties, role),
            }
    for coverage in manual.coverage.values():
        for role in duties.roles:
            numbers = ", ".join(
                number
                for number, row in coverage.rows.items()
                if row.role and row.role.text == role
            )
            if numbers:
                yield {
                    "kind": KINDS["clauses"],
                    "what": numbers,
                    "as": config.role_name(role),
                    "left": remaining_holders(duties, role),
                }


def _in_progress(duties: Responsibilities, waiting: Mapping[str, frozenset[str]]) -> Iterator[Row]:
    """Draft revisions of the person's documents, and candidates with one of them."""
    for key, found in duties.documents.items():
        standing = duties.register.statuses[key]
        if standing.in_force and standing.changed:
            yield {
                "kind": KINDS["draft"],
                "what": f"{found[0].document.name} – {found[0].document.title}",
            }
    for name, keys in waiting.items():
        mine = ", ".join(
            found[0].document.name for key, found in duties.documents.items() if key in keys
        )
        if mine:
            yield {"kind": KINDS["candidate"], "what": f"{name}: {mine}"}


def _reviews(duties: Responsibilities) -> Iterator[Row]:
    for key, found in duties.documents.items():
        document = found[0].document
        due = review_due(document, duties.register.statuses[key], duties.manual.config)
        if due:
            row: Row = {
                "kind": KINDS["review"],
                "what": f"{document.name} – {document.title}",
                "until": due.isoformat(),
            }
            yield row | ({"state": OVERDUE} if due < duties.register.day else {})


def _opinions(duties: Responsibilities) -> Iterator[Row]:
    """What the person, or a unit that the person heads, owes on candidates not yet recorded."""
    day = duties.register.day
    for found in open_opinions(duties.manual):
        for each in found.asked:
            mine = each.unit.text in duties.units or each.person in {duties.person, duties.name}
            if mine and opinion_state(each, day) in {"waiting", "overdue"}:
                unit = unit_name(duties.manual, each.unit.text, "vi")
                row: Row = {
                    "kind": KINDS["opinion"],
                    "what": found.candidate,
                    "as": unit,
                    "since": each.sent,
                    "until": each.due,
                }
                yield row | {"state": said_opinion(each, day)}


def _copies(duties: Responsibilities) -> Iterator[Row]:
    for each in outstanding_copies(duties.manual, duties.register.day):
        copy = each.copy
        if copy.to in {duties.person, duties.name}:
            what = f"{copy.document.text} ({copy.number})" if copy.number else copy.document.text
            row: Row = {
                "kind": KINDS["copy"],
                "what": what,
                "as": unit_name(duties.manual, copy.unit.text, "vi"),
            }
            yield row | {"since": copy.handed_out, "left": RECALL if each.to_recall else HAND_ON}


def _keys(duties: Responsibilities, signers: Iterable[AllowedSigner]) -> Iterator[Row]:
    person = duties.manual.config.people[duties.person]
    own = {bare_key(key) for key in person.keys}
    for key in person.keys:
        yield {"kind": KINDS["key"], "what": _short(bare_key(key) or key)}
    for each in signers:
        if each.key in own or {duties.person, *person.emails} & set(each.principals):
            row: Row = {
                "kind": KINDS["seal"],
                "what": _short(each.key),
                "as": ", ".join(each.principals),
            }
            yield row | {"since": each.since, "until": each.until, "left": TAKE_OUT}


def _short(key: str) -> str:
    """A key as people compare it: its type and last letters."""
    kind, _, body = key.partition(" ")
    return f"{kind} …{body[-12:]}" if body else key
