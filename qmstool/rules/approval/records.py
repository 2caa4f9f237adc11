"""Check records kept beside releases: evidence, the order of their days, keys for sealing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from qmstool.findings import Location, Severity, Violation
from qmstool.i18n import Text
from qmstool.manual.circulation import REVOKED_FILE
from qmstool.parsing.yaml.schema import is_date
from qmstool.releases import signers
from qmstool.releases.record import ALLOWED_SIGNERS, exact_sha256
from qmstool.releases.signers import bare_key
from qmstool.rules.base.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qmstool.manual.registers import ExternalDocument
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.parsing.yaml.records import Record
    from qmstool.releases.signers import AllowedSigner
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.rule import Rule

    # Pairs of keys whose days follow one another, and what has such days.
    Pairs = tuple[tuple[str, str], ...]
    KnownDays = Mapping[str, LocatedText]
    DatedRecord = tuple[Record, Pairs]
    DatedEntry = tuple[KnownDays, Pairs]

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


def _records(facts: Facts) -> Iterator[DatedRecord]:
    """Yield opinions, signatures, copies and revoked keys, each with its pairs of days."""
    for opinions in facts.manual.opinions.values():
        yield from ((request.record, ASKED) for request in opinions.asked)
        yield from ((signature.record, ()) for signature in opinions.signed)
    yield from ((copy.record, HANDED_OUT) for copy in facts.manual.copies)
    yield from ((key.record, ()) for key in facts.manual.revoked)


def _evidence(facts: Facts) -> Iterator[tuple[Record, LocatedText]]:
    """Yield the pieces of evidence that name a file, with the word that names it."""
    for record, _ in _records(facts):
        for evidence in record.entries("evidence"):
            path = evidence.get("file")
            if path is not None:
                yield evidence, path


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
    for _, path in _evidence(facts):
        if path.text not in facts.manual.paths:
            yield Violation(path.location, {"file": path.text})


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
    if facts.read is None:
        return
    for evidence, path in _evidence(facts):
        if path.text not in facts.manual.paths:
            continue
        recorded = evidence.text("digest")
        actual = exact_sha256(facts.read(path.text))
        if not recorded:
            yield Violation(path.location, {"file": path.text, **NO_DIGEST}, f"digest: {actual}")
        elif recorded != actual:
            place = evidence.get("digest") or path
            yield Violation(place.location, {"file": path.text, **ALTERED})


def _dated(facts: Facts) -> Iterator[DatedEntry]:
    """Yield everything whose days follow one another: also roles held and external documents."""
    for record, pairs in _records(facts):
        yield _known_days(record, pairs), pairs
    for person in facts.manual.config.people.values():
        yield from ((_known_days(held.record, HELD), HELD) for held in person.holds)
    for external in facts.manual.externals.values():
        yield _days_of_life(external), EXTERNAL_LIFE


def _known_days(record: Record, pairs: Pairs) -> KnownDays:
    """Return the days of a record that are known, by key."""
    marks = {name: record.get(name) for pair in pairs for name in pair}
    return {name: mark for name, mark in marks.items() if mark and is_date(mark.text)}


def _days_of_life(external: ExternalDocument) -> KnownDays:
    """Return the days of an external document that are known, by key."""
    days = {
        "issued": external.issued,
        "effective": external.effective,
        "expired": external.expired,
        "checked_on": external.checked_on,
    }
    return {name: day.mark for name, day in days.items() if day and day.known}


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
            earlier, later = days.get(first), days.get(then)
            if earlier is None or later is None or then in reported:
                continue
            if later.text < earlier.text:
                reported.add(then)
                values = {"first": first, "one": earlier.text, "then": then, "two": later.text}
                yield Violation(later.location, values, None, (earlier.location,))


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
    revoked = {bare_key(each.key): each for each in facts.manual.revoked}
    if not revoked:
        return
    for signer in _signers(facts):
        revocation = revoked.get(signer.key)
        if revocation is not None:
            key = revocation.record.get("key") or revocation.record.mark
            values = {"who": ", ".join(signer.principals)}
            yield Violation(Location(ALLOWED_SIGNERS, signer.line), values, None, (key.location,))


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
    soon = (facts.day + timedelta(days=facts.manual.config.review_soon_days)).isoformat()
    revoked = {bare_key(each.key) for each in facts.manual.revoked}
    usable = [signer for signer in _signers(facts) if signer.key not in revoked]
    if usable and all(signer.until and signer.until <= soon for signer in usable):
        last = max(usable, key=lambda signer: signer.until)
        values = {"who": ", ".join(last.principals), "day": last.until}
        yield Violation(Location(ALLOWED_SIGNERS, last.line), values)


def _signers(facts: Facts) -> Iterator[AllowedSigner]:
    if facts.read is not None and ALLOWED_SIGNERS in facts.manual.paths:
        yield from signers.read_signers(facts.read(ALLOWED_SIGNERS))


RULES: tuple[Rule, ...] = (
    kept_file_missing,
    kept_file_differs,
    days_out_of_order,
    revoked_key_allowed,
    sealing_key_ending,
)
