"""YAML nodes + a declared `Shape` → an `Entry` of typed, placed values, and a problem for everything that does not fit.

The declarations live in `qmstool.shapes`; the same ones make the JSON Schemas.
"""

from __future__ import annotations

import re
from datetime import date
from difflib import get_close_matches
from enum import Enum
from typing import TYPE_CHECKING

from qmstool.findings import LoadError, Violation
from qmstool.frozen import dataclass, replace
from qmstool.i18n import QmsError, Text
from qmstool.parsing.similar import FEW_NAMES, shortlist
from qmstool.parsing.yaml import suggestions as likely
from qmstool.parsing.yaml.nodes import LocatedText, Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from collections.abc import Mapping as Mapping_
    from collections.abc import Sequence as AbstractSequence

    from qmstool.findings import Location

UNKNOWN = "unknown"
DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
SLUG = re.compile(r"[a-z0-9]+(?:[-._][a-z0-9]+)*\Z")
ADDRESS = re.compile(r"https?://[^\s/?#]+(?:[/?#]\S*)?\Z")
HEX = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?\Z")


class ValueKind(Enum):
    """What a value may be; the value is how the kind reads in a message."""

    TEXT = Text("một dòng chữ", "a text")
    SLUG = Text(
        "một mã ngắn chỉ gồm a–z, 0–9 và dấu gạch nối", "a short name of a–z, 0–9 and hyphens"
    )
    DATE = Text(
        "một ngày viết dạng 2024-03-14, hoặc unknown", "a date written 2024-03-14, or unknown"
    )
    NUMBER = Text("một số nguyên, hoặc unknown", "a whole number, or unknown")
    FLAG = Text("true hoặc false", "true or false")
    CHOICE = Text("một trong các giá trị cho phép", "one of the permitted values")
    ADDRESS = Text(
        "một địa chỉ bắt đầu bằng https://, hoặc unknown",
        "an address that begins with https://, or unknown",
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
    ROLE = Text("tên một vai trò trong qms.yml", "a role of qms.yml")
    HOLDER = Text("một người hoặc một vai trò trong qms.yml", "a person or a role of qms.yml")
    RECORD = Text("mã một hồ sơ trong procedures/records.yml", "a record of procedures/records.yml")
    EXTERNAL = Text(
        "mã một tài liệu bên ngoài trong procedures/external.yml",
        "an external document of procedures/external.yml",
    )


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a shape.

    `many`: a list; `keyed`: a mapping from free keys to the kind; `note`: what it is for.
    """

    name: str
    kind: ValueKind | Schema
    note: Text
    required: bool = False
    many: bool = False
    keyed: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Schema:
    """The keys a mapping of a file may have."""

    name: str
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field | None:
        """Return the field of that name."""
        known = _FIELDS.get(id(self.fields))
        if known is None:
            known = _FIELDS[id(self.fields)] = (
                self.fields,
                {field.name: field for field in self.fields},
            )
        return known[1].get(name)


# The fields of each shape by name; the fields themselves stand beside them, so that their identity
# is nobody else's.
_FIELDS: dict[int, tuple[tuple[Field, ...], dict[str, Field]]] = {}


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text of the manual, in one language or both, with its place."""

    text: Text
    mark: LocatedText


class Record:
    """A mapping that was read by its shape: ask by key, get placed values; absent keys give None or ()."""

    __slots__ = ("_values", "keys", "mark")

    def __init__(
        self, mark: LocatedText, keys: dict[str, LocatedText], values: dict[str, object]
    ) -> None:
        self.mark = mark
        self.keys = keys
        self._values = values

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def get(self, name: str) -> LocatedText | None:
        """The scalar under a key."""
        value = self._values.get(name)
        return value if isinstance(value, LocatedText) else None

    def text(self, name: str, default: str = "") -> str:
        """The words of the scalar under a key."""
        value = self._values.get(name)
        return value.text if isinstance(value, LocatedText) else default

    def flag(self, name: str) -> bool:
        """Whether the key says true."""
        return self.text(name) == "true"

    def bilingual(self, name: str) -> Text | None:
        """The two-language text under a key."""
        value = self._values.get(name)
        return value.text if isinstance(value, Bilingual) else None

    def list(self, name: str) -> tuple[LocatedText, ...]:
        """The scalars listed under a key."""
        value = self._values.get(name)
        return (
            tuple(item for item in value if isinstance(item, LocatedText))
            if isinstance(value, tuple)
            else ()
        )

    def record(self, name: str) -> Record | None:
        """The mapping under a key."""
        value = self._values.get(name)
        return value if isinstance(value, Record) else None

    def entries(self, name: str) -> tuple[Record, ...]:
        """The mappings listed under a key."""
        value = self._values.get(name)
        return (
            tuple(item for item in value if isinstance(item, Record))
            if isinstance(value, tuple)
            else ()
        )

    def keyed(self, name: str) -> tuple[tuple[LocatedText, Record], ...]:
        """The mappings under free keys, in the order of the file."""
        return tuple((key, value) for key, value in self._pairs(name) if isinstance(value, Record))

    def keyed_texts(self, name: str) -> tuple[tuple[LocatedText, Text], ...]:
        """The two-language texts under free keys."""
        return tuple(
            (key, value.text) for key, value in self._pairs(name) if isinstance(value, Bilingual)
        )

    def _pairs(self, name: str) -> AbstractSequence[tuple[LocatedText, object]]:
        value = self._values.get(name)
        return value if isinstance(value, tuple) else ()


def nearest_name(word: str, names: Iterable[str], alike: float = 0.6) -> str | None:
    """Return the name closest to a word, or None where none is close (`alike`: 1 for the same letters, 0 for none in common)."""
    names = tuple(names)
    lower = {
        name.casefold(): name
        for name in (names if len(names) <= FEW_NAMES else shortlist(word, names))
    }
    close = get_close_matches(word.casefold(), lower, n=1, cutoff=alike)
    return lower[close[0]] if close else None


def not_found_error(word: str, kind: Text, names: Iterable[str]) -> QmsError:
    """Return the error that says there is no such thing, and what was perhaps meant."""
    close = nearest_name(word, names)
    vi, en = (f" Có phải là «{close}»?", f" Did you mean «{close}»?") if close else ("", "")
    return QmsError(
        Text(f"Không có {kind.vi} «{word}».{vi}", f"There is no {kind.en} «{word}».{en}")
    )


def read_record(
    node: Node | None, shape: Schema, where: LocatedText
) -> tuple[Record, list[LoadError]]:
    """Read a node by its shape.

    What does not fit is left out of the entry and told as a problem at its place.
    """
    reader = RecordReader()
    if node is None:
        needed = [field for field in shape.fields if field.required]
        if needed:  # of an empty file, one line says all that it lacks
            keys, lines = (
                "», «".join(field.name for field in needed),
                "\n".join(_opening_of(field) for field in needed),
            )
            words = {"key": keys} | {
                f"what_{lang}": "; ".join(getattr(each.note, lang) for each in needed)
                for lang in ("vi", "en")
            }
            reader.report("missing-key", where, words, lines)
        return Record(where, {}, {}), reader.problems
    entry = reader.record(node, shape, where)
    return entry, reader.problems


class RecordReader:
    def __init__(self) -> None:
        self.problems: list[LoadError] = []

    def report(
        self,
        slug: str,
        mark: LocatedText,
        values: Mapping_[str, str],
        suggestion: str | None,
        lost: Location | None = None,
    ) -> None:
        self.problems.append(LoadError(slug, Violation(mark.location, values, suggestion), lost))

    def wrong(self, node: Node, field: Field) -> None:
        expected = (
            field.kind.value
            if isinstance(field.kind, ValueKind)
            else Text("một nhóm «tên: giá trị»", "a group of «key: value»")
        )
        if field.choices:
            expected = Text(
                "một trong: " + ", ".join(field.choices), "one of: " + ", ".join(field.choices)
            )
        if field.many:
            expected = Text(f"một danh sách ({expected.vi})", f"a list ({expected.en})")
        elif field.keyed:
            expected = Text(
                f"một nhóm «tên: giá trị» ({expected.vi})",
                f"a group of «key: value» ({expected.en})",
            )
        if field.kind is ValueKind.DATE and isinstance(node, Scalar) and DATE.match(node.mark.text):
            expected = Text(
                "một ngày có trong lịch; tháng ấy không có ngày này",
                "a day of the calendar; that month has no such day",
            )
        if isinstance(node, Scalar) and node.mark.text[:1] in {"&", "!"} and not node.mark.quoted:
            return  # such an opening is told as what it is
        value = (
            node.mark.text
            if isinstance(node, Scalar)
            else {Sequence: "[…]", Mapping: "{…}"}[type(node)]
        )
        suggestion, slip = _likely(value, field) if isinstance(node, Scalar) else None, ""
        if isinstance(field.kind, ValueKind) and not field.keyed:
            from qmstool.parsing.yaml.typos import find_value_typo  # noqa: PLC0415 - few values are wrong, and its patterns cost start-up

            if meant := find_value_typo(node, many=field.many):
                value, slip, suggestion = meant.typed, meant.slip, meant.words
        said = Text(f"«{value}»", f"«{value}»") if value else Text("Để trống thì", "Nothing")
        values = {
            "key": field.name,
            "value": value,
            "said_vi": said.vi,
            "said_en": said.en,
            "slip": slip,
        }
        values |= {"expected_vi": expected.vi, "expected_en": expected.en}
        self.report("wrong-value", node.mark, values, suggestion, node.mark.location)

    def record(self, node: Node, shape: Schema, where: LocatedText) -> Record:
        """A mapping by its shape; `where` is the place to point at when a key is missing."""
        if not isinstance(node, Mapping):
            self.wrong(node, Field(shape.name, shape, Text("", "")))
            return Record(node.mark, {}, {})
        keys: dict[str, LocatedText] = {}
        values: dict[str, object] = {}
        meant: set[str | None] = (
            set()
        )  # by a mistyped key: that one is told, the gap it leaves is not
        for key, value in zip(node.keys, node.values, strict=True):
            field = shape.field(key.text)
            if field is None:
                known = [each.name for each in shape.fields]
                from qmstool.parsing.yaml.typos import find_key_typo  # noqa: PLC0415 - few keys are wrong, and its patterns cost start-up

                slip = find_key_typo(key, value, known)
                close = nearest_name(key.text, known) or likely.suggest_key(
                    key.text, {each.name: each.note.vi for each in shape.fields}
                )
                close = slip.name if slip else close
                meant.add(close)
                lost = key.source.locate(key.start, max(key.end, value.mark.end))
                hint = _outside(value, key, keys, shape)
                words = {
                    "key": key.text,
                    "known": ", ".join(known),
                    "hint_vi": hint.vi,
                    "hint_en": hint.en,
                }
                words |= {"slip": slip.slip if slip else ""}
                self.report("unknown-key", key, words, slip.words if slip else close, lost)
                continue
            keys[key.text] = key
            got = self.value(value, field)
            if got is not None:
                values[key.text] = got
        for field in shape.fields:
            if field.required and field.name not in keys and field.name not in meant:
                words = {"key": field.name, "what_vi": field.note.vi, "what_en": field.note.en}
                self.report("missing-key", where, words, _opening_of(field))
        return Record(node.mark, keys, values)

    def value(self, node: Node, field: Field) -> object:
        if field.keyed:
            return self.pairs(node, field)
        if field.many:
            if isinstance(node, Scalar) and node.mark.text == UNKNOWN:
                return ()
            if not isinstance(node, Sequence):
                self.wrong(node, field)
                return None
            return tuple(
                got for item in node.items if (got := self.one(item, field, among=True)) is not None
            )
        return self.one(node, field)

    def pairs(self, node: Node, field: Field) -> object:
        if isinstance(node, Scalar) and not node.mark.text:
            return ()
        if not isinstance(node, Mapping):
            self.wrong(node, field)
            return None
        found = (
            (key, self.one(value, field, key))
            for key, value in zip(node.keys, node.values, strict=True)
        )
        return tuple((key, got) for key, got in found if got is not None)

    def one(
        self, node: Node, field: Field, key: LocatedText | None = None, *, among: bool = False
    ) -> object:
        if isinstance(field.kind, Schema):
            if field.keyed and isinstance(node, Scalar) and not node.mark.text:
                node = Mapping(node.mark, (), ())
            return self.record(node, field.kind, key or _opening(node.mark))
        if field.kind is ValueKind.BILINGUAL:
            return self.bilingual(node, field)
        if not isinstance(node, Scalar) or not fits_field(node.mark.text, field):
            self.wrong(node, replace(field, many=False) if among else field)
            return None
        return node.mark

    def bilingual(self, node: Node, field: Field) -> Bilingual | None:
        if isinstance(node, Scalar) and node.mark.text:
            return Bilingual(Text(node.mark.text, node.mark.text), node.mark)
        languages = {each.name for each in TWO_LANGUAGES.fields}
        if not isinstance(node, Mapping) or (
            node.keys and not languages & {key.text for key in node.keys}
        ):
            self.wrong(node, field)
            return None
        entry = self.record(node, TWO_LANGUAGES, node.mark)
        vi, en = entry.text("vi"), entry.text("en")
        return Bilingual(Text(vi or en, en or vi), node.mark)


def _opening_of(field: Field) -> str:
    """How the line of a key begins; all of it, where only one value is permitted."""
    return f"{field.name}: {field.choices[0] if len(field.choices) == 1 else ''}"


def _outside(value: Node, key: LocatedText, above: dict[str, LocatedText], shape: Schema) -> Text:
    """The hint that a group of keys probably belongs into the one above it, and is not indented enough."""
    last = next(reversed(above), "")
    field = shape.field(last)
    if (
        field is None
        or not field.keyed
        or not isinstance(value, Mapping)
        or key.location.line == above[last].location.line
    ):
        return Text("", "")
    return Text(
        f" Có lẽ nó thuộc về «{last}» ở trên mà thụt vào thiếu.",
        f" It probably belongs to «{last}» above and is not indented enough.",
    )


def _likely(value: str, field: Field) -> str | None:
    """What a value that does not fit its key was probably meant to be."""
    if not value:
        return UNKNOWN if field.kind in _MAY_BE_UNKNOWN and not field.many else None
    if field.many:
        return likely.suggest_list(value) if isinstance(field.kind, ValueKind) else None
    if field.choices:
        return nearest_name(value, field.choices) or likely.suggest_choice(value, field.choices)
    if field.kind is ValueKind.DATE:
        return likely.suggest_date(value)
    return likely.suggest_number(value) if field.kind is ValueKind.NUMBER else None


def _opening(mark: LocatedText) -> LocatedText:
    """The first line of a mapping: a place a caret can stand under."""
    end = mark.source.text.find("\n", mark.start)
    return LocatedText("", mark.source, mark.start, min(mark.end, end if end >= 0 else mark.end))


_MAY_BE_UNKNOWN = frozenset(
    {ValueKind.DATE, ValueKind.NUMBER, ValueKind.UNIT, ValueKind.ROLE, ValueKind.HOLDER}
)

TWO_LANGUAGES = Schema(
    "text",
    (
        Field("vi", ValueKind.TEXT, Text("tiếng Việt", "Vietnamese")),
        Field("en", ValueKind.TEXT, Text("tiếng Anh", "English")),
    ),
)


def fits_field(text: str, field: Field) -> bool:
    """Whether a scalar's words are of the field's kind."""
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
    ValueKind.NUMBER: lambda text: text == UNKNOWN or (text.isascii() and text.isdigit()),
    ValueKind.FLAG: lambda text: text in {"true", "false"},
    ValueKind.SLUG: lambda text: SLUG.match(text) is not None,
    ValueKind.ADDRESS: lambda text: text == UNKNOWN or ADDRESS.match(text) is not None,
    ValueKind.HASH: lambda text: text in {UNKNOWN, "none"} or HEX.match(text) is not None,
}
