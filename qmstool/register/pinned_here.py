"""Find the files that records pin, as far as they are here now as they were pinned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.digest import SHA1_DIGITS, SHA256_DIGITS, name_blob

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from qmstool.manual.releases import PinnedFile


class PinnedHere:
    """The files of a manual as they are, by the ids that git gives them.

    `paths`: what there is; `read` gives the bytes of one, None where nobody can. Each id is made
    once, and only if a record has one of its kind.
    """

    def __init__(self, paths: Collection[str], read: Callable[[str], bytes] | None) -> None:
        self._paths = paths
        self._read = read
        self._ids: dict[tuple[str, int], dict[str, bytes]] = {}

    def blobs(self, pins: Iterable[PinnedFile]) -> dict[str, bytes]:
        """Return the bytes of those pins that lead to the file of their path as it is now."""
        found = {}
        for pin in pins:
            data = self._by_id(pin.path, len(pin.blob)).get(pin.blob)
            if data is None:
                break
            found[pin.blob] = data
        return found

    def _by_id(self, path: str, digits: int) -> dict[str, bytes]:
        """Return a file by its ids of so many digits, with either line end.

        Empty where there is none.
        """
        if (path, digits) not in self._ids:
            forms = self._forms(path) if digits in {SHA1_DIGITS, SHA256_DIGITS} else ()
            self._ids[path, digits] = {name_blob(each, digits): each for each in forms}
        return self._ids[path, digits]

    def _forms(self, path: str) -> Iterable[bytes]:
        """Return a file as it is, and with the line ends that git may keep it with."""
        if self._read is None or path not in self._paths:
            return ()
        try:
            data = self._read(path)
        except KeyError:
            return ()
        return (data, data.replace(b"\r\n", b"\n")) if b"\r\n" in data else (data,)
