"""Hold a document: a text that was read, and its blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.parsing.markdown.walking import within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qmstool.parsing.markdown.containers import Block
    from qmstool.parsing.markdown.leaves import UnresolvedLabel
    from qmstool.parsing.markdown.walking import Context


class MarkdownDocument:
    """A text that was read, its blocks, and the references in it that nothing defines.

    `text` is what was read, with U+FFFD for NUL, and the body begins at `start` of it. `children`
    are the outermost blocks.
    """

    __slots__ = ("_blocks", "children", "missing", "start", "text")

    def __init__(
        self,
        text: str,
        start: int,
        children: tuple[Block, ...],
        missing: tuple[UnresolvedLabel, ...],
    ) -> None:
        self.text = text
        self.start = start
        self.children = children
        self.missing = missing
        self._blocks: Sequence[tuple[Block, Context]] | None = None

    @property
    def blocks(self) -> Sequence[tuple[Block, Context]]:
        """Return every block with what it stands in, in order, those within others after them."""
        if self._blocks is None:
            self._blocks = within(self.children)
        return self._blocks
