"""Find what keeps recorded texts: the tip's history, a tag `release/NNNN`, a branch, or nothing.

What goes in: releases, a repository and its log. A text is found by its git blob. What only a
branch leads to is lost once that branch is deleted, and what nothing leads to is in this one copy
alone: the next clone will not have it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.candidates.evidence import CANDIDATE
from qmstool.git import repository as git
from qmstool.releases.record import tag_name
from qmstool.storage import pinned_tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qmstool.git.commits import Commit
    from qmstool.git.history import History
    from qmstool.git.repository import Repository
    from qmstool.manual.model import Manual
    from qmstool.manual.releases import Release

TAGS = "release/*"


def tag_commands(number: int, commit: str) -> tuple[str, str]:
    """Return the commands that make a release's tag and give it to everybody."""
    tag = tag_name(number)
    return f"git tag {tag} {commit}", f"git push origin {tag}"


def released_files(release: Release) -> dict[str, str]:
    """Return path → blob of every file that a release puts in force."""
    files: dict[str, str] = {}
    for item in release.items:
        files |= {pin.path: pin.blob for pin in item.files}
    return files


def frozen_commit(release: Release, manual: Manual) -> str:
    """Return the commit of the candidate that a release records; "" where none is known."""
    for proof in release.evidence:
        candidate = manual.candidates.get(proof.file)
        if candidate and proof.kind == CANDIDATE:
            return candidate.commit
    return ""


def find_loose(repository: Repository, history: History, blobs: Iterable[str]) -> dict[str, str]:
    """Return which of some blobs neither the tip's history nor a release tag keeps.

    Each comes with the name of the branch that does; "" for none.
    """
    left = set(blobs) - history.blobs
    if left:
        left -= git.objects_outside_head(repository, f"--tags={TAGS}")
    if not left:
        return {}
    kept: dict[str, str] = {}
    for branch in git.list_branches(repository):
        held = left & git.objects_outside_head(repository, branch)
        kept |= dict.fromkeys(held, branch.split("/", 2)[2])
        left -= held
    return kept | dict.fromkeys(left, "")


def find_strayed_tags(repository: Repository, releases: Iterable[Release]) -> dict[int, str]:
    """Return the releases whose tag stands on a commit without their texts: number → commit."""
    tags = git.list_tags(repository, TAGS)
    elsewhere = {}
    for release in releases:
        commit = tags.get(tag_name(release.number))
        if commit is not None and not _holds(repository, commit, released_files(release)):
            elsewhere[release.number] = commit
    return elsewhere


def find_keeper(
    repository: Repository, history: History, texts: Mapping[str, str], frozen: str
) -> str:
    """Return the commit that a release's tag belongs on; "" where none holds all its texts.

    Best is one that will stay without the tag. `frozen`: the commit of the candidate. Where a
    squash or a rebase has left it behind, the newest commit of the tip's history that holds all the
    texts takes its place; else it is itself the one to keep.
    """
    if frozen in {commit.id for commit in history.commits}:
        return frozen
    for commit in _touching(history, texts):
        if _holds(repository, commit.id, texts):
            return commit.id
    return frozen if frozen and _holds(repository, frozen, texts) else ""


def _touching(history: History, texts: Mapping[str, str]) -> list[Commit]:
    """The commits that brought any of some texts, newest first."""
    brought: dict[Commit, None] = {}
    for path, blob in texts.items():
        touches = history.life_of_text(path, blob)
        brought |= dict.fromkeys(touch.commit for touch in touches if touch.blob == blob)
    return sorted(brought, key=history.place)


def _holds(repository: Repository, commit: str, texts: Mapping[str, str]) -> bool:
    """Whether a commit is here and holds all of some texts, wherever they have been moved."""
    if not git.is_commit(repository, commit):
        return False
    held = pinned_tree.commit_tree(repository.folder, commit).blobs.values()
    return set(texts.values()) <= set(held)
