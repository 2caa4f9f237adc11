"""Family 3, document control: each document has the data its type demands, and every name in the data exists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Fault, Severity, Unasked
from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.manual.schema import DOCUMENT
from qmstool.rules.base import form_parents as parents
from qmstool.rules.base.cascades import misshapen
from qmstool.rules.base.code_format import spelt
from qmstool.rules.base.rule import Rule, rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qmstool.rules.base.name_uses import Kind
    from qmstool.rules.base.rule import Facts

MANIFEST = "qms.yml"
RECORDS = "procedures/records.yml"
PROCESS_MAP = "manual/process-map.yml"


def unknown(kind: Kind, path: str) -> Callable[[Facts], Iterator[Fault]]:
    """Return the check for names of one kind that the file at `path` does not define; where these are few, it tells them."""

    def check(facts: Facts) -> Iterator[Fault]:
        names = facts.known[kind]
        told = names.listed
        listed = {
            "known_vi": f" Đã khai: {told}." if told else "",
            "known_en": f" There are: {told}." if told else "",
        }
        for mark in facts.named.get(kind, ()):
            if mark.text not in names and not facts.lost.entry(path, mark.text):
                yield Fault(mark.location, {"name": mark.text, **listed}, names.meant(mark.text))

    return check


unknown_type = Rule(
    "QMS301",
    "unknown-type",
    Severity.ERROR,
    Text("Loại tài liệu không có trong qms.yml", "No such type of document"),
    Text(
        "qms.yml chưa khai loại tài liệu «{name}». Hãy sửa tên, hoặc khai thêm.{known_vi}",
        "qms.yml has no type of document «{name}». Fix the name, or declare it.{known_en}",
    ),
    unknown("type", MANIFEST),
)
unknown_unit = Rule(
    "QMS302",
    "unknown-unit",
    Severity.ERROR,
    Text("Đơn vị không có trong qms.yml", "No such unit"),
    Text(
        "qms.yml chưa khai đơn vị «{name}». Hãy sửa ký hiệu, hoặc khai thêm; chưa rõ đơn vị nào "
        "thì ghi unknown.{known_vi}",
        "qms.yml has no unit «{name}». Fix the name, or declare it; where it is not known, "
        "write unknown.{known_en}",
    ),
    unknown("unit", MANIFEST),
)
unknown_role = Rule(
    "QMS303",
    "unknown-role",
    Severity.ERROR,
    Text("Vai trò không có trong qms.yml", "No such role"),
    Text(
        "qms.yml chưa khai vai trò «{name}». Hãy sửa tên, hoặc khai thêm; chưa rõ ai thì ghi "
        "unknown.{known_vi}",
        "qms.yml has no role «{name}». Fix the name, or declare it; where it is not known, "
        "write unknown.{known_en}",
    ),
    unknown("role", MANIFEST),
)
unknown_person = Rule(
    "QMS304",
    "unknown-person",
    Severity.ERROR,
    Text("Người hoặc vai trò không có trong qms.yml", "No such person or role"),
    Text(
        "qms.yml chưa khai người hay vai trò «{name}». Hãy sửa tên, hoặc khai thêm; chưa rõ ai "
        "thì ghi unknown.{known_vi}",
        "qms.yml has no person or role «{name}». Fix the name, or declare it; where it is not "
        "known, write unknown.{known_en}",
    ),
    unknown("holder", MANIFEST),
)
unknown_record = Rule(
    "QMS305",
    "unknown-record",
    Severity.ERROR,
    Text("Hồ sơ chưa đăng ký", "A record that is not registered"),
    Text(
        "«{name}» không có trong danh mục hồ sơ (procedures/records.yml). Hãy sửa tên, hoặc "
        "đăng ký hồ sơ.{known_vi}",
        "«{name}» is not in the register of records (procedures/records.yml). Fix the name, or "
        "register the record.{known_en}",
    ),
    unknown("record", RECORDS),
)
unknown_group = Rule(
    "QMS306",
    "unknown-group",
    Severity.ERROR,
    Text("Nhóm quá trình không có trong sơ đồ", "No such group of processes"),
    Text(
        "Sơ đồ quá trình không có nhóm «{name}». Hãy sửa tên, hoặc khai thêm nhóm.{known_vi}",
        "The process map has no group «{name}». Fix the name, or add the group.{known_en}",
    ),
    unknown("group", PROCESS_MAP),
)
unknown_process = Rule(
    "QMS307",
    "unknown-process",
    Severity.ERROR,
    Text("Dòng chuyển không đến đâu", "A flow that ends nowhere"),
    Text(
        "Sơ đồ không có quá trình hay đối tượng bên ngoài nào tên «{name}», nên dòng chuyển này "
        "không đến đâu. Hãy sửa tên, hoặc khai thêm.{known_vi}",
        "The map has no process or outside party «{name}», so this flow ends nowhere. Fix the "
        "name, or add it.{known_en}",
    ),
    unknown("process", PROCESS_MAP),
)


@rule(
    "QMS308",
    "required-key",
    Severity.ERROR,
    Text("Thiếu thông tin bắt buộc của loại tài liệu", "Data that this type demands"),
    Text(
        "Tài liệu loại «{type}» phải có trường «{key}» ({what_vi}). Nếu chưa biết thì ghi unknown.",
        "A document of type «{type}» must have the key «{key}» ({what_en}). Where it is not "
        "known, write unknown.",
    ),
)
def required_key(facts: Facts) -> Iterator[Fault | Unasked]:
    """Documents without a key that their type demands; a form always needs its parent."""
    for document in facts.manual.documents.values():
        kind = facts.manual.config.types.get(document.type)
        demanded = (
            dict.fromkeys((*kind.requires, *(("parent",) if kind.form_of else ()))) if kind else {}
        )
        for name in demanded:
            field = DOCUMENT.field(name)
            lost = facts.lost.about(document.path, name) if name not in document.entry else None
            if lost is not None:
                yield Unasked.of(lost)
            elif field is not None and name not in document.entry:
                place = document.entry.get("type") or document.mark
                values = {
                    "key": name,
                    "type": document.type,
                    "what_vi": field.note.vi,
                    "what_en": field.note.en,
                }
                meant = parents.meant(facts.manual, document) if name == "parent" else None
                yield Fault(place.location, values, f"{name}: {meant or ''}")


@rule(
    "QMS309",
    "unknown-owner",
    Severity.WARNING,
    Text("Tài liệu chưa có đơn vị chủ trì", "A document without an owner"),
    Text(
        "Chưa rõ đơn vị nào chủ trì tài liệu này, nên không ai chịu trách nhiệm cập nhật. Hãy "
        "hỏi rồi ghi vào owner.",
        "Nobody is named as the owner of this document, so nobody answers for keeping it right. "
        "Ask, and write it as owner.",
    ),
)
def unknown_owner(facts: Facts) -> Iterator[Fault | Unasked]:
    """Documents whose owner is unknown or not named (ISO 9001 5.3, 7.5.3); a form's is its parent's."""
    for document in facts.manual.documents.values():
        kind = facts.manual.config.types.get(document.type)
        demanded = kind is not None and "owner" in kind.requires
        owner = document.entry.get("owner")
        lost = (
            facts.lost.about(document.path, "owner") or facts.lost.about(document.path, "parent")
            if owner is None
            else None
        )
        if "parent" in document.entry or (owner is None and demanded):
            continue
        if lost is not None:
            yield Unasked.of(lost)
        elif owner is None or owner.text == UNKNOWN:
            yield Fault((owner or document.mark).location)


@rule(
    "QMS310",
    "code-shape",
    Severity.ERROR,
    Text("Mã không theo khuôn của loại tài liệu", "A code out of shape"),
    Text(
        "Mã «{code}» không theo khuôn «{shape}» mà qms.yml đặt cho loại «{type}». Hãy viết mã "
        "theo khuôn; nếu mã đã ban hành như vậy thì sửa khuôn.",
        "The code «{code}» does not fit the shape «{shape}» that qms.yml gives to the type "
        "«{type}». Write it in shape; if it was issued like that, fix the shape.",
    ),
)
def code_shape(facts: Facts) -> Iterator[Fault]:
    """Codes that do not fit the shape of their document's type."""
    for document in facts.manual.documents.values():
        kind = facts.manual.config.types.get(document.type)
        written = spelt(facts.manual, document)
        if kind and kind.code and (misshapen(facts.manual, document) or written):
            values = {"code": document.code, "shape": kind.code.text, "type": document.type}
            yield Fault(document.mark.location, values, written, (kind.code.location,))


RULES: tuple[Rule, ...] = (
    unknown_type,
    unknown_unit,
    unknown_role,
    unknown_person,
    unknown_record,
    unknown_group,
    unknown_process,
    required_key,
    unknown_owner,
    code_shape,
)
