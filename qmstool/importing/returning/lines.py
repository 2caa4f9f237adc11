"""Change lines where they are typed: word by word, else anew; each is read again before it counts.

What goes in: a line as it is typed, what was shown of it and what came back. What comes out: its
edits, and what has to be told of them. Pure.
"""

from __future__ import annotations

import re
from html import escape as escape_html
from typing import TYPE_CHECKING

from qmstool.frozen import NamedTuple
from qmstool.i18n import join_texts
from qmstool.importing.blocks import SourceParagraph
from qmstool.importing.markdown.inlines import escape
from qmstool.importing.returning.edits import FileEdits
from qmstool.importing.returning.inline import (
    LaidLink,
    change_line,
    laid_links,
    looks_of,
    new_links,
    prefix_at,
)
from qmstool.importing.returning.shown import PICTURE
from qmstool.importing.returning.told import LINK_LEFT, NO_PLACE, REWRITTEN, WITH_PICTURE
from qmstool.importing.returning.trials import Trial, TrialReader, replay
from qmstool.importing.returning.typed import TypedLine, holders_of
from qmstool.parsing.markdown.inlines import Link

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence

    from qmstool.i18n import Text
    from qmstool.importing.blocks import Block, Span
    from qmstool.importing.returning.edits import WordChange
    from qmstool.importing.returning.inline import Marks
    from qmstool.importing.returning.shown import Shown
    from qmstool.importing.returning.typed import Typed
    from qmstool.importing.returning.writing import BlockWriter

_TITLE = re.compile(
    r"^title:[ ]+(?P<value>(?P<quote>[\"']?)(?P<words>[^\"'\n]*?)(?P=quote))[ ]*$", re.MULTILINE
)
_PLAIN_TITLE = re.compile(r"[^\W_][\w ,.()/–-]*[\w)]")


class LineChange(NamedTuple):
    """A line as it is typed, what was shown of it, and what came back.

    `looks`: of each letter that came back, how it looks; `links`: words that have an address since,
    and the address; `laid`: where in the words these are; `notes`: the keys of Word's own notes;
    `whole`: what came back, where the line may be written anew; `same`: whether only addresses are
    new.
    """

    line: TypedLine
    shown: str
    returned: str
    looks: Sequence[Marks]
    links: Mapping[str, str]
    laid: Sequence[LaidLink]
    notes: Sequence[str]
    whole: Shown | None
    same: bool


class _Outcome(NamedTuple):
    """What leads to the words that came back, and what has to be told of it."""

    edits: FileEdits
    note: Text | None


def find_change(
    line: TypedLine,
    words: tuple[str, str],
    old: Sequence[Block],
    new: Sequence[Block],
    *,
    whole: Shown | None = None,
    same: bool,
) -> LineChange:
    """Return what came back in a line; `words`: before and after, as the blocks hold them."""
    shown, returned = words
    known, spans = list(_spans(old)), list(_spans(new))
    return LineChange(
        line,
        shown,
        returned,
        looks_of(spans, returned),
        new_links(known, spans),
        laid_links(known, spans, returned),
        [span.note for span in _spans(new, inner=True) if span.note],
        whole,
        same,
    )


class LineChanger:
    """Changes lines of some files; `said`: what the lines of their exported form say, squeezed."""

    def __init__(
        self,
        nodes: Mapping[str, Sequence[Typed]],
        edits: Mapping[str, FileEdits],
        writer: BlockWriter,
        said: frozenset[str],
    ) -> None:
        self._edits = edits
        self._writer = writer
        self._reader = TrialReader(nodes, said)
        # By line: what each change comes to, or where it calls notes how its trials were answered.
        self._outcomes: dict[int, _Outcome] = {}
        self._answers: Mapping[int, Sequence[bool]] = {}

    def foresee(self, changes: Iterable[LineChange]) -> None:
        """Try all changes, each file read for all of its lines together."""
        noted = {}
        attempts = {}
        for change in changes:
            attempts[id(change.line)] = self._attempt(change, lambda _: self._reader.call)
            noted[id(change.line)] = bool(change.notes)
        ended, answers = self._reader.settle(attempts)
        self._outcomes = {line: outcome for line, outcome in ended.items() if not noted[line]}
        self._answers = answers

    def change(self, change: LineChange) -> Text | None:
        """Change a line word by word; where that does not read as it should, write it anew.

        Addresses are put behind words that stay. Returns what has to be told, `NO_PLACE` where
        the words find no place. Only what was foreseen is changed.
        """
        line = id(change.line)
        outcome = self._outcomes.get(line)
        if outcome is None:
            outcome = replay(self._attempt(change, self._writer.call), self._answers.get(line, ()))
        self._edits[change.line.file.path].extend(outcome.edits)
        return outcome.note

    def _attempt(
        self, change: LineChange, call: Callable[[str], str]
    ) -> Generator[Trial, bool, _Outcome]:
        """Try one way after another; `call`: gives the call of a note by its key."""
        outcome = _Outcome(FileEdits(), None)
        if not change.same:
            outcome = yield from self._try_words(change, call)
        if outcome.note not in {None, WITH_PICTURE}:
            return outcome
        left = yield from _try_links(change, outcome.edits)
        if left is not None and outcome.note is not None:
            left = join_texts(" ", (outcome.note, left))
        return _Outcome(outcome.edits, left or outcome.note)

    def _try_words(
        self, change: LineChange, call: Callable[[str], str]
    ) -> Generator[Trial, bool, _Outcome]:
        line, shown, returned, looks, links, *_ = change
        trial = FileEdits()
        keys = iter(change.notes)
        pictured = PICTURE in returned and PICTURE not in shown
        if pictured:
            place = self._writer.picture_place
            if len(looks) == len(returned):
                looks = _stretched(looks, returned, place)
            returned = returned.replace(PICTURE, place)
        change_line(line, shown, returned, looks, trial, lambda: call(next(keys, "")), links)
        if (yield Trial(line, trial, returned)):
            more = pictured or returned.count(PICTURE) > shown.count(PICTURE)
            return _Outcome(trial, WITH_PICTURE if more else None)
        if change.whole is not None and line.form in {"text", "heading"}:
            trial = FileEdits()
            prefix = prefix_at(line.file.text, line.start)
            lines = self._writer.lines(change.whole, call)
            if line.form == "heading":
                marks = line.file.text[line.start : line.words.span(0, 0)[0]]
                lines = [marks + lines[0].lstrip("#").lstrip()]
            trial.put(line.start, line.end, f"\n{prefix}".join(lines))
            if (yield Trial(line, trial, returned)):
                return _Outcome(trial, REWRITTEN)
        return _Outcome(FileEdits(), NO_PLACE)

    def change_title(self, line: TypedLine, shown: str, returned: str) -> None:
        """Change the title at the head of the first file with the heading that repeats it."""
        front = line.file.text[: line.file.document.start]
        title = _TITLE.search(front)
        if line.form != "heading" or title is None or title["words"] != shown:
            return
        words = returned if _PLAIN_TITLE.fullmatch(returned) else _quoted(returned)
        start, end = title.span("value")
        self._edits[line.file.path].put(start, end, words)


def _try_links(change: LineChange, edits: FileEdits) -> Generator[Trial, bool, Text | None]:
    """Put the addresses that Word has behind words that stay behind them as typed, into `edits`.

    All at once, else by halves. Returns what has to be told where one finds no place.
    """
    left: list[LaidLink] = []
    placed: list[tuple[LaidLink, FileEdits]] = []
    made = edits.sorted()
    for link in change.laid:
        words = change.returned[link.start : link.end]
        if any(f"[{escape(words)}]({link.address})" in those.words for those in made):
            continue  # it came with new words
        place = _place_of_link(change, link, made)
        if place is None:
            left.append(link)
            continue
        trial = FileEdits()
        opening, closing = _ends_of_link(link.address.replace("|", "%7C"), change.line.form)
        trial.put(place[0], place[0], opening)
        trial.put(place[1], place[1], closing)
        placed.append((link, trial))
    groups = [placed] if placed else []
    while groups:
        group = groups.pop()
        together = FileEdits()
        for _, trial in group:
            together.extend(trial)
        if (yield Trial(change.line, together, change.line.words.text)):
            edits.extend(together)
        elif len(group) > 1:
            groups += [group[len(group) // 2 :], group[: len(group) // 2]]
        else:
            left += [link for link, _ in group]
    if not left:
        return None
    return LINK_LEFT.fill({"addresses": ", ".join(link.address for link in left)})


def _place_of_link(
    change: LineChange, link: LaidLink, made: Iterable[WordChange]
) -> tuple[int, int] | None:
    """Return the stretch of the text that gets an address; None where it cannot."""
    line, returned = change.line, change.returned
    words = returned[link.start : link.end]
    places = [found.start() for found in re.finditer(re.escape(words), line.words.text)]
    if len(places) != returned.count(words) or line.form == "code":
        return None
    first = places[returned.count(words, 0, link.start)]
    start, end = line.words.span(first, first + len(words))
    for holder in holders_of(line.inlines):
        inside = start <= holder.start < end or start < holder.end <= end
        around = holder.start <= start and end <= holder.end
        if isinstance(holder, Link) and (inside or around):
            return None  # an address is there, which Word was not shown
        if inside and not around:
            start, end = min(start, holder.start), max(end, holder.end)
    if any(those.start < end and start < those.end for those in made):
        return None
    return start, end


def _stretched(looks: Sequence[Marks], words: str, picture: str) -> list[Marks]:
    """Return how each letter looks when `picture` is written for every picture of the words."""
    stretched: list[Marks] = []
    for look, letter in zip(looks, words, strict=True):
        stretched += [look] * len(letter.replace(PICTURE, picture))
    return stretched


def _ends_of_link(address: str, form: str) -> tuple[str, str]:
    """Return what stands before and behind the words of a link in a line of a form."""
    if form == "html":
        return f'<a href="{escape_html(address)}">', "</a>"
    return "[", f"]({address})"


def _spans(blocks: Iterable[Block], *, inner: bool = False) -> Iterator[Span]:
    """Yield the pieces of paragraphs; `inner`: also of those in tables among the blocks."""
    for block in blocks:
        if isinstance(block, SourceParagraph):
            yield from block.spans
        elif inner:
            for row in block.rows:
                for _, cell in row.cells:
                    yield from _spans(cell.blocks, inner=True)


def _quoted(words: str) -> str:
    """Return words as a scalar of YAML in double quotes."""
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'
