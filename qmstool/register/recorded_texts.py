"""Compare recorded texts with their digests before anybody uses them.

What goes in: releases and the bytes of what they pin, by git blob. What comes out: the pins that
may be used. A pin that leads to another text, a draft say, is as good as lost, and nothing takes
its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.releases.record import digest_parts, sha256

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qmstool.manual.releases import Release, ReleaseItem

    Pin = tuple[str, str]

NOT_AS_RECORDED = Text(
    "Nội dung của «{path}» trong kho không khớp mã kiểm tra đã ghi nên không được dùng. Chạy "
    "qmstool verify để biết vì sao.",
    "The text of «{path}» in the repository does not match its recorded digest, and is not used. "
    "Run qmstool verify to see why.",
)


def is_as_recorded(item: ReleaseItem, blobs: Mapping[str, bytes]) -> bool:
    """Return whether the texts and attachments that an item pins are here and give its digest."""
    if any(pin.blob not in blobs for pin in item.files):
        return False
    texts: list[bytes] = []
    attachments: list[bytes] = []
    for pin in item.files:
        part = texts if pin.path.endswith(".md") else attachments
        part.append(blobs[pin.blob])
    return digest_parts(texts, attachments) == item.digest


def differing_pins(releases: Iterable[Release], blobs: Mapping[str, bytes]) -> frozenset[Pin]:
    """Return the pins, path and blob, whose bytes are not what their release recorded.

    What several releases pin is used where one of them bears it out. A blob that is not here is
    lost, and none of these; what the same document pins beside it cannot be compared, and is one.
    """
    good: set[Pin] = set()
    bad: set[Pin] = set()
    for release in releases:
        for item in release.items:
            part = good if is_as_recorded(item, blobs) else bad
            part |= {(pin.path, pin.blob) for pin in item.files if pin.blob in blobs}
        for pin in release.basis:
            data = blobs.get(pin.blob)
            if data is not None:
                part = good if sha256(data) == pin.digest else bad
                part.add((pin.path, pin.blob))
    return frozenset(bad - good)


def pinned_blobs(releases: Iterable[Release]) -> dict[str, str]:
    """Return everything that releases pin, texts and the data beside them: blob → path."""
    blobs: dict[str, str] = {}
    for release in releases:
        for item in release.items:
            blobs |= {pin.blob: pin.path for pin in item.files}
        blobs |= {pin.blob: pin.path for pin in release.basis}
    return blobs
