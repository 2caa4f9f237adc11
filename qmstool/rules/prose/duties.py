"""Check duties in running text: weakened, periodic without a period, given to one or the other."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.frozen import NamedTuple
from qmstool.i18n import Text
from qmstool.patterns import regex
from qmstool.rules.base.file_answers import citing_question, question
from qmstool.rules.base.rule import file_rule, rule
from qmstool.rules.base.text.spans import starting_within
from qmstool.rules.base.text.wording import alternatives

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmstool.parsing.markdown.inlines import Span
    from qmstool.parsing.markdown.running_text import TextBlock
    from qmstool.references.model import Reference, Target
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.file_answers import Citing
    from qmstool.rules.base.rule import Rule
    from qmstool.rules.base.text.prose_text import PhraseHit, Writing
    from qmstool.rules.base.text.wording import Wording

_BETWEEN = r"[\s)\x01,;»\"]*"
_OPENING = r"[\s(\x01«\"]*"
_BESIDE = regex(_OPENING)
# How many characters of a sentence around a phrase are read.
REACH = 300
# How far before «periodic», in characters, the word for a paper may stand.
PAPER_REACH = 60
# How many characters may stand between two documents that «or» joins.
MOST_BETWEEN = 200
_start = attrgetter("start")
_NAME_GOES_ON = regex(r"(?:[ \u00a0\x01]+[A-Z][a-z]+){2}")


@file_rule(
    "QMS610",
    "weak-obligation",
    Severity.INFO,
    Text("Nghĩa vụ bị làm yếu", "A weakened obligation"),
    Text(
        "«{words}» để ngỏ việc có làm hay không. Hãy nêu ai quyết định, theo tiêu chí nào, hoặc "
        "bỏ cụm từ này.",
        "«{words}» leaves it open whether this is done. Say who decides and by what criterion, "
        "or take the words out.",
    ),
    on_request=True,
)
def weak_obligation(writing: Writing) -> Iterator[Violation]:
    """Find words that leave it to nobody in particular whether a duty is done."""
    for hit in writing.hits.get("weak", ()):
        yield _fault(writing, hit)


def _fault(writing: Writing, hit: PhraseHit) -> Violation:
    words = writing.plain_words(hit.start, hit.end)
    return Violation(writing.locate(hit.start, hit.end), {"words": words})


class Unpaced(NamedTuple):
    """«Periodically» where no words near say how often.

    `spans`: the stretches in which a document may be cited that does.
    """

    violation: Violation
    spans: tuple[Span, ...]


@question
def unpaced(writing: Writing) -> tuple[Unpaced, ...]:
    """Find «periodically» where nothing near says how often.

    That is the sentence, and the one after it; in a table, the row.
    """
    reader = writing.wording.prepared(FrequencyReader)
    hits = []
    for hit in writing.hits.get("periodic", ()):
        at = bisect_right(writing.blocks, hit.start, key=_start) - 1
        passage = writing.blocks[max(at, 0)]
        if passage.kind == "heading" or reader.names_paper(writing, hit):
            continue
        if passage.kind == "cell":
            spans = _row(writing, passage)
        else:
            spans = (_near(writing, hit, passage),)
        if not any(reader.names_period(writing, *span) for span in spans):
            hits.append(Unpaced(_fault(writing, hit), spans))
    return tuple(hits)


def _row(writing: Writing, cell: TextBlock) -> tuple[Span, ...]:
    """Return the cells of the row of a cell."""
    return tuple(
        (passage.start, passage.end)
        for passage in writing.blocks
        if passage.kind == "cell" and passage.row == cell.row
    )


def _near(writing: Writing, hit: PhraseHit, passage: TextBlock) -> Span:
    """Return the sentence of a hit, and the one after it in its passage."""
    start, end = writing.sentence(hit.start)
    start, end = max(start, passage.start), min(end, passage.end)
    if end + 1 < passage.end:
        end = min(writing.sentence(end + 1)[1], passage.end)
    return max(start, hit.start - REACH), min(end, hit.end + 2 * REACH)


class FrequencyReader:
    """Tells whether a stretch of text says how often something is done."""

    def __init__(self, wording: Wording) -> None:
        self._lists = wording.lists

    @cached_property
    def measured(self) -> re.Pattern[str]:
        """A period in figures."""
        units = alternatives(name for unit in self._lists.units for name in unit.names)
        return regex(rf"\d{{1,6}}[\s\x01\u00a0]{{1,9}}(?:{units})(?!\w)", re.IGNORECASE)

    @cached_property
    def paper(self) -> re.Pattern[str]:
        """The name of a paper, up to where «periodic» follows."""
        activities = alternatives(self._lists["activities"])
        papers = alternatives(self._lists["common"])
        return regex(
            rf"(?<!\w)(?:{papers})[\s\x01]+(?:(?:{activities})[\s\x01]+)?\Z", re.IGNORECASE
        )

    def names_period(self, writing: Writing, start: int, end: int) -> bool:
        """Whether a stretch names a period."""
        if writing.hits_within("periods", start, end):
            return True
        return self.measured.search(writing.words, start, end) is not None

    def names_paper(self, writing: Writing, hit: PhraseHit) -> bool:
        """Whether «periodic» belongs to the name of a paper.

        «Phiếu bảo dưỡng định kỳ»; «Periodic Safety Update Report», which is written as a name.
        """
        words = writing.words
        if words[hit.start : hit.start + 1].isupper() and _NAME_GOES_ON.match(words, hit.end):
            return True
        start = max(0, hit.start - PAPER_REACH)
        return self.paper.search(writing.words, start, hit.start) is not None


@rule(
    "QMS611",
    "period-missing",
    Severity.INFO,
    Text("Việc định kỳ không nêu chu kỳ", "Periodic, without its period"),
    Text(
        "«{words}»: câu này không nêu bao lâu một lần, cũng không viện dẫn tài liệu nào quy "
        "định. Hãy ghi rõ chu kỳ.",
        "«{words}»: the text does not say how often, and cites no document that does. Give the "
        "period.",
    ),
    reads=(unpaced,),
    on_request=True,
)
def period_missing(facts: Facts) -> Iterator[Violation]:
    """Find «periodically» where nothing near says how often, nor cites a document that would."""
    for writing, hits in facts.files.answers_to(unpaced):
        for hit in hits:
            if not _cites_document(facts, writing, hit.spans):
                yield hit.violation


def _cites_document(facts: Facts, writing: Writing, spans: Iterable[Span]) -> bool:
    cited = facts.references.of(writing.file.path)
    for start, end in spans:
        if any(map(_is_of_document, starting_within(cited, start, end))):
            return True
    return False


def _is_of_document(reference: Reference) -> bool:
    if reference.target is None:
        return reference.violation == "unknown-code"
    return reference.target.kind in {"document", "section"}


@question
def joined_bodies(writing: Writing) -> tuple[tuple[int, Violation], ...]:
    """Find «or» between two bodies with one duty, by where it stands."""
    found = []
    for hit in writing.hits.get("either", ()):
        found += [(hit.start, violation) for violation in _bodies(writing, hit)]
    return tuple(found)


def _joint(wording: Wording) -> re.Pattern[str]:
    either = alternatives(wording.lists["either"])
    return regex(rf"{_BETWEEN}(?P<or>{either}){_OPENING}\Z", re.IGNORECASE)


@citing_question
def joined_documents(citing: Citing) -> tuple[tuple[int, int, int], ...]:
    """Find «or» between two documents that a file cites: its place, and which the first one is."""
    if not citing.writing.is_authored:
        return ()
    joint = citing.writing.wording.prepared(_joint)
    places = []
    for first, (one, other) in enumerate(pairwise(citing.references)):
        if not _are_two_documents(one.target, other.target):
            continue
        if not 0 <= other.whole_span[0] - one.whole_span[1] <= MOST_BETWEEN:
            continue
        found = joint.match(citing.writing.words, one.whole_span[1], other.whole_span[0])
        if found:
            places.append((found.start("or"), found.end("or"), first))
    return tuple(places)


@rule(
    "QMS613",
    "alternative-authorities",
    Severity.WARNING,
    Text("Hai căn cứ hay thẩm quyền nối bằng «hoặc»", "Two authorities joined by «or»"),
    Text(
        "«{one}» hoặc «{other}»: không rõ khi nào theo bên nào. Hãy nêu rõ từng trường hợp, "
        "hoặc chỉ giữ một bên.",
        "«{one}» or «{other}»: the text does not say when which applies. Say so, or keep one of "
        "them.",
    ),
    reads=(joined_bodies, joined_documents),
)
def alternative_authorities(facts: Facts) -> Iterator[Violation]:
    """Find «or» between two documents to go by, or between two bodies with one duty."""
    reported = set()
    for writing, places in facts.citing.answers_to(joined_documents):
        references = facts.references.of(writing.file.path)
        for start, end, first in places:
            one, other = references[first : first + 2]
            reported.add((writing.file.path, start))
            values = {"one": one.words, "other": other.words}
            related = (one.location, other.location)
            yield Violation(writing.locate(start, end), values, related=related)
    for writing, joined in facts.files.answers_to(joined_bodies):
        for start, violation in joined:
            if (writing.file.path, start) not in reported:
                yield violation


def _are_two_documents(one: Target | None, other: Target | None) -> bool:
    if one is None or other is None:
        return False
    return one.kind == other.kind == "document" and one != other


def _bodies(writing: Writing, either: PhraseHit) -> Iterator[Violation]:
    """Find the alternative of two bodies, where the sentence gives a duty."""
    start, end = writing.sentence(either.start)
    before = writing.hits_within("bodies", max(start, either.start - REACH), either.start)
    after = writing.hits_within("bodies", either.end, min(end, either.end + REACH))
    if not before or not after or not writing.hits_within("duties", start, end):
        return
    one, other = before[-1], after[0]
    if one.end <= either.start and _BESIDE.fullmatch(writing.words, either.end, other.start):
        values = {
            "one": writing.plain_words(one.start, one.end),
            "other": writing.plain_words(other.start, other.end),
        }
        related = (writing.locate(one.start, one.end), writing.locate(other.start, other.end))
        yield Violation(writing.locate(either.start, either.end), values, related=related)


RULES: tuple[Rule, ...] = (
    weak_obligation,
    period_missing,
    alternative_authorities,
)
