"""Refuse a folder to build into that holds anything but a site: a build replaces it whole."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from qmstool.i18n import QmsError, Text
from qmstool.site.safety.csp import server_files
from qmstool.storage import atomic_switch

if TYPE_CHECKING:
    from pathlib import Path

VERSION_LIST = "versions.json"
# Folders of a manual; a site put in place of one of them would be the end of it.
_HOMES = ("manual", "procedures", "clauses", "releases", "templates", ".git")


def refuse_target(root: Path, target: Path) -> None:
    """Refuse a target that holds anything but a site: it is replaced whole.

    It may not be the manual or one of its folders, nor lie above or inside those.
    """
    there, home = target.resolve(), root.resolve()
    inside = [home / name for name in _HOMES]
    is_manual = there == home or there in home.parents
    is_part = any(there == folder or folder in there.parents for folder in inside)
    is_full = target.is_dir() and any(target.iterdir())
    is_foreign = is_full and not _is_site(target)
    if (
        is_manual
        or is_part
        or is_foreign
        or not atomic_switch.may_replace(target)
        or target.is_file()
    ):
        raise QmsError(
            Text(
                f"Không dựng vào «{target}»: lần dựng sẽ thay toàn bộ thư mục này, mà trong "
                "đó đang có thứ khác. Hãy chọn một thư mục trống.",
                f"Refused to build into «{target}»: a build replaces the whole folder, and "
                "it holds something else. Choose an empty folder.",
            )
        )


def _is_site(folder: Path) -> bool:
    """Whether a folder is a site of ours, and nothing hidden lies in it that we do not write.

    Other programs keep a `versions.json` too; a folder that is published from a branch has `.git`.
    """
    try:
        entries = json.loads((folder / VERSION_LIST).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    hidden = {path.name for path in folder.iterdir() if path.name.startswith(".")}
    are_ours = isinstance(entries, list) and all(
        isinstance(entry, dict) and "properties" in entry for entry in entries
    )
    return are_ours and hidden <= set(server_files())
