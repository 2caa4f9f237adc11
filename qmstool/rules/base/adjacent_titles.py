"""Find codes with the title of a document right beside them, in a sentence or in the next cell.

«QT VP 01 – Quy trình đánh giá nội bộ», «Quy trình đánh giá nội bộ (mã số: QT VP 01)»,
«| QT VP 01 | Quy trình đánh giá nội bộ |».
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, Any

from qmstool.frozen import NamedTuple
from qmstool.parsing.codes import fold_name
from qmstool.patterns import regex
from qmstool.rules.base.file_answers import citing_question
from qmstool.rules.base.text.spans import starting_within
from qmstool.rules.base.text.title_index import BLANKS, TitleIndex, own_words
from qmstool.rules.base.text.wording import alternatives

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qmstool.manual.text_files import TextFile
    from qmstool.parsing.markdown.inlines import Span
    from qmstool.parsing.markdown.running_text import TextBlock
    from qmstool.references.model import Reference, References
    from qmstool.references.outline import Outline
    from qmstool.rules.base.file_answers import Citing, CitingAnswers

OPENING_QUOTE = "[«“\"‘']?"
# What may stand between a code and the title after it: «QT VP 01 – Quy trình …», «QT VP 01 (Quy
# trình …», «QT VP 01: quy trình …», «QT VP 01 «Quy trình …»»; on one line also nothing.
AFTER_CODE = regex(rf"{BLANKS}(?P<sign>[-–—:(|«“\"]|(?=[^\W\d_])){BLANKS}{OPENING_QUOTE}{BLANKS}")
# How far before a code, in characters, what stands between it and a title is looked for.
REACH = 60
# How far before a code the last word of a title is looked for first: most have no title there.
LAST_WORD_REACH = 24
PARTING = frozenset(",;.")
SIGNS = " \t\n\u00a0\u202f\x01-–—:(|,;«»“”\"'‘’*"
EDGES = "\x01\0 "


class AdjacentTitle(NamedTuple):
    """A code with a title beside it.

    `title` is as it is registered, `keys` are the documents called so, `span` is where it begins
    and ends. `sure` says that a word between the two tells that this is the title's code;
    `touches`, that nothing but blanks stands between the title and the code behind it. `coded` is
    the key of the document with the code.
    """

    code: Reference
    title: str
    keys: frozenset[str]
    span: Span
    sure: bool
    coded: str
    touches: bool = False


@citing_question
def pairs_in_file(citing: Citing) -> tuple[tuple[Any, ...], ...]:
    """Find the codes of one file with a title beside them, each as its number and the rest."""
    pairs = citing.outline.index(_TitleFinder).beside_codes(citing.references)
    places = {id(reference): place for place, reference in enumerate(citing.references)}
    return tuple([(places[id(pair.code)], *pair[1:]) for pair in pairs])


def adjacent_titles(
    answers: CitingAnswers, references: References
) -> Mapping[str, tuple[AdjacentTitle, ...]]:
    """Return the codes of a manual with a title beside them, right or wrong, by their file."""
    pairs_by_path = {}
    for writing, pairs in answers.answers_to(pairs_in_file):
        path = writing.file.path
        own = references.of(path)
        pairs_by_path[path] = tuple([AdjacentTitle(own[pair[0]], *pair[1:]) for pair in pairs])
    return pairs_by_path


class _TitleFinder:
    """Finds the titles of a manual's documents beside codes."""

    def __init__(self, outline: Outline) -> None:
        documents = outline.manual.documents
        self._titled = {key: document.title for key, document in documents.items()}
        self._titles = outline.index(TitleIndex)
        self._relation_words = own_words(outline)["relation_words"]

    def beside_codes(self, references: tuple[Reference, ...]) -> Iterator[AdjacentTitle]:
        """Yield the titles beside the codes of a file, whose references are given."""
        for code in references:
            target = code.target
            if code.kind != "code" or target is None or target.kind != "document":
                continue
            prose = code.file.page.prose
            following = prose[code.end : code.end + 1]
            after = None if following in PARTING else self._after(code, target.key)
            if after is not None:
                yield after
            before = self._before(code, target.key)
            if before is not None:
                yield before
            # In a cell of its own nothing of a sentence touches the code.
            if not following.strip(EDGES):
                preceding = prose[max(0, code.start - 1) : code.start]
                if not preceding.strip(EDGES):
                    yield from self._in_row(code, target.key, references)

    def _pair(
        self, code: Reference, coded: str, folded: str, at: Span, *, sure: bool = False
    ) -> AdjacentTitle:
        keys = frozenset(self._titles.keys[folded])
        title = self._titled[min(keys)]
        if fold_name(title) != folded:
            title = self._titles.names[folded]
        return AdjacentTitle(code, title, keys, at, sure, coded)

    def _after(self, code: Reference, coded: str) -> AdjacentTitle | None:
        """Return the title that follows a code."""
        prose = code.file.page.prose
        between = AFTER_CODE.match(prose, code.end)
        if between is None:
            return None
        sign, start = between["sign"], between.end()
        if not sign and "\n" in between[0]:
            return None
        opening = self._titles.opening(prose, start)
        if opening is None:
            return None
        folded, end = opening
        named = folded in self._titles.names and sign and sign != ":"
        if not named and not self._titles.is_whole(prose, end):
            return None
        if not sign and prose[start].islower():
            return None
        return self._pair(code, coded, folded, (start, end))

    def _before(self, code: Reference, coded: str) -> AdjacentTitle | None:
        """Return the title that a code follows."""
        if not self._may_end_title(code):
            return None
        prose = code.file.page.prose
        block = prose.rfind("\0", max(0, code.start - REACH), code.start) + 1
        between = self._titles.before_code.search(
            prose, max(block, code.start - REACH, 0), code.start
        )
        if between is None:
            return None
        ending = self._titles.ending(prose, between.start())
        if ending is None:
            return None
        folded, start = ending
        sure = bool(between["code_word"])
        pair = self._pair(code, coded, folded, (start, between.start()), sure=sure)
        return pair._replace(touches=not between[0].strip(EDGES))

    def _may_end_title(self, code: Reference) -> bool:
        """Tell quickly whether the word before a code ends a title, or says «code»."""
        prose, lasts = code.file.page.prose, self._titles.lasts
        first = max(0, code.start - LAST_WORD_REACH)
        blank = prose.rfind(" ", first, code.start - 1)
        if blank >= 0 and prose[code.start - 1] == " ":
            word = prose[blank + 1 : code.start - 1]
            if word.isalnum() and word.casefold() not in lasts:
                return False  # «theo QT VP 01», as most are
        words = prose[first : code.start].rstrip(SIGNS).split()
        return bool(words) and words[-1].strip(SIGNS).casefold() in lasts

    def _in_row(
        self, code: Reference, coded: str, references: tuple[Reference, ...]
    ) -> Iterator[AdjacentTitle]:
        """Yield the title in the only other cell beside a cell that is a code and nothing else."""
        cells, column = _row_around(code.file, code.start)
        prose = code.file.page.prose
        if len(cells) <= 1 or _trimmed(prose, cells[column]) != (code.start, code.end):
            return
        inside = starting_within(references, cells[0][0], cells[-1][1])
        if sum(reference.kind == "code" for reference in inside) != 1:
            return
        titles = []
        for number, cell in enumerate(cells):
            start, end = _trimmed(prose, cell)
            opening = self._titles.opening(prose, start)
            if opening is not None and opening[1] == end:
                titles.append((number, opening[0], (start, end)))
        if len(titles) != 1:
            return
        number, folded, at = titles[0]
        if abs(number - column) == 1 and not self._related(code.file, cells, column):
            yield self._pair(code, coded, folded, at)

    def _related(self, file: TextFile, cells: tuple[Span, ...], column: int) -> bool:
        """Whether the head of a code's column says that it is another document's.

        «Thực hiện theo», «Thay cho».
        """
        top = file.source.text.rfind("\n\n", 0, cells[0][0])
        first = bisect_right(file.page.blocks, (top + 1, 0))
        if first == len(file.page.blocks):
            return False
        heads, _ = _row_around(file, file.page.blocks[first][0])
        if len(heads) != len(cells):
            return False
        for head in heads[max(0, column - 1) : column + 2]:
            if self._relations.search(file.page.prose, *head):
                return True
        return False

    @cached_property
    def _relations(self) -> re.Pattern[str]:
        return regex(rf"(?<!\w)(?:{alternatives(self._relation_words)})(?!\w)", re.IGNORECASE)


def _row_around(file: TextFile, at: int) -> tuple[tuple[Span, ...], int]:
    """Return the cells of the row that an offset stands in, and the number of its cell.

    Of what is no table, the block alone.
    """
    blocks = file.page.blocks
    here = first = last = bisect_right(blocks, (at, len(file.source.text))) - 1
    if here < 0:
        return (), 0
    while first > 0 and _in_one_row(file, blocks[first - 1], blocks[first]):
        first -= 1
    while last + 1 < len(blocks) and _in_one_row(file, blocks[last], blocks[last + 1]):
        last += 1
    return tuple([block[:2] for block in blocks[first : last + 1]]), here - first


def _in_one_row(file: TextFile, one: TextBlock, other: TextBlock) -> bool:
    between = file.source.text[one.end : other.start]
    return "|" in between and "\n" not in between


def _trimmed(prose: str, span: Span) -> Span:
    """Return a span without the blanks and markup at its edges."""
    start, end = span
    text = prose[start:end]
    return start + len(text) - len(text.lstrip(EDGES)), end - len(text) + len(text.rstrip(EDGES))
