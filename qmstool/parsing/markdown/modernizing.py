"""Rewrite the old dialect of a text in the words of this one.

`!!! kind "title"` becomes an alert; a title that an alert cannot bear becomes its first, bold line.
`??? kind "title"` becomes `<details>` with a `<summary>`. Abbreviations have no successor and stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import NamedTuple
from qmstool.parsing.markdown.containers import Admonition
from qmstool.parsing.markdown.html import inlines_html
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from qmstool.parsing.markdown.document import MarkdownDocument

_KINDS = {
    "tip": "TIP hint success check done",
    "important": "IMPORTANT",
    "warning": "WARNING attention",
    "caution": "CAUTION danger error failure fail missing bug",
}
_ALERTS = {word.lower(): kind for kind, words in _KINDS.items() for word in words.split()}
_INDENT = regex(r" {4}| {0,3}\t|[ \t]*")

_NEXT_LINE = regex(r"\n?[^\n]*")


class MarkupEdit(NamedTuple):
    """Replace `text[start:end]` by `words`."""

    start: int
    end: int
    words: str


def modern_edits(document: MarkdownDocument, titles: Mapping[str, str]) -> tuple[MarkupEdit, ...]:
    """Return the edits that take the old dialect out of a document, one for each outermost block.

    `titles` are the words that stand over alerts by kind: a title that says just that is left out.
    """
    found = [block for block, _ in document.blocks if isinstance(block, Admonition)]
    rewriter = _Rewriter(document, titles, {block.start: block for block in found})
    edits: list[MarkupEdit] = []
    for block in found:
        if not (edits and block.start < edits[-1].end):
            edits.append(_edit(document, block, rewriter))
    return tuple(edits)


def replace_words(text: str, edits: Iterable[MarkupEdit]) -> str:
    """Return a text after edits, which stand in order."""
    parts, at = [], 0
    for edit in edits:
        parts += [text[at : edit.start], edit.words]
        at = edit.end
    return "".join([*parts, text[at:]])


def alert_kind(kind: str) -> str:
    """Return the kind of alert that comes nearest to a kind of admonition."""
    return _ALERTS.get(kind.split(" ", maxsplit=1)[0], "note")


def title_words(document: MarkdownDocument, block: Admonition, titles: Mapping[str, str]) -> str:
    """Return the title that an alert has to bear as its first line, "" where its own says it.

    It is as typed, less the marks that bold words cannot bear.
    """
    if not block.title:
        return ""
    title = document.text[block.title[0].start : block.title[-1].end].replace("**", "")
    own = titles.get(alert_kind(block.kind), "")
    return "" if title.casefold() == own.casefold() else title


def details_opening(block: Admonition) -> str:
    """Return the lines of HTML that open a part that folds, with what stands on it."""
    words = block.kind.split(" ")[0].capitalize()
    if block.title is not None:
        words = inlines_html(block.title)
    return f"<details{' open' if block.opened else ''}>\n<summary>{words}</summary>"


def _edit(document: MarkdownDocument, block: Admonition, rewriter: _Rewriter) -> MarkupEdit:
    text = document.text
    start = text.rfind("\n", 0, block.start) + 1
    lines = list(rewriter.lines(start, block.end))
    lead = text[start : block.start].rstrip()
    before = text[text.rfind("\n", 0, max(0, start - 1)) + 1 : start]
    after = _NEXT_LINE.match(text, block.end)
    if start > document.start and before.strip(" \t>\r\n"):
        lines.insert(0, lead)
    if after and after[0].strip(" \t>\r\n"):
        lines.append(lead)
    return MarkupEdit(start, block.end, "\n".join(lines))


class _Level(NamedTuple):
    """An admonition whose lines are being rewritten, and what stands before its mark."""

    block: Admonition
    lead: str


class _Rewriter:
    """Goes through the lines of outermost admonitions, one after another."""

    def __init__(
        self, document: MarkdownDocument, titles: Mapping[str, str], openings: dict[int, Admonition]
    ) -> None:
        self._document = document
        self._text = document.text
        self._titles = titles
        self._levels: list[_Level] = []
        self._openings = openings

    def lines(self, start: int, end: int) -> Iterator[str]:
        """Yield the lines that take the place of a stretch."""
        while start <= end:
            line_end = self._text.find("\n", start, end)
            line_end = line_end if line_end >= 0 else end
            yield from self._close(start)
            place = self._place(start, line_end)
            words = self._text[place:line_end]
            lead = words[: len(words) - len(words.lstrip(" \t>"))]
            block = self._openings.get(place + len(lead))
            if block is not None:
                yield from self._open(block, lead)
            else:
                yield self._prefix() + words if words else self._prefix().rstrip()
            start = line_end + 1
        yield from self._close(end + 1)

    def _place(self, start: int, end: int) -> int:
        """Return where the words of a line begin behind what the open levels take."""
        for level in self._levels:
            if self._text.startswith(level.lead, start, end):
                start += len(level.lead)
            indent = _INDENT.match(self._text, start, end)
            start = indent.end() if indent else start
        return start

    def _prefix(self) -> str:
        return "".join([f"{level.lead}{_mark(level.block)}" for level in self._levels])

    def _open(self, block: Admonition, lead: str) -> Iterator[str]:
        """Yield the lines that open an admonition's successor."""
        prefix = self._prefix() + lead
        self._levels.append(_Level(block, lead))
        if block.folds:
            for line in details_opening(block).split("\n"):
                yield prefix + line
            yield prefix.rstrip()
            return
        yield f"{prefix}> [!{alert_kind(block.kind).upper()}]"
        title = title_words(self._document, block, self._titles)
        if title:
            yield f"{prefix}> **{title}**"
            if block.children:
                yield f"{prefix}>"

    def _close(self, start: int) -> Iterator[str]:
        """Yield the lines that close what has ended before a line."""
        while self._levels and self._levels[-1].block.end < start:
            level = self._levels.pop()
            if level.block.folds:
                prefix = self._prefix() + level.lead
                yield prefix.rstrip()
                yield f"{prefix}</details>"


def _mark(block: Admonition) -> str:
    return "" if block.folds else "> "
