"""Find standards and laws by how anybody would write them, held here or not.

«ISO/IEC 17025:2017», «DIN EN ISO 9001», «21 CFR Part 820.40», «(EU) 2017/745», «MDR». Which bodies
make standards, and how laws are called, comes in as words; capitals count, for «EN» is a body and
«en» a word.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.frozen import NamedTuple
from qmstool.parsing.codes import GAP, shape_pattern
from qmstool.parsing.scripts import WORD_END, begins_word, compiled
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_BLANK = "[ \\n\\u00a0\\u202f\\x01]"
_YEAR = r"(?:19|20)\d\d(?!\d)"
# No name has more of its parts; a row of capitals without an end would be read from each of them.
_FEW = "{0,8}"
# What follows the bodies: «/TR», letters of a series, the number with its parts, the year.
_NUMBER = (
    rf"(?P<number>\d{{2,}}(?:[-–.](?!{_YEAR})\d+)*)(?:{_BLANK}?[:–-]{_BLANK}?(?P<year>{_YEAR}))?"
)
_REST = (
    rf"(?:/[A-Z]{{1,5}}){_FEW}(?:{_BLANK}|-)*(?:[A-Z]{{1,5}}(?:{_BLANK}|-)){_FEW}[A-Z]{{0,3}}"
    rf"{_NUMBER}"
    r"(?:[/+] ?[A-Z][A-Za-z]{0,3}\.? ?\d+(?::\d{4})?)*"
)
_PARTS_OF_LAW = r"(?:\.\d+)*(?:\([a-z0-9]{1,3}\))*"
# How the shape of a law opens that begins with a number: see `codes`.
_DIGITS = "[0-9][0-9]{0,19}"
# How a pattern opens that begins with a character that stands for itself: «(EU», «ISO».
_LEAD = regex(r"\\?.\w*[^\W\d_]")
_WORDS = regex(r"[^\W\d_]+")
_STANDARD_NUMBER = regex(_NUMBER)


class Designation(NamedTuple):
    """Where a text calls a standard or a law."""

    start: int
    end: int


class DesignationFinder:
    """Finds standards by the bodies that make them, and laws by their shapes."""

    def __init__(
        self,
        bodies: Iterable[str],
        laws: Iterable[str],
        editions: Iterable[str] = (),
        kinds: Iterable[str] = (),
        own_bodies: Iterable[str] = (),
    ) -> None:
        """Compile the patterns.

        `editions`: numbers with years that say enough («9001:2015»); `kinds`: words for laws, which
        end a name in capitals («Archives Act»); `own_bodies`: those of the standards followed,
        which may stand for them («ISO clause 7.5»).
        """
        shapes = [shape_pattern(shape) for shape in laws]
        shapes += map(re.escape, editions)
        shapes += [rf"{re.escape(body)}(?![\w/]|[ -]*\d)" for body in own_bodies]
        words, behind_numbers, others = _by_opening(shapes)
        expressions = [f"{any_law}{_PARTS_OF_LAW}" for any_law in others]
        worded = [f"{_any_of(words)}{_PARTS_OF_LAW}"] if words else []
        if behind_numbers:
            any_law = f"{_DIGITS}(?:{'|'.join(_behind_number(behind_numbers))})"
            worded.append(f"{any_law}{_PARTS_OF_LAW}")
        longest = list(map(re.escape, sorted(bodies, key=len, reverse=True)))
        if longest:
            any_body = _any_of(longest)
            bound = rf"{any_body}(?:(?:{_BLANK}|[-/])+{any_body}(?![a-z])){_FEW}"
            worded.append(f"{bound}{_REST}")
        further = [each.removeprefix(GAP) for each in behind_numbers]
        self._sign = _sign_of([*longest, *words, *further])
        named = "|".join(kind.capitalize() for kind in kinds if kind.isascii() and kind.isalpha())
        if named:
            # A capital first, and then what may be repeated: to a capital the engine can skip.
            word = rf"[\w-]*{_BLANK}+"
            act = rf"[A-Z]{word}(?:[A-Z]{word}){{0,5}}(?:{named})(?![a-z])"
            expressions.append(f"{act}{_PARTS_OF_LAW}")
        self._expressions = [f"{each}{WORD_END}" for each in expressions]
        self._worded = [f"{each}{WORD_END}" for each in worded]

    def find(self, prose: str, *, plain: bool = False) -> Iterator[Designation]:
        """Yield every standard and law that a text calls, with its place; some may overlap.

        `plain`: whether the text is (`scripts.is_plain`).
        """
        expressions = self._expressions
        # One pass spares most texts three: none of the words is in them that one of these needs.
        if self._sign.search(prose):
            expressions = [*self._worded, *expressions]
        for expression in expressions:
            for hit in compiled(expression, plain=plain).finditer(prose):
                if begins_word(prose, hit.start()):
                    yield Designation(*hit.span())


def _by_opening(shapes: Iterable[str]) -> tuple[list[str], list[str], list[str]]:
    """Return the shapes that open with a word, those that open with a number, without it, others.

    The engine skips to where a pattern may begin, if all its branches open with a character, or
    with one set of them.
    """
    numbers: list[str] = []
    words: list[str] = []
    others: list[str] = []
    for shape in filter(None, shapes):
        if shape.startswith(_DIGITS):
            numbers.append(shape.removeprefix(_DIGITS))
        elif shape[0] in "[(":  # any letters, or figures of a certain count
            others.append(shape)
        else:
            words.append(shape)
    return words, numbers, others


def _sign_of(patterns: Sequence[str]) -> re.Pattern[str]:
    """Return the pattern of what stands in every text that one of some others is in.

    That is the word which a pattern opens with, or all of one that opens with no word: «21 CFR».
    """
    if any(pattern[:1] in {"", "[", "("} for pattern in patterns):
        return regex("")
    leads = ((_LEAD.match(pattern), pattern) for pattern in patterns)
    openings = dict.fromkeys([lead[0] if lead else pattern for lead, pattern in leads])
    return regex(_any_of(openings) if openings else "(?!)")


def _behind_number(patterns: Iterable[str]) -> Iterator[str]:
    """Yield patterns of what follows a number, a blank before several of them read once."""
    behind_blank: list[str] = []
    for pattern in patterns:
        rest = pattern.removeprefix(GAP)
        if rest != pattern and rest[:1] not in {"", "[", "("}:
            behind_blank.append(rest)
        else:
            yield pattern
    if behind_blank:
        yield GAP + _any_of(behind_blank)


def _any_of(patterns: Iterable[str]) -> str:
    """Return the pattern of any of some, those with one first character under it.

    So few are tried at a place; each begins with a character that stands for itself.
    """
    openings: dict[str, list[str]] = {}
    for pattern in patterns:
        length = 2 if pattern.startswith("\\") else 1
        openings.setdefault(pattern[:length], []).append(pattern[length:])
    branches = [f"{opening}(?:{'|'.join(rests)})" for opening, rests in openings.items()]
    return f"(?:{'|'.join(branches)})"


class DesignationParts(NamedTuple):
    """What the words that call a standard say: see `Designation`; `colon` is an offset in them."""

    bodies: frozenset[str]
    number: str
    year: str
    colon: int


def designation_parts(words: str) -> DesignationParts:
    """Return what the words that call a standard or law say; "" for what they do not."""
    number = _STANDARD_NUMBER.search(words)
    if number is None:
        return DesignationParts(frozenset(), "", "", len(words))
    year = number["year"] or ""
    colon = number.end("number") if year else len(words)
    bodies = frozenset(_WORDS.findall(words[: number.start()]))
    return DesignationParts(bodies, number["number"], year, colon)


def standard_number(name: str) -> tuple[frozenset[str], str]:
    """Return the bodies and the number in the name of a standard: «ISO/IEC 27001»."""
    parts = designation_parts(name)
    return parts.bodies, parts.number
