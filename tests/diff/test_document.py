"""Redlines: sections found again, words compared, tables and lists readable, nothing that runs."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qmstool.diff.document import Redline, SectionChange, compare_versions
from qmstool.diff.format import comparison_columns, to_html, to_text
from qmstool.diff.words import Run, compare_words

OLD = """\
---
code: QT A 01
title: Quy trình mẫu
---
# Quy trình mẫu

Lời mở.

## 1. Mục đích {#muc-dich}

Quy trình này quy định cách tiếp nhận
hồ sơ của công dân.

## 2. Phạm vi

- các phòng chuyên môn
- bộ phận một cửa
    - quầy số 1

## 3. Lưu hồ sơ

| Hồ sơ | Thời hạn |
|---|---|
| Sổ tiếp nhận | 5 năm |
| Phiếu hẹn | 1 năm |

Lưu tại văn phòng, khóa trong tủ.
"""


def change(old: str, new: str, text: str = OLD) -> Redline:
    assert old in text
    return compare_versions([text], [text.replace(old, new)])


def only(made: Redline) -> SectionChange:
    (section,) = made.changed
    return section


def shown(section: SectionChange) -> list[str]:
    marks = {"same": "{}", "old": "[-{}-]", "new": "{{+{}+}}"}
    return [
        "|".join("".join(marks[run.kind].format(run.text) for run in cell) for cell in block.cells)
        for block in section.blocks
        if block.kind != "same"
    ]


def test_nothing_changed() -> None:
    assert compare_versions([OLD], [OLD]).changed == ()


def test_wrapping_lines_otherwise_is_no_change() -> None:
    assert change("cách tiếp nhận\nhồ sơ", "cách\ntiếp nhận hồ sơ").changed == ()


def test_a_word_in_a_paragraph() -> None:
    section = only(change("hồ sơ của công dân", "hồ sơ của tổ chức"))
    assert (section.key, section.kind, section.title) == ("#muc-dich", "changed", "1. Mục đích")
    assert shown(section) == [
        "Quy trình này quy định cách tiếp nhận hồ sơ của [-công dân-]{+tổ chức+}."
    ]


def test_a_number_is_one_word() -> None:
    assert compare_words("theo mục 5.2 và 12/2020", "theo mục 5.3 và 12/2021") == (
        Run("same", "theo mục "), Run("old", "5.2"), Run("new", "5.3"),
        Run("same", " và "), Run("old", "12/2020"), Run("new", "12/2021"),
    )  # fmt: skip


def test_blanks_between_two_changes_go_with_them() -> None:
    assert compare_words("một hai ba bốn", "một x y bốn") == (
        Run("same", "một "),
        Run("old", "hai ba"),
        Run("new", "x y"),
        Run("same", " bốn"),
    )


def test_a_list_item_of_its_own() -> None:
    section = only(change("- bộ phận một cửa\n", "- bộ phận một cửa\n- văn thư\n"))
    assert shown(section) == ["{+- văn thư+}"]


def test_a_cell_of_a_table() -> None:
    section = only(change("| Phiếu hẹn | 1 năm |", "| Phiếu hẹn | 2 năm |"))
    assert shown(section) == ["Phiếu hẹn|[-1-]{+2+} năm"]
    assert "<td>Phiếu hẹn</td><td><del>1</del><ins>2</ins> năm</td>" in to_html(
        compare_versions([OLD], [OLD.replace("1 năm", "2 năm")]), "vi"
    )


def test_a_new_column_shows_old_rows_and_new_rows() -> None:
    section = only(change("| Phiếu hẹn | 1 năm |", "| Phiếu hẹn | 1 năm | tủ A |"))
    assert shown(section) == ["[-Phiếu hẹn-]|[-1 năm-]", "{+Phiếu hẹn+}|{+1 năm+}|{+tủ A+}"]


def test_a_section_added_and_one_removed() -> None:
    made = change(
        "## 2. Phạm vi", "## 2. Giải thích từ ngữ\n\nHồ sơ là tập tài liệu.\n\n## 3. Phạm vi"
    )
    assert [(section.kind, section.title) for section in made.changed] == [
        ("added", "2. Giải thích từ ngữ"),
        ("changed", "3. Phạm vi"),
    ]
    gone = OLD[: OLD.index("## 3.")]
    assert [
        (section.kind, section.title) for section in compare_versions([OLD], [gone]).changed
    ] == [("removed", "3. Lưu hồ sơ")]


def test_a_renumbered_section_is_found_by_its_words() -> None:
    made = change("## 3. Lưu hồ sơ", "## 4. Lưu trữ")
    assert [(section.kind, section.old_title, section.new_title) for section in made.changed] == [
        ("changed", "3. Lưu hồ sơ", "4. Lưu trữ")
    ]
    assert "<del>3. Lưu hồ sơ</del> <ins>4. Lưu trữ</ins>" in to_html(made, "vi")


def test_a_moved_section_says_so_and_the_others_do_not() -> None:
    at, two = OLD.index("## 1."), OLD.index("## 2.")
    moved = OLD[:at] + OLD[two:] + "\n" + OLD[at:two]
    assert [
        (section.kind, section.moved, section.title)
        for section in compare_versions([OLD], [moved]).changed
    ] == [("same", True, "1. Mục đích")]


def test_front_matter_is_a_section() -> None:
    section = only(change("title: Quy trình mẫu", "title: Quy trình mới"))
    assert shown(section) == ["title: Quy trình [-mẫu-]{+mới+}"]
    assert "Thông tin kiểm soát" in to_text(
        compare_versions([OLD], [OLD.replace("title: Quy trình mẫu", "title: x")]), "vi"
    )


def test_code_is_compared_line_by_line_and_headings_in_it_are_none() -> None:
    text = "# A\n\n```\n# không phải tiêu đề\nmột\n```\n"
    assert shown(only(compare_versions([text], [text.replace("một\n", "hai\n")]))) == [
        "[-một-]",
        "{+hai+}",
    ]


def test_files_of_a_manual_are_sections_of_one_text() -> None:
    files = [
        "---\ncode: ST\n---\nMở.\n",
        "# 4.1. Bối cảnh\n\nMột.\n\n## Chung\n\nx\n",
        "# 4.2. Nhu cầu\n\nHai.\n\n## Chung\n\ny\n",
    ]
    made = compare_versions(files, [files[0], files[2], files[1].replace("Một", "Ba")])
    assert [(section.title, section.kind, section.moved) for section in made.changed][-1][:2] in {
        ("4.1. Bối cảnh", "changed"),
        ("Chung", "same"),
    }
    assert any(
        section.title == "4.1. Bối cảnh" and section.kind == "changed" for section in made.changed
    )


def test_the_comparison_in_columns() -> None:
    made = change("hồ sơ của công dân", "hồ sơ của tổ chức")
    assert list(comparison_columns(made, "vi")) == [
        (
            "1. Mục đích",
            (
                '<p class="changed">Quy trình này quy định cách tiếp nhận hồ sơ của <del>công '
                "dân</del>.</p>\n"
            ),
            (
                '<p class="changed">Quy trình này quy định cách tiếp nhận hồ sơ của <ins>tổ '
                "chức</ins>.</p>\n"
            ),
        )
    ]


def test_html_is_escaped_and_a_terminal_is_not_steered() -> None:
    made = change("Lời mở.", "Lời <script>alert(1)</script> & \x1b[2J mở.")
    assert "<script>" not in to_html(made, "vi")
    assert "\x1b" not in to_text(made, "vi")
    assert "\x1b[32;4m" in to_text(made, "vi", colour=True)


WORDS = st.lists(
    st.sampled_from(["hồ", "sơ", "5.2", ",", "|", "QT BIS 01", "\u00a0", "năm"]), max_size=12
).map(" ".join)


@given(WORDS, WORDS)
def test_runs_make_both_texts(old: str, new: str) -> None:
    runs = compare_words(old, new)
    assert "".join(run.text for run in runs if run.kind != "new") == old
    assert "".join(run.text for run in runs if run.kind != "old") == new
    assert all(one.kind != two.kind for one, two in pairwise(runs))


LINES = st.sampled_from(
    [
        "# A",
        "## 1. Một",
        "### **Hai** `ba`",
        "Ba\n===",
        "> # trích",
        "",
        "- mục",
        "  - con",
        "7. bảy",
        "- [x] xong",
        "chữ nghĩa",
        "> [!NOTE]",
        "> [!TIP]",
        "> lời trích",
        "[^1]: chú thích",
        "[^2]: # đầu",
        "[nhãn]: a.md 'Tên'",
        "[nhãn]: b.md",
        "| a | b |",
        "|---|---|",
        "| c | d | thừa |",
        "```python",
        "    mã",
        "<div>",
        "trong khối",
        "</div>",
        "<!-- ghi chú",
        "-->",
        '!!! note "Chú ý"',
        "    thân bài",
        "*[QT]: quy trình",
        ": nghĩa",
        "- ```",
        "3. > lời",
    ]
)
TEXTS = st.lists(LINES, max_size=14).map("\n".join)
WORD = re.compile(r"[^\W_]+")


def words_of(made: Redline, *, side: str) -> Counter[str]:
    """The words that a comparison shows of one side, titles included."""
    other, absent = {"old": ("new", "added"), "new": ("old", "removed")}[side]
    words: Counter[str] = Counter()
    for section in made.sections:
        words.update(WORD.findall(getattr(section, f"{side}_title")))
        runs = [
            run.text
            for block in section.blocks
            if block.kind != absent
            for cell in block.cells
            for run in cell
            if run.kind != other
        ]
        words.update(WORD.findall("\n".join(runs)))
    return words


@settings(max_examples=300)
@given(TEXTS, TEXTS)
def test_no_word_of_either_text_is_lost(old: str, new: str) -> None:
    made = compare_versions([old], [new])
    assert not Counter(WORD.findall(old)) - words_of(made, side="old")
    assert not Counter(WORD.findall(new)) - words_of(made, side="new")
    assert compare_versions([old], [old]).changed == ()


@pytest.mark.parametrize(
    ("old", "new", "block"),
    [
        ("[a][n]\n\n[n]: a.md", "[a][n]\n\n[n]: b.md", "[n]: [-a-]{+b+}.md"),
        ("x[^1]\n\n[^1]: một", "x[^1]\n\n[^1]: hai", "[^1]: [-một-]{+hai+}"),
        ("> [!NOTE]\n> lời", "> [!WARNING]\n> lời", "[![-NOTE-]{+WARNING+}]"),
        ('!!! note "A"\n    lời', '!!! note "B"\n    lời', '!!! note "[-A-]{+B+}"'),
        ("*[QT]: một nghĩa", "*[QT]: hai nghĩa", "*[QT]: [-một-]{+hai+} nghĩa"),
        ("7. ```\n   x\n   ```", "8. ```\n   x\n   ```", "[-7-]{+8+}."),
        ("## Đo {#do}", "## Đo {#luong}", "## Đo {#[-do-]{+luong+}}"),
        ("## [Đo](a.md)", "## [Đo](b.md)", "## [Đo]([-a-]{+b+}.md)"),
        ("Từ\n: một nghĩa", "Từ\n: hai nghĩa", ": [-một-]{+hai+} nghĩa"),
        ("- a\n  - b", "- a\n  - c", "- [-b-]{+c+}"),
        ("```py\nx\n```", "```sh\nx\n```", "```[-py-]{+sh+}"),
    ],
)
def test_what_stands_in_no_paragraph_is_compared_too(old: str, new: str, block: str) -> None:
    assert block in shown(only(compare_versions([old], [new])))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("một hai\nba", "một\r\nhai ba\r\n"),
        ("> một\n> hai", "> một hai"),
        ("- a\n  - b", "- a\n    - b"),
        ("- a\n- b", "- a\n\n- b"),
        ("| a |\n|---|\n| b |", "| a |\n|:---:|\n| b |"),
        ("Đầu\n===\n\nlời", "Đầu\n====\n\n\nlời"),
    ],
)
def test_what_is_laid_out_otherwise_is_the_same(old: str, new: str) -> None:
    assert compare_versions([old], [new]).changed == ()
