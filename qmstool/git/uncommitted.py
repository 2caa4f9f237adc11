"""Ask git which files of a manual are not as the newest commit has them, and look for itself.

git passes over a file that somebody told it to take for unchanged (`assume-unchanged`,
`skip-worktree`), one that an attribute gives other bytes on its way (`ident`,
`working-tree-encoding`, `text`), and one whose size and time are as they were. All are compared
here, byte by byte.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool import process
from qmstool.digest import SHA1_DIGITS, name_blob
from qmstool.frozen import dataclass
from qmstool.git import sizes
from qmstool.git.absence import explain_refusal
from qmstool.git.foreign import without_filters
from qmstool.git.names import plain_name
from qmstool.git.objects import list_files, read_blobs
from qmstool.git.pipes import require_no_pipes

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping
    from pathlib import Path

    from qmstool.git.repository import Repository

_STATUS = (
    "status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all",
    # Not «none»: git would start another git in each sub-module, by settings that lie there.
    "--ignore-submodules=dirty", "--", ".",
)  # fmt: skip
# Tells by which attributes git gives a file other bytes; «--» and the path follow.
ATTRIBUTES_OF = ("git", "check-attr", "ident", "working-tree-encoding", "filter", "text", "eol")
# Of these, line ends may be another machine's; of all others every byte counts.
_TEXTS = frozenset(
    (
        "", ".md", ".yml", ".yaml", ".txt", ".csv", ".svg", ".html", ".css", ".js", ".j2", ".json",
        ".sig",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Uncommitted:
    """The manual's paths that differ from the newest commit.

    `told`: those that git tells, new files among them, ignored ones not; `passed_over`: those that
    it was told to take for unchanged; `converted`: those that it takes for unchanged by itself.
    """

    told: tuple[str, ...]
    passed_over: tuple[str, ...]
    converted: tuple[str, ...]


def uncommitted_paths(repository: Repository) -> tuple[str, ...]:
    """Return the manual's paths that differ from the newest commit. Raises as below."""
    found = compare_with_commit(repository)
    return tuple(sorted({*found.told, *found.passed_over, *found.converted}))


def compare_with_commit(repository: Repository) -> Uncommitted:
    """Return what differs; nothing in a bare repository, which has no files.

    Raises QmsError where git would wait for a pipe, or cannot read the repository.
    """
    if repository.bare:
        return Uncommitted((), (), ())
    require_no_pipes(repository.folder)
    options = without_filters(repository.folder, required=False)
    done = process.git(repository.folder, *options, *_STATUS)
    if done.status:  # silence would be taken for «nothing differs»
        raise explain_refusal(repository.folder, done.stderr)
    lines = done.stdout.decode("utf-8", errors="surrogateescape").split("\0")
    # Each is «XY <path>».
    paths = [line[3:].removeprefix(repository.prefix) for line in lines if line]
    told = frozenset(map(plain_name, paths))
    flagged = _flagged(repository.folder) if repository.head else {}
    changed = _changed_in_silence(repository, told, flagged)
    return Uncommitted(
        tuple(sorted(told)),
        tuple(path for path in changed if path in flagged),
        tuple(path for path in changed if path not in flagged),
    )


def _changed_in_silence(
    repository: Repository, told: frozenset[str], flagged: Mapping[str, bool]
) -> list[str]:
    """Return the committed files of which git tells nothing, and that are not as committed.

    What an object of Git LFS stands for is compared instead of its pointer.
    """
    folder = repository.folder
    listed = list_files(folder, "HEAD") or () if repository.head else ()
    differing: dict[str, str] = {}
    for file in listed:
        path = file.path
        # What git passes over may be gone without a word; of all else it tells that.
        expected = flagged.get(path, True)
        if path not in told and not is_on_disk(folder, path, file.blob, unless_absent=expected):
            differing[path] = file.blob
    return _otherwise(folder, differing, flagged)


def _otherwise(folder: Path, blobs: Mapping[str, str], flagged: Container[str] = ()) -> list[str]:
    """Return which files of some paths are not what a blob holds, or its pointer stands for.

    Where that content is not here, nobody can tell; one of `flagged` is said to differ.
    """
    held = read_blobs(folder, blobs.values()) if blobs else {}
    named = {blob: name_blob(data, SHA1_DIGITS) for blob, data in held.items()}
    return sorted(
        path
        for path, blob in blobs.items()
        if (not is_on_disk(folder, path, named[blob]) if blob in named else path in flagged)
    )


def find_converted(folder: Path, paths: Iterable[str]) -> list[str]:
    """Return which files of a folder git has taken up with other bytes than they have.

    They are added and not yet committed.
    """
    done = process.git(folder, "ls-files", "--stage", "-z", "--", *paths)
    blobs = {}
    for entry in done.stdout.decode("utf-8", errors="surrogateescape").split("\0"):
        head, _, path = entry.partition("\t")
        if path and not is_on_disk(folder, path, head.split(" ")[1]):
            blobs[path] = head.split(" ")[1]
    return _otherwise(folder, blobs)


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
    place = folder / path
    try:
        if not place.is_file():  # to open a pipe would be to wait for ever
            return unless_absent and not place.exists()
        if place.stat().st_size > sizes.MAX_FILE_BYTES:  # refused wherever it is read
            return False
        data = place.read_bytes()
    except OSError:
        return False
    if blob == name_blob(data, len(blob)):
        return True
    if place.suffix.lower() not in _TEXTS:
        return False
    return blob == name_blob(data.replace(b"\r\n", b"\n"), len(blob))
