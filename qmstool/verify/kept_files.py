"""Check the files kept as evidence: of approvals, opinions, receipts and revoked keys. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from qmstool.i18n import Text
from qmstool.releases.record import exact_sha256
from qmstool.verify.discrepancies import Discrepancy
from qmstool.verify.signed_files import check_signatures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmstool.manual.evidence import Evidence
    from qmstool.verify.evidence import CollectedEvidence


def check_kept_files(
    proofs: Iterable[Evidence],
    collected: CollectedEvidence,
    slug: Literal["evidence", "kept-file"] = "kept-file",
) -> Iterator[Discrepancy]:
    """Yield a discrepancy for each file that is not there, or not what was recorded or signed.

    `slug` as in `check_kept_file`.
    """
    for proof in proofs:
        against = check_kept_file(proof, collected, slug)
        if against:
            yield against


def check_kept_file(
    proof: Evidence, collected: CollectedEvidence, slug: Literal["evidence", "kept-file"]
) -> Discrepancy | None:
    """Return why a piece of evidence proves nothing: its file is not there, or is another one.

    Or a signature in it is broken. None for a reference, and for a file that gives its digest.
    `slug` begins the discrepancy's: `evidence` of an approval, which no rule checks, or `kept-file`
    of what goes round.
    """
    if not proof.file:
        return None
    data = collected.files.get(proof.file)
    if data is None:
        message = Text(
            "Không thấy tệp bằng chứng «{file}». Hãy lấy lại tệp từ git, hoặc từ nơi giữ bản gốc.",
            "The file of evidence «{file}» is not there. Get it back from git, or from where the "
            "original is kept.",
        ).fill({"file": proof.file})
        return Discrepancy(f"{slug}-missing", proof.file_mark.location, message)
    if exact_sha256(data) != proof.digest:
        message = Text(
            "Tệp bằng chứng «{file}» không còn như khi ghi nhận. Hãy lấy lại tệp cũ từ git, không "
            "thay mã kiểm tra.",
            "The file of evidence «{file}» is not what was recorded. Get the old file back from "
            "git, and leave the digest as it is.",
        ).fill({"file": proof.file})
        return Discrepancy(f"{slug}-differs", proof.digest_mark.location, message)
    return check_signatures(proof, collected)
