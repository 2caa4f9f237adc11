"""The dossier before the signer: what its pages say, that nothing runs, and how they print."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from qmstool.dossier import text as prose
from qmstool.manual.loading.loader import load
from tests.support.cli.scenes import FIRST, SECOND, change, make_scene, prepare
from tests.support.machine import CHROMIUM, needs
from tests.support.manuals import tiny_with
from tests.support.paper import print_page
from tests.support.repository import set_language

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.repository import Repo

EVIL = SECOND + (
    "\n<script>alert(1)</script><img src=x onerror=alert(1)>\n\n[bấm](javascript:alert(1)) "
    "và [xem](qt-vp-02.md)\n\n"
    '<a title="x><img src=1 onerror=alert(2)>" href="qt-vp-02.md">y</a>\n\n{{ 7 * 7 }} '
    "![hình](hinh.png)\n\n"
    '??? note "Ghi chú <b>"\n    Phần gập lại.\n'
)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    made = make_scene(tmp_path / "kho")
    change(made)
    return made


def pages(repo: Repo, *more: str) -> dict[str, str]:
    assert prepare(repo, *more) == 0
    return {
        file.name: file.read_text(encoding="utf-8")
        for file in (repo.folder / "build/ho-so-dot-2").iterdir()
    }


def plain(html: str) -> str:
    body = html[html.index("<body>") :]
    return " ".join(re.sub(r"<[^>]+>", " ", body).replace("&nbsp;", " ").split())


def test_the_dossier_has_every_page(repo: Repo) -> None:
    assert sorted(pages(repo)) == [
        "1-to-trinh.html",
        "2-du-thao-quyet-dinh.html",
        "3-toan-van-qt-kt-01.html",
        "3-toan-van-qt-vp-01.html",
        "4-bang-so-sanh.html",
        "5-noi-nhan.html",
    ]


def test_the_annex_names_what_the_candidate_froze(repo: Repo) -> None:
    made = pages(repo)
    candidate = (repo.folder / "releases/candidates/dot-2.yml").read_text(encoding="utf-8")
    decision = plain(made["2-du-thao-quyet-dinh.html"])
    assert "Số: ………/QĐ-………" in decision
    assert "ngày …… tháng …… năm ………" in decision
    assert "Ban hành kèm theo Quyết định này 2 tài liệu" in decision
    for code, title in (
        ("QT VP 01", "Quy trình kiểm soát tài liệu"),
        ("QT KT 01", "Quy trình bảo trì thiết bị đo"),
    ):
        found = re.search(
            rf"{code} {title} 1 (\d) ([0-9A-Z]{{4}}-[0-9A-Z]{{4}}-[0-9A-Z]{{4}})", decision
        )
        assert found, decision
        assert f"code: {code}" in candidate
        assert found[2] in plain(made[f"3-toan-van-{code.lower().replace(' ', '-')}.html"])


def test_no_name_no_number_and_no_date_is_filled_in(repo: Repo) -> None:
    for name, html in pages(repo).items():
        assert "Lê Thị Mẫu" not in html, name
        assert re.search(r"Số: \d", html) is None, name


def test_the_comparison_tells_old_new_and_why(repo: Repo) -> None:
    table = plain(pages(repo)["4-bang-so-sanh.html"])
    assert "2. Cách làm" in table
    assert "1. Mục đích" not in table
    assert "Phiếu đề nghị số 7 của Văn phòng" in table
    assert "rút ngắn thời hạn thu hồi" in table
    assert "**" not in table
    assert "Biên soạn mới, xem toàn văn" in table


def test_a_title_that_changed_alone_is_told_on_both_sides(repo: Repo) -> None:
    text = (
        (repo.folder / "manual/1.2.md")
        .read_text(encoding="utf-8")
        .replace("dạng văn bản", "bằng văn bản")
    )
    repo.commit("Tên mục", {"manual/1.2.md": text})
    table = plain(pages(repo, "--number", "STCL=1/1", "--only", "STCL")["4-bang-so-sanh.html"])
    assert "Tên mục: 1.2. Thông tin dạng văn bản Tên mục: 1.2. Thông tin bằng văn bản" in table


def test_recipients_and_what_is_replaced(repo: Repo) -> None:
    html = plain(pages(repo)["5-noi-nhan.html"])
    assert "Phòng Kỹ thuật QT KT 01 – Quy trình bảo trì thiết bị đo Bản giấy 2" in html
    assert (
        "1 QT VP 01 Quy trình kiểm soát tài liệu Bản tiếp nhận, chưa rõ lần ban hành Đợt 1 (bản "
        "tiếp nhận) Thay thế"
    ) in html


def test_a_withdrawal_stands_in_a_list_of_its_own(repo: Repo) -> None:
    made = pages(
        repo,
        "--act",
        "QT VP 02=withdraw",
        "--only",
        "QT VP 02",
        "--reason",
        "QT VP 02=Gộp vào QT VP 01",
    )
    decision = plain(made["2-du-thao-quyet-dinh.html"])
    assert "Bãi bỏ 1 tài liệu nêu tại mục I của Danh mục" in decision
    assert "I. Tài liệu bãi bỏ" in decision
    assert "Gộp vào QT VP 01" in made["4-bang-so-sanh.html"]
    assert not [name for name in made if name.startswith("3-")]


def test_nothing_of_a_text_runs_or_leads_away() -> None:
    tree = tiny_with({"procedures/qt-vp-01.md": EVIL, "procedures/hinh.png": b"\x89PNG\r\n\x1a\n"})
    html = prose.document_html(load(tree).documents["qt-vp-01"], tree, "vi")
    for tag in re.findall(r"<[^>]*>", html):
        assert not re.search(r"<script|<iframe|\son\w+=|javascript:|<a\b", tag, re.IGNORECASE), tag
    assert "{{ 7 * 7 }}" in html
    assert 'src="data:image/png;base64,' in html
    assert '<details open="" class="note">' in html
    assert "Phần gập lại." in html


def test_a_title_cannot_leave_the_style_sheet(repo: Repo) -> None:
    repo.commit(
        "Tên lạ",
        {
            "procedures/qt-vp-01.md": SECOND.replace(
                "title: Quy trình", "title: '</style><b>\" } Quy trình"
            ).replace("liệu\nnames", "liệu'\nnames")
        },
    )
    html = pages(repo)["3-toan-van-qt-vp-01.html"]
    assert "</style><b>" not in html
    assert html.count("</style>") == 1


def test_a_lost_old_text_is_told_and_replaced_by_nothing(repo: Repo) -> None:
    blob = repo.git("hash-object", "--stdin", stdin=FIRST)
    loose = repo.folder / ".git/objects" / blob[:2] / blob[2:]
    loose.unlink()
    table = plain(pages(repo)["4-bang-so-sanh.html"])
    assert "Không còn lưu nội dung bản trước" in table


def test_the_manual_s_own_template_comes_first(repo: Repo) -> None:
    repo.commit(
        "Mẫu riêng",
        {"templates/dossier/request.html.j2": "{{ matter.candidate.title }} – mẫu của cơ quan"},
    )
    assert pages(repo)["1-to-trinh.html"] == "Ban hành đợt 2 năm 2024 – mẫu của cơ quan"


VIETNAMESE = re.compile(
    r"\b(lần ban hành|lần sửa đổi|mã kiểm tra|nội dung cũ|nơi nhận|kính trình|bản tiếp nhận|thay thế)\b",
    re.IGNORECASE,
)


def test_of_an_english_manual_every_word_around_is_english(repo: Repo) -> None:
    made = pages(repo)
    set_language(repo, "en")
    assert prepare(repo, "--dossier", str(repo.folder / "build/en"), key="dot-3") == 0
    assert all(VIETNAMESE.search(plain(html)) for html in made.values())
    english = {
        file.name: file.read_text(encoding="utf-8") for file in (repo.folder / "build/en").iterdir()
    }
    assert [name for name, html in english.items() if VIETNAMESE.search(plain(html))] == []
    assert "Old text New text Reason" in plain(english["4-comparison.html"])
    assert "issue 1, revision 1" in plain(english["4-comparison.html"])
    assert '<html lang="en">' in english["5-recipients.html"]


@pytest.mark.browser
@needs(CHROMIUM)
def test_the_pages_print_on_a4_and_every_sheet_of_a_text_bears_its_check_code(
    repo: Repo, tmp_path: Path
) -> None:
    long = SECOND + "".join(
        f"\n## {number}. Mục dài\n\n{'Nội dung của mục này. ' * 40}\n" for number in range(3, 14)
    )
    repo.commit("Dài", {"procedures/qt-vp-01.md": long})
    made = pages(repo)
    sizes = {}
    for name in made:
        pdf = tmp_path / f"{name}.pdf"
        print_page(repo.folder / "build/ho-so-dot-2" / name, pdf)
        told = subprocess.run(
            ["pdfinfo", str(pdf)], check=True, capture_output=True, text=True
        ).stdout
        sizes[name] = tuple(
            round(float(number))
            for number in re.findall(r"Page size:\s+([\d.]+) x ([\d.]+)", told)[0]
        )
    assert sizes.pop("4-bang-so-sanh.html") == (842, 595)
    assert set(sizes.values()) == {(595, 842)}
    sheets = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "3-toan-van-qt-vp-01.html.pdf"), "-"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split("\f")[:-1]
    found = re.search(r"mã kiểm tra ([0-9A-Z-]{14})", sheets[0])
    assert found
    assert len(sheets) > 2
    assert all(
        f"mã kiểm tra {found[1]}" in sheet and f"Trang {at}/{len(sheets)}" in sheet
        for at, sheet in enumerate(sheets, 1)
    )
