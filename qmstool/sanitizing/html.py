"""Cut HTML to a short list of tags, attributes and address schemes.

Text may come from a stranger. What leaves the renderer passes through an HTML parser that reads it
as a browser does, and that knows the lists below and nothing else.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

import nh3

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
DRAWING = frozenset(
    "svg g path rect circle ellipse line polyline polygon text tspan title desc".split()  # noqa: SIM905
)
PROSE = (
    "a abbr aside b blockquote br button caption cite code col colgroup dd del details dfn "
    "div dl dt em figcaption figure footer "
    "header hr i img input ins kbd li mark nav ol p pre q s samp section small span strong sub "
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
    "input": {"checked"},
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
# The box of a task is the one thing to fill in that a text may show, and nobody can.
TASK_BOX = {"type": "checkbox", "disabled": ""}
# The cleaner adds the two in any order, and a page is to be the same each time.
_OTHER_ORDER = ' disabled="" type="checkbox">'
_ONE_ORDER = ' type="checkbox" disabled="">'
SCHEMES = {"http", "https", "mailto"}
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
# What the dialect itself makes of a text: alerts, footnotes, links behind headings, `1)`.
KINDS = frozenset(
    (  # noqa: SIM905 - a list of words reads better as words
        "note abstract info tip important warning caution success question failure danger bug "
        "example quote"
    ).split()
)
DIALECT = KINDS | {
    "admonition", "admonition-title", "footnote", "footnote-ref", "footnote-backref", "headerlink",
    "paren",
}  # fmt: skip
_LANGUAGE = re.compile(r"language-[\w+#.-]{1,40}")
# Attributes that only a page's own template may write: the theme, our scripts and our styles act on
# them, and a screen reader reads them in the place of the words.
OURS = {"role", "data-search-exclude", "data-label"} | {
    name for name in ANYWHERE if name.startswith("aria-")
}
# No page nests so deep; browsers stop at 512.
DEEPEST = 400
_ANY_TAG = re.compile(
    r"<(?P<closing>/?)(?P<name>[A-Za-z][^\s<>/]*)(?:\"[^\"<]*\"|'[^'<]*'|[^<>\"'])*>"
)
_ALONE = frozenset({"br", "hr", "img", "wbr", "col", "input"})
# What may open a tag, and what surely closes one; neither of those that stand alone.
_STEP = re.compile(rf"<(?!/?(?i:{'|'.join(sorted(_ALONE))})[\s/>])(/[A-Za-z][^\s<>/]*>|[A-Za-z])")
# Without one of these a text has no markup, and nothing that a cleaner would write otherwise.
_SIGNS = re.compile(r"[^\w .,;:()/·–-]")
_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\ufeff]")


def clean(html: str, *, without: frozenset[str] = frozenset(), authored: bool = False) -> str:
    """Return a fragment with nothing but the listed tags, less some, and their attributes.

    `authored`: it is an author's text and keeps no class, role or data of the page around it.
    """
    if not _SIGNS.search(html):
        return html
    html = _flattened(html)
    return _cleaner(without, authored).clean(html).replace(_OTHER_ORDER, _ONE_ORDER)


def _flattened(html: str) -> str:
    """Return HTML without the tags that nest deeper than `DEEPEST`; their words stay.

    A reader of HTML looks through all that is open at each tag, so time would grow with the square.
    """
    if _is_shallow(html):
        return html
    depth = 0

    def kept(tag: re.Match[str]) -> str:
        nonlocal depth
        if tag["name"].lower() in _ALONE:
            return tag[0]
        if tag["closing"]:
            depth = max(depth - 1, 0)
            return tag[0] if depth < DEEPEST else ""
        depth += 1
        return tag[0] if depth <= DEEPEST else ""

    return _ANY_TAG.sub(kept, html)


def _is_shallow(html: str) -> bool:
    """Whether no tag can lie deeper than `DEEPEST`, read in any way: most pages are asked this."""
    if html.count("<") - html.count("</") <= DEEPEST:
        return True
    depth = 0
    for step in _STEP.findall(html):
        if step[0] != "/":
            depth += 1
            if depth > DEEPEST:
                return False
        elif depth:
            depth -= 1
    return True


@cache
def _cleaner(without: frozenset[str], authored: bool) -> nh3.Cleaner:
    barred = OURS if authored else set()
    return nh3.Cleaner(
        tags=set(TAGS - without),
        clean_content_tags={"script", "style", "template", "noscript", "iframe", "object"},
        attributes={
            tag: set(names) - barred for tag, names in ATTRIBUTES.items() if tag not in without
        },
        set_tag_attribute_values={} if "input" in without else {"input": TASK_BOX},
        attribute_filter=_kept_authored if authored else _kept,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
        strip_comments=True,
    )


def _authored_attribute(tag: str, name: str, value: str) -> str | None:
    """Return what an attribute of an author's text may say: of the classes, the dialect's own."""
    if name == "class":
        kept = [word for word in value.split() if word in DIALECT or _LANGUAGE.fullmatch(word)]
        return " ".join(kept) or None
    return _attribute(tag, name, value)


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Return what an attribute may say, or None where it may not stand at all."""
    match name:
        case "id":
            # The theme looks its own parts up by names that begin with two underscores.
            return value if re.fullmatch(r"(?!__)[^\s\"'<>&]{1,200}", value) else None
        case "class":
            return " ".join(filter(_is_plain_class, value.split())) or None
        case "src":
            return value if is_local(value) else None
        case "href":
            return value if is_local(value) or (tag == "a" and _scheme(value) in SCHEMES) else None
        case _:
            return value


# Pages repeat each other's attributes by the thousand.
_kept = lru_cache(maxsize=1 << 15)(_attribute)
_kept_authored = lru_cache(maxsize=1 << 15)(_authored_attribute)


def _is_plain_class(word: str) -> bool:
    """Whether the theme does nothing with a class: it has its own looks, and fetches diagrams."""
    return not word.startswith("md-") and word not in {"mermaid", "annotate", "tabbed-set"}


def _scheme(address: str) -> str:
    found = _SCHEME.match(_IGNORED.sub("", address))
    return found[0][:-1].lower() if found else ""


def is_local(address: str) -> bool:
    """Whether an address stays on the site: no scheme, no host, no backslash read as a slash."""
    plain = _IGNORED.sub("", address)
    return not _scheme(plain) and not plain.startswith("//") and "\\" not in plain
