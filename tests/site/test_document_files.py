"""What a document's page offers to take away: the file that it is, and those its text links to."""

from __future__ import annotations

import re

import pytest

from tests.support.manuals import tiny
from tests.support.memory import MemoryTree
from tests.support.site.scenes import rendered

HEAD = "---\ncode: QT VP 07\ntype: procedure\ntitle: Mua\nowner: VP\napprover: giam-doc\n"
TEXT = "---\n\n# Mua\n\n## 1. Việc\n\n{words}\n"
FILES = {
    "procedures/mau.docx": b"PK",
    "procedures/danh sách.xlsx": b"PK",
    "procedures/so-do.png": b"\x89PNG\r\n\x1a\n",
    "procedures/anh.jpg": b"\xff\xd8\xff",
}
ADDRESS = "tai-lieu/qt-vp-07"


def _page(head: str, words: str) -> str:
    text = HEAD + head + TEXT.format(words=words)
    tree = MemoryTree({**tiny(), **FILES, "procedures/qt-vp-07.md": text.encode()})
    pages = rendered(tree)
    return next(html for address, html in pages.items() if address.strip("/") == ADDRESS)


def _unfolded(html: str) -> list[str]:
    block = re.search(r'<details class="q-files".*?</details>', html, re.DOTALL)
    return re.findall(r"</svg> (.*?)</a>", block[0]) if block else []


def test_linked_files_stand_in_a_list_after_the_text_that_unfolds() -> None:
    words = "Xem [mẫu](mau.docx), [danh sách](<danh sách.xlsx>), [ảnh](anh.jpg)."
    html = _page("", words)
    assert _unfolded(html) == ["mau.docx", "danh sách.xlsx", "anh.jpg"]
    assert html.index("q-files") > html.index("Việc")
    assert "q-button--main" not in html


@pytest.mark.parametrize(
    "words",
    ["![sơ đồ](so-do.png)", "[![sơ đồ](so-do.png)](so-do.png)", "![a][s]\n\n[s]: ./so-do.png"],
)
def test_a_picture_in_the_text_is_no_download(words: str) -> None:
    html = _page("", words)
    assert "so-do.png" in html
    assert _unfolded(html) == []


def test_the_file_that_a_document_is_keeps_its_button_at_the_top() -> None:
    html = _page("file: mau.docx\n", "Xem [danh sách](<danh sách.xlsx>).")
    assert len(re.findall("q-button--main", html)) == 1
    assert html.index("mau.docx") < html.index("Việc")
    assert _unfolded(html) == ["danh sách.xlsx"]


NOT_HELD = "Ở đây chỉ có thông tin đăng ký"


@pytest.mark.parametrize(
    ("head", "paper"),
    [
        ("", False),
        ("paper: {issue: unknown, revision: unknown, effective: unknown}\n", False),
        ("distribution: [{unit: VP, medium: electronic}]\n", False),
        ("paper: {issue: 1, revision: unknown, effective: unknown}\n", True),
        ("paper: {issue: unknown, revision: unknown, effective: 2020-01-02}\n", True),
        ("distribution: [{unit: VP, medium: paper, copies: 1}]\n", True),
    ],
)
def test_paper_is_said_only_where_somebody_said_it(head: str, paper: bool) -> None:
    html = _page(f"text: not-held\n{head}", "")
    assert NOT_HELD in html
    assert ("ban hành trên giấy" in html) == paper


def test_a_column_that_no_document_fills_is_not_shown_and_that_is_said() -> None:
    text = "---\ncode: QT VP 09\ntype: procedure\ntitle: Mua\nowner: VP\napprover: giam-doc\n"
    kept: dict[str, str | bytes] = {
        path: data for path, data in tiny().items() if not path.startswith("procedures/")
    }
    bare: dict[str, str | bytes] = {
        **kept,
        "procedures/qt-vp-09.md": text + "---\n\n# Mua\n\nChữ.\n",
    }
    page = rendered(MemoryTree(bare))["tai-lieu/"]
    heads = re.findall(r"<th scope=\"col\"[^>]*>(.*?)</th>", page)
    assert "Đơn vị chủ trì" in heads
    assert "Nơi nhận" not in heads
    assert len(heads) == len(re.findall(r"<td", page.partition("<tbody>")[2].partition("</tr>")[0]))
    told = re.search(r"Chưa tài liệu nào ghi: (.*?)\.", page)
    assert told
    assert "nơi nhận" in told[1]
    full = text + "distribution: [{unit: VP, medium: paper, copies: 1}]\n---\n\n# Mua\n\nChữ.\n"
    page = rendered(MemoryTree({**bare, "procedures/qt-vp-09.md": full}))["tai-lieu/"]
    assert "Nơi nhận" in re.findall(r"<th scope=\"col\"[^>]*>(.*?)</th>", page)
