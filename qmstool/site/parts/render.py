"""Turn a page's values and its template into the Markdown file that mkdocs builds from."""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING

from markupsafe import Markup

from qmstool.frozen import dataclass, field
from qmstool.register.status import STATES
from qmstool.site.edition.addresses import relative_link
from qmstool.site.edition.edition import PageLink
from qmstool.site.parts.raw_html import choose_fence_name, fence_html
from qmstool.site.parts.search_label import SearchLabel
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
    from collections.abc import Mapping

    from qmstool.i18n import Lang, Text
    from qmstool.site.edition.edition import Edition
    from qmstool.storage.tree import Tree

# Stands for the author's Markdown (the value «text») while the template runs: only what is around
# it is finished HTML.
TEXT = "text"
_PLACE = Markup("\x02text\x03")
# What stands at the head of a page on paper.
_PAPER = "_paper.md.jinja"

# Lists name everything once; what a reader looks for is the page itself.
LIST_BOOST = 0.1


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
        """The Markdown file of the page in the build folder."""
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


class PageRenderer:
    """Renders the pages of one edition with the manual's own templates, else the packaged ones."""

    def __init__(self, edition: Edition, tree: Tree | None) -> None:
        self.edition = edition
        self.fence = choose_fence_name(edition.manual)
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
        }

    def render(self, page: SitePage) -> str:
        """Return the whole Markdown file: front matter that the theme reads, then the body.

        Raises QmsError on a bad template.
        """
        text = page.values.get(TEXT)
        values = {**page.values, TEXT: _PLACE} if text else page.values

        def url(address: str) -> str:
            return relative_link(page.address, address)

        with self.templates.blaming(page.template):
            paper = self.templates.render(_PAPER, page=page, check_code=_check_code(page))
            body = self.templates.render(page.template, **{**values, "page": page, "url": url})
        # Only what the templates wrote is fenced; the author's text goes through the renderer.
        parts = f"{paper}\n\n{body}".split(_PLACE)
        fenced = [fence_html(part, self.fence) for part in parts]
        return f"{_front_matter(page)}\n{str(text).join(fenced).strip()}\n"


def _front_matter(page: SitePage) -> str:
    """Return the page's front matter; JSON is YAML, and a quoted title is never read as a key."""
    values: dict[str, object] = {"title": html.escape(page.title, quote=True)}
    if page.hide:
        values["hide"] = list(page.hide)
    if page.document:
        values["document"] = page.document
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    return "\n".join(["---", *lines, "---", ""])


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
