"""Turn references that resolving found broken or doubtful into violations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Fault

if TYPE_CHECKING:
    from qmstool.references.model import Reference


def violation_of(reference: Reference) -> Fault:
    """Return the violation of a broken reference, with the values that resolving gave it."""
    return Fault(reference.location, dict(reference.values), reference.suggestion)
