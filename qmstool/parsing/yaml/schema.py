"""Declare what the mappings of a data file may hold: schemas, their fields, and kinds of values.

The declarations of all files of a manual are in `qmstool.manual.schema`. Records are read by them,
and the JSON Schemas that editors use are made from them.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.i18n import LANGUAGE_TAG, Text
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Callable

UNKNOWN = "unknown"
# Python refuses to read thousands of figures, and so many count nothing here.
COUNT = regex(r"[0-9]{1,6}\Z")
DATE = regex(r"\d{4}-\d{2}-\d{2}\Z")
# It names files, and a disk takes no name of hundreds of letters.
SLUG = regex(r"(?=.{1,100}\Z)[a-z0-9]+(?:[-._][a-z0-9]+)*\Z")
ADDRESS = regex(r"https?://[^\s/?#]+(?:[/?#]\S*)?\Z")
# Words and known places, more than one place that any word would fill.
CODE_SHAPE = regex(
    r"(?!\{(?:unit|abc|n)\}\Z)(?=.*[^\s!-/:-@\[-`{-~\u2000-\u206f])(?:[^{}]|\{(?:unit|n{1,20}|yyyy|abc)\})+\Z"
)
HEX = regex(r"[0-9a-f]{40}(?:[0-9a-f]{24})?\Z")


class ValueKind(Enum):
    """What a value may be; the value is how the kind reads in a message."""

    TEXT = Text("một dòng chữ", "a text")
    SLUG = Text(
        "một mã ngắn chỉ gồm a–z, 0–9 và dấu gạch nối, tối đa 100 chữ",
        "a short name of a–z, 0–9 and hyphens, of 100 letters at most",
    )
    DATE = Text(
        "một ngày viết dạng 2024-03-14, hoặc unknown", "a date written 2024-03-14, or unknown"
    )
    NUMBER = Text("một số nguyên, hoặc unknown", "a whole number, or unknown")
    SHAPE = Text(
        "một khuôn mã: chữ giữ nguyên, và {unit}, {n}, {nn}, {nnn}, {yyyy}, {abc} ở chỗ thay đổi, "
        "như QT {unit} {nn}",
        "a shape of codes: words as they are, and {unit}, {n}, {nn}, {nnn}, {yyyy}, {abc} where it "
        "varies, as QT {unit} {nn}",
    )
    FLAG = Text("true hoặc false", "true or false")
    CHOICE = Text("một trong các giá trị cho phép", "one of the permitted values")
    ADDRESS = Text(
        "một địa chỉ bắt đầu bằng https://, hoặc unknown",
        "an address that begins with https://, or unknown",
    )
    LANGUAGE = Text(
        "một ngôn ngữ, viết bằng thẻ BCP 47 như vi, en, pt-BR",
        "a language by its BCP 47 tag, such as vi, en, pt-BR",
    )
    HASH = Text("một mã gồm các chữ số 0–9 và chữ a–f", "a code of the digits 0–9 and letters a–f")
    BILINGUAL = Text("một dòng chữ, hoặc {vi: …, en: …}", "a text, or {vi: …, en: …}")
    TYPE = Text("một loại tài liệu trong qms.yml", "a type of qms.yml")
    GROUP = Text("một nhóm của sơ đồ quá trình", "a group of the process map")
    PROCESS = Text(
        "một quá trình hay đối tượng bên ngoài của sơ đồ quá trình",
        "a process or outside party of the process map",
    )
    DOCUMENT = Text("mã của một tài liệu", "the code of a document")
    CLAUSE = Text("số của một điều khoản", "the number of a clause")
    SECTION = Text(
        "số mục của sổ tay, có thể kèm #địa-chỉ",
        "a section number of the manual, perhaps with #anchor",
    )
    UNIT = Text("ký hiệu một đơn vị trong qms.yml", "a unit of qms.yml")
    OWNER = Text(
        "một đơn vị, một vai trò hoặc một người trong qms.yml",
        "a unit, a role or a person of qms.yml",
    )
    ROLE = Text("tên một vai trò trong qms.yml", "a role of qms.yml")
    HOLDER = Text("một người hoặc một vai trò trong qms.yml", "a person or a role of qms.yml")
    RECORD = Text("mã một hồ sơ trong procedures/records.yml", "a record of procedures/records.yml")
    EXTERNAL = Text(
        "mã một tài liệu bên ngoài trong procedures/external.yml",
        "an external document of procedures/external.yml",
    )


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a schema.

    `many`: a list of the kind; `keyed`: a mapping from free keys to the kind; `note`: what it is
    for; `choices`: the only values, where they are few; `operation`: no content of a release, so
    that today's value stands on every page of every version; `or_list`: a list of the kind is taken
    too.
    """

    name: str
    kind: ValueKind | Schema
    note: Text
    required: bool = False
    many: bool = False
    keyed: bool = False
    choices: tuple[str, ...] = ()
    operation: bool = False
    or_list: bool = False


@dataclass(frozen=True, slots=True)
class Schema:
    """The keys that a mapping of a file may have; `hint`: what to do about any other key."""

    name: str
    fields: tuple[Field, ...]
    hint: Text = Text("", "")

    def field(self, name: str) -> Field | None:
        """Return the field of that name; None where the schema has none."""
        indexed = _FIELDS.get(id(self.fields))
        if indexed is None:
            by_name = {field.name: field for field in self.fields}
            indexed = _FIELDS[id(self.fields)] = (self.fields, by_name)
        return indexed[1].get(name)


# The fields of each schema by name, under the identity of the tuple of fields. The tuple is kept
# beside them, so that nothing else gets its identity.
_FIELDS: dict[int, tuple[tuple[Field, ...], dict[str, Field]]] = {}


TWO_LANGUAGES = Schema(
    "text",
    (
        Field("vi", ValueKind.TEXT, Text("tiếng Việt", "Vietnamese")),
        Field("en", ValueKind.TEXT, Text("tiếng Anh", "English")),
    ),
)


def fits_field(text: str, field: Field) -> bool:
    """Whether the words of a scalar are of the field's kind."""
    if field.choices:
        return text in field.choices
    test = _TESTS.get(field.kind) if isinstance(field.kind, ValueKind) else None
    return test(text) if test else bool(text.strip())


def is_date(text: str) -> bool:
    """Whether a text is a day of the calendar, written YYYY-MM-DD."""
    if not DATE.match(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


_TESTS: dict[ValueKind, Callable[[str], bool]] = {
    ValueKind.DATE: lambda text: text == UNKNOWN or is_date(text),
    ValueKind.NUMBER: lambda text: text == UNKNOWN or COUNT.match(text) is not None,
    ValueKind.FLAG: lambda text: text in {"true", "false"},
    ValueKind.SHAPE: lambda text: CODE_SHAPE.match(text) is not None,
    ValueKind.SLUG: lambda text: SLUG.match(text) is not None,
    ValueKind.ADDRESS: lambda text: text == UNKNOWN or ADDRESS.match(text) is not None,
    ValueKind.LANGUAGE: lambda text: LANGUAGE_TAG.match(text) is not None,
    ValueKind.HASH: lambda text: text in {UNKNOWN, "none"} or HEX.match(text) is not None,
}
