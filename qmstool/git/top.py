"""Find the top folder of the repository that a manual lies in, without asking git."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.git.names import real_path

if TYPE_CHECKING:
    from pathlib import Path

_MARK = ".git"


def path_in_repository(root: Path) -> str:
    """Return the path of a folder from the top of its repository, with a slash at its end.

    "" where it is that top, or where no repository is around it (a ZIP of a forge, a copy).
    """
    folder = real_path(root)
    for top in (folder, *folder.parents):
        mark = top / _MARK
        # A folder with a HEAD, or the file of a work tree or sub-module.
        if (mark / "HEAD").is_file() or mark.is_file():
            inside = folder.relative_to(top).as_posix()
            return "" if inside == "." else f"{inside}/"
    return ""
