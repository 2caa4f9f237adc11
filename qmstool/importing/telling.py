"""Make the lines of the report about one document: where its parts went, what stayed outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.importing.blocks import SourceTable
from qmstool.importing.result import LEFT_OUT, READ, UNSURE, Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qmstool.importing.accounting import Account
    from qmstool.importing.blocks import Doubt, LeftOut
    from qmstool.importing.draft import DraftDocument

WHOLE = Text("cả tệp", "the whole file")
LOST = Text(
    "LỖI: {count} từ của tệp không có ở đâu cả: {words}. Hãy báo cho người làm qmstool.",
    "ERROR: {count} words of the file are nowhere: {words}. Please tell the makers of qmstool.",
)
EXTRA = Text(
    "Trong bài có {count} từ mà nguồn không có: {words}. Hãy so lại.",
    "The text has {count} words that the source has not: {words}. Compare.",
)
COUNTED = Text(
    "{source} từ trong nguồn: {placed} đã đưa vào, {left} để ngoài có lý do.",
    "{source} words in the source: {placed} placed, {left} left out for a reason.",
)
NOT_TAKEN = Text("{reason}: «{text}»", "{reason}: «{text}»")
CLAIM = Text("{key}: {value} (trong tệp ghi «{written}»)", "{key}: {value} (written «{written}»)")
CHANGE = Text("Bảng sửa đổi: {row}", "Table of changes: {row}")
HEADING = Text("mục «{text}»", "section «{text}»")
TABLE = Text("bảng {rows} hàng, {columns} cột", "a table of {rows} rows, {columns} columns")
MOST_SHOWN = 300


def read_lines(draft: DraftDocument, targets: Mapping[Text, str]) -> Iterator[Line]:
    """Give where headings and tables of a document went, and what it says of itself.

    `targets`: place in the source → file and line.
    """
    name = draft.source.name
    for block in draft.blocks:
        target = targets.get(block.place, "")
        if isinstance(block, SourceTable):
            values = {"rows": str(len(block.rows)), "columns": str(block.width)}
            yield Line(READ, name, block.place, target, TABLE.fill(values), 2)
        elif block.level:
            message = HEADING.fill({"text": block.text[:MOST_SHOWN]})
            yield Line(READ, name, block.place, target, message, 2)
    for claim in draft.claims:
        values = {"key": claim.key, "value": claim.value, "written": claim.written}
        yield Line(READ, name, claim.place, "", CLAIM.fill(values), 1)
    for change in draft.changes:
        row = " · ".join(value for value in change.values() if value)
        yield Line(READ, name, WHOLE, "", CHANGE.fill({"row": row}), 2)


def left_out_lines(name: str, left_out: Sequence[LeftOut]) -> Iterator[Line]:
    """Give what stayed outside, with its reason."""
    for piece in left_out:
        text = " ".join(piece.text.split())
        if text:
            if len(text) > MOST_SHOWN:
                text = f"{text[:MOST_SHOWN]}…"
            message = Text(
                NOT_TAKEN.fill({"reason": piece.reason.vi, "text": text}).vi,
                NOT_TAKEN.fill({"reason": piece.reason.en, "text": text}).en,
            )
            yield Line(LEFT_OUT, name, piece.place, "", message)


def doubt_lines(
    name: str, doubts: Sequence[Doubt], targets: Mapping[Text, str], file: str
) -> Iterator[Line]:
    """Give what a person has to look at; where no line is known, `file` is."""
    for doubt in doubts:
        target = targets.get(doubt.place, file)
        yield Line(UNSURE, name, doubt.place, target, doubt.message, doubt.weight)


def account_lines(name: str, result: Account) -> Iterator[Line]:
    """Give the count of a document's words, and the words that are missing or too many."""
    values = {"source": result.source, "placed": result.placed, "left": result.left_out}
    message = COUNTED.fill({key: str(value) for key, value in values.items()})
    yield Line(READ, name, WHOLE, "", message, 2)
    for words, text, weight in ((result.missing, LOST, 0), (result.extra, EXTRA, 1)):
        if words:
            filled = text.fill({"count": str(len(words)), "words": " ".join(words)[:MOST_SHOWN]})
            yield Line(UNSURE, name, WHOLE, "", filled, weight)
