"""Record what was signed as a release («ghi nhận quyết định»).

What goes in: a candidate, the signed instrument with what proves it, and who records. What comes
out: path and text of the next release file. What was signed is recorded, not the tip of the draft.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.candidates.evidence import CANDIDATE, OPINIONS
from qmstool.candidates.unseen import UnseenError, unseen_versions
from qmstool.frozen import dataclass, replace
from qmstool.i18n import QmsError, Text
from qmstool.manual.circulation import OPINIONS_FOLDER as OPINIONS_HOME
from qmstool.manual.model import UNKNOWN
from qmstool.manual.values import known_day
from qmstool.register.effect import items_by_key, valid_releases
from qmstool.register.preempted import Cancelled, find_cancelled
from qmstool.releases.record import NONE, exact_sha256, release_path, release_text, sha256

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from qmstool.manual.candidates import Candidate
    from qmstool.manual.releases import Approval, PinnedFile, Release, ReleaseItem
    from qmstool.manual.values import Day
    from qmstool.releases.canonical_yaml import Value
    from qmstool.storage.tree import Tree

NO_EFFECTIVE_DATE = Text(
    "Cần ngày hiệu lực, viết dạng 2024-03-14, đúng như trong văn bản đã ký.",
    "The effective date is needed, written 2024-03-14, just as the signed paper has it.",
)
NOT_RECORDED = Text(
    "Chưa ghi nhận đợt {number}, nên không thay được. Hãy xem lại số sau --mends.",
    (
        "Release {number} is not recorded, so it cannot be put right. Look again at the number "
        "after --mends."
    ),
)
NOT_CANCELLED = Text(
    (
        "Hãy xem lại số sau --cancels: đợt {number} không phải đợt chưa có hiệu lực bị lần ghi "
        "nhận này thay thế."
    ),
    (
        "Look again at the number after --cancels: release {number} is no scheduled one that this "
        "replaces."
    ),
)
RECORDED_OTHERWISE = Text(
    (
        "Hồ sơ này đã ghi nhận ở {path}, với văn bản, người ký hoặc ngày khác. Nếu bản ghi ấy sai, "
        "ghi lại với --mends {number}; nếu đúng thì không phải làm gì nữa."
    ),
    (
        "This candidate is recorded in {path}, with another instrument, signer or day. If that "
        "record is wrong, record again with --mends {number}; else nothing is left to do."
    ),
)
USED_NUMBER = Text(
    ("Số «{name}» đã cấp cho nội dung khác ở đợt {release}. Lập lại hồ sơ trình ký với số mới."),
    (
        "The number «{name}» was given to another text in release {release}. Prepare again with a "
        "new one."
    ),
)


@dataclass(frozen=True, slots=True)
class Instrument:
    """What the signed paper says. `kind`: decision, cover or notice; a cover has no number."""

    kind: str
    number: str
    date: Day
    person: str
    role: str
    capacity: str
    effective: Day


@dataclass(frozen=True, slots=True)
class Proof:
    """One piece of evidence for an approval.

    Either a file kept byte for byte in `releases/evidence/`, or a reference to the original.
    """

    kind: str
    file: str = ""
    digest: str = ""
    reference: str = ""
    original: str = ""
    publish: bool = False


@dataclass(frozen=True, slots=True)
class SignedInstrument:
    """The instrument, what proves it, and who approved before its signer, in their order."""

    instrument: Instrument
    proofs: tuple[Proof, ...] = ()
    approvals: tuple[Approval, ...] = ()


@dataclass(frozen=True, slots=True)
class Recording:
    """Who records, on which day, with which tool.

    `mends`: numbers of wrong records that this one puts right; `cancels`: of scheduled releases
    that it knowingly keeps from taking effect. `as_signed`: recorded although another version is in
    force than the signer saw; `without_evidence`: although nothing proves the approval yet.
    """

    recorder: str
    day: date
    tool: str
    mends: tuple[int, ...] = ()
    cancels: tuple[int, ...] = ()
    as_signed: bool = False
    without_evidence: bool = False


def earlier_record(
    candidate: Candidate,
    recorded: Sequence[Release],
    instrument: Instrument,
    recording: Recording,
) -> Release | None:
    """Return the release that records this very decision already; None where there is none.

    A run that was stopped after it wrote, or one that was started twice, makes no second record of
    one decision. Raises QmsError where the candidate was recorded otherwise, and that record is not
    among those to be put right.
    """
    path = candidate.source.path
    earlier = [each for each in recorded if path in {proof.file for proof in each.evidence}]
    if not earlier:
        return None
    last = max(earlier, key=lambda release: release.number)
    mended = tuple(mark.count for mark in last.mends)
    if mended == recording.mends and _says(last, instrument):
        return last
    if last.number in recording.mends:
        return None
    values = {"path": last.source.path, "number": str(last.number)}
    raise QmsError(RECORDED_OTHERWISE.fill(values))


def _says(release: Release, instrument: Instrument) -> bool:
    """Whether a record says of the signed paper what was just given."""
    paper, signer = release.instrument, release.signer
    if paper is None or signer is None:
        return False
    given = (
        instrument.kind,
        instrument.number,
        str(instrument.date),
        instrument.person,
        instrument.role,
        instrument.capacity,
        str(instrument.effective),
    )
    written = (
        paper.kind,
        paper.number,
        str(paper.date),
        signer.person,
        signer.role,
        signer.capacity,
        str(release.effective),
    )
    pairs = zip(given, written, strict=True)
    return all((one or UNKNOWN) == (other or UNKNOWN) for one, other in pairs)


def record_release(
    candidate: Candidate,
    candidate_bytes: bytes,
    releases: Mapping[str, bytes],
    recorded: Sequence[Release],
    signed: SignedInstrument,
    recording: Recording,
) -> tuple[str, str]:
    """Return path and text of the next release file.

    `releases`: path → bytes of every release file; `recorded`: the same, read. Raises QmsError
    where the day of effect is no date, where a number was already given to another text, or where a
    mended record does not exist.
    """
    _refuse(candidate, recorded, signed.instrument, recording)
    number = max((release.number for release in recorded), default=0) + 1
    last = releases.get(release_path(number - 1))
    own = Proof(CANDIDATE, candidate.source.path, exact_sha256(candidate_bytes))
    unseen = unseen_versions(candidate, recorded, signed.instrument.effective, recording.mends)
    recording = replace(recording, as_signed=bool(unseen))
    written: dict[str, Value] = {
        "release": str(number),
        "title": candidate.title,
        **_signed(signed),
        "evidence": [_evidence(proof) for proof in (*signed.proofs, own)],
        **_recorded(recording),
        "catalogues": list(candidate.catalogues),
        "previous": sha256(last) if last is not None else NONE,
        "basis": list(map(_pin, candidate.basis)),
        "items": list(map(_item, candidate.items)),
    }
    return release_path(number), release_text(written, _shape(candidate, signed, recording))


def _shape(candidate: Candidate, signed: SignedInstrument, recording: Recording) -> str:
    """The first shape of a record that has the keys needed."""
    compared = any(item.follows is not None for item in candidate.items)
    knowing = recording.as_signed or recording.without_evidence
    return "2" if compared or signed.approvals or knowing else "1"


def _signed(signed: SignedInstrument) -> dict[str, Value]:
    instrument = signed.instrument
    written: dict[str, Value] = {
        "instrument": _filled(
            kind=instrument.kind, number=instrument.number, date=str(instrument.date)
        ),
        "signer": _filled(
            person=instrument.person, role=instrument.role, capacity=instrument.capacity
        ),
    }
    if signed.approvals:
        written["approvals"] = list(map(_approval, signed.approvals))
    return written | {"effective": str(instrument.effective)}


def _approval(approval: Approval) -> dict[str, Value]:
    said = {"person": approval.person, "role": approval.role, "date": str(approval.date)}
    return {name: value for name, value in said.items() if value != UNKNOWN}


def _recorded(recording: Recording) -> dict[str, Value]:
    written: dict[str, Value] = {
        "recorder": recording.recorder,
        "recorded": recording.day.isoformat(),
        "tool": recording.tool,
    }
    if recording.mends:
        written["mends"] = list(map(str, recording.mends))
    if recording.cancels:
        written["cancels"] = list(map(str, recording.cancels))
    if recording.as_signed:
        written["as_signed"] = "true"
    if recording.without_evidence:
        written["without_evidence"] = "true"
    return written


def opinions_proof(tree: Tree, key: str) -> tuple[Proof, ...]:
    """Return the opinions on a candidate as they lay before the signer; () where none are kept."""
    path = f"{OPINIONS_HOME}{key}.yml"
    data = tree.read_all([path]).get(path)
    if data is None:
        return ()
    return (Proof(OPINIONS, path, exact_sha256(data)),)


def cancels(
    candidate: Candidate, recorded: Sequence[Release], effective: date, day: date
) -> tuple[Cancelled, ...]:
    """Return the scheduled releases that recording a candidate keeps from ever taking effect.

    `effective`: from which day the candidate would be in force; `day`: when it is recorded.
    """
    return tuple(find_cancelled(valid_releases(recorded), candidate.keys, effective, day))


def _refuse(
    candidate: Candidate, recorded: Sequence[Release], instrument: Instrument, recording: Recording
) -> None:
    effective = known_day(instrument.effective)
    if effective is None:
        raise QmsError(NO_EFFECTIVE_DATE)
    missing = set(recording.mends) - {release.number for release in recorded}
    if missing:
        raise QmsError(NOT_RECORDED.fill({"number": str(min(missing))}))
    cancelled = cancels(candidate, recorded, effective, recording.day)
    strange = set(recording.cancels) - {scheduled.release.number for scheduled in cancelled}
    if strange:
        raise QmsError(NOT_CANCELLED.fill({"number": str(min(strange))}))
    _refuse_used_numbers(candidate, recorded)
    unseen = unseen_versions(candidate, recorded, effective, recording.mends)
    if unseen and not recording.as_signed:
        raise UnseenError(unseen)


def _refuse_used_numbers(candidate: Candidate, recorded: Sequence[Release]) -> None:
    """A number says which text it was: two texts of one document never bear the same."""
    lives = items_by_key(valid_releases(recorded))
    for item in candidate.items:
        number = (item.issue, item.revision)
        if item.act == "withdraw" or not any(part.isdigit() for part in number):
            continue
        for release, earlier in lives.get(item.key, ()):
            same_number = (earlier.issue, earlier.revision) == number
            if same_number and earlier.digest != item.digest:
                name = f"{earlier.code} {earlier.issue}/{earlier.revision}"
                values = {"name": name, "release": str(release.number)}
                raise QmsError(USED_NUMBER.fill(values))


def _evidence(proof: Proof) -> Value:
    written = _filled(
        kind=proof.kind,
        file=proof.file,
        reference=proof.reference,
        digest=proof.digest,
        original=proof.original,
    )
    return written | {"publish": "true" if proof.publish else "false"}


def _filled(**texts: str) -> dict[str, Value]:
    """The fields that have words; an empty text is left out."""
    return {name: text for name, text in texts.items() if text}


def _pin(pin: PinnedFile) -> Value:
    return _filled(path=pin.path, blob=pin.blob, digest=pin.digest)


def _item(item: ReleaseItem) -> Value:
    """An item as its candidate has it, word for word; what is not said there is not said here."""
    texts = {
        "code": item.code,
        "act": item.act,
        "title": item.title,
        "issue": item.issue,
        "revision": item.revision,
        "digest": item.digest,
    }
    written: dict[str, Value] = {name: text for name, text in texts.items() if name in item.keys}
    if item.files:
        written["files"] = list(map(_pin, item.files))
    if item.follows is not None:
        written["follows"] = str(item.follows)
    words = {"summary": item.summary, "reason": item.reason}
    return written | {name: text for name, text in words.items() if text not in {"", UNKNOWN}}
