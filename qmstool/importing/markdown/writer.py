"""Write blocks as the lines of a Markdown file, and say at which line each block begins.

What goes in: blocks whose headings are settled, footnotes, where pictures go. What comes out: the
lines, each block's line with its place in the source, and the words that the text has besides those
of the source (repeated cells, marks for drawings).
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from qmstool.importing.blocks import SourceParagraph, SourceTable
from qmstool.importing.markdown.inlines import escape, escape_head, plain, write_spans
from qmstool.importing.markdown.tables import is_plain, write_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qmstool.i18n import Text
    from qmstool.importing.blocks import Block

_BULLET = re.compile(r"([-–•●▪◦‣·*+*➢✓✔]|[\uf0b7\uf0a7])\s+(?=\S)")
MOST_DEPTH = 6
HEADINGS = 6


class Writer:
    """Collects the lines of one file."""

    def __init__(
        self, notes: Mapping[str, tuple[Block, ...]], pictures: Mapping[str, str], drawing: str
    ) -> None:
        """Begin a file.

        `pictures`: path in the source → address in the file; `drawing`: what marks one that could
        not be taken.
        """
        self._notes = notes
        self._pictures = pictures
        self._drawing = drawing
        self._numbers: dict[str, int] = {}
        self._depth = -1
        self.lines: list[str] = []
        self.places: list[tuple[int, Text]] = []
        self.added: list[str] = []

    def text(self) -> str:
        """Return the file, its footnotes at the end."""
        self._write_notes()
        return "\n".join(self.lines).strip("\n") + "\n"

    def write(self, blocks: Iterable[Block]) -> None:
        """Write blocks one below the other."""
        for block in blocks:
            if isinstance(block, SourceTable):
                self._write_table(block)
            elif block.level:
                self._write_heading(block)
            else:
                self._write_paragraph(block)

    def _start(self, place: Text, *, gap: bool = True) -> None:
        if gap and self.lines and self.lines[-1]:
            self.lines.append("")
        self.places.append((len(self.lines) + 1, place))

    def _write_heading(self, block: SourceParagraph) -> None:
        self._depth = -1
        text = write_spans(plain(block.spans), self._note, self._picture)
        text = " ".join((escape(block.label) + text).split())
        self._start(block.place)
        self.lines.append("#" * min(block.level, HEADINGS) + " " + text)

    def _write_table(self, block: SourceTable) -> None:
        self._depth = -1
        if block.is_empty:
            return
        notes: list[str] = []
        note = self._note if is_plain(block) else lambda key: self._note_below(key, notes)
        lines, repeated = write_table(block, note, self._picture, self._html_picture)
        self.added += repeated
        self._start(block.place)
        self.lines += lines
        for number, key in enumerate(notes, start=1):
            self.added += [str(number)] * 2
            self.lines += ["", f"({number}) {' '.join(self._note_texts(key))}"]
        self.lines.append("")

    def _note_below(self, key: str, notes: list[str]) -> str:
        """Return the mark of a note in HTML, where no footnote of Markdown is one: below it."""
        if key not in self._notes:
            return ""
        notes.append(key)
        return f"<sup>({len(notes)})</sup>"

    def _note_texts(self, key: str) -> list[str]:
        texts = []
        for block in self._notes[key]:
            if isinstance(block, SourceParagraph):
                text = write_spans(block.spans, self._note, self._picture)
                texts.append(" ".join(f"{escape(block.label)}{text}".split()))
            else:
                texts.append(escape(block.text))
        return [text for text in texts if text] or [""]

    def _write_paragraph(self, block: SourceParagraph) -> None:
        if block.markdown:
            self._depth = -1
            self._start(block.place)
            self.lines += block.markdown.split("\n")
            return
        text = write_spans(block.spans, self._note, self._picture).strip(" \n")
        if not text and not block.label:
            return
        depth = block.bullet
        if depth < 0 and not block.label:
            typed = _BULLET.match(block.words.lstrip())
            bare = text.lstrip("\\*_")
            if typed and (text.startswith(typed[1]) or bare.startswith(typed[1])):
                depth = 1 if typed[1] == "+" and self._depth >= 0 else 0
                text = text.lstrip("\\").removeprefix(typed[1]).lstrip()
        if depth >= 0:
            self._write_item(text, depth, block)
            return
        self._depth = -1
        self._start(block.place)
        lines = f"{escape(block.label)}{text}".split("\n")
        lines = [escape_head(line.strip()) for line in lines if line.strip()]
        self.lines += [f"{line}\\" for line in lines[:-1]] + lines[-1:]

    def _write_item(self, text: str, depth: int, block: SourceParagraph) -> None:
        depth = min(depth, self._depth + 1, MOST_DEPTH)
        self._start(block.place, gap=self._depth < 0)
        self._depth = depth
        pad = "  " * depth
        lines = [escape_head(line.strip()) for line in text.split("\n") if line.strip()]
        joined = f"\\\n{pad}  ".join(lines)
        self.lines += f"{pad}- {joined}".split("\n")

    def _note(self, key: str) -> str:
        if key not in self._notes:
            return ""
        return f"[^{self._numbers.setdefault(key, len(self._numbers) + 1)}]"

    def _address(self, path: str) -> str:
        return self._pictures.get(path, "")

    def _picture(self, path: str, told: str) -> str:
        address = self._address(path)
        if not address:
            self.added.append(self._drawing)
            return escape(self._drawing)
        self.added.append(told)
        return f"![{escape(' '.join(told.split()))}]({address})"

    def _html_picture(self, path: str, told: str) -> str:
        address = self._address(path)
        if not address:
            self.added.append(self._drawing)
            return self._drawing
        self.added.append(told)
        return f'<img src="{html.escape(address)}" alt="{html.escape(told)}">'

    def _write_notes(self) -> None:
        """Write the notes that were marked; one may mark another."""
        done = 0
        while done < len(self._numbers):
            key = list(self._numbers)[done]
            done += 1
            texts = self._note_texts(key)
            self.lines += ["", f"[^{done}]: {texts[0]}"]
            for text in texts[1:]:
                self.lines += ["", f"    {escape_head(text)}"]
