"""Find what should not be in a built site: foreign scripts, handlers, other hosts, dead links.

It reads the finished files as a browser would, whatever made them, and so does not trust the
cleaning that came before.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from qmstool.i18n import Text
from qmstool.sanitizing.drawings import rebuilt_drawing
from qmstool.sanitizing.styles import first_foreign
from qmstool.site.safety.page_audit import (
    HERE,
    HOST,
    OUTSIDE,
    SCRIPT,
    STYLE_LOADS,
    AuditFinding,
    read_page,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from qmstool.site.safety.page_audit import PageAudit

UNGUARDED = Text(
    "trang không mang chính sách an toàn nội dung", "a page without the content security policy"
)
DEAD = Text("liên kết không tới đâu", "a link that leads nowhere")
# The owner's style sheets lie here; what else lies with the assets comes with the theme or with us.
OWN_STYLES = "assets/own/"
FRAME_STYLES = "assets/"
NOT_UTF8 = "UTF-8?"
# Shown at any address; its links begin at the root of the server.
_ANYWHERE = "404.html"


def audit_site(folder: Path, beside: frozenset[str] = frozenset()) -> tuple[AuditFinding, ...]:
    """Return everything wrong with the HTML and the style sheets of a built site.

    A fatal finding forbids publishing it. Folders that will lie `beside` the pages are not looked
    into.
    """
    pages: dict[str, PageAudit] = {}
    for path in sorted(folder.rglob("*.html")):
        name = path.relative_to(folder).as_posix()
        pages[name] = read_page(name, path.read_text("utf-8", errors="replace"))
    findings: list[AuditFinding] = []
    for page in pages.values():
        findings += page.findings
    findings += [
        AuditFinding(name, UNGUARDED, "") for name, page in pages.items() if not page.guarded
    ]
    for page in pages.values():
        findings += _dead_links(folder, page, pages, beside)
    for path in sorted(folder.rglob("*.css")):
        name = path.relative_to(folder).as_posix()
        findings += _foreign_style(name, path.read_bytes())
    for path in sorted(folder.rglob("*.svg")):
        name = path.relative_to(folder).as_posix()
        data = path.read_bytes()
        if not name.startswith(FRAME_STYLES) and rebuilt_drawing(data) != data:
            findings.append(AuditFinding(name, SCRIPT, name))
    return tuple(findings)


def _foreign_style(name: str, data: bytes) -> Iterator[AuditFinding]:
    """What a style sheet loads or runs; of those that the theme brings, only what loads."""
    if not name.startswith(OWN_STYLES) and name.startswith(FRAME_STYLES):
        match = STYLE_LOADS.search(data.decode("utf-8", errors="replace"))
        if match:
            yield AuditFinding(name, OUTSIDE, match[0])
        return
    try:
        foreign = first_foreign(data.decode("utf-8"))
    except UnicodeDecodeError:
        foreign = NOT_UTF8
    if foreign:
        yield AuditFinding(name, OUTSIDE, foreign)


def _dead_links(
    folder: Path, page: PageAudit, pages: Mapping[str, PageAudit], beside: frozenset[str]
) -> Iterator[AuditFinding]:
    """Links of one page to pages, files and anchors of this site that are not there."""
    if page.path == _ANYWHERE:
        return
    for link, is_fatal in dict.fromkeys(page.links):
        target = _target(*_rebased(page.path, link))
        if target is None or target[0].partition("/")[0] in beside:
            continue
        path, anchor = target
        there = pages.get(path)
        if there is None:
            is_dead = not (folder / path).is_file()
        else:
            is_dead = anchor != "" and anchor not in there.ids
        if is_dead:
            yield AuditFinding(page.path, DEAD, link, is_fatal)


def _rebased(page: str, link: str) -> tuple[str, str]:
    """The folder that a link leads down from, and the rest of the link.

    Pages of one folder share their links then, and each of those is resolved once. A link to the
    page itself stays with its page.
    """
    if not link or link[0] in "#?":
        return page, link
    folder, rest = page[: page.rfind("/") + 1], link
    while folder and rest.startswith("../"):
        folder = folder[: folder.rfind("/", 0, -1) + 1]
        rest = rest[3:] or "./"
    return folder, rest


@lru_cache(maxsize=1 << 17)
def _target(base: str, link: str) -> tuple[str, str] | None:
    """The file of this site that a link leads to from a page or a folder, and the anchor in it.

    None where it leads elsewhere.
    """
    parts = urlsplit(urljoin(f"{HERE}{base}", link))
    if parts.netloc != HOST or parts.scheme not in {"http", "https"}:
        return None
    path = unquote(parts.path).lstrip("/")
    if not path or path.endswith("/"):
        path += "index.html"
    return path, unquote(parts.fragment)
