"""The only room that writes to disk: atomic, and never outside the folder it was given."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from qmstool.i18n import QmsError, Text

if TYPE_CHECKING:
    from collections.abc import Iterator


def resolve_inside(folder: Path, name: str) -> Path:
    """Return `folder/name`, refusing a name that leads out of the folder, links followed.

    Raises QmsError.
    """
    base = folder.resolve()
    path = (base / name).resolve()
    if path != base and base not in path.parents:
        raise QmsError(
            Text(
                f"Từ chối ghi ra ngoài thư mục đích: {name}",
                f"Refused to write outside the target folder: {name}",
            )
        )
    return path


def write(folder: Path, name: str, data: bytes | str, *, private: bool = False) -> Path:
    """Write one file under `folder` whole or not at all; folders on the way are made.

    Returns its path.

    `private`: one that only this user may read.
    """
    path = resolve_inside(folder, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.parent / f".qms-{os.urandom(8).hex()}"
    try:
        with open(temporary, "xb", opener=_private if private else None) as out:
            out.write(data.encode("utf-8") if isinstance(data, str) else data)
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    return path


def read_or_write_private(folder: Path, name: str, data: bytes) -> bytes:
    """Return what a file holds that only this user may read; it is written first where it is not there, or not whole.

    Nothing where the disk refuses. Of two that write it at once the later one stays.
    """
    path = folder / name
    try:
        if not path.is_file() or path.stat().st_size != len(data):
            write(folder, name, data, private=True)
        return path.read_bytes()
    except (OSError, QmsError):
        return b""


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


@contextlib.contextmanager
def temporary_folder() -> Iterator[Path]:
    """Lend an empty folder that is gone afterwards."""
    import tempfile

    with tempfile.TemporaryDirectory(prefix="qmstool-") as folder:
        yield Path(folder)


def remove(path: Path) -> None:
    """Remove a file or a folder; nothing there is fine."""
    if path.is_dir() and not path.is_symlink():
        import shutil

        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def copy(source: Path, folder: Path, name: str) -> Path:
    """Copy a file to `folder/name`."""
    return write(folder, name, source.read_bytes())


def link_or_copy(source: Path, folder: Path, name: str) -> Path:
    """Let a file that nobody will change stand in `folder/name` too: the same file, or a copy where the disk cannot."""
    path = resolve_inside(folder, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.hardlink_to(source)
    except OSError:
        return copy(source, folder, name)
    return path


def move_contents(new: Path, folder: Path) -> None:
    """Move what lies in `new` into `folder`, where nothing of it lies yet. Both lie on one disk."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(new.iterdir()):
        path.rename(resolve_inside(folder, path.name))
