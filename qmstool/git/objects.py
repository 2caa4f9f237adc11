"""Read the objects that a repository holds here: texts by their ids, the files of a commit.

GitPython's object reader answers, one process of git for many objects; plain git where GitPython
cannot. Nothing is ever fetched: what a partial clone has not is left out like what is lost, and
`qmstool.git.absence` tells the two apart.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool import process
from qmstool.frozen import dataclass
from qmstool.git import absence, library, pointers, sizes
from qmstool.git.names import plain_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from git import Repo

_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_FILE_MODES = frozenset({0o100644, 0o100755, 0o100664})
_FOLDER_MODE = 0o040000


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A regular file of a commit: its path below the folder that was asked for, and its blob."""

    path: str
    blob: str


def read_blobs(folder: Path, blobs: Iterable[str]) -> dict[str, bytes]:
    """Return the bytes of each blob that the repository of a folder holds here, by its id.

    A pointer of Git LFS is followed to the text that it stands for; where that is not here either,
    it is left out. So is what is too large to be read; `qmstool.git.presence` tells why. Raises
    AbsenceError where git refuses to read the repository at all.
    """
    wanted = [blob for blob in dict.fromkeys(blobs) if _ID.fullmatch(blob)]
    if not wanted:
        return {}
    return pointers.follow_pointers(folder, _read_held(folder, wanted))


def find_pointers(folder: Path, blobs: Iterable[str]) -> frozenset[str]:
    """Return which of some texts are here, and are only pointers of Git LFS. Raises as above."""
    held = _read_held(folder, list(blobs))
    return frozenset(blob for blob, data in held.items() if pointers.is_pointer(data))


def _read_held(folder: Path, wanted: list[str]) -> dict[str, bytes]:
    try:
        with library.opened(folder) as repo:
            return dict(_read_with_library(repo, wanted))
    except library.LibraryError:
        return _read_with_git(folder, wanted)


def _read_with_library(repo: Repo, wanted: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the blobs that are here. Raises ValueError where the reader cannot go on."""
    for blob in wanted:
        try:
            kind, data = library.read_object(repo, blob)
        except ValueError as error:
            # «<id> missing»; any other answer means that the process has stopped answering.
            if "could not be resolved" in str(error):
                continue
            raise
        if kind == "blob" and data is not None:
            yield blob, data


def _read_with_git(folder: Path, wanted: list[str]) -> dict[str, bytes]:
    done = _ask_for_blobs(folder, wanted)
    if done.status == 0:
        return _parse_blobs(done.stdout, wanted)
    # An older git stops at the first text that a partial clone lacks: only what is here is asked
    # for. What is damaged stops it still, so the others are read one by one.
    held = _list_held(folder)
    wanted = [blob for blob in wanted if blob in held]
    done = _ask_for_blobs(folder, wanted)
    if done.status == 0:
        return _parse_blobs(done.stdout, wanted)
    read: dict[str, bytes] = {}
    for blob in wanted:
        done = _ask_for_blobs(folder, [blob])
        if done.status == 0:
            read |= _parse_blobs(done.stdout, [blob])
    return read


def _ask_for_blobs(folder: Path, wanted: Iterable[str]) -> process.Outcome:
    lines = "".join(f"{blob}\n" for blob in wanted)
    return process.git(folder, "cat-file", "--batch", stdin=lines.encode())


def _parse_blobs(output: bytes, wanted: Iterable[str]) -> dict[str, bytes]:
    """Read «<id> <kind> <size>», the bytes and a line end for each blob; or «<id> missing»."""
    held = {}
    position = 0
    for blob in wanted:
        line_end = output.index(b"\n", position)
        _, kind, *size = output[position:line_end].split(b" ")
        position = line_end + 1
        if not size:
            continue
        body_end = position + int(size[0])
        if kind == b"blob" and int(size[0]) <= sizes.MAX_FILE_BYTES:
            held[blob] = output[position:body_end]
        position = body_end + 1
    return held


def _list_held(folder: Path) -> frozenset[str]:
    """Return the ids of all objects that are here. Raises AbsenceError where git refuses."""
    form = "--batch-check=%(objectname)"
    done = process.git(folder, "cat-file", "--batch-all-objects", "--unordered", form)
    if done.status:
        raise absence.explain_refusal(folder, done.stderr)
    return frozenset(done.stdout.decode("ascii").split())


def find_objects(folder: Path, ids: Iterable[str]) -> frozenset[str]:
    """Return which of some texts are here, pointers of Git LFS and damaged ones among them.

    A commit or a folder under such an id is no text. Raises as above.
    """
    held = _list_held(folder).intersection(ids)
    lines = "".join(f"{name}\n" for name in sorted(held))
    form = "--batch-check=%(objectname) %(objecttype)"
    done = process.git(folder, "cat-file", form, stdin=lines.encode())
    kinds = map(str.split, done.stdout.decode("ascii", errors="replace").splitlines())
    return held - {name for name, kind in kinds if kind in {"commit", "tree", "tag"}}


def find_large(folder: Path, ids: Iterable[str]) -> frozenset[str]:
    """Return which of some objects that are here are too large to be read."""
    lines = "".join(f"{name}\n" for name in ids)
    form = "--batch-check=%(objectname) %(objectsize)"
    done = process.git(folder, "cat-file", form, stdin=lines.encode())
    large = set()
    for line in done.stdout.decode("ascii", errors="replace").splitlines():
        name, _, size = line.partition(" ")
        if size.isdecimal() and int(size) > sizes.MAX_FILE_BYTES:
            large.add(name)
    return frozenset(large)


def list_files(folder: Path, revision: str) -> tuple[ListedFile, ...] | None:
    """Return the regular files that a folder of a repository holds in a commit; None for no commit.

    Raises AbsenceError where a tree of the commit is not here.
    """
    try:
        with library.opened(folder) as repo:
            return tuple(_list_with_library(repo, folder, revision))
    except library.LibraryError:
        return _list_with_git(folder, revision)


def _list_with_library(repo: Repo, folder: Path, revision: str) -> Iterator[ListedFile]:
    prefix = library.prefix_of(repo, folder)
    place = f"{revision}^{{commit}}:{prefix.rstrip('/')}"
    tree, _ = library.read_header(repo, place)
    yield from _walk(repo, tree, "")


def _walk(repo: Repo, tree: str, base: str) -> Iterator[ListedFile]:
    from git.objects.fun import tree_entries_from_data

    _, data = library.read_object(repo, tree)
    if data is None:
        raise library.LibraryError("a folder too large")
    for ident, mode, name in tree_entries_from_data(data):
        path = f"{base}{name}"
        if mode == _FOLDER_MODE:
            yield from _walk(repo, ident.hex(), f"{path}/")
        elif mode in _FILE_MODES:
            yield ListedFile(plain_name(path), ident.hex())


def _list_with_git(folder: Path, revision: str) -> tuple[ListedFile, ...] | None:
    place = f"{revision}^{{commit}}"
    known = process.git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", place)
    if known.status:
        return None
    commit = known.stdout.decode("ascii").strip().rpartition("\n")[2]
    done = process.git(folder, "ls-tree", "-r", "-z", commit)
    if done.status:
        raise absence.explain_refusal(folder, done.stderr)
    files = []
    for entry in done.stdout.decode("utf-8", errors="surrogateescape").split("\0"):
        head, _, path = entry.partition("\t")
        mode, _, rest = head.partition(" ")
        if mode and int(mode, 8) in _FILE_MODES:
            files.append(ListedFile(plain_name(path), rest.split(" ")[1]))
    return tuple(files)
