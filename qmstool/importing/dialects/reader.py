"""Read a Markdown file, of whatever dialect, as blocks: its words as typed, its tables as tables.

What goes in: the bytes of a .md. What comes out: a `Source`. Other dialects are first put in the
words of ours; what has no place there is left out and told, never silently.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.importing.accounting import markdown_words, words
from qmstool.importing.blocks import (
    Doubt,
    LeftOut,
    Source,
    SourceCell,
    SourceParagraph,
    SourceRow,
    SourceTable,
    Span,
    some_of,
)
from qmstool.importing.dialects.blocks import Lines
from qmstool.importing.dialects.front_matter import said_in, split_front_matter
from qmstool.importing.dialects.html_table import read_html_table
from qmstool.importing.old_letters import TURNED, coding_of_text, read_old_letters
from qmstool.importing.plain.decoding import decode
from qmstool.parsing.markdown import leaves
from qmstool.parsing.markdown.plain import plain
from qmstool.parsing.markdown.reader import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmstool.importing.blocks import Block

WHOLE = Text("cả tệp", "the whole file")
FRONT_MATTER = Text(
    "phần đầu tệp (front matter) của chương trình khác", "front matter of another program"
)
LINKS = Text(
    "Liên kết sang tệp khác thành chữ thường, vì tệp ấy có thể không ở đây: {names}. Hãy viện dẫn "
    "bằng mã tài liệu.",
    "Links to other files became plain words, for these may not be here: {names}. Cite by code.",
)
PICTURES = Text(
    "Ảnh hoặc tệp nằm ngoài tệp này, chưa lấy: {names}. Hãy chép vào thư mục pictures/ rồi đặt vào "
    "chỗ có dấu [ ].",
    "Pictures or files outside this one, not taken: {names}. Copy them into pictures/ and put them "
    "where [ ] stands.",
)
MOST_NAMED = 20


def read_markdown(data: bytes, name: str) -> Source:
    """Return what a Markdown file holds."""
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    doubts = []
    coding = coding_of_text(text)
    if coding is not None:
        doubts.append(Doubt(TURNED.fill({"coding": coding.value}), WHOLE, 1))
        text = read_old_letters(text, coding)
    lines = text.split("\n")
    head, first = split_front_matter(lines)
    rewriter = Lines(lines[first:], first + 1)
    made = rewriter.rewritten()
    blocks = list(_blocks(made))
    inlines = rewriter.inlines
    for message, names, weight in ((PICTURES, inlines.pictures, 0), (LINKS, inlines.links, 1)):
        if names:
            shown = some_of(dict.fromkeys(names), MOST_NAMED)
            doubts.append(Doubt(message.fill({"names": shown}), WHOLE, weight))
    left_out = list(rewriter.left_out)
    if head:
        left_out.insert(0, LeftOut("\n".join(head), FRONT_MATTER, Text("dòng 1", "line 1")))
    return Source(
        name=name,
        blocks=tuple(_titled(blocks)),
        says=tuple(said_in(head)),
        raw=((name, " ".join([*head, *markdown_words("\n".join(lines[first:]))])),),
        converted=(*rewriter.converted, *inlines.converted),
        left_out=tuple(left_out),
        doubts=(*doubts, *rewriter.doubts),
    )


def _titled(blocks: list[Block]) -> list[Block]:
    """Return blocks whose only heading of the first level, if it stands first, is the title."""
    tops = [block for block in blocks if isinstance(block, SourceParagraph) and block.level == 1]
    if len(tops) == 1 and blocks[0] is tops[0]:
        blocks[0] = SourceParagraph(tops[0].spans, tops[0].place, title=True)
    return blocks


def _blocks(made: Sequence[tuple[int, str]]) -> Iterator[Block]:
    """Give the blocks of lines in our words, each line with its number in the file."""
    text = "\n".join(line for _, line in made)
    starts = [0]
    for _, line in made:
        starts.append(starts[-1] + len(line) + 1)
    document = read(text)
    at = 0
    for block in document.children:
        start = max(at, document.text.rfind("\n", 0, block.start) + 1)
        yield from _typed(document.text, at, start, _place(made, starts, at))
        place = _place(made, starts, block.start)
        at = max(at, block.end)
        whole = document.text[start:at].strip("\n")
        table = read_html_table(whole, place) if isinstance(block, leaves.HtmlBlock) else None
        if isinstance(block, leaves.Heading):
            yield SourceParagraph((Span(_heading(block, whole)),), place, level=block.level)
        elif isinstance(block, leaves.TableBlock):
            yield _table(block, document.text, place)
        elif table is not None:
            yield table
        elif isinstance(block, leaves.Paragraph):
            yield SourceParagraph((Span(plain(block.children)),), place, markdown=whole)
        elif whole.strip():
            yield SourceParagraph((Span(" ".join(markdown_words(whole))),), place, markdown=whole)
    yield from _typed(document.text, at, len(document.text), _place(made, starts, at))


def _heading(block: leaves.Heading, typed: str) -> str:
    """Return the words of a heading, those in braces behind it too."""
    shown = plain(block.children)
    if sorted(words(shown)) == sorted(markdown_words(typed)):
        return shown
    return " ".join(markdown_words(typed))


def _typed(text: str, start: int, end: int, place: Text) -> Iterator[Block]:
    """Give what stands between blocks, such as the address that a link names elsewhere."""
    between = text[start:end].strip("\n")
    if between.strip():
        yield SourceParagraph((Span(" ".join(markdown_words(between))),), place, markdown=between)


def _place(made: Sequence[tuple[int, str]], starts: Sequence[int], at: int) -> Text:
    line = min(bisect_right(starts, at) - 1, len(made) - 1)
    number = made[line][0] if made else 1
    return Text(f"dòng {number}", f"line {number}")


def _table(block: leaves.TableBlock, text: str, place: Text) -> SourceTable:
    rows = []
    for row in (block.head, *block.rows):
        cells = [
            SourceCell(
                (SourceParagraph((Span(plain(cell.children)),), place, markdown=_cell(cell, text)),)
            )
            for cell in row.cells
        ]
        rows.append(SourceRow(tuple(enumerate(cells))))
    return SourceTable(tuple(rows), len(block.alignments), place)


def _cell(cell: leaves.Cell, text: str) -> str:
    return "" if cell.filled else text[cell.start : cell.end]
