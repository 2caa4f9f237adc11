"""Codes of documents against the shapes of their types: how one ought to be written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.parsing.codes import loose_shape
from qmstool.rules.base.cascades import misshapen

if TYPE_CHECKING:
    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual


def spelt(manual: Manual, document: Document) -> str | None:
    """How a document's own code is to be written, where its figures or capitals are not those of its shape."""
    kind = manual.config.types.get(document.type)
    if not document.code or kind is None or kind.code is None:
        return None
    fits = not misshapen(manual, document)
    if fits and document.code.isupper() and all(map(str.isupper, manual.config.units)):
        return (
            None  # in its shape and in capitals, as most are: nothing in it can be meant otherwise
        )
    shape = loose_shape(kind.code.text)
    found = shape.pattern.fullmatch(document.code.lower())
    right = shape.written(found, tuple(manual.config.units)) if found else None
    if right is None or not fits:
        return right
    return right if _signs(right) != _signs(document.code) else None


def _signs(code: str) -> str:
    return "".join(char for char in code if char.isalnum())
