"""What a check said of the very same bytes, kept: asked again, it need not be found again.

A verdict is known by what it was asked of: every text of the manual, the name of every other file,
the tool and its data. What a rule read besides (a form's header, a piece of evidence) stands in the
verdict with its digest, and so does the span of its day in the manual's time zone; where one of
them is no longer so, nothing is recalled. Verdicts lie outside the manual, each signed with a
secret of this user: one that was cut short, altered, or brought from another machine is as good as
none.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import sys
from datetime import datetime, time, timedelta
from hashlib import blake2b
from importlib.machinery import PathFinder
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qmstool.findings import Finding, Location, Report, Severity, Skipped, Summary, Suppressed
from qmstool.frozen import dataclass
from qmstool.i18n import QmsError, Text
from qmstool.storage import files, resources
from qmstool.storage.tree import ReadOnceTree

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from zoneinfo import ZoneInfo

    from qmstool.i18n import Lang
    from qmstool.storage.tree import Tree

SIZE = 32
_VALUES = {
    kind.__name__: kind for kind in (Report, Finding, Suppressed, Skipped, Summary, Location, Text)
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """A report, the manual's language, and the span of its day: seconds since 1970, the end exclusive."""

    report: Report
    language: Lang
    begins: float
    ends: float


class Question(ReadOnceTree):
    """A tree read once, which notes what else is read of it: all that a check can learn of a manual."""

    def __init__(self, tree: Tree, tool: bytes) -> None:
        super().__init__(tree)
        self.noted: dict[str, bytes] = {}
        said = blake2b(tool, digest_size=SIZE)
        for path in self.paths:
            text = self.texts.get(path)
            said.update(f"{len(os.fsencode(path))} {-1 if text is None else len(text)} ".encode())
            said.update(os.fsencode(path))
            said.update(text or b"")
        self.key = said.digest()

    def read_other_files(self, paths: Iterable[str]) -> dict[str, bytes]:
        """Files that are no texts, noted with their digests; those that are not there too."""
        asked = tuple(paths)
        read = super().read_other_files(asked)
        self.noted |= {path: _digest(read.get(path)) for path in asked}
        return read

    def still(self, noted: Mapping[str, bytes]) -> bool:
        """Whether what was once read besides the texts is what it was."""
        read = self.tree.read_all(noted)
        return all(_digest(read.get(path)) == digest for path, digest in noted.items())


class Store:
    """A folder of verdicts. It holds few: one for each first digit of their keys, the newest."""

    def __init__(self, folder: Path, secret: bytes) -> None:
        self._folder = folder
        self._secret = secret

    def recall(self, question: Question, moment: float) -> Verdict | None:
        """What was said when the very same was asked on the day of a moment; None where nothing was, or not by us."""
        try:
            data = (self._folder / _slot(question)).read_bytes()
        except OSError:
            return None
        signature, said = data[:SIZE], data[SIZE:]
        # The key is signed too: another question's words are not even read, for another Python may
        # have written them.
        if self._signature(question, said) != signature:
            return None
        noted, verdict = marshal.loads(said)  # noqa: S302 - our own words: signed
        if not question.still(noted):
            return None
        recalled: Verdict = Verdict(*map(_unpacked, verdict))
        return recalled if recalled.begins <= moment < recalled.ends else None

    def keep(self, question: Question, verdict: Verdict) -> None:
        """Keep what was said; where the disk does not let us, the next check will find it again."""
        packed = tuple(
            _packed(getattr(verdict, name)) for name in ("report", "language", "begins", "ends")
        )
        said = marshal.dumps((question.noted, packed))
        with contextlib.suppress(OSError, QmsError):
            files.write(
                self._folder, _slot(question), self._signature(question, said) + said, private=True
            )

    def _signature(self, question: Question, said: bytes) -> bytes:
        return blake2b(question.key + said, key=self._secret, digest_size=SIZE).digest()


def this_tool() -> bytes:
    """The state of this package, of its data, and of what reads YAML for it."""
    reader = PathFinder.find_spec("yaml")
    folders = [
        Path(__file__).parents[1],
        resources.packaged_path("clauses"),
        resources.packaged_path("templates"),
    ]
    folders += [Path(reader.origin).parent] if reader and reader.origin else []
    return tool(folders, sys.version)


def tool(folders: Iterable[Path], *more: str) -> bytes:
    """What tells one state of a tool from another: path, size and time of its files, as Python knows a changed module."""
    seen = blake2b(repr(more).encode(), digest_size=SIZE)
    for folder in folders:
        for where, below, names in os.walk(folder):
            below[:] = sorted(name for name in below if name != "__pycache__")
            for name in sorted(names):
                path = f"{where}/{name}"
                seen.update(f"{path} {_stamp(path)} ".encode("utf-8", "surrogateescape"))
    return seen.digest()


def _stamp(path: str) -> str:
    """Size and time of a file; nothing of an editor's lock, a link that leads nowhere, or of a file that has just gone."""
    try:
        told = os.stat(path)  # noqa: PTH116 - hundreds of files
    except OSError:
        return ""
    return f"{told.st_size} {told.st_mtime_ns}"


def span(moment: float, zone: ZoneInfo) -> tuple[float, float]:
    """When the day that a moment falls on begins and ends in a time zone, in seconds since 1970."""
    today = datetime.fromtimestamp(moment, zone).date()
    begins, ends = (
        datetime.combine(day, time(), zone).timestamp()
        for day in (today, today + timedelta(days=1))
    )
    return begins, ends


def _slot(question: Question) -> str:
    return question.key.hex()[0]


def _digest(data: bytes | None) -> bytes:
    """The digest of a file, or none where there is no file."""
    return b"" if data is None else blake2b(data, digest_size=SIZE).digest()


def _packed(value: Any) -> Any:
    """A value as `marshal` can hold it: tuples that begin with what they are."""
    kind = type(value)
    if kind.__name__ in _VALUES:
        return (kind.__name__, *(_packed(getattr(value, name)) for name in kind.__match_args__))
    if kind is tuple:
        return ("tuple", *map(_packed, value))
    if kind is dict:
        return ("dict", *((_packed(name), _packed(each)) for name, each in value.items()))
    return ("Severity", int(value)) if kind is Severity else value


def _unpacked(value: Any) -> Any:
    if type(value) is not tuple:
        return value
    kind, *rest = value
    if kind == "dict":
        return {_unpacked(name): _unpacked(each) for name, each in rest}
    if kind == "Severity":
        return Severity(*rest)
    parts = map(_unpacked, rest)
    return tuple(parts) if kind == "tuple" else _VALUES[kind](*parts)
