"""What is told of a file typed or saved wrongly: the true cause, at the true place, once, with what to write."""

from __future__ import annotations

import unicodedata

import pytest

from tests.support.manuals import check_tree, finding_lines, tiny, tiny_with

DOCUMENT = tiny()["procedures/qt-vp-01.md"].decode()
DATA, BODY = DOCUMENT.removeprefix("---\n").split("---\n", 1)
PATH = "procedures/qt-vp-01.md"


def findings(path: str, text: str | bytes) -> list[tuple[str, str, str, str | None]]:
    """Rule, line:column:length, Vietnamese message and suggestion of each finding."""
    report = check_tree(tiny_with({path: text}))
    places = [(each, each.location) for each in report.findings]
    return [
        (
            each.slug,
            f"{place.line}:{place.column}:{place.end_column - place.column}",
            each.message.vi,
            each.suggestion,
        )
        for each, place in places
    ]


@pytest.mark.parametrize(
    ("text", "place", "cause", "meant"),
    [
        (f"—\n{DATA}—\n{BODY}", "1:1:1", "ở đây là «—»", "---"),
        (f"---\n{DATA}—\n{BODY}", f"{DATA.count(chr(10)) + 2}:1:1", "ở đây là «—»", "---"),
        (f"----\n{DATA}---\n{BODY}", "1:1:4", "ở đây là «----»", "---"),
        (f"\n\n---\n{DATA}---\n{BODY}", "3:1:3", "dòng đầu tiên của tệp", None),
        (f"---\n{DATA}{BODY}", f"{DATA.count(chr(10)) + 1}:1:9", "thiếu dòng --- kết thúc", "---"),
        (
            f"---\n{DATA}\n{BODY}\n---\n\nHết.\n",
            f"{DATA.count(chr(10)) + 1}:1:9",
            "thiếu dòng --- kết thúc",
            "---",
        ),
        (f" ---\n{DATA}---\n{BODY}", "1:1:4", "ở đây là « ---»", "---"),
        (f"```yaml\n{DATA}```\n{BODY}", "1:1:7", "ở đây là «```yaml»", "---"),
        (f"{DATA}---\n{BODY}", "1:1:14", "thiếu dòng --- mở đầu", "---"),
        (f"# Bìa\n\n---\n{DATA}---\n{BODY}", "3:1:3", "đứng trước mọi lời văn", None),
    ],
)
def test_lines_about_the_data_of_a_document(
    text: str, place: str, cause: str, meant: str | None
) -> None:
    """The document is read all the same: nothing else is told, and nobody misses it."""
    ((slug, where, message, suggestion),) = findings(PATH, text)
    assert (slug, where, suggestion) == ("no-front-matter", place, meant)
    assert cause in message


def test_a_text_without_any_data_gets_its_title_to_paste() -> None:
    first, *_ = findings("procedures/qt-vp-03.md", "# Quy trình mua sắm\n\nVăn phòng mua sắm.\n")
    assert first[3] == (
        '---\ncode: QT VP 03\ntype: procedure\ntitle: "Quy trình mua sắm"\nowner: VP\n---'
    )


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_one_finding_and_the_text_is_read(codec: str) -> None:
    ((slug, where, message, _),) = findings(PATH, DOCUMENT.encode(codec))
    assert (slug, where) == ("not-utf8", "1:1:0")
    assert "UTF-16" in message


def test_bytes_of_another_encoding_are_pointed_at() -> None:
    text = DOCUMENT.encode() + b"\nDong c\xf9 va m\xf3i.\n"
    ((slug, where, message, _),) = findings(PATH, text)
    assert (slug, where) == ("not-utf8", f"{DOCUMENT.count(chr(10)) + 2}:6:2")
    assert "Còn 1 chỗ nữa" in message


def test_accents_apart_from_their_letters_are_pointed_at() -> None:
    word = unicodedata.normalize("NFD", "chữ")
    ((slug, where, message, _),) = findings(PATH, f"{DOCUMENT}\nĐúng và {word} với {word} nữa.\n")
    assert (slug, where) == ("not-nfc", f"{DOCUMENT.count(chr(10)) + 2}:9:5")
    assert "Còn 1 chỗ nữa" in message
    assert "--fix" in message


@pytest.mark.parametrize(
    ("text", "place", "which"),
    [
        (DOCUMENT + "\nmột dòng\r\n", f"{DOCUMENT.count(chr(10)) + 2}:1:8", "Dòng này kết thúc"),
        (
            DOCUMENT + "\nmột dòng\r\nhai dòng\r\n",
            f"{DOCUMENT.count(chr(10)) + 2}:1:8",
            "Dòng này và 1 dòng nữa",
        ),
        (DOCUMENT.replace("\n", "\r\n"), "1:1:3", f"Cả {DOCUMENT.count(chr(10))} dòng"),
    ],
)
def test_line_ends_of_windows_are_counted(text: str, place: str, which: str) -> None:
    ((slug, where, message, _),) = findings(PATH, text)
    assert (slug, where) == ("crlf", place)
    assert message.startswith(which)
    assert "--fix" in message


@pytest.mark.parametrize(
    ("row", "slug", "hint", "meant"),
    [
        (
            "{title:Báo cáo, owner: VP, retention: 3 năm}",
            "unknown-key",
            "Thiếu dấu cách",
            "title: Báo cáo",
        ),
        (
            "{title：Báo cáo, owner: VP, retention: 3 năm}",
            "unknown-key",
            "ký tự khác dấu «:»",
            "title: Báo cáo",
        ),
        (
            "{title: Báo cáo, kế hoạch, owner: VP, retention: 3 năm}",
            "unknown-key",
            "Dấu phẩy",
            '"Báo cáo, kế hoạch"',
        ),
        (
            "{title: [Mật] , owner: VP, retention: 3 năm}",
            "wrong-value",
            "mở đầu bằng ngoặc",
            '"[Mật]"',
        ),
        (
            "{title: {Mật}, owner: VP, retention: 3 năm}",
            "wrong-value",
            "mở đầu bằng ngoặc",
            '"{Mật}"',
        ),
    ],
)
def test_a_key_or_value_that_a_slip_made_another(
    row: str, slug: str, hint: str, meant: str
) -> None:
    ((found, _, message, suggestion),) = findings(
        "procedures/records.yml", f"schema: 1\nrecords:\n  bao-cao-danh-gia: {row}\n"
    )
    assert (found, suggestion) == (slug, meant)
    assert hint in message


def test_items_without_a_blank_after_their_dash() -> None:
    text = (
        tiny()["procedures/qt-vp-01.md"]
        .decode()
        .replace("names: [quy trình kiểm soát tài liệu]\n", "names:\n  -một\n  -hai\n")
    )
    ((slug, _, message, suggestion),) = findings(PATH, text)
    assert (slug, suggestion) == ("wrong-value", "  - một\n  - hai")
    assert "dấu gạch nối và một dấu cách" in message


def test_an_empty_file_asks_for_its_first_line_whole() -> None:
    report = check_tree(tiny_with({"procedures/records.yml": ""}))
    assert finding_lines(report) == ["missing-key procedures/records.yml:1:1"]
    assert report.findings[0].suggestion == "schema: 1\nrecords: "


def test_markers_of_a_merge_and_words_to_come_are_told_once() -> None:
    text = tiny()["manual/1.1.md"].decode()
    text += (
        "\n<<<<<<< HEAD\nCơ quan làm A.\n=======\nCơ quan làm B.\n>>>>>>> NHANH\n\nTODO: viết "
        "phần này.\n"
    )
    last = text.count("\n")
    found = finding_lines(check_tree(tiny_with({"manual/1.1.md": text})))
    assert found == [
        f"merge-marker manual/1.1.md:{last - 6}:1",
        f"unfinished-text manual/1.1.md:{last}:1",
    ]


def test_a_footnote_that_is_called_by_another_name_is_one_finding() -> None:
    text = tiny()["manual/2.1.md"].decode() + "\nMỗi năm một lần.[^a]\n\n[^b]: Theo kế hoạch năm.\n"
    assert [
        each.split()[0] for each in finding_lines(check_tree(tiny_with({"manual/2.1.md": text})))
    ] == ["missing-reference"]


@pytest.mark.parametrize(("endings", "accused"), [
    ((".md", ".yml"), 0), ((".md",), 0), ((".yml",), 0), (("qt-vp-01.md",), 1), (("records.yml",), 1),
])  # fmt: skip
def test_line_ends_that_git_wrote_out_for_an_ending_accuse_nobody(
    endings: tuple[str, ...], accused: int
) -> None:
    """`core.autocrlf`, and `*.yml text eol=crlf` of .gitattributes."""
    files = {
        path: data.replace(b"\n", b"\r\n") if path.endswith(endings) else data
        for path, data in tiny().items()
    }
    told = [each for each in check_tree(tiny_with(files)).findings if each.slug == "crlf"]
    assert len(told) == accused
