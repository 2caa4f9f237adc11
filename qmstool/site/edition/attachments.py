"""Choose the images and attachments of a manual that may stand on the site; return their bytes.

A file is copied only when a document refers to it or carries it, the tree holds it, and its kind
cannot run in a browser. Papers that prove a release are copied only where their record says that
the site may show them, whoever else refers to them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.sanitizing.drawings import rebuilt_drawing
from qmstool.storage.file_kinds import ending, is_published

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qmstool.manual.model import Manual
    from qmstool.manual.releases import Release
    from qmstool.references.model import References
    from qmstool.storage.tree import Tree

RECORDS = "releases/"


def collect_attachments(manual: Manual, references: References, tree: Tree) -> dict[str, bytes]:
    """Return the files to copy, by path in the tree."""
    paths: dict[str, None] = {}
    for reference in references.all:
        if reference.target and reference.target.kind == "file":
            paths[reference.target.key] = None
    for document in manual.documents.values():
        paths |= dict.fromkeys(document.attachments)
    return _harmless(tree, (path for path in paths if not path.startswith(RECORDS)))


def collect_evidence(releases: Iterable[Release], tree: Tree) -> dict[str, bytes]:
    """Return the papers that prove releases, where every record of one lets the site show it."""
    paths: dict[str, None] = {}
    hidden: set[str] = set()
    for release in releases:
        for proof in release.evidence:
            if proof.file:
                paths[proof.file] = None
                if not proof.publish:
                    hidden.add(proof.file)
    return _harmless(tree, (path for path in paths if path not in hidden))


def _harmless(tree: Tree, paths: Iterable[str]) -> dict[str, bytes]:
    """Return the files of kinds that cannot run, each drawing made anew of what may stand in it."""
    files = tree.read_all(paths)
    kept = {}
    for path, data in files.items():
        shown = _shown(path, data)
        if shown is not None:
            kept[path] = shown
    return kept


def _shown(path: str, data: bytes) -> bytes | None:
    if ending(path) == "svg":
        # Opened by itself a drawing is a page of this site, and could run.
        return rebuilt_drawing(data)
    return data if is_published(path) else None
