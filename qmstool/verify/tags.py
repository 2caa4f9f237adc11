"""Recorded texts + a repository → what keeps them: the tip's own history, a tag `release/NNNN`, a branch alone, or nothing.

A text is found by its git blob (design §4). What only a branch leads to is lost once that branch is deleted, and what nothing leads
to is in this one copy alone: the next clone will not have it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.git import repository as git
from qmstool.releases.record import tag_name
from qmstool.storage import tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from qmstool.git.commits import Commit, History
    from qmstool.git.repository import Repository
    from qmstool.manual.model import Release

TAGS = "release/*"


def tag_commands(number: int, commit: str) -> tuple[str, str]:
    """Return the commands that make a release's tag and give it to everybody."""
    tag = tag_name(number)
    return f"git tag {tag} {commit}", f"git push origin {tag}"


def released_files(each: Release) -> dict[str, str]:
    """Return path → blob of every file that a release puts in force."""
    return {pin.path: pin.blob for item in each.items for pin in item.files}


def find_loose(repository: Repository, history: History, blobs: Iterable[str]) -> dict[str, str]:
    """Return which of some blobs neither the tip's history nor a release tag keeps, each with the branch that does; "" for none."""
    left = set(blobs) - history.blobs
    left -= git.objects(repository, f"--tags={TAGS}") if left else frozenset()
    found: dict[str, str] = {}
    for branch in git.branches(repository) if left else ():
        held = left & git.objects(repository, branch)
        found |= dict.fromkeys(held, branch.split("/", 2)[2])
        left -= held
    return found | dict.fromkeys(left, "")


def find_strayed_tags(repository: Repository, releases: Iterable[Release]) -> dict[int, str]:
    """Return the numbers of releases whose tag stands on a commit without their texts, with that commit."""
    tags = git.tags(repository, TAGS)
    standing = (
        (each, tags[tag_name(each.number)]) for each in releases if tag_name(each.number) in tags
    )
    return {
        each.number: commit
        for each, commit in standing
        if not _holds(repository, commit, released_files(each))
    }


def find_keeper(
    repository: Repository, history: History, texts: Mapping[str, str], frozen: str
) -> str:
    """Return the commit that a release's tag belongs on: one with all its texts, if possible one that will stay without the tag.

    `frozen`: the commit of the candidate. Where a squash or a rebase has left it behind, the newest commit of the tip's history
    that holds all the texts takes its place; else it is itself the one to keep. "" where no commit is known to hold them all.
    """
    known = {each.id for each in history.commits}
    if frozen in known:
        return frozen
    stays = next(
        (each.id for each in _touching(history, texts) if _holds(repository, each.id, texts)), ""
    )
    return stays or (frozen if frozen and _holds(repository, frozen, texts) else "")


def _touching(history: History, texts: Mapping[str, str]) -> Iterator[Commit]:
    """The commits that brought any of some texts, newest first."""
    brought = (
        touch.commit
        for path, blob in texts.items()
        for touch in history.bearing(path, blob)
        if touch.blob == blob
    )
    yield from sorted(dict.fromkeys(brought), key=lambda commit: commit.committed, reverse=True)


def _holds(repository: Repository, commit: str, texts: Mapping[str, str]) -> bool:
    """Whether a commit is here, and its files hold all of some texts, wherever they have been moved."""
    return git.is_commit(repository, commit) and set(texts.values()) <= set(
        tree.commit(repository.folder, commit).blobs.values()
    )
