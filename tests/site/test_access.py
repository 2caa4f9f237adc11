"""Everybody can use every kind of page: axe-core, by day and night, on desk and phone; and keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest

from tests.support.site.browsing import Served, Visit, needed

pytestmark = needed
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
# Colours that are still fading from one scheme into the other are nobody's: every transition is
# brought to its end first.
RUN = """([context, only]) => {
  const finite = each => each.effect.getComputedTiming().iterations < Infinity;
  document.getAnimations().filter(finite).forEach(each => each.finish());
  const told = (rule, node) => `${rule.id}: ${node.html.slice(0, 120)}: ${node.failureSummary}`;
  return axe.run(context, {resultTypes: ['violations'], ...only}).then(
    found => found.violations.flatMap(rule => rule.nodes.map(node => told(rule, node))));
}"""
EVERYTHING: dict[str, Any] = {}
COLOURS: dict[str, Any] = {"runOnly": ["color-contrast", "link-in-text-block"]}
# By night nothing differs but colours: what a phone shows has them there, and what only a desk
# shows (the menu, the list of sections) is the same on all pages of a version.
VIEWS = (
    (1280, 900, "light", EVERYTHING),
    (390, 844, "dark", EVERYTHING),
)
NIGHT_AT_A_DESK = (1280, 900, "dark", COLOURS)
# The menu is the same on all pages of a version, and on most of them it is most of the page; so are
# the rows of a long table.
MENU = ".md-sidebar--primary .md-nav__list"
LATER_ROWS = "tbody tr:nth-child(n+21)"


def violations(visit: Visit, where: str, *, menu: bool = True) -> list[str]:
    """What axe-core finds on the page as it stands, by day and night, on desk and phone."""
    context = {"include": "html", "exclude": [LATER_ROWS] if menu else [LATER_ROWS, MENU]}
    visit.tab.evaluate(AXE)
    found = []
    for width, height, scheme, rules in (*VIEWS, NIGHT_AT_A_DESK) if menu else VIEWS:
        visit.tab.set_viewport_size({"width": width, "height": height})
        visit.tab.emulate_media(color_scheme=scheme)
        wanted = {"light": "default", "dark": "slate"}[scheme]
        visit.tab.wait_for_selector(f"body[data-md-color-scheme={wanted}]")
        found += [
            f"{where} {width} {scheme}: {each}"
            for each in visit.tab.evaluate(RUN, [context, rules])
        ]
    return found


@pytest.mark.slow
def test_axe_finds_no_violation_on_any_kind_of_page(
    kinds: tuple[Served, tuple[str, ...]], browser: Any
) -> None:
    served, pages = kinds
    visit = Visit(browser, served.address, 1280)
    found: list[str] = []
    menus_seen: set[str] = set()
    for page in pages:
        visit.go(page)
        assert visit.tab.locator("main h1").count() == 1, page
        visit.tab.evaluate(
            "document.querySelectorAll('article details').forEach(each => { each.open = true; })"
        )
        version = page.partition("/")[0] if page.startswith(("0", "du-thao/")) else ""
        found += violations(visit, page, menu=version not in menus_seen)
        menus_seen.add(version)
    assert found == []


def test_axe_finds_no_violation_in_the_open_search(published: Served, browser: Any) -> None:
    visit = Visit(browser, published.address, 1280)
    visit.go("")
    visit.tab.click(".q-search")
    visit.tab.keyboard.type("danh gia noi bo")
    visit.tab.wait_for_selector(".md-search-result__link")
    assert violations(visit, "search") == []


def test_axe_would_find_something(published: Served, browser: Any) -> None:
    visit = Visit(browser, published.address, 1280)
    visit.go("tai-lieu/")
    visit.tab.evaluate(
        "document.querySelector('article').insertAdjacentHTML('beforeend', '<img "
        "src=x><button></button>')"
    )
    assert {each.split(": ")[1] for each in violations(visit, "")} >= {"image-alt", "button-name"}
