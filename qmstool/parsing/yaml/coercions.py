"""Tell where a value that YAML read differs from what stands in the text, without YAML minding."""

from __future__ import annotations

from qmstool.frozen import dataclass
from qmstool.patterns import regex

# A remark is set apart by a blank after its sign; «#1» and «# 1» after one blank only belong to the
# words before them.
_CUT = regex(r"[ \t]+(?P<rest>#(?![\s!]|[ \t]*qms\b)[^\n]*)|[ \t](?P<number># \d[^\n]*)")
_ITEM = regex(r"\n[ \t]*[-\u2010-\u2015\u2022](?=[ \t])")
_DEEPER = regex(r"\n[ \t]*[-\u2010-\u2015\u2022][ \t]+")
_DRIVE = regex(r"\b[A-Za-z]:(?P<sign>\\[a-zA-Z0])")


@dataclass(frozen=True, slots=True)
class Misreading:
    """A value that YAML read otherwise than somebody meant it.

    `cause`: by its name; `start`, `end`: the words it befell; `meant`: what to write; `value`: what
    was probably meant; `sign`: the sign that did it.
    """

    cause: str
    start: int
    end: int
    meant: str
    value: str
    sign: str = ""


def quote(value: str) -> str:
    """Return a value between quotation marks, so that no sign in it means anything."""
    if '"' in value or "\\" in value:
        return _single_quoted(value)
    return f'"{value}"'


def _single_quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def find_misreading(text: str, start: int, end: int, value: str) -> Misreading | None:
    """Return how the value that stands at `text[start:end]` was misread.

    None for a value that is read as it was written.
    """
    opening = text[start : start + 1]
    if opening == '"':
        return _escaped_path(text, start, end)
    if opening in {"'", "|", ">"}:
        return None
    cut = _CUT.match(text, end)
    if cut:
        rest = cut["rest"] or cut["number"]
        typed = f"{value} {rest}".strip()
        return Misreading(
            cause="hash",
            start=cut.end() - len(rest),
            end=cut.end(),
            meant=quote(typed),
            value=value or typed,
            sign=rest.split()[0],
        )
    if "\n" in text[start:end]:
        return _joined_item(text, start, end, value)
    return None


def _escaped_path(text: str, start: int, end: int) -> Misreading | None:
    """Find a path of Windows between double quotes; its backslashes begin signs nobody typed."""
    if "\\" not in text[start:end]:
        return None
    drive = _DRIVE.search(text, start, end)
    if drive is None:
        return None
    sign_start, sign_end = drive.span("sign")
    words = text[start + 1 : end - 1]
    return Misreading(
        "backslash", sign_start, sign_end, _single_quoted(words), words, drive["sign"]
    )


def _joined_item(text: str, start: int, end: int, value: str) -> Misreading | None:
    """Find an item of a list that was joined to the one above, because it is indented deeper."""
    if text[start] in "-\u2022\u2013\u2014":
        return None  # the first is no item either: that is another slip
    item = _ITEM.search(text, start, end)
    if item is None:
        return None
    row = text.rfind("\n", 0, start) + 1
    line = text[row:start]
    indent = " " * (len(line) - len(line.lstrip(" ")))
    meant = _DEEPER.sub(f"\n{indent}- ", text[row:end])
    return Misreading("item", item.end() - 1, item.end(), meant, value)
