"""Say which Markdown is rendered, and cut what leaves the renderer to a short list of HTML.

Text may come from a stranger. Attribute lists lose everything but ids and classes of headings
before the table of contents is made; at the very end the whole fragment passes through an HTML
parser that knows the list below and nothing else.

Pages are made of an author's Markdown and of HTML that is ready. Between the lines of `fence` the
renderer need not look for Markdown, which halves the work on a page; what stands there passes
through the same parser at the end.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import nh3
from markdown import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from markdown import Markdown

EXTENSIONS: tuple[str | dict[str, object], ...] = (
    "abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "sane_lists",
    "pymdownx.details",
    {"tables": {"use_align_attribute": True}},
)  # fmt: skip
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
DRAWING = frozenset(
    "svg g path rect circle ellipse line polyline polygon text tspan title desc".split()  # noqa: SIM905
)
PROSE = (
    "a abbr aside b blockquote br button caption cite code col colgroup dd del details dfn "
    "div dl dt em figcaption figure footer "
    "header hr i img ins kbd li mark nav ol p pre q s samp section small span strong sub "
    "summary sup table tbody td tfoot th thead "
    "time tr u ul var wbr"
)
TAGS = HEADINGS | DRAWING | frozenset(PROSE.split())
ANYWHERE = {
    "class",
    "id",
    "lang",
    "title",
    "role",
    "data-search-exclude",
    *(f"aria-{name}" for name in ("label", "labelledby", "describedby", "hidden", "current")),
}
ATTRIBUTES = {
    "*": ANYWHERE,
    "a": {"href", "download", "hreflang"},
    "button": {"type"},
    "col": {"span"},
    "details": {"open"},
    "img": {"src", "alt", "width", "height"},
    "li": {"value"},
    "ol": {"start", "type", "reversed"},
    "td": {"align", "colspan", "rowspan", "data-label"},
    "th": {"align", "colspan", "rowspan", "scope"},
    "time": {"datetime"},
    "svg": {"viewBox", "width", "height", "focusable", "preserveAspectRatio"},
    "g": {"transform"},
    "path": {"d"},
    "rect": {"x", "y", "width", "height", "rx", "ry"},
    "circle": {"cx", "cy", "r"},
    "ellipse": {"cx", "cy", "rx", "ry"},
    "line": {"x1", "y1", "x2", "y2"},
    "polyline": {"points"},
    "polygon": {"points"},
    "text": {"x", "y", "text-anchor", "dominant-baseline"},
    "tspan": {"x", "y", "dx", "dy"},
}
SCHEMES = {"http", "https", "mailto"}
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
# Without one of these a text has no markup, and nothing that a cleaner would write otherwise.
_SIGNS = re.compile(r"[^\w .,;:()/·–-]")
_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\ufeff]")


def clean(html: str, *, without: frozenset[str] = frozenset()) -> str:
    """Return a fragment with nothing but the listed tags, less some, and their attributes."""
    return _cleaner(without).clean(html) if _SIGNS.search(html) else html


@cache
def _cleaner(without: frozenset[str]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(TAGS - without),
        clean_content_tags={"script", "style", "template", "noscript", "iframe", "object"},
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items() if tag not in without},
        attribute_filter=_attribute,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
        strip_comments=True,
    )


def fence(name: str) -> tuple[str, str]:
    """Return the lines before and after ready HTML; to every other renderer they are comments."""
    return f"<!--{name}-->", f"<!--/{name}-->"


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Return what an attribute may say, or None where it may not stand at all."""
    match name:
        case "id":
            # The theme looks its own parts up by names that begin with two underscores.
            return value if re.fullmatch(r"(?!__)[^\s\"'<>&]{1,200}", value) else None
        case "class":
            return " ".join(word for word in value.split() if not word.startswith("md-")) or None
        case "src":
            return value if _is_local(value) else None
        case "href":
            return value if _is_local(value) or (tag == "a" and _scheme(value) in SCHEMES) else None
        case _:
            return value


def _scheme(address: str) -> str:
    found = _SCHEME.match(_IGNORED.sub("", address))
    return found[0][:-1].lower() if found else ""


def _is_local(address: str) -> bool:
    """Whether an address stays on the site: no scheme, no host, no backslash read as a slash."""
    plain = _IGNORED.sub("", address)
    return not _scheme(plain) and not plain.startswith("//") and "\\" not in plain


class _Attributes(Treeprocessor):
    """Takes away what an attribute list may not give."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            kept = {"id", "class"} if element.tag in HEADINGS else _own(str(element.tag))
            for name in [name for name in element.attrib if name not in kept]:
                del element.attrib[name]


def _own(tag: str) -> set[str]:
    """What the renderer itself gives an element."""
    return ATTRIBUTES.get(tag, set()) | {"id", "class", "title"}


class _Fragment(Postprocessor):
    """The last word on a page's HTML."""

    def run(self, text: str) -> str:
        return clean(text)


class _Ready(Preprocessor):
    """Puts ready HTML aside until the text around it is rendered."""

    def __init__(self, md: Markdown, name: str) -> None:
        super().__init__(md)
        first, last = (re.escape(line) for line in fence(name))
        self.block = re.compile(rf"^{first}\n(.*?)\n{last}$", re.MULTILINE | re.DOTALL)

    def run(self, lines: list[str]) -> list[str]:
        stash = self.md.htmlStash
        return self.block.sub(
            lambda found: f"\n\n{stash.store(found[1])}\n\n", "\n".join(lines)
        ).split("\n")


class CleanExtension(Extension):
    """Registers both steps: one right after attribute lists, one after everything.

    `ready` names the fence, "" for none.
    """

    def __init__(self, **options: object) -> None:
        self.config = {"ready": ["", "name of the fence around ready HTML"]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Hook in."""
        md.treeprocessors.register(_Attributes(md), "qms-attributes", 7)
        md.postprocessors.register(_Fragment(md), "qms-clean", -100)
        if self.getConfig("ready"):  # after white space is tidied, before HTML is looked for
            md.preprocessors.register(_Ready(md, self.getConfig("ready")), "qms-ready", 25)


def makeExtension(**options: object) -> CleanExtension:  # noqa: N802 - Python-Markdown's name
    """How Python-Markdown finds the extension."""
    return CleanExtension(**options)
