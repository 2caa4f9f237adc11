"""The rule on roles that two people seem to hold at one time, so that nobody knows whose signature counts."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from qmstool.findings import NotChecked, Severity, Violation
from qmstool.i18n import Text
from qmstool.parsing.yaml.schema import is_date
from qmstool.rules.base.rule import Facts, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.config import Person
    from qmstool.parsing.yaml.nodes import LocatedText

MANIFEST = "qms.yml"
# A role that more than two hold at one time is plainly one for many: heads of all units, members of
# a board.
FEW = 2
OPEN = "9999-12-31"


class _Term(NamedTuple):
    """A known stretch of days in which somebody holds a role in full, and the word that says the role."""

    first: str
    last: str
    person: Person
    role: LocatedText

    def spans(self, day: str) -> bool:
        """Whether a day and the next are of it: on the day of handing over, both the old holder and the new one hold it."""
        return self.first <= day < self.last


def role_held_twice(facts: Facts) -> Iterator[Violation | NotChecked]:
    """Approving roles that two hold in full at one time; who acts for another says so (`capacity`), and that is no doubt."""
    config = facts.manual.config
    hurt = facts.lost.why(MANIFEST, ("people", *config.people))
    if hurt is not None:
        yield NotChecked.of(hurt)
        return
    approving = {document.record.text("approver") for document in facts.manual.documents.values()}
    for key, role in config.roles.items():
        terms = _terms(facts, key) if role.approves or key in approving else []
        at_once = [[each for each in terms if each.spans(term.first)] for term in terms]
        if max((len({each.person.key for each in some}) for some in at_once), default=0) == FEW:
            one, two = next(
                (one, two)
                for one, two in combinations(terms, 2)
                if one.spans(two.first) and one.person is not two.person
            )
            values = {
                "role": role.name,
                "one": one.person.name,
                "two": two.person.name,
                "day": two.first,
            }
            yield Violation(two.role.location, values, None, (one.role.location,))


def _terms(facts: Facts, role: str) -> list[_Term]:
    """The known terms of a role, the earliest first."""
    found = []
    for person in facts.manual.config.people.values():
        for held in person.holds:
            last = held.until or OPEN
            if (
                held.role.text == role
                and not held.capacity
                and is_date(held.since)
                and is_date(last)
                and held.since < last
            ):
                found.append(_Term(held.since, last, person, held.role))
    return sorted(found, key=lambda each: (each.first, each.last))


# fmt: off
RULES = (
    Rule(
        "QMS349", "role-held-twice", Severity.INFO,
        Text("Hai người cùng giữ một vai trò phê duyệt", "Two holders of one approving role"),
        Text(
            "Từ ngày {day}, {one} và {two} cùng giữ vai trò «{role}», không ai ghi tư cách "
            "ký (capacity). Nếu một người đã thôi "
            "giữ thì ghi ngày cuối vào to; nếu ký thay thì ghi capacity (KT., TUQ., Q.).",
            "From {day} on, {one} and {two} both hold the role «{role}», neither with a "
            "signing capacity. Write the last day (to) "
            "of the one who left, or the capacity (KT., TUQ., Q.) of the one who signs for "
            "the other.",
        ),
        role_held_twice,
    ),
)
