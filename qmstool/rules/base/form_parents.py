"""What a form may belong to: by its type, and by the code of another document that its own code carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.parsing.codes import placeholder_values

if TYPE_CHECKING:
    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual

Places = tuple[tuple[str, str], ...]

ITSELF = Text("là chính nó", "is the same document")
OTHER = Text(
    (
        "là tài liệu loại «{other_vi}», mà qms.yml ghi loại này là biểu mẫu của loại «{kind_vi}» "
        "(form_of)"
    ),
    "is of the type «{other_en}», and qms.yml says that these are forms of «{kind_en}» (form_of)",
)


def impossible(manual: Manual, document: Document, parent: Document) -> Text | None:
    """Why a document cannot belong to another; None where it can, or where its type is not known to be forms of one."""
    if parent is document:
        return ITSELF
    types = manual.config.types
    kind, other = types.get(document.type), types.get(parent.type)
    above = types.get(kind.form_of.text) if kind and kind.form_of else None
    if above is None or other is None or other is above:
        return None
    return OTHER.fill(
        {
            "other_vi": other.name.vi,
            "other_en": other.name.en,
            "kind_vi": above.name.vi,
            "kind_en": above.name.en,
        }
    )


def meant(manual: Manual, document: Document) -> str | None:
    """The code of the only document whose code a form's code carries."""
    kind, own = manual.config.types.get(document.type), places(manual, document)
    above = kind.form_of.text if kind and kind.form_of else None
    fitting = [
        each.code
        for each in manual.documents.values()
        if each.type == above and carries(own, places(manual, each))
    ]
    return fitting[0] if len(fitting) == 1 else None


def places(manual: Manual, document: Document) -> Places:
    """What a document's code puts into the places of its type's shape; nothing for one without code or shape."""
    kind = manual.config.types.get(document.type)
    return (
        placeholder_values(document.code, kind.code.text)
        if document.code and kind and kind.code
        else ()
    )


def carries(own: Places, above: Places) -> bool | None:
    """Whether the places of one code hold those of another, side by side; None where their shapes do not tell.

    Of another that has more places than fit (a unit that forms leave out), its last ones are looked for. Where they may
    stand at several places of the code («BM 01.03»), any will do: which of them is the parent's nobody has said.
    """
    kinds = [kind for kind, _ in own]
    for first in range(len(above)):
        wanted = above[first:]
        starts = [
            at
            for at in range(len(own))
            if kinds[at : at + len(wanted)] == [kind for kind, _ in wanted]
        ]
        if starts:
            return any(own[at : at + len(wanted)] == wanted for at in starts)
    return None
