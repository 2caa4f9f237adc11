"""Which Markdown is rendered, and a Python-Markdown extension that cuts what leaves the renderer to a short list.

Text may come from a stranger. Attribute lists lose everything but ids and classes of headings before the table of contents is
made; at the very end the whole fragment passes through an HTML parser that knows the list below and nothing else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import nh3
from markdown import Extension
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from markdown import Markdown

EXTENSIONS: tuple[str | dict[str, object], ...] = (
    "abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "sane_lists", "pymdownx.details",
    {"tables": {"use_align_attribute": True}},
)  # fmt: skip
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
DRAWING = frozenset("svg g path rect circle ellipse line polyline polygon text tspan title desc".split())  # noqa: SIM905
PROSE = (
    "a abbr aside b blockquote br button caption cite code col colgroup dd del details dfn div dl dt em figcaption figure footer "
    "header hr i img ins kbd li mark nav ol p pre q s samp section small span strong sub summary sup table tbody td tfoot th thead "
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
_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\ufeff]")


def clean(html: str, *, without: frozenset[str] = frozenset()) -> str:
    """Return a fragment with nothing in it but the listed tags, less some, with their attributes and addresses."""
    return nh3.clean(
        html,
        tags=set(TAGS - without),
        clean_content_tags={"script", "style", "template", "noscript", "iframe", "object"},
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items() if tag not in without},
        attribute_filter=_attribute,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
        strip_comments=True,
    )


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
    """Whether an address stays on the site: no scheme, no host, no backslash that a browser reads as a slash."""
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


class CleanExtension(Extension):
    """Registers both steps: one right after attribute lists, one after everything."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Hook in."""
        md.treeprocessors.register(_Attributes(md), "qms-attributes", 7)
        md.postprocessors.register(_Fragment(md), "qms-clean", -100)


def makeExtension(**options: object) -> CleanExtension:  # noqa: N802 - Python-Markdown's name
    """How Python-Markdown finds the extension."""
    return CleanExtension(**options)
