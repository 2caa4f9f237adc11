"""Find a template or catalogue: the manual's own first, then the one that the package carries.

In a wheel the package's copies lie in `qmstool/_resources`; in a checkout they are the folders of
the repository.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qmstool.storage.tree import Tree

_PACKAGE = Path(__file__).resolve().parents[1]
_CHECKOUT_FOLDERS = {
    "clauses": "clauses",
    "templates": "templates",
    "rules": "docs/rules",
    "forge": ".",
}


def packaged_path(path: str) -> Path:
    """Return where the package keeps `clauses/…`, `templates/…`, `rules/…`, `forge/…`."""
    wheel = _PACKAGE / "_resources"
    if wheel.is_dir():
        return wheel / path
    top, _, rest = path.partition("/")
    return _PACKAGE.parent / _CHECKOUT_FOLDERS[top] / rest


def find(tree: Tree | None, path: str) -> bytes | None:
    """Return the bytes of a resource, the manual's own before the package's; None without one."""
    if ".." in path.split("/"):
        return None
    if tree is not None:
        try:
            return tree.read(path)
        except KeyError:
            pass
    file = packaged_path(path)
    return file.read_bytes() if file.is_file() else None


def list_names(folder: str, tree: Tree | None = None) -> tuple[str, ...]:
    """Return the files under a folder of resources, relative to it, the package's and the manual's.

    Without `tree` the package's only.
    """
    top = packaged_path(folder)
    names = set()
    for file in top.rglob("*"):
        if file.is_file() and not file.name.startswith("."):
            names.add(file.relative_to(top).as_posix())
    for path in tree.list() if tree is not None else ():
        if path.startswith(f"{folder}/"):
            names.add(path.removeprefix(f"{folder}/"))
    return tuple(sorted(names))
