"""Find a template or catalogue: the manual's own first, then the one that the package carries.

In a wheel the package's copies lie in `qmstool/_resources`; in a checkout they are the folders of
the repository.
"""

from __future__ import annotations

import os
from functools import cache
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
    top, _, rest = path.partition("/")
    return _packaged_folder(top) / rest


@cache
def _packaged_folder(top: str) -> Path:
    wheel = _PACKAGE / "_resources"
    return wheel / top if wheel.is_dir() else _PACKAGE.parent / _CHECKOUT_FOLDERS[top]


def find(tree: Tree | None, path: str) -> bytes | None:
    """Return the bytes of a resource, the manual's own before the package's; None without one."""
    if ".." in path.split("/"):
        return None
    if tree is not None:
        try:
            return tree.read(path)
        except KeyError:
            pass
    packaged = str(packaged_path(path))
    if not os.path.isfile(packaged):  # noqa: PTH113 - start-up counts
        return None
    with open(packaged, "rb") as file:  # noqa: PTH123
        return file.read()


def list_names(folder: str, tree: Tree | None = None) -> tuple[str, ...]:
    """Return the files under a folder of resources, relative to it, the package's and the manual's.

    Without `tree` the package's only.
    """
    top = str(packaged_path(folder))
    names = set()
    for home, _, found in os.walk(top):
        inner = "" if home == top else f"{os.path.relpath(home, top)}/".replace(os.sep, "/")
        names |= {f"{inner}{name}" for name in found if not name.startswith(".")}
    for path in tree.list() if tree is not None else ():
        if path.startswith(f"{folder}/"):
            names.add(path.removeprefix(f"{folder}/"))
    return tuple(sorted(names))
