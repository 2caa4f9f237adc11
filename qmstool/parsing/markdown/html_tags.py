"""Tags of raw HTML: where they begin and end, what their attributes say, which words between them a reader sees."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.parsing.markdown.source_map import Span

_TOKEN = re.compile(
    r"""<(?:
      (?P<name>[A-Za-z][^`\s/>]*+)
      (?:(?:\s|/(?!>))++[^`\s/>][^\s/=>]*+(?:\s*+=++\s*+(?:'[^']*+'|"[^"]*+"|(?!['"])[^`>\s]*+))?+)*+
      (?:\s|/(?!>))*+(?P<close>/?>)?
    | /(?P<end>[A-Za-z][^\s/>]*+)[^>]*+>
    | (?P<other>!--|!\[CDATA\[|!doctype|\?)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_NAME = re.compile(r"<([A-Za-z][^\s/>]*)")
_ATTRIBUTE = re.compile(r"""([^\s/=>]+)(?:\s*=+\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?""")
_CLOSING = {"!--": "-->", "![cdata[": "]]>", "!doctype": ">", "?": "?>"}
_SCRIPTS = ("script", "style")
_SILENT = ("pre", "script", "style", "textarea")


class Tag(NamedTuple):
    """A start tag: its name, its place, and the places of its attributes' values."""

    name: str
    start: int
    end: int
    attributes: dict[str, Span]


def read_tag(text: str, start: int, end: int) -> Tag | None:
    """Return the start tag that stands there; None for anything else in angle brackets."""
    name = _NAME.match(text, start, end)
    if name is None:
        return None
    found: dict[str, Span] = {}
    for match in _ATTRIBUTE.finditer(text, name.end(), end):
        group = match.lastindex or 1
        found.setdefault(
            match[1].lower(), match.span(group) if group > 1 else (match.end(), match.end())
        )
    return Tag(name[1].lower(), start, end, found)


class Tokens:
    """The tags, comments and declarations of a text, found one after the other."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._limit = text.rfind(">") + 1
        self._last: dict[str, int] = {}

    def next(self, at: int, end: int | None = None) -> re.Match[str] | None:
        """Return the first token from there on."""
        return _TOKEN.search(self._text, at, self._limit if end is None else min(end, self._limit))

    def end(self, token: re.Match[str]) -> int:
        """Return where a token ends: a comment and its like where it is closed, or where its opening ends if it never is."""
        if token["other"] is None:
            return token.end()
        closing = _CLOSING[token["other"].lower()]
        if closing not in self._last:  # one search for all, lest unclosed ones take quadratic time
            self._last[closing] = self._text.rfind(closing)
        if self._last[closing] < token.end():
            return token.end()
        return self._text.index(closing, token.end()) + len(closing)

    def tags(self, start: int, end: int) -> Iterator[Tag]:
        """Yield the start tags of a stretch of raw HTML."""
        while token := self.next(start, end):
            start = self.end(token)
            if token["close"] and (tag := read_tag(self._text, *token.span())):
                yield tag
                start = self.after_script(tag)

    def visible(self, start: int, end: int) -> Iterator[Span]:
        """Yield the stretches that a reader sees as words: neither tags nor comments, nor scripts, nor code."""
        while token := self.next(start, end):
            yield start, token.start()
            start = self.end(token)
            if token["close"] == ">" and token["name"].lower() in _SILENT:
                start = self._close(token["name"], start)
        yield start, end

    def after_script(self, tag: Tag) -> int:
        """Return the end of a tag; of a script or style sheet, where its text ends."""
        return self._close(tag.name, tag.end) if tag.name in _SCRIPTS else tag.end

    def element_end(self, tag: Tag) -> int:
        """Return where the element that a tag begins is closed, together with all that it holds; or the end of the text."""
        names = [tag.name]
        counts = Counter(names)
        at = self.after_script(tag)
        while token := self.next(at):
            at = self.end(token)
            name = (token["name"] or token["end"] or "").lower()
            if token["close"] == ">" and name != "hr":
                names.append(name)
                counts[name] += 1
                at = self._close(name, at) if name in _SCRIPTS else at
            elif token["end"] and counts[name]:
                while (closed := names.pop()) != name:
                    counts[closed] -= 1
                counts[name] -= 1
                if not names:
                    return at
        return len(self._text)

    def _close(self, name: str, at: int) -> int:
        """Return where the end tag of that name begins."""
        close = re.compile(rf"</{re.escape(name)}\b", re.IGNORECASE).search(self._text, at)
        return close.start() if close else len(self._text)
