"""Read clean HTML into blocks that a page setter can lay out: plain lists and dictionaries.

What comes in is what `sanitizing.clean` let through: well-formed, a short list of tags. What comes
out can be written as JSON: a text is a string, everything else a dictionary whose `k` says what it
is. So no word of an author is ever read as a command of the page setter.
"""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from typing import Any

from qmstool.export.elements import Element, read_tree
from qmstool.frozen import dataclass
from qmstool.parsing.paper import LONGEST_WORD

Node = dict[str, Any]
Inline = str | Node

DEEPEST = 12  # levels of lists and quotations; what lies deeper is laid out on this one
MOST_ACROSS = 64  # columns that a cell may take

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_MARKS = {
    "b": "b", "strong": "b", "i": "i", "em": "i", "cite": "i", "var": "i", "dfn": "i",
    "s": "s", "del": "s", "u": "u", "ins": "u", "sub": "sub", "sup": "sup", "small": "small",
    "code": "code", "kbd": "code", "samp": "code", "mark": "mark",
}  # fmt: skip
_BOXES = {"blockquote": "quote", "details": "quote"}
_TRANSPARENT = {"div", "section", "aside", "header", "footer", "nav", "figure", "details"}
_SIGNS = {"br", "img", "input"}
_DROPPED = {"button", "colgroup", "col"}
_PICTURE = re.compile(r"data:image/([a-z+]+);base64,(.*)", re.DOTALL)
_SUFFIXES = {"svg+xml": "svg", "jpeg": "jpg"}
_SPACES = re.compile(r"[ \t\r\n\f]+")


@dataclass(frozen=True, slots=True)
class Content:
    """The blocks of a text and the pictures that they show, by name."""

    blocks: list[Node]
    pictures: dict[str, bytes]


def read_html(html: str, prefix: str = "") -> Content:
    """Return the content of clean HTML; `prefix` keeps its pictures apart from those of others."""
    root = read_tree(html)
    reader = _ElementReader(prefix)
    return Content(reader.blocks(root, 0), reader.pictures)


def read_page(html: str, prefix: str = "") -> Content:
    """Return the content of a whole page that our own templates made: what its body holds."""
    found = re.search(r"<body[^>]*>(.*)</body>", html, re.DOTALL)
    return read_html(found[1] if found else html, prefix)


def paragraphs(text: str) -> list[Node]:
    """Return plain text as paragraphs, one for each line of it."""
    lines = [_trimmed(_words(line)) for line in unicodedata.normalize("NFC", text).split("\n")]
    return [{"k": "p", "c": line} for line in lines if line]


class _ElementReader:
    """Turns elements into blocks; keeps the pictures it meets."""

    def __init__(self, prefix: str) -> None:
        self.pictures: dict[str, bytes] = {}
        self._prefix = prefix
        self._marks: set[str] = set()  # those that the words at hand already have
        self._centred = False  # whether the paragraphs at hand stand in the middle

    def blocks(self, element: Element, depth: int) -> list[Node]:
        """Return what an element holds as blocks; loose words between blocks are paragraphs."""
        made: list[Node] = []
        loose: list[Inline] = []
        for child in element.children:
            if isinstance(child, str) or child.tag not in _BLOCKS:
                loose += self._inlines(child)
                continue
            _end_paragraph(made, loose)
            loose = []
            made += self._block(child, depth)
        _end_paragraph(made, loose)
        return made

    def _block(self, element: Element, depth: int) -> list[Node]:
        if element.tag == "p" or element.tag in _HEADINGS:
            return self._paragraph(element)
        if element.classes() & {"space", "annex"}:
            return self._official(element, depth)
        if element.tag in {"hr", "pre"}:
            return [_plain_block(element)]
        if depth >= DEEPEST or element.tag not in {*_NESTING, "div", "table"}:
            return self.blocks(element, depth)
        return self._nested(element, depth + 1)

    def _nested(self, element: Element, depth: int) -> list[Node]:
        if element.tag == "table":
            return self._table(element, depth)
        if element.tag in {"ul", "ol"}:
            return [self._list(element, depth)]
        if element.tag == "dl":
            return self._definitions(element, depth)
        classes = element.classes()
        inside = self.blocks(element, depth)
        if "admonition" in classes:
            return [{"k": "alert", "c": inside}]
        if element.tag in _BOXES:
            return [{"k": "quote", "c": inside}]
        return inside

    def _official(self, element: Element, depth: int) -> list[Node]:
        """Room for a signature, or an annex, which begins on a sheet of its own."""
        if "space" in element.classes():
            return [{"k": "space"}]
        return [{"k": "break"}, *self.blocks(element, depth)]

    def _paragraph(self, element: Element) -> list[Node]:
        made: list[Node] = []
        classes = element.classes()
        words = self._line(element)
        if element.tag in _HEADINGS:
            return [{"k": "h", "level": _HEADINGS[element.tag], "c": _trimmed(words)}]
        if classes & _BOLD_LINES:
            words = [{"k": "b", "c": words}]
        if "upper" in classes:
            words = _capitals(words)
        _end_paragraph(made, words)
        if made and (self._centred or classes & _CENTRED_LINES):
            made[0]["align"] = "center"
        return made

    def _list(self, element: Element, depth: int) -> Node:
        ordered = element.tag == "ol"
        number = _whole(element.attributes.get("start"), 1)
        suffix = ")" if "paren" in element.attributes.get("class", "").split() else "."
        items = []
        for item in element.all("li"):
            number = _whole(item.attributes.get("value"), number)
            mark = f"{number}{suffix}" if ordered else ""
            items.append({"mark": mark, "c": self.blocks(item, depth)})
            number += 1
        return {"k": "list", "items": items}

    def _definitions(self, element: Element, depth: int) -> list[Node]:
        made: list[Node] = []
        for part in element.all("dt", "dd"):
            if part.tag == "dt":
                _end_paragraph(made, [{"k": "b", "c": self._line(part)}])
            else:
                made.append({"k": "indent", "c": self.blocks(part, depth)})
        return made

    def _table(self, element: Element, depth: int) -> list[Node]:
        rows = element.rows()
        caption = element.all("caption")
        made: list[Node] = []
        if caption:
            _end_paragraph(made, self._line(caption[0]))
        if not rows:
            return made
        heads = 0
        while heads < len(rows) and all(cell.tag == "th" for cell in rows[heads]):
            heads += 1
        if element.classes() & _FRAMELESS:
            table = self._frameless(rows, depth)
            return [*made, {"k": "table", "heads": 0, "plain": True, **table}]
        table = self._laid_out(rows, depth)
        made.append({"k": "table", "heads": heads if heads < len(rows) else 0, **table})
        return made

    def _frameless(self, rows: list[list[Element]], depth: int) -> Node:
        """Return the cells of the head or foot of an official paper: all but one in the middle."""
        self._centred = True
        for row in rows:
            for cell in row:
                if "to" in cell.classes():
                    cell.attributes["align"] = "left"
        table = self._laid_out(rows, depth)
        self._centred = False
        for cell in table["cells"]:
            if cell["align"] == "left":
                for block in cell["c"]:
                    block.pop("align", None)
        return table

    def _laid_out(self, rows: list[list[Element]], depth: int) -> Node:
        """Return the cells of a table, every place of its grid filled once, and its columns."""
        taken: set[tuple[int, int]] = set()
        placed: list[Node] = []
        width = 0
        for y, row in enumerate(rows):
            x = 0
            for cell in row:
                while (y, x) in taken:
                    x += 1
                across = min(max(1, _whole(cell.attributes.get("colspan"), 1)), MOST_ACROSS)
                down = min(max(1, _whole(cell.attributes.get("rowspan"), 1)), len(rows) - y)
                across = min(across, _free(taken, y, x, across))
                taken |= {(y + dy, x + dx) for dy in range(down) for dx in range(across)}
                width = max(width, x + across)
                placed.append({"x": x, "y": y, "across": across, "down": down,
                               "head": cell.tag == "th", "align": cell.attributes.get("align", ""),
                               "c": self.blocks(cell, depth)})  # fmt: skip
                x += across
        return {"columns": width, "rows": len(rows), "cells": placed}

    def _line(self, element: Element) -> list[Inline]:
        parts: list[Inline] = []
        for child in element.children:
            parts += self._inlines(child)
        return parts

    def _inlines(self, child: Element | str) -> list[Inline]:
        if isinstance(child, str):
            return _words(child)
        if child.tag in _SIGNS:
            return [self._sign(child)]
        if child.tag in _DROPPED or "headerlink" in child.attributes.get("class", ""):
            return []
        mark = _MARKS.get(child.tag)
        if mark is None or mark in self._marks:
            return self._line(child)
        self._marks.add(mark)
        words = self._line(child)
        self._marks.remove(mark)
        return [{"k": mark, "c": words}] if words else []

    def _sign(self, element: Element) -> Inline:
        if element.tag == "br":
            return {"k": "br"}
        if element.tag == "img":
            return self._picture(element)
        return "☑ " if "checked" in element.attributes else "☐ "

    def _picture(self, element: Element) -> Node:
        words = unicodedata.normalize("NFC", element.attributes.get("alt", ""))
        found = _PICTURE.fullmatch(element.attributes.get("src", ""))
        if found is None:
            return {"k": "noimg", "alt": words}
        try:
            data = base64.b64decode(found[2], validate=True)
        except binascii.Error:
            return {"k": "noimg", "alt": words}
        suffix = _SUFFIXES.get(found[1], found[1])
        name = f"{self._prefix}{len(self.pictures) + 1}.{suffix}"
        self.pictures[name] = data
        return {"k": "img", "name": name, "alt": words}


# Classes of our own templates, which say how a line of an official paper stands.
_CENTRED_LINES = frozenset({"title", "about", "center"})
_BOLD_LINES = frozenset({"title", "about", "admonition-title"})
_FRAMELESS = frozenset({"head", "foot"})

_NESTING = {"ul", "ol", "dl", "blockquote", "details"}
_BLOCKS = {
    *_HEADINGS, *_NESTING, *_TRANSPARENT, "p", "hr", "pre", "table", "li", "dt", "dd",
    "figcaption", "summary", "caption", "thead", "tbody", "tfoot", "tr", "td", "th",
}  # fmt: skip


def _plain_block(element: Element) -> Node:
    if element.tag == "hr":
        return {"k": "hr"}
    return {"k": "pre", "text": element.text().rstrip("\n")}


def _capitals(words: list[Inline]) -> list[Inline]:
    """Return words in capitals."""
    made: list[Inline] = []
    for part in words:
        if isinstance(part, str):
            made.append(part.upper())
        elif "c" in part:
            made.append({**part, "c": _capitals(part["c"])})
        elif "text" in part:
            made.append({**part, "text": part["text"].upper()})
        else:
            made.append(part)
    return made


def _end_paragraph(made: list[Node], words: list[Inline]) -> None:
    """Close the paragraph that loose words make, if there is a word."""
    trimmed = _trimmed(words)
    if trimmed:
        made.append({"k": "p", "c": trimmed})


def _trimmed(words: list[Inline]) -> list[Inline]:
    """Return words without blanks at either end."""
    trimmed = list(words)
    while trimmed and isinstance(trimmed[0], str) and not trimmed[0].strip():
        del trimmed[0]
    while trimmed and _is_blank_end(trimmed[-1]):
        del trimmed[-1]
    if trimmed and isinstance(trimmed[0], str):
        trimmed[0] = trimmed[0].lstrip()
    if trimmed and isinstance(trimmed[-1], str):
        trimmed[-1] = trimmed[-1].rstrip()
    return trimmed


def _is_blank_end(part: Inline) -> bool:
    if isinstance(part, str):
        return not part.strip()
    return bool(part["k"] == "br")


def _words(text: str) -> list[Inline]:
    """Return running text with its blanks joined, and long words marked as to be broken."""
    return mark_long_words(_SPACES.sub(" ", text), LONGEST_WORD)


def mark_long_words(text: str, longest: int) -> list[Inline]:
    """Return a text in parts, words of more than so many letters marked as to be broken."""
    parts: list[Inline] = []
    end = 0
    for found in re.finditer(rf"[^\s\u00ad\u200b]{{{longest + 1},}}", text):
        if found.start() > end:
            parts.append(text[end : found.start()])
        parts.append({"k": "long", "text": found[0]})
        end = found.end()
    if end < len(text):
        parts.append(text[end:])
    return parts


def _free(taken: set[tuple[int, int]], y: int, x: int, most: int) -> int:
    """Return how many places from one on are free in a row, no more than are asked for."""
    count = 1
    while count < most and (y, x + count) not in taken:
        count += 1
    return count


def _whole(text: str | None, otherwise: int) -> int:
    """Return a number of up to four digits, else another."""
    if text and re.fullmatch(r"-?[0-9]{1,4}", text):
        return int(text)
    return otherwise
