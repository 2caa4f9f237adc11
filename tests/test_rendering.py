"""An author's Markdown as clean HTML: titles of alerts, anchors, abbreviations, and what is cut."""

from __future__ import annotations

import pytest

from qmstool.parsing.markdown.alerts import ALERTS
from qmstool.rendering import PageHeading, Renderer


def test_alerts_have_titles_in_the_language_of_the_page() -> None:
    text = "> [!WARNING]\n> Đừng.\n"
    assert Renderer("vi").render(text).html == (
        '<div class="admonition warning">\n<p class="admonition-title">Cảnh báo</p>\n'
        "<p>Đừng.</p>\n</div>\n"
    )
    assert ">Warning<" in Renderer("en").render(text).html


@pytest.mark.parametrize("kind", ["note", "tip", "important", "warning", "caution"])
def test_every_kind_of_alert_has_a_title(kind: str) -> None:
    html = Renderer("vi").render(f"> [!{kind.upper()}]\n> Chữ.\n").html
    assert f'<p class="admonition-title">{ALERTS[kind].vi}</p>' in html


def test_notes_of_the_old_dialect_look_as_they_did() -> None:
    html = Renderer("vi").render('!!! note "Lưu ý"\n    Giữ lại.\n\n??? tip\n    Gập.\n').html
    assert html == (
        '<div class="admonition note">\n<p class="admonition-title">Lưu ý</p>\n'
        '<p>Giữ lại.</p>\n</div>\n<details class="tip">\n<summary>Tip</summary>\n'
        "<p>Gập.</p>\n</details>\n"
    )


def test_every_heading_has_an_anchor_and_a_link_to_it() -> None:
    made = Renderer("vi", permalink="Tới đây").render("## 2. Cách *làm*\n\n## Khác {#rieng}\n")
    assert made.headings == (
        PageHeading(2, "muc-2", "2. Cách làm"),
        PageHeading(2, "rieng", "Khác"),
    )
    assert made.html.startswith(
        '<h2 id="muc-2">2. Cách <em>làm</em><a class="headerlink" href="#muc-2" title="Tới đây"'
    )


@pytest.mark.parametrize("attributes", ["{#a}", "{ #a }", "{: #a }", "{#a .b onclick=x}"])
def test_of_what_is_typed_behind_a_heading_the_id_counts_alone(attributes: str) -> None:
    assert Renderer("vi").render(f"## Mục {attributes}\n").html == '<h2 id="a">Mục</h2>\n'


def test_a_heading_of_many_words_has_an_anchor_that_a_page_keeps() -> None:
    """An id of over 200 letters is left out, and the list of contents led nowhere."""
    long = "Đề mục rất dài " * 40
    made = Renderer("vi").render(f"# {long}\n\n# {long}\n\n# {'ổ' * 500}\n")
    anchors = [heading.anchor for heading in made.headings]
    assert [len(anchor) <= 200 for anchor in anchors] == [True] * 3
    assert len(set(anchors)) == 3
    assert [f'id="{anchor}"' in made.html for anchor in anchors] == [True] * 3


def test_a_title_is_left_to_the_page_and_keeps_its_anchor_to_itself() -> None:
    made = Renderer("vi").render("# Mục đích\n\n## Mục đích\n", title="QT VP 01 · Mục đích")
    assert made.headings == (PageHeading(2, "muc-dich-1", "Mục đích"),)
    assert made.html == '<h2 id="muc-dich-1">Mục đích</h2>\n'


def test_only_a_title_at_the_very_top_is_one() -> None:
    made = Renderer("vi").render("Chữ.\n\n# Tên\n", title="Tên")
    assert made.html == '<p>Chữ.</p>\n<h1 id="ten">Tên</h1>\n'


@pytest.mark.parametrize("heading", ["QT-VP-01. Tên", "Tên (QT VP 01)", "TÊN", "Quy trình tên"])
def test_a_title_in_other_words_or_with_its_code_is_one(heading: str) -> None:
    made = Renderer("vi").render(f"# {heading}\n\nChữ.\n", title="QT VP 01 · Quy trình tên")
    assert made.html == "<p>Chữ.</p>\n"
    assert made.headings == ()


def test_a_first_heading_that_says_something_else_is_shown() -> None:
    text = "# 1. Thông tin chung\n\nChữ.\n"
    made = Renderer("vi").render(text, title="QT VP 01 · Quy trình tên")
    assert ">1. Thông tin chung</h1>" in made.html
    assert [each.words for each in made.headings] == ["1. Thông tin chung"]
    assert "Thông tin chung" in Renderer("vi").render_plain(text, 0, title="Tên", notes="")


@pytest.mark.parametrize("unseen", ["<!-- ghi chú -->", '<link rel="stylesheet" href="a.css">'])
def test_a_title_below_what_nobody_sees_is_left_to_the_page(unseen: str) -> None:
    text = f"{unseen}\n\n# Tên\n\n## Mục\n"
    made = Renderer("vi").render(text, title="Tên")
    assert made.html.strip() == '<h2 id="muc">Mục</h2>'
    assert made.headings == (PageHeading(2, "muc", "Mục"),)
    assert "Tên" not in Renderer("vi").render_plain(text, 0, title="Tên", notes="")


def test_a_title_below_html_that_is_seen_stays() -> None:
    made = Renderer("vi").render("<p>Chữ.</p>\n\n# Tên\n", title="Tên")
    assert '<h1 id="ten">Tên</h1>' in made.html


def test_words_of_headings_are_safe_in_the_contents() -> None:
    made = Renderer("vi").render("## A &lt;b&gt; <i>c</i> & `<d>`\n")
    assert made.headings[0].words == "A &lt;b&gt; c &amp; &lt;d&gt;"


def test_abbreviations_of_the_manual_and_of_the_text_are_explained() -> None:
    renderer = Renderer("vi", abbreviations={"HTQL": "hệ thống <quản lý>", "VP": "Văn phòng"})
    html = renderer.render("HTQL, VP, `VP`.\n\n*[VP]: nơi khác\n").html
    assert html == (
        '<p><abbr title="hệ thống &lt;quản lý&gt;">HTQL</abbr>, <abbr title="nơi khác">VP</abbr>, '
        "<code>VP</code>.</p>\n"
    )


def test_tasks_are_boxes_that_nobody_can_tick() -> None:
    html = Renderer("vi").render("- [x] xong\n- [ ] chưa\n").html
    assert html.count('type="checkbox" disabled=""') == 2
    assert html.count("checked") == 1


def test_nothing_of_a_text_reaches_past_it() -> None:
    assert Renderer("vi").render("</div></article>\n\n<div class='mở'>\n").html.strip() == (
        "<div>\n</div>"
    )


def test_on_paper_there_are_no_links_and_notes_of_two_texts_do_not_meet() -> None:
    text = "---\na: b\n---\n# Tên\n\n[Xem](a.md)[^1].\n\n[^1]: Chú thích.\n"
    html = Renderer("vi").render_plain(text, text.index("# Tên"), title="Tên", notes="2-")
    assert "<a" not in html
    assert "Tên" not in html
    assert 'id="fn-2-1"' in html
