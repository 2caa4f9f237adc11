"""Judge the signatures inside PDF files: a program of its own, for the files are hostile.

`python -m qmstool.signatures.judge` reads one JSON value (files, trusted certificates, lists of
revoked ones, key usages, the moment asked about) and writes one. It bounds its own time and memory,
fetches nothing, and knows no language: `words.py` says what its keys mean.

The time of signing is what a trusted time stamp proves; without one it is the moment asked about,
so that a certificate that has ended since is not taken for one that was in use. A time stamp is
judged at the time of the next one behind it, the last at the moment asked about. Stored revocation
data may be younger than the signature.
"""

from __future__ import annotations

import asyncio
import base64
import io
import json
import logging
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from asn1crypto import crl as asn1_crl
from asn1crypto import ocsp as asn1_ocsp
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import async_validate_pdf_signature, async_validate_pdf_timestamp
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleTrustManager

from qmstool.signatures.additions import SPOILT, Additions
from qmstool.signatures.notes import POLICY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_MEMORY = 2 << 30  # bytes of addresses, where the system can bound them
MOST_SECONDS = 60  # of the processor
MOST_SIGNATURES = 100
STAMP = "/DocTimeStamp"
# What the checks of revocation are tried by: data for every certificate, else where one names any.
REVOCATION = ("require", "hard-fail")
UNCHECKED = "none"
# What is behind the last signature, and why nobody can say that its signer wanted that.
BEHIND = {
    "filled": "filled-in",
    "notes": "notes-after",
    "signing": "signature-after",
    "bytes": "bytes-after",
}
FAULTS = {
    AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND: "no-chain",
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: "out-of-bounds",
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE: "weak",
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE: "weak",
    AdESIndeterminate.CERTIFICATE_CHAIN_GENERAL_FAILURE: "chain",
}
REVOKED = {AdESIndeterminate.REVOKED_NO_POE, AdESIndeterminate.REVOKED_CA_NO_POE}


def main() -> None:
    """Answer what stands on the standard input."""
    _bound()
    logging.disable(logging.CRITICAL)
    question = json.load(sys.stdin)
    answers = [judge_file(base64.b64decode(data), question) for data in question["files"]]
    json.dump(answers, sys.stdout)


def _bound() -> None:
    """Bound memory and time, where the system can."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:  # Windows: whoever started this still stops it after a while
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))


def judge_file(data: bytes, question: dict[str, Any]) -> dict[str, Any]:
    """Return what is found in one file; what breaks the reading is a problem, never an end."""
    try:
        reader = PdfFileReader(io.BytesIO(data))
        if reader.encrypted:
            return {"problem": "password"}
        return _FileJudge(reader, data, question).answer()
    except RecursionError:
        return {"problem": "bounds"}
    except Exception as error:  # noqa: BLE001 - whatever a hostile file makes the library raise
        return {"problem": "unreadable", "detail": f"{type(error).__name__}: {error}"[:200]}


class _FileJudge:
    """Judges the signatures of one file."""

    def __init__(self, reader: PdfFileReader, data: bytes, question: dict[str, Any]) -> None:
        self._reader = reader
        self._additions = Additions(reader, data)
        self._asked = datetime.fromisoformat(question["moment"])
        self._usages: list[str] = question["usages"]
        given = [
            asn1_x509.Certificate.load(base64.b64decode(one)) for one in question["certificates"]
        ]
        # Whoever issued itself is a root; any other certificate only helps to lead to one.
        self._roots = [one for one in given if one.subject == one.issuer]
        self._others = [one for one in given if one.subject != one.issuer]
        self._lists = [
            asn1_crl.CertificateList.load(base64.b64decode(one)) for one in question["lists"]
        ]
        self._answers: list[asn1_ocsp.OCSPResponse] = []
        self._take_stored()

    def _take_stored(self) -> None:
        """Take what the file stores beside its signatures (DSS): it is signed by its issuers."""
        try:
            store = DocumentSecurityStore.read_dss(self._reader)
        except NoDSSFoundError:
            return
        context = store.as_validation_context({"trust_manager": SimpleTrustManager()})
        self._lists += context.crls
        self._answers += context.ocsps
        self._others += store.load_certs()

    def answer(self) -> dict[str, Any]:
        found = list(self._signatures())
        signed = [one for one in found if not isinstance(one, str)]
        if not found:
            return {"problem": "none"}
        if len(found) > MOST_SIGNATURES:
            return {"problem": "bounds"}
        signed.sort(key=lambda one: one.signed_revision)
        stamps = self._stamps([one for one in signed if one.sig_object_type == STAMP])
        people = [one for one in signed if one.sig_object_type != STAMP]
        answers = [self._judged(one, stamps, last=one is people[-1]) for one in people]
        answers += [_unjudged("unknown-kind", kind) for kind in found if isinstance(kind, str)]
        return {"signatures": answers} if answers else {"problem": "stamps-only"}

    def _signatures(self) -> Iterator[EmbeddedPdfSignature | str]:
        """Yield each signature, or why one cannot be read at all."""
        for name, _, field in enumerate_sig_fields(self._reader, filled_status=True):
            try:
                yield EmbeddedPdfSignature(self._reader, field, name)
            except Exception as error:  # noqa: BLE001 - one field that cannot be read is told, the others are judged
                yield f"{type(error).__name__}: {error}"[:200]

    def _stamps(self, stamps: Sequence[EmbeddedPdfSignature]) -> list[tuple[int, datetime]]:
        """Return the time stamps over the file that hold: revision and moment, oldest first."""
        holding: list[tuple[int, datetime]] = []
        moment = self._asked
        for stamp in reversed(stamps):
            for revocation in REVOCATION:
                validating = async_validate_pdf_timestamp(stamp, self._context(moment, revocation))
                status = asyncio.run(validating)
                if status.trusted and self._additions.kind(stamp, status) not in SPOILT:
                    moment = status.timestamp
                    holding.insert(0, (stamp.signed_revision, moment))
                    break
        return holding

    def _judged(
        self, signed: EmbeddedPdfSignature, stamps: Sequence[tuple[int, datetime]], *, last: bool
    ) -> dict[str, Any]:
        """Return what one is worth; one that the library cannot judge spoils no other."""
        try:
            return self._signature(signed, stamps, last=last)
        except RecursionError:
            raise  # the file breaks a bound: nothing in it is judged
        except Exception as error:  # noqa: BLE001 - an algorithm that the library does not know raises what it will
            return _unjudged("unknown-kind", f"{type(error).__name__}: {error}"[:200])

    def _signature(
        self, signed: EmbeddedPdfSignature, stamps: Sequence[tuple[int, datetime]], *, last: bool
    ) -> dict[str, Any]:
        later = [moment for revision, moment in stamps if revision > signed.signed_revision]
        known = later[0] if later else self._asked
        status = self._validate(signed, known, UNCHECKED, known)
        stamp = self._stamp(signed, known)
        proved = stamp or (later[0] if later else None)
        certificate = signed.signer_cert
        after = self._additions.kind(signed, status)
        added = self._additions.named(signed, status, after)
        claimed = signed.self_reported_timestamp
        answer = {
            "signer": _name(certificate.subject),
            "issuer": _name(certificate.issuer),
            "claimed": claimed.isoformat() if claimed else "",
            "stamped": proved.isoformat() if proved else "",
            "entire": self._additions.has_none(signed),
            "after": after,
            "added": added,
            "over": signed.compute_digest().hex(),
        }
        if not (status.intact and status.valid):
            return {**answer, **_fault("broken", "broken")}
        if after in SPOILT:
            return {**answer, **_fault("broken", SPOILT[after])}
        fault = self._fault(signed, certificate, proved)
        if fault is None and last and after in BEHIND:
            fault = _fault("unjudged", BEHIND[after], added)
        return {**answer, **(fault or _fault("holds", ""))}

    def _fault(
        self,
        signed: EmbeddedPdfSignature,
        certificate: asn1_x509.Certificate,
        proved: datetime | None,
    ) -> dict[str, str] | None:
        """Return why the signer is not known for certain; None where nothing is missing."""
        if not self._roots:
            return _fault("unjudged", "no-roots")
        moment = proved or self._asked
        status = self._validate(signed, moment, UNCHECKED, moment)
        if status.trust_problem_indic is not None:
            return _chain_fault(status.trust_problem_indic, certificate, moment, proved)
        claimed = _moment(signed.self_reported_timestamp)
        if claimed and not proved and claimed < certificate.not_valid_before:
            # Nobody could sign by it at that time: the clock was set back, or is wrong.
            return _not_yet(certificate)
        if not status.seed_value_ok:
            return _fault("unjudged", "form-demands")
        used = set(certificate.key_usage_value.native) if certificate.key_usage_value else set()
        if self._usages and not used.intersection(self._usages):
            return _fault("unjudged", "usage", ", ".join(sorted(used)).replace("_", "-"))
        return self._revocation_fault(signed, moment, proved)

    def _revocation_fault(
        self, signed: EmbeddedPdfSignature, moment: datetime, proved: datetime | None
    ) -> dict[str, str] | None:
        """Return whether the certificate was revoked, or may have been."""
        for revocation in REVOCATION:
            status = self._validate(signed, moment, revocation, moment)
            if status.trust_problem_indic is None:
                return None
            if status.trust_problem_indic in REVOKED and status.revocation_details:
                revoked = status.revocation_details.revocation_date
                claimed = signed.self_reported_timestamp
                owned = claimed is not None and claimed.tzinfo and claimed >= revoked
                day = revoked.date().isoformat()
                if proved or owned:
                    return _fault("broken", "revoked", day)
                return _fault("unjudged", "revoked-unproved", day)
        stored = self._lists or self._answers
        return _fault("unjudged", "stale" if stored else "no-revocation")

    def _validate(
        self, signed: EmbeddedPdfSignature, moment: datetime, revocation: str, stamped: datetime
    ) -> Any:
        return asyncio.run(
            async_validate_pdf_signature(
                signed,
                self._context(moment, revocation),
                self._context(stamped, revocation),
                diff_policy=POLICY,
                key_usage_settings=KeyUsageConstraints(key_usage=set()),
            )
        )

    def _stamp(self, signed: EmbeddedPdfSignature, known: datetime) -> datetime | None:
        """Return the moment that a time stamp within the signature proves."""
        for revocation in REVOCATION:
            stamp = self._validate(signed, known, revocation, known).timestamp_validity
            if stamp is not None and stamp.trusted:
                moment: datetime = stamp.timestamp
                return moment
        return None

    def _context(self, moment: datetime, revocation: str) -> ValidationContext:
        trust = SimpleTrustManager.build(trust_roots=self._roots)
        return ValidationContext(
            trust_manager=trust,
            other_certs=self._others,
            moment=moment,
            crls=self._lists,
            ocsps=self._answers,
            revocation_mode=revocation,
            retroactive_revinfo=True,
            allow_fetching=False,
        )


def _name(name: Any) -> str:
    words = name.native
    common = words.get("common_name") or words.get("organization_name") or name.human_friendly
    return str(common if isinstance(common, str) else ", ".join(common))[:200]


def _chain_fault(
    found: Any, certificate: asn1_x509.Certificate, moment: datetime, proved: datetime | None
) -> dict[str, str]:
    """Return what is wrong with a certificate, or with the chain that it hangs on."""
    reason = FAULTS.get(found, "chain")
    if reason in {"out-of-bounds", "chain"} and moment < certificate.not_valid_before:
        return _not_yet(certificate)
    if reason != "out-of-bounds":
        return _fault("unjudged", reason)
    ended = "ended-before" if proved else "ended"
    return _fault("unjudged", ended, certificate.not_valid_after.date().isoformat())


def _not_yet(certificate: asn1_x509.Certificate) -> dict[str, str]:
    return _fault("unjudged", "not-yet", certificate.not_valid_before.date().isoformat())


def _moment(claimed: datetime | None) -> datetime | None:
    """Return what the signer's clock said, in a zone; where it names none, that of Greenwich."""
    return claimed.replace(tzinfo=UTC) if claimed and not claimed.tzinfo else claimed


def _fault(judgement: str, reason: str, detail: str = "") -> dict[str, str]:
    return {"judgement": judgement, "reason": reason, "detail": detail}


def _unjudged(reason: str, detail: str) -> dict[str, Any]:
    nobody = {"signer": "", "issuer": "", "claimed": "", "stamped": ""}
    return {**nobody, "entire": False, "after": "other", **_fault("unjudged", reason, detail)}


if __name__ == "__main__":
    main()
