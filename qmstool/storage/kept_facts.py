"""Keep what was once made of a file, and give it back for the very same bytes.

A fact is kept under everything that it was made of: the tool, the path and bytes of its file, and
whatever more its maker names. Facts lie outside the manual in a few parcels, each signed with a
secret of this user: a parcel that was cut short, altered, or brought from elsewhere is not there,
and is made again. Nothing in it is run: values come back only as those of this package.
"""

from __future__ import annotations

import contextlib
import io
import marshal
import os
import pickle
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from zlib import crc32
from zoneinfo import ZoneInfo

from qmstool.digest import DIGEST_SIZE, blake2b, file_digest
from qmstool.i18n import QmsError
from qmstool.storage import files
from qmstool.storage.kept_patterns import KeptPatterns
from qmstool.storage.tree import MANIFEST
from qmstool.storage.whole_file import read_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

# Files share a parcel, so that few are opened, and few have to be written again after an edit.
FILES_IN_PARCEL, MOST_PARCELS = 128, 64
# Asked of few files after an edit. Of a large manual they lie in parcels of their own, most of
# which stay closed.
SELDOM_ASKED = frozenset({"head", "references"})
# A path's facts: by their kind, each with the key under which it is kept.
_Shelf = dict[str, tuple[bytes, bytes]]
Shelves = dict[str, _Shelf]
"""Facts of several files, packed, by path."""


class KeptFacts:
    """The facts of one manual: what was kept before, and what is kept from now on.

    Beside them lie the regular expressions of the run, which say how to read and are dear to make.

    `folder`: where they lie; None for those of one run, which another process makes or takes.
    `tool`: a digest of what makes facts; `texts`: the bytes of every text of the manual by path;
    `digests`: those of their `file_digest`s that are known already.
    """

    def __init__(
        self,
        folder: Path | None,
        secret: bytes,
        tool: bytes,
        texts: Mapping[str, bytes],
        digests: Mapping[str, bytes] = MappingProxyType({}),
    ) -> None:
        self._folder = folder
        self._secret = secret
        self.tool = tool
        self.texts = texts
        self._count = max(1, min(MOST_PARCELS, len(texts) // FILES_IN_PARCEL))
        self._parcels: dict[int, dict[str, _Shelf]] = {}
        self._changed: set[int] = set()
        self._digests = dict(digests)
        self._expected: dict[tuple[str, str], Callable[[], Shelves]] = {}
        self._patterns = KeptPatterns(folder, secret) if folder else None
        if self._patterns:
            self._patterns.recall()

    def recall(
        self,
        kind: str,
        path: str,
        more: bytes = b"",
        *,
        part: str | None = None,
        anchors: tuple[object, ...] = (),
    ) -> Any | None:
        """Return the fact of a kind that was kept of a file as it is now; None where there is none.

        `more`: what else it was made of. `part`: the words of the file that it was made of, where
        the others do not matter. `anchors`: values that it refers to and that are not kept with it,
        in the order in which they were given when it was kept.
        """
        if (kind, path) in self._expected:
            self._take(self._expected[kind, path])
        kept = self._shelf(kind, path).get(kind)
        if kept is None or kept[0] != self._key(kind, path, more, part):
            return None
        return _unpacked(kept[1], anchors)

    def keep(
        self,
        kind: str,
        path: str,
        value: object,
        more: bytes = b"",
        *,
        part: str | None = None,
        anchors: tuple[object, ...] = (),
    ) -> None:
        """Keep a fact of a file, in the place of the last one of its kind."""
        self._put(kind, path, (self._key(kind, path, more, part), _packed(value, anchors)))

    def lacks(self, kind: str, path: str) -> bool:
        """Whether no fact of a kind is kept of a file, of whatever bytes."""
        return kind not in self._shelf(kind, path)

    def expect(self, kind: str, paths: Iterable[str], wait: Callable[[], Shelves]) -> None:
        """Take facts of a kind of some files from `wait`, as soon as one of them is asked for."""
        self._expected |= dict.fromkeys([(kind, path) for path in paths], wait)

    def _take(self, wait: Callable[[], Shelves]) -> None:
        self._expected = {asked: way for asked, way in self._expected.items() if way is not wait}
        self.take_in(wait(), {})

    def take_in(self, shelves: Shelves, digests: Mapping[str, bytes]) -> None:
        """Take facts of another process, of texts of which this one has the `digests` alone."""
        self._digests |= digests
        for path, shelf in shelves.items():
            for kind, packed in shelf.items():
                self._put(kind, path, packed)

    def of_kinds(self, *kinds: str) -> Shelves:
        """Return the facts of some kinds, packed, for another process that knows the same texts."""
        shelves: Shelves = {}
        for parcel in self._parcels.values():
            for path, shelf in parcel.items():
                for kind in shelf.keys() & set(kinds):
                    shelves.setdefault(path, {})[kind] = shelf[kind]
        return shelves

    def digest(self, paths: Iterable[str]) -> bytes:
        """Return a digest of several files, for what is made of all of them."""
        digest = blake2b(digest_size=DIGEST_SIZE)
        for path in paths:
            digest.update(self.file_digest(path))
        return digest.digest()

    def save(self) -> None:
        """Write the parcels that changed; where the disk does not let us, all is made again."""
        if self._folder is None or self._patterns is None:
            return
        files.sweep(self._folder)
        for number in sorted(self._changed):
            parcel = self._parcels[number]
            for path in [path for path in parcel if path not in self.texts]:
                del parcel[path]
            body = marshal.dumps(parcel)
            with contextlib.suppress(OSError, QmsError):
                data = self._signature(number, body) + body
                files.write(self._folder, _name(number), data, private=True)
        self._changed.clear()
        self._patterns.save()

    def _key(self, kind: str, path: str, more: bytes, part: str | None) -> bytes:
        if part is None:
            made_of = self.file_digest(path)
        else:
            made_of = file_digest(self.tool, path, part.encode())
        return blake2b(made_of + kind.encode() + b"\0" + more, digest_size=16).digest()

    def file_digest(self, path: str) -> bytes:
        """Return a digest of the tool, and of a file's path and bytes."""
        if path not in self._digests:
            self._digests[path] = file_digest(self.tool, path, self.texts[path])
        return self._digests[path]

    def _shelf(self, kind: str, path: str) -> _Shelf:
        """Return the facts of a file that lie where those of a kind do."""
        return self._parcel(self._number_of(kind, path)).get(path, {})

    def _put(self, kind: str, path: str, packed: tuple[bytes, bytes]) -> None:
        number = self._number_of(kind, path)
        self._parcel(number).setdefault(path, {})[kind] = packed
        self._changed.add(number)

    def _number_of(self, kind: str, path: str) -> int:
        if self._count == 1:
            return 0
        if path == MANIFEST:  # what is kept of the whole manual changes with every edit
            return 2 * self._count
        number = crc32(os.fsencode(path)) % self._count
        return number + self._count if kind in SELDOM_ASKED else number

    def _parcel(self, number: int) -> dict[str, _Shelf]:
        if number not in self._parcels:
            self._parcels[number] = self._open(number)
        return self._parcels[number]

    def _open(self, number: int) -> dict[str, _Shelf]:
        """Read a parcel; an empty one where there is none that this user signed."""
        if self._folder is None:
            return {}
        try:
            data = read_whole(str(self._folder / _name(number)))
        except OSError:
            return {}
        signature, body = data[:DIGEST_SIZE], data[DIGEST_SIZE:]
        if self._signature(number, body) != signature:
            return {}
        parcel: dict[str, _Shelf] = marshal.loads(body)  # noqa: S302 - our own words: signed
        return parcel

    def _signature(self, number: int, body: bytes) -> bytes:
        """Sign a parcel: by whom, of which tool, which of how many, with what in it."""
        signed = blake2b(self.tool, key=self._secret, digest_size=DIGEST_SIZE)
        signed.update(f"facts {number} {self._count} ".encode())
        signed.update(body)
        return signed.digest()


def _name(number: int) -> str:
    return f"{number:02}"


class PassingFacts(KeptFacts):
    """Facts of one run in which nothing is kept, but the documents that one process hands on."""

    def __init__(self, texts: Mapping[str, bytes]) -> None:
        super().__init__(None, b"", b"", texts)

    def keep(
        self,
        kind: str,
        path: str,
        value: object,
        more: bytes = b"",
        *,
        part: str | None = None,
        anchors: tuple[object, ...] = (),
    ) -> None:
        """Keep documents; nobody asks for anything else again."""
        if kind == "document":
            super().keep(kind, path, value, more, part=part, anchors=anchors)


class _Anchor:
    """Stands for an anchor in a packed value, and is the anchor itself where that is unpacked."""

    given: tuple[object, ...] = ()

    def __new__(cls, number: int) -> Any:
        return cls.given[number]


class _Zone:
    """Stands for a time zone in a packed value."""

    def __new__(cls, name: str) -> Any:
        return ZoneInfo(name)


def _packed(value: object, anchors: tuple[object, ...]) -> bytes:
    """Pack a value, with the numbers of its anchors, and names of time zones, in their places.

    Only values of the anchors' own classes are asked for: to ask each value costs more than to pack
    it. The packer is known to nothing that it knows: no collector runs that would part such a ring,
    and each would hold all that it has packed.
    """
    numbers = {id(anchor): number for number, anchor in enumerate(anchors)}

    def reduced(value: object) -> Any:
        number = numbers.get(id(value))
        if number is None:
            return value.__reduce_ex__(pickle.HIGHEST_PROTOCOL)
        return _Anchor, (number,)

    packed = io.BytesIO()
    packer = pickle.Pickler(packed, protocol=pickle.HIGHEST_PROTOCOL)
    packer.dispatch_table = {**dict.fromkeys(map(type, anchors), reduced), ZoneInfo: _zone}
    packer.dump(value)
    return packed.getvalue()


def _zone(zone: ZoneInfo) -> Any:
    return _Zone, (zone.key,)


# Classes that were found before: every fact asks for a dozen.
_CLASSES: dict[tuple[str, str], type] = {("datetime", "date"): date}


class _Unpacker(pickle.Unpickler):
    """Unpacks a value: days apart, no other class than those of this package is known to it."""

    def find_class(self, module: str, name: str) -> Any:
        known = _CLASSES.get((module, name))
        if known is None:
            found = super().find_class(module, name) if module.startswith("qmstool.") else None
            if not isinstance(found, type):
                raise pickle.UnpicklingError(f"{module}.{name} is no value of this package")
            known = _CLASSES[module, name] = found
        return known


def _unpacked(data: bytes, anchors: tuple[object, ...]) -> Any:
    """Return a packed value with its anchors in their places."""
    around, _Anchor.given = _Anchor.given, anchors
    try:
        return _Unpacker(io.BytesIO(data)).load()
    finally:
        _Anchor.given = around
