"""Change words within a line as it is typed: its marks stay where the words around them do.

What goes in: a line as it is typed, the words that its exported form shows, and those that came
back. What comes out: replacements. Pure.
"""

from __future__ import annotations

import html
import re
from itertools import accumulate
from typing import TYPE_CHECKING

from qmstool.diff.words import compare_words
from qmstool.frozen import NamedTuple
from qmstool.importing.markdown.inlines import escape, escape_head
from qmstool.importing.returning.joining import Carrier
from qmstool.importing.returning.shown import NOTE, size_of
from qmstool.importing.returning.typed import holders_of
from qmstool.parsing.markdown.inlines import Emphasis, Link, Strike, Strong

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from qmstool.importing.blocks import Span
    from qmstool.importing.returning.edits import FileEdits
    from qmstool.importing.returning.typed import Holder, TypedLine
    from qmstool.parsing.markdown.inlines import TextRun

Marks = frozenset[str]
_MARK_OF: dict[type, str] = {Strong: "b", Emphasis: "i", Strike: "s", Link: ""}
_NO_MARKS: Marks = frozenset()
_SIGN_OF_ITEM = re.compile(r"[^> \t]")


class Replaced(NamedTuple):
    """A stretch of the words as typed, the words for it, and how these look in Word."""

    start: int
    end: int
    words: str
    marks: Marks


def change_line(
    line: TypedLine,
    shown: str,
    returned: str,
    looks: Sequence[Marks],
    edits: FileEdits,
    note: Callable[[], str],
    links: Mapping[str, str],
) -> None:
    """Add to `edits` what leads from the words that were shown to those that came back.

    `looks`: of each letter that came back, how it looks; `note`: gives the call of a note for each
    one that Word has in the new words; `links`: words and address of new links.
    """
    writer = _LineWriter(line, edits)
    for found in _replaced(line, shown, returned, looks):
        replaced = writer.beside_its_like(found)
        words = write_words(replaced.words, line, note, links, first=replaced.start == 0)
        writer.put(replaced, words)


def looks_of(spans: Sequence[Span], words: str) -> list[Marks]:
    """Return how each letter of a paragraph's words looks; blanks that were joined look as one."""
    solid: list[Marks] = []
    for span in spans:
        solid += [_look_of(span)] * size_of(span)
    if not solid:
        return [_NO_MARKS] * len(words)
    looks: list[Marks] = []
    place = 0
    for letter in words:
        looks.append(solid[min(place, len(solid) - 1)])
        place += not letter.isspace()
    return looks


def _look_of(span: Span) -> Marks:
    marks = {"b": span.bold, "i": span.italic, "s": span.struck}
    return frozenset(mark for mark, is_there in marks.items() if is_there)


def new_links(before: Iterable[Span], after: Iterable[Span]) -> dict[str, str]:
    """Return the words of links that were not there before, each with its address.

    A bare address that a program made a link of is none.
    """
    known = {span.link for span in before}
    links = {}
    for span in after:
        words = span.text.strip()
        if span.link and span.link not in known and words and words not in span.link:
            links[words] = typed_address(span.link)
    return links


class LaidLink(NamedTuple):
    """A stretch of words that came back, and the address that Word has behind it."""

    start: int
    end: int
    address: str


def laid_links(before: Iterable[Span], after: Sequence[Span], words: str) -> list[LaidLink]:
    """Return where in a paragraph's words its new links lie; `words`: blanks in them joined."""
    new = set(new_links(before, after).values())
    solid: list[str] = []
    for span in after:
        solid += [typed_address(span.link)] * size_of(span)
    found: list[LaidLink] = []
    count = 0
    for place, letter in enumerate(words):
        if letter.isspace() or count >= len(solid):
            continue
        address = solid[count]
        count += 1
        if address not in new:
            continue
        last = found[-1] if found else None
        if last and last.address == address and not words[last.end : place].strip():
            found[-1] = LaidLink(last.start, place + 1, address)
        else:
            found.append(LaidLink(place, place + 1, address))
    return found


def typed_address(link: str) -> str:
    """Return an address as it is typed behind the words of a link."""
    return link.replace("(", "%28").replace(")", "%29").replace("<", "%3C").replace(" ", "%20")


def write_words(
    words: str,
    line: TypedLine,
    note: Callable[[], str],
    links: Mapping[str, str],
    *,
    first: bool = False,
) -> str:
    """Return words as they are typed in a line; `first`: whether they begin it."""
    if line.form == "code":
        return words
    if line.form == "html":
        return html.escape(words, quote=False).replace("\n", "<br>")
    written = _with_links(_with_notes(words, note), links)
    if line.form == "cell":
        return written.replace("|", "\\|").replace("\n", "<br>")
    if line.form == "heading":
        return written.replace("\n", " ")
    if first and line.start == line.words.span(0, 0)[0]:
        written = escape_head(written)
    return written.replace("\n", f"\\\n{line_prefix(line)}")


def _with_notes(words: str, note: Callable[[], str]) -> str:
    head, *rest = words.split(NOTE)
    return escape(head) + "".join(note() + escape(piece) for piece in rest)


def _with_links(written: str, links: Mapping[str, str]) -> str:
    """Return written words with the addresses that Word has behind some of them."""
    for words, address in links.items():
        typed = escape(words)
        written = written.replace(typed, f"[{typed}]({address})", 1)
    return written


def line_prefix(line: TypedLine) -> str:
    """Return what stands before a further line of a block: marks of quotations, blanks."""
    return prefix_at(line.file.text, line.start)


def prefix_at(text: str, start: int) -> str:
    """Return the beginning of the line of a place, its marks of items turned into blanks."""
    head = text[text.rfind("\n", 0, start) + 1 : start]
    return _SIGN_OF_ITEM.sub(" ", head)


def _replaced(
    line: TypedLine, shown: str, returned: str, looks: Sequence[Marks]
) -> Iterator[Replaced]:
    carrier = Carrier(shown, line.words.text)
    runs = compare_words(shown, returned)
    before = after = 0
    at = 0
    while at < len(runs):
        if runs[at].kind == "same":
            before += len(runs[at].text)
            after += len(runs[at].text)
            at += 1
            continue
        gone = come = ""
        while at < len(runs) and runs[at].kind != "same":
            if runs[at].kind == "old":
                gone += runs[at].text
            else:
                come += runs[at].text
            at += 1
        head, tail = _alike_ends(gone, come)
        start = carrier.carry(before + head)
        end = carrier.carry(before + len(gone) - tail)
        before, after = before + len(gone), after + len(come)
        if gone.split() == come.split() and gone.strip("\n") == come.strip("\n"):
            continue  # blanks alone: programs differ in those
        first = after - len(come) + head
        marks = looks[first] if first < after - tail and first < len(looks) else _NO_MARKS
        yield Replaced(start, max(start, end), come[head : len(come) - tail], marks)


def _alike_ends(gone: str, come: str) -> tuple[int, int]:
    """Return how many letters two words have in common at their heads and at their ends."""
    most = min(len(gone), len(come))
    head = next((at for at in range(most) if gone[at] != come[at]), most)
    rest = most - head
    tail = next((at for at in range(rest) if gone[-1 - at] != come[-1 - at]), rest)
    return head, tail


class _LineWriter:
    """Puts words into one line: into its pieces, or in the place of what holds them."""

    def __init__(self, line: TypedLine, edits: FileEdits) -> None:
        self._edits = edits
        self._pieces = list(line.words.pieces)
        ends = list(accumulate(len(piece.text) for piece in self._pieces))
        self._places = [
            (end - len(piece.text), end, piece)
            for end, piece in zip(ends, self._pieces, strict=True)
        ]
        self._holders = [self._extent(holder) for holder in holders_of(line.inlines)]
        self._line = line

    def _extent(self, holder: Holder) -> tuple[int, int, Holder]:
        """Return a node that holds others with the stretch of words that it holds."""
        inside = [
            (start, end)
            for start, end, piece in self._places
            if holder.start <= piece.start and piece.end <= holder.end
        ]
        if not inside:
            return 0, 0, holder
        return inside[0][0], inside[-1][1], holder

    def beside_its_like(self, replaced: Replaced) -> Replaced:
        """Return words that come after a word as words before the next, if they look as that one.

        « x» before « y» is «x » before «y».
        """
        start, end, words, marks = replaced
        text = self._line.words.text
        moves = start == end and words[:1].isspace() and text[start : start + 1].isspace()
        if not moves or self._marks_at(start - 1) == marks or self._marks_at(start + 1) != marks:
            return replaced
        return Replaced(start + 1, start + 1, words[1:] + words[0], marks)

    def put(self, replaced: Replaced, written: str) -> None:
        """Put words in the place of a stretch."""
        start, end = replaced.start, replaced.end
        if start == end:
            if written:
                place = self._place_between(start, replaced.marks)
                self._edits.put(place, place, written)
            return
        kept, gone = self._holders_within(replaced)
        places = [holder.start for holder in gone]
        inner: list[int] = []
        for holder in gone:
            self._edits.put(holder.start, holder.end, "")
        for piece_start, piece_end, piece in self._places:
            if piece_end <= start or piece_start >= end or _within(piece, gone):
                continue
            first, last = _cut(piece, piece_start, start, end)
            if _within(piece, kept):
                inner.append(first)
            else:
                places.append(first)
            self._edits.put(first, last, "")
        if written and (inner or places):
            place = min(inner or places)
            self._edits.put(place, place, written)

    def _holders_within(self, replaced: Replaced) -> tuple[list[Holder], list[Holder]]:
        """Return the nodes that stay around new words, and those that go with all their words."""
        kept: list[Holder] = []
        gone: list[Holder] = []
        for start, end, holder in self._holders:
            if start == end or not (replaced.start <= start and end <= replaced.end):
                continue
            mark = _MARK_OF[type(holder)]
            whole = self._line.words.text[replaced.start : replaced.end].strip()
            alone = whole == self._line.words.text[start:end].strip()
            if replaced.words.strip() and alone and (not mark or mark in replaced.marks):
                kept.append(holder)
            elif not any(other.start <= holder.start < other.end for other in gone):
                gone.append(holder)
        return kept, gone

    def _place_between(self, offset: int, marks: Marks) -> int:
        """Return where words are put between two letters: beside the one that looks as they do."""
        if not self._pieces:
            return self._line.end
        if offset == 0:
            return self._before_first(marks)
        before = self._line.words.span(offset - 1, offset)[1]
        same = self._marks_at(offset - 1) == marks
        if offset >= len(self._line.words.text):
            return before if same else max(before, self._end_of(offset))
        after = self._line.words.span(offset, offset + 1)[0]
        if before == after or same:
            return before
        return after if self._marks_at(offset) == marks else before

    def _before_first(self, marks: Marks) -> int:
        """Return where words are put before the first letter: outside of what does not look so."""
        holders = [holder.start for start, _, holder in self._holders if start == 0]
        if holders and self._marks_at(0) != marks:
            return min(holders)
        return self._line.words.span(0, 0)[0]

    def _end_of(self, offset: int) -> int:
        """Return where the outermost of what ends with the line's words ends."""
        ends = [holder.end for _, end, holder in self._holders if end == offset]
        return max(ends, default=0)

    def _marks_at(self, offset: int) -> Marks:
        marks = {
            _MARK_OF[type(holder)] for start, end, holder in self._holders if start <= offset < end
        }
        return frozenset(marks - {""})


def _within(piece: TextRun, holders: Sequence[Holder]) -> bool:
    return any(holder.start <= piece.start < holder.end for holder in holders)


def _cut(piece: TextRun, piece_start: int, start: int, end: int) -> tuple[int, int]:
    """Return what of a piece goes; one that is not typed as it is read goes whole."""
    if not piece.literal:
        return piece.start, piece.end
    first = max(start - piece_start, 0)
    last = min(end - piece_start, len(piece.text))
    return piece.start + first, piece.start + last
