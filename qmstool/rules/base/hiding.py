"""Take away violations that follow from another finding, as the rules declare it.

In: a rule, whose check yields every violation, each with what it is about. Out: the violations that
stand, and what could not be checked, each with the finding that is why. A hider looks at the facts
once, and only where the rule is violated at all; then it is asked of each violation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import NotChecked, Violation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from qmstool.findings import LoadError, Subject
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.rule import Hider, Rule

    # What a hider answers: not hidden, hidden, or not checked, and because of what.
    Verdict = NotChecked | bool


def ask(rule: Rule, facts: Facts) -> Iterator[Violation | NotChecked]:
    """Yield where a rule is violated, and what it could not be asked of."""
    obstacles = [reason for obstacle in rule.blocked_by for reason in obstacle(facts)]
    if obstacles:
        yield from obstacles
        return
    for obstacle in rule.unread:
        yield from obstacle(facts)
    if not rule.hidden_by and rule.gather is None:
        yield from rule.check(facts)
        return
    yield from _part(rule, facts)


def _part(rule: Rule, facts: Facts) -> Iterator[Violation | NotChecked]:
    """Yield the violations that nothing hides, gathered if the rule says so, and the uncertain."""
    judges: list[Callable[[Violation], Verdict]] = []
    violations: list[Violation] = []
    certain: list[Violation] = []
    for violation in rule.check(facts):
        if isinstance(violation, NotChecked):
            yield violation
            continue
        if not violations:
            judges = [prepare(facts) for prepare in rule.hidden_by]
        violations.append(violation)
        verdict = _first(judge(violation) for judge in judges)
        if isinstance(verdict, NotChecked):
            yield verdict
        elif not verdict:
            certain.append(violation)
    if rule.gather is None:
        yield from certain
    elif certain:
        yield rule.gather(violations, certain)


def _first(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the first verdict other than that nothing hides a violation."""
    for verdict in verdicts:
        if verdict:
            return verdict
    return False


# One finding for all: the places of the others stand beside it.


def at_first_certain(_: list[Violation], certain: list[Violation]) -> Violation:
    """Gather violations at the first that stands, with their count."""
    return _gathered(certain[0], certain)


def at_first_of_all(violations: list[Violation], certain: list[Violation]) -> Violation:
    """Gather violations at the first of all, so that a slip in one moves it to no other."""
    return _gathered(violations[0], certain)


def _gathered(first: Violation, certain: list[Violation]) -> Violation:
    related = tuple(violation.location for violation in certain if violation is not first)
    return Violation(first.location, {"count": str(len(certain))}, None, related)


# How a hider is made: of a question about each subject, or of one about problems met in reading.


def about(prepare: Callable[[Facts], Callable[[Subject], Verdict]]) -> Hider:
    """Return the hider of violations with a subject that the question is answered of."""

    def prepare_for_violations(facts: Facts) -> Callable[[Violation], Verdict]:
        question = prepare(facts)
        return lambda violation: _first(map(question, violation.subjects))

    return prepare_for_violations


def not_checked(problem: LoadError | None) -> NotChecked | bool:
    """Return the verdict on what a problem met in reading may be why of."""
    return False if problem is None else NotChecked.because_of(problem)
