"""Check records kept beside releases: evidence, the order of their days, keys for sealing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from qmstool.findings import Location, Severity, Violation
from qmstool.i18n import Text
from qmstool.manual.circulation import REVOKED_FILE
from qmstool.manual.named_evidence import evidence_beside_releases
from qmstool.manual.values import known_day, written_day
from qmstool.parsing.public_keys import fingerprint
from qmstool.releases import signers
from qmstool.releases.record import ALLOWED_SIGNERS, exact_sha256, release_path
from qmstool.releases.seal import lone_seals
from qmstool.rules.base.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qmstool.manual.circulation import ControlledCopy, OpinionRequest
    from qmstool.manual.evidence import Evidence
    from qmstool.manual.registers import ExternalDocument
    from qmstool.manual.values import LocatedDay
    from qmstool.releases.signers import AllowedSigner
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.rule import Rule

    # Days by the keys that they are written under, and pairs of keys whose days follow one another.
    Days = Mapping[str, LocatedDay | None]
    Pairs = tuple[tuple[str, str], ...]

# Pairs of keys whose days follow one another.
ASKED = (("sent", "due"), ("sent", "answered"))
HELD = (("from", "to"),)
# No day on which it takes effect: a text may do so before it is issued.
EXTERNAL_LIFE = (("issued", "expired"), ("effective", "expired"), ("issued", "checked_on"))
HANDED_OUT = (
    *(("handed_out", then) for then in ("received", "recalled", "lost", "destroyed")),
    ("recalled", "destroyed"),
)
NO_DIGEST = {
    "why_vi": "chưa có mã kiểm tra; hãy chép dòng gợi ý vào",
    "why_en": "has no digest yet; copy in the line suggested",
}
ALTERED = {
    "why_vi": "không còn như khi ghi nhận; hãy tìm lại tệp cũ trong git, không thay mã kiểm tra",
    "why_en": (
        "is not what was recorded; get the old file back from git, and leave the digest as it is"
    ),
}


def _kept_files(facts: Facts) -> Iterator[Evidence]:
    """Yield the evidence that names a file, of everything that goes round, and of revoked keys."""
    kept = evidence_beside_releases(facts.manual)
    return (evidence for evidence in kept if evidence.file)


@rule(
    "QMS412",
    "kept-file-missing",
    Severity.ERROR,
    Text("Thiếu tệp bằng chứng", "A file of evidence that is not there"),
    Text(
        "Không có tệp bằng chứng «{file}». Hãy chép tệp vào đúng chỗ ấy, hoặc sửa đường dẫn.",
        "There is no file of evidence «{file}». Put it there, or fix the path.",
    ),
)
def kept_file_missing(facts: Facts) -> Iterator[Violation]:
    """Find files of evidence that a record names and that are not there."""
    for evidence in _kept_files(facts):
        if evidence.file not in facts.manual.paths:
            yield Violation(evidence.file_mark.location, {"file": evidence.file})


@rule(
    "QMS413",
    "kept-file-differs",
    Severity.ERROR,
    Text(
        "Tệp bằng chứng chưa có mã kiểm tra hoặc đã bị thay đổi",
        "A file of evidence without its digest, or altered",
    ),
    Text("Tệp bằng chứng «{file}» {why_vi}.", "The file of evidence «{file}» {why_en}."),
)
def kept_file_differs(facts: Facts) -> Iterator[Violation]:
    """Find files of evidence that do not have the digest beside them.

    Where none is written, the suggestion is the line to paste.
    """
    for evidence in _kept_files(facts):
        data = facts.held(evidence.file)
        if data is None:
            continue
        path = {"file": evidence.file}
        actual = exact_sha256(data)
        if not evidence.digest:
            place = evidence.file_mark.location
            yield Violation(place, {**path, **NO_DIGEST}, f"digest: {actual}")
        elif evidence.digest != actual:
            yield Violation(evidence.digest_mark.location, {**path, **ALTERED})


def _dated(facts: Facts) -> Iterator[tuple[Days, Pairs]]:
    """Yield the days of everything in which one follows another."""
    for opinions in facts.manual.opinions.values():
        for request in opinions.requests:
            yield _days_of_request(request), ASKED
    for copy in facts.manual.copies:
        yield _days_of_copy(copy), HANDED_OUT
    for person in facts.manual.config.people.values():
        for held in person.holds:
            yield {"from": held.since, "to": held.until}, HELD
    for external in facts.manual.externals.values():
        yield _days_of_life(external), EXTERNAL_LIFE


def _days_of_request(request: OpinionRequest) -> Days:
    return {"sent": request.sent, "due": request.due, "answered": request.answered}


def _days_of_copy(copy: ControlledCopy) -> Days:
    return {
        "handed_out": copy.handed_out,
        "received": copy.received,
        "recalled": copy.recalled,
        "lost": copy.lost,
        "destroyed": copy.destroyed,
    }


def _days_of_life(external: ExternalDocument) -> Days:
    return {
        "issued": external.issued,
        "effective": external.effective,
        "expired": external.expired,
        "checked_on": external.checked_on,
    }


@rule(
    "QMS414",
    "days-out-of-order",
    Severity.WARNING,
    Text("Ngày ghi ngược thứ tự", "Days in an impossible order"),
    Text(
        "Ngày ghi ở {then} ({two}) lại trước ngày ghi ở {first} ({one}). Một trong hai ngày ghi "
        "nhầm; hãy xem lại giấy tờ rồi sửa.",
        "The day under {then} ({two}) is before the day under {first} ({one}). One of the two "
        "is wrong; look at the paper and fix it.",
    ),
)
def days_out_of_order(facts: Facts) -> Iterator[Violation]:
    """Find records in which something ends before it began.

    A day that is before two others is reported once.
    """
    for days, pairs in _dated(facts):
        reported: set[str] = set()
        for first, then in pairs:
            earlier, later = days[first], days[then]
            if then in reported or not (earlier and later and _is_before(later, earlier)):
                continue
            reported.add(then)
            values = {
                "first": first,
                "one": written_day(earlier),
                "then": then,
                "two": written_day(later),
            }
            yield Violation(later.mark.location, values, None, (earlier.mark.location,))


def _is_before(one: LocatedDay, other: LocatedDay) -> bool:
    """Whether both days are known and one is before the other."""
    return one.known is not None and other.known is not None and one.known < other.known


@rule(
    "QMS415",
    "revoked-key-allowed",
    Severity.ERROR,
    Text("Khóa không còn tin cậy vẫn được phép niêm phong", "A revoked key that may still seal"),
    Text(
        f"Khóa của {{who}} đã ghi trong {REVOKED_FILE} là không còn tin cậy, mà vẫn có trong "
        f"{ALLOWED_SIGNERS}. Hãy xóa dòng này.",
        f"The key of {{who}} is revoked in {REVOKED_FILE}, and still in {ALLOWED_SIGNERS}. "
        "Take this line out.",
    ),
)
def revoked_key_allowed(facts: Facts) -> Iterator[Violation]:
    """Find keys that are revoked and still among the allowed signers."""
    revoked = {fingerprint(each.key): each for each in facts.manual.revoked_keys}
    if not revoked:
        return
    for signer in _signers(facts):
        revocation = revoked.get(fingerprint(signer.key))
        if revocation is not None:
            values = {"who": ", ".join(signer.principals)}
            related = (revocation.mark.location,)
            yield Violation(Location(ALLOWED_SIGNERS, signer.line), values, None, related)


@rule(
    "QMS416",
    "sealing-key-ending",
    Severity.WARNING,
    Text(
        "Khóa niêm phong sắp hết hạn mà chưa có khóa thay",
        "A sealing key that ends, with none to follow",
    ),
    Text(
        "Khóa niêm phong cuối cùng, của {who}, hết hạn ngày {day}. Thêm khóa mới trước lần ban "
        "hành tới: đợt ấy còn niêm phong bằng khóa cũ, các đợt sau bằng khóa mới.",
        "The last key that may seal, of {who}, ends on {day}. Add a new key before the next "
        "release: that one is still sealed by the old key, those after it by the new.",
    ),
    needs=("day",),
)
def sealing_key_ending(facts: Facts) -> Iterator[Violation]:
    """Find the last key that may seal, where its time ends soon and no other follows it."""
    if facts.day is None:
        return
    soon = facts.day + timedelta(days=facts.manual.config.review_soon_days)
    revoked = {fingerprint(each.key) for each in facts.manual.revoked_keys}
    last_day, last = None, None
    for signer in _signers(facts):
        if fingerprint(signer.key) in revoked:
            continue
        until = known_day(signer.until)
        if until is None or until > soon:
            return
        if last_day is None or until > last_day:
            last_day, last = until, signer
    if last:
        values = {"who": ", ".join(last.principals), "day": written_day(last_day)}
        yield Violation(Location(ALLOWED_SIGNERS, last.line), values)


def _signers(facts: Facts) -> Iterator[AllowedSigner]:
    data = facts.held(ALLOWED_SIGNERS)
    if data is not None:
        yield from signers.read_signers(data)


@rule(
    "QMS420",
    "seal-without-record",
    Severity.ERROR,
    Text("Niêm phong không có bản ghi", "A seal without its record"),
    Text(
        "Có niêm phong này mà không có bản ghi {record}. Hãy lấy lại bản ghi từ kho; nếu chưa từng "
        "có thì xóa niêm phong rồi ghi nhận lại.",
        "This seal is here, and its record {record} is not. Get the record back from the "
        "repository; if there never was one, delete the seal and record again.",
    ),
    needs=("releases",),
)
def seal_without_record(facts: Facts) -> Iterator[Violation]:
    """Find seals of records that are not there: a record taken away, or never finished."""
    numbers = {release.number for release in facts.releases or ()}
    for number, path in lone_seals(facts.manual.paths, numbers).items():
        yield Violation(Location(path), {"record": release_path(number)})


RULES: tuple[Rule, ...] = (
    kept_file_missing,
    kept_file_differs,
    days_out_of_order,
    revoked_key_allowed,
    sealing_key_ending,
    seal_without_record,
)
