"""Hold what the writing of one document needs: options, footnotes, abbreviations, line ends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.frozen import NamedTuple
from qmstool.parsing.markdown.html import escapes
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from qmstool.parsing.markdown.containers import Heading
    from qmstool.parsing.markdown.html.footnotes import NumberedNotes
    from qmstool.parsing.markdown.inlines import Image, Link


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
    apart. `table_class` is that of a box around each table, "" for none. `permalink` are the words
    of the link behind each heading that leads to it, "" for none. `abbreviations` are explained
    besides those that the document defines.
    """

    link: Callable[[str, Link | Image], str] = own_target
    heading_id: Callable[[Heading], str | None] = own_id
    alert_titles: Mapping[str, str] = {}
    note_prefix: str = ""
    table_class: str = ""
    permalink: str = ""
    abbreviations: Mapping[str, str] = {}


class _Line:
    """The type of `LINE`."""


LINE = _Line()


class Abbreviations:
    """Explains the abbreviations that a document of the old dialect defines."""

    def __init__(self, meanings: dict[str, str]) -> None:
        self._meanings = {escapes.text(label): meaning for label, meaning in meanings.items()}
        longest_first = sorted(self._meanings, key=len, reverse=True)
        words = "|".join(re.escape(label) for label in longest_first)
        self._pattern = regex(rf"\b(?:{words})\b") if words else None

    def explain(self, words: str) -> str:
        """Return a piece of HTML without tags, its abbreviations between tags that explain them."""
        return self._pattern.sub(self._explained, words) if self._pattern else words

    def _explained(self, found: re.Match[str]) -> str:
        title = escapes.attribute(self._meanings[found[0]])
        return f'<abbr title="{title}">{found[0]}</abbr>'


class HtmlContext(NamedTuple):
    """What the HTML of a node depends on besides the node."""

    options: HtmlOptions
    notes: NumberedNotes
    abbreviations: Abbreviations

    def text(self, words: str) -> str:
        """Return the words of a text, the abbreviations in it explained."""
        return self.abbreviations.explain(escapes.text(words))
