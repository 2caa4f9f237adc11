"""Ask the history of a repository: its commits, and the life of every path of the manual.

`qmstool.git.log` reads a `History` in one pass over `git log`. What is in it is parsed when it is
asked for, not before.
"""

from __future__ import annotations

from functools import cached_property
from heapq import heappop, heappush
from operator import itemgetter
from typing import TYPE_CHECKING

from qmstool.git.commits import CHANGE_KINDS, Commit, FileChange, Identity, plain_time
from qmstool.git.documents import follow_codes, text_blobs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from qmstool.git.commits import RawChange


class History:
    """Every commit, newest first, and every path's life.

    `headers`: those of the commits; `lives`: changes by the name of the life that they belong to,
    which is the last path of the file; `prefix`: the manual's place in the repository;
    `read_codes`: gives the codes that texts bear, by blob, as far as they can be read.
    """

    def __init__(
        self,
        headers: Sequence[bytes],
        lives: Mapping[bytes, Sequence[RawChange]],
        prefix: str = "",
        read_codes: Callable[[Iterable[str]], Mapping[str, str]] | None = None,
    ) -> None:
        self._headers = headers
        self._lives = lives
        self._prefix = prefix
        self._read_codes = read_codes
        self._parsed: dict[int, Commit] = {}
        self._told: dict[bytes, tuple[FileChange, ...]] = {}
        self._touched: dict[bytes, tuple[Mapping[str, Sequence[Commit]], Mapping[str, Commit]]] = {}

    def __len__(self) -> int:
        return len(self._headers)

    @property
    def commits(self) -> tuple[Commit, ...]:
        """All commits, by their days, but no parent before a child whose clock was behind."""
        return tuple(self._commit(index) for index in range(len(self._headers)))

    @property
    def paths(self) -> tuple[str, ...]:
        """The manual's paths that ever were, by their last name, sorted.

        A path that was given to another file counts once.
        """
        names = [_decode(name) for name in self._lives if b"\0" not in name]
        own = [name for name in names if name.startswith(self._prefix)]
        return tuple(sorted(name.removeprefix(self._prefix) for name in own))

    def life(self, path: str) -> tuple[FileChange, ...]:
        """Return what happened to the file that is, or last was, at a path of the manual.

        Newest first; () for a path that never was. A document is followed by its code.
        """
        name = self._name(path)
        return (
            self._tell(name) if path.endswith(".md") else self._changes(self._lives.get(name, ()))
        )

    def life_of_text(self, path: str, blob: str) -> tuple[FileChange, ...]:
        """Return the life of the file that once held a text under a path.

        Whatever the file is called today; () where none held it.
        """
        name = self._lives_by_text.get((self._name(path), blob.encode()))
        return self._tell(name) if name is not None else ()

    def bringing(self, path: str, blob: str) -> Sequence[Commit]:
        """Return the commits that brought a text under a path into its file, newest first."""
        name = self._lives_by_text.get((self._name(path), blob.encode()))
        return self._touching(name)[0].get(blob, ()) if name is not None else ()

    def commits_of_text(self, path: str, blob: str, among: frozenset[str]) -> tuple[Commit, ...]:
        """Return which of some commits touched the file that once held a text, in no order."""
        name = self._lives_by_text.get((self._name(path), blob.encode()))
        if name is None:
            return ()
        touching = self._touching(name)[1]
        smaller = among if len(among) < len(touching) else touching
        return tuple(touching[each] for each in smaller if each in touching and each in among)

    def _touching(self, name: bytes) -> tuple[Mapping[str, Sequence[Commit]], Mapping[str, Commit]]:
        """The commits of a life by the text that they brought, and by their ids."""
        if name not in self._touched:
            by_blob: dict[str, list[Commit]] = {}
            for touch in self._tell(name):
                by_blob.setdefault(touch.blob, []).append(touch.commit)
            by_id = {touch.commit.id: touch.commit for touch in self._tell(name)}
            self._touched[name] = by_blob, by_id
        return self._touched[name]

    def _tell(self, name: bytes) -> tuple[FileChange, ...]:
        """Return the life of a name; each version of a text asks for the same one."""
        if name not in self._told:
            self._told[name] = self._changes(self._documents.get(name, ()))
        return self._told[name]

    @cached_property
    def _documents(self) -> Mapping[bytes, Sequence[RawChange]]:
        """The lives, with those of texts parted and joined by what documents they are of."""
        if self._read_codes is None:
            return self._lives
        return follow_codes(self._lives, self._read_codes(text_blobs(self._lives)))

    def touches(self, folder: str) -> dict[str, tuple[FileChange, ...]]:
        """Return what happened at each path that ever lay in a folder of the manual, newest first.

        A life follows its file when it is moved; here a file that was moved away was deleted at its
        old path, and another that came to lie there later is one more change. `folder` ends in "/".
        """
        place = self._name(folder)
        raw_by_path: dict[bytes, list[RawChange]] = {}
        for life in self._lives.values():
            for index, head, path, old in life:
                if path.startswith(place):
                    raw_by_path.setdefault(path, []).append((index, head, path, path))
                if old != path and b" R" in head and old.startswith(place):
                    raw_by_path.setdefault(old, []).append((index, _as_deletion(head), old, old))
        touches = {}
        for path, changes in raw_by_path.items():
            changes.sort(key=itemgetter(0))
            touches[_decode(path).removeprefix(self._prefix)] = tuple(map(self._change, changes))
        return touches

    @cached_property
    def _lives_by_text(self) -> Mapping[tuple[bytes, bytes], bytes]:
        """The name of the life that a path and a blob belong to."""
        names = {}
        for name, life in self._documents.items():
            for _, head, path, _ in life:
                key = path, _new_blob(head)
                # The change with which another document took its place is in a life too.
                if key not in names or life[0][2] == path:
                    names[key] = name
        return names

    @cached_property
    def blobs(self) -> frozenset[str]:
        """Every text that the newest commit or one before it holds, under whatever path."""
        blobs: set[str] = set()
        for life in self._lives.values():
            blobs.update(_new_blob(head).decode() for _, head, _, _ in life)
        return frozenset(blobs)

    def last_commit(self, paths: Iterable[str], pins: Mapping[str, str] | None = None) -> str:
        """Return the id of the newest commit that changed one of some files; "" where none did.

        `pins`: the blob of the text that is asked for, by path. With them it is the commit that
        brought each text first, and that a file was first in, which later commits do not change.
        """
        indices: list[int] = []
        for path in paths:
            name = self._name(path)
            if pins is None:
                indices += [raw[0] for raw in self._lives.get(name, ())[:1]]
                continue
            blob = pins.get(path, "").encode()
            life = self._lives.get(self._lives_by_text.get((name, blob), name), ())
            bringing = [raw[0] for raw in life if not blob or _new_blob(raw[1]) == blob]
            indices += bringing[-1:]
        return self._commit(min(indices)).id if indices else ""

    @cached_property
    def moments(self) -> Mapping[str, datetime]:
        """When each commit came about, by id: by its own clock, but after everything it stands on.

        Where a clock was behind, the moment of the newest commit below counts.
        """
        moments: dict[str, datetime] = {}
        for commit in reversed(self.commits):
            below = [moments[parent] for parent in commit.parents if parent in moments]
            moments[commit.id] = max([commit.moment, *below])
        return moments

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {commit.id: index for index, commit in enumerate(self.commits)}

    def place(self, commit: Commit) -> int:
        """Return how many commits are newer; one of another history is the oldest of all."""
        return self._places.get(commit.id, len(self))

    def ancestors(self, commit: Commit, known: Iterable[Commit] = ()) -> frozenset[str]:
        """Return the ids of a commit and of everything it stands on, less all that is known.

        `known`: commits that are left out with what they stand on.
        """
        return frozenset(each.id for each in self._downwards(commit, known))

    def stands_on(self, commit: Commit, other: Commit) -> bool:
        """Whether a commit is another one, or stands on it."""
        return other.id in self.stood_on(commit, [other])

    def stood_on(self, commit: Commit, others: Iterable[Commit]) -> frozenset[str]:
        """Return the ids of those of some commits that a commit is, or stands on."""
        wanted = [(self.place(other), other.id) for other in others]
        bound = max(wanted, default=(-1, ""))[0]
        passed = set()
        for below in self._downwards(commit) if wanted else ():
            place = self.place(below)
            passed.add(place)
            if place in self._narrows:
                return frozenset(name for at, name in wanted if at >= place or at in passed)
            if place >= bound:
                break
        return frozenset(name for at, name in wanted if at in passed)

    @cached_property
    def _narrows(self) -> frozenset[int]:
        """The places of commits that stand on all that is older: no branch goes past them.

        All commits lead to the newest.
        """
        narrows: set[int] = set()
        open_ends: set[int] = set()
        for place, commit in enumerate(self.commits):
            open_ends.discard(place)
            if not open_ends:
                narrows.add(place)
            open_ends.update(self._places[each] for each in commit.parents if each in self._places)
        return frozenset(narrows)

    def _downwards(self, commit: Commit, known: Iterable[Commit] = ()) -> Iterator[Commit]:
        """Yield a commit and what it stands on, newest first, until only what is known is left.

        Whoever asks how two versions differ goes through what lies between them, not through all
        commits.
        """
        marked = {self._places[each.id] for each in known}
        wanted = {self._places[commit.id]} - marked
        waiting = sorted(wanted | marked)
        seen = set(waiting)
        while wanted:
            place = heappop(waiting)
            reached = self._commit(place)
            below = {self._places[each] for each in reached.parents if each in self._places}
            for each in below - seen:
                heappush(waiting, each)
            seen |= below
            # No parent comes before a child: by now it is settled whether this one is known.
            if place in marked:
                marked |= below
                wanted -= below
            else:
                wanted.remove(place)
                wanted |= below - marked
                yield reached

    def _name(self, path: str) -> bytes:
        return (self._prefix + path).encode("utf-8", errors="replace")

    def _changes(self, life: Sequence[RawChange]) -> tuple[FileChange, ...]:
        return tuple(self._change(raw) for raw in life)

    def _change(self, raw: RawChange) -> FileChange:
        index, head, path, old_path = raw
        _, _, _, blob, status = head.decode("ascii").split(" ")
        return FileChange(
            commit=self._commit(index),
            kind=CHANGE_KINDS.get(status[0], "changed"),
            path=_decode(path).removeprefix(self._prefix),
            old_path=_decode(old_path).removeprefix(self._prefix),
            blob=blob,
        )

    def _commit(self, index: int) -> Commit:
        if index not in self._parsed:
            self._parsed[index] = _parse_header(self._headers[index])
        return self._parsed[index]


def _new_blob(head: bytes) -> bytes:
    """Return the blob after a change, from `:<modes> <blobs> <status>`."""
    return head.split(b" ")[3]


def _as_deletion(head: bytes) -> bytes:
    """Return the head of a rename, as seen from the path that the file left."""
    old_mode, _, old_blob, blob, _ = head.split(b" ")
    return b" ".join((old_mode, b"000000", old_blob, b"0" * len(blob), b"D"))


def _decode(name: bytes) -> str:
    return name.decode("utf-8", errors="replace")


def _parse_header(header: bytes) -> Commit:
    """Read the header that `qmstool.git.log.FORMAT` asks git for."""
    fields = _decode(header).split("\n", 6)
    ident, parents, name, email, authored, committed, message = fields
    return Commit(
        id=ident,
        parents=tuple(parents.split()),
        author=Identity(name, email),
        authored=plain_time(authored),
        committed=plain_time(committed),
        message=message.replace("\r\n", "\n").rstrip("\n"),
    )
