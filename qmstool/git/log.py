"""Read a `History` in one pass over `git log`: every path's life, through any shape of branches.

Lives are told apart from the newest commit backwards. Each commit knows its files by names; those
of them that are called otherwise today are mapped to the name of their life. A rename changes the
map on the way to the first parent; a merge hands each of its other parents a copy of the map it
met. Where lines of work part, the line that leads to HEAD by first parents decides, unless it knows
nothing of a file and another line tells what the file is called today.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from qmstool.git.absence import explain_refusal
from qmstool.git.documents import read_code
from qmstool.git.history import History
from qmstool.git.names import plain_path
from qmstool.git.objects import read_blobs
from qmstool.process import GIT, ProgramError, stream

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from qmstool.git.commits import RawChange
    from qmstool.git.repository import Repository

FORMAT = "%H%n%P%n%an%n%ae%n%aI%n%cI%n%B"
# Everything that a user's configuration could turn is stated.
COMMAND = (
    *GIT, "-c", "log.showRoot=true", "log", "--date-order", "--raw", "-z", "-M", "-l2000",
    "--no-abbrev", "--diff-merges=first-parent", "--no-relative", "-O/dev/null", "--no-notes",
    "--no-mailmap", "--no-decorate", "--ignore-submodules=none", "--encoding=UTF-8",
    f"--format={FORMAT}",
)  # fmt: skip
_COLON, _NEWLINE = ord(":"), ord("\n")
TEXTS_AT_ONCE = 2000
Names = dict[bytes, bytes]
LogEntry = tuple[bytes, bytes, bytes]
"""`:<modes> <blobs> <status>`, path, old path."""


def read_history(repository: Repository, revision: str = "") -> History:
    """Read the whole history that leads to a revision; the newest commit known where none is named.

    Raises AbsenceError where git fails: to tell what was moved it has to read old texts, and a
    partial clone has not all of them.
    """
    if not repository.head:
        return History((), {}, repository.prefix)
    command = (*COMMAND, "--end-of-options", revision or repository.head, "--")
    output = stream(command, folder=repository.folder)
    try:
        headers, lives = trace_lives(group_commits(split_at_nul(output)))
    except ProgramError as error:
        raise explain_refusal(repository.folder, error.words) from error
    return History(headers, lives, repository.prefix, partial(read_codes, repository.folder))


def read_codes(folder: Path, blobs: Iterable[str]) -> dict[str, str]:
    """Return the code of each text that bears one, by blob; what is not here is left out."""
    wanted = sorted(blobs)
    codes: dict[str, str] = {}
    for start in range(0, len(wanted), TEXTS_AT_ONCE):
        texts = read_blobs(folder, wanted[start : start + TEXTS_AT_ONCE])
        codes |= {blob: read_code(text) for blob, text in texts.items()}
    return {blob: code for blob, code in codes.items() if code}


def split_at_nul(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Split a stream of blocks at NUL."""
    rest = b""
    for block in blocks:
        *whole, rest = (rest + block).split(b"\0")
        yield from whole
    if rest:
        yield rest


def group_commits(tokens: Iterator[bytes]) -> Iterator[tuple[bytes, list[LogEntry]]]:
    """Group the tokens of the log: each commit's header with its entries.

    A header begins with its id, an entry with a colon.
    """
    header = b""
    entries: list[LogEntry] = []
    for token in tokens:
        # git puts an empty line before the first entry.
        part = token[1:] if token[0] == _NEWLINE else token
        if part[0] != _COLON:
            if header:
                yield header, entries
            header, entries = part, []
            continue
        path = plain_path(next(tokens))
        renamed = _status(part) in b"RC"
        if renamed:
            new_path = plain_path(next(tokens))
            # A name whose accents are stored otherwise is the same name.
            entries.append((part, new_path, path if path != new_path else new_path))
        else:
            entries.append((part, path, path))
    if header:
        yield header, entries


def _status(head: bytes) -> int:
    """Return the letter for what happened to a file, from `:<modes> <blobs> <status>`."""
    return head[head.rindex(b" ") + 1]


def trace_lives(
    log: Iterable[tuple[bytes, list[LogEntry]]],
) -> tuple[list[bytes], dict[bytes, list[RawChange]]]:
    """Return the headers, newest first, and what each file lived through, by the life's name."""
    tracer = _LifeTracer()
    headers = []
    for index, (header, entries) in enumerate(log):
        headers.append(header)
        tracer.add_commit(index, header, entries)
    return headers, tracer.finish()


class _LifeTracer:
    """Puts the entries of commits together to lives, as the module's docstring describes.

    `waiting`: names that children left for a commit that is still to come. `main_commit`: the next
    one on the line that leads to HEAD by first parents. `joins`: a part of a life, and the life
    that it turned out to belong to. `alive`: whether the file is there at HEAD.
    """

    def __init__(self) -> None:
        self.lives: dict[bytes, list[RawChange]] = {}
        self.waiting: dict[bytes, list[Names]] = {}
        self.main_commit: bytes | None = None
        self.joins: dict[bytes, bytes] = {}
        self.alive: dict[bytes, bool] = {}

    def add_commit(self, index: int, header: bytes, entries: list[LogEntry]) -> None:
        """Take the next commit, children before parents."""
        ident, parents, _ = header.split(b"\n", 2)
        names = self._meet(ident)
        on_main_line = self.main_commit is None or ident == self.main_commit
        first_parent, *others = parents.split() or [b""]
        for other in others:
            self.waiting.setdefault(other, []).append(names.copy())
        renames = []
        for head, path, old in entries:
            name = names.get(path, path)
            self.lives.setdefault(name, []).append((index, head, path, old))
            if on_main_line and name not in self.alive:
                self.alive[name] = not head.endswith(b"D")
            if old is not path and _status(head) == ord("R"):
                renames.append((old, path, name))
        for _, path, _ in renames:
            names[path] = path + b"\0" + ident  # before this commit that name was another file's
        for old, _, name in renames:
            names[old] = name
        self._hand_on(first_parent, names, on_main_line=on_main_line)

    def _hand_on(self, parent: bytes, names: Names, *, on_main_line: bool) -> None:
        """Leave the names for the first parent; those of the main line go first."""
        waiting = self.waiting.setdefault(parent, [])
        if on_main_line:
            self.main_commit = parent
            waiting.insert(0, names)
        else:
            waiting.append(names)

    def _meet(self, ident: bytes) -> Names:
        """Return the names that hold at a commit.

        Where its children differ the first of them decides, and the lives of the others join.
        """
        first, *others = self.waiting.pop(ident, [{}])
        for other in others:
            if other == first:
                continue
            different = {path for path, _ in first.items() ^ other.items()}
            for path in different:
                name, other_name = first.get(path, path), other.get(path, path)
                if path not in first and self.alive.get(other_name):
                    first[path] = other_name
                elif name != other_name:
                    self.joins.setdefault(other_name, name)
        return first

    def finish(self) -> dict[bytes, list[RawChange]]:
        """Join the parts that turned out to be one life, and return all lives by name."""
        for part, whole in self.joins.items():
            if self._is_only_a_part(part) and whole in self.lives:
                joined = self.lives[whole] + self.lives.pop(part)
                self.lives[whole] = sorted(joined, key=lambda raw: raw[0])
        return self.lives

    def _is_only_a_part(self, name: bytes) -> bool:
        """Whether a life has no beginning of its own, and no file at HEAD."""
        life = self.lives.get(name)
        if not life or self.alive.get(name):
            return False
        _, head, _, _ = life[-1]
        return b" A" not in head
