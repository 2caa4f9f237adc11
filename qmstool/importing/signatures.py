"""Read the table in which a document is signed: who wrote it, looked through it, approved it.

What goes in: the tables of a text. What comes out: for each part the person and the office, as
written, and which table it was. Names go down a column or along a row.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.importing.blocks import SourceParagraph
from qmstool.importing.recognized import compiled, expression, expressions

if TYPE_CHECKING:
    from qmstool.i18n import Text
    from qmstool.importing.blocks import SourceCell, SourceRow, SourceTable

_PARTS = expressions("signing")
_COMPILED = {key: re.compile(rf"(?:{words})", re.IGNORECASE) for key, words in _PARTS.items()}
_LABEL = compiled("signing_labels", after=r"\s*[:：]?")
_NAMES, _POSITIONS = compiled("signing_names"), compiled("signing_positions")
_OFFICE = compiled("offices", before=f"(?:{expression('office_prefixes')})*")
_NAME = re.compile(
    r"(?:(?:ông|bà|mr|mrs|ms|ths|ts|ks|dr)\.? )?[^\W\d_][\w'’.]*(?: [^\W\d_][\w'’.]*){1,4}",
    re.IGNORECASE,
)
ENOUGH_PARTS = 2


@dataclass(frozen=True, slots=True)
class FoundSignature:
    """Who signed as what: "author", "reviewer" or "approver"; "" for what is not said."""

    part: str
    person: str
    office: str
    place: Text


def find_signatures(table: SourceTable) -> list[FoundSignature]:
    """Return who signed by a table, [] for a table of something else."""
    for number, row in enumerate(table.rows):
        parts = {column: part_of(cell.text) for column, cell in row.cells}
        if sum(1 for part in parts.values() if part) >= ENOUGH_PARTS:
            return _by_columns(table, number, parts)
    firsts = [part_of(_first_text(row)) for row in table.rows]
    if sum(1 for part in firsts if part) < ENOUGH_PARTS:
        return []
    heads = {column: cell.text for column, cell in table.rows[0].cells}
    signed = []
    for row, part in zip(table.rows, firsts, strict=True):
        if part:
            cells = [(heads.get(column, ""), cell) for column, cell in row.cells[1:]]
            signed.append(_signature(part, cells, table.place))
    return signed


def part_of(text: str) -> str:
    """Return which part of signing a cell names, "" for none."""
    bare = " ".join(text.split()).strip(" :：.()").removesuffix(" bởi").strip()
    for part, pattern in _COMPILED.items():
        if pattern.fullmatch(bare):
            return part
    return ""


def _by_columns(table: SourceTable, number: int, parts: dict[int, str]) -> list[FoundSignature]:
    signed = []
    for column, part in parts.items():
        if not part:
            continue
        cells = []
        for row in table.rows[number + 1 :]:
            label = _first_text(row)
            cells += [(label, cell) for other, cell in row.cells if other == column]
        signed.append(_signature(part, cells, table.place))
    return signed


def _first_text(row: SourceRow) -> str:
    if not row.cells:
        return ""
    return row.cells[0][1].text


def _lines(cell: SourceCell) -> list[str]:
    lines = []
    for block in cell.blocks:
        if isinstance(block, SourceParagraph):
            for span in "".join(piece.text for piece in block.spans).split("\n"):
                bare = _LABEL.sub("", " ".join(span.split())).strip(" :.…_-()")
                if bare and not re.fullmatch(r"[\W_]*", bare):
                    lines.append(bare)
    return lines


def _signature(part: str, cells: list[tuple[str, SourceCell]], place: Text) -> FoundSignature:
    """Return who signed by cells, each with the label of its row or column."""
    names: list[str] = []
    offices: list[str] = []
    others: list[str] = []
    for label, cell in cells:
        bare = label.strip(" :.")
        if _NAMES.fullmatch(bare):
            names += _lines(cell)
        elif _POSITIONS.fullmatch(bare):
            offices += _lines(cell)
        else:
            others += _lines(cell)
    offices += [line for line in others if _OFFICE.match(line)]
    if not names:
        names = [line for line in others if line not in offices and _NAME.fullmatch(line)][-1:]
    return FoundSignature(part, next(iter(names), ""), next(iter(offices), ""), place)
