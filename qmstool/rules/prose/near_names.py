"""Find names and codes nearly right: running text one slip away from a registered one.

A name that is written wrongly is no citation, so nothing else can miss it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.frozen import NamedTuple, dataclass
from qmstool.i18n import Text
from qmstool.parsing.citations import lower_in_place
from qmstool.parsing.codes import phrase
from qmstool.parsing.scripts import WORD
from qmstool.patterns import regex
from qmstool.rules.base.citation_questions import citing_places
from qmstool.rules.base.file_answers import any_question
from qmstool.rules.base.one_word_codes import CAPITALS, OneWordCodes
from qmstool.rules.base.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qmstool.findings import Location
    from qmstool.parsing.markdown.inlines import Span
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.rule import Rule
    from qmstool.rules.base.text.prose_text import Writing
    from qmstool.rules.base.text.wording import Wording

    NameIndex = dict[str, list[tuple["RegisteredName", int]]]

BETWEEN = regex(r"[_ \t\n\u00a0\u202f\x01–—‐‑,;:()&-]+")
# Shorter names are too like other words.
LEAST_WORDS, LEAST_LETTERS = 3, 10
# How alike two words are at least (difflib's ratio) of which one is a slip for the other.
ALIKE = 0.6
# What two numbers with a comma or a blank between them have, opening with one sign: to that the
# engine skips.
NUMBERS_APART = (regex(r",(?<=[0-9],)[0-9]"), regex(r"\.(?<=[0-9]\.) [0-9]|\.(?<=[0-9] \.)[0-9]"))


@dataclass(frozen=True, slots=True)
class RegisteredName:
    """A registered name, and its words in lower case."""

    text: str
    words: tuple[str, ...]


class NearName(NamedTuple):
    """Words that are a name, a code or the number of a section but for one slip.

    `name`: what is meant, as it is registered; `instead`: the same in the letters of the text, of
    which the slip alone is another. `number`: of a section, whose slip is one only if there is such
    a section; "" for others.
    """

    start: int
    end: int
    words: str
    name: str
    instead: str
    number: str
    location: Location


@any_question
def near_names(writing: Writing) -> tuple[NearName, ...]:
    """Return the words of a file, its keeper's notes among them, that are nearly a name."""
    prose = writing.file.page.prose
    index, codes, number = writing.wording.prepared(_sought)
    text = writing.file.source.text
    near: list[tuple[int, int, str, str, str]] = []
    # Where nothing is covered, the words of the text are known.
    if writing.words != prose or not index.keys().isdisjoint(writing.vocabulary):
        words = writing.tokens if writing.words == prose else WORD.findall(lower_in_place(prose))
        near += [(*slip, "") for slip in _near_names(prose, words, index)]
    near += [(start, end, name, name, "") for start, end, name in _near_codes(writing, codes)]
    torn = _near_numbers(prose, number)
    near += [(start, end, name, name, meant) for start, end, name, meant in torn]
    return tuple(
        NearName(start, end, text[start:end], name, instead, meant, writing.locate(start, end))
        for start, end, name, instead, meant in near
    )


def _sought(wording: Wording) -> tuple[NameIndex, OneWordCodes, re.Pattern[str]]:
    """Return the names and codes that are looked for, and the pattern of torn numbers."""
    words = "|".join(phrase(word) for word in wording.section_words) or "(?!)"
    torn = r"(\d+(?:\.\d+)*)(?:,|\. | \.)(\d+(?:\.\d+)*)(?![\w/%])"
    number = regex(rf"(?<!\w)(?:{words})[ \u00a0]{torn}", re.IGNORECASE)
    codes = OneWordCodes(wording.capital_codes, wording.abbreviations)
    return _index(wording.names), codes, number


@rule(
    "QMS630",
    "misspelt-name",
    Severity.WARNING,
    Text("Tên hoặc mã có lẽ viết nhầm", "A name or code that looks misspelt"),
    Text(
        "«{words}» gần giống «{name}» nhưng không trùng, nên không thành viện dẫn. Hãy sửa theo "
        "tên đúng; nếu là tên khác thì để nguyên.",
        "«{words}» is nearly «{name}», but not the same, so it cites nothing. Fix it; if "
        "another thing is meant, leave it.",
    ),
    reads=(near_names, citing_places),
)
def misspelt_name(facts: Facts) -> Iterator[Violation]:
    """Find words that are a registered name, code or section number but for one slip."""
    main = facts.manual.main
    main_numbers = main.by_number if main is not None else {}
    citing = facts.citing.answers_to(citing_places)
    places = {writing.file.path: cited for writing, cited in citing}
    for writing, near in facts.files.answers_to(near_names):
        if not near:
            continue
        numbers = facts.manual.documents[writing.document].by_number
        slips = [
            slip
            for slip in near
            if not slip.number or slip.number in numbers or slip.number in main_numbers
        ]
        cited = places.get(writing.file.path, ())
        taken = [place[:2] for place in cited] + [(slip.start, slip.end) for slip in slips]
        # Of two registered names that differ in one word, each is right.
        named = {place[:2] for place in cited if place[2] == "name"}
        for slip in slips:
            span = slip.start, slip.end
            if span not in named and not _is_part(*span, taken):
                values = {"words": slip.words, "name": slip.name}
                yield Violation(slip.location, values, slip.instead)


def _is_part(start: int, end: int, spans: list[Span]) -> bool:
    """Whether a stretch lies within another one."""
    for first, last in spans:
        if first <= start and end <= last and (first, last) != (start, end):
            return True
    return False


def _index(registered: Iterable[str]) -> NameIndex:
    """Return names by the two of their words that the fewest names have, each with its position.

    With one slip in a name, one of the two is right. A figure is never a slip, so one is enough.
    """
    names = [RegisteredName(text, tuple(WORD.findall(lower_in_place(text)))) for text in registered]
    common = Counter(word for name in names for word in name.words)
    index: NameIndex = {}
    for name in names:
        words = name.words
        if len(words) < LEAST_WORDS or sum(map(len, words)) < LEAST_LETTERS:
            continue
        rarest = sorted(range(len(words)), key=lambda at: common[words[at]])
        figures = [at for at in rarest if words[at].isdigit()]
        for at in figures[:1] or rarest[:2]:
            index.setdefault(words[at], []).append((name, at))
    return index


def _near_names(
    prose: str, words: Sequence[str], index: NameIndex
) -> Iterator[tuple[int, int, str, str]]:
    """Yield stretches of running text, of some words in lower case, that are a name but for one.

    Each with the name as it is registered, and as it ought to be written there.
    """
    if index.keys().isdisjoint(words):
        return
    close: set[tuple[int, RegisteredName]] = set()
    for at, word in enumerate(words):
        if word not in index:
            continue
        for name, position in index[word]:
            first = at - position
            if first >= 0 and _one_slip(words[first : first + len(name.words)], name.words):
                close.add((first, name))
    if not close:
        return
    spans = [word.span() for word in WORD.finditer(prose)]
    for first, name in sorted(close, key=_by_place):
        window = spans[first : first + len(name.words)]
        if all(BETWEEN.fullmatch(prose, left[1], right[0]) for left, right in pairwise(window)):
            written = [prose[start:end] for start, end in window]
            yield window[0][0], window[-1][1], name.text, _as_written(name.text, written)


def _as_written(name: str, words: Sequence[str]) -> str:
    """Return a name with the capitals that a text has: «quy chế Văn thư» for «quy chế Văn tư»."""
    left = iter(words)

    def like(word: re.Match[str]) -> str:
        written = next(left)
        if written.islower():
            return word[0].lower()
        if written.isupper():
            return word[0].upper()
        return written if written.casefold() == word[0].casefold() else word[0]

    return WORD.sub(like, name)


def _by_place(slip: tuple[int, RegisteredName]) -> tuple[int, str]:
    return slip[0], slip[1].text


def _one_slip(words: Sequence[str], name: tuple[str, ...]) -> bool:
    """Whether all words but one are the name's, and that one is like it; figures are no slips."""
    if len(words) != len(name):
        return False
    wrong = [pair for pair in zip(words, name, strict=True) if pair[0] != pair[1]]
    if len(wrong) != 1:
        return False
    written, meant = wrong[0]
    if written.isdigit() or meant.isdigit():
        return False
    return SequenceMatcher(None, _bare(written), _bare(meant)).ratio() > ALIKE


def _bare(word: str) -> str:
    """Return a word without its accents, which are what is most often mistyped."""
    decomposed = unicodedata.normalize("NFD", word.replace("đ", "d"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _near_numbers(prose: str, number: re.Pattern[str]) -> Iterator[tuple[int, int, str, str]]:
    """Yield what may be numbers of sections with a comma or a blank: «mục 7,4», «mục 7. 4»."""
    if not any(apart.search(prose) for apart in NUMBERS_APART):
        return
    for found in number.finditer(prose):
        meant = f"{found[1]}.{found[2]}"
        lead = prose[found.start() : found.start(1)]
        yield *found.span(), f"{lead}{meant}", meant


def _near_codes(writing: Writing, codes: OneWordCodes) -> Iterator[tuple[int, int, str]]:
    """Yield words in capitals that are a code but for one letter."""
    if not codes.plain:
        return
    prose = writing.file.page.prose
    at_runs = writing.matches_at(writing.capital_runs, CAPITALS)
    for found in at_runs if writing.words == prose else CAPITALS.finditer(prose):
        code = codes.slip(found[0])
        if code is not None:
            yield found.start(), found.end(), code


RULES: tuple[Rule, ...] = (misspelt_name,)
