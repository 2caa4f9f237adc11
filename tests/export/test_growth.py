"""Papers are made, and two texts for Word compared, in time that does not grow with their square."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

import pytest

from qmstool.export.pdf_in_parts import as_pdf
from qmstool.export.sheets import SheetWriter
from qmstool.export.word.flat import FlatCell, FlatParagraph, Grid, StyledText
from qmstool.export.word.lists import ListDefinitions
from qmstool.export.word.numbering import ListStart
from qmstool.export.word.revisions import compare_blocks, revise_pieces
from qmstool.export.word.xml import Elements
from qmstool.manual.loading.loader import load
from qmstool.register.status import register
from tests.support.asked import DAY
from tests.support.grown import grows_with_its_square
from tests.support.memory import PROCEDURE, files

if TYPE_CHECKING:
    from collections.abc import Callable

    from qmstool.export.word.flat import Block


def paragraph(text: str) -> FlatParagraph:
    return FlatParagraph((StyledText(text),))


def all_new(count: int) -> Callable[[], object]:
    """Every paragraph is another one."""
    old: list[Block] = [paragraph(" ".join(f"a{n}b{at}" for at in range(9))) for n in range(count)]
    new: list[Block] = [paragraph(" ".join(f"c{n}d{at}" for at in range(9))) for n in range(count)]
    return lambda: compare_blocks(old, new)


def table(count: int, word: str) -> Grid:
    cells = [
        FlatCell(x, y, 1, 1, False, (paragraph(f"{word} {x} {y}"),))
        for y in range(count)
        for x in range(2)
    ]
    return Grid(2, count, 0, tuple(cells))


def long_table(count: int) -> Callable[[], object]:
    """One row of a table is another one."""
    old, new = table(count, "chữ"), table(count, "chữ")
    changed = FlatCell(0, 0, 1, 1, False, (paragraph("khác"),))
    new = Grid(2, count, 0, (changed, *new.cells[1:]))
    return lambda: compare_blocks([old], [new])


def long_code(count: int) -> Callable[[], object]:
    """A block of code of so many lines, on paper."""
    lines = "".join(f"dòng {at} của một tệp dài\n" for at in range(count))
    tree = files(**{"procedures/qt-a-01.md": f"{PROCEDURE}\n```\n{lines}```\n"})
    manual = load(tree)
    writer = SheetWriter(manual, register(manual, manual.releases, DAY), "vi")
    papers = writer.documents([manual.documents["qt-a-01"]], tree, {}, whole=False)
    return lambda: as_pdf(papers.data, papers.pictures, DAY)


@pytest.mark.parametrize(("made", "count"), [(all_new, 60), (long_table, 700), (long_code, 600)])
def test_time_does_not_grow_with_the_square_of_a_text(
    made: Callable[[int], Callable[[], object]], count: int
) -> None:
    assert not grows_with_its_square(made, count)


class CountedElements(Elements):
    """Elements, and how many were made one by one."""

    made = 0

    def make(self, tag: str, **attributes: str) -> Any:
        self.made += 1
        return super().make(tag, **attributes)


def test_lists_that_begin_alike_are_defined_once() -> None:
    docx = importlib.import_module("docx")

    def made(count: int) -> int:
        elements = CountedElements(docx)
        lists = [ListStart(100 + at, 0, None, ".") for at in range(count)]
        ListDefinitions(docx, docx.Document(), elements).add_lists(lists)
        return elements.made

    assert made(101) - made(1) == 200  # the number of each list, and which definition it has


def test_pieces_of_a_line_are_cut_where_words_change() -> None:
    bold = frozenset({"b"})
    old = (StyledText("một hai ba", bold), StyledText(" bốn"))
    new = (StyledText("một năm ba", bold), StyledText(" bốn"), StyledText(" sáu", bold))
    revised = [
        (each.act, each.piece.text, bool(each.piece.marks)) for each in revise_pieces(old, new)
    ]
    assert "".join(text for act, text, _ in revised if act != "ins") == "một hai ba bốn"
    assert "".join(text for act, text, _ in revised if act != "del") == "một năm ba bốn sáu"
    assert [text for _, text, is_bold in revised if not is_bold] == [" bốn"]
