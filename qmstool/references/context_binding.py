"""Bind a number that no word beside it binds: by its cell, its column, its sentence, its heading.

The nearest that names a standard, law or document counts: in a table the cell, then the head of the
column, then the row; elsewhere the sentence; where that names nothing, what leads the list, and
then the headings above.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING

from qmstool.parsing.citations import lower_in_place
from qmstool.patterns import regex
from qmstool.references.bindings import HERE, OUTSIDE, Binding, bind_either
from qmstool.references.joining import HeadingsAbove

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmstool.manual.text_files import TextFile
    from qmstool.parsing.markdown.inlines import Span
    from qmstool.parsing.markdown.running_text import TextBlock
    from qmstool.references.joining import JoiningWords
    from qmstool.references.mentions import Mention

_DELIMITERS = regex(r"[ >\t]*\|?[ \t]*:?-+:?[ \t]*(?:\||$)")
_STOP = regex(r"[.!?;。！？；][»”\"'’)]*(?=[\s\x01]|\Z)|[。！？；]")
_OPENING = regex(r"[ \t>]*\|?")
_BORDER = regex(r"(?<!\\)\|")
# What joins two things is no longer than so many characters.
_LONGEST_JOINT = 200
# So near before a number, in characters, what is named is that number's.
_BESIDE = 3


class ContextBinder:
    """One file's tables, sentences, lists and headings, and what each of them names.

    `text`: its running text; `mentions`: all that it names, and its numbers; `joining`: the words
    that join two things; `annexed`: the catalogues that list annexes.
    """

    def __init__(
        self,
        file: TextFile,
        text: str,
        mentions: Sequence[Mention],
        joining: JoiningWords,
        annexed: frozenset[str],
    ) -> None:
        self._file = file
        self._source = file.source.text
        self._text = text
        self._blocks = file.page.blocks
        self._named = [mention for mention in mentions if mention.target and mention.counts]
        self._owners: dict[str, _Owners] = {}
        self._numbers = [mention.start for mention in mentions if mention.target is None]
        self._joining = joining
        self._annexed = annexed
        self._above = HeadingsAbove(file.page, joining)
        self._last_row: Span = (-1, -1)
        self._stops: tuple[int, list[Span]] = (-1, [])

    def bind(self, number: Mention) -> Binding | None:
        """Return what a number is a part of by what stands around it; None where nothing says."""
        if not self._named:
            return None
        block = self._block(number.start)
        if block is None:
            return None
        for span, leads in self._spans(number, block):
            named = self._nearest(number, span)
            if named is not None:
                binding = _binding(number, named, leads=leads and self._leads(named, number))
                return self._with_title_of_table(number, block, binding)
        return None

    def _with_title_of_table(self, number: Mention, block: TextBlock, binding: Binding) -> Binding:
        """Return a binding, less sure where the title of the table names what is not held here."""
        if block.kind == "cell" and binding.targets[0] == HERE:
            for span, _ in self._table_title(block):
                named = self._nearest(number, span)
                if named is not None and named.target and named.target.kind in OUTSIDE:
                    return binding._replace(sure=False)
        return binding

    def is_in_history(self, number: Mention) -> bool:
        """Whether a number stands below a heading such as «Revision history»."""
        return self._above.tell_history(number.start)

    def _spans(self, number: Mention, block: TextBlock) -> Iterator[tuple[Span, bool]]:
        """Yield where to look for what is named, the nearest place first.

        With each, whether what stands there before the number surely is what the number is of.
        """
        yield self._sentence(number, block), True
        if block.kind == "cell":
            yield (block.start, block.end), True
            head = self._column_head(block)
            if head is not None:
                yield head, True
            yield self._row(block), False
            yield from self._table_title(block)
        elif block.kind == "item":
            for lead in self._leading_blocks(block):
                yield lead, True
        for heading in self._above.spans(block.start):
            yield heading, False

    def _nearest(self, number: Mention, span: Span) -> Mention | None:
        """Return what is named nearest to a number in a stretch, if a number may be its part.

        What is named behind another number, or right before one, is that one's: so behind a number
        there is nothing of its own beyond the next.
        """
        owners = self._owners_of(number.kind)
        before = owners.last_to_end(span[0], min(span[1], number.end))
        behind = owners.first(max(span[0], number.end), span[1])
        if behind is not None:
            following = bisect_left(self._numbers, number.end)
            if any(at < behind.end + _BESIDE for at in self._numbers[following : following + 1]):
                behind = None
        if before is None or behind is None:
            return before or behind
        return min(before, behind, key=lambda named: _distance(named, number))

    def _owners_of(self, kind: str) -> _Owners:
        """Return all that a number of a kind may be a part of."""
        if kind not in self._owners:
            self._owners[kind] = _Owners(
                [each for each in self._named if self._may_own(each, kind)]
            )
        return self._owners[kind]

    def _may_own(self, named: Mention, kind: str) -> bool:
        """Whether a number of a kind may be a part of what is named.

        A clause is one of a standard or law.
        """
        if named.target is None:
            return False
        if kind == "annex" and named.target.kind == "catalogue":
            return named.target.key in self._annexed
        if kind != "clause":
            return True
        return named.target.kind in OUTSIDE or named.target.kind == "catalogue"

    def _leads(self, named: Mention, number: Mention) -> bool:
        """Whether what is named leads to a number, and does not merely stand beside it."""
        if named.end > number.start:
            return False
        if number.start - named.end > _LONGEST_JOINT:
            return True
        between = lower_in_place(self._text[named.end : number.start])
        return not self._joining.chains(between)

    def _block(self, at: int) -> TextBlock | None:
        index = bisect_right(self._blocks, at, key=_start) - 1
        return self._blocks[index] if index >= 0 and at < self._blocks[index].end else None

    def _sentence(self, number: Mention, block: TextBlock) -> Span:
        """Return the sentence of a block that a number stands in; a semicolon ends one too."""
        stops = self._stops_of(block)
        before = bisect_right(stops, number.start, key=itemgetter(1)) - 1
        after = bisect_left(stops, number.end, key=itemgetter(0))
        begin = stops[before][1] if before >= 0 else block.start
        end = stops[after][1] if after < len(stops) else block.end
        return begin, end

    def _stops_of(self, block: TextBlock) -> list[Span]:
        """Return where the sentences of a block stop; numbers of one block are asked in a row."""
        if self._stops[0] != block.start:
            stops = [
                stop.span()
                for stop in _STOP.finditer(self._text, block.start, block.end)
                if stop[0] != "." or not self._abbreviates(stop.start())
            ]
            self._stops = block.start, stops
        return self._stops[1]

    def _abbreviates(self, at: int) -> bool:
        """Whether a point ends an abbreviation rather than a sentence: «see sec. 4», «No. 5»."""
        following = self._text[at + 1 : at + 3].strip()
        return following[:1].islower() or following[:1].isdigit()

    # --- tables

    @cached_property
    def _heads(self) -> dict[int, int]:
        """Where the head row of its table begins, for each row."""
        heads: dict[int, int] = {}
        head = -1
        for block in self._blocks:
            if block.kind != "cell":
                continue
            line_end = self._source.find("\n", block.row)
            if line_end >= 0 and _DELIMITERS.match(self._source, line_end + 1):
                head = block.row
            heads[block.row] = head
        return heads

    @cached_property
    def _columns(self) -> dict[int, int]:
        """The place of each cell in its row, whether the row opens with a border or not."""
        columns: dict[int, int] = {}
        row, at, count = -1, 0, 0
        for block in self._blocks:
            if block.kind != "cell":
                continue
            if block.row != row:
                row, count = block.row, 0
                opening = _OPENING.match(self._source, row)
                at = opening.end() if opening else row
            count += len(_BORDER.findall(self._source, at, block.start))
            at = max(at, block.start)
            columns[block.start] = count
        return columns

    @cached_property
    def _cells(self) -> dict[tuple[int, int], Span]:
        """Where each cell stands, by where its row begins and its place in the row."""
        cells: dict[tuple[int, int], Span] = {}
        for block in self._blocks:
            if block.kind == "cell":
                at = block.row, self._columns[block.start]
                cells.setdefault(at, (block.start, block.end))
        return cells

    def _column_head(self, block: TextBlock) -> Span | None:
        """Return the head of a cell's column, if it has words."""
        head = self._heads.get(block.row, -1)
        if 0 <= head < block.row:
            return self._cells.get((head, self._columns[block.start]))
        return None

    def _row(self, block: TextBlock) -> Span:
        if self._last_row[0] != block.row:
            row_end = self._source.find("\n", block.row)
            self._last_row = block.row, row_end if row_end >= 0 else len(self._source)
        return self._last_row

    def _table_title(self, block: TextBlock) -> Iterator[tuple[Span, bool]]:
        """Yield the paragraph right above a cell's table: its title, or what leads to it."""
        head = self._heads.get(block.row, -1)
        index = bisect_left(self._blocks, head, key=_start) - 1
        if head >= 0 and index >= 0 and self._blocks[index].kind == "paragraph":
            yield (self._blocks[index].start, self._blocks[index].end), False

    # --- lists

    @cached_property
    def _leads_of(self) -> dict[int, Span | None]:
        """What leads each item: the item above that it stands in, or the paragraph before its list.

        By where the item begins.
        """
        leads: dict[int, Span | None] = {}
        above: list[tuple[int, Span]] = []
        paragraph: Span | None = None
        for block in self._blocks:
            if block.kind != "item":
                announces = block.kind == "paragraph" and self._announces(block)
                paragraph = (block.start, block.end) if announces else None
                above.clear()
                continue
            indent = block.start - block.row
            while above and above[-1][0] >= indent:
                above.pop()
            leads[block.start] = above[-1][1] if above else paragraph
            above.append((indent, (block.start, block.end)))
        return leads

    def _leading_blocks(self, block: TextBlock) -> Iterator[Span]:
        """Yield the items above an item, and the paragraph before its list."""
        lead = self._leads_of.get(block.start)
        while lead is not None:
            yield lead
            lead = self._leads_of.get(lead[0])

    def _announces(self, block: TextBlock) -> bool:
        """Whether a paragraph ends as what leads a list does."""
        return self._text[block.start : block.end].rstrip(" \n\x01*_").endswith((":", "："))


class _Owners:
    """What is named in a text, in its order, asked for the nearest to a place."""

    def __init__(self, named: Sequence[Mention]) -> None:
        self._named = named
        self._starts = [each.start for each in named]
        # Of each, the nearest before it that ends no sooner: it holds it. -1 where none does.
        self._holders: list[int] = []
        open_ones: list[int] = []
        for index, each in enumerate(named):
            while open_ones and named[open_ones[-1]].end < each.end:
                open_ones.pop()
            self._holders.append(open_ones[-1] if open_ones else -1)
            open_ones.append(index)

    def last_to_end(self, start: int, end: int) -> Mention | None:
        """Return what ends last of what begins in a stretch; the first of those that end there."""
        first, index = bisect_left(self._starts, start), bisect_left(self._starts, end) - 1
        if index < first:
            return None
        while self._holders[index] >= first:
            index = self._holders[index]
        return self._named[index]

    def first(self, start: int, end: int) -> Mention | None:
        """Return the first that begins in a stretch."""
        index = bisect_left(self._starts, start)
        return (
            self._named[index] if index < len(self._starts) and self._starts[index] < end else None
        )


def _binding(number: Mention, named: Mention, *, leads: bool) -> Binding:
    """Return the binding to what is named; `leads`: in the same sentence, before the number.

    A section is its, where that leads; else sooner the text's own. So it is beside a registered
    law, which is made up of articles.
    """
    target, owner = named.target or HERE, named.words
    if number.kind == "clause":
        return Binding((target,), owner=owner)
    if target.kind == "catalogue" or (leads and target.kind != "external"):
        return bind_either(target, owner)
    return Binding((HERE, target), owner=owner)


def _distance(named: Mention, number: Mention) -> int:
    return max(named.start - number.end, number.start - named.end)


def _start(block: TextBlock) -> int:
    return block.start
