"""Declare what hides violations of rules of several families, for `Rule.hidden_by`.

In: what files left out, and which sections are doubtful. Out: of each violation, whether it follows
from that, or why it is not certain. What only one family needs stands with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import NotChecked
from qmstool.parsing.similar import nearest_name
from qmstool.rules.base.clause_numbers import misnumbered_clauses
from qmstool.rules.base.hiding import about, not_checked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from qmstool.findings import Subject, Violation
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.hiding import Verdict
    from qmstool.rules.base.rule import Hider


def lost_entry(path: str) -> Hider:
    """Hide a name that ought to be defined by lines of a file that could not be read."""
    return about(lambda facts: lambda subject: facts.lost_lines.record(path, subject.name))


@about
def lost_document(facts: Facts) -> Callable[[Subject], bool]:
    """Hide a code whose document could not be read, or bears another code."""
    return lambda subject: facts.lost_documents.explains(subject.name)


@about
def lost_clause(facts: Facts) -> Callable[[Subject], bool]:
    """Hide a clause that the catalogue it is looked for in mistypes, or has lost."""

    def is_lost(subject: Subject) -> bool:
        catalogue = facts.manual.catalogues.get(subject.searched_in)
        if catalogue is None:
            return False
        if facts.lost_lines.record(f"clauses/catalogues/{catalogue.key}.yml", subject.name):
            return True
        return bool(nearest_name(subject.name, misnumbered_clauses(catalogue)))

    return is_lost


@about
def doubled_sections(facts: Facts) -> Callable[[Subject], bool]:
    """Hide what concerns a section whose anchor stands twice in its document, and no other section.

    The name of the subject is the section's number, its anchor, or number#anchor.
    """

    def is_doubled(subject: Subject) -> bool:
        document = facts.manual.documents.get(subject.searched_in)
        if document is None or not subject.name:
            return False
        return facts.doubtful_sections.are_doubtful(document, subject.name)

    return is_doubled


@about
def lost_key(facts: Facts) -> Callable[[Subject], Verdict]:
    """Leave unchecked a key of a document's data that may stand on a line that was left out."""
    return lambda subject: not_checked(
        facts.lost_lines.first_reason(subject.searched_in, subject.name)
    )


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
            for name, problem in facts.lost_lines.damaged_entries(marks, key).items():
                problems[path, name] = problem
        return lambda subject: not_checked(problems.get((subject.searched_in, subject.name)))

    return about(prepare)


@about
def lost_lines(facts: Facts) -> Callable[[Subject], Verdict]:
    """Leave unchecked what is looked for in a file of which something was left out."""
    return lambda subject: not_checked(facts.lost_lines.first_problem(subject.searched_in))


def lost_anything(facts: Facts) -> Iterator[NotChecked]:
    """Yield the first problem for which something of any file was left out."""
    if facts.lost_lines.first is not None:
        yield NotChecked.because_of(facts.lost_lines.first)


def while_anything_is_lost(facts: Facts) -> Callable[[Violation], Verdict]:
    """Leave all unchecked while something of any file was left out."""
    verdict = not_checked(facts.lost_lines.first)
    return lambda _: verdict


def lost_lines_of(path: str) -> Hider:
    """Hide all while something of one file was left out."""

    def prepare(facts: Facts) -> Callable[[Violation], bool]:
        is_broken = path in facts.lost_lines.broken
        return lambda _: is_broken

    return prepare


def mended_line(facts: Facts) -> Callable[[Violation], bool]:
    """Hide what stands on a line that had to be mended to be read at all: that is reported."""

    def is_mended(violation: Violation) -> bool:
        place = violation.location
        return place.line in facts.lost_lines.mended_lines.get(place.path, ())

    return is_mended
