"""Codes of documents against the shapes of their types: how one ought to be written, and where a form's code says it belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.rules.lost import misshapen
from qmstool.sources.codes import parts, slack

if TYPE_CHECKING:
    from qmstool.model import Document, Manual


def spelt(manual: Manual, document: Document) -> str | None:
    """How a document's own code is to be written, where its figures or capitals are not those of its shape."""
    kind = manual.config.types.get(document.type)
    if not document.code or kind is None or kind.code is None:
        return None
    shape = slack(kind.code.text)
    found = shape.pattern.fullmatch(document.code.lower())
    right = shape.written(found, tuple(manual.config.units)) if found else None
    if right is None or misshapen(manual, document):
        return right
    return right if _signs(right) != _signs(document.code) else None


def _signs(code: str) -> str:
    return "".join(char for char in code if char.isalnum())


def parent_meant(manual: Manual, document: Document) -> str | None:
    """The code of the document that a form's own code says it belongs to."""
    kind, own = manual.config.types.get(document.type), places(manual, document)
    of = kind.form_of.text if kind and kind.form_of else ""
    for each in manual.documents.values() if of and own else ():
        above = places(manual, each) if each.type == of else ()
        if above and own[: len(above)] == above:
            return each.code
    return None


def places(manual: Manual, document: Document) -> tuple[str, ...]:
    """What a document's code puts into the places of its shape; nothing for one without shape or out of it."""
    kind = manual.config.types.get(document.type)
    return parts(document.code, kind.code.text) if kind and kind.code and document.code else ()
