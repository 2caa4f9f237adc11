"""Habits of other people's texts that are no faults: tags, codes to be filled in, another standard."""

from __future__ import annotations

import pytest

from tests.support.manuals import check_tree, tiny_with

PAGE = "manual/1.2.md"


def told(text: str, slug: str, **more: str) -> list[str]:
    files = {PAGE: f"# 1.2. Thông tin dạng văn bản\n\n{text}\n", **more}
    report = check_tree(tiny_with(files))
    return [
        each.values.get("words", each.values.get("label", each.values.get("short", "")))
        for each in report.findings
        if each.slug == slug
    ]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Xem [KST][VW] và [QM][NZA]; [TM][5000].", []),
        ("Xem [QM][NZA][AB].", []),
        ("Hồ sơ ([BN][USER-ID]), [AB][X_2.1].", []),
        ("Xem [Bn][user-id].", ["user-id"]),
        ("Xem [bản vẽ][so-do].", ["so-do"]),
        ("Xem [Kst][vw].", ["vw"]),
        ("Xem [^1].", ["^1"]),
    ],
)
def test_tags_in_brackets_are_no_calls(text: str, labels: list[str]) -> None:
    assert told(text, "missing-reference") == labels


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Nhu cầu mang mã UN-XXX, mối nguy HS-XXX, phiếu XXX-2026.", []),
        ("Mã dạng YYYY/XXX.", []),
        ("Mã dạng UN-{CODE}-XXX.", []),
        ("- Trạng thái ban đầu đặt là `draft`", []),
        ("- Trạng thái: hoặc `a` hoặc `b`", []),
        ("Người phụ trách: XXX.", ["XXX"]),
        ("Tìm được \\<xxx\\> kết quả, vì \\[XXX\\].", []),
        ("Trong xx ngày, ở xxx nơi.", ["xx"]),
        ("- An toàn – N/A", []),
        ("- 10 ngày nếu có người bị thương hoặc\n- 30 ngày nếu không", []),
        ("| Tên | Số |\n|---|---|\n| Bút | 2 |\n| ... | |", []),
        ("| Tên | Số |\n|---|---|\n| Bút | ... |", ["..."]),
        ("| Tên | Số |\n|---|---|\n| ... | ... |", []),
        ("| Tên | Số |\n|---|---|\n| ___ | … |", []),
        ("| Tên | Số |\n|---|---|\n| ... | ... |\n| Bút | ... |", ["..."]),
        ("Tên: \\<tên thiết bị\\>. Ví dụ: XXX ca.", []),
        ("Tên: &lt;tên thiết bị&gt;, sau xx ngày.", []),
        ("Nhỏ hơn \\<5; sau xx ngày.", ["xx"]),
        ("TODO: viết tiếp.", ["TODO"]),
    ],
)
def test_a_placeholder_in_a_code_is_no_unfinished_text(text: str, words: list[str]) -> None:
    assert told(text, "unfinished-text") == words


def test_a_signature_mark_is_no_stray_sign() -> None:
    assert told("Ký: /s/ Ben West.", "stray-punctuation") == []
    assert told("Sản phẩm/ kết quả.", "stray-punctuation") != []
    assert told("Tốt lắm :)", "stray-punctuation") == []


@pytest.mark.parametrize(("times", "count"), [(1, 1), (2, 2), (3, 0), (9, 0)])
def test_what_an_author_does_everywhere_is_no_slip(times: int, count: int) -> None:
    for habit in ("Sản phẩm/ kết quả.", "Sản phẩm /kết quả.", "Vật tư- quy cách."):
        assert len(told("\n\n".join([habit] * times), "stray-punctuation")) == count


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("- **Consent** Consent of the person is given.", []),
        ("- e) Profiling Profiling means any use.", []),
        ("It is recorded and and kept.", ["and and"]),
        ("The The people.", ["The The"]),
    ],
)
def test_a_term_before_its_meaning_is_no_doubled_word(text: str, words: list[str]) -> None:
    assert told(text, "doubled-word") == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("- Mã GMDN:", []),
        ("Ví dụ: `PR1-V1.2`", []),
        ("Các việc phải làm trong năm:", ["năm:"]),
        ("- Các việc phải làm trong năm:", ["năm:"]),
    ],
)
def test_the_name_of_a_field_announces_nothing(text: str, words: list[str]) -> None:
    assert told(text, "announced-missing") == words


def test_words_of_a_standard_followed_are_not_of_an_old_edition() -> None:
    text = "Hành động phòng ngừa được lập hằng năm."
    assert told(text, "old-edition-word") == ["Hành động phòng ngừa"]
    catalogue = tiny_with({}).files["clauses/catalogues/tiny-1.yml"]
    assert isinstance(catalogue, bytes)
    titled = catalogue.decode() + '  "9": {vi: Hành động phòng ngừa, en: Preventive action}\n'
    more = {"clauses/catalogues/tiny-1.yml": titled}
    assert told(text, "old-edition-word", **more) == []


def test_all_abbreviations_are_listed() -> None:
    names = [f"Q{first}{second}Z" for first in "ABCDE" for second in "KLMNP"]
    text = "\n\n".join(f"Theo {name} hằng năm." for name in names)
    assert told(text, "abbreviation-undefined") == names
    listed = "schema: 1\nabbreviations: {QAKZ: {expansion: A B C}}\n"
    more = {"manual/abbreviations.yml": listed}
    assert told(text, "abbreviation-undefined", **more) == names[1:]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("A Periodic Safety Update Report is written.", 0),
        ("Periodic revalidation is done.", 1),
        ("Equipment is checked periodically.", 1),
    ],
)
def test_a_name_that_begins_with_periodic_asks_for_no_period(text: str, count: int) -> None:
    manifest = tiny_with({}).files["qms.yml"]
    assert isinstance(manifest, bytes)
    english = manifest.decode().replace("language: vi", "language: en")
    assert len(told(text, "period-missing", **{"qms.yml": english})) == count


@pytest.mark.parametrize(("count", "told_of"), [(5, 5), (6, 1)])
def test_many_links_of_another_tool_in_one_file_are_one_finding(count: int, told_of: int) -> None:
    text = " ".join(f"[x](WRT:{number})" for number in range(count))
    files = {PAGE: f"# 1.2. Thông tin\n\n{text} [y](javascript:alert)\n"}
    found = [each for each in check_tree(tiny_with(files)).findings if each.slug == "unsafe-link"]
    targets = [each.values["target"] for each in found]
    assert targets[-1] == "javascript:alert"
    assert targets[:-1] == ([f"WRT:{n}" for n in range(5)] if told_of == 5 else ["WRT:… (6)"])
    assert len(found[0].related) == (0 if told_of == 5 else 5)


def test_a_manual_most_of_which_names_no_owner_is_told_once() -> None:
    heads = {
        f"procedures/x{number}.md": f"---\ncode: QT VP {number}\ntype: procedure\n"
        f"title: Quy trình {number}\napprover: giam-doc\nowner: unknown\n---\n# Quy trình {number}\n"
        for number in range(20, 32)
    }
    files = {
        path: data.decode().replace("owner: VP", "owner: unknown")
        for path, data in tiny_with({}).files.items()
        if isinstance(data, bytes) and path.endswith(".md")
    }
    found = [
        each
        for each in check_tree(tiny_with({**files, **heads})).findings
        if each.slug == "unknown-owner"
    ]
    assert len(found) == 1
    assert found[0].message.en.startswith(
        f"Nobody is named as the owner of this document and of others: {len(found[0].related)}, so"
    )
    one = heads | {"procedures/x20.md": heads["procedures/x20.md"].replace("unknown", "VP")}
    found = [
        each
        for each in check_tree(tiny_with({**files, **one})).findings
        if each.slug == "unknown-owner"
    ]
    assert len(found) == 1
    few = {path: text.replace("unknown", "VP") for path, text in heads.items()}
    report = check_tree(tiny_with({**files, **few}))
    assert all(not each.related for each in report.findings if each.slug == "unknown-owner")


@pytest.mark.parametrize(("times", "count"), [(1, 1), (2, 2), (3, 0)])
def test_what_a_file_does_all_along_is_its_way_of_writing_codes(times: int, count: int) -> None:
    for words in ("qt vp 01", "QT-VP-01", "QT_VP_01"):
        text = "\n\n".join([f"Theo {words}."] * times)
        assert len(told(text, "code-spelled-otherwise")) == count


def test_names_of_files_count_as_ways_of_writing_a_code() -> None:
    named = "Theo QT_VP_01; tệp `QT_VP_03_a.md`, `QT_VP_04_b.md`."
    assert told(named, "code-spelled-otherwise") == []
    assert len(told("Theo QT_VP_01; tệp `QT_VP_03_a.md`.", "code-spelled-otherwise")) == 1
    other = "Theo QT-VP-01; tệp `QT_VP_03_a.md`, `QT_VP_04_b.md`."
    assert len(told(other, "code-spelled-otherwise")) == 1


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        (["## A", "### 1. x", "### 2. y", "## B", "### 1. z"], 0),
        (["## A", "### 1. x", "### 2. y", "## B", "### 3. z"], 0),
        (["## A", "### 1. x", "### 2. y", "### Z", "### 4. z"], 1),
        (["## A", "### 2. x", "### Y", "### 1. z"], 1),
        (["## 1. A", "### 1.2. x", "### 1.2.B y", "### 1.3. z"], 0),
        (["## 1. A", "### 1.2. x", "### 1.2a y", "### 1.3. z"], 0),
        (["## 1. A", "### 1.1. x", "### 1. 2. y", "### 1.3. z"], 0),
        (["## 1. A", "### 1.1. x", "### 1.3. z"], 1),
        (["## 1. A", "### 1.1 - 1.2 x", "### 1.3. z"], 0),
        (["## 1. A", "### 1.1 – 1.3 x", "### 1.3. z"], 1),
        (["## 1. A", "### 1.1 đến 1.2. x", "### 1.4. z"], 1),
        (["## 1. A", "### 1.1. x", "#### 1.2. y", "### 1.3. z"], 1),
        (["## 4.1. A", "### 4.2. x", "### 4.3. y"], 1),
        (["## 5. A", "### 6. x", "### 7. y", "## 6. B", "### 7. z"], 2),
        (["### A", "### B"], 0),
        (["### A", "## B", "### C"], 1),
        (["#### A"], 1),
        (["## A", "#### B", "#### C"], 0),
    ],
)
def test_numbers_are_compared_under_one_heading(lines: list[str], count: int) -> None:
    page = "# 2.1. Đánh giá\n\n" + "\n\n".join(lines) + "\n"
    report = check_tree(tiny_with({"manual/2.1.md": page}))
    assert sum(each.slug == "heading-order" for each in report.findings) == count


def test_a_heading_with_a_colon_is_told_where_it_has_a_number() -> None:
    assert told("## Ghi chú:\n\nKhông.", "stray-punctuation") == []
    assert told("## 1. Ghi chú:\n\nKhông.", "stray-punctuation") == ["1. Ghi chú:"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Nêu như sau:\n\n    mã máy\n\nHết.", []),
        ("Nêu như sau:\n\n\tmã máy\n\nHết.", []),
        ("Nêu như sau:\n\n## A\n\nMột.", []),
        ("## A\n\nNêu như sau:\n\n### B\n\nMột.", []),
        ("## A\n\nNêu như sau:\n\n## B\n\nMột.", ["như sau:"]),
        ("### A\n\nNêu như sau:\n\n## B\n\nMột.", ["như sau:"]),
        ("Nêu như sau:", ["như sau:"]),
    ],
)
def test_code_and_lower_headings_are_what_was_announced(text: str, words: list[str]) -> None:
    assert told(text, "announced-missing") == words


@pytest.mark.parametrize(
    ("row", "count"),
    [
        ("| 1 | 2 | 3 |", 1),
        ("| 1 | 2 | |", 0),
        ("| 1 | 2 | | 4 |", 1),
        ("| 1 |", 1),
        ("| 1 |\n| 2 |", 1),
        ("| 1 | 2 | 3 |\n| 1 |", 2),
    ],
)
def test_rows_are_told_once_a_table_where_words_are_lost(row: str, count: int) -> None:
    assert len(told(f"| A | B |\n|---|---|\n{row}", "shown-otherwise")) == count


def test_a_row_that_ends_in_empty_cells_shifts_nothing() -> None:
    head = "| A | B | C | D |\n|---|---|---|---|\n"
    assert told(f"{head}| 1 | 2 |  |", "shown-otherwise") == []
    assert len(told(f"{head}| 1 | 2 | 3 |", "shown-otherwise")) == 1


@pytest.mark.parametrize(
    "tag",
    ["<o:p></o:p>", "</o:p>", "<v:shape>", "<w:sdt>", '<p class="MsoNormal">', '<b style="mso-a">'],
)
def test_tags_of_a_text_processor_are_told_whichever_they_are(tag: str) -> None:
    assert len(told(f"Thực hiện {tag} theo đó.", "shown-otherwise")) == 1
    assert told("Tỷ lệ a < b, mẫu mso-1 và v:shape, o:p.", "shown-otherwise") == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Ghi vào `QTVP01` và `QT VP 1`.", 0),
        ("Ghi vào QTVP01.", 1),
        ("Ghi vào `bảng QTVP01`, ``QTVP 01``.", 0),
    ],
)
def test_a_name_in_code_is_no_miswritten_code(text: str, count: int) -> None:
    assert len(told(text, "miswritten-code")) == count


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("## Lịch sử thay đổi\n\n| Bản | Việc |\n|---|---|\n| 2 | Bỏ QT VP 77 |", []),
        ("## Lịch sử thay đổi\n\n### Bản 2\n\nBỏ QT VP 77.", []),
        ("## Thay đổi\n\nBỏ QT VP 77.", ["QT VP 77"]),
    ],
)
def test_codes_in_a_history_are_of_their_time(text: str, words: list[str]) -> None:
    assert told(text, "unknown-code") == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Tệp [QT VP 77-1_Phieu.docx](https://example.org/a.docx).", []),
        ("Tệp QT VP 77-a_b.", []),
        ("Theo QT VP 77-1.", ["QT VP 77"]),
        ("Theo QT VP 77.", ["QT VP 77"]),
    ],
)
def test_a_code_is_not_whole_within_a_name_of_a_file(text: str, words: list[str]) -> None:
    assert told(text, "unknown-code") == words


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("A $\\rightarrow$ B, C $\\Leftrightarrow$ D.", 2),
        ("Giá 5 $\\a.", 0),
        ("[cite_start]**Soạn:** người viết[cite: 238, 240].", 2),
        ("Xem [cite] và [trích: 2].", 0),
    ],
)
def test_what_other_programs_leave_is_told(text: str, count: int) -> None:
    assert len(told(text, "shown-otherwise")) == count
