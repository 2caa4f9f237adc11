"""Find the local files that a document carries: forms, pictures, evidence."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from qmstool.manual.text_files import TextFile
    from qmstool.parsing.yaml.nodes import LocatedText


def find_attachments(
    own: LocatedText | None, files: tuple[TextFile, ...], paths: frozenset[str]
) -> tuple[str, ...]:
    """Return the paths of the local files that a document carries.

    In order of first appearance: linked ones, then the form's `own` file.
    """
    attached: dict[str, None] = {}
    for file in files:
        folder = posixpath.dirname(file.path)
        for target in file.page.packed_links.targets:
            if target.partition("#")[0].endswith(".md"):
                continue  # as most do: a text is no attachment
            path = resolve_link(folder, target)
            if path in paths and not path.endswith(".md"):
                attached[path] = None
    if own is not None:
        path = resolve_local_path(posixpath.dirname(own.source.path), own.text)
        if path in paths:
            attached[path] = None
    return tuple(attached)


def resolve_link(folder: str, address: str) -> str:
    """Return the tree path of a relative link seen from a folder; "" as below.

    An address may write any sign as its percent-code, «#» and «?» of a file's name too.
    """
    path = address.partition("#")[0].partition("?")[0]
    written = resolve_local_path(folder, path)
    if "%" not in path or not written:
        return written
    decoded = unicodedata.normalize("NFC", unquote(path))
    return posixpath.normpath(posixpath.join(folder, decoded))


def resolve_local_path(folder: str, target: str) -> str:
    """Return the tree path of a relative link target seen from a folder, fragment dropped.

    "" for a target with a scheme or from the root.
    """
    path = target.partition("#")[0].partition("?")[0]
    if not path or path.startswith(("/", "\\")) or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", path):
        return ""
    return posixpath.normpath(posixpath.join(folder, path))
