"""Decode the bytes of a file: clean text to work on, and the way back to the file as it is.

Inside, text is NFC with LF line ends and no byte-order mark. Positions that users see are 1-based,
in code points of the file as it stands on disk; `SourceFile.locate` converts.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from qmstool.findings import Location
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

BOM = "﻿"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# What is sought in every file and stands in few: markers of a merge, comments to the checker, tabs.
MERGE_MARKER = "<<<<<<<"
SOUGHT = (MERGE_MARKER, "qms", "QMS", "\t")
# How many bytes at its head tell the encoding of a file.
SNIFFED_BYTES = 400
# The bytes of Vietnamese and English texts in UTF-8, less those of signs worth a closer look.
_PLAIN = bytes(
    [
        9,
        10,
        13,
        *range(0x20, 0x7F),
        *range(0x80, 0xC2),
        *range(0xC3, 0xCD),
        *range(0xD4, 0xE2),
        *range(0xE3, 0xEE),
    ]
)
# The first bytes of Greek and Cyrillic letters, and Ð, ð, Ɖ.
_FOREIGN = frozenset(range(0xCD, 0xD4))
_FOREIGN_LATIN = ("\u00d0", "\u00f0", "\u0189")
_WORD = regex(r"\S+")


def _utf16_codec(data: bytes) -> str:
    """Return the codec of UTF-16 data, with or without its byte-order mark; "" for other data.

    Of the letters of UTF-16 half the bytes are zero, or nearly.
    """
    if data.startswith(UTF_16):
        return "utf-16"
    head = data[:SNIFFED_BYTES]
    for high_byte, codec in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros_in_high = head[high_byte::2].count(0)
        zeros_in_low = head[1 - high_byte :: 2].count(0)
        if zeros_in_high * 2 > len(head) // 2 > zeros_in_low * 8:
            return codec
    return ""


def _is_flawed(text: str, flaw: str) -> bool:
    if flaw == "not-utf8":
        return "\ufffd" in text
    return not unicodedata.is_normalized("NFC", text)


class SourceFile:
    """A decoded file.

    `text` is what every reader works on; `flaws` names what was wrong with the bytes: any of
    `not-utf8`, `bom`, `crlf`, `not-nfc`, in that order. Undecodable bytes stand in `text` as
    U+FFFD; `utf16` says that none are, for the file is UTF-16. `rare_bytes` are the bytes that few
    texts have; where there are none, there is no odd character.
    """

    __slots__ = (
        "_columns",
        "_last_line",
        "_lines",
        "_raw",
        "_returns",
        "_starts",
        "flaws",
        "path",
        "rare_bytes",
        "text",
        "utf16",
    )

    def __init__(self, path: str, data: bytes) -> None:
        flaws = []
        self.path = path
        self.rare_bytes = data.translate(None, _PLAIN)
        # The lines before the first carriage return, and the number of carriage returns.
        self._returns = (0, 0)
        raw, self.utf16, decoded = _decode(data)
        if not decoded:
            flaws.append("not-utf8")
        if raw.startswith(BOM):
            raw = raw[1:]
            flaws.append("bom")
        if "\r" in raw:
            flaws.append("crlf")
            self._returns = raw.count("\n", 0, raw.index("\r")), len(re.findall("\r\n?", raw))
            raw = raw.replace("\r\n", "\n").replace("\r", "\n")
        text = raw
        if not raw.isascii() and not unicodedata.is_normalized("NFC", raw):
            text = unicodedata.normalize("NFC", raw)
            flaws.append("not-nfc")
        self.flaws = tuple(flaws)
        self._take(text, raw)

    def _take(self, text: str, raw: str) -> None:
        """Take a text, and how it stands in the file; where its lines are is found when asked."""
        self.text = text
        self._raw = raw
        self._starts: array[int] | None = None
        self._lines: list[str] | None = None
        self._last_line: tuple[int, str] = (0, "")
        # By row, where its letters stand; None for a row whose columns are those of the text.
        self._columns: dict[int, _Columns | None] = {}

    def __repr__(self) -> str:
        return f"SourceFile({self.path!r})"

    def locate_flaw(self, flaw: str) -> tuple[Location, int]:
        """Return the first words with a flaw, and how many words, or lines for `crlf`, have it."""
        if flaw == "crlf":
            row, count = self._returns
            end = max(2, len(self.line(row + 1)) + 1)
            return Location(self.path, row + 1, 1, row + 1, end), count
        if flaw == "bom" or self.utf16:
            return Location(self.path), 1
        first = None
        count = 0
        for number, line in enumerate(self._raw.split("\n"), 1):
            if not _is_flawed(line, flaw):
                continue
            flawed = [word for word in _WORD.finditer(line) if _is_flawed(word[0], flaw)]
            count += len(flawed)
            if flawed and first is None:
                start, end = flawed[0].span()
                first = Location(self.path, number, start + 1, number, end + 1)
        return first or Location(self.path), count

    @property
    def sound(self) -> bool:
        """Whether it has no flaw, no such letter, and nothing in it that is sought everywhere."""
        return not (self.flaws or self.foreign or any(map(self.holds, SOUGHT)))

    def holds(self, words: str) -> bool:
        """Whether some words stand in it."""
        return words in self.text

    @property
    def foreign(self) -> bool:
        """Whether letters of another alphabet may be in it, which may look like ours."""
        if self.utf16 or not _FOREIGN.isdisjoint(self.rare_bytes):
            return True
        return any(letter in self._raw for letter in _FOREIGN_LATIN)

    @property
    def line_starts(self) -> Sequence[int]:
        """Offsets in `text` at which lines begin."""
        if self._starts is None:
            starts = [0]
            find = self.text.find
            line_end = find("\n")
            while line_end >= 0:
                starts.append(line_end + 1)
                line_end = find("\n", line_end + 1)
            self._starts = array("L", starts)  # a tenth of a list, and a manual has a million lines
        return self._starts

    def line(self, number: int) -> str:
        """Return line `number` (1-based) as it stands in the file, without its line end.

        "" past the end of the file.
        """
        if self.text is self._raw:  # nothing of it needs to be kept besides
            starts = self.line_starts
            if not 0 < number <= len(starts):
                return ""
            if self._last_line[0] != number:  # many findings on one line copy it once
                end = starts[number] - 1 if number < len(starts) else len(self.text)
                self._last_line = number, self.text[starts[number - 1] : end]
            return self._last_line[1]
        if self._lines is None:
            self._lines = self._raw.split("\n")
        return self._lines[number - 1] if 0 < number <= len(self._lines) else ""

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """Return the line and column, 1-based, of an offset of `text`."""
        starts = self.line_starts
        row = bisect_right(starts, offset) - 1
        column = offset - starts[row]
        if self.text is not self._raw:
            column = self._raw_column(row, column)
        return row + 1, column + 1

    def locate(self, start: int, end: int) -> Location:
        """Return the place of `text[start:end]`."""
        line, column = self.line_and_column(start)
        end_line, end_column = self.line_and_column(max(start, end))
        return Location(self.path, line, column, end_line, end_column)

    def words_at(self, location: Location) -> str:
        """Return the words of a place."""
        lines = [self.line(number) for number in range(location.line, location.end_line + 1)]
        lines[-1] = lines[-1][: location.end_column - 1]
        lines[0] = lines[0][location.column - 1 :]
        return "\n".join(lines)

    def _raw_column(self, row: int, column: int) -> int:
        """Return the number of code points of the raw line whose NFC form has `column` of them."""
        if column == 0:
            return 0
        if row not in self._columns:
            raw = self.line(row + 1)
            is_same = unicodedata.is_normalized("NFC", raw)
            self._columns[row] = None if is_same else _Columns(raw)
        columns = self._columns[row]
        return column if columns is None else columns.raw(column)


class SoundFile(SourceFile):
    """A file of which it is known that it is sound: decoded when somebody asks for its text."""

    __slots__ = ("_data",)
    sound, foreign = True, False

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        self.flaws = ()
        self.utf16 = False
        self._returns = (0, 0)
        self._data = data

    def holds(self, words: str) -> bool:
        """Whether some words stand in it: none of `SOUGHT` does."""
        return words not in SOUGHT and super().holds(words)

    def __getattr__(self, name: str) -> Any:
        """Return what is not there yet."""
        if name == "rare_bytes":
            self.rare_bytes = self._data.translate(None, _PLAIN)
        elif name in SourceFile.__slots__:
            text = self._data.decode()
            self._take(text, text)
        else:
            raise AttributeError(name)
        return getattr(self, name)


class ElsewhereFile(SourceFile):
    """A file whose bytes another process has: what is known of it came from there."""

    __slots__ = ()

    def __init__(self, path: str) -> None:
        self.path = path

    def __getattr__(self, name: str) -> Any:
        """Raise LookupError: nobody may go by what is not here."""
        raise LookupError(f"{self.path} is read by another process: {name}")


class _Columns:
    """Where the letters of a raw line stand, counted before and after it is made NFC.

    The line is read once, letter by letter: a letter with its accents, and with those next to it
    that it becomes one with.
    """

    def __init__(self, raw: str) -> None:
        self._size = len(raw)
        self._raw: list[int] = []
        self._composed: list[int] = []
        composed, start, letters = 0, 0, ""
        for end in _letter_ends(raw):
            letter = unicodedata.normalize("NFC", raw[start:end])
            joined = unicodedata.normalize("NFC", letters + letter)
            if joined == letters + letter:
                composed += len(letter)
                letters = letter
            else:
                composed += len(joined) - len(letters)
                letters = joined
            self._raw.append(end)
            self._composed.append(composed)
            start = end

    def raw(self, column: int) -> int:
        """Return how many code points of the raw line the first `column` of its NFC form are."""
        at = bisect_left(self._composed, column)
        return self._raw[at] if at < len(self._raw) else self._size


def _letter_ends(raw: str) -> Iterator[int]:
    """Yield where each letter with its accents ends."""
    for at in range(1, len(raw)):
        if not unicodedata.combining(raw[at]):
            yield at
    if raw:
        yield len(raw)


def _decode(data: bytes) -> tuple[str, bool, bool]:
    """Return the text of a file, whether it is UTF-16, and whether it was UTF-8 as it should be."""
    decoded = True
    try:
        raw = data.decode("utf-8")
    except UnicodeDecodeError:
        raw = data.decode("utf-8", errors="replace")
        decoded = False
    # Only a text with zero bytes, or one that begins with what is no UTF-8, can be UTF-16.
    if "\0" in raw or "\ufffd" in raw[:2]:
        codec = _utf16_codec(data)
        if codec:
            return data.decode(codec, errors="replace"), True, False
    return raw, False, decoded
