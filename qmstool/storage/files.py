"""Write files, whole or not at all, never outside a given folder. The only module that writes."""

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
    path = (base / _as_on_disk(base, name)).resolve()
    if path != base and base not in path.parents:
        raise QmsError(
            Text(
                f"Từ chối ghi ra ngoài thư mục đích: {name}",
                f"Refused to write outside the target folder: {name}",
            )
        )
    return path


def _as_on_disk(base: Path, name: str) -> str:
    """Return a name as the disk has it already, if with its accents apart or with odd bytes."""
    if name.isascii() or (base / name).exists():
        return name
    from qmstool.git.names import plain_name

    folder, parts = base, []
    for part in Path(name).parts:
        written = part
        if not part.isascii() and folder.is_dir() and not (folder / part).exists():
            there = (entry.name for entry in folder.iterdir() if plain_name(entry.name) == part)
            written = next(there, part)
        parts.append(written)
        folder /= written
    return "/".join(parts)


def write(folder: Path, name: str, data: bytes | str, *, private: bool = False) -> Path:
    """Write one file under `folder` whole or not at all, and return its path.

    Folders on the way are made. `private`: only this user may read the file.
    """
    path = resolve_inside(folder, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.parent / f".qms-{os.urandom(8).hex()}"
    content = data.encode("utf-8") if isinstance(data, str) else data
    try:
        with open(temporary, "xb", opener=_open_private if private else None) as file:
            file.write(content)
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    return path


def read_or_write_private(folder: Path, name: str, data: bytes) -> bytes:
    """Return what a file holds that only this user may read, writing `data` where it is not whole.

    b"" where the disk refuses. Of two that write it at once the later one stays.
    """
    path = folder / name
    try:
        if not path.is_file() or path.stat().st_size != len(data):
            write(folder, name, data, private=True)
        return path.read_bytes()
    except (OSError, QmsError):
        return b""


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


@contextlib.contextmanager
def temporary_folder() -> Iterator[Path]:
    """Lend an empty folder that is gone afterwards."""
    import tempfile

    with tempfile.TemporaryDirectory(prefix="qmstool-") as folder:
        yield Path(folder)


def remove(path: Path) -> None:
    """Remove a file or a folder, if there is one."""
    if path.is_dir() and not path.is_symlink():
        import shutil

        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def copy(source: Path, folder: Path, name: str) -> Path:
    """Copy a file to `folder/name`."""
    return write(folder, name, source.read_bytes())


def link_or_copy(source: Path, folder: Path, name: str) -> Path:
    """Link a file that nobody will change to `folder/name`; copy it where the disk cannot link."""
    path = resolve_inside(folder, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.hardlink_to(source)
    except OSError:
        return copy(source, folder, name)
    return path


def move_contents(new: Path, folder: Path) -> None:
    """Move what lies in `new` into `folder`, on the same disk; nothing there has the same name."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(new.iterdir()):
        path.rename(resolve_inside(folder, path.name))
