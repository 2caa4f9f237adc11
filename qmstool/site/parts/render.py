"""Turn a page's values and its template into HTML, contents and anchors for the frame around it."""

from __future__ import annotations

import html
import secrets
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from qmstool.frozen import dataclass, field
from qmstool.register.status import STATES
from qmstool.rendering import Renderer
from qmstool.sanitizing.html import clean
from qmstool.site.edition.addresses import relative_link
from qmstool.site.edition.page_link import PageLink
from qmstool.site.parts.contents import contents
from qmstool.site.parts.moved import keep_anchors
from qmstool.site.parts.propose import link_sections
from qmstool.site.parts.raw_html import split_html
from qmstool.site.parts.search_label import SearchLabel
from qmstool.site.parts.text import explained_abbreviations
from qmstool.site.words.general import (
    ACTS,
    CHANGE_KINDS,
    REGISTERED,
    SHORT_STATES,
    TRANSITION_KINDS,
    WORDS,
)
from qmstool.site.words.monitoring import HEAT_STATES
from qmstool.tables.registers import EXTERNAL_STATUS
from qmstool.templating import TemplateFolder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from qmstool.i18n import Lang, Text
    from qmstool.rendering import PageHeading, RenderedText
    from qmstool.site.edition.edition import Edition
    from qmstool.storage.tree import Tree

# Stands for the author's Markdown (the value «text») while the template runs: what is around it is
# the template's. Another one in each run, so that no value of a manual can stand for the text.
TEXT = "text"
_PLACE = Markup(f"\x02{secrets.token_hex(16)}\x03")  # noqa: S704 - letters and digits alone
# What stands at the head of a page on paper.
_PAPER = "_paper.md.jinja"

# Lists name everything once; what a reader looks for is the page itself.
LIST_BOOST = 0.1
# Pieces of Markdown that templates write, kept as they were rendered.
_MOST_WRITTEN = 256


@dataclass(frozen=True, slots=True)
class SitePage:
    """One page: where it stands, its title, its template, the values that the template lays out.

    `named`: what the search says of it, the title alone where nothing is given; `boost`: how much
    its words weigh in the search; `hide`: parts of the frame to leave out; `document`: the key of
    the document whose text it is.
    """

    address: str
    title: str
    template: str
    values: Mapping[str, object] = field(default_factory=dict)
    named: SearchLabel | None = None
    boost: float = 1
    hide: tuple[str, ...] = ()
    document: str = ""

    @property
    def file(self) -> str:
        """The file that stands for the page in the build folder."""
        return f"{self.address}index.md"

    @property
    def label(self) -> SearchLabel:
        """What the search says of the page."""
        return self.named or SearchLabel(PageLink(self.title))


def list_page(
    edition: Edition,
    name: str,
    values: Mapping[str, object],
    *,
    word: str = "",
    whole: bool = False,
) -> SitePage:
    """Return a fixed page that lists things, with the place, word and template of its name.

    `word`: the name of its title, where that is another; `whole`: without the sidebar.
    """
    return SitePage(
        edition.addresses.place(name),
        edition.word(word or name),
        f"{name}.md.jinja",
        values,
        hide=("navigation", "toc") if whole else ("toc",),
        boost=LIST_BOOST,
    )


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page that is ready for its frame.

    `meta` is what the frame knows of it: title, parts to leave out, document; `contents`: the
    nested headings; `anchors`: the ids of all headings.
    """

    html: str
    contents: tuple[Mapping[str, Any], ...]
    anchors: tuple[str, ...]
    meta: Mapping[str, object]

    def values(self) -> dict[str, object]:
        """Return it as plain values, for a file that whoever frames the pages reads."""
        return {
            "html": self.html,
            "contents": self.contents,
            "anchors": self.anchors,
            "meta": self.meta,
        }


class PageRenderer:
    """Renders the pages of one edition with the manual's own templates, else the packaged ones."""

    def __init__(self, edition: Edition, tree: Tree | None) -> None:
        self.edition = edition
        words = edition.word("permalink")
        self.plain = Renderer(edition.lang, permalink=words)
        self.explaining = Renderer(
            edition.lang, permalink=words, abbreviations=explained_abbreviations(edition)
        )
        # What templates write between blocks of HTML is the same on most pages: headings.
        self._written: dict[bool, Callable[[str], RenderedText]] = {}
        for explains, renderer in ((False, self.plain), (True, self.explaining)):
            render = partial(renderer.render, authored=False)
            self._written[explains] = lru_cache(maxsize=_MOST_WRITTEN)(render)
        self.templates = TemplateFolder(tree, "site/pages", "markdown")
        self.templates.environment.filters |= {
            "size": lambda count: format_size(count, edition.lang),
            "day": edition.day,
        }
        self.templates.environment.globals |= {
            **_words_in(edition.lang),
            "edition": edition,
            "config": edition.manual.config,
            "lang": edition.lang,
            "place": edition.addresses.place,
            "bilingual": edition.bilingual,
            "is_in_english": edition.is_in_english,
            "is_draft": edition.stamp.draft,
            "own_day": edition.own_day,
        }

    def render(self, page: SitePage) -> RenderedPage:
        """Return a page for its frame. Raises QmsError on a bad template."""
        text = page.values.get(TEXT)
        values = {**page.values, TEXT: _PLACE} if text else page.values

        def url(address: str) -> str:
            return relative_link(page.address, address)

        with self.templates.blaming(page.template):
            paper = self.templates.render(_PAPER, page=page, check_code=_check_code(page))
            body = self.templates.render(page.template, **{**values, "page": page, "url": url})
        html, headings = self._read(f"{paper}\n\n{body}", str(text or ""), page.title, page.values)
        return RenderedPage(
            html,
            tuple(contents(headings)),
            tuple(heading.anchor for heading in headings),
            page_meta(page),
        )

    def _read(
        self, body: str, text: str, title: str, values: Mapping[str, Any]
    ) -> tuple[str, list[PageHeading]]:
        """Return the HTML of a template's output around an author's text, and all its headings.

        `title`: that of the page; `values`: those of the page: old anchors of its sections, and
        where a change to one is proposed.
        """
        proposed = getattr(values.get("proposal"), "sections", {})
        old = values.get("old_anchors", {})
        render = self._written[bool(text)]
        written = self.explaining.render(text, title=title) if text else None
        parts: list[str] = []
        headings: list[PageHeading] = []
        for number, around in enumerate(body.split(_PLACE)):
            if number and written:
                kept = keep_anchors(written.html, old)
                parts.append(link_sections(kept, proposed, self.edition.word))
                headings += written.headings
            for piece in split_html(around):
                if piece.ready:
                    parts.append(piece.text)
                else:
                    made = render(piece.text)
                    parts.append(made.html)
                    headings += made.headings
        return clean("".join(parts)), headings


def page_meta(page: SitePage) -> dict[str, object]:
    """Return what the frame shows of a page, as HTML."""
    values: dict[str, object] = {"title": html.escape(page.title, quote=True)}
    if page.hide:
        values["hide"] = list(page.hide)
    if page.document:
        values["document"] = page.document
    return values


def _words_in(lang: Lang) -> dict[str, dict[str, str]]:
    """Return the tables of words that templates know, by their name there, in one language."""
    states: dict[str, Text] = {str(state): text for state, text in STATES.items()}
    states |= REGISTERED
    tables: dict[str, Mapping[str, Text]] = {
        "w": WORDS,
        "states": states,
        "short_states": states | SHORT_STATES,
        "statuses": EXTERNAL_STATUS,
        "heat_states": states | HEAT_STATES,
        "acts": ACTS,
        "change_kinds": CHANGE_KINDS,
        "transition_kinds": TRANSITION_KINDS,
    }
    words = {}
    for name, table in tables.items():
        words[name] = {key: text.get(lang) for key, text in table.items()}
    return words


def format_size(count: int, lang: Lang) -> str:
    """Return a number of bytes as people read it: `12 kB`, `3,4 MB` (with a dot in English)."""
    if count < 1024 * 1024:
        size = f"{max(count / 1024, 1):.0f} kB"
    else:
        size = f"{count / 1024 / 1024:.1f} MB"
    return size.replace(".", ",") if lang == "vi" else size


def _check_code(page: SitePage) -> str:
    """The check code of the document that a page shows."""
    return str(getattr(page.values.get("strip"), "check_code", ""))
