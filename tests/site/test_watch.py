"""What changed, the dashboard, clause map, releases, verification, and the way from the wall."""

from __future__ import annotations

import json
import re
import threading
import time
import urllib.request
from typing import TYPE_CHECKING

import pytest

from qmstool.cli.main import main
from qmstool.i18n import QmsError, Text
from qmstool.manual.candidates import candidate_path
from qmstool.manual.loading.loader import load
from qmstool.site.build.history import RepositoryHistory
from qmstool.site.pages.heatmap import CELL, HEIGHT, draw_heatmap
from qmstool.site.publish import serve_built
from qmstool.site.words.monitoring import HEAT_STATES
from qmstool.storage import files
from qmstool.storage.tree import FolderTree
from tests.support.baseline import baseline_text
from tests.support.manuals import tiny, tiny_with
from tests.support.memory import MemoryTree
from tests.support.repository import Repo
from tests.support.site.scenes import DAY, built, edition_of, released, rendered

if TYPE_CHECKING:
    from pathlib import Path

URL = "language: vi\nsite: {url: https://qms.example.org/so-tay}\n"


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> tuple[Repo, Path]:
    home = tmp_path_factory.mktemp("watched")
    repo = released(home / "repo")
    manifest = tiny()["qms.yml"].decode().replace("language: vi\n", URL)
    repo.commit("Address", {"qms.yml": manifest})
    built(repo.folder, home / "site")
    return repo, home / "site"


@pytest.fixture(scope="module")
def baseline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A baseline in which QT VP 02 is only registered, and a draft that proposes its text."""
    home = tmp_path_factory.mktemp("baseline")
    text = tiny()["procedures/qt-vp-02.md"].decode()
    repo = Repo.make(home / "repo")
    repo.commit(
        "Texts",
        {
            **tiny(),
            "procedures/qt-vp-02.md": text.replace("owner: VP", "owner: VP\ntext: not-held"),
        },
    )
    tree = FolderTree(repo.folder)
    repo.commit(
        "Baseline",
        {"releases/0001.yml": baseline_text(tree)},
    )
    repo.commit("Proposal", {"procedures/qt-vp-02.md": text})
    built(repo.folder, home / "site")
    return home / "site"


def read(site: Path, path: str) -> str:
    return (site / path / "index.html").read_text("utf-8")


def test_a_draft_shows_what_it_changes_word_by_word(scene: tuple[Repo, Path]) -> None:
    page = read(scene[1], "du-thao/tai-lieu/qt-vp-02")
    assert "Dự thảo đổi gì so với bản đã ghi nhận" in page
    assert re.search(r"<ins>[^<]*[Ss]ớm", page)
    assert "data-search-exclude" in page


def test_what_is_in_force_shows_its_last_change_and_why(scene: tuple[Repo, Path]) -> None:
    for folder in ("", "0002/"):
        page = read(scene[1], f"{folder}tai-lieu/qt-vp-01")
        assert "Lần sửa đổi gần nhất đổi gì" in page
        assert "Công bố danh mục (lý do: Đề nghị của Văn phòng)" in page
        assert re.search(r"<ins>[^<]*công bố", page)
    assert "q-box q-change" not in read(scene[1], "0001/tai-lieu/qt-vp-01")


def test_struck_out_words_stay_out_of_the_search(scene: tuple[Repo, Path]) -> None:
    texts = [path.read_text("utf-8") for path in (scene[1] / "search").glob("*/t*.js")]
    assert any("Văn phòng giữ và công bố danh mục" in text for text in texts)
    assert not [text for text in texts if "Lần sửa đổi gần nhất" in text]


def test_the_wall_leads_to_what_is_in_force_from_every_version(scene: tuple[Repo, Path]) -> None:
    address = "https://qms.example.org/so-tay/tai-lieu/qt-vp-01/"
    drawn = set()
    # The address is today's, in releases from before the site had one too.
    for folder in ("", "0001/", "0002/", "du-thao/"):
        page = read(scene[1], f"{folder}tai-lieu/qt-vp-01")
        wall = re.findall(r'<svg class="q-qr".*?</svg>', page, re.DOTALL)
        assert len(wall) == 1, folder
        assert address in page, folder
        drawn.update(wall)
    assert len(drawn) == 1, "every version's code leads to one address"
    assert "q-qr" not in read(scene[1], "du-thao/tai-lieu/bm-vp-01-01"), (
        "nothing in force to lead to"
    )


def test_the_dashboard_counts_what_waits(scene: tuple[Repo, Path]) -> None:
    page = read(scene[1], "bang-theo-doi")
    for words in (
        "Kết quả kiểm tra",
        "QT VP 02",
        "BM VP 01.01",
        "mới chỉ có trong dự thảo",
        "chưa có bằng chứng phê duyệt",
    ):
        assert words in page, words
    assert not (scene[1] / "0001/bang-theo-doi").exists()
    assert not (scene[1] / "0001/kiem-chung").exists()


def test_the_dashboard_follows_superseded_laws_to_who_cites_them() -> None:
    external = tiny()["procedures/external.yml"].decode()
    gone = re.sub(r"status: \w+", "status: superseded", external, count=1)
    page = rendered(tiny_with({"procedures/external.yml": gone}))["bang-theo-doi/"]
    assert "(1)" in page.partition("{: #q-laws }")[0].rpartition("##")[2]
    assert "được viện dẫn tại" in page


def test_a_document_before_the_signer_is_submitted(tmp_path: Path) -> None:
    head = f"schema: 1\ncandidate: x\ntitle: Đợt tới\ncommit: {'a' * 40}\nprepared: 2026-11-01\n"
    text = f"{head}basis: []\nitems: [{{code: QT VP 01}}]\n"
    repo = Repo.make(tmp_path / "repo")
    repo.commit("x", {**tiny(), candidate_path("x"): text})
    built(repo.folder, tmp_path / "site")
    assert "Đang trình ký" in read(tmp_path / "site", "tai-lieu/qt-vp-01")
    assert "Đợt tới" in read(tmp_path / "site", "bang-theo-doi")


@pytest.mark.parametrize("act", ["act: {}", "act: []", "act: ''", "act: nói", "title: x"])
def test_a_candidate_that_cannot_be_read_has_no_pages_and_stops_no_build(
    tmp_path: Path, act: str, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = Repo.make(tmp_path / "repo")
    frozen = repo.commit("x", tiny())
    for item, expected in ((act, 0), ("act: new", 1)):
        head = f"schema: 1\ncandidate: x\ntitle: T\ncommit: {frozen}\nprepared: 2026-11-01\n"
        more = "" if "title" in item else ", title: Quy trình"
        files.write(
            repo.folder,
            candidate_path("x"),
            f'{head}basis: []\nitems: [{{code: QT VP 01, {item}{more}, issue: "1", revision: "0", digest: {"a" * 64}}}]\n',
        )
        tree = FolderTree(repo.folder)
        found = RepositoryHistory(tree.root, tree, load(tree)).dossiers(DAY, "vi")
        assert len(found) == expected
        written = main(["release", "dossier", "x", "--root", str(repo.folder)])
        assert written == (0 if expected else 2)
        assert ("không đúng mẫu hồ sơ trình ký" in capsys.readouterr().err) is not bool(expected)


def test_every_clause_has_a_cell_with_its_state_and_stands_in_the_text() -> None:
    tree = MemoryTree(dict(tiny()))
    catalogue = edition_of(tree).manual.catalogue
    assert catalogue is not None
    below = [number for number, clause in catalogue.clauses.items() if clause.level > 1]
    page = rendered(tree)["ban-do-dieu-khoan/"]
    assert page.count('class="q-cell ') == 2 * len(below)
    assert "q-cell--excluded" in page
    assert (
        HEAT_STATES["excluded"].vi.capitalize()
        in page.partition("Các điều khoản theo tình trạng")[2]
    )


def test_cells_of_the_clause_map_do_not_meet() -> None:
    edition = edition_of(MemoryTree(dict(tiny())))
    catalogue = edition.manual.catalogue
    assert catalogue is not None
    states = {number: "open" for number, clause in catalogue.clauses.items() if clause.level > 1}
    for columns in (1, 3, 10):
        drawn = draw_heatmap(edition, catalogue, states, columns)
        assert [cell.link for cell in drawn.cells] == [edition.clause(number) for number in states]
        for a in drawn.cells:
            assert 0 <= a.x <= drawn.width - CELL
            assert a.y + HEIGHT <= drawn.height
            assert not [
                b
                for b in drawn.cells
                if b is not a and abs(a.x - b.x) < CELL and abs(a.y - b.y) < HEIGHT
            ]


def test_releases_stand_in_time_and_lead_to_their_pages(scene: tuple[Repo, Path]) -> None:
    page = read(scene[1], "cac-dot-ban-hanh")
    assert page.index("Đợt 0002 · 01/03/2025") < page.index("Đợt 0001 · chưa rõ ngày hiệu lực")
    assert 'href="../0001/"' in page
    assert 'href="#dot-0002"' in page
    assert "Mở trang của đợt này" not in read(scene[1], "du-thao/cac-dot-ban-hanh")


def test_the_auditor_is_answered_only_where_there_is_git(
    scene: tuple[Repo, Path], tmp_path: Path
) -> None:
    page = read(scene[1], "kiem-chung")
    assert "Phê duyệt có gắn với đúng nội dung không?" in page
    assert "Chưa có bằng chứng" in page
    for path, data in tiny().items():
        files.write(tmp_path / "bare", path, data)
    built(tmp_path / "bare", tmp_path / "site")
    assert not (tmp_path / "site/kiem-chung").exists()


def test_the_trail_names_people_and_no_addresses(scene: tuple[Repo, Path]) -> None:
    page = read(scene[1], "tai-lieu/qt-vp-01").partition("<summary>Nhật ký thay đổi (")[2]
    assert "Nguyễn Văn A" in page
    assert "a@example.org" not in page


def test_an_imported_baseline_is_never_called_in_force(baseline: Path) -> None:
    listed = json.loads((baseline / "versions.json").read_text("utf-8"))
    assert listed[0]["title"] == "Bản tiếp nhận (đợt 0001) – chưa có bằng chứng phê duyệt"
    for path in baseline.rglob("*.html"):
        if "du-thao" not in path.parts:
            assert "Đang có hiệu lực" not in path.read_text("utf-8"), path
    table = read(baseline, "tai-lieu/qt-vp-01").partition("Theo dõi sửa đổi</h2>")[2] or read(
        baseline, "tai-lieu/qt-vp-01"
    )
    assert "Ban hành mới" not in table
    assert 'data-label="Nội dung">Bản tiếp nhận<' in table


def test_a_registration_has_no_check_code_of_a_text(baseline: Path) -> None:
    page = read(baseline, "tai-lieu/qt-vp-02")
    assert "chưa có nội dung" in page
    assert not re.search(r"Mã kiểm tra <span", page)
    row = read(baseline, "tai-lieu").partition("QT VP 02")[2].partition("</tr>")[0]
    assert "chưa có nội dung" in row
    assert "q-mono" not in row


def test_a_proposal_is_a_draft_and_no_page_in_force_leads_to_it(baseline: Path) -> None:
    draft = read(baseline, "du-thao/tai-lieu/qt-vp-02")
    assert "Dự thảo đề xuất, chưa có hiệu lực" in draft
    assert "không phải nội dung của tài liệu đã ban hành" in draft
    for path in baseline.rglob("*.html"):
        if "du-thao" not in path.parts:
            assert not re.search(r'href="[^"]*du-thao', path.read_text("utf-8")), path
    assert "Có dự thảo đề xuất" in read(baseline, "tai-lieu/qt-vp-02")


def test_a_site_that_was_built_is_shown_until_told_to_stop(baseline: Path, tmp_path: Path) -> None:
    said: list[str] = []
    stop = threading.Event()

    def say(text: Text) -> None:
        said.append(text.en)

    running = threading.Thread(target=lambda: serve_built(baseline, port=0, say=say, stop=stop))
    running.start()
    try:
        end = time.monotonic() + 10
        while not said and time.monotonic() < end:
            time.sleep(0.02)
        address = said[0].split()[3]
        with urllib.request.urlopen(f"{address}tai-lieu/qt-vp-01/") as answer:
            assert "QT VP 01" in answer.read().decode()
    finally:
        stop.set()
        running.join(10)
    with pytest.raises(QmsError, match="qmstool build"):
        serve_built(tmp_path, port=0, say=say)


def test_english_pages_of_oversight() -> None:
    pages = rendered(MemoryTree(dict(tiny())), "en")
    assert {"dashboard/", "clause-map/"} <= set(pages)
    assert "What waits for somebody" in pages["dashboard/"]
    assert "The clauses by state" in pages["clause-map/"]
    assert "Does not apply" in pages["clause-map/"]
