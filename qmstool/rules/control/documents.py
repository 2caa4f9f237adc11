"""Family 3, document control: each document has the data its type demands, and every name in the data exists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import NotChecked, Severity, Violation
from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.manual.schema import DOCUMENT
from qmstool.rules.base import form_parents as parents
from qmstool.rules.base.cascades import misshapen
from qmstool.rules.base.code_format import spelt
from qmstool.rules.base.rule import Facts, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qmstool.rules.base.name_uses import Kind

MANIFEST = "qms.yml"
RECORDS = "procedures/records.yml"
PROCESS_MAP = "manual/process-map.yml"


def unknown(kind: Kind, path: str) -> Callable[[Facts], Iterator[Violation]]:
    """Return the check for names of one kind that the file at `path` does not define; where these are few, it tells them."""

    def check(facts: Facts) -> Iterator[Violation]:
        names = facts.known[kind]
        told = names.listed
        listed = {
            "known_vi": f" Đã khai: {told}." if told else "",
            "known_en": f" There are: {told}." if told else "",
        }
        for mark in facts.named.get(kind, ()):
            if mark.text not in names and not facts.lost.record(path, mark.text):
                yield Violation(
                    mark.location, {"name": mark.text, **listed}, names.meant(mark.text)
                )

    return check


def required_key(facts: Facts) -> Iterator[Violation | NotChecked]:
    """Documents without a key that their type demands; a form always needs its parent."""
    for document in facts.manual.documents.values():
        kind = facts.manual.config.types.get(document.type)
        demanded = (
            dict.fromkeys((*kind.requires, *(("parent",) if kind.form_of else ()))) if kind else {}
        )
        for name in demanded:
            field = DOCUMENT.field(name)
            lost = facts.lost.about(document.path, name) if name not in document.record else None
            if lost is not None:
                yield NotChecked.of(lost)
            elif field is not None and name not in document.record:
                place = document.record.get("type") or document.mark
                values = {
                    "key": name,
                    "type": document.type,
                    "what_vi": field.note.vi,
                    "what_en": field.note.en,
                }
                meant = parents.meant(facts.manual, document) if name == "parent" else None
                yield Violation(place.location, values, f"{name}: {meant or ''}")


def unknown_owner(facts: Facts) -> Iterator[Violation | NotChecked]:
    """Documents whose owner is unknown or not named (ISO 9001 5.3, 7.5.3); a form's is its parent's."""
    for document in facts.manual.documents.values():
        kind = facts.manual.config.types.get(document.type)
        demanded = kind is not None and "owner" in kind.requires
        owner = document.record.get("owner")
        lost = (
            facts.lost.about(document.path, "owner") or facts.lost.about(document.path, "parent")
            if owner is None
            else None
        )
        if "parent" in document.record or (owner is None and demanded):
            continue
        if lost is not None:
            yield NotChecked.of(lost)
        elif owner is None or owner.text == UNKNOWN:
            yield Violation((owner or document.mark).location)


def code_shape(facts: Facts) -> Iterator[Violation]:
    """Codes that do not fit the shape of their document's type."""
    for document in facts.manual.documents.values():
        kind = facts.manual.config.types.get(document.type)
        written = spelt(facts.manual, document)
        if kind and kind.code and (misshapen(facts.manual, document) or written):
            values = {"code": document.code, "shape": kind.code.text, "type": document.type}
            yield Violation(document.mark.location, values, written, (kind.code.location,))


E, W = Severity.ERROR, Severity.WARNING

# fmt: off
RULES = (
    Rule(
        "QMS301", "unknown-type", E,
        Text("Loại tài liệu không có trong qms.yml", "No such type of document"),
        Text(
            "qms.yml chưa khai loại tài liệu «{name}». Hãy sửa tên, hoặc khai thêm.{known_vi}",
            "qms.yml has no type of document «{name}». Fix the name, or declare it.{known_en}",
        ),
        unknown("type", MANIFEST),
    ),
    Rule(
        "QMS302", "unknown-unit", E,
        Text("Đơn vị không có trong qms.yml", "No such unit"),
        Text(
            (
                "qms.yml chưa khai đơn vị «{name}». Hãy sửa ký hiệu, hoặc khai thêm; chưa rõ đơn "
                "vị nào thì ghi unknown.{known_vi}"
            ),
            (
                "qms.yml has no unit «{name}». Fix the name, or declare it; where it is not "
                "known, write unknown.{known_en}"
            ),
        ),
        unknown("unit", MANIFEST),
    ),
    Rule(
        "QMS303", "unknown-role", E,
        Text("Vai trò không có trong qms.yml", "No such role"),
        Text(
            (
                "qms.yml chưa khai vai trò «{name}». Hãy sửa tên, hoặc khai thêm; chưa rõ ai thì "
                "ghi unknown.{known_vi}"
            ),
            (
                "qms.yml has no role «{name}». Fix the name, or declare it; where it is not "
                "known, write unknown.{known_en}"
            ),
        ),
        unknown("role", MANIFEST),
    ),
    Rule(
        "QMS304", "unknown-person", E,
        Text("Người hoặc vai trò không có trong qms.yml", "No such person or role"),
        Text(
            (
                "qms.yml chưa khai người hay vai trò «{name}». Hãy sửa tên, hoặc khai thêm; chưa "
                "rõ ai thì ghi unknown.{known_vi}"
            ),
            "qms.yml has no person or role «{name}». Fix the name, or declare it; where it "
            "is not known, write "
            "unknown.{known_en}",
        ),
        unknown("holder", MANIFEST),
    ),
    Rule(
        "QMS305", "unknown-record", E,
        Text("Hồ sơ chưa đăng ký", "A record that is not registered"),
        Text(
            (
                "«{name}» không có trong danh mục hồ sơ (procedures/records.yml). Hãy sửa tên, "
                "hoặc đăng ký hồ sơ.{known_vi}"
            ),
            "«{name}» is not in the register of records (procedures/records.yml). Fix the "
            "name, or register the "
            "record.{known_en}",
        ),
        unknown("record", RECORDS),
    ),
    Rule(
        "QMS306", "unknown-group", E,
        Text("Nhóm quá trình không có trong sơ đồ", "No such group of processes"),
        Text(
            "Sơ đồ quá trình không có nhóm «{name}». Hãy sửa tên, hoặc khai thêm nhóm.{known_vi}",
            "The process map has no group «{name}». Fix the name, or add the group.{known_en}",
        ),
        unknown("group", PROCESS_MAP),
    ),
    Rule(
        "QMS307", "unknown-process", E,
        Text("Dòng chuyển không đến đâu", "A flow that ends nowhere"),
        Text(
            "Sơ đồ không có quá trình hay đối tượng bên ngoài nào tên «{name}», nên dòng "
            "chuyển này không đến đâu. Hãy sửa tên, "
            "hoặc khai thêm.{known_vi}",
            (
                "The map has no process or outside party «{name}», so this flow ends nowhere. "
                "Fix the name, or add it.{known_en}"
            ),
        ),
        unknown("process", PROCESS_MAP),
    ),
    Rule(
        "QMS308", "required-key", E,
        Text("Thiếu thông tin bắt buộc của loại tài liệu", "Data that this type demands"),
        Text(
            (
                "Tài liệu loại «{type}» phải có trường «{key}» ({what_vi}). Nếu chưa biết thì "
                "ghi unknown."
            ),
            (
                "A document of type «{type}» must have the key «{key}» ({what_en}). Where it is "
                "not known, write unknown."
            ),
        ),
        required_key,
    ),
    Rule(
        "QMS309", "unknown-owner", W,
        Text("Tài liệu chưa có đơn vị chủ trì", "A document without an owner"),
        Text(
            (
                "Chưa rõ đơn vị nào chủ trì tài liệu này, nên không ai chịu trách nhiệm cập "
                "nhật. Hãy hỏi rồi ghi vào owner."
            ),
            (
                "Nobody is named as the owner of this document, so nobody answers for keeping it "
                "right. Ask, and write it as owner."
            ),
        ),
        unknown_owner,
    ),
    Rule(
        "QMS310", "code-shape", E,
        Text("Mã không theo khuôn của loại tài liệu", "A code out of shape"),
        Text(
            "Mã «{code}» không theo khuôn «{shape}» mà qms.yml đặt cho loại «{type}». Hãy "
            "viết mã theo khuôn; nếu mã đã ban hành "
            "như vậy thì sửa khuôn.",
            "The code «{code}» does not fit the shape «{shape}» that qms.yml gives to the "
            "type «{type}». Write it in shape; if "
            "it was issued like that, fix the shape.",
        ),
        code_shape,
    ),
)
