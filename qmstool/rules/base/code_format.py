"""Tell how the code of a document ought to be written, by the shape of its type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.parsing.codes import loose_shape
from qmstool.rules.base.lost_documents import has_misshapen_code

if TYPE_CHECKING:
    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual


def correct_spelling(manual: Manual, document: Document) -> str | None:
    """Return how a document's code is to be written, where its figures or capitals are wrong."""
    document_type = manual.config.types.get(document.type)
    if not document.code or document_type is None or document_type.code is None:
        return None
    fits = not has_misshapen_code(manual, document)
    if fits and document.code.isupper() and all(unit.isupper() for unit in manual.config.units):
        # In its shape and in capitals, as most are: nothing in it can be meant otherwise.
        return None
    shape = loose_shape(document_type.code.text)
    match = shape.pattern.fullmatch(document.code.lower())
    right = shape.meant_code(match, tuple(manual.config.units)) if match else None
    if right is None or not fits:
        return right
    return right if _signs(right) != _signs(document.code) else None


def _signs(code: str) -> str:
    return "".join([char for char in code if char.isalnum()])
