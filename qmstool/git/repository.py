"""Ask a folder's git repository for its state: revisions, branches, tags, uncommitted files.

That there is no repository, or only a shallow clone, is a value of its own: from a history that was
cut off nothing can be concluded.
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
    """A repository with its whole history.

    `folder`: where git is run; `prefix`: the manual's path inside, "" or ending in "/"; `head`: id
    of the newest commit, "" while there is none.
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
    """A repository whose history was cut off when it was cloned."""

    repository: Repository


@dataclass(frozen=True, slots=True)
class NoRepository:
    """A folder that no git repository holds."""

    folder: Path


def find_repository(folder: Path) -> Repository | ShallowRepository | NoRepository:
    """Return what repository a manual's folder lies in.

    Raises QmsError where git refuses to say (an owner it does not trust).
    """
    state = process.git(folder, "rev-parse", *_FACTS)
    if state.status:
        if "dubious ownership" in state.stderr:
            raise _foreign_owner(folder)
        return NoRepository(folder)
    shallow, bare, prefix, _ = state.stdout.decode("utf-8", errors="replace").split("\n", 3)
    newest = process.git(folder, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    head = newest.stdout.decode().strip()
    repository = Repository(folder, prefix, head, bare == "true")
    return ShallowRepository(repository) if shallow == "true" else repository


def _foreign_owner(folder: Path) -> QmsError:
    command = f"git config --global --add safe.directory {folder}"
    return QmsError(
        Text(
            f"git không đọc kho này vì chủ sở hữu thư mục là người khác. Chạy: {command}",
            f"git does not read this repository: somebody else owns the folder. Run: {command}",
        )
    )


def require_history(answer: Repository | ShallowRepository | NoRepository) -> Repository:
    """Return the repository with its whole history.

    Raises QmsError, with what mends it, where a part of the history or all of it is missing.
    """
    match answer:
        case Repository():
            return answer
        case ShallowRepository():
            raise _shallow()
        case NoRepository():
            raise _no_repository(answer.folder)


def _shallow() -> QmsError:
    return QmsError(
        Text(
            "Kho này được sao về không đủ lịch sử nên không trả lời đúng được. Chạy: "
            "git fetch --unshallow",
            "This clone is shallow: without its whole history no answer would be "
            "right. Run: git fetch --unshallow",
        )
    )


def _no_repository(folder: Path) -> QmsError:
    return QmsError(
        Text(
            f"Thư mục «{folder}» không nằm trong kho git nào, nên không có lịch sử. Chạy: git init",
            f"No git repository holds the folder «{folder}», so there is no history. Run: git init",
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
    """Return the ids of all objects that a revision leads to and the newest commit does not.

    `revision`: a name, or `--tags=<pattern>` for all tags of a pattern.
    """
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
    """Return the blob id of a path of the manual in a commit; None where it is not there."""
    place = f"{revision}:{repository.inside(path)}"
    done = process.git(
        repository.folder, "rev-parse", "--verify", "--quiet", "--end-of-options", place
    )
    return None if done.status else done.stdout.decode().strip().rpartition("\n")[2]


def uncommitted_paths(repository: Repository) -> tuple[str, ...]:
    """Return the manual's paths that differ from the newest commit, new files included.

    () in a bare repository, which has no files.
    """
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
    lines = done.stdout.decode("utf-8", errors="replace").split("\0")
    # Each is «XY <path>».
    paths = [line[3:].removeprefix(repository.prefix) for line in lines if line]
    return tuple(sorted(paths))


def list_tags(repository: Repository, pattern: str) -> dict[str, str]:
    """Return the tags of a pattern (`release/*`) with the commits they stand on."""
    form = "--format=%(refname:strip=2)%00%(objectname)%00%(*objectname)"
    done = process.git(repository.folder, "for-each-ref", form, f"refs/tags/{pattern}")
    commits = {}
    for line in done.stdout.decode("utf-8", errors="replace").splitlines():
        name, direct, peeled = line.split("\0")
        commits[name] = peeled or direct
    return commits
