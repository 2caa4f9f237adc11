"""Ask git which files of a manual are not as the newest commit has them; believe no bit of its own.

git passes over a file that somebody told it to take for unchanged (`assume-unchanged`,
`skip-worktree`). Those are compared here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool import process
from qmstool.digest import name_blob
from qmstool.frozen import dataclass
from qmstool.git.foreign import without_filters
from qmstool.git.names import plain_name
from qmstool.git.objects import list_files
from qmstool.git.pipes import require_no_pipes

if TYPE_CHECKING:
    from pathlib import Path

    from qmstool.git.repository import Repository

_STATUS = (
    "status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all",
    "--ignore-submodules=none", "--", ".",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Uncommitted:
    """The manual's paths that differ from the newest commit.

    `told`: those that git tells, new files among them, ignored ones not; `passed_over`: those that
    it was told to take for unchanged.
    """

    told: tuple[str, ...]
    passed_over: tuple[str, ...]


def uncommitted_paths(repository: Repository) -> tuple[str, ...]:
    """Return the manual's paths that differ from the newest commit. Raises as below."""
    found = compare_with_commit(repository)
    return tuple(sorted({*found.told, *found.passed_over}))


def compare_with_commit(repository: Repository) -> Uncommitted:
    """Return what differs; nothing in a bare repository, which has no files.

    Raises QmsError where git would wait for a pipe.
    """
    if repository.bare:
        return Uncommitted((), ())
    require_no_pipes(repository.folder)
    options = without_filters(repository.folder, required=False)
    done = process.git(repository.folder, *options, *_STATUS)
    lines = done.stdout.decode("utf-8", errors="surrogateescape").split("\0")
    # Each is «XY <path>».
    paths = [line[3:].removeprefix(repository.prefix) for line in lines if line]
    return Uncommitted(tuple(sorted(map(plain_name, paths))), _changed_in_silence(repository))


def _changed_in_silence(repository: Repository) -> tuple[str, ...]:
    """Return the files that git passes over and that are not as they were committed."""
    flagged = _flagged(repository.folder)
    if not flagged or not repository.head:
        return ()
    listed = list_files(repository.folder, "HEAD") or ()
    committed = {file.path: file.blob for file in listed}
    return tuple(
        sorted(
            path
            for path, sparse in flagged.items()
            if path in committed
            and not is_on_disk(repository.folder, path, committed[path], unless_absent=sparse)
        )
    )


def _flagged(folder: Path) -> dict[str, bool]:
    """Return the paths that git passes over, with whether it expects them to be absent."""
    done = process.git(folder, "ls-files", "-v", "-z")
    flagged = {}
    for line in done.stdout.decode("utf-8", errors="surrogateescape").split("\0"):
        tag, _, path = line.partition(" ")
        if tag.islower() or tag == "S":
            flagged[plain_name(path)] = tag.upper() == "S"
    return flagged


def is_on_disk(folder: Path, path: str, blob: str, *, unless_absent: bool = False) -> bool:
    """Whether the file at a path of the folder holds the text that a blob's id names.

    `unless_absent`: or is not there at all.
    """
    try:
        if not (folder / path).is_file():  # to open a pipe would be to wait for ever
            return unless_absent and not (folder / path).exists()
        data = (folder / path).read_bytes()
    except OSError:
        return False
    return blob in {name_blob(data, len(blob)), name_blob(data.replace(b"\r\n", b"\n"), len(blob))}
