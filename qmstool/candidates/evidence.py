"""Tell what the evidence for a release's approval is worth: shown as it is, never as more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN

if TYPE_CHECKING:
    from qmstool.manual.evidence import Evidence
    from qmstool.manual.releases import Release

EVIDENCE_FOLDER = "releases/evidence/"
CANDIDATE, OPINIONS = "candidate", "opinions"
SIGNED_FILE, PAPER, SCAN = "signed-file", "paper", "scan"
# A signature inside a file is checked by the signing service's own program, not here.
# The strongest first.
KINDS = {
    SIGNED_FILE: Text(
        "tệp có chữ ký số chuyên dùng công vụ, giữ nguyên từng byte",
        "file with an official digital signature, kept byte for byte",
    ),
    PAPER: Text("bản gốc giấy lưu tại văn thư", "original on paper, kept by the records office"),
    SCAN: Text("chỉ có bản chụp, để tham khảo", "a scan only, for reference"),
}
OTHER_KIND = Text("bằng chứng khác: {kind}", "other evidence: {kind}")
NOT_EVIDENCED = Text("chưa có bằng chứng phê duyệt", "approval not evidenced")


def approval_evidence(release: Release) -> tuple[Evidence, ...]:
    """Return the evidence for a release's approval.

    Its candidate is left out: it is what was approved, and proves no approval.
    """
    return tuple(proof for proof in release.evidence if proof.kind != CANDIDATE)


def kinds(release: Release) -> tuple[str, ...]:
    """Return the kinds of evidence for an approval; opinions on the candidate prove none."""
    written = [proof.kind for proof in approval_evidence(release)]
    return tuple(kind for kind in written if kind not in {"", UNKNOWN, OPINIONS})


def level(release: Release) -> Text:
    """Return what the best evidence for a release is worth."""
    recorded = kinds(release)
    for kind, worth in KINDS.items():
        if kind in recorded:
            return worth
    if recorded:
        return OTHER_KIND.fill({"kind": ", ".join(dict.fromkeys(recorded))})
    return NOT_EVIDENCED
