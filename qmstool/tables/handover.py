"""Make the list of what carries a person's name on a day, and of what is left without anybody.

What goes in: what the person answers for, candidates under way, and the allowed signers. What comes
out: a table by kind, each row with what becomes of it once the person goes. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.manual.values import known_day, written_day
from qmstool.parsing.public_keys import bare_key, fingerprint
from qmstool.register.copies import outstanding_copies
from qmstool.register.opinions import open_opinions, opinion_state, opinion_text
from qmstool.register.reviews import review_due
from qmstool.register.status import CHANGED, state_text
from qmstool.tables.registers import Columns, Table, display_value, pick_cells, unit_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from qmstool.i18n import Lang
    from qmstool.manual.documents import Document
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
NOBODY = Text("CHƯA AI PHỤ TRÁCH", "NOBODY IS LEFT")
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
        *_roles(duties),
        *_units(duties),
        *_documents(duties),
        *_processes(duties),
        *_clauses(duties),
        *_drafts(duties),
        *_candidates(duties, waiting),
        *_reviews(duties),
        *_opinions(duties),
        *_copies(duties),
        *_keys(duties),
        *_seals(duties, signers),
    )
    title = TITLE.fill({"name": duties.name, "day": duties.day.isoformat()})
    return Table(title, COLUMNS, pick_cells([_cells(row, lang) for row in rows], COLUMNS))


def _cells(row: Row, lang: Lang) -> dict[str, str]:
    cells = {}
    for name, value in row.items():
        if isinstance(value, str):
            cells[name] = display_value(value, lang)
        else:
            cells[name] = value.get(lang)
    return cells


def remaining_holders(duties: Responsibilities, role: str) -> Text:
    """Return who still holds a role once the person goes."""
    others = duties.others(role)
    return LEFT.fill({"names": ", ".join(others)}) if others else NOBODY


def _roles(duties: Responsibilities) -> Iterator[Row]:
    config = duties.manual.config
    for held in config.people[duties.person].holds:
        if (known_day(held.until) or duties.day) >= duties.day:
            yield {
                "kind": KINDS["role"],
                "what": config.role_name(held.role.text),
                "as": held.capacity,
                "since": written_day(held.since),
                "until": written_day(held.until),
                "left": remaining_holders(duties, held.role.text),
            }


def _units(duties: Responsibilities) -> Iterator[Row]:
    config = duties.manual.config
    for key, role in duties.units.items():
        yield {
            "kind": KINDS["unit"],
            "what": config.units[key].name,
            "as": config.role_name(role),
            "left": remaining_holders(duties, role),
        }


def _documents(duties: Responsibilities) -> Iterator[Row]:
    for key, responsibilities in duties.documents.items():
        status = duties.register.statuses[key]
        for responsibility in responsibilities:
            role = responsibility.role
            yield {
                "kind": KINDS[responsibility.kind],
                "what": _titled(responsibility.document),
                "as": duties.manual.config.role_name(role),
                "since": written_day(status.effective),
                "state": state_text(status.state),
                "left": remaining_holders(duties, role) if role else RENAME,
            }


def _titled(document: Document) -> str:
    return f"{document.name} – {document.title}"


def _processes(duties: Responsibilities) -> Iterator[Row]:
    """The processes that the person's roles answer for."""
    process_map = duties.manual.process_map
    if process_map is None:
        return
    for process in process_map.processes.values():
        if process.owner and process.owner.text in duties.roles:
            role = process.owner.text
            yield {
                "kind": KINDS["process"],
                "what": process.title,
                "as": duties.manual.config.role_name(role),
                "left": remaining_holders(duties, role),
            }


def _clauses(duties: Responsibilities) -> Iterator[Row]:
    """The clauses that the person's roles answer for."""
    for coverage in duties.manual.coverage.values():
        for role in duties.roles:
            numbers = [
                number
                for number, row in coverage.rows.items()
                if row.role and row.role.text == role
            ]
            if numbers:
                yield {
                    "kind": KINDS["clauses"],
                    "what": ", ".join(numbers),
                    "as": duties.manual.config.role_name(role),
                    "left": remaining_holders(duties, role),
                }


def _drafts(duties: Responsibilities) -> Iterator[Row]:
    """Draft revisions of the person's documents."""
    for key, responsibilities in duties.documents.items():
        status = duties.register.statuses[key]
        if status.in_force and status.changed:
            yield {"kind": KINDS["draft"], "what": _titled(responsibilities[0].document)}


def _candidates(duties: Responsibilities, waiting: Mapping[str, frozenset[str]]) -> Iterator[Row]:
    """Candidates with one of the person's documents."""
    for name, keys in waiting.items():
        own = [key for key in duties.documents if key in keys]
        names = ", ".join(duties.documents[key][0].document.name for key in own)
        if names:
            yield {"kind": KINDS["candidate"], "what": f"{name}: {names}"}


def _reviews(duties: Responsibilities) -> Iterator[Row]:
    for key, responsibilities in duties.documents.items():
        document = responsibilities[0].document
        due = review_due(document, duties.register.statuses[key], duties.manual.config)
        if due:
            row: Row = {
                "kind": KINDS["review"],
                "what": _titled(document),
                "until": due.isoformat(),
            }
            if due < duties.register.day:
                row["state"] = OVERDUE
            yield row


def _opinions(duties: Responsibilities) -> Iterator[Row]:
    """What the person, or a unit that the person heads, owes on candidates not yet recorded."""
    day = duties.register.day
    for opinions in open_opinions(duties.manual):
        for asked in opinions.requests:
            own = asked.unit.text in duties.units or asked.person in {duties.person, duties.name}
            if own and opinion_state(asked, day) in {"waiting", "overdue"}:
                yield {
                    "kind": KINDS["opinion"],
                    "what": opinions.candidate,
                    "as": unit_name(duties.manual, asked.unit.text, "vi"),
                    "since": written_day(asked.sent),
                    "until": written_day(asked.due),
                    "state": opinion_text(asked, day),
                }


def _copies(duties: Responsibilities) -> Iterator[Row]:
    for outstanding in outstanding_copies(duties.manual, duties.register.day):
        copy = outstanding.copy
        if copy.recipient in {duties.person, duties.name}:
            code = copy.document.text
            yield {
                "kind": KINDS["copy"],
                "what": f"{code} ({copy.number})" if copy.number else code,
                "as": unit_name(duties.manual, copy.unit.text, "vi"),
                "since": written_day(copy.handed_out),
                "left": RECALL if outstanding.to_recall else HAND_ON,
            }


def _keys(duties: Responsibilities) -> Iterator[Row]:
    for key in duties.manual.config.people[duties.person].keys:
        yield {"kind": KINDS["key"], "what": _short(bare_key(key) or key)}


def _seals(duties: Responsibilities, signers: Iterable[AllowedSigner]) -> Iterator[Row]:
    """The lines of the allowed signers with a key or an address of the person."""
    person = duties.manual.config.people[duties.person]
    keys = set(map(fingerprint, person.keys))
    names = {duties.person, *person.emails}
    for signer in signers:
        if fingerprint(signer.key) in keys or names & set(signer.principals):
            yield {
                "kind": KINDS["seal"],
                "what": _short(signer.key),
                "as": ", ".join(signer.principals),
                "since": written_day(signer.since),
                "until": written_day(signer.until),
                "left": TAKE_OUT,
            }


def _short(key: str) -> str:
    """A key as people compare it: its type and last letters."""
    kind, _, body = key.partition(" ")
    return f"{kind} …{body[-12:]}" if body else key
