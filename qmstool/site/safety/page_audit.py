"""Read one finished page as a browser would: what is forbidden in it, its ids and its links.

Pages repeat each other's tags by the thousand: a tag written in the plain way is read once, a page
that holds anything else in full.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from qmstool.frozen import NamedTuple
from qmstool.i18n import Text
from qmstool.sanitizing.html_reader import HtmlReader
from qmstool.site.safety import csp

if TYPE_CHECKING:
    from collections.abc import Mapping

FORBIDDEN = frozenset(
    {
        "iframe",
        "object",
        "embed",
        "base",
        "applet",
        "frame",
        "frameset",
        "portal",
        "foreignobject",
        "animate",
        "set",
    }
)
# Attributes from which a browser fetches something, or to which it sends.
LOADS = {
    "src",
    "srcset",
    "poster",
    "data",
    "background",
    "xlink:href",
    "action",
    "formaction",
    "manifest",
    "ping",
}
# Elements whose address is fetched with the page.
LOADING_TAGS = {"link", "use", "image"}
STYLE_LOADS = re.compile(
    r"@import|url\(\s*['\"]?\s*(?:[a-z][a-z0-9+.-]*:)?//|expression\(", re.IGNORECASE
)
_RUNS = re.compile(r"(?:javascript|vbscript|data|file|blob):", re.IGNORECASE)
_BLANK = re.compile(r"[\x00-\x20\x7f-\xa0]")
# One tag as the theme and the cleaner write it, or a script with what is inside; a page with any
# other «<» is read in full.
_VALUE = r"""(?:"[^"<]*"|'[^'<]*'|[^\s"'<>=`]+)"""
_NAME = r"[A-Za-z_:@][\w:.@-]*"
_NAMES = rf"(?:\s+{_NAME}(?:={_VALUE})?)*\s*"
_ATTRIBUTE = re.compile(rf"\s+({_NAME})(?:=({_VALUE}))?")
_PLAIN = re.compile(
    rf"<!doctype html>|</[a-z][a-z0-9-]*\s*>|<script{_NAMES}>(?:[^<]|<(?![/!]))*</script>"
    rf"|<(?!script|style)[a-z][a-z0-9-]*{_NAMES}/?>"
)
# What such a tag says depends on where it stands.
_AT_ITS_PLACE = ("<article", "</article", "<script")
# What says nothing, or has been looked at by its place.
_SILENT = ("</", "<!", *_AT_ITS_PLACE)
_TAG_NAME = re.compile(r"<([a-z][a-z0-9-]*)")
# The site as if it stood at a host of its own: an address of another host leads elsewhere.
HOST = "site.invalid"
HERE = f"https://{HOST}/"

FOREIGN = Text("phần tử không được phép", "an element that may not stand there")
SCRIPT = Text("đoạn mã lạ", "a foreign script")
STYLE = Text("kiểu trình bày viết thẳng trong trang", "a style written into the page")
HANDLER = Text("thuộc tính chạy mã", "an event handler")
RUNS = Text("địa chỉ chạy mã", "an address that runs code")
OUTSIDE = Text("tài nguyên từ máy chủ khác", "a resource of another host")


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """Something on a page that should not be there.

    What is not `fatal` is only told: a text once released cannot be mended.
    """

    path: str
    what: Text
    words: str
    fatal: bool = True

    def __str__(self) -> str:
        return f"{self.path}: {self.what.en}: {self.words[:200]}"


@dataclass
class PageAudit(HtmlReader):
    """Findings, ids and links of one page.

    `guarded`: it carries the content security policy; `links`: each with whether it is fatal that
    it leads nowhere; `article`: how many of these are open, for in the text no script may stand.
    """

    path: str
    findings: list[AuditFinding] = field(default_factory=list)
    guarded: bool = False
    ids: set[str] = field(default_factory=set)
    links: list[tuple[str, bool]] = field(default_factory=list)
    article: int = 0

    def __post_init__(self) -> None:
        super().__init__()
        self.in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one tag and its attributes."""
        self.look_at(tag, attrs, self.get_starttag_text() or tag)

    def look_at(self, tag: str, attrs: list[tuple[str, str | None]], text: str) -> None:
        """Look at one tag and its attributes; `text`: as it is written."""
        values = {name: value or "" for name, value in attrs}
        if tag == "article":
            self.article += 1
        equivalent = values.get("http-equiv", "").lower() if tag == "meta" else ""
        if tag in FORBIDDEN or equivalent == "refresh":
            self._report(FOREIGN, text)
        if tag == "script":
            self._script(values, text)
        if tag == "style":
            self._report(STYLE, text)
        if equivalent == "content-security-policy":
            own = csp.content_security_policy(in_page=True)
            self.guarded |= values.get("content") == own
        # Names where the page lives; nothing is fetched.
        is_canonical = tag == "link" and values.get("rel") == "canonical"
        # Of an attribute written twice a browser takes the first; both are looked at.
        for name, value in attrs:
            self._attribute(tag, name, value or "", is_canonical=is_canonical)
        self.ids |= {values[name] for name in ("id", "name") if name in values}

    def handle_endtag(self, tag: str) -> None:
        """Note what ends."""
        if tag == "article":
            self.article -= 1
        if tag == "script":
            self.in_script = False

    def handle_data(self, data: str) -> None:
        """Look at a script written into the page: it may be the frame's own, and not in a text."""
        if self.in_script and (self.article or data not in csp.frame_scripts()):
            self._report(SCRIPT, data)

    def handle_unfinished(self, rest: str) -> None:
        """Report a tag that nothing closes: what a browser makes of it depends on what follows."""
        self._report(FOREIGN, rest)

    def _report(self, what: Text, words: str) -> None:
        self.findings.append(AuditFinding(self.path, what, words))

    def _script(self, values: Mapping[str, str], text: str) -> None:
        """Look at a script: the theme's data, the frame's few lines, or a file of this site.

        None of these may stand in the text.
        """
        is_inside = values.get("type") != "application/json" and "src" not in values
        if is_inside:
            self.in_script = True
        elif self.article:
            self._report(SCRIPT, text)

    def _attribute(self, tag: str, name: str, value: str, *, is_canonical: bool) -> None:
        """Look at one attribute; what is fetched or linked here is kept to be looked up."""
        if name.startswith("on") or name in {"srcdoc", "formaction", "ping"}:
            self._report(HANDLER, f"{name}={value}")
        if name == "style":
            self._report(OUTSIDE if STYLE_LOADS.search(value) else STYLE, value)
        if name not in LOADS and (name != "href" or is_canonical):
            return
        plain = _BLANK.sub("", value)
        is_fetched = name in LOADS or tag in LOADING_TAGS
        if _RUNS.match(plain):
            self._report(RUNS, value)
        elif is_fetched and urlsplit(urljoin(HERE, plain)).netloc != HOST:
            self._report(OUTSIDE, value)
        elif name in {"href", "src"}:
            self.links.append((value, tag in {"link", "script"}))


class _TagAudit(NamedTuple):
    """What one tag says; `opens`: how many articles more it opens than it closes."""

    findings: tuple[AuditFinding, ...] = ()
    ids: frozenset[str] = frozenset()
    links: tuple[tuple[str, bool], ...] = ()
    guarded: bool = False
    opens: int = 0


_NOTHING = _TagAudit()


def read_page(name: str, html: str, article: int = 0) -> PageAudit:
    """Read a page: tag by tag where all of them are plain, each one only once; else in full.

    `article`: 1 where all of it counts as text.
    """
    tags = _PLAIN.findall(html)
    placed = [tag for tag in tags if tag.startswith(_AT_ITS_PLACE)]
    in_scripts = sum(tag.count("<") - 1 for tag in placed)
    if len(tags) + in_scripts != html.count("<"):
        return _in_full(name, html, article)
    page = PageAudit(name, article=article)
    for tag in placed:
        _take(page, _placed(tag, inside=page.article != 0))
    for tag in dict.fromkeys(tags):
        audit = _tag(tag)
        if audit is not _NOTHING:
            _take(page, audit)
    return page


def _take(page: PageAudit, audit: _TagAudit) -> None:
    """Add what one tag says to what its page says."""
    page.findings += [replace(finding, path=page.path) for finding in audit.findings]
    page.ids |= audit.ids
    page.links += audit.links
    page.guarded |= audit.guarded
    page.article += audit.opens


@lru_cache(maxsize=1 << 17)
def _tag(text: str) -> _TagAudit:
    """What one plain tag says wherever it stands; nothing, if its place matters."""
    if text.startswith(_SILENT):
        return _NOTHING
    page = PageAudit("")
    name = _TAG_NAME.match(text)
    attributes: list[tuple[str, str | None]] = []
    for attribute, value in _ATTRIBUTE.findall(text, name.end() if name else 0):
        plain = value[1:-1] if value.startswith(("'", '"')) else value
        attributes.append((attribute.lower(), unescape(plain)))
    page.look_at(name[1] if name else "", attributes, text)
    said = _tag_audit(page)
    return _NOTHING if said == _NOTHING else said


@lru_cache(maxsize=1 << 12)
def _placed(text: str, *, inside: bool) -> _TagAudit:
    """What a tag says that depends on its place: `inside` an article or not."""
    page = _in_full("", text, int(inside))
    return _tag_audit(page)._replace(opens=page.article - int(inside))


def _tag_audit(page: PageAudit) -> _TagAudit:
    return _TagAudit(tuple(page.findings), frozenset(page.ids), tuple(page.links), page.guarded)


def _in_full(name: str, html: str, article: int = 0) -> PageAudit:
    page = PageAudit(name, article=article)
    page.feed(html)
    page.close()
    return page
