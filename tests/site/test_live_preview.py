"""What makes a build quick changes nothing: tags read once, finished HTML left alone."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

import pytest

from qmstool.site.parts.raw_html import split_html
from qmstool.site.safety import page_audit
from qmstool.storage import files
from tests.support.site.audited import audit_site
from tests.support.site.scenes import built, write

if TYPE_CHECKING:
    from pathlib import Path

PIECES = [
    '<a href="../nope/">x</a>',
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    '<a href="javascript:alert(1)">',
    '<iframe src="x"></iframe>',
    '<a href="//evil/x">',
    '<img src="//evil/x.png">',
    '<a href="#nope">',
    "<link rel=stylesheet href=https://e/x.css>",
    '<svg><use xlink:href="https://e/#x"/></svg>',
    '<a href="../../../..">',
    '<a href="..">',
    '<a href="../">',
    '<a href="?x">',
    '<a href="">',
    "<meta http-equiv=refresh content=0>",
    "<!-- <script>x</script> -->",
    '<A HREF="javascript:x">',
    '<a href="x"y">',
    '<p style="background:url(//e)">',
    '<style>@import "x"</style>',
    "<textarea><script>z()</script></textarea>",
    '<script src="x.js"></script>',
    "</article><script>q()</script>",
    '<script type="application/json">{}</script>',
    "<article/>",
    '<math><mi href="data:x">',
    "<a href='jav&#x61;script:x'>",
    '<a href="%2e%2e/x">',
    '<form action="//e">',
    '<a href="../index.html#x">',
    "< script>x</ script>",
    "<script\n>y()</script\n>",
    "<scr\0ipt>a</scr\0ipt>",
    '<a/href="javascript:1">',
    "<b a=b/onclick=x>",
    "<b\fonclick=x>",
    "<",
    "<script>if(a<b)f()</script>",
    "<script><!--</script>",
    '<p title="<script>">',
    "a < b",
    "<p",
    "</p",
    "&lt;script&gt;",
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("quick")
    built(write(folder / "repo", {}), folder / "site")
    return folder / "site"


@pytest.mark.parametrize("seed", range(3))
def test_a_page_read_tag_by_tag_is_the_page_read_in_full(seed: int, site: Path) -> None:
    page = (site / "tai-lieu/qt-vp-01/index.html").read_text("utf-8")
    assert said(page_audit.read_page("p", page)) == said(page_audit._in_full("p", page))
    dice, places = random.Random(seed), [hit.end() for hit in re.finditer(">", page)]
    for _ in range(300):
        text = page
        for _ in range(dice.randint(1, 3)):
            at = dice.choice(places) if dice.random() < 0.8 else dice.randrange(len(text))
            text = text[:at] + dice.choice(PIECES) + text[at:]
        assert said(page_audit.read_page("p", text)) == said(page_audit._in_full("p", text))


def said(page: page_audit.PageAudit) -> tuple[list[str], set[str], set[tuple[str, bool]], bool]:
    return sorted(map(str, set(page.findings))), page.ids, set(page.links), page.guarded


def test_no_page_of_a_site_needs_to_be_read_in_full(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole: list[str] = []
    inside = page_audit._in_full

    def told(name: str, html: str, article: int = 0) -> page_audit.PageAudit:
        whole.append(name)
        return inside(name, html, article)

    monkeypatch.setattr(page_audit, "_in_full", told)
    assert audit_site(site) == ()
    assert [name for name in whole if name] == []


PAGE = """\
# Tên { #q-title }

<div class="a">

<p>Một <b>hai</b></p>

</div>

## Mục { #q-muc }

<p class="b">Ba *bốn*</p>
năm *sáu*

<div markdown="1">

bảy *tám*

</div>

<div class="mở">

- chín
"""


def test_finished_html_is_parted_from_markdown() -> None:
    assert [(piece.ready, " ".join(piece.text.split())) for piece in split_html(PAGE)] == [
        (False, "# Tên { #q-title }"),
        (True, '<div class="a"> <p>Một <b>hai</b></p> </div>'),
        (False, "## Mục { #q-muc }"),
        (True, '<p class="b">Ba *bốn*</p>'),
        (
            False,
            'năm *sáu* <div markdown="1"> bảy *tám* </div> <div class="mở"> - chín',
        ),
    ]


def test_no_blank_line_is_left_in_finished_html_where_markdown_would_begin() -> None:
    ready = [piece.text for piece in split_html(PAGE) if piece.ready]
    assert ready[0] == '<div class="a">\n<p>Một <b>hai</b></p>\n</div>\n'


def test_a_file_is_shared_and_a_folder_merged(tmp_path: Path) -> None:
    one = files.write(tmp_path, "old/a/x.txt", "x")
    two = files.link_or_copy(one, tmp_path / "new", "a/x.txt")
    assert two.read_text() == "x"
    assert two.stat().st_ino == one.stat().st_ino
    files.write(tmp_path, "more/b/y.txt", "y")
    files.move_contents(tmp_path / "more", tmp_path / "new")
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["a", "b"]
    assert (tmp_path / "new/b/y.txt").read_text() == "y"
