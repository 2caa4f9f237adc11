"""Finds a template or catalogue: the manual's own first, through its tree, then the copy that the package carries.

In a wheel the package's copies lie in `qmstool/_resources`; in a checkout they are the repository's own folders.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qmstool.storage.tree import Tree

_PACKAGE = Path(__file__).resolve().parents[1]
_HOMES = {"clauses": "clauses", "templates": "templates", "rules": "docs/rules"}


def packaged_path(path: str) -> Path:
    """Return where the package keeps `clauses/…`, `templates/…` or `rules/…`; nothing need be there."""
    wheel = _PACKAGE / "_resources"
    if wheel.is_dir():
        return wheel / path
    home, _, rest = path.partition("/")
    return _PACKAGE.parent / _HOMES[home] / rest


def find(tree: Tree | None, path: str) -> bytes | None:
    """Return the bytes of a resource, the manual's own before the package's; None where neither has it."""
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
    """Return the files under a folder of resources, relative to it: the package's and the manual's together."""
    home = packaged_path(folder)
    found = {
        file.relative_to(home).as_posix()
        for file in home.rglob("*")
        if file.is_file() and not file.name.startswith(".")
    }
    if tree is not None:
        found |= {
            path.removeprefix(f"{folder}/") for path in tree.list() if path.startswith(f"{folder}/")
        }
    return tuple(sorted(found))
