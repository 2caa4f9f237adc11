"""Check approvals: the evidence, what was signed, and that no decision is recorded twice.

What goes in: releases and the evidence collected for them. What comes out: discrepancies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.candidates.evidence import (
    CANDIDATE,
    KINDS,
    SIGNED_FILE,
    approval_evidence,
    level,
)
from qmstool.frozen import replace
from qmstool.i18n import Text
from qmstool.manual.candidates import CANDIDATES_FOLDER
from qmstool.manual.model import UNKNOWN
from qmstool.register.effect import valid_releases
from qmstool.register.recorded_texts import is_as_recorded
from qmstool.verify.discrepancies import Discrepancy
from qmstool.verify.evidence_kinds import lies_elsewhere, misspelt_kind, unlike_its_kind
from qmstool.verify.kept_files import check_kept_file
from qmstool.verify.links import MissingLink
from qmstool.verify.records.papers import is_same_paper, paper_of
from qmstool.verify.signed_files import has_no_signature, is_unasked, lacking_signature

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qmstool.findings import Location
    from qmstool.manual.candidates import Candidate
    from qmstool.manual.evidence import Evidence
    from qmstool.manual.releases import Release, ReleaseItem
    from qmstool.manual.wordlists import WordLists
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.signatures.values import SignedPdf
    from qmstool.verify.evidence import CollectedEvidence
    from qmstool.verify.records.papers import SignedPaper

SIGNED = frozenset({CANDIDATE, SIGNED_FILE})
SHOWN = frozenset(KINDS) - SIGNED
SAME_DECISION = Text(
    "Đợt {number} và đợt {other} ghi nhận cùng một văn bản. Ghi thừa thì ghi nhận lại với --mends.",
    "Releases {number} and {other} record the same paper. If one is too many, record again with "
    "--mends.",
)
LEFT_OUT = Text(
    "tệp bằng chứng «{file}» chỉ có ở thư mục này, chưa được lưu vào git (xem .gitignore), nên bản "
    "sao khác không có; hãy chạy «git add -f {file}» rồi lưu",
    "the file of evidence «{file}» is in this folder alone and was not committed (see .gitignore), "
    "so no other copy has it; run «git add -f {file}», and commit",
)


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
            elif proof.file and (
                proof.kind == CANDIDATE or proof.file.startswith(CANDIDATES_FOLDER)
            ):
                yield from _check_as_signed(release, candidates.get(proof.file), collected)


def _check_as_signed(
    release: Release, candidate: Candidate | None, collected: CollectedEvidence
) -> Iterator[Discrepancy]:
    """The items of a release are those of the candidate that lay before the signer.

    Of files that do not give the digest, that is told.
    """
    items = candidate.items if candidate else ()
    signed = {item.code: item for item in items}
    for item in release.items:
        before = signed.pop(item.code, None)
        differing = _differing_word(item, before)
        if before and not differing and is_as_recorded(item, collected.blobs):
            differing = _differing_file(item, before)
        if differing:
            message = Text(
                "{code}: khác với hồ sơ đã trình ký.", "{code}: not what the signed candidate says."
            ).fill({"code": item.code})
            yield Discrepancy("not-as-signed", differing.location, message)
    for code in signed:
        message = Text(
            "{code}: có trong hồ sơ trình ký, thiếu trong bản ghi.",
            "{code}: in the signed candidate, missing from the record.",
        ).fill({"code": code})
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
        # Registers and change tables show these, and the paper before the signer does.
        (recorded.title, signed.title, marks.code),
        (_written(recorded.summary), _written(signed.summary), marks.code),
        (_written(recorded.reason), _written(signed.reason), marks.code),
    )
    return next((mark for one, other, mark in pairs if one != other), None)


def _written(words: str) -> str:
    """Words that a candidate may leave unknown, which its record then leaves out."""
    return "" if words == UNKNOWN else words


def _differing_file(recorded: ReleaseItem, signed: ReleaseItem) -> LocatedText | None:
    """The first file that is not as signed: a digest leaves out every name, and some of a text."""
    known = {(pin.path, pin.blob) for pin in signed.files}
    for pin in recorded.files:
        if (pin.path, pin.blob) not in known:
            return pin.blob_mark
    return recorded.marks.code if len(recorded.files) != len(signed.files) else None


def evidence_links(
    releases: Sequence[Release],
    collected: CollectedEvidence,
    names: Mapping[int, Mapping[str, str]],
) -> tuple[MissingLink, ...]:
    """Return which evidence for an approval is not what it says, by release.

    A record that a later one puts right needs none. `names`: of persons, by key, as
    each release is judged by them.
    """
    links = []
    for release in valid_releases(releases):
        for proof in approval_evidence(release):
            why = _is_none(proof, collected) or _is_left_out(proof, release, collected)
            if why:
                links.append(MissingLink(release.number, "evidence", why))
                continue
            why = lacking_signature(proof, release, collected, names[release.number])
            if why:
                unasked = is_unasked(proof, collected)
                links.append(MissingLink(release.number, "evidence", why, unasked=unasked))
    return tuple(links)


def _is_none(proof: Evidence, collected: CollectedEvidence) -> Text | None:
    """Why a piece of evidence is none by its name, its place or its bytes; None where it is one."""
    why = misspelt_kind(proof) or lies_elsewhere(proof)
    return why or unlike_its_kind(proof, collected.files.get(proof.file))


def _is_left_out(proof: Evidence, release: Release, collected: CollectedEvidence) -> Text | None:
    """Why a file of evidence is in this folder alone, though its record was committed."""
    left_out = collected.never_committed
    if proof.file in left_out and release.source.path not in left_out:
        return LEFT_OUT.fill({"file": proof.file})
    return None


def approval_level(release: Release, collected: CollectedEvidence) -> Text:
    """Return what the best evidence for a release is worth, of that which is what it says."""
    proofs = tuple(
        proof
        for proof in release.evidence
        if not _is_none(proof, collected) and not has_no_signature(proof, collected)
    )
    return level(replace(release, evidence=proofs))


def check_repeated(
    releases: Sequence[Release],
    lists: Mapping[str, WordLists],
    signatures: Mapping[str, SignedPdf],
) -> Iterator[Discrepancy]:
    """Yield each record of a decision, signed file or candidate that another one rests on.

    A file that somebody else signed too, or that proofs were stored in, is another one by its
    bytes, and bears the same signature. A scan may show several decisions, but is no file that was
    signed as another one. A record that a later one puts right is out of the comparison. At most
    one for a record.
    `lists`: the manual's own words, by language; `signatures`: what was found inside PDF files.
    """
    papers: list[tuple[int, SignedPaper]] = []
    first: dict[str, int] = {}
    scanned: dict[str, int] = {}
    for release in valid_releases(releases):
        others = {}
        for digest in _files(release, SIGNED, signatures):
            others[digest] = scanned.get(digest) or first.setdefault(digest, release.number)
        for digest in _files(release, SHOWN, signatures):
            others[digest] = first.get(digest, release.number)
            scanned.setdefault(digest, release.number)
        paper, same = paper_of(release.instrument), None
        if paper:
            same = next((n for n, one in papers if is_same_paper(one, paper, lists)), None)
            papers.append((release.number, paper))
        if same is not None:
            yield _repeated(release, same, release.marks.number.location)
            continue
        for digest, place in _files(release, SIGNED | SHOWN, signatures).items():
            if others[digest] != release.number:
                yield _repeated(release, others[digest], place)
                break


def _repeated(release: Release, other: int, place: Location) -> Discrepancy:
    values = {"number": str(release.number), "other": str(other)}
    return Discrepancy("recorded-twice", place, SAME_DECISION.fill(values))


def _files(
    release: Release, kinds: frozenset[str], signatures: Mapping[str, SignedPdf]
) -> dict[str, Location]:
    """The digests of files of some kinds, and of what is signed in them, with their places."""
    found: dict[str, Location] = {}
    for proof in release.evidence:
        if proof.kind not in kinds or not proof.digest:
            continue
        held = signatures.get(proof.file)
        signed = [one.over for one in held.signatures if one.over] if held else []
        found |= dict.fromkeys((proof.digest, *signed), proof.digest_mark.location)
    return found
