"""One pass over `git log` → a `History`: every path's life, renames followed, through any shape of branches.

Lives are told apart from the newest commit backwards. Each commit knows its files by names; `names` maps those of them that are
called otherwise today to the name of their life. A rename changes the map on the way to the first parent; a merge hands each
of its other parents a copy of the names it saw. Where lines of work part, the line that leads to HEAD by first parents decides,
unless it knows nothing of a file and another line tells what it is called today.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.git.commits import History
from qmstool.process import GIT, stream

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmstool.git.commits import RawChange
    from qmstool.git.repository import Repository

FORMAT = "%H%n%P%n%an%n%ae%n%aI%n%cn%n%ce%n%cI%n%B"
# Everything that a user's configuration could turn is said aloud.
COMMAND = (
    *GIT, "-c", "log.showRoot=true", "log", "--topo-order", "--raw", "-z", "-M", "-l2000", "--no-abbrev",
    "--diff-merges=first-parent", "--no-relative", "-O/dev/null", "--no-notes", "--no-mailmap", "--no-decorate",
    "--ignore-submodules=none", "--encoding=UTF-8", f"--format={FORMAT}",
)  # fmt: skip
_COLON, _NEWLINE = ord(":"), ord("\n")
Names = dict[bytes, bytes]
LogEntry = tuple[bytes, bytes, bytes]  # `:<modes> <blobs> <status>`, path, old path


def read_history(repository: Repository, revision: str = "HEAD") -> History:
    """Read the whole history that leads to a revision. Raises QmsError where git fails."""
    if not repository.head:
        return History((), {}, repository.prefix)
    command = (*COMMAND, "--end-of-options", revision, "--")
    return History(
        *trace_lives(group_commits(split_at_nul(stream(command, folder=repository.folder)))),
        repository.prefix,
    )


def split_at_nul(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Split a stream of blocks at NUL."""
    rest = b""
    for block in blocks:
        *whole, rest = (rest + block).split(b"\0")
        yield from whole
    if rest:
        yield rest


def group_commits(parts: Iterator[bytes]) -> Iterator[tuple[bytes, list[LogEntry]]]:
    """Group the tokens of the log: each commit's header with its entries.

    A header begins with its id, an entry with a colon.
    """
    header = b""
    entries: list[LogEntry] = []
    for part in parts:
        first = part[0]
        if first == _NEWLINE:
            part = part[1:]  # noqa: PLW2901 - git puts an empty line before the first entry
            first = part[0]
        if first != _COLON:
            if header:
                yield header, entries
            header, entries = part, []
            continue
        path = next(parts)
        renamed = part[part.rindex(b" ") + 1] in b"RC"
        entries.append((part, next(parts), path) if renamed else (part, path, path))
    if header:
        yield header, entries


def trace_lives(
    log: Iterable[tuple[bytes, list[LogEntry]]],
) -> tuple[list[bytes], dict[bytes, list[RawChange]]]:
    """Return the headers, newest first, and what each path lived through, by the name of its life."""
    weaver = _Weaver()
    headers = []
    for at, (header, entries) in enumerate(log):
        headers.append(header)
        weaver.commit(at, header, entries)
    return headers, weaver.finish()


class _Weaver:
    """Puts the entries of commits together to lives; see the module's own words."""

    def __init__(self) -> None:
        self.lives: dict[bytes, list[RawChange]] = {}
        self.waiting: dict[bytes, list[Names]] = {}
        self.spine: bytes | None = None
        self.joins: dict[bytes, bytes] = {}
        self.alive: dict[bytes, bool] = {}

    def commit(self, at: int, header: bytes, entries: list[LogEntry]) -> None:
        """Take the next commit, children before parents."""
        ident, parents, _ = header.split(b"\n", 2)
        names = self.meet(ident)
        main = self.spine is None or ident == self.spine
        first, *others = parents.split() or [b""]
        for other in others:
            self.waiting.setdefault(other, []).append(names.copy())
        renames = []
        for head, path, old in entries:
            name = names.get(path, path)
            self.lives.setdefault(name, []).append((at, head, path, old))
            if main and name not in self.alive:
                self.alive[name] = not head.endswith(b"D")
            if old is not path and head[head.rindex(b" ") + 1] == ord("R"):
                renames.append((old, path, name))
        for _, path, _ in renames:
            names[path] = path + b"\0" + ident  # before this commit that name was another file's
        for old, _, name in renames:
            names[old] = name
        self.hand_on(first, names, main=main)

    def hand_on(self, parent: bytes, names: Names, *, main: bool) -> None:
        """Leave the names for the first parent; the main line's go first."""
        waiting = self.waiting.setdefault(parent, [])
        if main:
            self.spine = parent
        waiting.insert(0 if main else len(waiting), names)

    def meet(self, ident: bytes) -> Names:
        """Return the names that hold at a commit; where its children differ, one decides and the others' lives join."""
        first, *others = self.waiting.pop(ident, [{}])
        for other in others:
            for path in (
                {path for path, _ in first.items() ^ other.items()} if other != first else ()
            ):
                one, two = first.get(path, path), other.get(path, path)
                if path not in first and self.alive.get(two):
                    first[path] = two
                elif one != two:
                    self.joins.setdefault(two, one)
        return first

    def finish(self) -> dict[bytes, list[RawChange]]:
        """Join the parts that turned out to be one life: those with no beginning of their own, and not at HEAD."""
        for part, whole in self.joins.items():
            life = self.lives.get(part)
            if (
                life
                and not self.alive.get(part)
                and b" A" not in life[-1][1]
                and whole in self.lives
            ):
                self.lives[whole] = sorted(
                    self.lives[whole] + self.lives.pop(part), key=lambda raw: raw[0]
                )
        return self.lives
