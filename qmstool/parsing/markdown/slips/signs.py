"""Find signs of other programs and dialects in running text, and tags that no browser knows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.parsing.markdown.inlines import Emphasis, Image, Inlines, Link, Strong, TextRun
from qmstool.parsing.markdown.plain import walk
from qmstool.parsing.markdown.slips.slip import Slip
from qmstool.parsing.signs import holds
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.parsing.markdown.document import MarkdownDocument
    from qmstool.parsing.markdown.inlines import Inline

_FOREIGN = regex(
    r"(?<![=\w])==(?=[^\s=])[^=\n]{1,200}(?<=[^\s=])==(?![=\w])"  # marked words
    r"|(?<=\w)\^[^\s^\[\]]{1,20}\^"
    r"|(?<![\w:]):[a-z][a-z0-9_+-]{2,30}:(?![\w:])"  # a picture by its name
    r"|\[\[[^\[\]\n]{1,100}\]\]"
    r"|\[cite_start\]|\[cite: ?[0-9, ]{1,100}\]"  # what a chat program leaves
    r"|\$\\[A-Za-z]{1,30}\$"  # a sign by its name in TeX
    r"|^\[(?:TOC|toc|_TOC_)\]$|^\[MỤC LỤC\]$"
    r"|^\\(?:newpage|pagebreak|tableofcontents|clearpage)\b"
)
_ENTITY = regex(r"&(?P<name>[A-Za-z][A-Za-z0-9]{1,31});|&(?:nbsp|amp|quot|lt|gt)\b")
_ATTRIBUTES = regex(r"\{:?[ \t]*(?:[.#][\w-]+|[\w-]+=)[^{}\n]*\}\s*\Z")
_BEHIND = regex(r"\{:?[ \t]*(?:[.#][\w-]+|[\w-]+=)[^{}\n]*\}")
_TICK = regex(r"(?<![`\\])`(?![`'])")
_ANGLE = regex(r"[^<>\n]*>")
_BLANK_STARS = regex(
    r"(?<![*\w])\*\*[ \t\u00a0]+(?=[^\W\d_]{2})[^*\n]{1,300}?\*\*(?!\*)"
    r"|(?<![*\w])\*\*(?=\S)[^*\n]{1,300}?[ \t\u00a0]+\*\*(?![*\w])"
)
_SHAPES: tuple[tuple[str, dict[str, re.Pattern[str] | None], re.Pattern[str]], ...] = (
    (
        "foreign",
        {
            "==": None,
            "^": None,
            ":": regex(":[a-z][a-z0-9_+-]+:"),
            "[": regex(r"\[(?:\[|TOC|toc|_|MỤC|cite)"),
            "\\": regex(r"\\[A-Za-z]"),
        },
        _FOREIGN,
    ),
    ("entity", {"&": regex("&[A-Za-z]")}, _ENTITY),
    ("tick", {"`": None}, _TICK),
    ("stars-blank", {"**": None}, _BLANK_STARS),
)
"""For each slip of words a sign that a text holds if it has one, more of it, and the whole.

To look for a sign costs next to nothing, to search a text for one of several shapes much.
"""

Shapes = list[tuple[str, re.Pattern[str]]]


def shapes_in(document: MarkdownDocument) -> Shapes | None:
    """Return which slips of words to look for in a text, None where it can have none of any kind.

    Asking a text once spares asking each of its lines. A sign that did something is no word of it.
    """
    words = document.words
    shapes = [
        (cause, shape)
        for cause, signs, shape in _SHAPES
        if any(
            holds(words, sign) and (not more or more.search(words)) for sign, more in signs.items()
        )
    ]
    beside = "*" in words or "{" in words or holds(document.text, "<http")
    return shapes if shapes or beside else None


def sign_slips(source: str, inlines: Inlines, shapes: Shapes) -> Iterator[Slip]:
    """Yield what a reader sees as typed, though its writer meant it to do something.

    `foreign` are signs of other programs, `entity` a name in `&…;` that nothing has,
    `braces-words` attributes behind what is no heading, `tick` a backtick that closes nothing,
    `angle-address` an address with a blank between < and >, `stars-blank` bold words with a blank
    at an end, `star-left` a star too many before bold words.
    """
    before: Inline | None = None
    link_end = -1
    for node in walk(inlines):
        if isinstance(node, Image | Link):
            link_end = node.end
        if isinstance(node, TextRun) and node.literal:
            yield from _of_words(source, node, shapes)
            behind = _BEHIND.match(node.text) if node.start == link_end else None
            if behind:
                place = node.start, node.start + behind.end()
                yield Slip(*place, "braces-words", {"said": behind[0]})
        elif isinstance(node, Link) and node.kind == "bare" and source[node.start - 1] == "<":
            rest = _ANGLE.match(source, node.end)
            if rest:
                yield Slip(node.start - 1, rest.end(), "angle-address", {})
        elif isinstance(node, Strong | Emphasis) and _star_left(source, before, node):
            yield Slip(node.start - 1, node.start, "star-left", {})
        before = node


def brace_slips(source: str, inlines: Inlines) -> Iterator[Slip]:
    """Yield `braces-words` for attributes at the end of a paragraph, which work there nowhere."""
    last = inlines[-1]
    if source.find("{", last.start, last.end) < 0:
        return
    braces = _ATTRIBUTES.search(last.text) if isinstance(last, TextRun) and last.literal else None
    above = inlines[-2] if len(inlines) > 1 else None
    if braces and (braces.start() or not isinstance(above, Image | Link)):
        said = braces[0].rstrip()
        start = last.start + braces.start()
        yield Slip(start, start + len(said), "braces-words", {"said": said})


def _of_words(source: str, node: TextRun, shapes: Shapes) -> Iterator[Slip]:
    """Yield the slips of one stretch of words; what is escaped is meant to be seen."""
    escaped = source[node.start - 1 : node.start] == "\\"
    for cause, shape in shapes:
        for found in shape.finditer(node.text):
            if escaped and found.start() == 0:
                continue
            if cause == "entity" and _is_known(found["name"]):
                continue
            place = node.start + found.start(), node.start + found.end()
            yield Slip(*place, cause, {"said": found[0]})


def _is_known(entity: str | None) -> bool:
    """Tell whether a name stands for a sign: then it was written so as to be seen."""
    from html.entities import html5  # noqa: PLC0415 - few texts have any, and it costs start-up

    return entity is not None and f"{entity};" in html5


def _star_left(source: str, before: Inline | None, node: Strong | Emphasis) -> bool:
    """Tell whether a star stands right before bold words and nothing closes it."""
    if not isinstance(before, TextRun) or before.end != node.start:
        return False
    stars = before.text[len(before.text.rstrip("*")) :]
    lead = before.text[: len(before.text) - len(stars)][-1:]
    escaped = source[before.start - 1 : before.start] == "\\"
    return stars == "*" and not lead.strip() and not escaped
