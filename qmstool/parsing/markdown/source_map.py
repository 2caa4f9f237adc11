"""Markdown source → drafts: white space tidied, fenced code out of the way, and the way back to places in the source.

Each step makes a new `Draft` that knows which stretches it copied from the text before.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

Span = tuple[int, int]
"""Where a stretch of text begins and ends."""

HIDDEN = "\0"
"""Stands in a painted text for what is not running text."""

PLACEHOLDER = "\x02{}\x03"
"""Stands in a draft for what the block grammar must not look into: fenced code (no number), raw HTML, an element."""

_TAB = 4
_BLANK = re.compile(r"\n +(?:\n|\Z)")
_ODD = re.compile(r"[\t\x02\x03]")
_FENCE = re.compile(
    r"""^(?P<lead>[>\ ]*)(?P<fence>`{3,}|~{3,})
    (?:\ *\.?[\w\#.+-]+(?=\ |$))?                           # language
    (?:\ *\{[^\n]*\}                                        # attributes, or the options that superfences knows
      |(?:\ *(?:hl_lines=(["'])\d+(?:-\d+)?(?:\ +\d+(?:-\d+)?)*\3|linenums=(["'])\d.*?\4|title(?:_mode)?=(["']).*?\5)(?=\ |$))+
    )?\ *$""",
    re.MULTILINE | re.VERBOSE,
)


class Copy(NamedTuple):
    """A stretch taken over unchanged: where it began in the text before, where it begins now, its length."""

    there: int
    here: int
    length: int


class Draft:
    """A text whose body begins at `start`, and how it was made of the one before; the first draft has none before it."""

    __slots__ = ("_before", "_copies", "_starts", "start", "text")

    def __init__(
        self, text: str, start: int, before: Draft | None = None, copies: tuple[Copy, ...] = ()
    ) -> None:
        self.text = text
        self.start = start
        self._before = before
        self._copies = copies
        self._starts = [copy.here for copy in copies]

    @property
    def original(self) -> bool:
        """Tell whether this is the first draft, whose places are the source's."""
        return self._before is None

    def span(self, start: int, end: int) -> Span:
        """Return the stretch of the first text that `text[start:end]` came from."""
        if self._before is None:
            return start, end
        first = self._place_before(start, start)
        last = self._place_before(end, end - 1) if start < end else first
        return self._before.span(first, max(first, last))

    def _place_before(self, place: int, within: int) -> int:
        """Return what a place was in the text before, by the copy that the character `within` belongs to or follows."""
        index = bisect_right(self._starts, within) - 1
        if index < 0:
            return 0
        there, here, length = self._copies[index]
        return there + min(place - here, length)

    def project(self, painted: str) -> str:
        """Carry a repainted `text` of the same length back to the shape of the first text; what was left out is hidden."""
        return self._before.project(self.back(painted)) if self._before else painted

    def back(self, painted: str) -> str:
        """Carry a repainted `text` back to the shape of the text before."""
        if self._before is None:
            return painted
        before = self._before.text
        parts = []
        at = 0
        for there, here, length in sorted(self._copies):
            parts.append(HIDDEN * (there - at))
            at = there + length
            piece = painted[here : here + length]
            parts.append(
                before[there] if piece == " " else piece
            )  # a single blank may stand for a tab
        parts.append(HIDDEN * (len(before) - at))
        return "".join(parts)


class Rewriter:
    """Gathers the next draft, or a part of it, out of copied stretches and made-up text."""

    __slots__ = ("_before", "_copies", "_parts", "length")

    def __init__(self, before: Draft) -> None:
        self._before = before
        self._parts: list[str] = []
        self._copies: list[Copy] = []
        self.length = 0

    def copy(self, start: int, end: int) -> None:
        """Take over a stretch of the text before."""
        if end > start:
            self._copies.append(Copy(start, self.length, end - start))
            self.add(self._before.text[start:end])

    def add(self, made_up: str) -> None:
        """Add text that was not there before."""
        self._parts.append(made_up)
        self.length += len(made_up)

    def blanks(self, place: int, width: int) -> None:
        """Put so many blanks for the tab at `place`."""
        self._copies.append(Copy(place, self.length, 1))
        self.add(" " * width)

    def append(self, other: Rewriter) -> None:
        """Add all that another rewriter of the same text has gathered."""
        self._copies += [
            Copy(there, self.length + here, length) for there, here, length in other._copies
        ]
        self._parts += other._parts
        self.length += other.length

    def ending(self) -> str:
        """Return the last piece gathered."""
        return self._parts[-1] if self._parts else ""

    def draft(self) -> Draft:
        """Return what was gathered, if it begins with what comes before the body."""
        return Draft("".join(self._parts), self._before.start, self._before, tuple(self._copies))


def tidied(draft: Draft) -> Draft:
    """Expand tabs, drop control characters that stand for something here, and empty the lines that hold only blanks."""
    text, start = draft.text, draft.start
    odd = "\t" in text or "\x02" in text or "\x03" in text
    if not (odd or text.startswith(" ", start) or _BLANK.search(text, start)):
        return draft
    rewriter = Rewriter(draft)
    rewriter.copy(0, start)
    at = start
    for line in text[start:].split("\n"):
        if at > start:
            rewriter.copy(at - 1, at)
        if line.strip(" \t\x02\x03"):
            _tidy_line(rewriter, at, line)
        at += len(line) + 1
    return rewriter.draft()


def _tidy_line(rewriter: Rewriter, start: int, line: str) -> None:
    """Copy one line, with tabs as the blanks they amount to."""
    column = at = 0
    for odd in _ODD.finditer(line):
        rewriter.copy(start + at, start + odd.start())
        column += odd.start() - at
        at = odd.end()
        if odd[0] == "\t":
            width = _TAB - column % _TAB
            column += width
            rewriter.blanks(start + odd.start(), width)
    rewriter.copy(start + at, start + len(line))


def unfenced(draft: Draft) -> Draft:
    """Put a placeholder where a closed code fence stands; an unclosed one is text, as the renderer has it."""
    text = draft.text
    if "```" not in text and "~~~" not in text:
        return draft
    rewriter = Rewriter(draft)
    done = 0
    at = draft.start
    while opening := _FENCE.search(text, at):
        at, closed = _fence_end(text, opening.end() + 1, opening["lead"], opening["fence"])
        if closed:
            rewriter.copy(done, opening.end("lead"))
            rewriter.add(PLACEHOLDER.format(""))
            done = at - 1
    if not done:
        return draft
    rewriter.copy(done, len(text))
    return rewriter.draft()


def _fence_end(text: str, at: int, lead: str, fence: str) -> tuple[int, bool]:
    """Return where the line after a fence begins, and whether the fence was closed there or broken off."""
    quotes = lead.count(">")
    paused = False
    while at < len(text):
        stop = text.find("\n", at)
        line = text[at : stop if stop >= 0 else len(text)]
        at += len(line) + 1
        prefix = line[: min(len(lead), len(line) - len(line.lstrip("> ")))]
        content = line[len(prefix) :]
        if prefix.count(">") > quotes:
            return at, False
        if not (content if quotes else line.strip()):
            paused = True
            continue
        if len(prefix) < len(lead) or (paused and prefix.count(">") < quotes):
            return at, False
        if content.rstrip(" ") == fence:
            return at, True
        paused = False
    return at, False
