"""Make elements of Word's XML, with attributes of its own namespace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


class Elements:
    """Makes elements as python-docx has them."""

    def __init__(self, docx: Any) -> None:
        self._element: Callable[[str], Any] = docx.oxml.OxmlElement
        self.name: Callable[[str], str] = docx.oxml.ns.qn

    def make(self, tag: str, **attributes: str) -> Any:
        """Return an element; attributes are of Word's namespace."""
        element = self._element(tag)
        for name, value in attributes.items():
            element.set(self.name(f"w:{name}"), value)
        return element


def printable(text: str) -> str:
    """Return a text without what XML cannot hold."""
    return "".join(
        letter if letter >= " " or letter == "\t" else "\ufffd"
        for letter in text.encode("utf-8", "replace").decode("utf-8")
        if letter not in "\ufffe\uffff"
    )
