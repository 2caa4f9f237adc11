"""Tell the font of a run, and how that font keeps Vietnamese: by its name, else by its letters.

What goes in: the styles of a file and its parts. What comes out: for a run the name of its font;
for a font whether its text is of an old coding. A font that was renamed is known by all the text
typed for it together, so that a short run of it is read as its long ones are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.importing.old_letters import (
    Coding,
    begins_with_mark,
    coding_of_font,
    coding_of_text,
    read_old_letters,
)
from qmstool.importing.word.symbols import is_symbol_font
from qmstool.importing.word.xml import W, value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qmstool.importing.word.styles import Styles
    from qmstool.importing.word.xml import Element

MOST_LETTERS = 20_000  # of a font: by so many its coding is known


class Fonts:
    """The fonts of one file."""

    def __init__(self, styles: Styles, parts: Iterable[Element]) -> None:
        self._styles = styles
        self._codings: dict[str, Coding | None] = {}
        texts: dict[str, list[str]] = {}
        for root in parts:
            for paragraph in root.iter(W + "p"):
                style_id = value(paragraph.find(f"{W}pPr/{W}pStyle")) or styles.default
                for piece in paragraph.iter(W + "t"):
                    texts.setdefault(self.of(_properties(piece), style_id), []).append(
                        piece.text or ""
                    )
        for font, pieces in texts.items():
            self._codings[font] = coding_of_font(font)
            if self._codings[font] is None and not is_symbol_font(font):
                self._codings[font] = coding_of_text(" ".join(pieces)[:MOST_LETTERS])

    def of(self, properties: Element | None, style_id: str) -> str:
        """Return the font that a run names, or its style; "" where none does."""
        own = None if properties is None else properties.find(W + "rFonts")
        run_style = "" if properties is None else value(properties.find(W + "rStyle"))
        if name := _name(own):
            return name
        for chosen in (run_style, style_id or self._styles.default):
            for style in self._styles.chain(chosen):
                if name := _name(style.find(f"{W}rPr/{W}rFonts")):
                    return name
        return ""

    def coding(self, font: str) -> Coding | None:
        """Return how a font keeps Vietnamese; None for Unicode."""
        return self._codings.get(font) or coding_of_font(font)

    def shown(self, piece: Element) -> str:
        """Return what the font of a text shows of it."""
        paragraph = next(piece.iterancestors(W + "p"), None)
        style = None if paragraph is None else paragraph.find(f"{W}pPr/{W}pStyle")
        font = self.of(_properties(piece), value(style))
        coding = self.coding(font)
        text = piece.text or ""
        return text if coding is None else read_old_letters(text, coding, font)

    def join_cut_letters(self, paragraph: Element, style_id: str) -> None:
        """Put the mark of a letter of VNI beside it, where Word cut a run between the two."""
        last: Element | None = None
        for piece in paragraph.iter(W + "t"):
            text = piece.text or ""
            is_vni = self.coding(self.of(_properties(piece), style_id)) is Coding.VNI
            if is_vni and last is not None and begins_with_mark(text):
                last.text = (last.text or "") + text[0]
                piece.text = text[1:]
            last = piece if is_vni else None


def _properties(piece: Element) -> Element | None:
    return piece.getparent().find(W + "rPr")


def _name(fonts: Element | None) -> str:
    """Return the font of letters with marks, where it is an old one, else of plain letters."""
    marked = value(fonts, "hAnsi")
    if coding_of_font(marked):
        return marked
    return value(fonts, "ascii") or marked
