"""Read clean HTML into a tree of elements."""

from __future__ import annotations

import unicodedata

from qmstool.sanitizing.html_reader import HtmlReader

DEEPEST_ELEMENT = 100  # elements within each other; what lies deeper is read on this level
VOID = {"br", "hr", "img", "input", "col", "wbr"}


class Element:
    """An element: its tag, attributes, and what it holds."""

    __slots__ = ("attributes", "children", "tag")

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children: list[Element | str] = []

    def all(self, *tags: str) -> list[Element]:
        """Return the children with one of some tags."""
        elements = [child for child in self.children if isinstance(child, Element)]
        return [element for element in elements if element.tag in tags]

    def rows(self) -> list[list[Element]]:
        """Return the cells of each row of a table that has any."""
        rows = []
        for part in self.children:
            if isinstance(part, Element):
                if part.tag == "tr":
                    rows.append(part.all("td", "th"))
                else:
                    rows += [row.all("td", "th") for row in part.all("tr")]
        return [row for row in rows if row]

    def classes(self) -> frozenset[str]:
        """Return the names of its classes."""
        return frozenset(self.attributes.get("class", "").split())

    def text(self) -> str:
        """Return all words in it."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)


class _TreeBuilder(HtmlReader):
    """Builds elements; an end without a beginning is no end."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Element("div", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in VOID and len(self._open) < DEEPEST_ELEMENT:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        names = [element.tag for element in self._open]
        if tag in names[1:]:
            del self._open[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(unicodedata.normalize("NFC", data))


def read_tree(html: str) -> Element:
    """Return an element that holds what the HTML says, its text in Unicode's form NFC."""
    builder = _TreeBuilder()
    builder.feed(html)
    builder.close()
    return builder.root
