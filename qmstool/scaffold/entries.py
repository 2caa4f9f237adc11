"""Put an entry into a list of a data file, or fields into an entry; all else stays byte for byte.

What goes in: the text of a file, the key of its list, and plain values. What comes out: the new
text, or a QmsError where the file is laid out in a way that a person has to change.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.i18n import QmsError, Text
from qmstool.parsing.edits import stored_lines
from qmstool.releases.canonical_yaml import dump, scalar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qmstool.releases.canonical_yaml import Value

BY_HAND = Text(
    "Không tự ghi được vào {path}: danh sách «{key}» viết theo cách khác thường. Hãy tự thêm:\n"
    "{words}",
    "{path} cannot be changed by itself: the list «{key}» is laid out unusually. Add by hand:\n"
    "{words}",
)


def add_entry(
    path: str, text: str, key: str, entry: Mapping[str, Value], head: Mapping[str, str]
) -> str:
    """Return a file's text with one more entry at the end of a list, where it is not in it yet.

    Whoever runs a command again may not know that it had written. `head`: what a new file begins
    with, beside its schema. Raises QmsError with the lines to write.
    """
    written = dump({key: [entry]}).splitlines()[1:]
    if not text.strip():
        return dump({"schema": "1", **head, key: [entry]})
    lines = stored_lines(text)
    ending = "\r\n" if lines[0].endswith("\r\n") else "\n"
    if not lines[-1].endswith("\n"):
        lines[-1] += ending
    at = _list_line(lines, key)
    if at is None:
        return "".join([*lines, f"{key}:{ending}", *(line + ending for line in written)])
    rest = lines[at].partition(":")[2].partition(" #")[0].strip()
    if rest == "[]":
        lines[at] = f"{key}:{ending}"
    elif rest:
        raise _by_hand(path, key, written)
    end = _list_end(lines, at)
    indent = _item_indent(lines[at + 1 : end])
    entry_lines = [indent + line[2:] + ending for line in written]
    if _holds(lines[at + 1 : end], entry_lines):
        return text
    return "".join([*lines[:end], *entry_lines, *lines[end:]])


def add_fields(path: str, text: str, key: str, line: int, fields: Mapping[str, str]) -> str:
    """Return a file's text with more fields in the entry of a list that holds a line (1-based).

    Raises QmsError with the words to write.
    """
    lines = stored_lines(text)
    words = [f"{name}: {scalar(value)}" for name, value in fields.items()]
    at = _list_line(lines, key)
    if at is None:
        raise _by_hand(path, key, words)
    list_end = _list_end(lines, at)
    indent = _item_indent(lines[at + 1 : list_end])
    starts = [n for n in range(at + 1, list_end) if lines[n].startswith(f"{indent}- ")]
    before = [n for n in starts if n < line]
    if not before:
        raise _by_hand(path, key, words)
    start = before[-1]
    end = next((n for n in starts if n > start), list_end)
    while not lines[end - 1].strip():
        end -= 1
    last = lines[end - 1]
    stripped = last.rstrip("\r\n")
    ending = last[len(stripped) :] or "\n"
    if lines[start][len(indent) + 2 :].startswith("{"):
        closing = stripped.rstrip()
        if not closing.endswith("}"):
            raise _by_hand(path, key, words)
        lines[end - 1] = f"{closing[:-1].rstrip()}, {', '.join(words)}}}{ending}"
    else:
        lines[end - 1] = stripped + ending
        lines[end:end] = [f"{indent}  {word}{ending}" for word in words]
    return "".join(lines)


def _holds(items: list[str], entry: list[str]) -> bool:
    """Whether an entry is one of the items of a list, word for word."""
    count = len(entry)
    dash = entry[0][: entry[0].index("-") + 1]
    for at in range(len(items) - count + 1):
        is_whole = at + count == len(items) or items[at + count].startswith(dash)
        if is_whole and items[at : at + count] == entry:
            return True
    return False


def _list_line(lines: list[str], key: str) -> int | None:
    """The index of the line that begins a list; None where the file has none."""
    for at, line in enumerate(lines):
        if re.match(rf"{key}[ \t]*:", line):
            return at
    return None


def _list_end(lines: list[str], at: int) -> int:
    """The index behind the last line of a list."""
    end = at + 1
    while end < len(lines) and not re.match(r"[^\s#-]", lines[end]):
        end += 1
    while end > at + 1 and not lines[end - 1].strip():
        end -= 1
    return end


def _item_indent(lines: list[str]) -> str:
    """The blanks before the items of a list; two where it has none yet."""
    for line in lines:
        found = re.match(r"([ \t]*)- ", line)
        if found:
            return found[1]
    return "  "


def _by_hand(path: str, key: str, words: list[str]) -> QmsError:
    return QmsError(BY_HAND.fill({"path": path, "key": key, "words": "\n".join(words)}))
