"""Collect once everything that proves releases.

What goes in: the files of a manual, its repository and its log. What comes out: the files under
`releases/`, the texts that they pin, and what the history says of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from qmstool.frozen import dataclass, field, replace
from qmstool.git import presence
from qmstool.git.absence import AbsenceError, make_absence
from qmstool.git.objects import read_blobs
from qmstool.manual.circulation import REVOKED_FILE
from qmstool.manual.releases import RELEASE_PATH
from qmstool.releases.record import RELEASES_FOLDER, blob_ids
from qmstool.releases.seal import normalize_line_ends
from qmstool.verify import tags
from qmstool.verify.records.committed import altered_records, differing_blobs
from qmstool.verify.records.lives import record_lives, recorded_blobs

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence
    from datetime import date

    from qmstool.git.absence import Absence
    from qmstool.git.history import History
    from qmstool.git.repository import Repository
    from qmstool.manual.releases import Release
    from qmstool.signatures.values import SignedPdf
    from qmstool.storage.tree import Tree
    from qmstool.verify.records.lives import RecordLife

HistoryExtent = Literal["whole", "shallow", "none"]


@dataclass(frozen=True, slots=True)
class CollectedEvidence:
    """What the verification of releases rests on.

    `files`: everything under `releases/`, by path; `blobs`: the texts that pins name, as far as the
    repository holds them; `absences`: why each of the others is not at hand; `loose_blobs`: blobs
    that are here, but not in the tip's history nor kept by a release tag, with the branch that
    leads to them, "" for none; `strayed_tags`: numbers of releases whose tag stands on a commit
    without their texts, with that commit; `rewritten_records`: release path → the commits that
    changed it after it was recorded; `first_bytes`: release path → its bytes as they were recorded,
    of those rewritten; `committed_records`: release path → its bytes in the last commit, of those
    that differ in this folder and are not committed; `vanished_records`: release files that once
    were recorded and are no longer there; `hidden_records`: release path → the merge whose other
    parent holds another record of that number, which the merge left behind; `first_seen`: release
    path → the day on which git first saw it; `revoked_before`: the bytes of every list of revoked
    keys that the tip ever held; `never_committed`: files that no commit ever held, records by
    their bytes, where the whole history is there; `extent`: how much history there is to ask;
    `signatures`: what was found inside PDF files, of those that somebody read.
    """

    files: Mapping[str, bytes]
    blobs: Mapping[str, bytes]
    absences: Mapping[str, Absence]
    extent: HistoryExtent
    loose_blobs: Mapping[str, str] = field(default_factory=dict)
    strayed_tags: Mapping[int, str] = field(default_factory=dict)
    rewritten_records: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    first_bytes: Mapping[str, bytes] = field(default_factory=dict)
    committed_records: Mapping[str, bytes] = field(default_factory=dict)
    vanished_records: tuple[str, ...] = ()
    hidden_records: Mapping[str, str] = field(default_factory=dict)
    first_seen: Mapping[str, date] = field(default_factory=dict)
    signatures: Mapping[str, SignedPdf] = field(default_factory=dict)
    revoked_before: tuple[bytes, ...] = ()
    never_committed: frozenset[str] = frozenset()


def collect_evidence(
    tree: Tree, releases: Sequence[Release], repository: Repository | None, history: History | None
) -> CollectedEvidence:
    """Return what proves some releases.

    Without a repository no text is found; without a history nobody says who rewrote what. Raises
    AbsenceError where this clone is without a text that another has: nothing could be concluded.
    """
    files = tree.read_all(path for path in tree.list() if path.startswith(RELEASES_FOLDER))
    # A record that is there and may not be read is no absent one.
    files |= {path: b"" for path in tree.refused() if RELEASE_PATH.fullmatch(path)}
    texts, basis = _pinned(releases)
    pins = texts | basis
    if repository is None:
        absences = dict.fromkeys(pins, make_absence("copied"))
        return CollectedEvidence(files, {}, absences, "none")
    blobs = read_blobs(repository.folder, pins)
    absences = _explain_absences(repository, pins, blobs)
    if not repository.head or history is None:
        return CollectedEvidence(files, blobs, absences, "shallow" if repository.head else "none")
    loose = tags.find_loose(repository, history, (blob for blob in texts if blob in blobs))
    strayed = tags.find_strayed_tags(repository, releases)
    evidence = CollectedEvidence(files, blobs, absences, "whole", loose, strayed)
    return _with_lives(evidence, repository, history)


def _with_lives(
    evidence: CollectedEvidence, repository: Repository, history: History
) -> CollectedEvidence:
    """Return evidence with what the whole history says of every record."""
    files = evidence.files
    lives = record_lives(history, files)
    rewritten: dict[str, tuple[str, ...]] = {}
    first: dict[str, str] = {}
    for path, life in lives.items():
        if path in files and len(life.recorded) > 1:
            rewritten[path] = tuple(change.commit.id for change in life.recorded[:-1])
            first[path] = life.recorded[-1].blob
    lists = recorded_blobs(history, RELEASES_FOLDER, REVOKED_FILE)
    last = blobs_that_differ(lives, files)
    held = read_blobs(repository.folder, (*first.values(), *lists, *last.values()))
    return replace(
        evidence,
        rewritten_records=rewritten,
        first_bytes={path: held[blob] for path, blob in first.items() if blob in held},
        committed_records=altered_records(last, files, held),
        vanished_records=tuple(
            path for path, life in lives.items() if life.was_recorded and path not in files
        ),
        hidden_records={path: life.hidden_by for path, life in lives.items() if life.hidden_by},
        first_seen={path: life.seen for path, life in lives.items()},
        never_committed=_never_committed(files, history),
        revoked_before=tuple(held[blob] for blob in lists if blob in held),
    )


def _never_committed(files: Mapping[str, bytes], history: History) -> frozenset[str]:
    """Return the files at whose path nothing ever was, and the records that were others."""
    new = set(files) - set(history.touches(RELEASES_FOLDER))
    for path, data in files.items():
        is_record = RELEASE_PATH.fullmatch(path)
        if is_record and history.blobs.isdisjoint(blob_ids(normalize_line_ends(data))):
            new.add(path)
    return frozenset(new)


def blobs_that_differ(
    lives: Mapping[str, RecordLife], files: Mapping[str, bytes]
) -> dict[str, str]:
    """Return the blob that the tip holds of each record that has another id in the folder.

    A record that the tip never held may still be written.
    """
    newest = {path: life.recorded[0] for path, life in lives.items() if life.recorded}
    committed = {path: last.blob for path, last in newest.items() if last.kind != "deleted"}
    return differing_blobs(committed, files)


def _explain_absences(
    repository: Repository, pins: Mapping[str, str], held: Container[str]
) -> dict[str, Absence]:
    """Return why texts are not here. Raises AbsenceError for those that another clone has."""
    missing = {blob: path for blob, path in pins.items() if blob not in held}
    absences = presence.explain_missing(repository.folder, missing)
    for blob, absence in absences.items():
        if absence.answer == "elsewhere":
            raise AbsenceError(absence, [missing[blob]])
    return absences


def _pinned(releases: Sequence[Release]) -> tuple[dict[str, str], dict[str, str]]:
    """The blobs that releases pin, with their paths: texts, and the data beside them."""
    texts: dict[str, str] = {}
    basis: dict[str, str] = {}
    for release in releases:
        for item in release.items:
            texts |= {pin.blob: pin.path for pin in item.files}
        basis |= {pin.blob: pin.path for pin in release.basis}
    return texts, basis
