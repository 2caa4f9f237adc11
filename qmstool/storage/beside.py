"""Find what lies beside the folders of a manual and looks as if it belonged into one.

In: the paths of a folder or a commit, and how to read a file. Out: the files at its top and in its
other folders that are texts, data or forms; each with whether its head has a code and a type.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from qmstool.frozen import NamedTuple
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

# So many files are looked at; a folder of a thousand is told by its first ones.
MOST = 2000
_KINDS = (
    ".md", ".yml", ".yaml", ".docx", ".xlsx", ".doc", ".xls", ".md.txt", ".yml.txt", ".yaml.txt",
)  # fmt: skip
_HEAD = regex(r"\A(?:\xef\xbb\xbf)?---[ \t]*\r?\n(.*?)^---", re.DOTALL | re.MULTILINE)
_CODE = regex(r"^code[ \t]*:", re.MULTILINE)
_TYPE = regex(r"^type[ \t]*:", re.MULTILINE)
# The head of a document is no longer.
HEAD_BYTES = 4096


class Beside(NamedTuple):
    """A file beside the folders of a manual; `is_document`: its head has a code and a type."""

    path: str
    is_document: bool


def find_beside(
    paths: Iterable[str], read: Callable[[str], bytes | None], own: Callable[[str], bool]
) -> tuple[Beside, ...]:
    """Return what lies beside the manual's `own` files, at the top or in a folder there.

    A folder with a manifest is another manual.
    """
    listed = sorted(path for path in paths if not own(path) and path.count("/") <= 2)  # noqa: PLR2004 - a folder and one in it
    others = {path.rpartition("/")[0] for path in listed if path.endswith("/qms.yml")}
    found = []
    for path in listed[:MOST]:
        folders = path.split("/")[:-1]
        if not path.lower().endswith(_KINDS) or any(part.startswith(".") for part in folders):
            continue
        if any("/".join(folders[:depth]) in others for depth in range(1, len(folders) + 1)):
            continue
        head = read(path) if path.endswith(".md") else None
        found.append(Beside(path, head is not None and _is_document(head)))
    return tuple(found)


def _is_document(text: bytes) -> bool:
    head = _HEAD.match(text[:HEAD_BYTES].decode("latin-1"))  # letters do not matter
    return head is not None and bool(_CODE.search(head[1]) and _TYPE.search(head[1]))


def list_beside(root: str, own_folders: Iterable[str]) -> Iterator[str]:
    """Yield the files at the top of a folder and in its other folders, two deep; no links.

    On a disk that knows no capitals, `Procedures` is `procedures`, and no other folder.
    """
    own = [os.path.join(root, name) for name in own_folders]  # noqa: PTH118 - start-up counts
    waiting = [""]
    count = 0
    while waiting:
        folder = waiting.pop()
        try:
            entries = sorted(os.scandir(os.path.join(root, folder)), key=lambda each: each.name)  # noqa: PTH118
        except OSError:
            continue
        for entry in entries:
            count += 1
            if count > MOST or entry.name.startswith(".") or entry.is_symlink():
                continue
            path = f"{folder}/{entry.name}" if folder else entry.name
            if entry.is_dir(follow_symlinks=False):
                if path.count("/") < 2 and not any(map(_same(entry.path), own)):  # noqa: PLR2004
                    waiting.append(path)
            elif entry.is_file(follow_symlinks=False):
                yield path


def _same(path: str) -> Callable[[str], bool]:
    def is_same(other: str) -> bool:
        try:
            return path == other or os.path.samefile(path, other)  # noqa: PTH121
        except OSError:
            return False

    return is_same
