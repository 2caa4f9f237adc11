"""Turn an author's Markdown into clean HTML, its alerts titled in the language of the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.frozen import NamedTuple
from qmstool.parsing.markdown.alerts import alert_titles
from qmstool.parsing.markdown.containers import Heading
from qmstool.parsing.markdown.headings import headings
from qmstool.parsing.markdown.html import HtmlOptions, blocks_html
from qmstool.parsing.markdown.html.escapes import text as escape_text
from qmstool.parsing.markdown.leaves import HtmlBlock
from qmstool.parsing.markdown.reader import read
from qmstool.parsing.titles import is_same_title
from qmstool.sanitizing.html import clean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qmstool.i18n import Lang
    from qmstool.parsing.markdown.containers import Block
    from qmstool.parsing.markdown.document import MarkdownDocument
    from qmstool.parsing.markdown.headings import NamedHeading

_WAY_BACK = re.compile('\u00a0?<a class="footnote-backref" href="#[^"<>]*">↩</a>')
"""Where a footnote leads back to its call: on paper nowhere."""


class PageHeading(NamedTuple):
    """A heading of a page: its level, its anchor, its words as HTML without tags."""

    level: int
    anchor: str
    words: str


class RenderedText(NamedTuple):
    """The HTML of a text and its headings, in order."""

    html: str
    headings: tuple[PageHeading, ...]


class Renderer:
    """Renders texts for pages in one language.

    `permalink`: the words of the link behind each heading that leads to it, "" for no link;
    `abbreviations`: what to explain wherever it stands.
    """

    def __init__(
        self, lang: Lang, *, permalink: str = "", abbreviations: Mapping[str, str] | None = None
    ) -> None:
        self._options = HtmlOptions(
            alert_titles=alert_titles(lang), permalink=permalink, abbreviations=abbreviations or {}
        )

    def render(self, text: str, *, title: str = "", authored: bool = True) -> RenderedText:
        """Render a text with an anchor at each heading, the first one cut if it says the `title`.

        What is not `authored` is of a page's template, and may wear the classes of the page.
        """
        document = read(text)
        words = headings(document)
        blocks = without_title(document, title, words)
        places = [block.start for block, _ in document.blocks if isinstance(block, Heading)]
        named = dict(zip(places, words, strict=True))
        if len(blocks) < len(document.children):
            del named[places[0]]
        options = self._options._replace(heading_id=lambda block: named[block.start].anchor)
        found = [
            PageHeading(heading.level, heading.anchor, escape_text(heading.text))
            for heading in named.values()
        ]
        html = clean(blocks_html(document, blocks, options), authored=authored)
        return RenderedText(html, tuple(found))

    def render_plain(self, text: str, start: int, *, title: str, notes: str) -> str:
        """Render a text for paper: no links, and no anchors but those that were typed.

        The heading that it begins with is cut if it says the `title`, which stands above the text.
        `start`: where its body begins; `notes` keeps its footnotes apart from those of others.
        """
        document = read(text, start)
        blocks = without_title(document, title, headings(document))
        options = self._options._replace(note_prefix=notes)
        html = _WAY_BACK.sub("", blocks_html(document, blocks, options))
        return clean(html, without=frozenset({"a"}), authored=True)


def without_title(
    document: MarkdownDocument, title: str, words: Sequence[NamedHeading]
) -> tuple[Block, ...]:
    """Return the blocks of a document less the heading of the first level that says its title.

    That is what the document begins with; HTML that shows nothing, a comment or a style sheet, may
    stand before it. A heading that says something else is text, and stays. `title`: "" for none.
    `words`: the headings of the document.
    """
    blocks = document.children
    for number, block in enumerate(blocks if title else ()):
        if isinstance(block, Heading) and block.level == 1:
            kept = () if is_same_title(words[0].text, title) else (block,)
            return blocks[:number] + kept + blocks[number + 1 :]
        if not isinstance(block, HtmlBlock) or clean(block.text, authored=True).strip():
            break
    return blocks
