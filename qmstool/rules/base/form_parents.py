"""Tell which document a form may belong to: by its type, and by the code that its own carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.parsing.codes import placeholder_values

if TYPE_CHECKING:
    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual

# What a code has in each place of its type's shape: the kind of the place, and the characters.
CodePlaces = tuple[tuple[str, str], ...]

ITSELF = Text("là chính nó", "is the same document")
OTHER = Text(
    (
        "là tài liệu loại «{other_vi}», mà qms.yml ghi loại này là biểu mẫu của loại «{kind_vi}» "
        "(form_of)"
    ),
    "is of the type «{other_en}», and qms.yml says that these are forms of «{kind_en}» (form_of)",
)


def explain_impossible(manual: Manual, document: Document, parent: Document) -> Text | None:
    """Return why a document cannot belong to another.

    None where it can, or where its type is not known to be forms of another type.
    """
    if parent is document:
        return ITSELF
    types = manual.config.types
    own_type, other_type = types.get(document.type), types.get(parent.type)
    if own_type is None or own_type.form_of is None:
        return None
    right_type = types.get(own_type.form_of.text)
    if right_type is None or other_type is None or other_type is right_type:
        return None
    return OTHER.fill(
        {
            "other_vi": other_type.name.vi,
            "other_en": other_type.name.en,
            "kind_vi": right_type.name.vi,
            "kind_en": right_type.name.en,
        }
    )


def find_meant_parent(manual: Manual, document: Document) -> str | None:
    """Return the code of the only document whose code a form's code carries."""
    own_type = manual.config.types.get(document.type)
    right_type = own_type.form_of.text if own_type and own_type.form_of else None
    own_places = code_places(manual, document)
    parents = [other for other in manual.documents.values() if other.type == right_type]
    fitting = [
        parent for parent in parents if carries_code(own_places, code_places(manual, parent))
    ]
    return fitting[0].code if len(fitting) == 1 else None


def code_places(manual: Manual, document: Document) -> CodePlaces:
    """Return what a document's code has in the places of its type's shape; empty without either."""
    document_type = manual.config.types.get(document.type)
    if not document.code or document_type is None or document_type.code is None:
        return ()
    return placeholder_values(document.code, document_type.code.text)


def carries_code(own: CodePlaces, above: CodePlaces) -> bool | None:
    """Whether the places of one code hold those of another, side by side; None if nobody can tell.

    Of another with more places than fit (a unit that forms leave out), its last ones are looked
    for. Where they may stand at several places of the code («BM 01.03»), any will do: which of them
    is the parent's nobody has said.
    """
    kinds = [kind for kind, _ in own]
    for first in range(len(above)):
        wanted = above[first:]
        length = len(wanted)
        wanted_kinds = [kind for kind, _ in wanted]
        starts = [
            start for start in range(len(own)) if kinds[start : start + length] == wanted_kinds
        ]
        if starts:
            return any(own[start : start + length] == wanted for start in starts)
    return None
