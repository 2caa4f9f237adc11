"""Hold a document: a text that was read, and its blocks."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from qmstool.parsing.markdown.containers import FootnoteDefinition
from qmstool.parsing.markdown.leaves import AbbreviationDefinition
from qmstool.parsing.markdown.walking import walked, within

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qmstool.parsing.markdown.containers import Block
    from qmstool.parsing.markdown.leaves import UnresolvedLabel
    from qmstool.parsing.markdown.walking import Context, Lines


class MarkdownDocument:
    """A text that was read, its blocks, and the references in it that nothing defines.

    `text` is what was read, with U+FFFD for NUL, and the body begins at `start` of it. `children`
    are the outermost blocks. `words` are all its words run together, code and HTML among them: a
    sign that is not in it stands nowhere as a sign.
    """

    def __init__(
        self,
        text: str,
        start: int,
        children: tuple[Block, ...],
        missing: tuple[UnresolvedLabel, ...],
        words: str,
    ) -> None:
        self.text = text
        self.start = start
        self.children = children
        self.missing = missing
        self.words = words

    @cached_property
    def notes(self) -> Mapping[str, FootnoteDefinition]:
        """The definitions of footnotes by label, in small letters; of two the first counts."""
        notes: dict[str, FootnoteDefinition] = {}
        if "[^" in self.text:
            for block, _ in within(self.children):
                if isinstance(block, FootnoteDefinition):
                    notes.setdefault(block.label.casefold(), block)
        return notes

    @cached_property
    def meanings(self) -> Mapping[str, str]:
        """The abbreviations that it explains itself; of two meanings the later one counts."""
        if self.text.find("*[", self.start) < 0:
            return {}
        found = [block for block, _ in self.blocks if isinstance(block, AbbreviationDefinition)]
        return {each.label.strip(): each.meaning for each in found if each.meaning}

    @cached_property
    def _walked(self) -> tuple[Sequence[tuple[Block, Context]], Sequence[Lines]]:
        return walked(self.children)

    @property
    def blocks(self) -> Sequence[tuple[Block, Context]]:
        """Every block with what it stands in, in order, those within others after them."""
        return self._walked[0]

    @property
    def lines(self) -> Sequence[Lines]:
        """What stands in the lines of each block that has words, raw HTML among them, in order."""
        return self._walked[1]
