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
    yield from opinion_evidence(manual)
    yield from receipt_evidence(manual)
    yield from review_evidence(manual)
    yield from key_evidence(manual)


def opinion_evidence(manual: Manual) -> Iterator[Evidence]:
    """Yield the evidence beside opinions and signatures."""
    for opinions in manual.opinions.values():
        for request in opinions.requests:
            yield from request.evidence
        for signature in opinions.signatures:
            yield from signature.evidence


def receipt_evidence(manual: Manual) -> Iterator[Evidence]:
    """Yield the evidence beside copies and readings."""
    for copy in manual.copies:
        yield from copy.evidence
    for reading in manual.readings:
        yield from reading.evidence


def review_evidence(manual: Manual) -> Iterator[Evidence]:
    """Yield the evidence beside reviews."""
    for review in manual.reviews:
        yield from review.evidence


def key_evidence(manual: Manual) -> Iterator[Evidence]:
    """Yield the evidence beside revoked keys."""
    for revoked in manual.revoked_keys:
        yield from revoked.evidence
