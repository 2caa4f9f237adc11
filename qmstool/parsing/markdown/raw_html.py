"""Read raw HTML as far as a manual needs it: tags, attributes, comments, visible words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import NamedTuple
from qmstool.parsing.markdown.inlines import TextRun
from qmstool.parsing.markdown.mapped_text import MappedText
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.parsing.markdown.inlines import Span

_NAME = regex(r"</?([A-Za-z][A-Za-z0-9-]*)")
_TAG = regex(r"""</?[A-Za-z](?:[^"'<>]|"[^"]*"|'[^']*')*+>""")
_ATTRIBUTE = regex(
    r"""(?P<name>[^\s"'<>/=]+)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'=<>`]+)))?"""
)
_ENTITY = regex(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_LINE = regex(r"[^\n]+|\n")
_LONGEST_TAG = 4096
# The theme looks its own parts up by names that begin with two underscores.
_ID = regex(r"(?!__)[^\s\"'<>&]{1,200}")
_WORDLESS = frozenset({"script", "style", "template", "noscript", "iframe", "object"})
WITHIN_LINES = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img"}
    | {"ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span"}
    | {"strike", "strong", "sub", "sup", "svg", "time", "tt", "u", "var", "wbr", "br"}
)
"""Tags that do not end the sentence around them."""


def is_kept_id(value: str) -> bool:
    """Whether a page keeps an id that somebody typed; a link to any other leads nowhere."""
    return _ID.fullmatch(value) is not None


class Tag(NamedTuple):
    """A tag or a comment at its place; `attributes` by small name: value and place of the value.

    `name` is small, begins with `/` where the tag ends an element, and is `!--` of a comment.
    """

    start: int
    end: int
    name: str
    attributes: dict[str, tuple[str, Span]]


def tags(html: str) -> Iterator[Tag]:
    """Yield the tags and comments of a piece of HTML."""
    at = html.find("<")
    while at >= 0:
        tag = _tag(html, at)
        if tag is not None:
            yield tag
        at = html.find("<", tag.end if tag else at + 1)


def _tag(html: str, at: int) -> Tag | None:
    if html.startswith("<!--", at):
        end = html.find("-->", at)
        return Tag(at, end + 3 if end >= 0 else len(html), "!--", {})
    found = _TAG.match(html, at, at + _LONGEST_TAG)
    name = _NAME.match(html, at)
    if found is None or name is None:
        return None
    attributes: dict[str, tuple[str, Span]] = {}
    for each in _ATTRIBUTE.finditer(html, name.end(), found.end() - 1):
        kind = each.lastgroup or "name"
        value = decoded(each[kind]) if kind != "name" else ""
        attributes.setdefault(each["name"].lower(), (value, each.span(kind)))
    sign = "/" if html.startswith("</", at) else ""
    return Tag(at, found.end(), sign + name[1].lower(), attributes)


def decoded(words: str) -> str:
    """Return words with their entities read."""
    if "&" not in words:
        return words
    from html import unescape  # noqa: PLC0415 - few texts have any, and its table costs start-up

    return unescape(words)


def visible(html: MappedText) -> list[MappedText]:
    """Return the words that a reader of a piece of HTML sees, apart where a tag parts sentences."""
    passages: list[list[TextRun]] = [[]]
    at = 0
    hidden = ""
    for tag in tags(html.text):
        if not hidden:
            passages[-1] += _words(html, at, tag.start)
        at = tag.end
        hidden = _hidden(hidden, tag.name)
        if tag.name == "br":
            passages[-1].append(TextRun(*html.span(tag.start, tag.end), "\n"))
        elif tag.name != "!--" and tag.name.lstrip("/") not in WITHIN_LINES:
            passages.append([])
    if not hidden:
        passages[-1] += _words(html, at, len(html.text))
    found = [MappedText(pieces) for pieces in passages if pieces]
    return [words for words in found if words.text.strip()]


def _hidden(hidden: str, name: str) -> str:
    """Return the name of the element whose content is not shown after a tag, "" for none."""
    if hidden:
        return "" if name == f"/{hidden}" else hidden
    return name if name in _WORDLESS else ""


def _words(html: MappedText, start: int, end: int) -> Iterator[TextRun]:
    """Yield the pieces of a stretch of words: lines, the ends of lines, and entities."""
    for line in _LINE.finditer(html.text, start, end):
        if line[0] == "\n":
            yield TextRun(*html.span(*line.span()), " ")
            continue
        at = line.start()
        for entity in _ENTITY.finditer(html.text, *line.span()) if "&" in line[0] else ():
            if at < entity.start():
                yield TextRun(*html.span(at, entity.start()), html.text[at : entity.start()])
            yield TextRun(*html.span(*entity.span()), decoded(entity[0]))
            at = entity.end()
        if at < line.end():
            yield TextRun(*html.span(at, line.end()), html.text[at : line.end()])
