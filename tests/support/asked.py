"""A release with all that proves it, and the auditor's questions asked of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from qmstool.releases.record import check_code, digest_parts, sha256
from qmstool.signatures.values import PdfSignature, SignedPdf
from qmstool.verify.verification import Verification, verify
from tests.support.memory import MANIFEST, PROCEDURE
from tests.support.planted import record
from tests.support.proved import TEXT, issued, pin, proved

if TYPE_CHECKING:
    from qmstool.manual.model import Manual
    from qmstool.signatures.values import Judgement
    from qmstool.verify.evidence import CollectedEvidence

DAY = date(2024, 6, 1)
PEOPLE = """\
units:
  VP: {name: Văn phòng}
  KT: {name: Kỹ thuật}
roles:
  giam-doc: {name: Giám đốc, approves: [procedure]}
  pho: {name: Phó giám đốc, approves: [procedure]}
  tho: {name: Thợ, unit: KT}
people:
  an: {name: Bà An, holds: [{role: giam-doc, from: 2024-01-01}]}
  binh: {name: Ông Bình, holds: [{role: tho, from: 2024-01-01}]}
"""
SETTINGS = MANIFEST + PEOPLE
PDF = b"%PDF-1.7 x"
PAPER = "releases/evidence/qd.pdf"
PROOF = f"[{{kind: signed-file, file: {PAPER}, digest: {sha256(PDF)}}}]"
CODE = check_code(digest_parts([TEXT], []))
LIST = "distribution: [{unit: VP}, {unit: KT}]\n"


def released(*items: str, **keys: object) -> tuple[str, str]:
    given: dict[str, object] = {
        "basis": f"[{pin('qms.yml', SETTINGS.encode())}]",
        "evidence": PROOF,
    } | keys
    path, text = record(
        1, "2024-02-01", "2024-01-25", *(items or (issued(issue="'1'", revision="'0'"),)), **given
    )
    text = text.replace("signer: {person: unknown}", "signer: {person: an, role: giam-doc}")
    return path, text.replace(
        "{kind: notice}", "{kind: decision, number: '2/QĐ', date: 2024-01-20}"
    )


def made(
    *records: tuple[str, str], head: str = "", **more: str
) -> tuple[Manual, CollectedEvidence]:
    text = PROCEDURE.replace("title:", f"{head}title:")
    given = {"qms.yml": SETTINGS, "procedures/qt-a-01.md": text, **more}
    return proved(*records, evidence={PAPER: PDF}, more=given)


def signature(
    signer: str = "Bà An", judgement: Judgement = "holds", reason: str = ""
) -> PdfSignature:
    return PdfSignature(
        signer, "CA", "2024-01-20T08:00:00", "", True, "nothing", judgement, reason, ""
    )


def answered(manual: Manual, held: CollectedEvidence, **asked: Any) -> Verification:
    return verify(manual, held, DAY, **asked)


def outcomes(found: Verification) -> dict[str, str]:
    return {answer.key: answer.outcome for answer in found.answers}


def why(found: Verification, key: str) -> str:
    return next(answer.why.en for answer in found.answers if answer.key == key)


HOLDS = SignedPdf((signature(),))


def found_witness(held: CollectedEvidence) -> str:
    return sha256(held.files["releases/0001.yml"])
