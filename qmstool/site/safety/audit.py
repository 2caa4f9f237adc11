"""Find what should not be in a built site: foreign scripts, handlers, other hosts, dead links.

It reads the finished files as a browser would, whatever made them, and so does not trust the
cleaning that came before.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from qmstool.frozen import dataclass
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

UNGUARDED = Text(
    "trang không mang chính sách an toàn nội dung", "a page without the content security policy"
)
DEAD = Text("liên kết không tới đâu", "a link that leads nowhere")
# The owner's style sheets lie here; what else lies with the assets comes with the theme or with us.
OWN_STYLES = "assets/own/"
FRAME_STYLES = "assets/"
NOT_UTF8 = "UTF-8?"
_ANYWHERE = "404.html"
# A link to the page itself, without a sign that addresses write otherwise.
_ANCHOR = re.compile(r"#[\w.-]+")


@dataclass(frozen=True, slots=True)
class LinkedPage:
    """What other pages have to know of one page, and what it has to know of them.

    `ids`: the anchors on it; `links`: each link to this site as written, the file and the anchor
    that it leads to, and whether it is fatal that it leads nowhere.
    """

    ids: frozenset[str]
    links: tuple[tuple[str, str, str, bool], ...]


def audit_page(name: str, html: str) -> tuple[LinkedPage, tuple[AuditFinding, ...]]:
    """Read one finished page; return its anchors and links, and everything wrong with itself."""
    page = read_page(name, html)
    findings = list(page.findings)
    if not page.guarded:
        findings.append(AuditFinding(name, UNGUARDED, ""))
    links: list[tuple[str, str, str, bool]] = []
    # Shown at any address, its links begin at the root of the server.
    written = {} if name == _ANYWHERE else dict.fromkeys(page.links)
    own = _target(name, "")
    for link, is_fatal in written:
        if own and _ANCHOR.fullmatch(link):
            target: tuple[str, str] | None = (own[0], link[1:])
        else:
            target = _target(*_rebased(name, link))
        if target is not None:
            links.append((link, *target, is_fatal))
    return LinkedPage(frozenset(page.ids), tuple(links)), tuple(findings)


def audit_styles(folder: Path) -> Iterator[AuditFinding]:
    """Yield what the style sheets of a built site may not load."""
    for path in sorted(folder.rglob("*.css")):
        yield from _foreign_style(path.relative_to(folder).as_posix(), path.read_bytes())
    for path in sorted(folder.rglob("*.svg")):
        name = path.relative_to(folder).as_posix()
        data = path.read_bytes()
        if not name.startswith(FRAME_STYLES) and rebuilt_drawing(data) != data:
            yield AuditFinding(name, SCRIPT, name)


def audit_links(
    folder: Path, pages: Mapping[str, LinkedPage], beside: frozenset[str] = frozenset()
) -> Iterator[AuditFinding]:
    """Yield the links of pages to pages, files and anchors of this site that are not there.

    `pages`: all of them, by file; `beside`: folders and files that will lie beside the pages.
    """
    files: dict[str, bool] = {}
    for name, page in pages.items():
        for link, path, anchor, is_fatal in page.links:
            there = pages.get(path)
            if there is not None:
                is_there = not anchor or anchor in there.ids
            elif path.partition("/")[0] in beside:
                is_there = True
            else:
                if path not in files:
                    files[path] = (folder / path).is_file()
                is_there = files[path]
            if not is_there:
                yield AuditFinding(name, DEAD, link, is_fatal)


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
