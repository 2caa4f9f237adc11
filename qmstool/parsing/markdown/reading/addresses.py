"""Find the addresses that stand bare in running text and make links of them, as GitHub does.

The parser does not know this extension. It is read here from the source, from where a word of the
tree begins like an address up to the next blank or `<`: emphasis that the parser saw within an
address is none, as in GitHub's reading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qmstool.frozen import NamedTuple
from qmstool.parsing.markdown.inlines import (
    Emphasis,
    InlineHtml,
    Link,
    LinkKind,
    SoftBreak,
    Strike,
    Strong,
    TextRun,
)
from qmstool.parsing.signs import holds
from qmstool.patterns import regex

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Sequence

_SIGNS = ("://", "www.", "@")
# Only letters of ASCII are of an address: languages without blanks write it right between others.
_START = regex(
    r"(?P<scheme>(?<![A-Za-z])(?i:https?|ftp)://)"
    r"|(?P<www>(?<![^\s*_~(])www\.)"
    r"|(?P<email>(?<![A-Za-z0-9_.+-])(?:mailto:)?[A-Za-z0-9._+-]+"
    r"@[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+)"
)
_RUN = regex(r"[^\s<]+")
_DOMAIN = regex(r"[\w.-]+")
_ENTITY = regex(r"&[A-Za-z0-9]+;\Z")
_TRAILING = "?!.,:*_~'\""
_SWALLOWED = (Emphasis, Strong, Strike)


class Address(NamedTuple):
    """An address that stands bare in a text, and what a link to it leads to."""

    start: int
    end: int
    target: str
    kind: LinkKind


def has_address(source: str, start: int) -> bool:
    """Tell whether anything in a text may be a bare address."""
    return any(holds(source, sign, start) for sign in _SIGNS)


def link_addresses(source: str, children: Sequence[Any]) -> Iterable[Any]:
    """Return the nodes of a line with its bare addresses linked."""
    if not any(child.__class__ is TextRun and has_address(child.text, 0) for child in children):
        return children
    return _Linker(source, children).linked()


class _Linker:
    """Goes through the nodes of one line."""

    def __init__(self, source: str, children: Sequence[Any]) -> None:
        self._source = source
        self._children = children
        self._linked: list[Any] = []
        self._in_tag = False
        self._done = 0

    def linked(self) -> list[Any]:
        """Return the nodes with links among them."""
        for index, child in enumerate(self._children):
            if child.start < self._done and not (child.__class__ is TextRun and child.literal):
                self._add_text(self._done, child.end)
                self._done = max(self._done, child.end)
            elif child.__class__ is TextRun:
                self._text(index, child)
            else:
                if child.__class__ is InlineHtml:
                    self._note_tag(child.text)
                self._linked.append(child)
        return self._linked

    def _note_tag(self, tag: str) -> None:
        """Take note of where the words of a link in raw HTML begin and end."""
        name = tag[:3].lower()
        self._in_tag = name in {"<a ", "<a>", "<a\n"} or (self._in_tag and name != "</a")

    def _text(self, index: int, text: TextRun) -> None:
        """Take one text: what is left of it behind the last address, less the addresses in it."""
        start = max(text.start, self._done)
        if start >= text.end and text.end > text.start:
            return
        if not text.literal or self._in_tag:
            self._linked.append(text)
            return
        while address := self._next(index, start, text.end):
            self._add_text(start, address.start)
            words = TextRun(address.start, address.end, self._source[address.start : address.end])
            self._linked.append(Link(*address[:2], (words,), address.target, "", address.kind, ""))
            start = self._done = address.end
        self._add_text(start, text.end)

    def _add_text(self, start: int, end: int) -> None:
        if start < end:
            self._linked.append(TextRun(start, end, self._source[start:end]))

    def _next(self, index: int, start: int, end: int) -> Address | None:
        """Return the next address that begins in a stretch."""
        for opening in _START.finditer(self._source, start, end):
            address = self._address(opening, self._limit(index, opening.start()))
            if address:
                return address
        return None

    def _limit(self, index: int, start: int) -> int:
        """Return how far an address may reach: up to a node that cannot be part of it."""
        run = _RUN.match(self._source, start)
        end = run.end() if run else start
        for following in range(index + 1, len(self._children)):
            child = self._children[following]
            if child.start >= end or child.__class__ is SoftBreak:
                break
            if child.__class__ is TextRun:
                continue
            if child.__class__ not in _SWALLOWED or child.end > end:
                return min(end, int(child.start))
        return min(end, int(self._children[-1].end))

    def _address(self, opening: re.Match[str], limit: int) -> Address | None:
        """Return the address that an opening begins, if it is one."""
        start = opening.start()
        if opening["email"]:
            return _email(opening)
        domain_start = opening.end() if opening["scheme"] else start
        end = _trimmed(self._source, start, limit)
        domain = _DOMAIN.match(self._source, domain_start, end)
        if domain is None or not _valid_domain(domain[0], short=bool(opening["scheme"])):
            return None
        words = self._source[start:end]
        return Address(start, end, words if opening["scheme"] else f"http://{words}", "bare")


def _email(opening: re.Match[str]) -> Address | None:
    """Return the address of an e-mail, if it ends as one may."""
    words = opening[0]
    if words[-1] in "-_":
        return None
    target = words if words.lower().startswith("mailto:") else f"mailto:{words}"
    return Address(*opening.span(), target, "bare-email")


def _valid_domain(domain: str, *, short: bool) -> bool:
    """Tell whether a domain has a dot, or need not, and no underscore in its last two parts."""
    parts = domain.rstrip(".").split(".")
    return (short or len(parts) > 1) and bool(parts[0]) and "_" not in "".join(parts[-2:])


def _trimmed(source: str, start: int, end: int) -> int:
    """Return the end of an address less the signs that belong to the sentence around it."""
    closing = source.count(")", start, end) - source.count("(", start, end)
    while end > start:
        sign = source[end - 1]
        if sign in _TRAILING:
            end -= 1
        elif sign == ")" and closing > 0:
            end -= 1
            closing -= 1
        elif sign == ";":
            entity = _ENTITY.search(source, max(start, end - 40), end)
            end = entity.start() if entity else end - 1
        else:
            break
    return end
