"""Family 6, names nearly right: running text that differs by one slip from a name or code that the manual registers.

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
from qmstool.frozen import dataclass
from qmstool.i18n import Text
from qmstool.parsing.codes import phrase
from qmstool.references.shapes import citation_shapes
from qmstool.rules.base.cascades import CAPITALS
from qmstool.rules.base.rule import Facts, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.rules.base.cascades import Lost

WORD = re.compile(r"\w+")
BETWEEN = re.compile(r"[ \t\n\u00a0\u202f\x01–—‐‑,;:()&-]+")
# Shorter ones are too like other words.
LEAST_WORDS, LEAST_LETTERS = 3, 10
ALIKE = 0.6
APART = re.compile(r"[0-9](?:,|\. | \.)[0-9]")


@dataclass(frozen=True, slots=True)
class Name:
    """A registered name as its words, lower case."""

    text: str
    words: tuple[str, ...]


def misspelt_name(facts: Facts) -> Iterator[Violation]:
    """Words that are a registered name but for one slip."""
    index = _index(facts.manual)
    for document in facts.manual.documents.values():
        for file in document.files:
            cited = [each.whole for each in facts.references.by_path.get(file.path, ())]
            found = [*_near(file.page.prose, index), *_near_codes(file.page.prose, facts.lost)]
            found += _near_numbers(file.page.prose, document, facts.manual)
            taken = cited + [(start, end) for start, end, _ in found]
            for start, end, meant in found:
                if not any(
                    first <= start and end <= last and (first, last) != (start, end)
                    for first, last in taken
                ):
                    yield Violation(
                        file.source.locate(start, end),
                        {"words": file.source.text[start:end], "name": meant},
                        meant,
                    )


def _index(manual: Manual) -> dict[str, list[tuple[Name, int]]]:
    """Names by the two of their words that the fewest names have: with one slip, one of the two is right; a figure always is."""
    names = [
        Name(text, tuple(WORD.findall(text.lower()))) for text in citation_shapes(manual).names
    ]
    common = Counter(word for name in names for word in name.words)
    index: dict[str, list[tuple[Name, int]]] = {}
    for name in names:
        if len(name.words) >= LEAST_WORDS and sum(map(len, name.words)) >= LEAST_LETTERS:
            rarest = sorted(range(len(name.words)), key=lambda at: common[name.words[at]])
            figures = [at for at in rarest if name.words[at].isdigit()]
            for at in figures[:1] or rarest[:2]:
                index.setdefault(name.words[at], []).append((name, at))
    return index


def _near(prose: str, index: dict[str, list[tuple[Name, int]]]) -> Iterator[tuple[int, int, str]]:
    """Stretches of running text that are a name but for one word."""
    words = WORD.findall(prose.lower())
    close = {
        (at - place, name)
        for at, word in enumerate(words)
        if word in index
        for name, place in index[word]
        if at >= place and _one_slip(words[at - place : at - place + len(name.words)], name.words)
    }
    spans = [found.span() for found in WORD.finditer(prose)] if close else []
    for first, name in sorted(close, key=lambda each: (each[0], each[1].text)):
        window = spans[first : first + len(name.words)]
        if all(BETWEEN.fullmatch(prose, left[1], right[0]) for left, right in pairwise(window)):
            yield window[0][0], window[-1][1], name.text


def _one_slip(said: list[str], meant: tuple[str, ...]) -> bool:
    """Whether all words but one are the name's, and that one is like it; figures are never a slip."""
    if len(said) != len(meant):
        return False
    wrong = [pair for pair in zip(said, meant, strict=True) if pair[0] != pair[1]]
    if len(wrong) != 1 or any(word.isdigit() for word in wrong[0]):
        return False
    return SequenceMatcher(None, _bare(wrong[0][0]), _bare(wrong[0][1])).ratio() > ALIKE


def _bare(word: str) -> str:
    """A word without its accents, which are what is most often mistyped."""
    return "".join(
        char
        for char in unicodedata.normalize("NFD", word.replace("đ", "d"))
        if not unicodedata.combining(char)
    )


def _near_numbers(prose: str, document: Document, manual: Manual) -> Iterator[tuple[int, int, str]]:
    """Numbers of sections with a comma or a blank in them: «mục 7,4», «mục 7. 4»."""
    words = "|".join(phrase(word) for word in manual.config.all_words.section)
    if not words or not APART.search(prose):
        return
    number_apart = r"(\d+(?:\.\d+)*)(?:,|\. | \.)(\d+(?:\.\d+)*)(?![\w/%])"
    for found in re.finditer(rf"(?<!\w)(?:{words})[ \u00a0]{number_apart}", prose, re.IGNORECASE):
        number = f"{found[1]}.{found[2]}"
        if number in document.by_number or (
            manual.main is not None and number in manual.main.by_number
        ):
            yield *found.span(), f"{prose[found.start() : found.start(1)]}{number}"


def _near_codes(prose: str, lost: Lost) -> Iterator[tuple[int, int, str]]:
    """Words in capitals that are a code but for one letter."""
    for found in CAPITALS.finditer(prose):
        meant = lost.slip(found[0])
        if meant is not None:
            yield found.start(), found.end(), meant


# fmt: off
RULES = (
    Rule(
        "QMS630", "misspelt-name", Severity.WARNING,
        Text("Tên hoặc mã có lẽ viết nhầm", "A name or code that looks misspelt"),
        Text(
            "«{words}» gần giống «{name}» nhưng không trùng, nên không thành viện dẫn. Hãy "
            "sửa theo tên đúng; nếu là tên khác "
            "thì để nguyên.",
            (
                "«{words}» is nearly «{name}», but not the same, so it cites nothing. Fix it; if "
                "another thing is meant, leave it."
            ),
        ),
        misspelt_name,
    ),
)
