"""Gather whatever a manual names as evidence, of releases and of what goes round. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.evidence import Evidence
    from qmstool.manual.model import Manual


def all_evidence(manual: Manual) -> Iterator[Evidence]:
    """Yield whatever anything in a manual names as evidence, that of releases first."""
    for release in manual.releases:
        yield from release.evidence
    yield from evidence_beside_releases(manual)


def evidence_beside_releases(manual: Manual) -> Iterator[Evidence]:
    """Yield the evidence of everything that goes round, and of revoked keys."""
    for opinions in manual.opinions.values():
        for request in opinions.requests:
            yield from request.evidence
        for signature in opinions.signatures:
            yield from signature.evidence
    for group in (manual.copies, manual.reviews, manual.readings, manual.revoked_keys):
        for each in group:
            yield from each.evidence
