"""Refuse a folder whose own files pass for a git repository: git would take them for its history.

A proposal can bring `HEAD`, `objects` and `refs` as files like any others. Where such lie in the
manual's folder or above it, below the top of the repository, git goes by them: by their history,
their tags and the programs that their settings name. GitPython takes them even at the top.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from qmstool.git.names import real_path
from qmstool.i18n import QmsError, Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MARK = ".git"
# Beside the manual's manifest lies no repository without files.
_FILES = "qms.yml"
EMBEDDED = Text(
    "Trong «{folder}» có những tệp mà git coi là một kho (HEAD, objects, refs), nên lịch sử đọc "
    "được sẽ là của các tệp ấy, không phải của sổ tay. Nếu không biết ai đặt vào, hãy xóa đi và "
    "xem lại đề nghị đã đưa chúng vào; kho trần (bare) thì dời ra ngoài kho khác.",
    "In «{folder}» lie files that git takes for a repository (HEAD, objects, refs): the history "
    "read would be theirs and not the manual's. If nobody knows of them, remove them and look at "
    "the proposal that brought them; move a bare repository out of the other one.",
)


def require_none_embedded(folder: Path) -> None:
    """Raise QmsError where files of a work tree would be taken for the repository it lies in."""
    home = real_path(folder)
    found = next(_alike(home), None)
    if found is not None:
        raise QmsError(EMBEDDED.fill({"folder": str(found)}))


def _alike(home: Path) -> Iterator[Path]:
    """Yield each folder, from one to the top of its repository, that looks like git's own."""
    if _MARK in home.parts:  # within git's own folder
        return
    alike = []
    for place in (home, *home.parents):
        if _looks_like_git(place):
            alike.append(place)
        if os.path.lexists(place / _MARK):
            yield from alike
            return
    if os.path.lexists(home / _FILES):
        yield from alike


def _looks_like_git(place: Path) -> bool:
    """Whether a folder holds what git knows its own by; `commondir` says that it lies elsewhere."""
    if not os.path.lexists(place / "HEAD"):
        return False
    parts = (place / "objects", place / "refs")
    return all(map(os.path.lexists, parts)) or os.path.lexists(place / "commondir")
