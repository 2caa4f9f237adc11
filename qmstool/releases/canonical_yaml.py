"""Plain values → YAML text in one canonical layout, so that the same record always has the same bytes.

Texts, lists and mappings come in; a mapping of texts alone that stands in a list or under a key becomes one line in braces.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

Value: TypeAlias = "str | Sequence[Value] | Mapping[str, Value]"

# Letters of any script first, and nothing inside that YAML could read as its own, in a block or
# between braces.
_PLAIN = re.compile(r"[^\W_](?:[\w .()/@«»–—-]*[\w)»])?")
_HIDDEN = re.compile("[\x7f-\x9f\ufeff\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def dump(record: Mapping[str, Value]) -> str:
    """Return a record as YAML; reading it back gives the same texts."""
    return "\n".join(_block(record, 0)) + "\n"


def _block(mapping: Mapping[str, Value], depth: int) -> Iterator[str]:
    pad = "  " * depth
    for key, value in mapping.items():
        if isinstance(value, str) or not value or _is_line(value):
            yield f"{pad}{key}: {_inline(value)}"
            continue
        yield f"{pad}{key}:"
        yield from (
            _block(value, depth + 1) if isinstance(value, Mapping) else _list(value, depth + 1)
        )


def _list(items: Sequence[Value], depth: int) -> Iterator[str]:
    pad = "  " * depth
    for item in items:
        if isinstance(item, str) or not isinstance(item, Mapping) or _is_line(item):
            yield f"{pad}- {_inline(item)}"
            continue
        first, *rest = _block(item, depth + 1)
        yield f"{pad}- {first.lstrip()}"
        yield from rest


def _is_line(value: Value) -> bool:
    """Whether a mapping or list holds texts alone, and so fits on one line."""
    inner = value.values() if isinstance(value, Mapping) else value
    return all(isinstance(each, str) for each in inner)


def _inline(value: Value) -> str:
    if isinstance(value, str):
        return scalar(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_inline(each)}" for key, each in value.items()) + "}"
    return "[" + ", ".join(_inline(each) for each in value) + "]"


def scalar(text: str) -> str:
    """Return a text as a YAML scalar: plain where nothing could be misread, else in double quotes."""
    if _PLAIN.fullmatch(text) and "  " not in text:
        return text
    import json  # noqa: PLC0415 - a check writes no YAML, and start-up counts

    return _HIDDEN.sub(
        lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False)
    )
