"""Name this user's own folders, one for what can be made again, one for what stays; and a secret.

The secret is drawn once for each user. What is kept in the first folder is signed with it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from qmstool.digest import DIGEST_SIZE
from qmstool.storage import files

# By platform: a variable that names the folder, and where it is if that is not set.
_CACHE = {
    "win32": ("LOCALAPPDATA", "AppData/Local"),
    "darwin": ("XDG_CACHE_HOME", "Library/Caches"),
}
_STATE = {
    "win32": ("APPDATA", "AppData/Roaming"),
    "darwin": ("XDG_STATE_HOME", "Library/Application Support"),
}


def cache_folder() -> Path | None:
    """Return the folder for what can be made again; None where the user has none."""
    return _folder(*_CACHE.get(sys.platform, ("XDG_CACHE_HOME", ".cache")))


def state_folder() -> Path | None:
    """Return the folder for what stays; None where the user has none."""
    return _folder(*_STATE.get(sys.platform, ("XDG_STATE_HOME", ".local/state")))


def own_secret() -> bytes:
    """Return the secret that this user's kept files are signed with; b"" where there is none."""
    folder = state_folder()
    return files.read_or_write_private(folder, "secret", os.urandom(DIGEST_SIZE)) if folder else b""


def _folder(variable: str, below: str) -> Path | None:
    named = os.environ.get(variable, "")
    base = named if os.path.isabs(named) else os.path.expanduser(f"~/{below}")  # noqa: PTH111, PTH117 - needs no home, raises nothing
    return Path(base, "qmstool") if os.path.isabs(base) else None  # noqa: PTH117
