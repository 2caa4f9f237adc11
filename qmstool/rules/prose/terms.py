"""Check the choice of words: an older edition's, tone marks, names where there is a code."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.frozen import NamedTuple
from qmstool.i18n import Text
from qmstool.parsing.codes import fold_name
from qmstool.patterns import regex
from qmstool.rules.base.adjacent_titles import pairs_in_file
from qmstool.rules.base.file_answers import citing_question, question
from qmstool.rules.base.rule import file_rule, rule
from qmstool.rules.base.text.known_words import KnownWords
from qmstool.rules.base.text.spans import lies_inside
from qmstool.rules.base.text.wording import match_case

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping

    from qmstool.findings import Location
    from qmstool.references.model import Reference
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.file_answers import Citing
    from qmstool.rules.base.rule import Rule
    from qmstool.rules.base.text.prose_text import PhraseHit, Writing
    from qmstool.rules.base.text.wording import Wording


@file_rule(
    "QMS609",
    "old-edition-word",
    Severity.INFO,
    Text("Lời của ấn bản tiêu chuẩn cũ", "Words of an older edition"),
    Text(
        "«{words}» là lời của ấn bản tiêu chuẩn cũ. Nay dùng: {instead}.",
        "«{words}» is the language of an older edition of the standard. Now: {instead}.",
    ),
)
def old_edition_word(writing: Writing) -> Iterator[Violation]:
    """Find words of an older edition of the standard.

    In one file, those that one thing has replaced are reported once.
    """
    replacements = writing.wording.prepared(_replacements)
    groups: dict[str, list[PhraseHit]] = {}
    for hit in writing.hits.get("old_words", ()):
        groups.setdefault(replacements[hit.phrase], []).append(hit)
    for replacement, (first, *others) in groups.items():
        values = {"words": writing.plain_words(first.start, first.end), "instead": replacement}
        related = tuple(writing.locate(hit.start, hit.end) for hit in others)
        yield Violation(writing.locate(first.start, first.end), values, related=related)


def _replacements(wording: Wording) -> dict[str, str]:
    return {fold_name(old): new for old, new in wording.lists.old_words}


class ToneMark(NamedTuple):
    """A word with a tone mark that may be placed in two ways.

    `way`: which of the two it is; `rhymes`: the rhyme in both; `lead`: the word up to its rhyme.
    """

    way: int
    rhymes: tuple[str, ...]
    lead: str
    words: str
    location: Location


@question
def tone_marks(writing: Writing) -> tuple[ToneMark, ...]:
    """Return the words of a text whose tone mark may be placed in two ways."""
    rhymes = writing.wording.prepared(_tone_rhymes)
    places = {
        at + start
        for word in writing.vocabulary
        if rhymes.places[word]
        for at in writing.offsets_of((word,))
        for start in rhymes.places[word]
    }
    marks: list[ToneMark] = []
    for place in sorted(places):
        hit = rhymes.pattern.match(writing.lower_words, place)
        if hit is None:
            continue  # the word is part of another here
        start, end = writing.whole_words(*hit.span())
        pair, way = rhymes.styles[hit[0]]
        lead, words = writing.words[start : hit.start()], writing.words[start:end]
        marks.append(ToneMark(way, pair, lead, words, writing.locate(start, end)))
    return tuple(marks)


class _ToneRhymes(NamedTuple):
    """Rhymes, each with its pair and which of the two ways it is, and their pattern.

    `places`: of a word, where in it such rhymes begin; most words have none.
    """

    styles: Mapping[str, tuple[tuple[str, ...], int]]
    pattern: re.Pattern[str]
    places: Mapping[str, tuple[int, ...]]


def _tone_rhymes(wording: Wording) -> _ToneRhymes:
    styles = {rhyme: (pair, at) for pair in wording.lists.tones for at, rhyme in enumerate(pair)}
    # In «quý» the u is no part of the rhyme.
    pattern = regex(rf"(?:{'|'.join(styles) or '(?!)'})(?!\w)(?<!q..)")
    places = KnownWords(lambda word: tuple([hit.start() for hit in pattern.finditer(word)]))
    return _ToneRhymes(styles, pattern, places)


@rule(
    "QMS621",
    "mixed-tone-marks",
    Severity.INFO,
    Text("Dấu thanh đặt hai kiểu", "Tone marks placed in two ways"),
    Text(
        "Ở đây viết «{words}», phần lớn tài liệu này đặt dấu theo kiểu «{usual}». Hãy thống "
        "nhất một kiểu.",
        "Here «{words}»; most of this document places the tone mark as in «{usual}». Keep to "
        "one way.",
    ),
    reads=(tone_marks,),
)
def mixed_tone_marks(facts: Facts) -> Iterator[Violation]:
    """Find the less used of two ways to place a tone mark («hòa», «hoà»), once a file."""
    for _, group in groupby(facts.files.answers_to(tone_marks), key=_document_of):
        files = [marks for _, marks in group]
        counts = Counter(mark.way for marks in files for mark in marks)
        best = max(sorted(counts), key=counts.__getitem__, default=0)
        for marks in files:
            odd = [mark for mark in marks if mark.way != best]
            if odd:
                yield _tone_mark(odd[0], best, odd[1:])


def _document_of(answer: tuple[Writing, tuple[ToneMark, ...]]) -> str:
    return answer[0].document


def _tone_mark(mark: ToneMark, best: int, others: list[ToneMark]) -> Violation:
    """Report a word with its tone mark in the less used place, and the other such words."""
    usual = match_case(mark.words, mark.lead + mark.rhymes[best])
    related = tuple(other.location for other in others)
    return Violation(mark.location, {"words": mark.words, "usual": usual}, usual, related)


@citing_question
def documents_by_name(citing: Citing) -> tuple[str, ...]:
    """Find the documents that a text in its author's words calls by name, by their keys."""
    if not citing.writing.is_authored:
        return ()
    named = [each.target for each in _documents(citing.references) if each.kind == "name"]
    return tuple([target.key for target in named if target is not None])


@rule(
    "QMS620",
    "cited-by-name-and-code",
    Severity.INFO,
    Text("Lúc gọi bằng mã, lúc gọi bằng tên", "Cited now by code, now by name"),
    Text(
        "«{words}» là {code}; nơi khác trong cùng tài liệu gọi bằng mã. Hãy ghi thêm mã để khỏi "
        "nhầm là hai tài liệu.",
        "«{words}» is {code}; elsewhere the same document gives the code. Give it here too, so "
        "that nobody takes them for two.",
    ),
    reads=(documents_by_name, pairs_in_file),
)
def cited_by_name_and_code(facts: Facts) -> Iterator[Violation]:
    """Find documents called by name alone in a text that elsewhere gives their code."""
    manual = facts.manual
    naming = {writing.document for writing, _ in facts.citing.answers_to(documents_by_name)}
    for key, writings in facts.prose.by_document.items():
        if key not in naming:
            continue
        cited: list[Reference] = []
        for writing in writings:
            cited += _documents(facts.references.of(writing.file.path))
        coded = _first_by_code(cited)
        paired = _paired_places(facts, writings)
        for before, reference, after in zip(
            [None, *cited], cited, [*cited[1:], None], strict=False
        ):
            target = reference.target.key if reference.target else ""
            if reference.kind != "name" or target == key or target not in coded:
                continue
            if _is_beside(before, reference) or _is_beside(reference, after):
                continue
            path = reference.file.path
            if (path, reference.start) in paired or (path, reference.end) in paired:
                continue  # its code, or another, stands beside it
            code = manual.documents[target].code
            values = {"words": reference.words, "code": code}
            suggestion = f"{reference.words} ({code})"
            yield Violation(reference.location, values, suggestion, (coded[target].location,))


def _first_by_code(cited: list[Reference]) -> dict[str, Reference]:
    """Return the first place where each document is cited by its code."""
    first: dict[str, Reference] = {}
    for reference in cited:
        if reference.kind == "code" and reference.target:
            first.setdefault(reference.target.key, reference)
    return first


def _paired_places(facts: Facts, writings: tuple[Writing, ...]) -> set[tuple[str, int]]:
    """Return where titles begin and end that stand beside a code, by path and offset."""
    places: set[tuple[str, int]] = set()
    for writing in writings:
        for pair in facts.adjacent_titles.get(writing.file.path, ()):
            places.update((pair.code.file.path, at) for at in pair.span)
    return places


def _documents(cited: tuple[Reference, ...]) -> list[Reference]:
    """Return the codes and names of documents among the references of a text.

    A name that is a link already leads to its document, and is left out.
    """
    links = [reference.whole_span for reference in cited if reference.kind == "link"]
    documents = []
    for reference in cited:
        if reference.kind not in {"code", "name"} or reference.target is None:
            continue
        if reference.target.kind == "document" and not lies_inside(links, reference.start):
            documents.append(reference)
    return documents


def _is_beside(one: Reference | None, other: Reference | None) -> bool:
    """Whether a code stands beside a name: then whatever is wrong is another rule's."""
    if one is None or other is None or one.file is not other.file or one.kind == other.kind:
        return False
    between = one.file.source.text[one.end : other.start]
    return not any(char.isalnum() for char in between)


RULES: tuple[Rule, ...] = (
    old_edition_word,
    cited_by_name_and_code,
    mixed_tone_marks,
)
