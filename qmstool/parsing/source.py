"""Bytes of a file → `Source`: clean text to work on, and the way back to lines and columns of the file as it is.

Inside, text is NFC with LF line ends and no byte-order mark. Positions that users see are 1-based, in code points of
the file as it stands on disk; `Source.locate` converts.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

from qmstool.findings import Location

BOM = "﻿"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# How many bytes tell the encoding of a file.
SNIFFED_BYTES = 400
# The bytes by which Vietnamese and English texts tell their characters apart in UTF-8, but those of
# signs worth a closer look.
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
_WORD = re.compile(r"\S+")


def _utf16(data: bytes) -> str:
    """The codec of UTF-16 data, with or without its mark; "" for other data.

    Of its letters half the bytes are zero, or nearly.
    """
    if data.startswith(UTF_16):
        return "utf-16"
    head = data[:SNIFFED_BYTES]
    for first, codec in ((1, "utf-16-le"), (0, "utf-16-be")):
        if head[first::2].count(0) * 2 > len(head) // 2 > head[1 - first :: 2].count(0) * 8:
            return codec
    return ""


class SourceFile:
    """A decoded file.

    `text` is what every reader works on; `flaws` names what was wrong with the bytes: any of
    `not-utf8`, `bom`, `crlf`, `not-nfc`, in that order. Undecodable bytes stand in `text` as
    U+FFFD; `utf16` says that none are, for the file is UTF-16. `rare` are the bytes that few texts
    have; where there are none, no odd character is.
    """

    __slots__ = ("_raw", "_returns", "_starts", "flaws", "path", "rare_bytes", "text", "utf16")

    def __init__(self, path: str, data: bytes) -> None:
        flaws = []
        self.utf16 = False
        self.rare_bytes = data.translate(None, _PLAIN)
        self._returns = (0, 0)
        failed = True
        try:
            raw = data.decode("utf-8")
            failed = False
        except UnicodeDecodeError:
            raw = data.decode("utf-8", errors="replace")
        codec = _utf16(data) if "\0" in raw or "\ufffd" in raw[:2] else ""
        if codec:
            self.utf16 = True
            raw = data.decode(codec, errors="replace")
        if codec or failed:
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
        self.path = path
        self.text = text
        self.flaws = tuple(flaws)
        self._raw = raw
        self._starts: list[int] | None = None

    def __repr__(self) -> str:
        return f"Source({self.path!r})"

    def locate_flaw(self, flaw: str) -> tuple[Location, int]:
        """Return the first words with a flaw, and how many words, or lines for `crlf`, have it."""
        first, count = Location(self.path), 0
        if flaw == "crlf":
            row, count = self._returns
            return Location(
                self.path, row + 1, 1, row + 1, max(2, len(self.line(row + 1)) + 1)
            ), count
        if flaw == "bom" or self.utf16:
            return first, 1
        for number, line in enumerate(self._raw.split("\n"), 1):
            if (
                "\ufffd" in line
                if flaw == "not-utf8"
                else not unicodedata.is_normalized("NFC", line)
            ):
                for word in _WORD.finditer(line):
                    if (
                        "\ufffd" in word[0]
                        if flaw == "not-utf8"
                        else not unicodedata.is_normalized("NFC", word[0])
                    ):
                        count += 1
                        if count == 1:
                            first = Location(
                                self.path, number, word.start() + 1, number, word.end() + 1
                            )
        return first, count

    @property
    def foreign(self) -> bool:
        """Whether letters of another alphabet may be in it, such as look like ours."""
        return (
            self.utf16
            or not _FOREIGN.isdisjoint(self.rare_bytes)
            or any(letter in self._raw for letter in _FOREIGN_LATIN)
        )

    @property
    def line_starts(self) -> list[int]:
        """Offsets in `text` at which lines begin."""
        if self._starts is None:
            starts = [0]
            find = self.text.find
            at = find("\n")
            while at >= 0:
                starts.append(at + 1)
                at = find("\n", at + 1)
            self._starts = starts
        return self._starts

    def line(self, number: int) -> str:
        """Return line `number` (1-based) as it stands in the file, without its line end; "" past the end."""
        lines = self._raw.split("\n")
        return lines[number - 1] if 0 < number <= len(lines) else ""

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """Return the line and column, 1-based, of an offset of `text`."""
        row = bisect_right(self.line_starts, offset) - 1
        column = offset - self.line_starts[row]
        if self.text is not self._raw:
            column = self._raw_column(row, column)
        return row + 1, column + 1

    def locate(self, start: int, end: int) -> Location:
        """Return the place of `text[start:end]`."""
        line, column = self.line_and_column(start)
        end_line, end_column = self.line_and_column(max(start, end))
        return Location(self.path, line, column, end_line, end_column)

    def at(self, place: Location) -> str:
        """Return the words of a place."""
        lines = [self.line(number) for number in range(place.line, place.end_line + 1)]
        lines[-1] = lines[-1][: place.end_column - 1]
        lines[0] = lines[0][place.column - 1 :]
        return "\n".join(lines)

    def _raw_column(self, row: int, column: int) -> int:
        """Code points of the raw line whose NFC form has `column` code points."""
        raw = self.line(row + 1)
        if column == 0 or unicodedata.is_normalized("NFC", raw):
            return column
        for at in range(1, len(raw)):
            at_boundary = not unicodedata.combining(raw[at])
            if at_boundary and len(unicodedata.normalize("NFC", raw[:at])) >= column:
                return at
        return len(raw)
