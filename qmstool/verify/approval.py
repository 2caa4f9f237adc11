"""Check approvals: the evidence, the candidate that was signed, the signer's right to approve.

What goes in: releases and the evidence collected for them. What comes out: discrepancies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.manual.candidates import CANDIDATES_FOLDER
from qmstool.manual.loading import manifest
from qmstool.manual.loading.front_matter import parse_front_matter
from qmstool.manual.model import UNKNOWN
from qmstool.manual.values import Unknown
from qmstool.parsing.source import SourceFile
from qmstool.parsing.yaml.nodes import text_of
from qmstool.verify.discrepancies import Discrepancy
from qmstool.verify.kept_files import check_kept_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qmstool.manual.candidates import Candidate
    from qmstool.manual.config import Config, Holding, Person
    from qmstool.manual.releases import Release, ReleaseItem, Signer
    from qmstool.manual.values import Day
    from qmstool.parsing.yaml.nodes import LocatedText
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
        for proof in release.evidence:
            against = check_kept_file(proof, collected, "evidence")
            if against:
                yield against
            elif proof.file.startswith(CANDIDATES_FOLDER):
                yield from _check_as_signed(release, candidates.get(proof.file))


def _check_as_signed(release: Release, candidate: Candidate | None) -> Iterator[Discrepancy]:
    """The items of a release are those of the candidate that lay before the signer."""
    items = candidate.items if candidate else ()
    signed = {item.code: item for item in items}
    for item in release.items:
        differing = _differing_word(item, signed.pop(item.code, None))
        if differing:
            message = Text(
                f"{item.code}: khác với hồ sơ đã trình ký.",
                f"{item.code}: not what the signed candidate says.",
            )
            yield Discrepancy("not-as-signed", differing.location, message)
    for code in signed:
        message = Text(
            f"{code}: có trong hồ sơ trình ký, thiếu trong bản ghi.",
            f"{code}: in the signed candidate, missing from the record.",
        )
        yield Discrepancy("not-as-signed", release.marks.items.location, message)


def _differing_word(recorded: ReleaseItem, signed: ReleaseItem | None) -> LocatedText | None:
    """The first word that is not as signed, the code where the document was not signed at all."""
    marks = recorded.marks
    if signed is None:
        return marks.code
    pairs = (
        (recorded.act, signed.act, marks.act),
        (recorded.issue, signed.issue, marks.issue),
        (recorded.revision, signed.revision, marks.revision),
        (recorded.digest, signed.digest, marks.digest),
    )
    return next((mark for one, other, mark in pairs if one != other), None)


# --- the signer


def check_signers(
    releases: Sequence[Release], collected: CollectedEvidence
) -> Iterator[Discrepancy]:
    """Yield where a signer's role may not approve, or was not held on the day of signing.

    By the `qms.yml` of the release's own time.
    """
    for release in releases:
        signer, settings = release.signer, config_of(release, collected)
        if signer is None or settings is None or signer.role == UNKNOWN:
            continue
        if signer.role in settings.roles:
            yield from _check_signer(release, signer, settings, collected)
        else:
            message = Text(
                f"Không có vai trò «{signer.role}» trong qms.yml của đợt này.",
                f"The qms.yml of this release has no role «{signer.role}».",
            )
            yield Discrepancy("signer-role-unknown", signer.role_mark.location, message)


def _check_signer(
    release: Release, signer: Signer, settings: Config, collected: CollectedEvidence
) -> Iterator[Discrepancy]:
    role = signer.role
    allowed = {mark.text for mark in settings.roles[role].approves}
    for item in release.items:
        kind = type_of(item, collected)
        if kind and kind not in allowed:
            message = Text(
                f"{item.code}: «{role}» không được phê duyệt loại «{kind}».",
                f"{item.code}: «{role}» may not approve the type «{kind}».",
            )
            yield Discrepancy("signer-may-not-approve", signer.role_mark.location, message)
    person = settings.people.get(signer.person)
    if person and not _held(person, role, _signing_day(release)):
        message = Text(
            f"«{person.name}» không giữ vai trò «{role}» vào ngày ký.",
            f"«{person.name}» did not hold the role «{role}» on the day of signing.",
        )
        yield Discrepancy("signer-not-holder", signer.person_mark.location, message)


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
    front_matter = parse_front_matter(SourceFile("", data or b"").text)
    return text_of(front_matter.type) if front_matter else ""


def _signing_day(release: Release) -> Day:
    signed = release.instrument.date if release.instrument else Unknown.UNKNOWN
    return release.recorded if signed is Unknown.UNKNOWN else signed


def _held(person: Person, role: str, day: Day) -> bool:
    """Whether a person held a role on a day; what is not known is not held against anybody."""
    return any(_covers(held, day) for held in person.holds if held.role.text == role)


def _covers(held: Holding, day: Day) -> bool:
    if day is Unknown.UNKNOWN or (held.since is not None and held.since.known is None):
        return True
    return held.covers(day)
