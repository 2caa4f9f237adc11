"""Make the file of a new document: its front matter, its title, and what its type demands.

What goes in: a manual, a type, a code, a title. What comes out: a path and the file's text. Nobody
is named: owner and approver are `unknown` until somebody says who they are. Pure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.i18n import QmsError, Text
from qmstool.parsing.codes import fits_shape, fold_code, loose_shape, placeholder_values
from qmstool.parsing.similar import not_found_error
from qmstool.parsing.yaml.nodes import text_of
from qmstool.register.versions import find_document
from qmstool.releases.canonical_yaml import dump

if TYPE_CHECKING:
    from qmstool.i18n import Lang
    from qmstool.manual.config import DocumentType
    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual

FOLDER = "procedures"
UNKNOWN_BY_DEFAULT = ("owner", "approver")
_CODE = re.compile(r"[\w .,/()+-]*\w[\w .,/()+-]*")

NO_CODE = Text(
    "«{code}» không dùng làm mã được: chỉ gồm chữ, số, dấu cách và . , - / ( ) +.",
    "«{code}» cannot be a code: letters, digits, blanks and . , - / ( ) + only.",
)
NO_TITLE = Text("Tài liệu cần có tên.", "A document needs a title.")
TAKEN = Text(
    "Mã «{code}» đã là của «{title}». Hãy chọn mã khác.",
    "The code «{code}» is that of «{title}» already. Choose another.",
)
NOT_THE_SHAPE = Text(
    "Mã «{code}» không theo khuôn «{shape}» của loại «{type}» trong qms.yml. Hãy viết mã theo "
    "khuôn, hoặc sửa khuôn trước.",
    "The code «{code}» is not of the shape «{shape}» of the type «{type}» in qms.yml. Write it as "
    "the shape, or change the shape first.",
)
NO_PARENT = Text(
    "Biểu mẫu cần biết thuộc tài liệu nào. Hãy thêm --parent MÃ.",
    "A form needs the document it belongs to. Add --parent CODE.",
)
HINT = Text("<!-- Viết nội dung vào đây. -->", "<!-- Write here. -->")


def read_code(written: str) -> str:
    """Return a code as it is to be stored. Raises QmsError for what cannot be one."""
    code = " ".join(written.split())
    if not _CODE.fullmatch(code):
        raise QmsError(NO_CODE.fill({"code": written.strip()}))
    return code


def read_code_of_type(manual: Manual, kind: str, written: str) -> str:
    """Return a code as the shape of its type writes it: «qt-vp-9» is «QT VP 09».

    What is not meant by the shape stays as it was written. Raises QmsError for what cannot be a
    code.
    """
    code = read_code(written)
    document_type = manual.config.types.get(kind)
    shape = text_of(document_type.code) if document_type is not None else ""
    if not shape:
        return code
    loose = loose_shape(shape)
    match = loose.pattern.fullmatch(code.lower())
    meant = loose.meant_code(match, tuple(manual.config.units)) if match else None
    return meant or code


def new_document(
    manual: Manual, kind: str, code: str, title: str, *, parent: str = "", lang: Lang
) -> tuple[str, str, str]:
    """Return path, code and text of a new document.

    `parent`: the code of the document that a form belongs to; without it, the one whose unit and
    number its code carries. Raises QmsError for a type, code or title that cannot be.
    """
    document_type = manual.config.types.get(kind)
    if document_type is None:
        what = Text("loại tài liệu", "type of document")
        raise not_found_error(kind, what, manual.config.types)
    code, title = read_code_of_type(manual, kind, code), " ".join(title.split())
    if not title:
        raise QmsError(NO_TITLE)
    _refuse_what_cannot_be(manual, document_type, kind, code)
    front = {"code": code, "type": kind, "title": title}
    for key in document_type.requires:
        if key in UNKNOWN_BY_DEFAULT:
            front[key] = "unknown"
    if parent or document_type.form_of:
        front["parent"] = _parent(manual, document_type, code, parent)
    path = f"{FOLDER}/{fold_code(code).replace('/', '-')}.md"
    return path, code, f"---\n{dump(front)}---\n# {title}\n\n{HINT.get(lang)}\n"


def _refuse_what_cannot_be(
    manual: Manual, document_type: DocumentType, kind: str, code: str
) -> None:
    other = manual.document(code)
    if other is not None:
        raise QmsError(TAKEN.fill({"code": code, "title": other.title}))
    refuse_other_shape(document_type, kind, code)


def refuse_other_shape(document_type: DocumentType | None, kind: str, code: str) -> None:
    """Raise QmsError for a code that is not of the shape of its type."""
    shape = text_of(document_type.code) if document_type is not None else ""
    if shape and not fits_shape(code, shape):
        raise QmsError(NOT_THE_SHAPE.fill({"code": code, "shape": shape, "type": kind}))


def _parent(manual: Manual, document_type: DocumentType, code: str, named: str) -> str:
    if named:
        parent = find_document(manual, named)
        return parent.code or parent.key
    carried = _carried_parent(manual, document_type, code)
    if carried is None:
        raise QmsError(NO_PARENT)
    return carried.code


def _carried_parent(manual: Manual, document_type: DocumentType, code: str) -> Document | None:
    """Return the document whose unit and number a form's code begins with."""
    above = manual.config.types.get(text_of(document_type.form_of))
    if above is None or above.code is None or document_type.code is None:
        return None
    carried = placeholder_values(code, document_type.code.text)
    for document in manual.documents.values():
        own = placeholder_values(document.code, above.code.text) if document.code else ()
        if document.type == above.key and own and carried[: len(own)] == own:
            return document
    return None
