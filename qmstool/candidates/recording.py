"""A candidate + the signed instrument → the text of a release («ghi nhận quyết định»).

What was signed is recorded, not the tip.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.candidates.evidence import CANDIDATE, OPINIONS
from qmstool.frozen import dataclass
from qmstool.i18n import QmsError, Text
from qmstool.manual.circulation import HOME as OPINIONS_HOME
from qmstool.manual.model import UNKNOWN
from qmstool.parsing.yaml.records import is_date
from qmstool.register.preempted import Cancelled, find_cancelled
from qmstool.register.status import items_by_key, valid_releases
from qmstool.releases import record as release

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qmstool.candidates.candidate import Candidate
    from qmstool.manual.model import Release
    from qmstool.parsing.yaml.records import Entry
    from qmstool.releases.canonical_yaml import Value
    from qmstool.storage.tree import Tree


@dataclass(frozen=True, slots=True)
class Instrument:
    """What the signed paper says. `kind`: decision, cover or notice; a cover has no number."""

    kind: str
    number: str
    date: str
    person: str
    role: str
    capacity: str
    effective: str


@dataclass(frozen=True, slots=True)
class Proof:
    """One piece of evidence: a file kept byte for byte in `releases/evidence/`, or a reference to where the original is."""

    kind: str
    file: str = ""
    digest: str = ""
    reference: str = ""
    original: str = ""
    publish: bool = False


@dataclass(frozen=True, slots=True)
class SignedInstrument:
    """The instrument and what proves it."""

    instrument: Instrument
    proofs: tuple[Proof, ...] = ()


@dataclass(frozen=True, slots=True)
class Recording:
    """Who records, on which day, with which tool.

    `mends`: numbers of wrong records that this one puts right; `cancels`: of scheduled releases
    that it knowingly keeps from taking effect.
    """

    recorder: str
    day: str
    tool: str
    mends: tuple[int, ...] = ()
    cancels: tuple[int, ...] = ()


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
    number = max((each.number for each in recorded), default=0) + 1
    last = releases.get(release.release_path(number - 1))
    own = Proof(CANDIDATE, candidate.source.path, release.exact_sha256(candidate_bytes))
    return release.release_path(number), release.release_text(
        {
            "release": str(number),
            "title": candidate.title,
            **_signed(signed.instrument),
            "evidence": [_evidence(proof) for proof in (*signed.proofs, own)],
            **_recorded(recording),
            "catalogues": [mark.text for mark in candidate.entry.list("catalogues")],
            "previous": release.sha256(last) if last is not None else release.NONE,
            "basis": [_pin(each) for each in candidate.entry.entries("basis")],
            "items": [_item(each.entry) for each in candidate.items],
        }
    )


def _signed(instrument: Instrument) -> dict[str, Value]:
    return {
        "instrument": _said(kind=instrument.kind, number=instrument.number, date=instrument.date),
        "signer": _said(
            person=instrument.person, role=instrument.role, capacity=instrument.capacity
        ),
        "effective": instrument.effective,
    }


def _recorded(recording: Recording) -> dict[str, Value]:
    named = {"mends": recording.mends, "cancels": recording.cancels}
    numbers: dict[str, Value] = {
        name: [str(each) for each in numbers] for name, numbers in named.items() if numbers
    }
    return {
        "recorder": recording.recorder,
        "recorded": recording.day,
        "tool": recording.tool,
        **numbers,
    }


def opinions_proof(tree: Tree, key: str) -> tuple[Proof, ...]:
    """Return the record of opinions on a candidate as it lay before the signer; nothing where none is kept."""
    path = f"{OPINIONS_HOME}{key}.yml"
    data = tree.read_all([path]).get(path)
    return () if data is None else (Proof(OPINIONS, path, release.exact_sha256(data)),)


def cancels(
    candidate: Candidate, recorded: Sequence[Release], effective: str, day: str
) -> tuple[Cancelled, ...]:
    """Return the scheduled releases that would never take effect, were a candidate recorded on a day and in force from another."""
    return tuple(find_cancelled(valid_releases(recorded), candidate.keys, effective, day))


def _refuse(
    candidate: Candidate, recorded: Sequence[Release], instrument: Instrument, recording: Recording
) -> None:
    if not is_date(instrument.effective):
        raise QmsError(
            Text(
                "Cần ngày hiệu lực, viết dạng 2024-03-14, đúng như trong văn bản đã ký.",
                (
                    "The effective date is needed, written 2024-03-14, just as the signed paper "
                    "has it."
                ),
            )
        )
    if missing := set(recording.mends) - {each.number for each in recorded}:
        raise QmsError(
            Text(
                (
                    f"Chưa ghi nhận đợt {min(missing)}, nên không thay được. Hãy xem lại số sau "
                    "--mends."
                ),
                (
                    f"Release {min(missing)} is not recorded, so it cannot be put right. Look "
                    "again at the number after --mends."
                ),
            )
        )
    told = {
        each.release.number
        for each in cancels(candidate, recorded, instrument.effective, recording.day)
    }
    if strange := set(recording.cancels) - told:
        raise QmsError(
            Text(
                (
                    f"Hãy xem lại số sau --cancels: đợt {min(strange)} không phải đợt chưa có "
                    "hiệu lực bị lần ghi nhận này thay thế."
                ),
                (
                    f"Look again at the number after --cancels: release {min(strange)} is no "
                    "scheduled one that this replaces."
                ),
            )
        )
    _refuse_used_numbers(candidate, recorded)


def _refuse_used_numbers(candidate: Candidate, recorded: Sequence[Release]) -> None:
    """A number says which text it was: two texts of one document never bear the same."""
    lives = items_by_key(valid_releases(recorded))
    for each in candidate.items:
        number = (each.issue, each.revision)
        for earlier, item in lives.get(each.key, ()):
            counted = any(part.isdigit() for part in number)
            if (
                counted
                and (item.issue, item.revision) == number
                and item.digest != each.digest
                and each.act != "withdraw"
            ):
                name = f"{item.code} {item.issue}/{item.revision}"
                raise QmsError(
                    Text(
                        (
                            f"Số «{name}» đã cấp cho nội dung khác ở đợt {earlier.number}. Lập "
                            "lại hồ sơ trình ký với số mới."
                        ),
                        (
                            f"The number «{name}» was given to another text in release "
                            f"{earlier.number}. Prepare again with a new one."
                        ),
                    )
                )


def _evidence(proof: Proof) -> Value:
    kept = _said(
        kind=proof.kind,
        file=proof.file,
        reference=proof.reference,
        digest=proof.digest,
        original=proof.original,
    )
    return kept | {"publish": "true" if proof.publish else "false"}


def _said(**texts: str) -> dict[str, Value]:
    """What has words; an empty text is left out."""
    return {name: text for name, text in texts.items() if text}


def _pin(entry: Entry) -> Value:
    return {name: entry.text(name) for name in ("path", "blob", "digest") if name in entry}


def _item(entry: Entry) -> Value:
    made: dict[str, Value] = {
        name: entry.text(name)
        for name in ("code", "act", "title", "issue", "revision", "digest")
        if name in entry
    }
    if pins := entry.entries("files"):
        made["files"] = [_pin(each) for each in pins]
    return made | {
        name: entry.text(name)
        for name in ("summary", "reason")
        if entry.text(name, UNKNOWN) != UNKNOWN
    }
