"""Check the files kept as evidence of opinions, receipts and revoked keys. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.releases.record import exact_sha256
from qmstool.verify.discrepancies import Discrepancy, place_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmstool.manual.model import Manual
    from qmstool.parsing.yaml.records import Record
    from qmstool.verify.evidence import CollectedEvidence


def opinion_files(manual: Manual) -> Iterator[Record]:
    """Yield the evidence beside opinions and signatures."""
    for opinions in manual.opinions.values():
        for asked in opinions.asked:
            yield from asked.record.entries("evidence")
        for signature in opinions.signed:
            yield from signature.record.entries("evidence")


def copy_files(manual: Manual) -> Iterator[Record]:
    """Yield the evidence beside copies."""
    for copy in manual.copies:
        yield from copy.record.entries("evidence")


def key_files(manual: Manual) -> Iterator[Record]:
    """Yield the evidence beside revoked keys."""
    for revoked in manual.revoked:
        yield from revoked.record.entries("evidence")


def check_kept_files(
    proofs: Iterable[Record], evidence: CollectedEvidence
) -> Iterator[Discrepancy]:
    """Yield a discrepancy for each file that is not there or does not give its digest."""
    for proof in proofs:
        path = proof.text("file")
        if not path:
            continue
        data = evidence.files.get(path)
        if data is None:
            message = Text(
                f"Không thấy tệp bằng chứng «{path}».",
                f"The file of evidence «{path}» is not there.",
            )
            yield Discrepancy("kept-file-missing", place_of(proof, "file"), message)
        elif exact_sha256(data) != proof.text("digest"):
            message = Text(
                f"Tệp bằng chứng «{path}» không khớp mã kiểm tra đã ghi.",
                f"The file of evidence «{path}» does not match the recorded digest.",
            )
            yield Discrepancy("kept-file-differs", place_of(proof, "digest"), message)
