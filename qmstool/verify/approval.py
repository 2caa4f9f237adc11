"""Releases + what proves them → doubts about approval: evidence, the candidate that was signed, the signer's right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.candidates.candidate import CANDIDATES_FOLDER as CANDIDATES
from qmstool.candidates.candidate import read_candidate as read_candidate
from qmstool.i18n import Text
from qmstool.manual import config
from qmstool.manual.model import UNKNOWN
from qmstool.parsing.source import Source
from qmstool.parsing.yaml import nodes
from qmstool.parsing.yaml.nodes import Mapping as MappingNode
from qmstool.parsing.yaml.nodes import Scalar
from qmstool.releases import record as release
from qmstool.verify.discrepancies import Discrepancy, place_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmstool.manual.config import Config, Person
    from qmstool.manual.model import Item, Release
    from qmstool.parsing.yaml.records import Entry
    from qmstool.verify.evidence import CollectedEvidence


def check_evidence(releases: Sequence[Release], vault: CollectedEvidence) -> Iterator[Discrepancy]:
    """Every file of evidence is there, byte for byte, and the candidate it names holds what the release says."""
    for each in releases:
        for proof in each.entry.entries("evidence"):
            path = proof.text("file")
            if not path:
                continue
            data = vault.files.get(path)
            if data is None:
                message = Text(
                    f"Không thấy tệp bằng chứng «{path}».",
                    f"The file of evidence «{path}» is not there.",
                )
                yield Discrepancy("evidence-missing", place_of(proof, "file"), message)
            elif release.exact_sha256(data) != proof.text("digest"):
                message = Text(
                    f"Tệp bằng chứng «{path}» không còn như khi ghi nhận.",
                    f"The file of evidence «{path}» is not what was recorded.",
                )
                yield Discrepancy("evidence-differs", place_of(proof, "digest"), message)
            elif path.startswith(CANDIDATES):
                yield from _as_signed(each, Source(path, data))


def _as_signed(each: Release, source: Source) -> Iterator[Discrepancy]:
    """The items of a release are those of the candidate that lay before the signer."""
    candidate, _ = read_candidate(source)
    signed = {item.code: _gist(item.entry) for item in candidate.items}
    for item in each.items:
        said = signed.pop(item.code, None)
        other = next(
            (
                name
                for name, word in _gist(item.entry).items()
                if said is None or said[name] != word
            ),
            None,
        )
        if other:
            message = Text(
                f"{item.code}: khác với hồ sơ đã trình ký.",
                f"{item.code}: not what the signed candidate says.",
            )
            yield Discrepancy(
                "not-as-signed", place_of(item.entry, "code" if said is None else other), message
            )
    for code in signed:
        message = Text(
            f"{code}: có trong hồ sơ trình ký, thiếu trong bản ghi.",
            f"{code}: in the signed candidate, missing from the record.",
        )
        yield Discrepancy("not-as-signed", place_of(each.entry, "items"), message)


def _gist(entry: Entry) -> dict[str, str]:
    return {name: entry.text(name) for name in ("act", "issue", "revision", "digest")}


# --- the signer
# ----------------------------------------------------------------------------------------------------------


def check_signers(releases: Sequence[Release], vault: CollectedEvidence) -> Iterator[Discrepancy]:
    """The signer's role may approve each type, and the person held it on that day, by the `qms.yml` of that release."""
    for each in releases:
        signer, settings = each.entry.entry("signer"), config_of(each, vault)
        role = signer.text("role", UNKNOWN) if signer else UNKNOWN
        if signer is None or settings is None or role == UNKNOWN:
            continue
        if role not in settings.roles:
            message = Text(
                f"Không có vai trò «{role}» trong qms.yml của đợt này.",
                f"The qms.yml of this release has no role «{role}».",
            )
            yield Discrepancy("signer-role-unknown", place_of(signer, "role"), message)
            continue
        allowed = {mark.text for mark in settings.roles[role].approves}
        for item in each.items:
            kind = type_of(item, vault)
            if kind and kind not in allowed:
                message = Text(
                    f"{item.code}: «{role}» không được phê duyệt loại «{kind}».",
                    f"{item.code}: «{role}» may not approve the type «{kind}».",
                )
                yield Discrepancy("signer-may-not-approve", place_of(signer, "role"), message)
        person = settings.people.get(signer.text("person"))
        if person and not _held(person, role, _signing_day(each)):
            message = Text(
                f"«{person.name}» không giữ vai trò «{role}» vào ngày ký.",
                f"«{person.name}» did not hold the role «{role}» on the day of signing.",
            )
            yield Discrepancy("signer-not-holder", place_of(signer, "person"), message)


def config_of(each: Release, vault: CollectedEvidence) -> Config | None:
    """Return the `qms.yml` of a release's own time; None where its text is lost."""
    blob = next((pin.blob for pin in each.basis if pin.path == "qms.yml"), "")
    return config.read(Source("qms.yml", vault.blobs[blob]))[0] if blob in vault.blobs else None


def type_of(item: Item, vault: CollectedEvidence) -> str:
    """Return the type that a released text's own front matter gives; "" where there is none to read."""
    data = vault.blobs.get(item.files[0].blob) if item.files else None
    source = Source("", data or b"")
    front = nodes.front_matter(source.text)
    node = nodes.compose(source, front[0], front[1])[0] if front else None
    if not isinstance(node, MappingNode):
        return ""
    values = dict(zip((key.text for key in node.keys), node.values, strict=True))
    kind = values.get("type")
    return kind.mark.text if isinstance(kind, Scalar) else ""


def _signing_day(each: Release) -> str:
    instrument = each.entry.entry("instrument")
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
