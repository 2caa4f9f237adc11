"""Make the list of what people worked by on a day. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import Text, join_texts
from qmstool.tables.registers import INTERNAL, PROOF, Columns, Table, pick_cells, status_row

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from qmstool.i18n import Lang
    from qmstool.manual.model import Manual
    from qmstool.register.status import DocumentStatus, Register

_SHOWN = (
    "code",
    "title",
    "type",
    "issue",
    "revision",
    "state",
    "grounds",
    "effective",
    "release",
    "check_code",
    "instrument",
    "approver",
)
_ALL = dict(INTERNAL) | {
    "release": Text("Đợt", "Release"),
    "grounds": Text("Theo", "By"),
}
GROUNDS = {
    False: Text("văn bản ban hành", "an issuing instrument"),
    True: Text("bản tiếp nhận, không theo văn bản nào", "a text taken over, by no instrument"),
}
COLUMNS: Columns = tuple((key, _ALL[key]) for key in _SHOWN)
EVIDENCED_BY = {
    "signed-file": Text("có tệp ký số", "there is a digitally signed file"),
    "paper": Text("có bản gốc giấy", "the original on paper is kept"),
    "scan": Text("chỉ có bản chụp", "there is a scan only"),
}
TITLE = Text("Sổ tay và tài liệu có hiệu lực ngày {day}", "In force on {day}")
KNOWN = Text(", theo điều đã ghi nhận đến ngày {day}", ", as recorded by {day}")


def _grounds(status: DocumentStatus, lang: Lang) -> str:
    """What a text is in force by; of one taken over, what its approval is evidenced by."""
    words = GROUNDS[status.state == "imported"].get(lang)
    taken = status.item.taken_over if status.item else None
    if taken is None or taken.level not in EVIDENCED_BY:
        return words
    return f"{words}; {EVIDENCED_BY[taken.level].get(lang)}"


def in_force_table(
    manual: Manual,
    register: Register,
    lang: Lang,
    *,
    known_on: date | None = None,
    proofs: Mapping[tuple[str, int], Text] | None = None,
) -> Table:
    """Return every document in force on the register's day; texts taken over stand last.

    `manual` is the one in force on that day; `known_on`: the day by which the releases had been
    recorded, where the register knows no later one; `proofs`: how far the record of each text is
    proved, by document and release, None where nobody asked.
    """
    rows: list[dict[str, str]] = []
    taken_over: list[dict[str, str]] = []
    for status in register.statuses.values():
        if status.in_force:
            row = status_row(manual, register, status, lang)
            row["release"] = str(status.release)
            row["grounds"] = _grounds(status, lang)
            proof = (proofs or {}).get((status.key, status.release or 0))
            row["proof"] = proof.get(lang) if proof else ""
            if status.state == "imported":
                taken_over.append(row)
            else:
                rows.append(row)
    rows += taken_over
    title = TITLE.fill({"day": register.day.isoformat()})
    if known_on:
        title = join_texts("", (title, KNOWN.fill({"day": known_on.isoformat()})))
    columns = (*COLUMNS, PROOF) if proofs else COLUMNS
    return Table(title, columns, pick_cells(rows, columns))
