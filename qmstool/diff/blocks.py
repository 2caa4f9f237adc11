"""Cut a document's text into parts by heading, and a part into the blocks that are compared.

A block is a paragraph, a list item, a row of a table, a line of front matter or of code. Pure.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.parsing.codes import fold_code as fold
from qmstool.parsing.markdown.comparison import Form, compared_blocks
from qmstool.parsing.markdown.containers import Heading
from qmstool.parsing.markdown.headings import attributes_span, headings
from qmstool.parsing.markdown.reader import read
from qmstool.parsing.yaml import composer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmstool.parsing.markdown.comparison import ComparisonBlock
    from qmstool.parsing.markdown.headings import NamedHeading

FRONT_MATTER = "@front"
OPENING = "@opening"


@dataclass(frozen=True, slots=True)
class ComparedBlock:
    """The smallest stretch that is compared as one.

    `indent` counts the blanks before a list item.
    """

    form: Form
    text: str
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with the text under it, down to the next heading.

    `key` finds it again; `name` is its title less the number, `heading` the whole of it as typed.
    """

    key: str
    title: str
    name: str
    level: int
    text: str
    heading: str
    blocks: tuple[ComparedBlock, ...]


def split_parts(texts: Sequence[str]) -> tuple[Part, ...]:
    """Return the parts of a document, given as the texts of its files in order.

    Front matter is a part of its own.
    """
    return tuple(part for text in texts for part in _file_parts(text, alone=len(texts) == 1))


def _file_parts(text: str, *, alone: bool) -> Iterator[Part]:
    body = 0
    if front := composer.find_front_matter(text):
        start, end, body = front
        lines = [line for line in text[start:end].splitlines() if line.strip()]
        blocks = tuple(ComparedBlock("line", line) for line in lines)
        yield Part(FRONT_MATTER, "", "", 0, text[start:end], "", blocks)
    document = read(text, body)
    found = headings(document)
    whole = [block for block, _ in document.blocks if isinstance(block, Heading)]
    home = "" if alone or not found else fold(found[0].number or found[0].text)
    opening, *under = _by_heading(found, compared_blocks(document))
    if opening:
        first = found[0].line_start if found else len(text)
        yield Part(f"{home}{OPENING}", "", "", 0, text[body:first], "", opening)
    for at, heading in enumerate(found):
        end = found[at + 1].line_start if at + 1 < len(found) else len(text)
        yield Part(
            f"{home}#{_anchor(heading, at)}",
            heading.text,
            heading.text.removeprefix(heading.number or "").lstrip(" .):–—-\u00a0").casefold(),
            heading.level,
            text[heading.line_end : end],
            _typed(text, whole[at]),
            under[at],
        )


def _typed(text: str, heading: Heading) -> str:
    """Return a heading as typed: its marks, its words with their markup, what is in braces."""
    if not heading.children:
        return ""
    end = heading.children[-1].end
    if heading.id or heading.classes or heading.attributes:
        _, end = attributes_span(text, heading) or (end, end)
    words = " ".join(text[heading.children[0].start : end].split())
    return f"{'#' * heading.level} {words}"


def _by_heading(
    headings: Sequence[NamedHeading], blocks: Sequence[ComparisonBlock]
) -> list[tuple[ComparedBlock, ...]]:
    """Return the blocks before the first heading, then those under each."""
    starts = [heading.line_start for heading in headings]
    parts: list[list[ComparedBlock]] = [[] for _ in range(len(headings) + 1)]
    for block in blocks:
        compared = ComparedBlock(block.form, block.text, block.indent)
        parts[bisect_right(starts, block.start)].append(compared)
    return [tuple(part) for part in parts]


def _anchor(heading: NamedHeading, at: int) -> str:
    """The first heading is the page itself: its words may change."""
    return "" if at == 0 and heading.level == 1 else heading.anchor or fold(heading.text)
