"""A value of YAML as it was read + the text it stands in → where the two differ without YAML minding."""

from __future__ import annotations

import re

from qmstool.frozen import dataclass

# A remark is set apart by a blank after its sign; «#1» and «# 1» after one blank only belong to the
# words before them.
_CUT = re.compile(r"[ \t]+(?P<rest>#(?![\s!]|[ \t]*qms\b)[^\n]*)|[ \t](?P<number># \d[^\n]*)")
_ITEM = re.compile(r"\n[ \t]*[-\u2010-\u2015\u2022](?=[ \t])")
_DEEPER = re.compile(r"\n[ \t]*[-\u2010-\u2015\u2022][ \t]+")
_DRIVE = re.compile(r"\b[A-Za-z]:(?P<sign>\\[a-zA-Z0])")


@dataclass(frozen=True, slots=True)
class Misreading:
    """What bends a value, by its name; the offsets of the words it befell; what to write; and the value that was probably meant."""

    cause: str
    start: int
    end: int
    meant: str
    value: str
    sign: str = ""


def quote(value: str) -> str:
    """A value between quotation marks, so that no sign in it means anything."""
    return "'" + value.replace("'", "''") + "'" if '"' in value or "\\" in value else f'"{value}"'


def find_misreading(text: str, start: int, end: int, value: str) -> Misreading | None:
    """Return how the value that stands at `text[start:end]` was bent; None for one that is read as it was written."""
    opening = text[start : start + 1]
    if opening in {"'", '"', "|", ">"}:
        return _escaped(text, start, end) if opening == '"' and "\\" in text[start:end] else None
    if cut := _CUT.match(text, end):
        rest = cut["rest"] or cut["number"]
        typed = f"{value} {rest}".strip()
        return Misreading(
            "hash", cut.end() - len(rest), cut.end(), quote(typed), value or typed, rest.split()[0]
        )
    return _joined(text, start, end, value) if "\n" in text[start:end] else None


def _escaped(text: str, start: int, end: int) -> Misreading | None:
    """A path of Windows between double quotes, whose backslashes begin signs that nobody typed."""
    found = _DRIVE.search(text, start, end)
    if found is None:
        return None
    words = text[start + 1 : end - 1]
    return Misreading(
        "backslash", *found.span("sign"), "'" + words.replace("'", "''") + "'", words, found["sign"]
    )


def _joined(text: str, start: int, end: int, value: str) -> Misreading | None:
    """An item of a list that was joined to the one above, because it is indented deeper."""
    item = _ITEM.search(text, start, end)
    if (
        item is None or text[start] in "-\u2022\u2013\u2014"
    ):  # the first is no item either: that is another slip
        return None
    row = text.rfind("\n", 0, start) + 1
    line = text[row:start]
    indent = " " * (len(line) - len(line.lstrip(" ")))
    return Misreading(
        "item", item.end() - 1, item.end(), _DEEPER.sub(f"\n{indent}- ", text[row:end]), value
    )
