"""Check approvals: the evidence, the candidate that was signed, the signer's right to approve.

What goes in: releases and the evidence collected for them. What comes out: discrepancies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.manual.candidates import CANDIDATES_FOLDER
from qmstool.manual.loading import manifest
from qmstool.manual.model import UNKNOWN
from qmstool.parsing.source import SourceFile
from qmstool.parsing.yaml import composer, nodes
from qmstool.releases.record import exact_sha256
from qmstool.verify.discrepancies import Discrepancy, place_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qmstool.manual.candidates import Candidate
    from qmstool.manual.config import Config, Holding, Person
    from qmstool.manual.releases import Release, ReleaseItem
    from qmstool.parsing.yaml.records import Record
    from qmstool.verify.evidence import CollectedEvidence


def check_evidence(
    releases: Sequence[Release],
    collected: CollectedEvidence,
    candidates: Mapping[str, Candidate],
) -> Iterator[Discrepancy]:
    """Yield where a file of evidence is gone or changed, or its candidate says something else.

    `candidates`: those of the manual, by path.
    """
    for release in releases:
        for proof in release.record.entries("evidence"):
            path = proof.text("file")
            if not path:
                continue
            data = collected.files.get(path)
            if data is None:
                message = Text(
                    f"Không thấy tệp bằng chứng «{path}».",
                    f"The file of evidence «{path}» is not there.",
                )
                yield Discrepancy("evidence-missing", place_of(proof, "file"), message)
            elif exact_sha256(data) != proof.text("digest"):
                message = Text(
                    f"Tệp bằng chứng «{path}» không còn như khi ghi nhận.",
                    f"The file of evidence «{path}» is not what was recorded.",
                )
                yield Discrepancy("evidence-differs", place_of(proof, "digest"), message)
            elif path.startswith(CANDIDATES_FOLDER):
                yield from _check_as_signed(release, candidates.get(path))


def _check_as_signed(release: Release, candidate: Candidate | None) -> Iterator[Discrepancy]:
    """The items of a release are those of the candidate that lay before the signer."""
    items = candidate.items if candidate else ()
    signed = {item.code: _signed_fields(item.record) for item in items}
    for item in release.items:
        differing = _differing_field(_signed_fields(item.record), signed.pop(item.code, None))
        if differing:
            message = Text(
                f"{item.code}: khác với hồ sơ đã trình ký.",
                f"{item.code}: not what the signed candidate says.",
            )
            yield Discrepancy("not-as-signed", place_of(item.record, differing), message)
    for code in signed:
        message = Text(
            f"{code}: có trong hồ sơ trình ký, thiếu trong bản ghi.",
            f"{code}: in the signed candidate, missing from the record.",
        )
        yield Discrepancy("not-as-signed", place_of(release.record, "items"), message)


def _signed_fields(entry: Record) -> dict[str, str]:
    return {name: entry.text(name) for name in ("act", "issue", "revision", "digest")}


def _differing_field(recorded: dict[str, str], signed: dict[str, str] | None) -> str:
    """The first field that is not as signed, `code` where the document was not signed at all."""
    if signed is None:
        return "code"
    return next((name for name, text in recorded.items() if signed[name] != text), "")


# --- the signer


def check_signers(
    releases: Sequence[Release], collected: CollectedEvidence
) -> Iterator[Discrepancy]:
    """Yield where a signer's role may not approve, or was not held on the day of signing.

    By the `qms.yml` of the release's own time.
    """
    for release in releases:
        signer, settings = release.record.record("signer"), config_of(release, collected)
        if signer is None or settings is None or signer.text("role", UNKNOWN) == UNKNOWN:
            continue
        if signer.text("role") in settings.roles:
            yield from _check_signer(release, signer, settings, collected)
        else:
            role = signer.text("role")
            message = Text(
                f"Không có vai trò «{role}» trong qms.yml của đợt này.",
                f"The qms.yml of this release has no role «{role}».",
            )
            yield Discrepancy("signer-role-unknown", place_of(signer, "role"), message)


def _check_signer(
    release: Release, signer: Record, settings: Config, collected: CollectedEvidence
) -> Iterator[Discrepancy]:
    role = signer.text("role")
    allowed = {mark.text for mark in settings.roles[role].approves}
    for item in release.items:
        kind = type_of(item, collected)
        if kind and kind not in allowed:
            message = Text(
                f"{item.code}: «{role}» không được phê duyệt loại «{kind}».",
                f"{item.code}: «{role}» may not approve the type «{kind}».",
            )
            yield Discrepancy("signer-may-not-approve", place_of(signer, "role"), message)
    person = settings.people.get(signer.text("person"))
    if person and not _held(person, role, _signing_day(release)):
        message = Text(
            f"«{person.name}» không giữ vai trò «{role}» vào ngày ký.",
            f"«{person.name}» did not hold the role «{role}» on the day of signing.",
        )
        yield Discrepancy("signer-not-holder", place_of(signer, "person"), message)


def config_of(release: Release, collected: CollectedEvidence) -> Config | None:
    """Return the `qms.yml` of a release's own time; None where its text is lost."""
    blob = next((pin.blob for pin in release.basis if pin.path == "qms.yml"), "")
    data = collected.blobs.get(blob)
    if data is None:
        return None
    settings, _ = manifest.read_manifest(SourceFile("qms.yml", data))
    return settings


def type_of(item: ReleaseItem, collected: CollectedEvidence) -> str:
    """Return the type that a released text gives itself; "" where there is none to read."""
    data = collected.blobs.get(item.files[0].blob) if item.files else None
    source = SourceFile("", data or b"")
    front = composer.find_front_matter(source.text)
    if front is None:
        return ""
    start, end, _ = front
    node, _ = composer.compose(source, start, end)
    if not isinstance(node, nodes.Mapping):
        return ""
    values = {key.text: value for key, value in zip(node.keys, node.values, strict=True)}
    kind = values.get("type")
    return kind.mark.text if isinstance(kind, nodes.Scalar) else ""


def _signing_day(release: Release) -> str:
    instrument = release.record.record("instrument")
    signed = instrument.text("date", UNKNOWN) if instrument else UNKNOWN
    return signed if signed != UNKNOWN else release.recorded


def _held(person: Person, role: str, day: str) -> bool:
    """Whether a person held a role on a day; what is not known is not held against anybody."""
    return any(_covers(held, day) for held in person.holds if held.role.text == role)


def _covers(held: Holding, day: str) -> bool:
    if UNKNOWN in {held.since, day}:
        return True
    return held.since <= day and (held.until in {"", UNKNOWN} or day <= held.until)
