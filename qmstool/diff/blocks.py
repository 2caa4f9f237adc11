"""Cut a document's text into parts by heading, and a part into the blocks that are compared.

A block is a paragraph, a list item, a row of a table, a line of front matter or of code. Wrapping a
paragraph otherwise is no change of it, so its line ends are blanks. Pure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from qmstool.frozen import dataclass
from qmstool.parsing.codes import fold_code as fold
from qmstool.parsing.markdown.page import read_page
from qmstool.parsing.yaml import composer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmstool.parsing.markdown.headings import NamedHeading

Form = Literal["paragraph", "item", "row", "line"]
FRONT_MATTER = "@front"
OPENING = "@opening"
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+\S")
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
_ROW = re.compile(r"[ \t]*\|.*\|[ \t]*\Z")
_RULE = re.compile(r"[ \t]*\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*\Z")


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with the text under it, down to the next heading.

    `key` finds it again; `name` is its title less the number.
    """

    key: str
    title: str
    name: str
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class ComparedBlock:
    """The smallest stretch that is compared as one.

    `indent` counts the blanks before a list item.
    """

    form: Form
    text: str
    indent: int = 0


def split_parts(texts: Sequence[str]) -> tuple[Part, ...]:
    """Return the parts of a document, given as the texts of its files in order.

    Front matter is a part of its own.
    """
    return tuple(part for text in texts for part in _file_parts(text, alone=len(texts) == 1))


def _file_parts(text: str, *, alone: bool) -> Iterator[Part]:
    body = 0
    if front := composer.find_front_matter(text):
        start, end, body = front
        yield Part(FRONT_MATTER, "", "", 0, text[start:end])
    headings = read_page(text, body).headings
    home = "" if alone or not headings else fold(headings[0].number or headings[0].text)
    first = headings[0].line_start if headings else len(text)
    if text[body:first].strip():
        yield Part(f"{home}{OPENING}", "", "", 0, text[body:first])
    for at, heading in enumerate(headings):
        end = headings[at + 1].line_start if at + 1 < len(headings) else len(text)
        name = heading.text.removeprefix(heading.number or "").lstrip(" .):–—-\u00a0").casefold()
        yield Part(
            f"{home}#{_anchor(heading, at)}",
            heading.text,
            name,
            heading.level,
            text[heading.line_end : end],
        )


def _anchor(heading: NamedHeading, at: int) -> str:
    """The first heading is the page itself: its words may change."""
    return "" if at == 0 and heading.level == 1 else heading.anchor or fold(heading.text)


def split_blocks(part: Part) -> tuple[ComparedBlock, ...]:
    """Return the blocks of a part."""
    if part.key.endswith(FRONT_MATTER):
        return tuple(ComparedBlock("line", line) for line in part.text.splitlines() if line.strip())
    return tuple(_blocks(part.text.split("\n")))


def _blocks(lines: Sequence[str]) -> Iterator[ComparedBlock]:
    gathered: list[str] = []
    fence = ""
    for line in lines:
        mark = _FENCE.match(line)
        if fence or mark:
            yield from _gather(gathered)
            yield ComparedBlock("line", line)
            fence = _after(fence, mark)
        elif _ROW.match(line):
            yield from _gather(gathered)
            if not _RULE.match(line):
                yield ComparedBlock("row", line.strip())
        elif not line.strip():
            yield from _gather(gathered)
        else:
            if _ITEM.match(line):
                yield from _gather(gathered)
            gathered.append(line)
    yield from _gather(gathered)


def _after(fence: str, mark: re.Match[str] | None) -> str:
    """The fence that is open after a line: one is closed by its own kind, at least as long."""
    if not mark:
        return fence
    if not fence:
        return mark[1]
    return "" if mark[1].startswith(fence) else fence


def _gather(gathered: list[str]) -> Iterator[ComparedBlock]:
    if not gathered:
        return
    first = gathered[0]
    text = " ".join(line.strip() for line in gathered)
    if _ITEM.match(first):
        yield ComparedBlock(
            "item", text, len(first.expandtabs(4)) - len(first.expandtabs(4).lstrip())
        )
    else:
        yield ComparedBlock("paragraph", text)
    gathered.clear()
