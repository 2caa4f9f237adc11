"""Bytes of a file → `Source`: clean text to work on, and the way back to lines and columns of the file as it is.

Inside, text is NFC with LF line ends and no byte-order mark. Positions that users see are 1-based, in code points of
the file as it stands on disk; `Source.locate` converts.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right

from qmstool.findings import Location

BOM = "﻿"


class Source:
    """A decoded file.

    `text` is what every reader works on; `flaws` names what was wrong with the bytes: any of `not-utf8`, `bom`, `crlf`,
    `not-nfc`, in that order. Undecodable bytes stand in `text` as U+FFFD.
    """

    __slots__ = ("_raw", "_starts", "flaws", "path", "text")

    def __init__(self, path: str, data: bytes) -> None:
        flaws = []
        try:
            raw = data.decode("utf-8")
        except UnicodeDecodeError:
            raw = data.decode("utf-8", errors="replace")
            flaws.append("not-utf8")
        if raw.startswith(BOM):
            raw = raw[1:]
            flaws.append("bom")
        if "\r" in raw:
            flaws.append("crlf")
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

    @property
    def starts(self) -> list[int]:
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

    def point(self, offset: int) -> tuple[int, int]:
        """Return the line and column, 1-based, of an offset of `text`."""
        row = bisect_right(self.starts, offset) - 1
        column = offset - self.starts[row]
        if self.text is not self._raw:
            column = self._raw_column(row, column)
        return row + 1, column + 1

    def locate(self, start: int, end: int) -> Location:
        """Return the place of `text[start:end]`."""
        line, column = self.point(start)
        end_line, end_column = self.point(max(start, end))
        return Location(self.path, line, column, end_line, end_column)

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
