"""The site in a browser: versions, paper, and pages of a manual with a whole life."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from qmstool.site.build import build_script
from tests.support.site.audited import audit_site
from tests.support.site.browsing import Served, Visit, needed

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = needed


def test_no_link_of_the_built_files_leads_nowhere(published: Served, site: Served) -> None:
    # What the build says of itself lies beside the folders of all versions, once.
    beside = frozenset({build_script.NAME})
    assert [str(fault) for fault in audit_site(site.folder, beside)] == []
    assert [name for name in beside if not (published.folder / name).is_file()] == []


def test_versions_are_offered_and_a_past_one_says_so(released_home: Path, browser: Any) -> None:
    served = Served(released_home / "web")
    visit = Visit(browser, served.address, 1280)
    visit.go("qms/0001/tai-lieu/qt-vp-01/")
    visit.tab.wait_for_selector(".q-announce__past:visible")
    assert "không còn hiệu lực từ ngày 01/03/2025" in visit.tab.inner_text(".q-announce__past")
    options = visit.tab.eval_on_selector_all(
        ".q-versions option", "all => all.map(each => each.textContent)"
    )
    assert len(options) == 4
    visit.tab.select_option(".q-versions", label="Dự thảo")
    visit.tab.wait_for_url("**/qms/du-thao/")
    visit.go("qms/tai-lieu/qt-vp-01/")
    visit.tab.wait_for_selector(".q-versions")
    assert visit.tab.is_hidden(".q-announce__past")
    assert visit.trouble == []
    assert visit.outside == []


def test_a_printed_page_says_that_it_is_uncontrolled_and_when(site: Served, browser: Any) -> None:
    visit = Visit(browser, site.address, 1280)
    visit.go("tai-lieu/qt-bis-01/")
    assert visit.tab.is_hidden(".q-print")
    visit.tab.emulate_media(media="print")
    visit.tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert visit.tab.is_visible(".q-print")
    assert visit.tab.get_attribute(".q-print", "data-day")
    assert visit.tab.is_hidden(".md-header")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
def test_pages_of_a_manual_with_a_life_stay_within_their_width(
    released_home: Path, browser: Any, width: int, scheme: str
) -> None:
    served = Served(released_home / "web/qms")
    visit = Visit(browser, served.address, width, scheme)
    wide = []
    listed = ("bang-theo-doi/", "ban-do-dieu-khoan/", "cac-dot-ban-hanh/", "kiem-chung/")
    for page in (*listed, "tai-lieu/qt-vp-01/", "du-thao/tai-lieu/qt-vp-02/"):
        visit.go(page)
        visit.tab.evaluate(
            "document.querySelectorAll('article details').forEach(each => { each.open = true; })"
        )
        if visit.tab.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        ):
            wide.append(page)
    assert wide == []
    assert visit.outside == []
    assert visit.trouble == []
