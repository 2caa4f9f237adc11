"""Find the files that records pin, as far as they are here now as they were pinned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.releases.record import blob_ids

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from qmstool.manual.releases import PinnedFile
    from qmstool.rules.base.facts import Facts


class PinnedHere:
    """The files of the manual as they are, by the ids that git gives them; each is read once."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._ids: dict[str, dict[str, bytes]] = {}

    def blobs(self, pins: Iterable[PinnedFile]) -> dict[str, bytes]:
        """Return the bytes of those pins that lead to the file of their path as it is now."""
        found = {}
        for pin in pins:
            data = self._by_id(pin.path).get(pin.blob)
            if data is None:
                break
            found[pin.blob] = data
        return found

    def _by_id(self, path: str) -> dict[str, bytes]:
        """Return a file by the ids it may have: of both kinds of repository, with either line end.

        Empty where there is none.
        """
        if path not in self._ids:
            data = None
            if self._facts.read is not None and path in self._facts.manual.paths:
                data = _read_or_nothing(self._facts.read, path)
            ids: dict[str, bytes] = {}
            if data is not None:
                for kept in (data, data.replace(b"\r\n", b"\n")):
                    ids |= dict.fromkeys(blob_ids(kept), kept)
            self._ids[path] = ids
        return self._ids[path]


def _read_or_nothing(read: Callable[[str], bytes], path: str) -> bytes | None:
    try:
        return read(path)
    except KeyError:
        return None
