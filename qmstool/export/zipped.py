"""Pack files into a ZIP in which nothing of the clock or of this machine is written."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP can name
_PLAIN_FILE = 0o100644 << 16
_UNIX = 3


def zipped(files: Iterable[tuple[str, bytes]], compression: int) -> bytes:
    """Return a ZIP of files, by name, in their order; `compression` is one of `zipfile`'s."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", compression) as archive:
        for name, data in files:
            entry = zipfile.ZipInfo(name, _FIRST_MOMENT)
            entry.create_system = _UNIX
            entry.external_attr = _PLAIN_FILE
            entry.compress_type = compression
            archive.writestr(entry, data)
    return content.getvalue()
