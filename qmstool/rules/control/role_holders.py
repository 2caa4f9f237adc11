"""Find approving roles with two holders at one time: nobody knows whose signature counts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qmstool.findings import NotChecked, Severity, Violation
from qmstool.frozen import NamedTuple
from qmstool.i18n import Text
from qmstool.manual.values import known_day
from qmstool.rules.base.rule import rule
from qmstool.rules.control.people import approving_roles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.config import Config, Person
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.rule import Rule

MANIFEST = "qms.yml"
# A role that more than two hold at one time is plainly one for many: heads of all units, members of
# a board.
FEW = 2


class _Term(NamedTuple):
    """A known stretch of days in which somebody holds a role in full.

    `role` is the word of the data that names the role.
    """

    first: date
    last: date
    person: Person
    role: LocatedText

    def spans(self, day: date) -> bool:
        """Whether a day and the next are of it: on the day of handing over two hold it."""
        return self.first <= day < self.last


def lost_people(facts: Facts) -> Iterator[NotChecked]:
    """Yield why the manifest may not name all who hold a role."""
    problem = facts.lost_lines.first_problem(MANIFEST, ("people", *facts.manual.config.people))
    if problem is not None:
        yield NotChecked.because_of(problem)


@rule(
    "QMS349",
    "role-held-twice",
    Severity.INFO,
    Text("Hai người cùng giữ một vai trò phê duyệt", "Two holders of one approving role"),
    Text(
        "Từ ngày {day}, {one} và {two} cùng giữ vai trò «{role}», không ai ghi tư cách ký "
        "(capacity). Nếu một người đã thôi giữ thì ghi ngày cuối vào to; nếu ký thay thì ghi "
        "capacity (KT., TUQ., Q.).",
        "From {day} on, {one} and {two} both hold the role «{role}», neither with a signing "
        "capacity. Write the last day (to) of the one who left, or the capacity (KT., TUQ., Q.) "
        "of the one who signs for the other.",
    ),
    blocked_by=(lost_people,),
)
def role_held_twice(facts: Facts) -> Iterator[Violation]:
    """Find approving roles that two hold in full at one time.

    Who acts for another says so (`capacity`), and that is no doubt.
    """
    config = facts.manual.config
    approving = approving_roles(facts.manual)
    for key, role in config.roles.items():
        if not role.approves and key not in approving:
            continue
        terms = _terms(config, key)
        if _most_at_once(terms) != FEW:
            continue
        one, two = _first_overlap(terms)
        values = {
            "role": role.name,
            "one": one.person.name,
            "two": two.person.name,
            "day": two.first.isoformat(),
        }
        yield Violation(two.role.location, values, None, (one.role.location,))


def _most_at_once(terms: list[_Term]) -> int:
    """Return how many people hold the role at one time, at most; where more than a few do, so."""
    most = 0
    # The last day of each who still holds the role.
    holding: dict[str, date] = {}
    for begun in terms:
        holding = {key: last for key, last in holding.items() if begun.first < last}
        key = begun.person.key
        holding[key] = max(begun.last, holding.get(key, begun.last))
        most = max(most, len(holding))
        if most > FEW:
            break
    return most


def _first_overlap(terms: list[_Term]) -> tuple[_Term, _Term]:
    """Return the first two terms of different people that overlap; there are such."""
    for at, one in enumerate(terms, 1):
        for later in range(at, len(terms)):
            two = terms[later]
            if not one.spans(two.first):
                break
            if one.person is not two.person:
                return one, two
    raise AssertionError("two were counted at one time")


def _terms(config: Config, role: str) -> list[_Term]:
    """Return the known terms of a role held in full, the earliest first."""
    terms = []
    for person in config.people.values():
        for held in person.holds:
            if held.role.text != role or held.capacity:
                continue
            first = known_day(held.since)
            last = known_day(held.until) if held.until else date.max
            if first and last and first < last:
                terms.append(_Term(first, last, person, held.role))
    return sorted(terms, key=_days)


def _days(term: _Term) -> tuple[date, date]:
    return term.first, term.last


RULES: tuple[Rule, ...] = (role_held_twice,)
