"""Resolve the styles of a Word file by their name, which no language of Word changes.

What goes in: `word/styles.xml`. What comes out: for a paragraph or run style what it inherits:
the level as heading, the list it belongs to, and whether its text is hidden.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.importing.word.xml import W, is_on, number, value

if TYPE_CHECKING:
    from qmstool.importing.word.xml import Element

_HEADING = re.compile(r"heading ([1-9])")
_CONTENTS = re.compile(r"toc \d|toc heading|table of figures|table of authorities")
BODY_LEVEL = 9  # `outlineLvl` of text that is no heading


class Styles:
    """The styles of one file, by id."""

    def __init__(self, root: Element | None) -> None:
        self._by_id: dict[str, Element] = {}
        self._switches: dict[tuple[str, str], bool] = {}
        self.default = ""
        if root is None:
            return
        for style in root.iter(W + "style"):
            self._by_id[value(style, "styleId")] = style
            is_default = value(style, "default") in {"1", "true"}
            if is_default and value(style, "type") == "paragraph":
                self.default = value(style, "styleId")

    def chain(self, style_id: str) -> list[Element]:
        """Return a style and those it is based on, itself first; a circle ends."""
        chain: list[Element] = []
        taken: set[str] = set()
        while style_id in self._by_id and style_id not in taken:
            taken.add(style_id)
            style = self._by_id[style_id]
            chain.append(style)
            style_id = value(style.find(W + "basedOn"))
        return chain

    def name(self, style_id: str) -> str:
        """Return the name of a style in lower case; it is the same in every language of Word."""
        chain = self.chain(style_id)
        return value(chain[0].find(W + "name")).casefold() if chain else ""

    def heading_level(self, style_id: str) -> int:
        """Return 1 to 9 for a style of headings, by name or outline level; 0 for others."""
        for style in self.chain(style_id):
            match = _HEADING.fullmatch(value(style.find(W + "name")).casefold())
            if match:
                return int(match[1])
            outline = style.find(f"{W}pPr/{W}outlineLvl")
            if outline is not None:
                level = number(outline, default=BODY_LEVEL)
                return level + 1 if 0 <= level < BODY_LEVEL else 0
        return 0

    def is_title(self, style_id: str) -> bool:
        """Whether a style is that of the title."""
        names = [value(style.find(W + "name")).casefold() for style in self.chain(style_id)]
        return "title" in names

    def is_contents(self, style_id: str) -> bool:
        """Whether a style is that of a table of contents."""
        return bool(_CONTENTS.fullmatch(self.name(style_id)))

    def is_on(self, style_id: str, switch: str) -> bool:
        """Whether a style, or one it is based on, turns a switch of runs on."""
        key = style_id, switch
        if key not in self._switches:
            self._switches[key] = self._find_switch(style_id, switch)
        return self._switches[key]

    def _find_switch(self, style_id: str, switch: str) -> bool:
        for style in self.chain(style_id):
            properties = style.find(W + "rPr")
            if properties is not None and properties.find(W + switch) is not None:
                return is_on(properties, switch)
        return False

    def numbering(self, style_id: str) -> tuple[str, int | None]:
        """Return list id and level of a style: ("", None) for none, level None where not said."""
        level: int | None = None
        for style in self.chain(style_id):
            properties = style.find(f"{W}pPr/{W}numPr")
            if properties is None:
                continue
            if level is None and properties.find(W + "ilvl") is not None:
                level = number(properties.find(W + "ilvl"))
            if properties.find(W + "numId") is not None:
                return value(properties.find(W + "numId")), level
        return "", level
