"""Every page of the real manual's site: no link leads nowhere, and every section is near from home.

Pages that together show whatever any page shows are opened in a browser under the site's own
policy: nothing is refused, nothing comes from outside, no page is wider than its screen. `just
long` opens all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag, urljoin

import pytest
from lxml import html

from tests.support.site.browsing import Served, Visit, needed
from tests.support.site.page_kinds import DRAFT, KEPT, sample

if TYPE_CHECKING:
    from pathlib import Path

CLICKS = 3
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
IS_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
HOME = "http://here/"


@dataclass(frozen=True, slots=True)
class Page:
    """Where a page leads within its site, and which places of it can be led to."""

    links: tuple[str, ...]
    ids: frozenset[str]


@pytest.fixture(scope="module")
def pages(published: Served) -> dict[str, Page]:
    """Every page by its address within the site."""
    folder = published.folder
    return {each: read(folder, each) for each in (*published.pages(), "404.html")}


def read(folder: Path, address: str) -> Page:
    file = folder / address
    page = html.fromstring((file / "index.html" if file.is_dir() else file).read_bytes())
    # An error page stands for any address: where its links start from is said in it.
    base = urljoin(HOME + address, page.xpath("string(//base/@href)"))
    links = (urljoin(base, link) for link in page.xpath("//article//a/@href"))
    own = (link.removeprefix(HOME) for link in links if link.startswith(HOME))
    return Page(tuple(own), frozenset(page.xpath("//@id")))


def test_every_link_and_anchor_leads_somewhere(pages: dict[str, Page], published: Served) -> None:
    assert len(pages) > 300
    for page, its in pages.items():
        for target in its.links:
            path, anchor = urldefrag(target)
            assert path in pages or (published.folder / path).is_file(), f"{page} → {target}"
            assert not anchor or path not in pages or anchor in pages[path].ids, (
                f"{page} → {target}"
            )


@pytest.mark.parametrize("version", ["", DRAFT, "0001/"])
def test_every_section_is_near_from_home(pages: dict[str, Page], version: str) -> None:
    reached, edge = {version}, {version}
    for _ in range(CLICKS):
        edge = {
            urldefrag(target).url for page in edge for target in links_of(pages, page)
        } - reached
        reached |= edge
    sections = [page for page in pages if page.startswith(f"{version}so-tay/")]
    assert sections
    assert [page for page in sections if page not in reached] == []


def links_of(pages: dict[str, Page], page: str) -> tuple[str, ...]:
    """The links of a page; a file that is none has none."""
    return pages[page].links if page in pages else ()


@needed[0]
@needed[1]
def test_every_kind_of_page_is_alone_quiet_and_within_its_width(
    guarded: Served, browser: Any
) -> None:
    visit = Visit(browser, guarded.address, 1280)
    refused = visit.watch_policy()
    wide = []
    for page in sample(guarded.folder):
        visit.tab.set_viewport_size(DESK)
        visit.go(page)
        for screen in (DESK, PHONE):
            visit.tab.set_viewport_size(screen)
            if visit.tab.evaluate(IS_WIDE):
                wide.append((page, screen["width"]))
    assert refused == []
    assert visit.trouble == []
    assert visit.outside == []
    assert wide == []


def test_the_pages_opened_are_of_every_kind_and_of_every_version(published: Served) -> None:
    opened = sample(published.folder)
    assert {page for page in opened if page.startswith(DRAFT)}
    assert {page for page in opened if KEPT.match(page)}
    assert {page for page in opened if not page.startswith(DRAFT) and not KEPT.match(page)}
    addresses = {page.rpartition(DRAFT)[2] for page in opened}
    assert addresses >= {
        "404.html",
        "bang-theo-doi/",
        "bieu-mau/",
        "chu-viet-tat/",
        "ho-so/",
        "ngay/",
    }
