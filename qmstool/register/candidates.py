"""Tell what lies before the signer: the candidates that no release has recorded yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qmstool.manual.candidates import Candidate
    from qmstool.manual.model import Manual


def pending_candidates(manual: Manual) -> tuple[Candidate, ...]:
    """Return the candidates that no release has recorded yet, in the order of their paths."""
    recorded: set[str] = set()
    for release in manual.releases:
        recorded |= {proof.file for proof in release.evidence}
    candidates = manual.candidates.items()
    return tuple(candidate for path, candidate in candidates if path not in recorded)


def submitted_documents(manual: Manual) -> frozenset[str]:
    """Return the keys of the documents that lie before the signer."""
    pending = [candidate.keys for candidate in pending_candidates(manual)]
    return frozenset().union(*pending)
