"""What the site says of releases: annex, comparison, evidence, notice, copies to recall, trail."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from typing import TYPE_CHECKING

import pytest

from qmstool.cli.main import main
from qmstool.releases.record import check_code
from qmstool.site.pages import trail
from tests.support.cli import scenes
from tests.support.site.pictures import NOW, ROOT, invented
from tests.support.site.scenes import built

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.repository import Repo

DAY = date(2024, 4, 2)
STYLE = ROOT / "templates/site/theme/assets/stylesheets/qms.css"
PARTS = ROOT / "templates/site/pages/_parts.md.jinja"


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> tuple[Repo, Path]:
    folder = tmp_path_factory.mktemp("issued")
    made = invented(folder / "kho")
    built(made.folder, folder / "site", day=DAY, now=NOW)
    return made, folder / "site"


def words(site: Path, page: str) -> str:
    """The text of a page's article, as it is read."""
    html = (site / page / "index.html").read_text("utf-8")
    article = html[html.index("<article") : html.index("</article>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", article)).split())


def test_the_annex_shows_what_the_record_pins(
    scene: tuple[Repo, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    repo, site = scene
    capsys.readouterr()
    assert main(["as-of", "2024-03-02", "--root", str(repo.folder), "--format", "json"]) == 0
    text = capsys.readouterr().out
    codes = re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", text)
    page = words(site, "cac-dot-ban-hanh/0002")
    shown = re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", page)
    assert len(shown) == 2
    assert set(shown) <= set(codes)
    assert "12/QĐ-VD ngày 01/03/2024" in page
    assert "Lê Thị Mẫu, Giám đốc" in page
    assert "nhật hằng quý . Văn phòng giữ danh mục" not in page
    assert "Phiếu đề nghị số 7 của Văn phòng" in page


def test_the_notice_says_what_is_known_and_leaves_the_rest_open(scene: tuple[Repo, Path]) -> None:
    page = words(scene[1], "cac-dot-ban-hanh/0002/thong-bao")
    for said in (
        "Số: ………/TB-………",
        "ngày …… tháng …… năm",
        "Áp dụng từ ngày 01/03/2024",
        "Phòng Kỹ thuật; Văn phòng",
        "Rút ngắn thời hạn thu hồi",
        "QT VP 01 Quy trình kiểm soát tài liệu: Đợt 0001 – bản tiếp nhận",
        "Văn phòng QT VP 01 Đợt 0001 – bản tiếp nhận 1",
        "https://so-tay.example.org/tai-lieu/qt-vp-01/",
        "NGƯỜI THÔNG BÁO",
    ):
        assert said in page, said


def test_only_a_release_has_a_notice(scene: tuple[Repo, Path]) -> None:
    notices = [
        path.parent.relative_to(scene[1]).as_posix()
        for path in scene[1].rglob("thong-bao/index.html")
    ]
    assert notices.count("cac-dot-ban-hanh/0002/thong-bao") == 1
    assert not [each for each in notices if "0001" in each]
    assert "cac-dot-ban-hanh/0002/thong-bao/" in (
        scene[1] / "cac-dot-ban-hanh/index.html"
    ).read_text("utf-8").replace('href="0002', 'href="cac-dot-ban-hanh/0002')


def test_a_paper_that_may_be_shown_is_offered(scene: tuple[Repo, Path]) -> None:
    assert (
        scene[1] / "tep/releases/evidence/0002-quyet-dinh.pdf"
    ).read_bytes() == b"%PDF-1.4 vi du"
    assert 'href="../../tep/releases/evidence/0002-quyet-dinh.pdf"' in (
        scene[1] / "cac-dot-ban-hanh/0002/index.html"
    ).read_text("utf-8")


def test_a_paper_that_may_not_be_shown_is_nowhere(tmp_path: Path) -> None:
    repo = scenes.make_scene(tmp_path / "kho")
    paper = tmp_path / "to-giay-mat.pdf"
    paper.write_bytes(b"%PDF bi mat")
    scenes.sign_release(repo, "--evidence", f"scan={paper}")
    link = (
        "\nXem [quyết định](../releases/evidence/0002-to-giay-mat.pdf) và "
        "![ảnh](../releases/evidence/0002-to-giay-mat.pdf).\n"
    )
    repo.commit("Viện dẫn tờ giấy", {"procedures/qt-vp-01.md": scenes.SECOND + link})
    built(repo.folder, tmp_path / "site", day=DAY, now=NOW)
    for path in (tmp_path / "site").rglob("*"):
        assert "to-giay-mat" not in path.name
        if path.is_file():
            assert b"bi mat" not in path.read_bytes()
    assert "không đăng lên trang" in words(tmp_path / "site", "cac-dot-ban-hanh/0002")
    assert "to-giay-mat" not in (tmp_path / "site/cac-dot-ban-hanh/0002/index.html").read_text(
        "utf-8"
    )


def test_the_dashboard_counts_copies_and_every_finding(
    scene: tuple[Repo, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    repo, site = scene
    board = words(site, "bang-theo-doi")
    assert "Bản giấy cần thu hồi (1)" in board
    assert "Văn phòng: 1 bản, đợt 2" in board
    capsys.readouterr()
    main(["check", "--history", "--root", str(repo.folder), "--format", "json"])
    found = json.loads(capsys.readouterr().out)["findings"]
    draft = words(site, "du-thao/bang-theo-doi")
    for rule in {each["rule"] for each in found}:
        count = sum(each["rule"] == rule for each in found)
        assert re.search(rf"{rule} [^|]*? {count} ", f"{draft} "), rule
    assert found


def test_the_trail_is_narrowed_without_a_script(scene: tuple[Repo, Path]) -> None:
    html = (scene[1] / "nhat-ky/index.html").read_text("utf-8")
    rows = re.findall(r'<tr class="([^"]*)">', html)
    views = re.findall(r'<a href="#(q-[upy]-\d+)"[^>]*>([^<]*)</a>', html)
    assert {"Văn phòng", "Phòng Kỹ thuật", "Trần Văn Thử", "2024"} <= {name for _, name in views}
    for view, _ in views:
        assert f'id="{view}"' in html
        assert any(view in row.split() for row in rows)
    style = STYLE.read_text("utf-8")
    for kind in "upy":
        told = {
            int(at)
            for at in re.findall(rf"#q-{kind}-(\d+):target\) tbody tr:not\(\.q-{kind}-\1\)", style)
        }
        assert told == set(range(trail.MOST_VIEWS))


def test_the_page_of_a_document_keeps_its_order(scene: tuple[Repo, Path]) -> None:
    html = (scene[1] / "tai-lieu/qt-vp-01/index.html").read_text("utf-8")
    places = [
        html.index(mark)
        for mark in (
            'class="q-strip ',
            'class="q-box q-change',
            'id="muc-1"',
            'class="q-ask"',
            'id="q-control"',
            'class="q-wall"',
            'id="q-changes"',
            'id="q-references"',
            "q-history",
            "q-identity",
        )
    ]
    assert places == sorted(places)
    assert "https://forge.example.org/so-tay/_edit/main/procedures/qt-vp-01.md" in html
    assert "Mục sửa đổi: 2. Cách làm" in words(scene[1], "tai-lieu/qt-vp-01")


def test_signs_of_the_style_sheet_are_those_of_the_pages() -> None:
    signs = dict(re.findall(r'^  "(\w+)": "([^"]+)",$', PARTS.read_text("utf-8"), re.MULTILINE))
    drawn = re.findall(
        r"\.q-chip--(\w+)[^{}]*\{ --q-sign: url\(\"[^\"]*?path d='([^']*)'",
        STYLE.read_text("utf-8"),
    )
    assert len(drawn) > 8
    for state, path in drawn:
        assert path == signs[state]


def test_copies_on_record_are_told_instead_of_those_the_texts_name(tmp_path: Path) -> None:
    repo = scenes.make_scene(tmp_path / "kho")
    scenes.sign_release(repo)
    given = (
        "{document: QT VP 01, unit: KT, release: 1, medium: paper, copies: 3, handed_out: "
        "2024-01-10}"
    )
    repo.commit("Sổ phát bản", {"releases/copies.yml": f"schema: 1\ncopies:\n  - {given}\n"})
    built(repo.folder, tmp_path / "site", day=DAY, now=NOW)
    board = words(tmp_path / "site", "bang-theo-doi")
    assert "Bản giấy cần thu hồi (1)" in board
    assert "Phòng Kỹ thuật: 3 bản, đợt 1; quá hạn từ 05/03/2024" in board


def test_distribution_and_opinions_are_a_page_and_where_an_original_lies_is_not_told(
    tmp_path: Path,
) -> None:
    repo = scenes.make_scene(tmp_path / "kho")
    scenes.hand_out_copies(repo)
    built(repo.folder, tmp_path / "site", day=DAY, now=NOW)
    page = words(tmp_path / "site", "phan-phoi")
    assert "Danh sách phân phối" in page
    assert "Trần Văn Thử" in page
    assert "phải thu hồi từ" in page
    assert "Thời hạn thu hồi nên là 5 ngày." in page
    assert "Sổ công văn đến số 31" not in page
    assert "Phân phối, ý kiến, xem xét" in words(tmp_path / "site", "")
    assert "góp ý" in words(tmp_path / "site", "nhat-ky")
    assert not (tmp_path / "site/0001/phan-phoi").exists()


def test_what_lies_before_the_signer_is_a_page(tmp_path: Path) -> None:
    repo = scenes.make_scene(tmp_path / "kho")
    scenes.ask_opinions(repo)
    candidate = (repo.folder / "releases/candidates/dot-2.yml").read_text("utf-8")
    frozen = {
        check_code(each)
        for each in re.findall(r"digest: ([0-9a-f]{64})", candidate.partition("items:")[2])
    }
    assert frozen
    built(repo.folder, tmp_path / "site", day=date(2024, 2, 22), now=NOW)
    page = words(tmp_path / "site", "bang-theo-doi/dot-2")
    assert "Hồ sơ trình ký: Ban hành đợt 2 năm 2024" in page
    assert set(re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", page)) == frozen
    assert "Đang trình ký" in page
    assert "So sánh nội dung cũ và mới" in page
    assert "3 ngày làm việc" in page
    assert "Thời hạn thu hồi nên là 5 ngày." in page
    assert "Sổ công văn đến số 31" not in page
    board = (tmp_path / "site/bang-theo-doi/index.html").read_text("utf-8")
    assert 'href="dot-2/"' in board
