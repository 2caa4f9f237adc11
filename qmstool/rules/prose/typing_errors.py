"""Find errors of typing: phrases that are slips of the pen, and words typed twice."""

from __future__ import annotations

import re
from itertools import compress, count, filterfalse
from operator import eq
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.parsing.citations import BLANK
from qmstool.parsing.codes import fold_name
from qmstool.patterns import regex
from qmstool.rules.base.rule import file_rule
from qmstool.rules.base.text.wording import folded

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from qmstool.rules.base.rule import Rule
    from qmstool.rules.base.text.prose_text import Writing
    from qmstool.rules.base.text.wording import Wording

    # Two neighbouring words, in lower case.
    Pair = tuple[str, str]

_LETTER = r"[^\W\d_]"
_WORD = regex(rf"{_LETTER}+")
_NEXT = regex(rf"{BLANK}+({_LETTER}+)")
# What may stand before a term that a passage defines, and how many letters that has at least.
_LABEL = regex(r"\W*(?:\w{1,3}[.)])?\W*")
SHORTEST_TERM = 5
LONGEST_WORD = 40
SOUGHT_ONE_BY_ONE = 32
_DOUBLED = regex(
    rf"(?<![\w-])(?P<one>{_LETTER}{{2,}}){BLANK}+(?P<two>(?P=one))(?![\w-])", re.IGNORECASE
)
_BEFORE_BLANK = regex(rf"(?<![\w-]){_LETTER}{{2,}}(?= )")


@file_rule(
    "QMS602",
    "likely-slip",
    Severity.WARNING,
    Text("Cụm chữ có lẽ viết nhầm", "A phrase that looks like a slip"),
    Text(
        "«{words}» có lẽ là một chỗ viết nhầm. Công cụ không tự sửa; người có thẩm quyền quyết "
        "định.",
        "«{words}» looks like a slip of the pen. Nothing is fixed by itself; somebody must decide.",
    ),
)
def likely_slip(writing: Writing) -> Iterator[Violation]:
    """Find phrases that are nearly always slips of the pen; a person decides."""
    corrections = writing.wording.prepared(_corrections)
    for hit in writing.hits.get("slips", ()):
        values = {"words": writing.plain_words(hit.start, hit.end)}
        suggestion = corrections[hit.phrase]
        if writing.words[hit.start].isupper():
            suggestion = suggestion[0].upper() + suggestion[1:]
        yield Violation(writing.locate(hit.start, hit.end), values, suggestion)


def _corrections(wording: Wording) -> dict[str, str]:
    return {fold_name(slip): right for slip, right in wording.lists.slips}


@file_rule(
    "QMS605",
    "doubled-word",
    Severity.WARNING,
    Text("Lặp từ", "A word typed twice"),
    Text(
        "«{words}»: một chữ viết hai lần liền. Hãy bỏ một chữ.",
        "«{words}»: one word stands twice. Take one out.",
    ),
)
def doubled_word(writing: Writing) -> Iterator[Violation]:
    """Find words typed twice.

    Not reduplication, and not two compounds that meet («cơ quan quan trọng»).
    """
    followed = set(compress(writing.tokens, map(eq, writing.tokens, writing.tokens[1:])))
    if not followed:
        return
    reduplication, compounds = writing.wording.prepared(_whole_words)
    doubles = []
    for double in writing.matches_at(_openings(writing, followed), _DOUBLED):
        is_of_two = double["one"].islower() and double["two"].istitle()  # «trưởng phòng Phòng …»
        if is_of_two or fold_name(double["one"]) in reduplication:
            continue
        if not _is_defined(writing, double):
            doubles.append(double)
    pairs = [_pair_begun(writing, double) for double in doubles]
    unlisted = [pair for pair in pairs if pair and compounds and not _is_listed(pair, compounds)]
    words_before = _words_before(writing, unlisted)
    for double, pair in zip(doubles, pairs, strict=True):
        if not _is_compound(writing, double, pair, compounds, words_before):
            span = double.span()
            values = {"words": writing.plain_words(*span)}
            yield Violation(writing.locate(*span), values, double["one"])


def _openings(writing: Writing, followed: Collection[str]) -> list[int]:
    """Return where words that follow themselves may begin.

    Few are looked for one by one, which is soonest; many by one pass over all words.
    """
    if len(followed) <= SOUGHT_ONE_BY_ONE:
        return writing.offsets_of(_opened(followed))
    low = writing.lower_words
    return [
        word.start()
        for word in _BEFORE_BLANK.finditer(low)
        if word[0] in followed and low.startswith((f" {word[0]}", "  "), word.end())
    ]


def _opened(words: Iterable[str]) -> Iterator[str]:
    """Yield how words that follow themselves may open, every blank a space."""
    for word in words:
        yield f"{word} {word}"
        yield f"{word}  "


def _is_defined(writing: Writing, double: re.Match[str]) -> bool:
    """Whether a term stands before the sentence that says what it is: «**Consent** Consent of …».

    Set apart by its letters, or at the head of the passage: «e) Profiling Profiling means …».
    """
    word = double["one"]
    if not (word.istitle() and word == double["two"] and len(word) >= SHORTEST_TERM):
        return False
    if "\x01" in double[0]:
        return True
    start = writing.sentence(double.start())[0]
    return _LABEL.fullmatch(writing.words, start, double.start()) is not None


def _whole_words(wording: Wording) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that are rightly doubled, and the first two words of compounds."""
    compounds = [" ".join(phrase.split()[:2]) for phrase in folded(wording.lists["compounds"])]
    return folded(wording.lists["reduplication"]), frozenset(compounds)


def _pair_begun(writing: Writing, double: re.Match[str]) -> Pair | None:
    """Return the two words that the second of a double begins; None at the end of a passage."""
    following = _NEXT.match(writing.words, double.end())
    return (double["two"].lower(), following[1].lower()) if following else None


def _is_listed(pair: Pair, compounds: frozenset[str]) -> bool:
    """Whether two words are the first of a listed compound."""
    return fold_name(" ".join(pair)) in compounds


def _words_before(writing: Writing, pairs: Iterable[Pair]) -> dict[Pair, set[str]]:
    """Return the words that stand before each of some pairs of neighbouring words of a file."""
    words_before: dict[Pair, set[str]] = {pair: set() for pair in pairs}
    if not words_before:
        return words_before
    others = {word for word in writing.vocabulary if not word.isalpha()}
    words = list(filterfalse(others.__contains__, writing.tokens))
    firsts = {first for first, _ in words_before}
    for at in compress(count(1), map(firsts.__contains__, words[1:-1])):
        pair = words[at], words[at + 1]
        if pair in words_before:
            words_before[pair].add(words[at - 1])
    return words_before


def _is_compound(
    writing: Writing,
    double: re.Match[str],
    pair: Pair | None,
    compounds: frozenset[str],
    words_before: dict[Pair, set[str]],
) -> bool:
    """Whether the second word begins a compound.

    A listed one, or one that this file uses after other words too. Only in languages whose words
    list compounds: elsewhere «the complete» is none.
    """
    if pair is None or not compounds:
        return False
    if _is_listed(pair, compounds):
        return True
    own = {double["one"].lower()}
    if words_before[pair] <= own:
        return False
    lead = writing.words[max(0, double.start() - LONGEST_WORD) : double.start()]
    own.update(word.lower() for word in _WORD.findall(lead)[-1:])
    return bool(words_before[pair] - own)


RULES: tuple[Rule, ...] = (
    likely_slip,
    doubled_word,
)
