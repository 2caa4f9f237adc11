"""Write a document as HTML.

What is written is what the parser's own renderer writes, but for what `HtmlOptions` asks for, the
numbers of items, footnotes, and blocks that the renderer does not know. Raw HTML passes through as
it is: whoever shows the page cuts it. There is no recursion: what is still to be written waits in a
stack, so that no text can be nested too deep.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from qmstool.parsing.markdown.containers import Abbreviation, Heading
from qmstool.parsing.markdown.html import escapes
from qmstool.parsing.markdown.html.footnotes import NumberedNotes, numbered_notes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from qmstool.parsing.markdown.containers import Block
    from qmstool.parsing.markdown.document import Document
    from qmstool.parsing.markdown.inlines import Image, Inlines, Link


def own_target(target: str, _node: Link | Image) -> str:
    """Return the target of a link as it was typed."""
    return target


def own_id(heading: Heading) -> str | None:
    """Return the id that was typed behind a heading."""
    return heading.id


class HtmlOptions(NamedTuple):
    """What a page wants otherwise.

    `link` gives the address of a link or picture, `heading_id` the id of a heading. `alert_titles`
    are the words over alerts by kind; without them an alert is the quotation that the parser's
    renderer makes of it. `note_prefix` keeps the ids of footnotes of several texts on one page
    apart. `table_class` is that of a box around each table, "" for none.
    """

    link: Callable[[str, Link | Image], str] = own_target
    heading_id: Callable[[Heading], str | None] = own_id
    alert_titles: Mapping[str, str] = {}
    note_prefix: str = ""
    table_class: str = ""


def html(document: Document, options: HtmlOptions | None = None) -> str:
    """Return the HTML of a document."""
    return blocks_html(document, document.children, options)


def blocks_html(
    document: Document, children: Sequence[Block], options: HtmlOptions | None = None
) -> str:
    """Return the HTML of some blocks of a document, with the footnotes that they call."""
    options = options or HtmlOptions()
    notes = numbered_notes(document, children, options.note_prefix)
    writer = HtmlWriter(options, notes, _abbreviations(document))
    writer.write(children)
    writer.write(notes.parts())
    return writer.written()


def inlines_html(inlines: Inlines) -> str:
    """Return the HTML of what stands in a line."""
    writer = HtmlWriter(HtmlOptions(), NumberedNotes([], ""), Abbreviations({}))
    writer.write(inlines)
    return writer.written()


class HtmlWriter:
    """Writes nodes and pieces of HTML one after another."""

    def __init__(
        self, options: HtmlOptions, notes: NumberedNotes, abbreviations: Abbreviations
    ) -> None:
        self.options = options
        self.notes = notes
        self._abbreviations = abbreviations
        self._written: list[str] = []
        self._at_line_start = True

    def write(self, parts: Iterable[Any]) -> None:
        """Write nodes, strings, and, for `LINE`, the end of a line unless one was just written."""
        from qmstool.parsing.markdown.html.nodes import WRITERS  # noqa: PLC0415 - they know us

        waiting = list(parts)
        waiting.reverse()
        while waiting:
            part = waiting.pop()
            if part.__class__ is str:
                if part:
                    self._written.append(part)
                    self._at_line_start = part.endswith("\n")
            elif part is LINE:
                if not self._at_line_start:
                    self._written.append("\n")
                    self._at_line_start = True
            else:
                waiting.extend(reversed(WRITERS[part.__class__](self, part)))

    def text(self, words: str) -> str:
        """Return the words of a text, the abbreviations in it explained."""
        return self._abbreviations.explained(escapes.text(words))

    def written(self) -> str:
        """Return what was written."""
        return "".join(self._written)


class _Line:
    """The type of `LINE`."""


LINE = _Line()


class Abbreviations:
    """Explains the abbreviations that a document of the old dialect defines."""

    def __init__(self, meanings: dict[str, str]) -> None:
        self._meanings = {escapes.text(label): meaning for label, meaning in meanings.items()}
        longest_first = sorted(self._meanings, key=len, reverse=True)
        words = "|".join(re.escape(label) for label in longest_first)
        self._pattern = re.compile(rf"\b(?:{words})\b") if words else None

    def explained(self, words: str) -> str:
        """Return a piece of HTML without tags, its abbreviations between tags that explain them."""
        return self._pattern.sub(self._explained, words) if self._pattern else words

    def _explained(self, found: re.Match[str]) -> str:
        title = escapes.attribute(self._meanings[found[0]])
        return f'<abbr title="{title}">{found[0]}</abbr>'


def _abbreviations(document: Document) -> Abbreviations:
    """Return the abbreviations of a document; the last meaning of one counts."""
    if document.text.find("*[", document.start) < 0:
        return Abbreviations({})
    found = [block for block, _ in document.blocks if isinstance(block, Abbreviation)]
    return Abbreviations({each.label.strip(): each.meaning for each in found if each.meaning})
