"""Refuse a folder to build into that holds anything but a site: a build replaces it whole.

A build leaves a list of what it wrote. Whatever else lies among it was put there by somebody.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from qmstool.git.names import real_path
from qmstool.i18n import QmsError, Text
from qmstool.site.safety.csp import server_files
from qmstool.storage import atomic_switch
from qmstool.storage.whole_file import read_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

VERSION_LIST = "versions.json"
FILE_LIST = "site-files.json"
# Folders in folders: no site nests so deep, and what nests much deeper cannot be removed.
DEEPEST = 300
LONGEST_NAME = 300  # that a message shows whole
# Folders of a manual; a site put in place of one of them would be the end of it.
_HOMES = ("manual", "procedures", "clauses", "releases", "templates", ".git")
REFUSED = Text(
    "Không dựng vào «{target}»: lần dựng sẽ thay toàn bộ thư mục này, mà trong đó đang có thứ "
    "khác. Hãy chọn một thư mục trống.",
    "Refused to build into «{target}»: a build replaces the whole folder, and it holds something "
    "else. Choose an empty folder.",
)
FOREIGN = Text(
    "Không dựng vào «{target}»: lần dựng sẽ thay toàn bộ thư mục này, mà «{name}» không phải do "
    "lần dựng trước ghi. Hãy chuyển tệp ấy ra chỗ khác rồi dựng lại, hoặc chọn một thư mục trống.",
    "Refused to build into «{target}»: a build replaces the whole folder, and no build wrote "
    "«{name}». Move that file elsewhere and build again, or choose an empty folder.",
)


def refuse_target(root: Path, target: Path) -> None:
    """Refuse a target that holds anything but a site: it is replaced whole.

    It may not be the manual or one of its folders, nor lie above or inside those.
    """
    there, home = real_path(target), real_path(root)
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
        raise QmsError(REFUSED.fill({"target": str(target)}))
    refuse_foreign_files(target)


def refuse_foreign_files(target: Path) -> None:
    """Refuse a site in which anything lies that its build did not write. Raises QmsError.

    A site of before there was a list is taken as it is, but for what nests deeper than any site.
    """
    foreign = _foreign_file(target)
    if foreign:
        raise QmsError(FOREIGN.fill({"target": str(target), "name": foreign}))


def _foreign_file(target: Path) -> str:
    """Return the first of what no build wrote in a site, "" where there is nothing."""
    there = _contents(str(target))
    try:
        written = _read_names(target / FILE_LIST)
    except FileNotFoundError:
        return next((_beginning(name) for name in there if _is_deep(name)), "")
    if written is None:
        return FILE_LIST  # what is no list was not left by a build, either
    known = written | {FILE_LIST}
    folders = {name[: at + 1] for name in written for at, sign in enumerate(name) if sign == "/"}
    for name in there:
        if _is_deep(name):
            return _beginning(name)
        # An empty folder is none of somebody else's where files of ours were taken from it.
        if name not in known and name not in folders:
            return name if len(name) <= LONGEST_NAME else _beginning(name)
    return ""


def _is_deep(name: str) -> bool:
    return name.count("/") > DEEPEST


def _beginning(name: str) -> str:
    return "/".join(name.split("/")[:3]) + "/…"


def _read_names(path: Path) -> frozenset[str] | None:
    """Return the names in a list of files; None where it is none.

    Raises FileNotFoundError where there is no such file.
    """
    try:
        listed = json.loads(read_whole(str(path)).decode())
    except FileNotFoundError:
        raise
    except (OSError, ValueError, RecursionError):
        return None
    are_names = isinstance(listed, list) and all(isinstance(name, str) for name in listed)
    return frozenset(listed) if are_names else None


def list_site_files(folder: Path) -> str:
    """Return the list of everything in a site that is finished but for this list."""
    return json.dumps(sorted(_contents(str(folder))), ensure_ascii=False, indent=0)


def _contents(folder: str) -> Iterator[str]:
    """Yield the paths of files, links, empty folders, and folders too deep to be looked into.

    No link is followed.
    """
    waiting = [""]
    while waiting:
        above = waiting.pop()
        if _is_deep(above):
            yield above
            continue
        try:
            entries = [*os.scandir(f"{folder}/{above}")]
        except FileNotFoundError:
            continue
        except OSError:  # nobody can look into it: its path is too long, or it is not ours to read
            yield above
            continue
        for entry in entries:
            name = f"{above}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                waiting.append(f"{name}/")
            else:
                yield name
        if above and not entries:
            yield above


def _is_site(folder: Path) -> bool:
    """Whether a folder is a site of ours, and nothing hidden lies in it that we do not write.

    Other programs keep a `versions.json` too; a folder that is published from a branch has `.git`.
    """
    try:
        entries = json.loads(read_whole(str(folder / VERSION_LIST)).decode())
    except (OSError, ValueError, RecursionError):
        return False
    hidden = {path.name for path in folder.iterdir() if path.name.startswith(".")}
    are_ours = isinstance(entries, list) and all(
        isinstance(entry, dict) and "properties" in entry for entry in entries
    )
    return are_ours and hidden <= set(server_files())
