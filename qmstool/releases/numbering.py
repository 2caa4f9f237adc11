"""Work out a document's next issue and revision: from its policy, its last number and the act.

Numbers only go forward: one that was given to a text is never given to another. Pure.
"""

from __future__ import annotations

from qmstool.frozen import dataclass
from qmstool.manual.model import UNKNOWN

NO_NUMBER = "-"


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
    if not _is_counted(number):
        return UNKNOWN
    return str(int(number) + 1).zfill(len(number))


def _is_counted(number: str) -> bool:
    return number.isascii() and number.isdigit()


def is_forward(previous: Number, number: Number) -> bool:
    """Return whether a number is later than another.

    Numbers that are not counted, or not known, are never called backward.
    """
    before: list[str] = []
    after: list[str] = []
    parts = ((previous.issue, number.issue), (previous.revision, number.revision))
    for old, new in parts:
        if old != NO_NUMBER:
            before.append(old)
            after.append(new)
    if not all(map(_is_counted, (*before, *after))):
        return True
    return not before or list(map(int, after)) > list(map(int, before))
