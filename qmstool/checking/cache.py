"""Keep the report of a check, and return it when the very same bytes are checked again.

A report is kept under what it depends on: every text of the manual, the name of every other file,
the tool and its data. What a rule read besides (a form's header, a piece of evidence) is kept with
its digest, and so is the span of the report's day in the manual's time zone; where one of them is
no longer so, nothing is returned. Kept reports lie outside the manual, each signed with a secret
of this user: one that was cut short, altered, or brought from another machine counts for nothing.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import sys
from datetime import datetime, time, timedelta
from importlib.machinery import PathFinder
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qmstool.digest import DIGEST_SIZE, blake2b, file_digest
from qmstool.findings import (
    Finding,
    Location,
    NotLookedUp,
    Report,
    Severity,
    Skipped,
    SourceLines,
    Summary,
    Suppressed,
)
from qmstool.frozen import dataclass, replace
from qmstool.i18n import FilledText, QmsError, Text
from qmstool.storage import files, resources
from qmstool.storage.read_once import ReadOnceTree
from qmstool.storage.whole_file import read_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from zoneinfo import ZoneInfo

    from qmstool.i18n import Lang
    from qmstool.parsing.source import SourceFile
    from qmstool.storage.tree import Tree

_KINDS = (Report, Finding, Suppressed, Skipped, NotLookedUp, Summary, Location, Text)
_FIELDS = {kind: attrgetter(*kind.__match_args__) for kind in _KINDS}
_VALUES: dict[str, type] = {kind.__name__: kind for kind in (*_KINDS, Severity)}
_of_finding, _of_location = _FIELDS[Finding], _FIELDS[Location]
_FLAT = frozenset({Location, Summary, Text})
"""Kinds all of whose fields are plain."""
_PLAIN = frozenset({str, int, float, bool, type(None)})
# Packages that read data, texts and templates for this one: another version reads them otherwise.
READERS = ("yaml", "pyromark", "jinja2", "nh3")


@dataclass(frozen=True, slots=True)
class CachedReport:
    """A report, the manual's language, and the span of its day.

    `begins` and `ends` are seconds since 1970, the end exclusive.
    """

    report: Report
    language: Lang
    begins: float
    ends: float


class TrackedTree(ReadOnceTree):
    """A tree read once that notes what else is read of it: all that a check can learn.

    `digests` are those of its texts, `key` is one of all that it holds.
    """

    def __init__(self, tree: Tree, tool: bytes) -> None:
        super().__init__(tree)
        self.other_digests: dict[str, bytes] = {}
        self.digests = {path: file_digest(tool, path, data) for path, data in self.texts.items()}
        digest = blake2b(b"".join(self.digests.values()), digest_size=DIGEST_SIZE)
        others = [os.fsencode(path) for path in self.paths if path not in self.texts]
        held = len(self.digests), others, sorted(self.refused().items()), self.beside()
        digest.update(tool + repr(held).encode())
        self.key = digest.digest()

    def read_other_files(self, paths: Iterable[str]) -> dict[str, bytes]:
        """Read files that are no texts, noting their digests; also of those not there."""
        wanted = tuple(paths)
        read = super().read_other_files(wanted)
        self.other_digests |= {path: _digest(read.get(path)) for path in wanted}
        return read

    def still_unchanged(self, digests: Mapping[str, bytes]) -> bool:
        """Whether the files once read besides the texts are what they were."""
        read = self.tree.read_all(digests)
        return all(_digest(read.get(path)) == digest for path, digest in digests.items())


class ReportCache:
    """A folder of reports. It holds few: one for each first digit of their keys, the newest."""

    def __init__(self, folder: Path, secret: bytes) -> None:
        self._folder = folder
        self._secret = secret

    def recall(self, tree: TrackedTree, moment: float) -> CachedReport | None:
        """Return the report kept for the very same tree on the day of a moment.

        None where there is none, or one that this user did not sign.
        """
        try:
            data = read_whole(str(self._folder / _slot(tree)))
        except OSError:
            return None
        signature, body = data[:DIGEST_SIZE], data[DIGEST_SIZE:]
        # The key is signed too: another tree's words are not even read, for another Python may
        # have written them.
        if self._signature(tree, body) != signature:
            return None
        digests, packed = marshal.loads(body)  # noqa: S302 - our own words: signed
        if not tree.still_unchanged(digests):
            return None
        cached: CachedReport = CachedReport(*map(_unpacked, packed))
        if not cached.begins <= moment < cached.ends:
            return None
        return replace(cached, report=replace(cached.report, lines=_lines_of(tree.texts)))

    def keep(self, tree: TrackedTree, cached: CachedReport) -> None:
        """Keep a report; where the disk does not let us, the next check makes it again."""
        packed = tuple(
            _packed(getattr(cached, name)) for name in ("report", "language", "begins", "ends")
        )
        body = marshal.dumps((tree.other_digests, packed))
        with contextlib.suppress(OSError, QmsError):
            files.write(self._folder, _slot(tree), self._signature(tree, body) + body, private=True)

    def _signature(self, tree: TrackedTree, body: bytes) -> bytes:
        return blake2b(tree.key + body, key=self._secret, digest_size=DIGEST_SIZE).digest()


def current_tool_digest() -> bytes:
    """Return a digest of this package, of its data, and of what reads for it."""
    folders = [
        Path(__file__).parents[1],
        resources.packaged_path("clauses"),
        resources.packaged_path("templates"),
    ]
    for name in READERS:
        found = PathFinder.find_spec(name)
        if found and found.origin:
            folders.append(Path(found.origin).parent)
    return tool_digest(folders, sys.version)


def tool_digest(folders: Iterable[Path], *more: str) -> bytes:
    """Return a digest of a tool's files: path, size and time, as Python knows a changed module."""
    stamps = _stamps(map(str, folders))
    said = "\0".join([repr(more), *stamps])
    return blake2b(said.encode("utf-8", "surrogateescape"), digest_size=DIGEST_SIZE).digest()


def _stamps(folders: Iterable[str]) -> list[str]:
    """Return path, size and time of each file below some folders, of hundreds, in order.

    The path alone of an editor's lock, a link that leads nowhere, or a file that has just gone.
    """
    stamps = []
    waiting = [*folders]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                listed = sorted(entries, key=attrgetter("name"))
        except OSError:
            continue
        for entry in listed:
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    waiting.append(entry.path)
                continue
            try:
                status = entry.stat()
            except OSError:
                stamps.append(entry.path)
            else:
                stamps.append(f"{entry.path} {status.st_size} {status.st_mtime_ns}")
    return stamps


def day_span(moment: float, zone: ZoneInfo) -> tuple[float, float]:
    """Return when a moment's day begins and ends in a time zone, in seconds since 1970."""
    today = datetime.fromtimestamp(moment, zone).date()
    begins, ends = (
        datetime.combine(day, time(), zone).timestamp()
        for day in (today, today + timedelta(days=1))
    )
    return begins, ends


def _lines_of(texts: Mapping[str, bytes]) -> SourceLines:
    """Return the lines of some files, each file decoded when one of its lines is asked for."""
    sources: dict[str, SourceFile] = {}

    def line_of(path: str, line: int) -> str | None:
        if path not in texts:
            return None
        if path not in sources:
            from qmstool.parsing.source import SourceFile  # noqa: PLC0415 - start-up counts

            sources[path] = SourceFile(path, texts[path])
        return sources[path].line(line)

    return SourceLines(line_of)


def _slot(tree: TrackedTree) -> str:
    return tree.key.hex()[0]


def _digest(data: bytes | None) -> bytes:
    """Return the digest of a file, empty where there is no file."""
    return b"" if data is None else blake2b(data, digest_size=DIGEST_SIZE).digest()


def _packed(value: Any) -> Any:
    """Return a value as `marshal` can hold it: tuples that begin with their type.

    A report may have twenty thousand findings, so what needs no packing is seen by its class.
    """
    kind = value.__class__
    if kind in _PLAIN:
        return value
    if kind is dict:
        pairs = [part for pair in value.items() for part in pair]
        if _PLAIN.issuperset(map(type, pairs)):
            return ("words", value)
        return ("dict", *map(_packed, pairs))
    if kind in _PACKERS:
        return _PACKERS[kind](value)
    # A filled sentence is kept as its words.
    kind = Text if isinstance(value, Text) else kind
    if kind in _FLAT:
        return (kind.__name__, *_FIELDS[kind](value))
    fields = value if kind is tuple else _FIELDS[kind](value)
    parts = [each if each.__class__ in _PLAIN else _packed(each) for each in fields]
    return (kind.__name__, *parts)


def _packed_finding(finding: Finding) -> tuple[Any, ...]:
    """Return a finding in one tuple, with the pattern of its message, which many others have."""
    rule, slug, severity, location, message, values, suggestion, related, fix = _of_finding(finding)
    filled = isinstance(message, FilledText) and message.made_of[1] is values
    pattern = message.made_of[0] if filled else message
    return (
        "Finding",
        (rule, slug, int(severity), filled, pattern.vi, pattern.en, suggestion, fix),
        _of_location(location),
        values if values.__class__ is dict else dict(values),
        tuple([_of_location(place) for place in related]) if related else (),
    )


_PACKERS: dict[type, Callable[[Any], Any]] = {
    Finding: _packed_finding,
    Severity: lambda severity: ("Severity", int(severity)),
    SourceLines: lambda _: None,  # they are read again of the same files
}


def _unpacked_finding(
    named: tuple[Any, ...], place: Any, values: dict[str, str], related: tuple[Any, ...]
) -> Finding:
    rule, slug, severity, filled, vi, en, suggestion, fix = named
    message = FilledText.later(Text(vi, en), values) if filled else Text(vi, en)
    location, places = Location(*place), tuple([Location(*each) for each in related])
    return Finding(
        rule, slug, Severity(severity), location, message, values, suggestion, places, fix
    )


def _unpacked(value: Any) -> Any:
    if value.__class__ is not tuple:
        return value
    kind, *packed = value
    if kind == "words":
        return packed[0]
    if kind == "Finding":
        return _unpacked_finding(*packed)
    parts = [_unpacked(each) if each.__class__ is tuple else each for each in packed]
    if kind == "tuple":
        return tuple(parts)
    if kind == "dict":
        return dict(zip(parts[::2], parts[1::2], strict=True))
    return _VALUES[kind](*parts)
