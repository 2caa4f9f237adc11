"""Files kept as evidence of opinions, receipts and revoked keys → doubts where one is gone or not the same. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.releases.record import exact_sha256
from qmstool.verify.discrepancies import Discrepancy, place_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmstool.manual.model import Manual
    from qmstool.parsing.yaml.records import Entry
    from qmstool.verify.evidence import CollectedEvidence


def opinion_files(manual: Manual) -> Iterator[Entry]:
    """Yield the evidence beside opinions and signatures."""
    for found in manual.opinions.values():
        for entry in (
            *(each.entry for each in found.asked),
            *(each.entry for each in found.signed),
        ):
            yield from entry.entries("evidence")


def copy_files(manual: Manual) -> Iterator[Entry]:
    """Yield the evidence beside copies."""
    return (proof for each in manual.copies for proof in each.entry.entries("evidence"))


def key_files(manual: Manual) -> Iterator[Entry]:
    """Yield the evidence beside revoked keys."""
    return (proof for each in manual.revoked for proof in each.entry.entries("evidence"))


def check_kept_files(proofs: Iterable[Entry], vault: CollectedEvidence) -> Iterator[Discrepancy]:
    """Yield a doubt for each file that is not there or does not give its digest."""
    for proof in proofs:
        path = proof.text("file")
        if path and path not in vault.files:
            message = Text(
                f"Không thấy tệp bằng chứng «{path}».",
                f"The file of evidence «{path}» is not there.",
            )
            yield Discrepancy("kept-file-missing", place_of(proof, "file"), message)
        elif path and exact_sha256(vault.files[path]) != proof.text("digest"):
            message = Text(
                f"Tệp bằng chứng «{path}» không khớp mã kiểm tra đã ghi.",
                f"The file of evidence «{path}» does not match the recorded digest.",
            )
            yield Discrepancy("kept-file-differs", place_of(proof, "digest"), message)
