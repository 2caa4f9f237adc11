"""Say what the digital signatures inside evidence are worth. A signature is no approval by itself.

What goes in: evidence, and what was found inside its PDF files. What comes out: what speaks
against it, and why a file that is said to be signed is not known to be. Who may approve stands in
the records: here is only compared whether the signer whom a record names has signed.
"""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from qmstool.candidates.evidence import SIGNED_FILE
from qmstool.i18n import Text
from qmstool.manual.config import folded_person
from qmstool.manual.model import UNKNOWN
from qmstool.manual.named_evidence import all_evidence
from qmstool.manual.values import known_day
from qmstool.patterns import regex
from qmstool.signatures.values import SignedPdf
from qmstool.signatures.words import in_zone, later_text, problem_text, reason_text
from qmstool.verify.discrepancies import Discrepancy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from qmstool.manual.evidence import Evidence
    from qmstool.manual.model import Manual
    from qmstool.manual.releases import Release
    from qmstool.signatures.values import PdfSignature
    from qmstool.verify.evidence import CollectedEvidence

PDF = ".pdf"
_BETWEEN_NAMES = regex(r"[^\w\s.'’-]+|\s[-–—]\s")
UNSIGNED = frozenset({"none", "stamps-only"})
BROKEN = Text(
    "Chữ ký của «{signer}» trong tệp bằng chứng «{file}»: {why}.",
    "The signature of «{signer}» in the file of evidence «{file}»: {why}.",
)
FILE = Text("tệp bằng chứng «{file}»: {why}", "file of evidence «{file}»: {why}")
SIGNATURE = Text(
    "chữ ký của «{signer}» trong tệp «{file}»: {why}",
    "signature of «{signer}» in the file «{file}»: {why}",
)
SIGNED_LATER = Text(
    "ký ngày {signed}, sau ngày ghi nhận {recorded}",
    "signed on {signed}, after it was recorded on {recorded}",
)
HOURS, LAST_ZONE = 24, 12  # of a day; how far behind Greenwich a day ends last
ANOTHER_SIGNER = Text(
    "tệp «{file}» do {names} ký, không có chữ ký mang tên người ký đã ghi nhận là «{person}»",
    "the file «{file}» is signed by {names}; no signature bears the name of the recorded signer "
    "«{person}»",
)


def pdf_evidence(manual: Manual, collected: CollectedEvidence) -> dict[str, bytes]:
    """Return the PDF files kept as evidence of releases and of what goes round, by path."""
    proofs = all_evidence(manual)
    paths = sorted({proof.file for proof in proofs if proof.file.lower().endswith(PDF)})
    return {path: collected.files[path] for path in paths if path in collected.files}


def check_signatures(proof: Evidence, collected: CollectedEvidence) -> Discrepancy | None:
    """Return the first signature inside a file that speaks against it; None where none does."""
    for signature in _signatures(proof, collected):
        why = reason_text(signature) if signature.judgement == "broken" else None
        if why:
            message = _filled(BROKEN, proof, why, signature.signer)
            return Discrepancy("signature-broken", proof.file_mark.location, message)
    return None


def lacking_signature(
    proof: Evidence, release: Release, collected: CollectedEvidence, names: Mapping[str, str]
) -> Text | None:
    """Return why a file is not known to be signed as its record says; None where it is.

    Only of files that are recorded as signed, and are there. `names`: of persons, by key.
    """
    if proof.kind != SIGNED_FILE or proof.file not in collected.files:
        return None
    why = problem_text(_signed_pdf(proof, collected))
    if why:
        return _filled(FILE, proof, why)
    signatures = tuple(_signatures(proof, collected))
    for signature in signatures:
        reason = reason_text(signature) if signature.judgement == "unjudged" else None
        if reason:
            return _filled(SIGNATURE, proof, reason, signature.signer)
        late = _signed_later(signature, _recorded_on(release, collected))
        if late:
            return _filled(SIGNATURE, proof, late, signature.signer)
    return _another_signer(proof, release, signatures, names)


def is_unasked(proof: Evidence, collected: CollectedEvidence) -> bool:
    """Whether nobody read the signatures of a file, or there was no root to judge them by."""
    if _signed_pdf(proof, collected).problem == "not-asked":
        return True
    unjudged = [one for one in _signatures(proof, collected) if one.judgement == "unjudged"]
    return bool(unjudged) and all(one.reason == "no-roots" for one in unjudged)


def _recorded_on(release: Release, collected: CollectedEvidence) -> date | None:
    """Return the day on which a release was recorded, else that on which git first saw it."""
    return known_day(release.recorded) or collected.first_seen.get(release.source.path)


def _signed_later(signature: PdfSignature, recorded: date | None) -> Text | None:
    """Return that a file was signed after it was recorded, in whatever zone; None where not.

    A record bears the digest of the signed file: a clock is wrong, or the day in the record.
    """
    said = signature.stamped or signature.claimed
    if recorded is None or not said:
        return None
    moment = in_zone(datetime.fromisoformat(said), UTC)
    hours = moment.toordinal() * HOURS + moment.hour
    if hours < (recorded.toordinal() + 1) * HOURS + LAST_ZONE:
        return None
    values = {"signed": moment.date().isoformat(), "recorded": recorded.isoformat()}
    return SIGNED_LATER.fill(values)


def has_no_signature(proof: Evidence, collected: CollectedEvidence) -> bool:
    """Whether a file that is recorded as signed bears no signature at all."""
    return proof.kind == SIGNED_FILE and _signed_pdf(proof, collected).problem in UNSIGNED


def _signed_pdf(proof: Evidence, collected: CollectedEvidence) -> SignedPdf:
    if not proof.file.lower().endswith(PDF):
        return SignedPdf(problem="other-kind", detail="." + proof.file.rpartition(".")[2])
    return collected.signatures.get(proof.file, SignedPdf(problem="not-asked"))


def _signatures(proof: Evidence, collected: CollectedEvidence) -> Iterator[PdfSignature]:
    found = collected.signatures.get(proof.file)
    if found:
        yield from found.signatures


def _another_signer(
    proof: Evidence,
    release: Release,
    signatures: Iterable[PdfSignature],
    names: Mapping[str, str],
) -> Text | None:
    """Return that nobody of the recorded signer's name signed; None where somebody did."""
    if release.signer is None or release.signer.person == UNKNOWN:
        return None
    person = names.get(release.signer.person, release.signer.person)
    signed = [signature.signer for signature in signatures]
    theirs = [each for each in signatures if _bears(each.signer, person)]
    if theirs and not any(each.is_last_word for each in theirs):
        return _filled(SIGNATURE, proof, later_text(theirs[-1]), theirs[-1].signer)
    if theirs:
        return None
    listed = ", ".join(f"«{signer}»" for signer in dict.fromkeys(signed))
    return ANOTHER_SIGNER.fill({"file": proof.file, "names": listed, "person": person})


def _bears(certified: str, person: str) -> bool:
    """Whether the name in a certificate is a person's, however it is spaced and capitalized.

    A title may stand before it; what else there is stands behind a sign: another word behind a name
    makes the name of somebody else. A certificate in plain letters is compared with the name in
    plain letters.
    """
    certified, person = folded_person(certified), folded_person(person)
    if certified.isascii():
        person = _plain(person)
    if not person:
        return False
    parts = [f" {part.strip()}" for part in _BETWEEN_NAMES.split(certified)]
    return any(part.endswith(f" {person}") for part in (*parts, f" {certified}"))


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFD", name.replace("đ", "d"))
    return letters.encode("ascii", "ignore").decode()


def _filled(sentence: Text, proof: Evidence, why: Text, signer: str = "") -> Text:
    return sentence.fill({"file": proof.file, "signer": signer, "why": why})
