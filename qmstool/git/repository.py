"""A folder → facts about its git repository.

«No repository» and «shallow» are answers, not guesses (design §3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool import process
from qmstool.frozen import dataclass
from qmstool.i18n import QmsError, Text

if TYPE_CHECKING:
    from pathlib import Path

_FACTS = ("--is-shallow-repository", "--is-bare-repository", "--show-prefix", "--absolute-git-dir")


@dataclass(frozen=True, slots=True)
class Repository:
    """A whole repository.

    `folder`: where git is asked; `prefix`: the manual's path inside, "" or ending in "/"; `head`:
    newest commit, "" while unborn.
    """

    folder: Path
    prefix: str
    head: str
    bare: bool

    def inside(self, path: str) -> str:
        """Return the repository's path of a path of the manual."""
        return self.prefix + path


@dataclass(frozen=True, slots=True)
class ShallowRepository:
    """A repository whose history was cut off when it was cloned: texts at hand, no past."""

    repository: Repository


@dataclass(frozen=True, slots=True)
class NoRepository:
    """A folder that no git repository holds."""

    folder: Path


def find_repository(folder: Path) -> Repository | ShallowRepository | NoRepository:
    """Return what repository a manual's folder lies in.

    Raises QmsError where git refuses to say (an owner it does not trust).
    """
    asked = process.git(folder, "rev-parse", *_FACTS)
    if asked.status:
        if "dubious ownership" in asked.stderr:
            mend = f"git config --global --add safe.directory {folder}"
            raise QmsError(
                Text(
                    f"git không đọc kho này vì chủ sở hữu thư mục là người khác. Chạy: {mend}",
                    (
                        "git does not read this repository: somebody else owns the folder. Run: "
                        f"{mend}"
                    ),
                )
            )
        return NoRepository(folder)
    shallow, bare, prefix, _ = asked.stdout.decode("utf-8", errors="replace").split("\n", 3)
    head = (
        process.git(folder, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        .stdout.decode()
        .strip()
    )
    repository = Repository(folder, prefix, head, bare == "true")
    return ShallowRepository(repository) if shallow == "true" else repository


def require_history(found: Repository | ShallowRepository | NoRepository) -> Repository:
    """Return the repository with all its past.

    Raises QmsError, with what mends it, where a part or all is missing.
    """
    match found:
        case Repository():
            return found
        case ShallowRepository():
            raise QmsError(
                Text(
                    (
                        "Kho này được sao về không đủ lịch sử nên không trả lời đúng được. Chạy: "
                        "git fetch --unshallow"
                    ),
                    (
                        "This clone is shallow: without its whole history no answer would be "
                        "right. Run: git fetch --unshallow"
                    ),
                )
            )
        case NoRepository():
            raise QmsError(
                Text(
                    (
                        f"Thư mục «{found.folder}» không nằm trong kho git nào, nên không có "
                        "lịch sử. Chạy: git init"
                    ),
                    (
                        f"No git repository holds the folder «{found.folder}», so there is no "
                        "history. Run: git init"
                    ),
                )
            )


def resolve_revision(repository: Repository, revision: str) -> str:
    """Return the commit id of a revision. Raises QmsError where there is none of that name."""
    done = process.git(
        repository.folder,
        "rev-parse",
        "--verify",
        "--quiet",
        "--end-of-options",
        f"{revision}^{{commit}}",
    )
    if done.status:
        raise QmsError(
            Text(
                f"Không có phiên bản «{revision}» trong kho.",
                f"The repository has no revision «{revision}».",
            )
        )
    return done.stdout.decode().strip().rpartition("\n")[2]


def is_commit(repository: Repository, revision: str) -> bool:
    """Whether the repository has such a commit."""
    return not process.git(repository.folder, "cat-file", "-e", f"{revision}^{{commit}}").status


def objects_outside_head(repository: Repository, revision: str) -> frozenset[str]:
    """Return the ids of everything that a revision, or `--tags=<pattern>`, leads to and the newest commit does not."""
    done = process.git(
        repository.folder,
        "rev-list",
        "--objects",
        "--no-object-names",
        revision,
        "--not",
        "HEAD",
        "--",
    )
    return frozenset(done.stdout.decode().split())


def list_branches(repository: Repository) -> tuple[str, ...]:
    """Return the full names of all branches, those of remotes included."""
    done = process.git(
        repository.folder, "for-each-ref", "--format=%(refname)", "refs/heads", "refs/remotes"
    )
    return tuple(done.stdout.decode("utf-8", errors="replace").splitlines())


def blob_id(repository: Repository, revision: str, path: str) -> str | None:
    """Return the blob id of a path of the manual in a commit; None where that commit has no such file."""
    place = f"{revision}:{repository.inside(path)}"
    done = process.git(
        repository.folder, "rev-parse", "--verify", "--quiet", "--end-of-options", place
    )
    return None if done.status else done.stdout.decode().strip().rpartition("\n")[2]


def uncommitted_paths(repository: Repository) -> tuple[str, ...]:
    """Return the manual's paths that differ from the newest commit, new ones included; () in a bare repository."""
    if repository.bare:
        return ()
    done = process.git(
        repository.folder,
        "status",
        "--porcelain=v1",
        "-z",
        "--no-renames",
        "--untracked-files=all",
        "--",
        ".",
    )
    entries = done.stdout.decode("utf-8", errors="replace").split("\0")
    return tuple(sorted(entry[3:].removeprefix(repository.prefix) for entry in entries if entry))


def list_tags(repository: Repository, pattern: str) -> dict[str, str]:
    """Return the tags of a pattern (`release/*`) with the commits they stand on."""
    form = "--format=%(refname:strip=2)%00%(objectname)%00%(*objectname)"
    done = process.git(repository.folder, "for-each-ref", form, f"refs/tags/{pattern}")
    lines = (
        line.split("\0") for line in done.stdout.decode("utf-8", errors="replace").splitlines()
    )
    return {name: peeled or direct for name, direct, peeled in lines}
