"""Write plain values as YAML in one canonical layout: the same record always has the same bytes.

What goes in: texts, lists and mappings. What comes out: YAML text, in which a mapping of texts
alone that stands in a list or under a key is one line in braces.
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
        if isinstance(value, Mapping):
            yield from _block(value, depth + 1)
        else:
            yield from _list(value, depth + 1)


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
    members = value.values() if isinstance(value, Mapping) else value
    return all(isinstance(member, str) for member in members)


def _inline(value: Value) -> str:
    if isinstance(value, str):
        return scalar(value)
    if isinstance(value, Mapping):
        fields = ", ".join(f"{key}: {_inline(member)}" for key, member in value.items())
        return f"{{{fields}}}"
    return f"[{', '.join(map(_inline, value))}]"


def scalar(text: str) -> str:
    """Return a text as a YAML scalar: plain where nothing could be misread, else in quotes."""
    if _PLAIN.fullmatch(text) and "  " not in text:
        return text
    import json  # noqa: PLC0415 - a check writes no YAML, and start-up counts

    quoted = json.dumps(text, ensure_ascii=False)
    return _HIDDEN.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)
