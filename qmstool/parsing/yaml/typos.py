"""A key that no shape has, or a value of the wrong kind + its place in the file → the slip of the keyboard that made it so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.parsing.yaml.coercions import quote
from qmstool.parsing.yaml.diagnosis import ODD_BLANK
from qmstool.parsing.yaml.nodes import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Collection

    from qmstool.parsing.yaml.nodes import LocatedText, Node

_JOINED = re.compile(
    r"(?P<key>[\w-]+)[ \t]*(?P<sign>[:\uff1a\ufe55])[ \t]*(?P<value>.*)", re.DOTALL
)
_ITEM = re.compile(r"^([ \t]*)[-\u2010-\u2015\u2022*+][ \t]*(?=\S)", re.MULTILINE)
_EDGE = f" \t{ODD_BLANK}\ufeff\"'\u201c\u201d\u2018\u2019"
_VALUE_BEFORE = re.compile(r"[{,]\s*[\w-]+:[ \t]+(?P<value>[^{}\[\]\"']*),\s*\Z")
LONG = 60


@dataclass(frozen=True, slots=True)
class KeyTypo:
    """The slip by its name, the key that was meant ("" for none), and what to write."""

    slip: str
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class ValueTypo:
    """The slip by its name, the value as it was typed, and what to write."""

    slip: str
    typed: str
    words: str


def find_key_typo(key: LocatedText, value: Node, known: Collection[str]) -> KeyTypo | None:
    """Return the slip that made a known key unknown: no blank after its colon, odd signs about it, a comma in a value."""
    joined = _JOINED.fullmatch(key.text)
    if joined and joined["key"] in known:
        slip = "no-blank" if joined["sign"] == ":" else "wide-colon"
        return KeyTypo(slip, joined["key"], f"{joined['key']}: {joined['value'].strip(_EDGE)}")
    bare = key.text.strip(_EDGE)
    if bare != key.text and bare in known:
        return KeyTypo("blank", bare, bare)
    text = key.source.text
    if (
        isinstance(value, Scalar)
        and not value.mark.text
        and re.match(r"[ \t]*[,}]", text[key.end : key.end + LONG])
    ):
        before = _VALUE_BEFORE.search(text[max(0, key.start - 4 * LONG) : key.start])
        if before:
            return KeyTypo("comma", "", quote(f"{before['value']}, {key.text}"))
    return None


def find_value_typo(node: Node, *, many: bool) -> ValueTypo | None:
    """Return the slip that made a value something else: a bracket that opens it, or items without a blank after their dash."""
    mark = node.mark
    text = mark.source.text
    typed = text[mark.start : mark.end]
    if isinstance(node, (Sequence, Mapping)) and not many and typed[:1] in {"[", "{"}:
        shown = " ".join(typed.split())
        return ValueTypo(
            "opens", shown if len(shown) <= LONG else shown[: LONG - 1] + "…", quote(shown)
        )
    row = text.rfind("\n", 0, mark.start) + 1
    if (
        many
        and isinstance(node, Scalar)
        and not text[row : mark.start].strip()
        and _ITEM.match(typed)
    ):
        return ValueTypo(
            "no-dash-blank", " ".join(typed.split()), _ITEM.sub(r"\1- ", text[row : mark.end])
        )
    return None
