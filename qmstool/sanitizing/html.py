"""Cut HTML to a short list of tags, attributes and address schemes.

Text may come from a stranger. What leaves the renderer passes through an HTML parser that reads it
as a browser does, and that knows the lists below and nothing else.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

import nh3

from qmstool.parsing.markdown.raw_html import is_kept_id

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
# Tags of a text whose nesting is not certain: what opens one may stay open, or be opened again by
# each paragraph, so that a cleaner's work grows with their square.
MOST_UNCERTAIN = 1000
_ANY_TAG = re.compile(r"<(?P<closing>/?)(?P<name>[A-Za-z][^\s<>/]*)[^<>]*>?")
# A tag that every reader of HTML reads alike: nothing in its attributes looks like another.
_PLAIN_TAG = re.compile(
    r"<(/?)([A-Za-z][A-Za-z0-9-]*)"
    r"(?:\s+[A-Za-z_:@][\w:.@-]*(?:=(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>=`]+))?)*\s*(/?)>"
)
_ALONE = frozenset({"br", "hr", "img", "wbr", "col", "input"})
# What stands in these is read by other rules.
_OTHERWISE_READ = frozenset(
    (  # noqa: SIM905 - a list of words reads better as words
        "frameset iframe math noembed noframes noscript plaintext script select style template "
        "textarea title xmp"
    ).split()
)
# What may stand in a drawing, where «/>» closes a tag; its title and description hold HTML again.
_TOLD = frozenset({"title", "desc"})
_DRAWN = _TOLD.union(
    (  # noqa: SIM905 - a list of words reads better as words
        "a circle defs ellipse g line marker path polygon polyline rect svg text tspan use"
    ).split()
)
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
    Where it is not certain what is open, only the first `MOST_UNCERTAIN` tags are left.
    """
    if html.count("<") - html.count("</") <= DEEPEST:
        return html  # no more than these can be open
    deepest = _depth(html)
    if deepest is None:
        return _with_few_tags(html)
    return html if deepest <= DEEPEST else _without_deeper_tags(html)


def _depth(html: str) -> int | None:
    """Return how deep tags nest; None where readers may disagree, or one closes another."""
    tags = _PLAIN_TAG.findall(html)
    if len(tags) != html.count("<"):
        return None
    opened = [("", False)]  # each with whether what stands in it is drawn
    deepest = 0
    for closing, written, ends_itself in tags:
        name, is_drawn = written.lower(), opened[-1][1]
        if name in _ALONE and not is_drawn:
            continue
        if closing:
            if opened.pop()[0] != name:
                return None
        elif name not in _DRAWN if is_drawn else name in _OTHERWISE_READ:
            return None
        elif not (is_drawn and ends_itself):
            opened.append((name, (is_drawn or name == "svg") and name not in _TOLD))
            deepest = max(deepest, len(opened) - 1)
    return deepest


def _without_deeper_tags(html: str) -> str:
    """Return HTML whose tags nest certainly, without those that lie too deep."""
    depth = 0

    def kept(tag: re.Match[str]) -> str:
        nonlocal depth
        if tag[2].lower() in _ALONE or tag[3]:
            return tag[0]
        if tag[1]:
            depth -= 1
            return tag[0] if depth < DEEPEST else ""
        depth += 1
        return tag[0] if depth <= DEEPEST else ""

    return _PLAIN_TAG.sub(kept, html)


def _with_few_tags(html: str) -> str:
    """Return HTML whose nesting nobody knows with its first tags alone, and all its words."""
    tags = _ANY_TAG.finditer(html)
    end = next((tag.start() for count, tag in enumerate(tags) if count == MOST_UNCERTAIN), None)
    if end is None:
        return html
    return html[:end] + _ANY_TAG.sub("", html[end:]).replace("<", "&lt;")


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
            return value if is_kept_id(value) else None
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
