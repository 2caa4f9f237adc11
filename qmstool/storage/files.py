"""Write files, whole or not at all, never outside a given folder. The only module that writes.

What a text or a record names is never written into a hidden folder: what lies in `.git` is run.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from qmstool.git.names import real_path
from qmstool.i18n import QmsError, Text
from qmstool.storage.locks import locked
from qmstool.storage.places import make_folders
from qmstool.storage.system_rename import rename_new
from qmstool.storage.whole_file import read_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

if sys.platform != "win32":
    import fcntl

# What a file is called until it is whole; .gitignore knows it, and no file of a manual is hidden.
_UNFINISHED = ".qms-unfinished-"
# What stands behind a folder's name until it, or a link to it, takes the place of another.
NEW_FOLDER, NEW_PLACE = ".new-", ".at-"
_swept: set[Path] = set()
_TAKEN = Text(
    "«{name}» vừa có người khác ghi, nên không ghi đè. Hãy chạy lại lệnh.",
    "Somebody else has just written «{name}», and it is not written over. Run the command again.",
)
_NO_FILE = Text(
    "«{name}» là thiết bị hay ống dẫn, không phải tệp, nên không ghi thay vào đó. Hãy nêu tên một "
    "tệp; muốn chuyển cho chương trình khác thì dùng dấu > hoặc | của dòng lệnh.",
    "«{name}» is a device or a pipe and no file, and nothing is put in its place. Give the name of "
    "a file; to hand something to another program, use > or | of the command line.",
)
_OUTSIDE = Text(
    "Từ chối ghi ra ngoài thư mục đích: {name}",
    "Refused to write outside the target folder: {name}",
)
_HIDDEN = Text(
    "Từ chối ghi vào thư mục hoặc tệp ẩn: {name}",
    "Refused to write into a hidden folder or file: {name}",
)


class TakenError(QmsError):
    """Somebody else has written a file since it was read; theirs stays."""

    def __init__(self, name: str) -> None:
        super().__init__(_TAKEN.fill({"name": name}))


def resolve_inside(folder: Path, name: str, *, hidden: bool = False) -> Path:
    """Return `folder/name`, refusing a name that leads out of the folder, links followed.

    `hidden`: the name is ours or the user's own, and may begin with a dot. Raises QmsError.
    """
    base = real_path(folder)
    path = _resolved(base, name)
    if path is None or (path != base and base not in path.parents):
        raise QmsError(_OUTSIDE.fill({"name": name}))
    if not hidden and any(part.startswith(".") for part in path.relative_to(base).parts):
        raise QmsError(_HIDDEN.fill({"name": name}))
    return path


def _resolved(base: Path, name: str) -> Path | None:
    """Return where a name leads from a folder; None for one that no disk can hold."""
    try:
        return real_path(base / _as_on_disk(base, name))
    except (OSError, ValueError, RuntimeError):
        return None


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


def write(
    folder: Path,
    name: str,
    data: bytes | str,
    *,
    private: bool = False,
    hidden: bool = False,
    new: bool = False,
    before: bytes | None = None,
) -> Path:
    """Write one file under `folder` whole or not at all, and return its path.

    Folders on the way are made. A file that was there keeps its mode; a pipe, socket or device is
    refused. `private`: only this user may read the file; `hidden` as in `resolve_inside`; `new`: it
    must not be there; `before`: what it held when it was read, b"" for nothing, and must hold
    still. Raises QmsError, of that a TakenError.
    """
    path = resolve_inside(folder, name, hidden=hidden)
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise QmsError(_NO_FILE.fill({"name": name}))
    make_folders(path.parent)
    sweep(path.parent)
    temporary = path.parent / f"{_UNFINISHED}{os.urandom(8).hex()}"
    content = data.encode("utf-8", "backslashreplace") if isinstance(data, str) else data
    try:
        with open(temporary, "xb", opener=_open_private if private else None) as file, locked(file):
            file.write(content)
            file.flush()
            if not private:
                _keep_mode(path, temporary)
            if sys.platform != "win32":
                _put_in_place(temporary, path, new=new, before=before)
        if sys.platform == "win32":  # an open file keeps its name there
            _put_in_place(temporary, path, new=new, before=before)
    except BaseException as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        if isinstance(error, OSError) and error.filename is None:
            error.filename = str(path)  # what fills a disk does not say in which file
        raise
    return path


def is_unfinished(name: str) -> bool:
    """Whether a name is what `storage` calls a file or a folder until it is whole."""
    return name.startswith(_UNFINISHED) or (
        name.startswith(".") and (NEW_FOLDER in name or NEW_PLACE in name)
    )


def list_finished(folder: Path) -> list[str]:
    """Return the paths of all files under a folder, but for what killed writers left unfinished.

    A folder that is a file is the one path in itself: its name. A link is a file, whatever it leads
    to, and so is whatever else is no folder.
    """
    if folder.is_file():
        return [folder.name]
    found = (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    return sorted(
        path.relative_to(folder).as_posix()
        for path in found
        if not path.name.startswith(_UNFINISHED)
    )


def holds(folder: Path, name: str, data: bytes) -> bool:
    """Whether a path under a folder is a plain file, reached by no link, with these bytes."""
    path = folder / name
    try:
        return not path.is_symlink() and read_whole(str(path)) == data
    except OSError:
        return False


def read_held(folder: Path, name: str, *, hidden: bool = False) -> bytes:
    """Return what a file under a folder holds now, b"" for nothing. Raises QmsError as `write`."""
    path = resolve_inside(folder, name, hidden=hidden)
    return path.read_bytes() if path.is_file() else b""


def _put_in_place(temporary: Path, path: Path, *, new: bool, before: bytes | None) -> None:
    """Give a finished file its name; a `new` one only where nobody else has it."""
    if before is not None:
        with alone(path.parent):
            if (path.read_bytes() if path.is_file() else b"") != before:
                raise TakenError(path.name)
            temporary.replace(path)
        return
    if not new:
        temporary.replace(path)
        return
    try:
        if rename_new(temporary, path):
            return
        path.hardlink_to(temporary)
    except FileExistsError as error:
        raise TakenError(path.name) from error
    except OSError as error:  # a disk without links
        if path.exists():
            raise TakenError(path.name) from error
        temporary.replace(path)
        return
    temporary.unlink()


def require_absent(folder: Path, name: str) -> None:
    """Raise QmsError where a file that is to be new is there already."""
    if resolve_inside(folder, name).exists():
        raise TakenError(name)


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Wait until no other run puts files in place in a folder, and keep others waiting.

    Not to be entered twice. Windows: for nobody.
    """
    if sys.platform == "win32":
        yield
        return
    place = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # a disk without locks
            fcntl.flock(place, fcntl.LOCK_EX)
        yield
    finally:
        os.close(place)


def sweep(folder: Path) -> None:
    """Remove what writers left in a folder that were killed; once for each folder in a run.

    A writer at work holds a lock on its file, which dies with it.
    """
    if folder in _swept:
        return
    _swept.add(folder)
    for leftover in folder.glob(f"{_UNFINISHED}*"):
        with contextlib.suppress(OSError):
            # A pipe of that name is none of ours, and to open it would be to wait for ever.
            if stat.S_ISREG(leftover.lstat().st_mode):
                _remove_unheld(leftover)


def _remove_unheld(leftover: Path) -> None:
    """Remove an unfinished file, unless its writer is still at work."""
    with leftover.open("rb") as file, locked(file) as free:
        if free:
            leftover.unlink()


def _keep_mode(path: Path, temporary: Path) -> None:
    """Give a file that takes the place of another its mode, as far as the disk knows modes."""
    with contextlib.suppress(OSError):
        temporary.chmod(stat.S_IMODE(path.stat().st_mode))


def read_or_write_private(folder: Path, name: str, data: bytes) -> bytes:
    """Return what a file holds that only this user may read.

    `data` is written where it is not whole, or where anybody else might have written it. b"" where
    the disk refuses. Of two that write it at once the later one stays.
    """
    path = folder / name
    try:
        if not _is_private(path) or path.stat().st_size != len(data):
            write(folder, name, data, private=True)
        return path.read_bytes()
    except (OSError, QmsError):
        return b""


def _is_private(path: Path) -> bool:
    """Whether a path is a plain file of this user's, that nobody else may read or write."""
    if sys.platform == "win32":
        return path.is_file()
    try:
        status = path.lstat()
    except OSError:
        return False
    is_own = stat.S_ISREG(status.st_mode) and status.st_uid == os.geteuid()
    return is_own and not status.st_mode & (stat.S_IRWXG | stat.S_IRWXO)


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


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


def move(folder: Path, old: str, new: str) -> None:
    """Give a file under `folder` another place there, in one step."""
    target = resolve_inside(folder, new)
    make_folders(target.parent)
    (folder / old).rename(target)


def link_or_copy(source: Path, folder: Path, name: str) -> Path:
    """Link a file that nobody will change to `folder/name`; copy it where the disk cannot link.

    The folder is one that this run has made, and nobody has put a link into it.
    """
    path = folder / name if _is_plain(name) else resolve_inside(folder, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.hardlink_to(source)
    except OSError:
        return copy(source, folder, name)
    return path


def open_nowhere() -> TextIO:
    """Open a stream for words that nobody is to hear."""
    return Path(os.devnull).open("w", encoding="utf-8")


def _is_plain(name: str) -> bool:
    """Whether a name, by itself, leads into its folder on any disk, into nothing hidden."""
    if os.sep != "/" or not (name.isascii() and name.isprintable()):
        return False
    return not any(part.startswith(".") or not part for part in name.split("/"))


def move_contents(new: Path, folder: Path) -> None:
    """Move what lies in `new` into `folder`, on the same disk; nothing there has the same name."""
    make_folders(real_path(folder))
    for path in sorted(new.iterdir()):
        path.rename(resolve_inside(folder, path.name))


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, where there is none."""
    make_folders(real_path(folder))


def merge_contents(new: Path, folder: Path) -> None:
    """Move every file under `new` to its place under `folder`, on the same disk."""
    for where, _, names in os.walk(new):
        place = folder / Path(where).relative_to(new)
        place.mkdir(exist_ok=True)
        for name in names:
            Path(where, name).rename(place / name)
