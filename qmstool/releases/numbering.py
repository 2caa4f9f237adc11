"""Work out a document's next issue and revision: from its policy, its last number and the act.

Numbers only go forward: one that was given to a text is never given to another. Pure.
"""

from __future__ import annotations

import unicodedata

from qmstool.frozen import NamedTuple, dataclass
from qmstool.manual.model import UNKNOWN
from qmstool.parsing.figures import plain_figures, whole_number
from qmstool.patterns import regex

NO_NUMBER = "-"
_FIGURES_OR_LETTERS = regex(r"\d+|[^\W\d_]+")
# Letters count by one or two of them, or as Roman figures; longer words say something else.
_COUNTING_LETTERS = regex(r"[^\W\d_]{1,2}|[ivxlcdm]+")


@dataclass(frozen=True, slots=True)
class Number:
    """Issue and revision as written.

    «-» stands where the policy has no such number, «unknown» where nobody knows it.
    """

    issue: str
    revision: str


def next_number(policy: str, previous: Number | None, act: str) -> Number:
    """Return the number that a change leads to.

    `issue-revision` and `major-minor` raise the issue on a re-issue and the revision on every other
    change; `revision` counts all changes in one row; `in-code` leaves numbers to the code. A
    document that comes back after its withdrawal is re-issued, since a number once used is not
    given again; a withdrawal keeps the number it ends. What follows «unknown» is unknown: a person
    says.
    """
    if policy == "in-code":
        return Number(NO_NUMBER, NO_NUMBER)
    single = policy == "revision"
    if previous is None:
        return Number(NO_NUMBER if single else "1", "0")
    if act == "withdraw":
        return previous
    if single:
        return Number(NO_NUMBER, _after(previous.revision))
    if act in {"reissue", "new"}:
        return Number(_after(previous.issue), "0")
    return Number(previous.issue, _after(previous.revision))


def _after(number: str) -> str:
    """The next whole number, written as wide: 09 → 10."""
    count = whole_number(number) if number.isascii() else None
    return UNKNOWN if count is None else str(count + 1).zfill(len(number))


def is_known(number: Number) -> bool:
    """Return whether no part of a number is unknown; it may have none."""
    return not {number.issue, number.revision} & {"", UNKNOWN}


def is_counted(number: Number) -> bool:
    """Return whether a number is known and has a part that is counted."""
    return is_known(number) and (_counts(number.issue) or _counts(number.revision))


def _counts(part: str) -> bool:
    """Whether a part of a number counts: it has a figure, or letters alone that follow each other.

    A dash of any kind does not, nor does a word such as «none», «không» or «n/a».
    """
    found = _counted(part)
    return any(one.is_figure for one in found) or (
        len(found) == 1 and _COUNTING_LETTERS.fullmatch(found[0].written) is not None
    )


def has_dropped(previous: Number, number: Number) -> bool:
    """Return whether a text has no number any more, where one was counted before."""
    return is_counted(previous) and is_known(number) and not is_counted(number)


def shape(number: Number) -> tuple[tuple[bool, ...], ...]:
    """Return of what a number is made: of issue and revision, which parts are figures.

    Of two numbers of one shape it can be said which is later.
    """
    written = (number.issue, number.revision)
    return tuple(tuple(part.is_figure for part in _counted(one)) for one in written)


def is_forward(previous: Number, number: Number) -> bool:
    """Return whether a number is later than another.

    Parts that one of them has not, or that nobody can compare, are never called backward; a word
    that counts nothing is, where a number was before.
    """
    is_compared = False
    for old, new in ((previous.issue, number.issue), (previous.revision, number.revision)):
        if {old, new} & {"", UNKNOWN}:
            return True
        if NO_NUMBER in {old, new}:
            continue
        is_compared = True
        before, after = _counted(old), _counted(new)
        if before != after:
            return (_counts(new) or not _counts(old)) and _is_later(before, after)
    return not is_compared


def _is_later(before: list[_Counted], after: list[_Counted]) -> bool:
    """Whether parts that differ come later; figures and letters are not compared."""
    for one, other in zip(before, after, strict=False):
        if one != other:
            return one.is_figure != other.is_figure or other > one
    return len(after) > len(before)


class _Counted(NamedTuple):
    """Figures or letters of a number, in the order in which they are counted: 9, 10; Z, AA."""

    is_figure: bool
    length: int
    written: str


def _counted(number: str) -> list[_Counted]:
    """Return a number in its parts: «2b» comes after «2», and «1.10» after «1.9».

    As a reader takes it: «²» is 2, and «½» is 1 and 2.
    """
    parts = []
    for part in _FIGURES_OR_LETTERS.findall(unicodedata.normalize("NFKC", number)):
        written = plain_figures(part) if part.isdecimal() else part.casefold()
        parts.append(_Counted(part.isdecimal(), len(written), written))
    return parts
