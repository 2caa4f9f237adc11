"""Make elements of Word's XML: with attributes of its own namespace, runs of words, fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Elements:
    """Makes elements as python-docx has them."""

    def __init__(self, docx: Any) -> None:
        self._element: Callable[[str], Any] = docx.oxml.OxmlElement
        self.name: Callable[[str], str] = docx.oxml.ns.qn

    def make(self, tag: str, **attributes: str) -> Any:
        """Return an element; attributes are of Word's namespace."""
        element = self._element(tag)
        for name, value in attributes.items():
            element.set(self.name(f"w:{name}"), printable(value))
        return element

    def text(self, tag: str, words: str) -> Any:
        """Return an element that holds words, the blanks at their ends kept."""
        element = self.make(tag)
        element.text = printable(words)
        element.set(_SPACE, "preserve")
        return element

    def run(self, words: str) -> Any:
        """Return a run of plain words."""
        run = self.make("w:r")
        run.append(self.text("w:t", words))
        return run

    def field(self, instruction: str, shown: str) -> list[Any]:
        """Return the runs of a field that shows something until Word computes it."""
        return [*self.field_start(instruction), self.run(shown), self.field_end()]

    def field_start(self, instruction: str, *, dirty: bool = False) -> list[Any]:
        """Return what stands before the result of a field; a dirty one is computed on opening."""
        begin = self._field_mark("begin")
        if dirty:
            begin[0].set(self.name("w:dirty"), "true")
        code = self.make("w:r")
        code.append(self.text("w:instrText", instruction))
        return [begin, code, self._field_mark("separate")]

    def field_end(self) -> Any:
        """Return what ends a field."""
        return self._field_mark("end")

    def _field_mark(self, kind: str) -> Any:
        run = self.make("w:r")
        run.append(self.make("w:fldChar", fldCharType=kind))
        return run


def printable(text: str) -> str:
    """Return a text without what XML cannot hold: any value may hold it, a title or an author."""
    return "".join(
        letter if letter >= " " or letter in "\t\n" else "\ufffd"
        for letter in text.encode("utf-8", "replace").decode("utf-8")
        if letter not in "\ufffe\uffff"
    )
