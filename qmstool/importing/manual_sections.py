"""Divide the text of a manual into its sections, a file each, by the numbers of its headings.

What goes in: blocks with settled headings. What comes out: the opening text, and sections in their
order with number and path. A table «Điều khoản ISO | Tài liệu viện dẫn» is the sections itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass, replace
from qmstool.i18n import Text
from qmstool.importing.blocks import Doubt, LeftOut, SourceParagraph, SourceTable, Span
from qmstool.importing.naming import section_number, slug
from qmstool.importing.workbooks import headings as heads

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from qmstool.i18n import Lang
    from qmstool.importing.blocks import Block, SourceCell

DEEPEST = 2  # 7.5 is a section of its own, 7.5.3 stands inside it
_ANNEX = {"phụ lục", "annex", "appendix"}
FRONT, CLAUSES, ANNEXES = 0, 1, 2
FOLDERS = (
    Text("1-phan-dau", "1-front"),
    Text("2-dieu-khoan", "2-clauses"),
    Text("3-phu-luc", "3-annexes"),
)
TABLE_HEADS = Text(
    "đầu cột của bảng nay là các mục", "heads of columns of a table that is now sections"
)
TWICE = Text(
    "Số mục «{number}» có hai lần; lần sau để trong mục trước. Hãy xem số nào đúng.",
    "The section number «{number}» stands twice; the second is inside the section before. Look "
    "which is right.",
)


@dataclass(frozen=True, slots=True)
class SourceSection:
    """A section: its number as written («4.1», «II», «Phụ lục 01»), its file, its blocks."""

    number: str
    path: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Divided:
    """A manual in pieces."""

    opening: tuple[Block, ...]
    sections: tuple[SourceSection, ...]
    left_out: tuple[LeftOut, ...]
    doubts: tuple[Doubt, ...]


def divide(blocks: Sequence[Block], lang: Lang, titles: Mapping[str, str] | None = None) -> Divided:
    """Return the sections of a manual.

    `titles`: clause → title, for text without type, where the words beside a heading may have run
    into it: what follows a clause's own title is text.
    """
    left_out: list[LeftOut] = []
    doubts: list[Doubt] = []
    opening: list[Block] = []
    pieces: list[tuple[int, str, list[Block]]] = []
    numbers: set[str] = set()
    for block in _cut_headings(_unfolded(blocks, left_out), titles or {}):
        group, number = _begins_section(block, seen_clause=any(p[0] == CLAUSES for p in pieces))
        if number and number.casefold() in numbers:
            doubts.append(Doubt(TWICE.fill({"number": number}), block.place))
            number = ""
        if number:
            numbers.add(number.casefold())
            pieces.append((group, number, [block]))
        elif pieces:
            pieces[-1][2].append(block)
        else:
            opening.append(block)
    sections = tuple(_placed(pieces, lang))
    return Divided(tuple(_below(opening, 1)), sections, tuple(left_out), tuple(doubts))


def _cut_headings(blocks: Iterable[Block], titles: Mapping[str, str]) -> Iterator[Block]:
    """Give the blocks; a heading that goes on behind its clause's title as two."""
    rest: SourceParagraph | None = None
    for block in blocks:
        if rest is not None and isinstance(block, SourceParagraph) and block.words[:1].islower():
            # One sentence, which the columns of a table had broken.
            yield replace(rest, spans=(Span(f"{rest.words} {block.words}"),))
            rest = None
            continue
        if rest is not None:
            yield rest
        head, rest = _cut_heading(block, titles)
        yield head
    if rest is not None:
        yield rest


def _cut_heading(block: Block, titles: Mapping[str, str]) -> tuple[Block, SourceParagraph | None]:
    """Return a heading and the text behind its clause's title; None where it ends with that."""
    if not isinstance(block, SourceParagraph) or not block.level:
        return block, None
    _, number, title = section_number(block.text)
    known = titles.get(number, "")
    rest = title[len(known) :].strip()
    goes_on = bool(known and rest) and not rest[0].islower() and rest[0] not in ",;("
    if not goes_on or title[: len(known)].casefold() != known.casefold():
        return block, None
    end = block.words.rindex(rest)
    head = replace(block, spans=(Span(block.words[:end].rstrip()),))
    return head, SourceParagraph((Span(rest),), block.place)


def _begins_section(block: Block, *, seen_clause: bool) -> tuple[int, str]:
    """Return group and number of the section that a block begins; number "" for none."""
    if not isinstance(block, SourceParagraph) or not block.level:
        return FRONT, ""
    word, number, title = section_number(block.text)
    if not number or (number[0].isdigit() and number.count(".") >= DEEPEST):
        return FRONT, ""
    if word in _ANNEX:
        return ANNEXES, f"{block.text[: len(word)]} {number}"
    if number[0].isdigit() and not word:
        return CLAUSES, number
    if not title and not word:
        return FRONT, ""
    return (ANNEXES if seen_clause and word else FRONT), number


def _unfolded(blocks: Sequence[Block], left_out: list[LeftOut]) -> Iterator[Block]:
    """Give the blocks; of a table that is the manual itself, its rows as headings and texts."""
    for block in blocks:
        if isinstance(block, SourceTable):
            number, columns = heads.find_columns(block.grid(), heads.CLAUSES, ("clause", "answer"))
            if columns and _is_sections(block, number, columns):
                yield from _rows_as_sections(block, number, columns, left_out)
                continue
        yield block


def _is_sections(table: SourceTable, number: int, columns: dict[str, int]) -> bool:
    """Whether most rows begin with a clause's number and title."""
    firsts = [line[columns["clause"]] for line in table.grid()[number + 1 :]]
    numbered = [text for text in firsts if re.match(r"\d{1,2}(?:\.\d{1,2})*\.?\s+\S", text)]
    return table.width == len(columns) and len(numbered) * 2 > len(
        [text for text in firsts if text]
    )


def _rows_as_sections(
    table: SourceTable, number: int, columns: dict[str, int], left_out: list[LeftOut]
) -> Iterator[Block]:
    for row in table.rows[: number + 1]:
        for _, cell in row.cells:
            left_out.append(LeftOut(cell.text, TABLE_HEADS, table.place))
    for row in table.rows[number + 1 :]:
        for column, cell in row.cells:
            if column == columns["clause"]:
                yield from _as_heading(cell, table.place)
            else:
                yield from cell.blocks


def _as_heading(cell: SourceCell, place: Text) -> Iterator[Block]:
    """Give the heading that a cell is; what is no number and title stays text."""
    if not cell.text:
        return
    depth = section_number(cell.text)[1].count(".") + 1
    spans: list[Span] = []
    label = ""
    for block in cell.blocks:
        if isinstance(block, SourceTable):
            yield block
        elif block.text:
            if spans:
                spans.append(Span(" "))
            else:
                label = label or block.label
            spans += [replace(span, text=span.text.replace("\n", " ")) for span in block.spans]
    yield SourceParagraph(tuple(spans), place, label, level=depth)


def _placed(pieces: list[tuple[int, str, list[Block]]], lang: Lang) -> Iterator[SourceSection]:
    """Give the sections with their paths, which sort as the manual is printed."""
    groups = {group for group, _, _ in pieces}
    only_clauses = groups == {CLAUSES}
    clauses = [number for group, number, _ in pieces if group == CLAUSES]
    in_order = clauses == sorted(clauses, key=_natural)
    group_now = FRONT
    for place, (group, number, blocks) in enumerate(pieces, start=1):
        group_now = max(group_now, group)
        folder = "" if only_clauses else FOLDERS[group_now].get(lang) + "/"
        stem = number if group_now == CLAUSES and in_order else f"{place:02}-{slug(number)}"
        if group_now == CLAUSES and group != CLAUSES:
            stem = f"{place:02}-{slug(number)}"
        first = blocks[0]
        level = first.level if isinstance(first, SourceParagraph) else 1
        head = replace(first, level=1) if isinstance(first, SourceParagraph) else first
        rest = tuple(_below(blocks[1:], level))
        yield SourceSection(number, f"manual/{folder}{stem}.md", (head, *rest))


def _below(blocks: Sequence[Block], level: int) -> Iterator[Block]:
    """Give blocks with their headings below the one that opens the file."""
    for block in blocks:
        if isinstance(block, SourceParagraph) and block.level:
            yield replace(block, level=max(2, block.level - level + 1))
        else:
            yield block


def _natural(number: str) -> list[int]:
    return [int(part) for part in number.split(".") if part.isdigit()]
