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
    from qmstool.parsing.yaml.nodes import LocatedText
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
        return lambda violation: _first(map(question, violation.about))

    return prepare_for_violations


def not_checked(problem: LoadError | None) -> NotChecked | bool:
    """Return the verdict on what a problem met in reading may be why of."""
    return False if problem is None else NotChecked.of(problem)


# What hides violations of rules of several families.


def lost_entry(path: str) -> Hider:
    """Hide a name that ought to be defined by lines of a file that could not be read."""
    return about(lambda facts: lambda subject: facts.lost.record(path, subject.name))


@about
def lost_document(facts: Facts) -> Callable[[Subject], bool]:
    """Hide a code whose document could not be read, or bears another code."""
    return lambda subject: facts.lost.document(subject.name)


@about
def lost_clause(facts: Facts) -> Callable[[Subject], bool]:
    """Hide a clause that the catalogue it is looked for in mistypes, or has lost."""

    def is_lost(subject: Subject) -> bool:
        catalogue = facts.manual.catalogues.get(subject.within)
        return catalogue is not None and facts.lost.clause(catalogue, subject.name)

    return is_lost


@about
def doubled_sections(facts: Facts) -> Callable[[Subject], bool]:
    """Hide what concerns the sections of a document in which an anchor stands twice."""

    def has_doubled(subject: Subject) -> bool:
        document = facts.manual.documents.get(subject.within)
        return document is not None and facts.lost.section(document)

    return has_doubled


@about
def lost_key(facts: Facts) -> Callable[[Subject], Verdict]:
    """Leave unchecked a key of a document's data that may stand on a line that was left out."""
    return lambda subject: not_checked(facts.lost.about(subject.within, subject.name))


def damaged_entry(
    entries: Callable[[Facts], Iterable[LocatedText]], key: str | None = None
) -> Hider:
    """Leave unchecked an entry of a file of which something was not read as it stands.

    `entries` returns the keys of all entries of such files, `key` is what is missed in them.
    """

    def prepare(facts: Facts) -> Callable[[Subject], Verdict]:
        marks_by_path: dict[str, list[LocatedText]] = {}
        for mark in entries(facts):
            marks_by_path.setdefault(mark.source.path, []).append(mark)
        problems = {}
        for path, marks in marks_by_path.items():
            for name, problem in facts.lost.hurt(marks, key).items():
                problems[path, name] = problem
        return lambda subject: not_checked(problems.get((subject.within, subject.name)))

    return about(prepare)


@about
def lost_lines(facts: Facts) -> Callable[[Subject], Verdict]:
    """Leave unchecked what is looked for in a file of which something was left out."""
    return lambda subject: not_checked(facts.lost.why(subject.within))


def lost_anything(facts: Facts) -> Iterator[NotChecked]:
    """Yield the first problem for which something of any file was left out."""
    if facts.lost.first is not None:
        yield NotChecked.of(facts.lost.first)


def while_anything_is_lost(facts: Facts) -> Callable[[Violation], Verdict]:
    """Leave all unchecked while something of any file was left out."""
    verdict = not_checked(facts.lost.first)
    return lambda _: verdict


def lost_lines_of(path: str) -> Hider:
    """Hide all while something of one file was left out."""

    def prepare(facts: Facts) -> Callable[[Violation], bool]:
        is_broken = path in facts.lost.broken
        return lambda _: is_broken

    return prepare


def mended_line(facts: Facts) -> Callable[[Violation], bool]:
    """Hide what stands on a line that had to be mended to be read at all: that is reported."""

    def is_mended(violation: Violation) -> bool:
        place = violation.location
        return place.line in facts.lost.mended.get(place.path, ())

    return is_mended
