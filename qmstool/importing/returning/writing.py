"""Write lines and tables that are new as they are typed in Markdown.

What goes in: what came back from Word. What comes out: lines without the marks of blocks around
them. Notes of Word become footnotes; a picture leaves a marked place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import replace
from qmstool.i18n import Text
from qmstool.importing.blocks import SourceParagraph
from qmstool.importing.markdown.inlines import escape, escape_head, plain, write_spans
from qmstool.importing.markdown.tables import html_cell, pipe_cell, write_table
from qmstool.importing.returning.shown import ShownLine
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from qmstool.i18n import Lang
    from qmstool.importing.blocks import Block, SourceCell, SourceTable
    from qmstool.importing.returning.shown import Shown
    from qmstool.importing.returning.typed import Form

PICTURE_PLACE = Text("[Hình: lấy từ tệp Word]", "[Picture: take it from the Word file]")
NEW_NOTE = "word-"
"""How the labels of footnotes begin that were notes of Word."""
_NEW_LABEL = regex(rf"(?<=\[\^){NEW_NOTE}\d+(?=\])")


class BlockWriter:
    """Writes new blocks, and collects the notes that they call.

    `notes`: what Word's own notes say, by key; `texts`: those that new notes come to, whose labels
    stay theirs.
    """

    def __init__(
        self, notes: Mapping[str, Sequence[Block]], lang: Lang, texts: Iterable[str] = ()
    ) -> None:
        self._notes = notes
        self._lang = lang
        self._labels: dict[str, str] = {}
        self._taken = {label for text in texts for label in _NEW_LABEL.findall(text.lower())}
        self.pictures = 0

    @property
    def picture_place(self) -> str:
        """The words that mark where a picture is to go."""
        return PICTURE_PLACE.get(self._lang)

    def call(self, key: str) -> str:
        """Return the call of one of Word's notes."""
        if key not in self._labels:
            self._labels[key] = self._free_label()
        return f"[^{self._labels[key]}]"

    def _free_label(self) -> str:
        number = len(self._labels) + 1
        while f"{NEW_NOTE}{number}" in self._taken:
            number += 1
        self._taken.add(f"{NEW_NOTE}{number}")
        return f"{NEW_NOTE}{number}"

    def new_notes(self) -> Iterator[tuple[str, str]]:
        """Yield label and words of the notes that were called."""
        for key, label in self._labels.items():
            texts = []
            for block in self._notes.get(key, ()):
                if isinstance(block, SourceParagraph):
                    texts.append(write_spans(block.spans, lambda _: "", self._picture))
                else:
                    texts.append(escape(block.text))
            yield label, " ".join(" ".join(texts).split())

    def lines(self, node: Shown, call: Callable[[str], str] | None = None) -> list[str]:
        """Return the lines of a new block; `call`: gives the call of a note by its key."""
        call = call or self.call
        if not isinstance(node, ShownLine):
            table = _with_plain_heads(node.table)
            lines, _ = write_table(table, call, self._picture, self._picture)
            return "\n".join(lines).split("\n")
        spans = node.paragraph.spans
        if node.kind == "heading":
            text = write_spans(plain(spans), call, self._picture)
            words = " ".join((escape(node.label) + text).split())
            return [f"{'#' * min(node.level, 6)} {words}"]
        text = write_spans(spans, call, self._picture).strip()
        lines = [escape_head(line.strip()) for line in text.split("\n") if line.strip()]
        return [f"{line}\\" for line in lines[:-1]] + lines[-1:]

    def row(self, cells: Sequence[SourceCell], form: Form) -> str:
        """Return a new row of a table."""
        if form == "html":
            texts = [html_cell(cell, "td", self.call, self._picture) for cell in cells]
            return f"<tr>{''.join(texts)}</tr>"
        texts = [pipe_cell(cell, self.call, self._picture) for cell in cells]
        return f"| {' | '.join(texts)} |"

    def _picture(self, path: str, told: str) -> str:  # noqa: ARG002 - the writer's own form
        self.pictures += 1
        return escape(self.picture_place)


def _with_plain_heads(table: SourceTable) -> SourceTable:
    """Return a table whose row of heads is not bold: every page makes heads bold by itself."""
    if not table.rows:
        return table
    first = table.rows[0]
    cells = []
    for column, cell in first.cells:
        blocks = tuple(_not_bold(block) for block in cell.blocks)
        cells.append((column, replace(cell, blocks=blocks)))
    return replace(table, rows=(replace(first, cells=tuple(cells)), *table.rows[1:]))


def _not_bold(block: Block) -> Block:
    if not isinstance(block, SourceParagraph):
        return block
    return replace(block, spans=tuple(replace(span, bold=False) for span in block.spans))
