"""What the log of a repository says, as values: commits with people and trailers, and the life of every path.

`qmstool.history.log` makes a `History` in one pass; here it is asked. Everything is parsed when it is asked for, not before.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from qmstool.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ChangeKind = Literal["added", "changed", "renamed", "deleted"]
CHANGE_KINDS: Mapping[str, ChangeKind] = {
    "A": "added",
    "C": "added",
    "R": "renamed",
    "D": "deleted",
    "M": "changed",
    "T": "changed",
}
_TRAILER = re.compile(r"([A-Za-z][A-Za-z0-9-]*):[ \t]*(.*)")
_PERSON = re.compile(r"\s*(.*?)\s*<([^<>]*)>\s*\Z")


@dataclass(frozen=True, slots=True)
class Identity:
    """A name and an address as a commit bears them; whose they are is the business of `qms.yml`."""

    name: str
    email: str


@dataclass(frozen=True)
class Commit:
    """One commit as it was written: no mailmap, no graft, no replacement.

    Times are ISO 8601 with their own zone.
    """

    id: str
    parents: tuple[str, ...]
    author: Identity
    authored: str
    committer: Identity
    committed: str
    message: str

    @property
    def subject(self) -> str:
        """The first line of the message."""
        return self.message.partition("\n")[0]

    @property
    def is_merge(self) -> bool:
        """Whether it joins lines of work."""
        return len(self.parents) > 1

    @cached_property
    def trailers(self) -> tuple[tuple[str, str], ...]:
        """The `Key: value` lines of every paragraph that holds nothing else: a squash keeps those of each part."""
        paragraphs = re.split(r"\n[ \t]*\n", self.message.strip())[1:]
        return tuple(trailer for paragraph in paragraphs for trailer in _trailers(paragraph))

    def said(self, key: str) -> tuple[str, ...]:
        """The values of a trailer, in order; keys are case-blind."""
        return tuple(value for name, value in self.trailers if name.casefold() == key.casefold())

    @property
    def people(self) -> tuple[Identity, ...]:
        """The author and the co-authors, each once."""
        found = (_PERSON.match(value) for value in self.said("Co-authored-by"))
        return tuple(
            dict.fromkeys((self.author, *(Identity(each[1], each[2]) for each in found if each)))
        )


def _trailers(paragraph: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for line in paragraph.split("\n"):
        if line[:1] in {" ", "\t"} and found:
            key, value = found[-1]
            found[-1] = (key, f"{value} {line.strip()}")
        elif trailer := _TRAILER.fullmatch(line.rstrip()):
            found.append((trailer[1], trailer[2]))
        else:
            return []
    return found


@dataclass(frozen=True, slots=True)
class FileChange:
    """What one commit did to one path.

    `old_path` differs from `path` on a rename; blobs are all zeros where there is no file.
    """

    commit: Commit
    kind: ChangeKind
    path: str
    old_path: str
    blob: str
    old_blob: str


RawChange = tuple[
    int, bytes, bytes, bytes
]  # index of the commit; `:<modes> <blobs> <status>`; path; old path


class History:
    """Every commit, newest first, and every path's life.

    `prefix` is the manual's place in the repository.
    """

    def __init__(
        self, headers: Sequence[bytes], lives: Mapping[bytes, Sequence[RawChange]], prefix: str = ""
    ) -> None:
        self._headers = headers
        self._lives = lives
        self._prefix = prefix
        self._parsed: dict[int, Commit] = {}

    def __len__(self) -> int:
        return len(self._headers)

    @property
    def commits(self) -> tuple[Commit, ...]:
        """All commits, children before parents."""
        return tuple(self._commit(at) for at in range(len(self._headers)))

    @property
    def paths(self) -> tuple[str, ...]:
        """The manual's paths that ever were, by their last name, sorted; a path that was given to another file counts once."""
        names = (_text(name) for name in self._lives if b"\0" not in name)
        return tuple(
            sorted(
                name.removeprefix(self._prefix) for name in names if name.startswith(self._prefix)
            )
        )

    def life(self, path: str) -> tuple[FileChange, ...]:
        """What happened to the file that now is, or last was, at a path of the manual; newest first, () for one that never was."""
        raw = self._lives.get((self._prefix + path).encode("utf-8", errors="replace"), ())
        return tuple(self._touch(each) for each in raw)

    def life_of_text(self, path: str, blob: str) -> tuple[FileChange, ...]:
        """Return the life of the file that once held a text under a path, whatever it is called today; () where none did."""
        name = self._texts.get(
            ((self._prefix + path).encode("utf-8", errors="replace"), blob.encode())
        )
        return tuple(self._touch(each) for each in self._lives[name]) if name is not None else ()

    @cached_property
    def _texts(self) -> Mapping[tuple[bytes, bytes], bytes]:
        """Path and blob → the name of the life they belong to."""
        return {
            (path, head.split(b" ")[3]): name
            for name, life in self._lives.items()
            for _, head, path, _ in life
        }

    @cached_property
    def blobs(self) -> frozenset[str]:
        """Every text that the newest commit or one before it holds: each came in by some commit, under some path."""
        return frozenset(
            head.split(b" ")[3].decode() for life in self._lives.values() for _, head, _, _ in life
        )

    @cached_property
    def _parents(self) -> Mapping[str, tuple[str, ...]]:
        return {each.id: each.parents for each in self.commits}

    def first_parent_line(self) -> frozenset[str]:
        """Return the ids of the commits reached from the newest by first parents alone: what was once the tip."""
        found, at = set(), self._commit(0).id if len(self) else ""
        while at in self._parents:
            found.add(at)
            at = next(iter(self._parents[at]), "")
        return frozenset(found)

    def ancestors(self, commit: Commit) -> frozenset[str]:
        """Return the ids of a commit and of everything it stands on."""
        found = {commit.id}
        waiting = [commit.id]
        while waiting:
            fresh = [
                parent for parent in self._parents.get(waiting.pop(), ()) if parent not in found
            ]
            found.update(fresh)
            waiting += fresh
        return frozenset(found)

    def _touch(self, raw: RawChange) -> FileChange:
        at, head, path, old = raw
        _, _, old_blob, blob, status = head.decode("ascii").split(" ")
        name, old_name = (_text(each).removeprefix(self._prefix) for each in (path, old))
        return FileChange(
            self._commit(at), CHANGE_KINDS.get(status[0], "changed"), name, old_name, blob, old_blob
        )

    def _commit(self, at: int) -> Commit:
        if at not in self._parsed:
            self._parsed[at] = _parse(self._headers[at])
        return self._parsed[at]


def _text(name: bytes) -> str:
    return name.decode("utf-8", errors="replace")


def _parse(header: bytes) -> Commit:
    """Read the header that `qmstool.history.log.FORMAT` asks for."""
    ident, parents, name, email, authored, by, by_email, committed, message = _text(header).split(
        "\n", 8
    )
    return Commit(
        ident,
        tuple(parents.split()),
        Identity(name, email),
        authored,
        Identity(by, by_email),
        committed,
        message.rstrip("\n"),
    )
