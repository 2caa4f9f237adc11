"""A page's values + a template → the Markdown file of the page.

Templates run in Jinja's sandbox and know no other world.
"""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any

from jinja2 import FunctionLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from qmstool.frozen import dataclass, field
from qmstool.i18n import QmsError, Text
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
from qmstool.storage import resources
from qmstool.tables.registers import STATUS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qmstool.site.edition.edition import Edition
    from qmstool.storage.tree import Tree

TEMPLATE_FOLDER = "templates/site/pages"
# Stands for the author's Markdown (the value «text») while the template runs: only what is around
# it is finished HTML.
TEXT = "text"
_PLACE = Markup("\x02text\x03")
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>&#|~^!\"'$@:]")


# Lists name everything once; what a reader looks for is the page itself.
LIST_BOOST = 0.1


@dataclass(frozen=True, slots=True)
class SitePage:
    """One page: its address, its title in words, its template, what it shows, how it stands in the search, and whose text it is.

    `named`: what the search says of it; the title alone where nothing is given.
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
    """A fixed page that lists things: named by its place and word, the same in every manual; `whole`: without the sidebar."""
    hide = ("navigation", "toc") if whole else ("toc",)
    return SitePage(
        edition.addresses.place(name),
        edition.word(word or name),
        f"{name}.md.jinja",
        values,
        hide=hide,
        boost=LIST_BOOST,
    )


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, which asks of every attribute whether it is safe: here once for each name of each type."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._safe: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Whether a template may see an attribute; the sandbox's answer depends on nothing but type and name."""
        known = self._safe.get((type(obj), attr))
        if known is None:
            known = self._safe[type(obj), attr] = super().is_safe_attribute(obj, attr, value)
        return known


class PageRenderer:
    """Renders the pages of one edition with the manual's own templates, else the packaged ones."""

    def __init__(self, edition: Edition, tree: Tree | None) -> None:
        self.edition = edition
        self.tree = tree
        self.fence = choose_fence_name(edition.manual)
        self.environment = _Sandbox(
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            loader=FunctionLoader(self._source),
        )
        self.environment.filters |= {
            "md": escape_markdown,
            "size": self._size,
            "day": edition.day,
            "first_up": capitalize_first,
        }
        states: dict[str, Text] = {
            **{str(name): text for name, text in STATES.items()},
            **REGISTERED,
        }
        tables: dict[str, Mapping[str, Text]] = {
            "w": WORDS,
            "states": states,
            "short_states": states | SHORT_STATES,
            "statuses": STATUS,
            "heat_states": states | HEAT_STATES,
        }
        tables |= {"acts": ACTS, "change_kinds": CHANGE_KINDS, "transition_kinds": TRANSITION_KINDS}
        said = {
            name: {key: text.get(edition.lang) for key, text in table.items()}
            for name, table in tables.items()
        }
        self.environment.globals |= {
            **said,
            "edition": edition,
            "config": edition.manual.config,
            "lang": edition.lang,
        }

    def _source(self, name: str) -> str | None:
        data = resources.find(self.tree, f"{TEMPLATE_FOLDER}/{name}")
        return data.decode("utf-8", errors="replace") if data is not None else None

    def _size(self, count: int) -> str:
        """Bytes as people read them."""
        text = (
            f"{max(count / 1024, 1):.0f} kB"
            if count < 1024 * 1024
            else f"{count / 1024 / 1024:.1f} MB"
        )
        return text.replace(".", ",") if self.edition.lang == "vi" else text

    def render(self, page: SitePage) -> str:
        """Return the whole Markdown file: front matter that the theme reads, then the body.

        Raises QmsError on a bad template.
        """
        head: dict[str, object] = {"title": html.escape(page.title, quote=True)}
        if page.hide:
            head["hide"] = list(page.hide)
        if page.document:
            head["document"] = page.document
        try:
            template = self.environment.get_template(page.template)
            text = page.values.get(TEXT)
            values = {**page.values, TEXT: _PLACE} if text else page.values
            paper = self.environment.get_template("_paper.md.jinja").render(
                page=page, check_code=_check_code(page)
            )
            around = template.render(
                values, page=page, url=lambda address: relative_link(page.address, address)
            ).split(_PLACE)
        except (
            TemplateError,
            TypeError,
            ValueError,
            ArithmeticError,
            LookupError,
            AttributeError,
        ) as error:
            said = f"{TEMPLATE_FOLDER}/{page.template}: {error}"
            raise QmsError(
                Text(
                    f"Mẫu trang có lỗi; hãy sửa tệp ấy hoặc báo người quản trị: {said}",
                    f"Broken page template; fix that file, or tell the administrator: {said}",
                )
            ) from error
        body = str(text).join(
            fence_html(part, self.fence) for part in (f"{paper}\n\n{around[0]}", *around[1:])
        )
        # JSON is YAML; every title is quoted, so none can be read as a key of its own.
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items()]
        return "\n".join(["---", *lines, "---", "", body.strip(), ""])


def _check_code(page: SitePage) -> str:
    """The check code of the document that a page shows."""
    return str(getattr(page.values.get("strip"), "check_code", ""))


def escape_markdown(text: object) -> Markup:
    """Write a value so that Markdown and HTML show it as it is."""
    if isinstance(text, Markup):
        return text
    line = " ".join(str(text).split())
    return Markup(_SPECIAL.sub(lambda found: f"&#{ord(found[0])};", line))  # noqa: S704 - every special character is a number now


def capitalize_first(text: str) -> str:
    """The text with its first letter upper case and the others as they are."""
    return text[:1].upper() + text[1:]
