"""Describe what does not fit a schema: the error, and what was probably meant."""

from __future__ import annotations

from qmstool.findings import LoadError, Violation
from qmstool.i18n import Text
from qmstool.parsing.similar import nearest_name
from qmstool.parsing.yaml import suggestions
from qmstool.parsing.yaml.nodes import LocatedText, Mapping, Node, Scalar, Sequence
from qmstool.parsing.yaml.schema import DATE, UNKNOWN, Field, Schema, ValueKind

_NO_HINT = Text("", "")
_ONE_DAY = Text("một ngày chỉ hiểu được một cách, ", "a day that is read one way, ")
_MAY_BE_UNKNOWN = frozenset(
    {
        ValueKind.DATE,
        ValueKind.NUMBER,
        ValueKind.UNIT,
        ValueKind.OWNER,
        ValueKind.ROLE,
        ValueKind.HOLDER,
    }
)


def missing_key(field: Field, where: LocatedText) -> LoadError:
    """Return the error of a required key that is not there."""
    values = {"key": field.name, "what_vi": field.note.vi, "what_en": field.note.en}
    return LoadError("missing-key", Violation(where.location, values, beginning_of(field)))


def beginning_of(field: Field) -> str:
    """Return how the line of a key begins; all of it, where only one value is permitted."""
    only_choice = field.choices[0] if len(field.choices) == 1 else ""
    return f"{field.name}: {only_choice}"


def unknown_key(
    key: LocatedText, value: Node, schema: Schema, above: dict[str, LocatedText]
) -> tuple[LoadError, str | None]:
    """Return the error of a key that a schema does not have, and the key that was meant.

    `above`: the known keys before it. The key that was meant is "" or None where it is not known.
    """
    from qmstool.parsing.yaml.typos import find_key_typo  # noqa: PLC0415 - few keys are wrong, and its patterns cost start-up

    known = [field.name for field in schema.fields]
    typo = find_key_typo(key, value, known)
    meant: str | None
    suggestion: str | None
    if typo:
        meant, slip, suggestion = typo.name, typo.slip, typo.words
    else:
        meant = nearest_name(key.text, known) or suggestions.suggest_key(
            key.text, {field.name: field.note.vi for field in schema.fields}
        )
        slip, suggestion = "", meant
    hint = _indent_hint(key, value, schema, above)
    if not (meant or hint.vi):
        hint = schema.hint
    values = {
        "key": key.text,
        "known": ", ".join(known),
        "hint_vi": hint.vi,
        "hint_en": hint.en,
        "slip": slip,
    }
    lost = key.source.locate(key.start, max(key.end, value.mark.end))
    return LoadError("unknown-key", Violation(key.location, values, suggestion), lost), meant


def _indent_hint(
    key: LocatedText, value: Node, schema: Schema, above: dict[str, LocatedText]
) -> Text:
    """Return the hint that a group of keys belongs into the one above it, indented too little."""
    last = next(reversed(above), "")
    field = schema.field(last)
    if field is None or not field.keyed or not isinstance(value, Mapping):
        return _NO_HINT
    if key.location.line == above[last].location.line:
        return _NO_HINT
    return Text(
        f" Có lẽ nó thuộc về «{last}» ở trên mà thụt vào thiếu.",
        f" It probably belongs to «{last}» above and is not indented enough.",
    )


def wrong_value(node: Node, field: Field) -> LoadError | None:
    """Return the error of a value that does not fit its field.

    None for the opening of an anchor or a tag, which is told as what it is.
    """
    if isinstance(node, Scalar) and node.mark.text[:1] in {"&", "!"} and not node.mark.quoted:
        return None
    if field.kind is ValueKind.DATE and isinstance(node, Scalar):
        readings = suggestions.day_readings(node.mark.text)
        if len(readings) > 1:
            return two_days(field.name, node.mark, readings)
    value = _typed(node)
    suggestion = _suggest_value(value, field) if isinstance(node, Scalar) else None
    slip = ""
    if isinstance(field.kind, ValueKind) and not field.keyed:
        from qmstool.parsing.yaml.typos import find_value_typo  # noqa: PLC0415 - few values are wrong, and its patterns cost start-up

        typo = find_value_typo(node, many=field.many)
        if typo:
            value, slip, suggestion = typo.typed, typo.slip, typo.words
    told = Text(f"«{value}»", f"«{value}»") if value else Text("Để trống thì", "Nothing")
    expected = _expected(node, field)
    values = {
        "key": field.name,
        "value": value,
        "said_vi": told.vi,
        "said_en": told.en,
        "slip": slip,
        "expected_vi": expected.vi,
        "expected_en": expected.en,
    }
    location = node.mark.location
    return LoadError("wrong-value", Violation(location, values, suggestion), location)


def two_days(key: str, mark: LocatedText, readings: tuple[str, ...]) -> LoadError:
    """Return the error of a day that may be read as several; which one is meant is asked."""
    values = {
        "key": key,
        "value": mark.text,
        "expected_vi": _ONE_DAY.vi + " hay ".join(readings),
        "expected_en": _ONE_DAY.en + " or ".join(readings),
    }
    return LoadError("wrong-value", Violation(mark.location, values), mark.location)


def _typed(node: Node) -> str:
    """Return a value as a message shows it."""
    if isinstance(node, Scalar):
        return node.mark.text
    return "[…]" if isinstance(node, Sequence) else "{…}"


def _expected(node: Node, field: Field) -> Text:
    """Return what a field takes, in words."""
    if field.kind is ValueKind.DATE and isinstance(node, Scalar) and DATE.match(node.mark.text):
        return Text(
            "một ngày có trong lịch; tháng ấy không có ngày này",
            "a day of the calendar; that month has no such day",
        )
    if field.choices:
        choices = ", ".join(field.choices)
        expected = Text(f"một trong: {choices}", f"one of: {choices}")
    elif isinstance(field.kind, ValueKind):
        expected = field.kind.value
    else:
        expected = Text("một nhóm «tên: giá trị»", "a group of «key: value»")
    if field.many:
        return Text(f"một danh sách ({expected.vi})", f"a list ({expected.en})")
    if field.keyed:
        return Text(
            f"một nhóm «tên: giá trị» ({expected.vi})",
            f"a group of «key: value» ({expected.en})",
        )
    return expected


def _suggest_value(value: str, field: Field) -> str | None:
    """Return what a value that does not fit its field was probably meant to be."""
    if not value:
        return UNKNOWN if field.kind in _MAY_BE_UNKNOWN and not field.many else None
    if field.many:
        return suggestions.suggest_list(value) if isinstance(field.kind, ValueKind) else None
    if field.choices:
        close = nearest_name(value, field.choices)
        return close or suggestions.suggest_choice(value, field.choices)
    if field.kind is ValueKind.DATE:
        return suggestions.suggest_date(value)
    if field.kind is ValueKind.NUMBER:
        return suggestions.suggest_number(value)
    return None
