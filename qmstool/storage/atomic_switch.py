"""Put a new folder in the place of a live one at once.

Whoever reads meets the old folder or the new one, also when the writer is killed. There are two
ways. A plain folder changes places with the new one in a single system call (Linux; elsewhere by
two renames, and a folder caught between them is put back next time). A symbolic link
`site → .site.at-…` is pointed at the new folder; the old one stays until the next time, for those
who are reading in it.

What a killed writer leaves is removed by the next one. A writer at work holds a lock on its folder,
which dies with it.
"""

from __future__ import annotations

import contextlib
import secrets
import shutil
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from qmstool.git.names import real_path
from qmstool.storage.files import NEW_FOLDER, NEW_PLACE
from qmstool.storage.locks import holding_folder, holding_new_folder
from qmstool.storage.places import make_folders
from qmstool.storage.system_rename import exchange

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def replacing(live: Path) -> Iterator[Path]:
    """Lend an empty folder; its subfolder `site` then takes the place of `live`.

    After an error nothing has changed.
    """
    live = real_path(live.parent) / live.name
    make_folders(live.parent)
    sweep(live)
    with holding_new_folder(partial(_make_work_folder, live)) as work:
        try:
            yield work
            _switch(work / "site", live, work / "old")
        finally:
            shutil.rmtree(work, ignore_errors=True)


def may_replace(live: Path) -> bool:
    """Whether a path can be replaced: it is no link, or one to a folder of ours beside it."""
    return not live.is_symlink() or _is_ours(live, str(live.readlink()))


def sweep(live: Path) -> None:
    """Remove what killed writers left, and the folder that a link led to before.

    A folder caught between two renames is put back.
    """
    for leftover in sorted(live.parent.glob(f".{live.name}{NEW_FOLDER}*")):
        with holding_folder(leftover) as free:
            if not free:
                continue
            old = leftover / "old"
            if not live.exists() and not live.is_symlink() and old.is_dir():
                old.rename(live)
            shutil.rmtree(leftover, ignore_errors=True)
    for leftover in sorted(live.parent.glob(f".{live.name}{NEW_PLACE}*")):
        with holding_folder(leftover) as free:
            if free and real_path(live) != real_path(leftover):
                shutil.rmtree(leftover, ignore_errors=True)


def _switch(new: Path, live: Path, old: Path) -> None:
    """Put `new` in the place of `live`, which goes to `old` where it is a folder."""
    if live.is_symlink():
        place = live.with_name(f".{live.name}{NEW_PLACE}{secrets.token_hex(6)}")
        with holding_folder(new):
            new.rename(place)
            link = old.with_name("link")
            link.symlink_to(place.name)
            link.replace(live)
    elif not live.exists():
        new.rename(live)
    elif not exchange(new, live):
        live.rename(old)
        new.rename(live)


def _is_ours(live: Path, target: str) -> bool:
    return target.startswith(f".{live.name}{NEW_PLACE}") and Path(target).name == target


def _make_work_folder(live: Path) -> Path:
    """Make a folder beside the live one, on the same disk."""
    return Path(tempfile.mkdtemp(prefix=f".{live.name}{NEW_FOLDER}", dir=live.parent))
