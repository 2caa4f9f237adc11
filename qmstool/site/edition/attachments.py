"""Images and attachments of a manual → those that may stand on the site, with their bytes.

A file is copied only when a document refers to it or carries it, the tree holds it, and its kind
cannot run in a browser. Papers that prove a release are copied only where their record says that
the site may show them, whoever else refers to them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.site.safety.audit import audit_drawing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qmstool.manual.model import Manual, Release
    from qmstool.parsing.yaml.records import Entry
    from qmstool.references.model import References
    from qmstool.storage.tree import Tree

RECORDS = "releases/"
HARMLESS = frozenset(
    (  # noqa: SIM905 - a list of words reads better as words
        "png jpg jpeg gif webp avif pdf doc docx dotx xls xlsx xltx ppt pptx odt ods odp csv txt "
        "zip mp4 webm"
    ).split()
)


def collect_attachments(manual: Manual, references: References, tree: Tree) -> dict[str, bytes]:
    """Return the files to copy, by path in the tree."""
    cited = [
        each.target.key for each in references.all if each.target and each.target.kind == "file"
    ]
    carried = [path for document in manual.documents.values() for path in document.attachments]
    found = tree.read_all(
        path for path in dict.fromkeys((*cited, *carried)) if not path.startswith(RECORDS)
    )
    return {path: data for path, data in found.items() if _may_stand(path, data)}


def collect_evidence(releases: Iterable[Release], tree: Tree) -> dict[str, bytes]:
    """Return the papers that prove releases and that every record naming them lets the site show."""
    proofs = [
        proof
        for release in releases
        for proof in release.entry.entries("evidence")
        if proof.text("file")
    ]
    hidden = {proof.text("file") for proof in proofs if not may_publish(proof)}
    found = tree.read_all(
        dict.fromkeys(proof.text("file") for proof in proofs if proof.text("file") not in hidden)
    )
    return {path: data for path, data in found.items() if _may_stand(path, data)}


def may_publish(proof: Entry) -> bool:
    """Whether the record of a piece of evidence says that the site may show it; silence is no."""
    return proof.text("publish") == "true"


def _may_stand(path: str, data: bytes) -> bool:
    suffix = path.rpartition(".")[2].lower()
    if suffix == "svg":
        # Opened by itself a drawing is a page of this site, and could run.
        return not audit_drawing(path, data.decode("utf-8", errors="replace"))
    return suffix in HARMLESS
