"""Check approvals: the evidence, what was signed, and that no decision is recorded twice.

What goes in: releases and the evidence collected for them. What comes out: discrepancies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.candidates.evidence import CANDIDATE, SIGNED_FILE, approval_evidence, level
from qmstool.frozen import replace
from qmstool.i18n import Text
from qmstool.manual.candidates import CANDIDATES_FOLDER
from qmstool.register.effect import valid_releases
from qmstool.verify.discrepancies import Discrepancy
from qmstool.verify.evidence_kinds import lies_elsewhere, misspelt_kind, unlike_its_kind
from qmstool.verify.kept_files import check_kept_file
from qmstool.verify.links import MissingLink
from qmstool.verify.records.papers import is_same_paper, paper_of
from qmstool.verify.signed_files import has_no_signature, lacking_signature

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qmstool.findings import Location
    from qmstool.manual.candidates import Candidate
    from qmstool.manual.evidence import Evidence
    from qmstool.manual.releases import Release, ReleaseItem
    from qmstool.manual.wordlists import WordLists
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.verify.evidence import CollectedEvidence
    from qmstool.verify.records.papers import SignedPaper

SAME_DECISION = Text(
    "Đợt {number} và đợt {other} ghi nhận cùng một văn bản. Ghi thừa thì ghi nhận lại với --mends.",
    "Releases {number} and {other} record the same paper. If one is too many, record again with "
    "--mends.",
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
                yield from _check_as_signed(release, candidates.get(proof.file))


def _check_as_signed(release: Release, candidate: Candidate | None) -> Iterator[Discrepancy]:
    """The items of a release are those of the candidate that lay before the signer."""
    items = candidate.items if candidate else ()
    signed = {item.code: item for item in items}
    for item in release.items:
        differing = _differing_word(item, signed.pop(item.code, None))
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
    )
    return next((mark for one, other, mark in pairs if one != other), None)


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
            why = _is_none(proof, collected)
            why = why or lacking_signature(proof, release, collected, names[release.number])
            if why:
                links.append(MissingLink(release.number, "evidence", why))
    return tuple(links)


def _is_none(proof: Evidence, collected: CollectedEvidence) -> Text | None:
    """Why a piece of evidence is none by its name, its place or its bytes; None where it is one."""
    why = misspelt_kind(proof) or lies_elsewhere(proof)
    return why or unlike_its_kind(proof, collected.files.get(proof.file))


def approval_level(release: Release, collected: CollectedEvidence) -> Text:
    """Return what the best evidence for a release is worth, of that which is what it says."""
    proofs = tuple(
        proof
        for proof in release.evidence
        if not _is_none(proof, collected) and not has_no_signature(proof, collected)
    )
    return level(replace(release, evidence=proofs))


def check_repeated(
    releases: Sequence[Release], lists: Mapping[str, WordLists]
) -> Iterator[Discrepancy]:
    """Yield each record of a decision, signed file or candidate that another one rests on.

    A record that a later one puts right is out of the comparison. At most one for a record.
    `lists`: the manual's own words, by language.
    """
    papers: list[tuple[int, SignedPaper]] = []
    first: dict[str, int] = {}
    for release in valid_releases(releases):
        others = {digest: first.setdefault(digest, release.number) for digest in _files(release)}
        paper, same = paper_of(release.instrument), None
        if paper:
            same = next((n for n, one in papers if is_same_paper(one, paper, lists)), None)
            papers.append((release.number, paper))
        if same is not None:
            yield _repeated(release, same, release.marks.number.location)
            continue
        for digest, place in _files(release).items():
            if others[digest] != release.number:
                yield _repeated(release, others[digest], place)
                break


def _repeated(release: Release, other: int, place: Location) -> Discrepancy:
    values = {"number": str(release.number), "other": str(other)}
    return Discrepancy("recorded-twice", place, SAME_DECISION.fill(values))


def _files(release: Release) -> dict[str, Location]:
    """The digests of what was signed, each with its place."""
    return {
        proof.digest: proof.digest_mark.location
        for proof in release.evidence
        if proof.kind in {CANDIDATE, SIGNED_FILE} and proof.digest
    }
