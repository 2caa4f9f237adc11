"""Markdown of other programs is put in the words of ours, and every word is accounted for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qmstool.cli.main import main
from qmstool.importing.accounting import Account, account
from qmstool.importing.dialects.reader import read_markdown
from qmstool.importing.draft import bare_words
from qmstool.importing.markdown.writer import Writer
from qmstool.importing.structure import settle_headings
from tests.support.machine import time_limit

if TYPE_CHECKING:
    from pathlib import Path

    from qmstool.importing.blocks import Source


def taken(text: str) -> tuple[str, Source, Account]:
    """Return what a text becomes, how it was read, and the account of its words."""
    source = read_markdown(text.encode(), "a.md")
    writer = Writer({}, {}, "")
    titles = [block for block in source.blocks if not hasattr(block, "rows") and block.title]
    writer.write(settle_headings([block for block in source.blocks if block not in titles]))
    made = writer.text()
    result = account(
        raw=[words for _, words in source.raw],
        placed=[made],
        left_out=[piece.text for piece in source.left_out] + [bare_words(each) for each in titles],
        added=writer.added,
        converted=source.converted,
    )
    return made.strip("\n"), source, result


def written(text: str) -> tuple[str, Source]:
    """Return what a text becomes, every word of it accounted for."""
    made, source, result = taken(text)
    assert (result.missing, result.extra) == ((), ())
    return made, source


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        # MkDocs
        ('!!! note "Chú ý"\n    Đọc kỹ.\n\n    - Một\n\nSau.', "> [!NOTE]\n> **Chú ý**\n>\n> Đọc kỹ.\n>\n> - Một\n\nSau."),
        ("??? danger\n    Nóng.\nSau.", "> [!CAUTION]\n> Nóng.\n\nSau."),
        ('=== "Bước 1"\n    Làm.\n', "**Bước 1**\n\nLàm."),
        ("[TOC]\n\nChữ.", "Chữ."),
        ("*[QT]: Quy trình", "QT: Quy trình"),
        ("Chữ {: .lớn }".replace("lớn", "lon"), "Chữ"),
        # Docusaurus
        (":::note\nTrong.\n:::", "> [!NOTE]\n> Trong."),
        (":::tip[Mẹo]\nTrong.\n\n:::danger\nSâu.\n:::\nNgoài.\n:::\nSau.", "> [!TIP]\n> **Mẹo**\n>\n> Trong.\n>\n> > [!CAUTION]\n> > Sâu.\n>\n> Ngoài.\n\nSau."),
        ("import Tabs from '@theme/Tabs';\n\n<Tabs>Chữ</Tabs>", "Chữ"),
        # pandoc, Quarto
        ('::: {.callout-warning title="Coi chừng"}\nNóng.\n:::', "> [!WARNING]\n> **Coi chừng**\n>\n> Nóng."),
        ("::: {.cot}\nTrong.\n:::\n", "Trong."),
        ("[Chữ]{.nho} và H~2~O, m^2^", "Chữ và H<sub>2</sub>O, m<sup>2</sup>"),
        ("Trang\n\n\\newpage\n\nSau", "Trang\n\nSau"),
        # Obsidian, wikis
        ("> [!abstract]+ Tóm tắt\n> Trong.", "> [!NOTE]\n> **Tóm tắt**\n>\n> Trong."),
        ("> [!warning]\n> Trong.", "> [!warning]\n> Trong."),
        ("Xem [[QT 01]] và [[QT 02#Mục|mục kia]]. ^abc", "Xem QT 01 và mục kia."),
        ("%% ẩn %% ==Quan trọng==", "**Quan trọng**"),
        # any
        ("Tên\n===\n\nMục\n---\n\nChữ.\n\nKhác\n---", "# Mục\n\nChữ.\n\n# Khác"),
        ("[trong](../a.md) [ngoài](https://example.org/x) [neo](#muc)", "trong [ngoài](https://example.org/x) neo"),
        ('![Sơ đồ](a/b.png "Hình 1") ![](c.png)', "\\[Sơ đồ\\] \\[c.png\\]"),
        ("Một <!-- ẩn\nhai --> ba", "Một  ba"),
        ("[//]: # (ghi chú)\nChữ", "Chữ"),
        ('<div class="x">Chữ <b>đậm</b><br>dòng</div>', "Chữ <strong>đậm</strong><br>dòng"),
        ("```python\n!!! note\n[[x]] {.y}\n```", "```python\n!!! note\n[[x]] {.y}\n```"),
        ("Mã `[[x]]` và `{{ y }}`", "Mã `[[x]]` và `{{ y }}`"),
        ("1. Một\n3. Ba\n\n   - Con", "1. Một\n3. Ba\n\n   - Con"),
        ("Xem[^a].\n\n[^a]: Chú thích.", "Xem[^a].\n\n[^a]: Chú thích."),
        ('Xem [trang][r].\n\n[r]: https://example.org "Tên"', 'Xem [trang][r].\n\n[r]: https://example.org "Tên"'),
        ("    mã thụt\n    dòng", "    mã thụt\n    dòng"),
        ("| A | B |\n|---|--:|\n| *a* | b \\| c |", "| A | B |\n| --- | --- |\n| *a* | b \\| c |"),
        ("<table><thead><tr><th>A</th><th>B</th></tr></thead><tr><td rowspan='2'>1</td><td>2</td></tr><tr><td>3</td></tr></table>", "| A | B |\n| --- | --- |\n| 1 | 2 |\n| 1 | 3 |"),
        ("<table><tr><th colspan=2>A</th></tr><tr><td>1</td><td>2 &lt; 3</td></tr></table>", '<table>\n<tr><th colspan="2">A</th></tr>\n<tr><td>1</td><td>2 &lt; 3</td></tr>\n</table>'),
    ],
)  # fmt: skip
def test_a_dialect_becomes_ours(typed: str, made: str) -> None:
    assert written(typed)[0] == made


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("---\ntitle: Kiểm soát\ncode: QT-01\nrevision: '3'\nlayout: x\n---\nChữ", {"title": "Kiểm soát", "code": "QT-01", "revision": "'3'"}),
        ('+++\ntitle = "Kiểm soát"\n+++\nChữ', {"title": "Kiểm soát"}),
        ("---\nChữ không có đuôi", {}),
        ("Chữ\n---\n", {}),
    ],
)  # fmt: skip
def test_the_head_of_another_program_says_what_the_document_is(
    typed: str, said: dict[str, str]
) -> None:
    _, source = written(typed)
    assert {key: value for key, value, _ in source.says} == {
        key: value.strip("'") for key, value in said.items()
    }


@pytest.mark.parametrize(
    ("typed", "told", "weight"),
    [
        ('--8<-- "a.md"', "a.md", 0),
        ("{% include 'a.html' %}", "include", 0),
        ("Giá {{ gia }}", "{{ gia }}", 1),
        ("![[anh.png]]", "anh.png", 0),
        ("[a](b.md)", "b.md", 1),
        ("[[Trang]]", "Trang", 1),
    ],
)
def test_what_leads_elsewhere_is_told(typed: str, told: str, weight: int) -> None:
    _, source = written(typed)
    (doubt,) = source.doubts
    assert told in doubt.message.vi
    assert told in doubt.message.en
    assert doubt.weight == weight


PIECES = st.sampled_from(
    [
        "!!! note", '!!! tip "Tên"', "    thụt vào", "??? warning", ":::note Tên", ":::", "::: {.x}", "> [!info] Tên",
        "> trích", "[TOC]", "[[a|b]]", "[x]{.y}", "![a](b.png)", "==a==", "Tên", "====", "----", "---", "# A", "## B {#b}",
        "- a", "1. b", "   - c", "| a | b |", "|---|---|", "<div>", "</div>", "<table><tr><td>a</td></tr></table>", "<td>",
        "```", "~~~", "`", "``", "<!--", "-->", "%%", "[^a]", "[^a]: b", "[r]: https://example.org 't'", "{{ a }}", "{% a %}",
        "{: .x }", "", "", "chữ thường", "\ttab", "*[A]: B", "&lt;", "\\[a\\]", '=== "T"', "+++", "$$x$$", "<b>a", "a | b",
    ]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=12), st.sampled_from(["\n", " ", "\n\n"]))
def test_no_word_is_lost_whatever_stands_beside_what(pieces: list[str], between: str) -> None:
    _, _, result = taken(between.join(pieces))
    assert (result.missing, result.extra) == ((), ())


@pytest.mark.parametrize("sign", ["[", "`", "{", ":::", "<", "!!! ", "%%", "~", "^", "> ", "|"])
def test_signs_by_the_thousand_are_read_within_bounds(sign: str) -> None:
    with time_limit():
        _, _, alone = taken(sign * 19_000)
        _, _, lines = taken(f"{sign} a\n" * 2_000)
    assert (alone.missing, alone.extra) == ((), ())
    assert (lines.missing, lines.extra) == ((), ())


def test_a_markdown_file_is_taken_in(tmp_path: Path) -> None:
    file = tmp_path / "QT-01 Kiểm soát.md"
    file.write_text(
        "---\ncode: QT-VP-05\n---\n# Kiểm soát tài liệu\n\n## 1. Mục đích\n\n!!! note\n    Chữ.\n\n"
        "## 2. Hồ sơ\n\n| Tên hồ sơ | Nơi lưu | Thời gian lưu |\n|---|---|---|\n| Sổ | VP | 3 năm |\n",
        "utf-8",
    )
    folder = tmp_path / "m"
    assert main(["init", str(folder), "--name", "A", "--yes", "--from", str(file)]) == 0
    text = (folder / "procedures/qt-vp-05.md").read_text("utf-8")
    assert "title: Kiểm soát tài liệu" in text
    assert "# Kiểm soát tài liệu\n\n## 1. Mục đích\n\n> [!NOTE]\n> Chữ.\n" in text
    assert "title: Sổ" in (folder / "procedures/records.yml").read_text("utf-8")
    assert main(["check", "--root", str(folder), "--no-cache"]) == 0
    report = json.loads((folder / "import-report.json").read_text("utf-8"))
    assert report["words"][file.name]["missing"] == []
