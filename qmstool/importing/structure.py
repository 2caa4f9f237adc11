"""Settle which paragraphs are headings, and of what level: by style, else by number and bold type.

What goes in: blocks as read. What comes out: the same blocks, headings with levels from 1 on.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.frozen import replace
from qmstool.importing.blocks import SourceParagraph
from qmstool.importing.naming import section_number
from qmstool.importing.recognized import compiled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qmstool.importing.blocks import Block

ENOUGH_STYLED = 2
LONGEST_HEADING = 160
_ENDS_AS_TEXT = re.compile(r"[;,]\s*$|\.\.\.$")
_ALWAYS = compiled("usual_headings")
_WORD_RANKS = {
    "phần": 0, "part": 0, "chương": 1, "chapter": 1, "phụ lục": 1, "annex": 1, "appendix": 1,
    "điều": 3, "article": 3,
}  # fmt: skip
ROMAN_RANK, DECIMAL_RANK = 2, 4
UNNUMBERED_RANK = 2
LEVELS = 9


def settle_headings(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with their headings; those of a file without styles are guessed."""
    styled = [block for block in blocks if isinstance(block, SourceParagraph) and block.level]
    if len(styled) >= ENOUGH_STYLED:
        return _close_gaps(blocks)
    ranked: list[tuple[Block, int | None]] = [(block, _rank(block)) for block in blocks]
    ranks = sorted({rank for _, rank in ranked if rank is not None})
    settled: list[Block] = []
    for block, rank in ranked:
        level = 0 if rank is None else ranks.index(rank) + 1
        settled.append(_at_level(block, min(level, LEVELS)))
    return settled


def _close_gaps(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with the levels that are used counted from 1 without a gap."""
    used = sorted(
        {block.level for block in blocks if isinstance(block, SourceParagraph) and block.level}
    )
    return [_counted(block, used) for block in blocks]


def _counted(block: Block, used: Sequence[int]) -> Block:
    if not isinstance(block, SourceParagraph) or not block.level:
        return block
    return replace(block, level=used.index(block.level) + 1)


def _at_level(block: Block, level: int) -> Block:
    """Return a block as a heading of a level, 0 for none; a table has no level."""
    if not isinstance(block, SourceParagraph):
        return block
    return replace(block, level=level)


def _rank(block: Block) -> int | None:
    """Return how high a paragraph stands as a heading, None for text."""
    if not isinstance(block, SourceParagraph) or block.bullet >= 0 or block.title:
        return None
    if block.level:
        return block.level + UNNUMBERED_RANK
    text = block.text
    if not text or len(text) > LONGEST_HEADING or _ENDS_AS_TEXT.search(text):
        return None
    return _rank_of_text(text, bold=is_bold(block))


def _rank_of_text(text: str, *, bold: bool) -> int | None:
    word, number, title = section_number(text)
    strong = bold or is_capital(title)
    short = len(title) < LONGEST_HEADING // 2 and not title.endswith(".")
    known = bool(_ALWAYS.match(title)) and short
    rank: int | None = None
    if word in _WORD_RANKS:
        rank = _WORD_RANKS[word] if strong or short else None
    elif number and title and (strong or known):
        is_decimal = number[0].isdigit()
        rank = DECIMAL_RANK + number.count(".") if is_decimal else ROMAN_RANK
    elif not number and bold and known:
        rank = DECIMAL_RANK
    return rank


def is_bold(block: SourceParagraph) -> bool:
    """Whether all words of a paragraph are bold."""
    texts = [span for span in block.spans if span.text.strip()]
    return bool(texts) and all(span.bold for span in texts)


def is_capital(text: str) -> bool:
    """Whether a text is written in capitals, and is more than a sign."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 3 and all(letter.isupper() for letter in letters)  # noqa: PLR2004
