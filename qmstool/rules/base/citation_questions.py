"""Ask each file which of its references are broken, and what the report counts and lists of them.

In: a file as it cites. Out: numbers of its references, a count, and places of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qmstool.rules.base.file_answers import citing_question

if TYPE_CHECKING:
    from qmstool.findings import Location
    from qmstool.rules.base.file_answers import Citing, Question


@citing_question
def broken_references(citing: Citing) -> tuple[int, ...]:
    """Find which references of a file lead nowhere or doubtfully."""
    references = enumerate(citing.references)
    return tuple([place for place, reference in references if reference.violation is not None])


@citing_question
def numbers_outside(citing: Citing) -> tuple[tuple[Location, str, str], ...]:
    """Find the numbers of a file that are parts of what is not held: place, words, their owner."""
    return tuple([(each.location, each.words, each.owner) for each in citing.found.outside])


@citing_question
def checked_citations(citing: Citing) -> tuple[int, ...]:
    """Count the references of a file that can be checked: what lies outside cannot."""
    targets = [reference.target for reference in citing.references]
    checked = [target for target in targets if target is None or target.kind != "outside"]
    return (len(checked),) if checked else ()


@citing_question
def citing_places(citing: Citing) -> tuple[tuple[int, int, str], ...]:
    """Find where a file cites, its words with what they are bound to, and by what kind of words."""
    return tuple([(*each.whole_span, each.kind) for each in citing.references])


OF_EVERY_CHECK: tuple[Question[Any], ...] = (broken_references, numbers_outside, checked_citations)
"""The questions that the report itself asks."""
