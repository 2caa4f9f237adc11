"""Every page of the real manual's site, opened once in a browser under the site's own policy.

Nothing is refused, nothing comes from outside, no page is wider than its screen, no link leads
nowhere, and every section of the manual is near from home.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.support.site.browsing import Served, Visit, needed

pytestmark = needed
# Pages of the kept release are those of the draft in another frame: one of each kind is opened.
KEPT = ("0001/", "0001/tai-lieu/")
DRAFT = "du-thao/"
CLICKS = 3
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
IS_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
HREFS = "all => all.map(each => new URL(each.getAttribute('href'), document.baseURI).href)"


@dataclass(slots=True)
class Walk:
    """What a browser met on all pages; links and ids by the page's address within the site."""

    address: str
    pages: list[str]
    visit: Visit
    refused: list[str]
    wide: list[tuple[str, int]] = field(default_factory=list)
    links: dict[str, list[str]] = field(default_factory=dict)
    ids: dict[str, set[str]] = field(default_factory=dict)


@pytest.fixture(scope="module")
def walk(guarded: Served, browser: Any) -> Walk:
    visit = Visit(browser, guarded.address, 1280)
    pages = [page for page in guarded.pages() if not page.startswith(KEPT[0])]
    made = Walk(guarded.address, [*pages, *KEPT, "404.html"], visit, visit.watch_policy())
    for page in made.pages:
        visit.tab.set_viewport_size(DESK)
        visit.go(page)
        for screen in (DESK, PHONE):
            visit.tab.set_viewport_size(screen)
            if visit.tab.evaluate(IS_WIDE):
                made.wide.append((page, screen["width"]))
        links = visit.tab.eval_on_selector_all("article a[href]", HREFS)
        made.links[page] = [
            link.removeprefix(made.address) for link in links if link.startswith(made.address)
        ]
        made.ids[page] = set(visit.tab.eval_on_selector_all("[id]", "all => all.map(e => e.id)"))
    return made


def test_every_page_is_alone_quiet_and_within_its_width(walk: Walk) -> None:
    assert len(walk.pages) > 150
    assert walk.refused == []
    assert walk.visit.trouble == []
    assert walk.visit.outside == []
    assert walk.wide == []


def test_every_link_and_anchor_leads_somewhere(walk: Walk, guarded: Served) -> None:
    for page, targets in walk.links.items():
        for target in targets:
            path, _, anchor = target.partition("#")
            assert path in walk.ids or (guarded.folder / path).exists(), f"{page} → {target}"
            assert not anchor or path not in walk.ids or anchor in walk.ids[path], (
                f"{page} → {target}"
            )


def test_every_section_is_near_from_home(walk: Walk) -> None:
    reached, edge = {DRAFT}, {DRAFT}
    for _ in range(CLICKS):
        edge = {
            target.partition("#")[0] for page in edge for target in walk.links.get(page, [])
        } - reached
        reached |= edge
    sections = [page for page in walk.pages if page.startswith(f"{DRAFT}so-tay/")]
    assert sections
    assert [page for page in sections if page not in reached] == []
