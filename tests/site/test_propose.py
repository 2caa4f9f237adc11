"""Where a change is proposed: at the title and at each section, by editor, letter, contact or form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from qmstool.site.pages.registry import pages
from qmstool.site.parts.render import PageRenderer
from tests.support.manuals import tiny, tiny_with
from tests.support.site.browsing import Served, Visit, needed
from tests.support.site.scenes import built, edition_of, released

if TYPE_CHECKING:
    from pathlib import Path

PAGE = "tai-lieu/qt-vp-01/"
FORM = "---\ncode: BM VP 01.09\ntype: form\ntitle: Phiếu đề nghị sửa đổi tài liệu\nparent: QT VP 01\n---\n"


def page(settings: str, more: dict[str, str] | None = None, *, draft: bool = True) -> str:
    """The HTML of QT VP 01 with some settings of the site."""
    manifest = tiny()["qms.yml"].decode() + settings
    edition = edition_of(tiny_with({"qms.yml": manifest, **(more or {})}), draft=draft)
    renderer = PageRenderer(edition, None)
    (made,) = [each for each in pages(edition) if each.address == PAGE]
    return renderer.render(made).html


@pytest.mark.parametrize(
    ("pattern", "title", "section"),
    [
        ("https://f.example/edit/{path}", "procedures/qt-vp-01.md", "procedures/qt-vp-01.md#L15"),
        (
            "https://f.example/edit/{path}#L{line}-L{end}",
            "procedures/qt-vp-01.md#L1-L1",
            "procedures/qt-vp-01.md#L15-L",
        ),
        ("https://f.example/edit?file={path}&line={line}", "qt-vp-01.md&amp;line=1", "line=15"),
    ],
)
def test_title_and_sections_lead_to_their_lines(pattern: str, title: str, section: str) -> None:
    html = page(f"\nsite: {{edit_url: '{pattern}'}}\n")
    head, _, rest = html.partition('id="muc-2"')
    assert title in head.partition('id="q-propose"')[2].partition("</p>")[0]
    assert section in rest.partition("</h2>")[0]


@pytest.mark.parametrize(
    ("settings", "more", "said", "at_section"),
    [
        (
            "\nsite: {contact: 'VP, vp@example.org, máy 12'}\n",
            {},
            "mailto:vp@example.org?subject=",
            "mailto:",
        ),
        ("\nsite: {contact: 'Phòng 12, máy 34'}\n", {}, "Phòng 12, máy 34", 'href="#q-propose"'),
        (
            "",
            {"procedures/bm-vp-01-09.md": FORM},
            "Phiếu đề nghị sửa đổi tài liệu",
            'href="#q-propose"',
        ),
    ],
)
def test_without_an_editor_the_contact_or_the_form_stands_there(
    settings: str, more: dict[str, str], said: str, at_section: str
) -> None:
    html = page(settings, more)
    head, _, rest = html.partition('id="muc-2"')
    assert said in head.partition('id="q-propose"')[2].partition("</p>")[0]
    assert at_section in rest.partition("</h2>")[0]


def test_where_nobody_is_to_be_asked_nothing_stands_there() -> None:
    assert "q-propose" not in page("")


@pytest.mark.browser
@needed[1]
def test_on_a_phone_it_is_seen_without_scrolling(tmp_path: Path, browser: Any) -> None:
    repo = released(tmp_path / "repo")
    manifest = (repo.folder / "qms.yml").read_text("utf-8")
    repo.commit("E", {"qms.yml": manifest + "\nsite: {edit_url: 'https://f.example/{path}'}\n"})
    built(repo.folder, tmp_path / "site")
    visit = Visit(browser, Served(tmp_path / "site" / "du-thao").address, 360)
    visit.tab.set_viewport_size({"width": 360, "height": 640})
    visit.go(PAGE)
    box = visit.tab.locator(".q-propose--title").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 640
