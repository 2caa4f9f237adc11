"""Rules on records kept beside releases: evidence gone or altered, days out of order, keys that end or are revoked."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from qmstool.findings import Fault, Location, Severity
from qmstool.i18n import Text
from qmstool.manual.circulation import REVOKED
from qmstool.parsing.yaml.records import is_date
from qmstool.releases import signers
from qmstool.releases.record import ALLOWED_SIGNERS, exact_sha256
from qmstool.releases.signers import bare_key
from qmstool.rules.base.rule import Facts, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.parsing.yaml.records import Entry
    from qmstool.releases.signers import AllowedSigner

# Pairs of keys whose days follow one another.
ASKED = (("sent", "due"), ("sent", "answered"))
HELD = (("from", "to"),)
# No day on which it takes effect: a text may do so before it is issued.
LIVED = (("issued", "expired"), ("effective", "expired"), ("issued", "checked_on"))
HANDED = (
    *(("handed_out", then) for then in ("received", "recalled", "lost", "destroyed")),
    ("recalled", "destroyed"),
)
ALTERED = {
    "why_vi": "không còn như khi ghi nhận; hãy tìm lại tệp cũ trong git, không thay mã kiểm tra",
    "why_en": "is not what was recorded; get the old file back from git, and leave the digest as it is",
}


def _records(facts: Facts) -> Iterator[tuple[Entry, tuple[tuple[str, str], ...]]]:
    """Every record of what goes round, with the pairs of its days that follow one another."""
    for found in facts.manual.opinions.values():
        yield from ((each.entry, ASKED) for each in found.asked)
        yield from ((each.entry, ()) for each in found.signed)
    yield from ((each.entry, HANDED) for each in facts.manual.copies)
    yield from ((each.entry, ()) for each in facts.manual.revoked)


def kept_file_missing(facts: Facts) -> Iterator[Fault]:
    """Files of evidence that a record names and that are not there."""
    for record, _ in _records(facts):
        for proof in record.entries("evidence"):
            mark = proof.get("file")
            if mark is not None and mark.text not in facts.manual.paths:
                yield Fault(mark.location, {"file": mark.text})


def kept_file_differs(facts: Facts) -> Iterator[Fault]:
    """Files of evidence that do not give the digest beside them; where none was written, the digest to paste."""
    for record, _ in _records(facts):
        for proof in record.entries("evidence"):
            path, digest = proof.get("file"), proof.text("digest")
            if path is None or path.text not in facts.manual.paths or facts.read is None:
                continue
            true = exact_sha256(facts.read(path.text))
            if not digest:
                told = {
                    "why_vi": "chưa có mã kiểm tra; hãy chép dòng gợi ý vào",
                    "why_en": "has no digest yet; copy in the line suggested",
                }
                yield Fault(path.location, {"file": path.text, **told}, f"digest: {true}")
            elif digest != true:
                told = ALTERED
                yield Fault((proof.get("digest") or path).location, {"file": path.text, **told})


def _dated(facts: Facts) -> Iterator[tuple[Entry, tuple[tuple[str, str], ...]]]:
    """Everything whose days follow one another: records of what goes round, roles held, external documents."""
    yield from _records(facts)
    for person in facts.manual.config.people.values():
        yield from ((each.entry, HELD) for each in person.holds)
    yield from ((each.entry, LIVED) for each in facts.manual.externals.values())


def days_out_of_order(facts: Facts) -> Iterator[Fault]:
    """Data in which something ends before it began; a day that is before two others is told once."""
    for record, pairs in _dated(facts):
        told = set[str]()
        for first, then in pairs:
            one, two = record.get(first), record.get(then)
            if (
                one
                and two
                and is_date(one.text)
                and is_date(two.text)
                and two.text < one.text
                and then not in told
            ):
                told.add(then)
                values = {"first": first, "one": one.text, "then": then, "two": two.text}
                yield Fault(two.location, values, None, (one.location,))


def revoked_key_allowed(facts: Facts) -> Iterator[Fault]:
    """Keys that are revoked and still among the allowed signers."""
    revoked = {bare_key(each.key): each for each in facts.manual.revoked}
    for each in _signers(facts) if revoked else ():
        if found := revoked.get(each.key):
            mark = found.entry.get("key") or found.entry.mark
            yield Fault(
                Location(ALLOWED_SIGNERS, each.line),
                {"who": ", ".join(each.principals)},
                None,
                (mark.location,),
            )


def sealing_key_ending(facts: Facts) -> Iterator[Fault]:
    """The last key that may seal, where its time ends soon and no other follows it."""
    if facts.day is None:
        return
    soon = (facts.day + timedelta(days=facts.manual.config.review_soon_days)).isoformat()
    revoked = {bare_key(each.key) for each in facts.manual.revoked}
    keys = [each for each in _signers(facts) if each.key not in revoked]
    if keys and all(each.until and each.until <= soon for each in keys):
        last = max(keys, key=lambda each: each.until)
        yield Fault(
            Location(ALLOWED_SIGNERS, last.line),
            {"who": ", ".join(last.principals), "day": last.until},
        )


def _signers(facts: Facts) -> Iterator[AllowedSigner]:
    if facts.read is not None and ALLOWED_SIGNERS in facts.manual.paths:
        yield from signers.read_signers(facts.read(ALLOWED_SIGNERS))


E, W = Severity.ERROR, Severity.WARNING

# fmt: off
RULES = (
    Rule(
        "QMS412", "kept-file-missing", E,
        Text("Thiếu tệp bằng chứng", "A file of evidence that is not there"),
        Text(
            "Không có tệp bằng chứng «{file}». Hãy chép tệp vào đúng chỗ ấy, hoặc sửa đường dẫn.",
            "There is no file of evidence «{file}». Put it there, or fix the path.",
        ),
        kept_file_missing,
    ),
    Rule(
        "QMS413", "kept-file-differs", E,
        Text("Tệp bằng chứng chưa có mã kiểm tra hoặc đã bị thay đổi", "A file of evidence without its digest, or altered"),
        Text("Tệp bằng chứng «{file}» {why_vi}.", "The file of evidence «{file}» {why_en}."),
        kept_file_differs,
    ),
    Rule(
        "QMS414", "days-out-of-order", W,
        Text("Ngày ghi ngược thứ tự", "Days in an impossible order"),
        Text(
            "Ngày ghi ở {then} ({two}) lại trước ngày ghi ở {first} ({one}). Một trong hai "
            "ngày ghi nhầm; hãy xem lại giấy tờ "
            "rồi sửa.",
            "The day under {then} ({two}) is before the day under {first} ({one}). One of "
            "the two is wrong; look at the paper "
            "and fix it.",
        ),
        days_out_of_order,
    ),
    Rule(
        "QMS415", "revoked-key-allowed", E,
        Text("Khóa không còn tin cậy vẫn được phép niêm phong", "A revoked key that may still seal"),
        Text(
            (
                f"Khóa của {{who}} đã ghi trong {REVOKED} là không còn tin cậy, mà vẫn có trong "
                f"{ALLOWED_SIGNERS}. Hãy xóa dòng này."
            ),
            (
                f"The key of {{who}} is revoked in {REVOKED}, and still in {ALLOWED_SIGNERS}. Take this "
                "line out."
            ),
        ),
        revoked_key_allowed,
    ),
    Rule(
        "QMS416", "sealing-key-ending", W,
        Text("Khóa niêm phong sắp hết hạn mà chưa có khóa thay", "A sealing key that ends, with none to follow"),
        Text(
            "Khóa niêm phong cuối cùng, của {who}, hết hạn ngày {day}. Thêm khóa mới trước "
            "lần ban hành tới: đợt ấy còn niêm phong "
            "bằng khóa cũ, các đợt sau bằng khóa mới.",
            "The last key that may seal, of {who}, ends on {day}. Add a new key before the "
            "next release: that one is still sealed "
            "by the old key, those after it by the new.",
        ),
        sealing_key_ending, ("day",),
    ),
)
