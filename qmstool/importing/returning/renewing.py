"""Renew a text that is there from the text that its file would be taken in as now.

What goes in: the text of the manual, and the Markdown that an import makes of the file. What comes
out: the text with what the file says otherwise, everything else as people have written it since.
Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.importing.blocks import SourceCell, SourceParagraph, SourceTable, Span
from qmstool.importing.returning.edits import apply_to_text
from qmstool.importing.returning.inline import prefix_at
from qmstool.importing.returning.reading import read_files, typed_nodes
from qmstool.importing.returning.shown import ShownLine, ShownTable
from qmstool.importing.returning.steps import compare_nodes
from qmstool.importing.returning.taking import take_with
from qmstool.importing.returning.typed import TypedLine
from qmstool.importing.returning.writing import BlockWriter
from qmstool.parsing.markdown import containers as tree

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qmstool.i18n import Lang
    from qmstool.importing.returning.shown import Kind, Shown
    from qmstool.importing.returning.typed import Form, Typed

NOWHERE = Text("", "")
PATH = "text"  # what the one file is called here


def renew(text: str, start: int, taken: str, lang: Lang) -> str | None:
    """Return a text whose body begins at `start`, renewed from what an import made.

    None where words alone do not lead from one to the other: then the whole is to be compared.
    """
    (own,) = read_files({PATH: (text, start)})
    (new,) = read_files({PATH: (taken, 0)})
    source = _TypedSource(lang)
    before = [source.shown(node) for node in typed_nodes(own, frozenset())]
    after = [source.shown(node) for node in typed_nodes(new, frozenset())]
    changes, edits = take_with(before, after, {PATH: (text, start)}, source)
    if not all(change.taken for change in changes if change.kind != "look"):
        return None
    renewed = apply_to_text(text, edits[PATH].sorted())
    (file,) = read_files({PATH: (renewed, start)})
    shown = [source.shown(node) for node in typed_nodes(file, frozenset())]
    same = all(step.kind == "same" for step in compare_nodes(shown, after))
    return renewed if same else None


class _TypedSource(BlockWriter):
    """Writes new blocks as they are typed in the text that they come from."""

    def __init__(self, lang: Lang) -> None:
        super().__init__({}, lang)
        self._typed: dict[int, Typed] = {}
        self._rows: dict[int, str] = {}
        self._kept: list[Shown] = []  # so that no other node has the identity of one of them

    def shown(self, node: Typed) -> Shown:
        """Return what a node shows, and remember where it is typed."""
        made = _line(node) if isinstance(node, TypedLine) else self._table(node)
        self._typed[id(made)] = node
        self._kept.append(made)
        return made

    def _table(self, node: Typed) -> ShownTable:
        rows, cells = [], []
        for row in getattr(node, "rows", ()):
            rows.append(tuple(cell.words.text for cell in row.cells))
            held = tuple(SourceCell(()) for _ in row.cells)
            self._rows[id(held)] = node.file.text[row.start : row.end].strip()
            cells.append(held)
        return ShownTable(tuple(rows), tuple(cells), SourceTable((), 0, NOWHERE))

    def lines(
        self,
        node: Shown,
        call: Callable[[str], str] | None = None,  # noqa: ARG002 - as it is typed
    ) -> list[str]:
        """Return the lines of a new block as they are typed."""
        typed = self._typed[id(node)]
        text = typed.file.text
        start, end = typed.start, typed.end
        if typed.form == "html":
            start, end = typed.block.start, typed.block.end
        prefix = prefix_at(text, start)
        first, *more = text[start:end].split("\n")
        return [first, *(line.removeprefix(prefix) for line in more)]

    def row(self, cells: Sequence[SourceCell], form: Form) -> str:  # noqa: ARG002 - as it is typed
        """Return a new row of a table as it is typed."""
        return self._rows[id(cells)]


def _line(node: TypedLine) -> ShownLine:
    words = node.words.text
    paragraph = SourceParagraph((Span(words),), NOWHERE)
    lists = [block for block in node.around if isinstance(block, tree.List)]
    parent = node.around[-1] if node.around else None
    kind: Kind = "text"
    level = -1
    if node.form == "heading":
        kind, level = "heading", getattr(node.block, "level", 0)
    elif lists and isinstance(parent, tree.Item) and parent.children[0] is node.block:
        kind = "item" if lists[-1].first is None else "numbered"
        level = len(lists) - 1 if kind == "item" else -1
    return ShownLine(words, kind, level, "", paragraph)
