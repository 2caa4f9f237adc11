"""A built site → what should not be there: foreign scripts, handlers, addresses that run, resources of other hosts, dead links.

It reads the finished files as a browser would, whatever made them, and so does not trust the cleaning that came before. Pages
repeat each other's tags by the thousand: a tag written in the plain way is read once, a page that holds anything else in full.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from qmstool.i18n import Text
from qmstool.site.safety import csp as policy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

FORBIDDEN = frozenset(
    "iframe object embed base applet frame frameset portal foreignobject animate set".split()  # noqa: SIM905
)
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
_RUNS = re.compile(r"(?:javascript|vbscript|data|file|blob):", re.IGNORECASE)
_BLANK = re.compile(r"[\x00-\x20\x7f-\xa0]")
_CSS = re.compile(r"@import|url\(\s*['\"]?\s*(?:[a-z][a-z0-9+.-]*:)?//|expression\(", re.IGNORECASE)
# Shown at any address; its links begin at the root of the server.
_ANYWHERE = "404.html"
# One tag as the theme and the cleaner write it, or a script with what is inside; a page with any
# other «<» is read in full.
_VALUE = r"""(?:"[^"<]*"|'[^'<]*'|[^\s"'<>=`]+)"""
_NAMES = rf"(?:\s+[A-Za-z_:@][\w:.@-]*(?:={_VALUE})?)*\s*"
_PLAIN = re.compile(
    rf"<!doctype html>|</[a-z][a-z0-9-]*\s*>|<script{_NAMES}>(?:[^<]|<(?![/!]))*</script>"
    rf"|<(?!script|style)[a-z][a-z0-9-]*{_NAMES}/?>"
)
_AT_ITS_PLACE = ("<article", "</article", "<script")
_HOST = "site.invalid"
_HERE = f"https://{_HOST}/"


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """Something on a page that should not be there; what is not `fatal` is only told: a text once released cannot be mended."""

    path: str
    what: Text
    words: str
    fatal: bool = True

    def __str__(self) -> str:
        return f"{self.path}: {self.what.en}: {self.words[:200]}"


FOREIGN = Text("phần tử không được phép", "an element that may not stand there")
SCRIPT = Text("đoạn mã lạ", "a foreign script")
STYLE = Text("kiểu trình bày viết thẳng trong trang", "a style written into the page")
UNGUARDED = Text(
    "trang không mang chính sách an toàn nội dung", "a page without the content security policy"
)
HANDLER = Text("thuộc tính chạy mã", "an event handler")
RUNS = Text("địa chỉ chạy mã", "an address that runs code")
OUTSIDE = Text("tài nguyên từ máy chủ khác", "a resource of another host")
DEAD = Text("liên kết không tới đâu", "a link that leads nowhere")


@dataclass
class _Page(HTMLParser):
    """Faults, ids and links of one page."""

    path: str
    faults: list[AuditFinding] = field(default_factory=list)
    guarded: bool = False
    ids: set[str] = field(default_factory=set)
    links: list[tuple[str, bool]] = field(default_factory=list)
    article: int = 0

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.inside = ""

    def fault(self, what: Text, words: str) -> None:
        self.faults.append(AuditFinding(self.path, what, words))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.article += tag == "article"
        if tag in FORBIDDEN or (
            tag == "meta" and values.get("http-equiv", "").lower() == "refresh"
        ):
            self.fault(FOREIGN, self.get_starttag_text() or tag)
        if tag == "script":
            self.script(values)
        if tag == "style":
            self.fault(STYLE, self.get_starttag_text() or tag)
        policed = values.get("http-equiv", "").lower() == "content-security-policy"
        self.guarded |= (
            tag == "meta"
            and policed
            and values.get("content") == policy.content_security_policy(in_page=True)
        )
        for name, value in values.items():
            self.attribute(tag, name, value, values)
        self.ids |= {values[name] for name in ("id", "name") if name in values}

    def handle_endtag(self, tag: str) -> None:
        self.article -= tag == "article"
        if tag == "script":
            self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside == "script" and (self.article or data not in policy.frame_scripts()):
            self.fault(SCRIPT, data)

    def script(self, values: Mapping[str, str]) -> None:
        """A script may be the theme's data, the frame's own few lines, or a file of this site, and none may stand in the text."""
        as_data = values.get("type") == "application/json"
        if not as_data and "src" not in values:
            self.inside = "script"
        if self.article and (as_data or "src" in values):
            self.fault(SCRIPT, self.get_starttag_text() or "")

    def attribute(self, tag: str, name: str, value: str, values: Mapping[str, str]) -> None:
        """One attribute: what runs, what is fetched from elsewhere; what is fetched or linked here is kept to be looked up."""
        if name.startswith("on") or name in {"srcdoc", "formaction", "ping"}:
            self.fault(HANDLER, f"{name}={value}")
        if name == "style":
            self.fault(OUTSIDE if _CSS.search(value) else STYLE, value)
        canonical = (
            tag == "link" and values.get("rel") == "canonical"
        )  # names where the page lives; nothing is fetched
        if name in LOADS or (name == "href" and not canonical):
            plain = _BLANK.sub("", value)
            if _RUNS.match(plain):
                self.fault(RUNS, value)
            elif (name in LOADS or tag in {"link", "use", "image"}) and urlsplit(
                urljoin(_HERE, plain)
            ).netloc != _HOST:
                self.fault(OUTSIDE, value)
            elif name in {"href", "src"}:
                self.links.append((value, tag in {"link", "script"}))


def audit_site(folder: Path, beside: frozenset[str] = frozenset()) -> tuple[AuditFinding, ...]:
    """Return everything wrong with the HTML and the style sheets of a built site; a fatal fault forbids publishing it.

    Folders that will lie `beside` the pages are not looked into.
    """
    pages = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.html"))}
    texts = {name: path.read_text("utf-8", errors="replace") for name, path in pages.items()}
    read = {name: _read(name, text) for name, text in texts.items()}
    faults = [fault for page in read.values() for fault in page.faults]
    faults += [AuditFinding(name, UNGUARDED, "") for name, page in read.items() if not page.guarded]
    faults += [fault for page in read.values() for fault in _dead(folder, page, read, beside)]
    for path in sorted(folder.rglob("*.css")):
        found = _CSS.search(path.read_text("utf-8", errors="replace"))
        if found:
            faults.append(AuditFinding(path.relative_to(folder).as_posix(), OUTSIDE, found[0]))
    return tuple(faults)


def audit_drawing(name: str, html: str) -> tuple[AuditFinding, ...]:
    """Return what is wrong with a drawing; it may have a style of its own, and no script at all."""
    return tuple(fault for fault in _read(name, html, article=1).faults if fault.what != STYLE)


def _read(name: str, html: str, article: int = 0) -> _Page:
    """Read a page: tag by tag where all of them are plain, each one only once; else in full."""
    tags = _PLAIN.findall(html)
    scripts = sum(tag.count("<") - 1 for tag in tags if tag.startswith("<script"))
    if len(tags) + scripts != html.count("<"):
        return _in_full(name, html, article)
    page = _Page(name, article=article)
    for tag in tags:
        if tag.startswith(_AT_ITS_PLACE):
            page.feed(tag)
    for tag in dict.fromkeys(tags):
        faults, ids, links, guards = _tag(tag)
        page.faults += [replace(fault, path=name) for fault in faults]
        page.ids |= ids
        page.links += links
        page.guarded |= guards
    return page


@lru_cache(maxsize=1 << 17)
def _tag(
    text: str,
) -> tuple[tuple[AuditFinding, ...], frozenset[str], tuple[tuple[str, bool], ...], bool]:
    """What one tag says wherever it stands; nothing, if its place matters."""
    if text.startswith(("</", *_AT_ITS_PLACE)):
        return (), frozenset(), (), False
    page = _in_full("", text)
    return tuple(page.faults), frozenset(page.ids), tuple(page.links), page.guarded


def _in_full(name: str, html: str, article: int = 0) -> _Page:
    page = _Page(name, article=article)
    page.feed(html)
    page.close()
    return page


def _dead(
    folder: Path, page: _Page, pages: Mapping[str, _Page], beside: frozenset[str]
) -> Iterator[AuditFinding]:
    """Links of one page to pages, files and anchors of this site that are not there."""
    if page.path == _ANYWHERE:
        return
    for link, fatal in dict.fromkeys(page.links):
        base, rest = page.path, link
        if link and link[0] not in "#?":
            base = base[: base.rfind("/") + 1]
            while base and rest.startswith("../"):
                base, rest = base[: base.rfind("/", 0, -1) + 1], rest[3:] or "./"
        found = _leads(base, rest)
        if found is None or found[0].partition("/")[0] in beside:
            continue
        path, anchor = found
        there = pages.get(path)
        gone = there is None and not (folder / path).is_file()
        astray = there is not None and anchor and anchor not in there.ids
        if gone or astray:
            yield AuditFinding(page.path, DEAD, link, fatal)


@lru_cache(maxsize=1 << 17)
def _leads(base: str, link: str) -> tuple[str, str] | None:
    """The file of this site that a link leads to from a page or a folder, and the anchor in it; None where it leads elsewhere."""
    parts = urlsplit(urljoin(f"{_HERE}{base}", link))
    if parts.netloc != _HOST or parts.scheme not in {"http", "https"}:
        return None
    path = unquote(parts.path).lstrip("/")
    return f"{path}index.html" if not path or path.endswith("/") else path, unquote(parts.fragment)
