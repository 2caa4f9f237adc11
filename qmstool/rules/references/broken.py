"""Turn references that resolving found broken or doubtful into violations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Subject, Violation

if TYPE_CHECKING:
    from qmstool.references.model import Reference


def violation_of(reference: Reference, name: str = "", within: str = "") -> Violation:
    """Return the violation of a broken reference, with the values that resolving gave it.

    It is about its words, or about what is looked for by a name within a document or catalogue.
    """
    at = reference.file.path, reference.start, reference.end
    subject = Subject(name or reference.words, within, at)
    values = dict(reference.values)
    return Violation(reference.location, values, reference.suggestion, subjects=(subject,))
