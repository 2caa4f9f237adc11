"""Find what controls a document: code, title, issue, revision, date, owner, and who signed.

What goes in: page headers, the blocks of the text. What comes out: each value with where it stood,
and the tables that hold nothing else. What no line says stays unknown.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.importing.blocks import SourceParagraph, SourceTable
from qmstool.importing.naming import read_code, read_date, read_number
from qmstool.importing.recognized import expressions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmstool.i18n import Text
    from qmstool.importing.blocks import Block, SourceCell

LABELS = expressions("control")
_COMPILED = {key: re.compile(rf"(?:{words})", re.IGNORECASE) for key, words in LABELS.items()}
_ANY = "|".join(f"(?P<{key}>{words})" for key, words in LABELS.items())
# A label ends in a colon; that of the page may stand alone before its number.
_LABELLED = re.compile(
    rf"(?<!\w)(?:(?:{_ANY})\s*[:：]|(?:trang|page)\s*(?=\d|/|$))\s*", re.IGNORECASE
)
WANTED = ("code", "title", "issue", "revision", "date", "owner")
ENOUGH_LABELS = 2


@dataclass(frozen=True, slots=True)
class FoundClaim:
    """What a document says of itself: `key` of WANTED, the value, as written, and where."""

    key: str
    value: str
    written: str
    place: Text


def find_claims(blocks: Iterable[Block]) -> list[FoundClaim]:
    """Return what labelled lines and cells say, the first of each kind."""
    return read_claims(_labelled(blocks))


def read_claims(said: Iterable[tuple[str, str, Text]]) -> list[FoundClaim]:
    """Return what is said of a document, the first of each kind: what, as written, where."""
    claims: dict[str, FoundClaim] = {}
    for key, written, place in said:
        value = _value(key, written)
        if key in WANTED and value and key not in claims:
            claims[key] = FoundClaim(key, value, " ".join(written.split()), place)
    return list(claims.values())


def is_control_table(table: SourceTable) -> bool:
    """Whether a table says nothing but what controls the document."""
    keys = {key for key, _, _ in _labelled([table])}
    cells = [cell for row in table.rows for _, cell in row.cells if cell.text]
    # The list of a revision's changes has such labels as heads of its columns, over many rows.
    return len(keys - {"kind"}) >= ENOUGH_LABELS and len(cells) <= 8 * len(keys)


def label_of_line(line: str) -> bool:
    """Whether a line begins with one label of a document and goes on with another."""
    match = _LABELLED.match(line.strip())
    keys = {key for key, _ in _in_line(line)} - {"kind"}
    return match is not None and len(keys) >= ENOUGH_LABELS


def label_of(text: str) -> str:
    """Return which label a cell is, "" for none."""
    bare = " ".join(text.split()).strip(" :：.*")
    for key, pattern in _COMPILED.items():
        if pattern.fullmatch(bare):
            return key
    return ""


def _value(key: str, written: str) -> str:
    match key:
        case "code":
            return read_code(written)
        case "date":
            return read_date(written)
        case "issue" | "revision":
            return read_number(written)
        case _:
            text = " ".join(written.split()).strip(" .;:")
            return "" if re.fullmatch(r"[\W_]*", text) else text


def _labelled(blocks: Iterable[Block]) -> Iterator[tuple[str, str, Text]]:
    for block in blocks:
        if isinstance(block, SourceParagraph):
            for key, written in _in_line(block.text):
                yield key, written, block.place
        else:
            yield from _in_table(block)


def _in_line(line: str) -> Iterator[tuple[str, str]]:
    """Give the labels of a line, each with the words up to the next one."""
    matches = list(_LABELLED.finditer(line))
    for number, match in enumerate(matches):
        end = matches[number + 1].start() if number + 1 < len(matches) else len(line)
        key = match.lastgroup or "page"
        if line[match.end() : end].strip():
            yield key, line[match.end() : end]


def _in_table(table: SourceTable) -> Iterator[tuple[str, str, Text]]:
    """Give the labels of a table: in one cell with their value, beside it, or above it."""
    for number, row in enumerate(table.rows):
        for place, (column, cell) in enumerate(row.cells):
            yield from _in_cell(cell, table.place)
            key = label_of(cell.text)
            if key:
                value = _beside(table, number, place, column)
                if value:
                    yield key, value, table.place


def _in_cell(cell: SourceCell, place: Text) -> Iterator[tuple[str, str, Text]]:
    """Give the labels within a cell, those of a table inside it too."""
    for block in cell.blocks:
        if isinstance(block, SourceTable):
            yield from _in_table(block)
            continue
        for key, written in _in_line(block.text):
            yield key, written, place


def _beside(table: SourceTable, number: int, place: int, column: int) -> str:
    cells = table.rows[number].cells
    right = cells[place + 1][1].text if place + 1 < len(cells) else ""
    if right and not label_of(right) and not _LABELLED.match(right):
        return right
    if number + 1 < len(table.rows):
        for other, cell in table.rows[number + 1].cells:
            if other == column and not label_of(cell.text):
                return cell.text
    return ""
