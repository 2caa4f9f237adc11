"""Tell which records a folder holds otherwise than git: by their ids first, then by their words.

What goes in: by path, the blob that git holds of a record and the bytes in the folder. A record
that is gone, or that no commit holds yet, is none of these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.releases.record import blob_ids
from qmstool.releases.seal import normalize_line_ends

if TYPE_CHECKING:
    from collections.abc import Mapping


def differing_blobs(committed: Mapping[str, str], here: Mapping[str, bytes]) -> dict[str, str]:
    """Return by path the blob of each record that has another id in the folder."""
    return {
        path: blob
        for path, blob in committed.items()
        if path in here and blob not in blob_ids(here[path])
    }


def altered_records(
    differing: Mapping[str, str], here: Mapping[str, bytes], held: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Return what git holds of those that differ in more than the ends of their lines.

    `held`: bytes by blob, as far as this clone has them.
    """
    return {
        path: held[blob]
        for path, blob in differing.items()
        if blob in held and normalize_line_ends(held[blob]) != normalize_line_ends(here[path])
    }
