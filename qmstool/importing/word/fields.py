"""Follow the fields of Word that are open: what they order, whether their result has begun.

What goes in: the marks of fields in the order in which they stand; one may go over many paragraphs,
and lie within another. What comes out: whether words are shown, where a link leads, what an old
form shows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.importing.word.xml import W, is_on, number, value

if TYPE_CHECKING:
    from qmstool.importing.word.xml import Element

SAFE_LINK = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)
CHECKED, UNCHECKED = "☒", "☐"
MOST_CHOICES = 1_000
_LINK = re.compile(r'HYPERLINK\s+"([^"]*)"', re.IGNORECASE)


class _Field:
    """A field that is open: its instruction, whether its result has begun, data of its form."""

    def __init__(self, form: Element | None) -> None:
        self.instruction = ""
        self.shown = False
        self.wrote = False
        self.form = form

    @property
    def kind(self) -> str:
        """The first word of the instruction, in capitals."""
        words = self.instruction.split()
        return words[0].upper() if words else ""


class OpenFields:
    """The fields that are open at a place of a text, the innermost last."""

    def __init__(self) -> None:
        self._fields: list[_Field] = []

    def begin(self, form: Element | None) -> None:
        """Open a field; `form`: the data of an old form, None where it is of another kind."""
        self._fields.append(_Field(form))

    def add_instruction(self, text: str) -> None:
        """Add to what the innermost field orders, as long as its result has not begun."""
        if self._fields and not self._fields[-1].shown:
            self._fields[-1].instruction += text

    def show_result(self) -> None:
        """Note that from here on the innermost field shows its result."""
        if self._fields:
            self._fields[-1].shown = True

    def note_words(self) -> None:
        """Note that words were shown here, so that no form has to say what it shows."""
        for field in self._fields:
            field.wrote = True

    def end(self) -> str:
        """Close the innermost field; return what its form shows besides the words within it."""
        if not self._fields:
            return ""
        field = self._fields.pop()
        return "" if field.wrote else _form_choice(field.form)

    @property
    def in_instruction(self) -> bool:
        """Whether what stands here is an order to Word, and no words of the text."""
        return any(not field.shown for field in self._fields)

    @property
    def hold_contents(self) -> bool:
        """Whether a table of contents is open."""
        return any(field.kind == "TOC" for field in self._fields)

    @property
    def link(self) -> str:
        """The address that words lead to here, "" where to none that may be followed."""
        for field in self._fields:
            match = _LINK.search(field.instruction)
            if match and SAFE_LINK.fullmatch(match[1]):
                return match[1]
        return ""


def _form_choice(form: Element | None) -> str:
    """Return what an old form field shows: the choice of a drop-down, the tick of a box."""
    if form is None:
        return ""
    choices = form.find(W + "ddList")
    if choices is not None:
        entries = [value(entry) for entry in choices.findall(W + "listEntry")[:MOST_CHOICES]]
        place = choices.find(W + "result")
        if place is None:
            place = choices.find(W + "default")
        chosen = number(place)
        return entries[chosen] if 0 <= chosen < len(entries) else ""
    box = form.find(W + "checkBox")
    if box is not None:
        ticked = box.find(W + "checked")
        name = "checked" if ticked is not None else "default"
        return CHECKED if is_on(box, name) else UNCHECKED
    return ""
