"""Find what is announced and not there: lists, figures and tables."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.frozen import NamedTuple
from qmstool.i18n import Text
from qmstool.parsing.codes import fold_name
from qmstool.patterns import regex
from qmstool.rules.base.file_answers import question
from qmstool.rules.base.rule import rule
from qmstool.rules.base.text.spans import starting_within
from qmstool.rules.prose.figures import FigureReader, may_be_shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmstool.findings import Location
    from qmstool.parsing.markdown.headings import NamedHeading
    from qmstool.parsing.markdown.inlines import Span
    from qmstool.parsing.markdown.running_text import TextBlock
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.rule import Rule
    from qmstool.rules.base.text.prose_text import Writing
    from qmstool.rules.base.text.wording import Wording
    from qmstool.rules.prose.figures import FigureReference, ShownFigures

_SOLID = regex(r"```|~~~|<(?!!--)|!\[|\n[ \t]*\n(?: {4}|\t)[ \t]*\S")
_LAST_WORD = regex(r"(?P<word>[^\W\d_]+)[\x01 ]*\Z")
_ENDING = " .:\x01\n\t"
# How many more places a finding shows.
SHOWN = 5
LONGEST_WORD = 40
# So many words name a field that is filled in behind its colon.
FIELD_WORDS = 3


class Announcement(NamedTuple):
    """Words that announce something or point at a figure, and their place.

    `sentence`: where their sentence begins; `figure`: what they point at, None for other things.
    """

    words: str
    location: Location
    sentence: int
    figure: FigureReference | None


class Announcements(NamedTuple):
    """What a file announces and does not show, what it points at, and what it shows."""

    missing: tuple[Announcement, ...]
    pointing: tuple[Announcement, ...]
    shown: ShownFigures


@question
def announcements(writing: Writing) -> Announcements | None:
    """Return what a file announces; None of forms, which leave it to whom fills them in."""
    if writing.is_form:
        return None
    reader = writing.wording.prepared(FigureReader)
    phrases = writing.wording.prepared(_announcing)
    missing = [
        _announced(writing, span, writing.sentence(span[0])[0])
        for span in _unkept(writing, phrases)
    ]
    pointing = [
        _announced(writing, (figure.start, figure.end), figure.sentence, figure)
        for figure in reader.references(writing)
    ]
    return Announcements(tuple(missing), tuple(pointing), reader.shown_figures(writing))


def _announcing(wording: Wording) -> tuple[str, ...]:
    return tuple(sorted(map(fold_name, wording.lists["announce"]), key=len, reverse=True))


def _announced(
    writing: Writing, span: Span, sentence: int, figure: FigureReference | None = None
) -> Announcement:
    return Announcement(writing.plain_words(*span), writing.locate(*span), sentence, figure)


@rule(
    "QMS603",
    "announced-missing",
    Severity.WARNING,
    Text("Báo trước danh sách, hình, bảng mà không có", "Announced and not there"),
    Text(
        "«{words}» báo trước một danh sách, hình hay bảng, nhưng sau đó không có. Hãy bổ sung, "
        "hoặc bỏ câu ấy.",
        "«{words}» announces a list, a figure or a table, and none follows. Add it, or take the "
        "announcement out.",
    ),
    reads=(announcements,),
)
def announced_missing(facts: Facts) -> Iterator[Violation]:
    """Find words that announce a list, figure or table where none follows.

    Also the numbers of figures and tables that nobody can find. Forms are left out.
    """
    for _, group in groupby(facts.files.answers_to(announcements), key=_document_of):
        texts = [(writing, answer) for writing, answer in group if answer is not None]
        reported: set[tuple[str, int]] = set()
        for writing, answer in texts:
            for missing in answer.missing:
                reported.add((writing.file.path, missing.sentence))
                yield _fault(missing)
        for (writing, first), *rest in _unshown(facts, texts):
            if (writing.file.path, first.sentence) not in reported:
                yield _fault(first, tuple(other.location for _, other in rest[:SHOWN]))


def _document_of(answer: tuple[Writing, Announcements | None]) -> str:
    return answer[0].document


def _fault(missing: Announcement, related: tuple[Location, ...] = ()) -> Violation:
    return Violation(missing.location, {"words": missing.words}, related=related)


def _unshown(
    facts: Facts, texts: list[tuple[Writing, Announcements]]
) -> Iterator[list[tuple[Writing, Announcement]]]:
    """Yield the figures and tables of one document that nobody can find.

    Each with all the places that point at it.
    """
    shown = [answer.shown for _, answer in texts]
    groups: dict[tuple[str, str], list[tuple[Writing, Announcement]]] = {}
    for writing, answer in texts:
        for announcement in answer.pointing:
            figure = announcement.figure
            if figure is None or figure.is_shown:
                continue
            if not figure.number:
                yield [(writing, announcement)]
            elif not _is_of_another(facts, writing, figure) and not may_be_shown(figure, shown):
                key = figure.kind, figure.number
                groups.setdefault(key, []).append((writing, announcement))
    yield from groups.values()


def _is_of_another(facts: Facts, writing: Writing, figure: FigureReference) -> bool:
    """Whether a number is one of another text, which the sentence cites."""
    cited = facts.references.of(writing.file.path)
    for reference in starting_within(cited, figure.first, figure.last):
        if reference.kind == "image":
            continue
        if reference.target is None or reference.target.key != writing.document:
            return True
    return False


def _unkept(writing: Writing, phrases: tuple[str, ...]) -> Iterator[Span]:
    """Yield the words at the end of a passage that announce what does not follow."""
    for at, passage in enumerate(writing.blocks):
        if passage.note or passage.kind in {"heading", "cell"}:
            continue
        span = _announcement(writing, passage, phrases)
        if span is not None and not _is_kept(writing, writing.blocks, at):
            yield span


def _announcement(writing: Writing, passage: TextBlock, phrases: tuple[str, ...]) -> Span | None:
    """Return the announcing words at the end of a passage.

    A listed phrase, or the last word before a colon.
    """
    text = writing.words[passage.start : passage.end]
    bare = text.rstrip(_ENDING)
    stripped = text.rstrip(" \x01\n\t")
    end = passage.start + len(stripped)
    longest = len(phrases[0]) if phrases else 1
    ending = bare[-longest:].casefold()
    if ending.endswith(phrases):
        phrase = next(phrase for phrase in phrases if ending.endswith(phrase))
        return passage.start + len(bare) - len(phrase), end
    if not stripped.endswith(":") or _is_field(writing, passage, text, end):
        return None
    last = _LAST_WORD.search(bare, max(0, len(bare) - LONGEST_WORD))
    return (passage.start + last.start(), end) if last else None


def _is_field(writing: Writing, passage: TextBlock, text: str, end: int) -> bool:
    """Whether a colon ends the name of a field: «GMDN code:» in a list, «Example: `A-1`»."""
    if any(map(str.isalnum, writing.file.source.text[end : passage.end])):
        return True  # code follows, whose words are no prose
    return passage.kind == "item" and len(text.split()) <= FIELD_WORDS


def _is_kept(writing: Writing, passages: tuple[TextBlock, ...], at: int) -> bool:
    """Whether something stands where a passage announced it: code and lower headings too.

    A keeper's note in that place says that it is lost.
    """
    text = writing.file.source.text
    following = passages[at + 1] if at + 1 < len(passages) else None
    if _SOLID.search(text, passages[at].end, following.start if following else len(text)):
        return True
    own = _next_own(passages, at)
    if following is None or own is None:
        return False
    if own.kind == "heading":
        return _is_below(writing.file.page.headings, passages[at], own)
    return own.kind != "paragraph" or not following.note or text.startswith("![", own.start)


def _is_below(headings: Sequence[NamedHeading], passage: TextBlock, following: TextBlock) -> bool:
    """Whether a heading that follows a passage is of a lower level than the one above it."""
    level = 0
    for heading in headings:
        if heading.line_end > passage.start:
            return heading.level > level > 0 and heading.start <= following.end
        level = heading.level
    return False


def _next_own(passages: tuple[TextBlock, ...], at: int) -> TextBlock | None:
    """Return the next passage that is no keeper's note."""
    for place in range(at + 1, len(passages)):
        if not passages[place].note:
            return passages[place]
    return None


RULES: tuple[Rule, ...] = (announced_missing,)
