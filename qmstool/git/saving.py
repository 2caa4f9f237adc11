"""Commit some files alone, and make tags: what people ask for in so many words (`--save`, `tag`).

What goes in: a repository, and paths within the manual's folder. Nothing else is committed: what
lies changed or staged beside them stays as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import QmsError, Text
from qmstool.process import git

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qmstool.git.repository import Repository

FAILED = Text("git không làm được: {words}", "git could not do it: {words}")


def save(repository: Repository, paths: Iterable[str], message: str) -> str:
    """Commit the files of some paths and nothing else; return the commit.

    Raises QmsError with what git says, as where it does not know who commits.
    """
    names = sorted(paths)
    _do(repository, "add", "--", *names)
    _do(repository, "commit", "--quiet", "--message", message, "--only", "--", *names)
    return _do(repository, "rev-parse", "HEAD")


def make_tag(repository: Repository, name: str, commit: str) -> None:
    """Put a tag on a commit. Raises QmsError where there is one of that name."""
    _do(repository, "tag", name, commit)


def _do(repository: Repository, *arguments: str) -> str:
    done = git(repository.folder, *arguments)
    if done.status != 0:
        raise QmsError(FAILED.fill({"words": done.stderr.strip()}))
    return done.stdout.decode("utf-8", errors="replace").strip()
