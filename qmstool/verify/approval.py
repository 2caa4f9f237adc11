"""Releases + what proves them → doubts about approval: evidence, the candidate that was signed, the signer's right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.candidates.candidate import HOME as CANDIDATES
from qmstool.candidates.candidate import read as read_candidate
from qmstool.i18n import Text
from qmstool.manual.loading import manifest
from qmstool.manual.model import UNKNOWN
from qmstool.parsing.source import SourceFile
from qmstool.parsing.yaml import composer
from qmstool.parsing.yaml.nodes import Mapping as MappingNode
from qmstool.parsing.yaml.nodes import Scalar
from qmstool.releases import record as release
from qmstool.verify.discrepancies import Doubt, at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmstool.manual.config import Config, Person
    from qmstool.manual.releases import Release, ReleaseItem
    from qmstool.parsing.yaml.records import Record
    from qmstool.verify.evidence import Vault


def evidence(releases: Sequence[Release], vault: Vault) -> Iterator[Doubt]:
    """Every file of evidence is there, byte for byte, and the candidate it names holds what the release says."""
    for each in releases:
        for proof in each.record.entries("evidence"):
            path = proof.text("file")
            if not path:
                continue
            data = vault.files.get(path)
            if data is None:
                message = Text(
                    f"Không thấy tệp bằng chứng «{path}».",
                    f"The file of evidence «{path}» is not there.",
                )
                yield Doubt("evidence-missing", at(proof, "file"), message)
            elif release.exact_sha256(data) != proof.text("digest"):
                message = Text(
                    f"Tệp bằng chứng «{path}» không còn như khi ghi nhận.",
                    f"The file of evidence «{path}» is not what was recorded.",
                )
                yield Doubt("evidence-differs", at(proof, "digest"), message)
            elif path.startswith(CANDIDATES):
                yield from _as_signed(each, SourceFile(path, data))


def _as_signed(each: Release, source: SourceFile) -> Iterator[Doubt]:
    """The items of a release are those of the candidate that lay before the signer."""
    candidate, _ = read_candidate(source)
    signed = {item.code: _gist(item.record) for item in candidate.items}
    for item in each.items:
        said = signed.pop(item.code, None)
        other = next(
            (
                name
                for name, word in _gist(item.record).items()
                if said is None or said[name] != word
            ),
            None,
        )
        if other:
            message = Text(
                f"{item.code}: khác với hồ sơ đã trình ký.",
                f"{item.code}: not what the signed candidate says.",
            )
            yield Doubt(
                "not-as-signed", at(item.record, "code" if said is None else other), message
            )
    for code in signed:
        message = Text(
            f"{code}: có trong hồ sơ trình ký, thiếu trong bản ghi.",
            f"{code}: in the signed candidate, missing from the record.",
        )
        yield Doubt("not-as-signed", at(each.record, "items"), message)


def _gist(entry: Record) -> dict[str, str]:
    return {name: entry.text(name) for name in ("act", "issue", "revision", "digest")}


# --- the signer
# ----------------------------------------------------------------------------------------------------------


def signers(releases: Sequence[Release], vault: Vault) -> Iterator[Doubt]:
    """The signer's role may approve each type, and the person held it on that day, by the `qms.yml` of that release."""
    for each in releases:
        signer, settings = each.record.record("signer"), config_of(each, vault)
        role = signer.text("role", UNKNOWN) if signer else UNKNOWN
        if signer is None or settings is None or role == UNKNOWN:
            continue
        if role not in settings.roles:
            message = Text(
                f"Không có vai trò «{role}» trong qms.yml của đợt này.",
                f"The qms.yml of this release has no role «{role}».",
            )
            yield Doubt("signer-role-unknown", at(signer, "role"), message)
            continue
        allowed = {mark.text for mark in settings.roles[role].approves}
        for item in each.items:
            kind = type_of(item, vault)
            if kind and kind not in allowed:
                message = Text(
                    f"{item.code}: «{role}» không được phê duyệt loại «{kind}».",
                    f"{item.code}: «{role}» may not approve the type «{kind}».",
                )
                yield Doubt("signer-may-not-approve", at(signer, "role"), message)
        person = settings.people.get(signer.text("person"))
        if person and not _held(person, role, _signing_day(each)):
            message = Text(
                f"«{person.name}» không giữ vai trò «{role}» vào ngày ký.",
                f"«{person.name}» did not hold the role «{role}» on the day of signing.",
            )
            yield Doubt("signer-not-holder", at(signer, "person"), message)


def config_of(each: Release, vault: Vault) -> Config | None:
    """Return the `qms.yml` of a release's own time; None where its text is lost."""
    blob = next((pin.blob for pin in each.basis if pin.path == "qms.yml"), "")
    return (
        manifest.read_manifest(SourceFile("qms.yml", vault.blobs[blob]))[0]
        if blob in vault.blobs
        else None
    )


def type_of(item: ReleaseItem, vault: Vault) -> str:
    """Return the type that a released text's own front matter gives; "" where there is none to read."""
    data = vault.blobs.get(item.files[0].blob) if item.files else None
    source = SourceFile("", data or b"")
    front = composer.find_front_matter(source.text)
    node = composer.compose(source, front[0], front[1])[0] if front else None
    if not isinstance(node, MappingNode):
        return ""
    values = dict(zip((key.text for key in node.keys), node.values, strict=True))
    kind = values.get("type")
    return kind.mark.text if isinstance(kind, Scalar) else ""


def _signing_day(each: Release) -> str:
    instrument = each.record.record("instrument")
    signed = instrument.text("date", UNKNOWN) if instrument else UNKNOWN
    return signed if signed != UNKNOWN else each.recorded


def _held(person: Person, role: str, day: str) -> bool:
    """Whether a person held a role on a day; what is not known is not held against anybody."""
    stretches = [held for held in person.holds if held.role.text == role]
    return any(
        UNKNOWN in {held.since, day}
        or (held.since <= day and (held.until in {"", UNKNOWN} or day <= held.until))
        for held in stretches
    )
