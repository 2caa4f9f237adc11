"""Choose which pictures of a file are taken, and the names under which they are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_KINDS = ((b"\x89PNG\r\n", ".png"), (b"\xff\xd8\xff", ".jpg"), (b"GIF8", ".gif"))


def suffix_of(data: bytes) -> str:
    """Return the suffix of a picture that a browser shows, "" for another.

    Windows metafiles and drawings that could carry a program (SVG) are none of them.
    """
    return next((suffix for head, suffix in _KINDS if data.startswith(head)), "")


def kept_pictures(
    pictures: Iterable[tuple[str, bytes]], folder: str, stem: str
) -> dict[str, tuple[str, bytes]]:
    """Return path in the source → path in the manual and bytes, of what a browser shows."""
    kept: dict[str, tuple[str, bytes]] = {}
    for path, data in pictures:
        suffix = suffix_of(data)
        if suffix:
            kept[path] = f"{folder}/{stem}-{len(kept) + 1}{suffix}", data
    return kept
