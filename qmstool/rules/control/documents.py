"""Check the data of documents: what their type demands is there, and every name exists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Severity, Subject, Violation
from qmstool.frozen import replace
from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.manual.process_map import PROCESS_MAP_FILE
from qmstool.manual.registers import RECORDS_FILE
from qmstool.manual.schema.documents import DOCUMENT
from qmstool.rules.base import form_parents
from qmstool.rules.base.code_format import correct_spelling
from qmstool.rules.base.hiders import lost_entry, lost_key
from qmstool.rules.base.lost_documents import has_misshapen_code
from qmstool.rules.base.rule import Rule, rule
from qmstool.rules.base.values import bilingual

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from qmstool.manual.documents import Document
    from qmstool.parsing.yaml.schema import Field
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.name_uses import NameKind

MANIFEST = "qms.yml"
# More documents without an owner, if they are most of all, are one thing to ask.
MANY = 10


def _check_names(kind: NameKind) -> Callable[[Facts], Iterator[Violation]]:
    """Return the check for names of one kind; where few are defined, the message lists them."""

    def check(facts: Facts) -> Iterator[Violation]:
        names = facts.known_names[kind]
        listed = {"known_vi": "", "known_en": ""}
        if names.listed:
            listed = {
                "known_vi": f" Đã khai: {names.listed}.",
                "known_en": f" There are: {names.listed}.",
            }
        for mark in facts.name_uses.get(kind, ()):
            if mark.text not in names:
                values, similar = {"name": mark.text, **listed}, names.meant(mark.text)
                yield Violation(mark.location, values, similar, subjects=(Subject(mark.text),))

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
    _check_names("type"),
    hidden_by=(lost_entry(MANIFEST),),
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
    _check_names("unit"),
    hidden_by=(lost_entry(MANIFEST),),
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
    _check_names("role"),
    hidden_by=(lost_entry(MANIFEST),),
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
    _check_names("holder"),
    hidden_by=(lost_entry(MANIFEST),),
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
    _check_names("record"),
    hidden_by=(lost_entry(RECORDS_FILE),),
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
    _check_names("group"),
    hidden_by=(lost_entry(PROCESS_MAP_FILE),),
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
    _check_names("process"),
    hidden_by=(lost_entry(PROCESS_MAP_FILE),),
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
    hidden_by=(lost_key,),
)
def required_key(facts: Facts) -> Iterator[Violation]:
    """Find documents without a key that their type demands; a form always needs its parent."""
    for document in facts.manual.documents.values():
        for name in _demanded_keys(facts, document):
            field = DOCUMENT.field(name)
            if name not in document.front_matter.keys and field is not None:
                yield _missing_key(facts, document, field)


def _demanded_keys(facts: Facts, document: Document) -> Iterable[str]:
    """Return the keys that a document's type demands, each once."""
    kind = facts.manual.config.types.get(document.type)
    if kind is None:
        return ()
    if kind.form_of:
        return dict.fromkeys((*kind.requires, "parent"))
    return dict.fromkeys(kind.requires)


def _missing_key(facts: Facts, document: Document, field: Field) -> Violation:
    place = document.front_matter.type or document.mark
    values = {
        "key": field.name,
        "type": document.type,
        "what_vi": field.note.vi,
        "what_en": field.note.en,
    }
    meant = None
    if field.name == "parent":
        meant = form_parents.find_meant_parent(facts.manual, document)
    suggestion, subject = f"{field.name}: {meant or 'unknown'}", Subject(field.name, document.path)
    return Violation(place.location, values, suggestion, subjects=(subject,))


@rule(
    "QMS309",
    "unknown-owner",
    Severity.WARNING,
    Text("Tài liệu chưa có đơn vị chủ trì", "A document without an owner"),
    Text(
        "Chưa rõ đơn vị nào chủ trì tài liệu này{more_vi}, nên không ai chịu trách nhiệm cập "
        "nhật. Hãy hỏi rồi ghi vào owner.",
        "Nobody is named as the owner of this document{more_en}, so nobody answers for keeping it "
        "right. Ask, and write it as owner.",
    ),
    hidden_by=(lost_key,),
)
def unknown_owner(facts: Facts) -> Iterator[Violation]:
    """Find documents whose owner is unknown or not named (ISO 9001 5.3, 7.5.3).

    A form's owner is its parent's. Where the type demands the key, `required-key` reports it.
    Where most of many documents have none it is said once.
    """
    found = list(_without_owner(facts))
    if len(found) <= max(MANY, len(facts.manual.documents) // 2):
        for violation in found:
            yield replace(violation, values=bilingual(more=Text("", "")))
        return
    count = str(len(found) - 1)
    more = Text(" và {count} tài liệu khác", " and of others: {count}").fill({"count": count})
    related = tuple(violation.location for violation in found[1:])
    yield replace(found[0], values=bilingual(more=more), related=related)


def _without_owner(facts: Facts) -> Iterator[Violation]:
    for document in facts.manual.documents.values():
        if document.front_matter.parent:
            continue
        owner = document.front_matter.owner
        if owner is not None:
            if owner.text == UNKNOWN:
                yield Violation(owner.location)
            continue
        if "owner" not in _demanded_keys(facts, document):
            subjects = Subject("owner", document.path), Subject("parent", document.path)
            yield Violation(document.mark.location, subjects=subjects)


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
def code_shape(facts: Facts) -> Iterator[Violation]:
    """Find codes that do not fit the shape of their document's type."""
    for document in facts.manual.documents.values():
        kind = facts.manual.config.types.get(document.type)
        written = correct_spelling(facts.manual, document)
        if kind and kind.code and (has_misshapen_code(facts.manual, document) or written):
            values = {"code": document.code, "shape": kind.code.text, "type": document.type}
            yield Violation(document.mark.location, values, written, (kind.code.location,))


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
