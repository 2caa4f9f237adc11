"""Images and attachments of a manual → those that may stand on the site, with their bytes.

A file is copied only when a document refers to it or carries it, the tree holds it, and its kind cannot run in a browser.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.site.audit import faults_of

if TYPE_CHECKING:
    from qmstool.model import Manual
    from qmstool.references import References
    from qmstool.tree import Tree

HARMLESS = frozenset(
    "png jpg jpeg gif webp avif pdf doc docx dotx xls xlsx xltx ppt pptx odt ods odp csv txt zip mp4 webm".split()  # noqa: SIM905
)


def attachments(manual: Manual, references: References, tree: Tree) -> dict[str, bytes]:
    """Return the files to copy, by path in the tree."""
    cited = [each.target.key for each in references.all if each.target and each.target.kind == "file"]
    carried = [path for document in manual.documents.values() for path in document.attachments]
    found = tree.read_all(dict.fromkeys((*cited, *carried)))
    return {path: data for path, data in found.items() if _may_stand(path, data)}


def _may_stand(path: str, data: bytes) -> bool:
    suffix = path.rpartition(".")[2].lower()
    if suffix == "svg":
        # Opened by itself a drawing is a page of this site, and could run.
        return not faults_of(path, data.decode("utf-8", errors="replace"))
    return suffix in HARMLESS
