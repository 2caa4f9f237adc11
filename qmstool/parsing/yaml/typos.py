"""Find the slip of the keyboard behind a key that no schema has, or a value of the wrong kind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.parsing.yaml.coercions import quote
from qmstool.parsing.yaml.line_slips import ODD_BLANK
from qmstool.parsing.yaml.nodes import Mapping, Scalar, Sequence
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Collection

    from qmstool.parsing.yaml.nodes import LocatedText, Node

_JOINED = regex(r"(?P<key>[\w-]+)[ \t]*(?P<sign>[:\uff1a\ufe55])[ \t]*(?P<value>.*)", re.DOTALL)
_ITEM = regex(r"^([ \t]*)[-\u2010-\u2015\u2022*+][ \t]*(?=\S)", re.MULTILINE)
_EDGE = f" \t{ODD_BLANK}\ufeff\"'\u201c\u201d\u2018\u2019"
_VALUE_BEFORE = regex(r"[{,]\s*[\w-]+:[ \t]+(?P<value>[^{}\[\]\"']*),\s*\Z")
# How many characters of a value a message shows.
LONG = 60


@dataclass(frozen=True, slots=True)
class KeyTypo:
    """A mistyped key.

    `slip`: by its name; `name`: the key that was meant, "" if unknown; `words`: what to write.
    """

    slip: str
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class ValueTypo:
    """A mistyped value.

    `slip`: by its name; `typed`: the value as it was typed; `words`: what to write.
    """

    slip: str
    typed: str
    words: str


def find_key_typo(key: LocatedText, value: Node, known: Collection[str]) -> KeyTypo | None:
    """Return the slip that made a known key unknown.

    No blank after its colon, odd signs about it, or a comma in the value before it.
    """
    joined = _JOINED.fullmatch(key.text)
    if joined and joined["key"] in known:
        slip = "no-blank" if joined["sign"] == ":" else "wide-colon"
        meant = joined["value"].strip(_EDGE)
        return KeyTypo(slip, joined["key"], f"{joined['key']}: {meant}")
    bare = key.text.strip(_EDGE)
    if bare != key.text and bare in known:
        return KeyTypo("blank", bare, bare)
    text = key.source.text
    if not isinstance(value, Scalar) or value.mark.text:
        return None
    if not re.match(r"[ \t]*[,}]", text[key.end : key.end + LONG]):
        return None
    before = _VALUE_BEFORE.search(text[max(0, key.start - 4 * LONG) : key.start])
    if before is None:
        return None
    return KeyTypo("comma", "", quote(f"{before['value']}, {key.text}"))


def find_value_typo(node: Node, *, many: bool) -> ValueTypo | None:
    """Return the slip that made a value something else.

    A bracket that opens it, or items without a blank after their dash.
    """
    mark = node.mark
    text = mark.source.text
    typed = text[mark.start : mark.end]
    one_line = " ".join(typed.split())
    if isinstance(node, (Sequence, Mapping)) and not many and typed[:1] in {"[", "{"}:
        shown = one_line if len(one_line) <= LONG else one_line[: LONG - 1] + "…"
        return ValueTypo("opens", shown, quote(one_line))
    row = text.rfind("\n", 0, mark.start) + 1
    begins_line = not text[row : mark.start].strip()
    if many and isinstance(node, Scalar) and begins_line and _ITEM.match(typed):
        return ValueTypo("no-dash-blank", one_line, _ITEM.sub(r"\1- ", text[row : mark.end]))
    return None
