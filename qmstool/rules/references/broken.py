"""Turn references that resolving found broken or doubtful into violations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Violation

if TYPE_CHECKING:
    from qmstool.references.model import Reference


def violation_of(reference: Reference) -> Violation:
    """Return the violation of a broken reference, with the values that resolving gave it."""
    return Violation(reference.location, dict(reference.values), reference.suggestion)
