"""Prepare what proves an approval: the files to keep beside a record, what the record says of each.

What goes in: files and references that the secretary names. What comes out: bytes by path, and one
`Proof` for each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.candidates.evidence import EVIDENCE_FOLDER
from qmstool.candidates.recording import Proof
from qmstool.i18n import QmsError, Text
from qmstool.releases.record import exact_sha256

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qmstool.storage.tree import Tree


def keep_files(
    tree: Tree, files: Iterable[tuple[str, str, bytes]]
) -> tuple[dict[str, bytes], tuple[dict[str, str], ...]]:
    """Return files to keep beside a record that has no number, and what the record says of each.

    `files`: kind, name and bytes. Raises QmsError where another file is in a place already.
    """
    copies: dict[str, bytes] = {}
    written = []
    for kind, name, data in files:
        path = f"{EVIDENCE_FOLDER}{name}"
        _refuse_other(tree, path, data, copies)
        copies[path] = data
        written.append({"kind": kind, "file": path, "digest": exact_sha256(data)})
    return copies, tuple(written)


def _refuse_other(tree: Tree, path: str, data: bytes, copies: dict[str, bytes]) -> None:
    """Raise QmsError where another file is in a place already."""
    if path in copies or tree.read_all([path]).get(path, data) != data:
        raise QmsError(
            Text(
                f"Đã có một tệp khác ở «{path}». Hãy đổi tên tệp muốn giữ kèm.",
                f"Another file is at «{path}» already. Rename the one you want to keep.",
            )
        )


def prepare_attachments(
    tree: Tree,
    number: int,
    files: Iterable[tuple[str, str, bytes]],
    references: Iterable[tuple[str, str]],
    *,
    original: str,
    publish: bool,
) -> tuple[dict[str, bytes], tuple[Proof, ...]]:
    """Return the files to keep for release `number`, byte for byte, and a proof for each.

    `files`: kind, name and bytes; `references`: kind, and where it can be looked up; `original`:
    where the original is kept. The files come back as path → bytes; references have a proof too.
    Raises QmsError where another file is in a place already.
    """
    copies: dict[str, bytes] = {}
    proofs = []
    for kind, name, data in files:
        path = f"{EVIDENCE_FOLDER}{number:04d}-{name}"
        _refuse_other(tree, path, data, copies)
        copies[path] = data
        proofs.append(Proof(kind, path, exact_sha256(data), "", original, publish))
    for kind, text in references:
        proofs.append(Proof(kind, "", "", text, original, publish=False))
    return copies, tuple(proofs)
