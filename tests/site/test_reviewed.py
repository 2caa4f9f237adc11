"""Reviews, comments returned and readings: on pages, in registers and in files, in the same words."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from datetime import date
from html import unescape
from typing import TYPE_CHECKING

import pytest

from tests.support.cli import scenes
from tests.support.cli.scenes import run_command, tool, type_line
from tests.support.repository import Repo, set_language
from tests.support.site.pictures import NOW
from tests.support.site.scenes import built

if TYPE_CHECKING:
    from pathlib import Path

    from qmstool.i18n import Lang

DAY = date(2024, 6, 1)
STANDS = "record review 'QT VP 01' --outcome stands --person le-thi-mau --date 2024-05-20"
RETURNED = (
    "record review 'QT VP 01' --outcome returned --person 'Bà Năm' --date 2024-05-25 "
    "--comment 'Nêu rõ hạn ở mục 2'"
)
# Of the text before: it says nothing of the one in force.
EARLIER = "record review 'QT VP 01' --outcome stands --person le-thi-mau --date 2024-02-20"
READ = "record reading 'QT VP 01' --person tran-van-thu --date 2024-05-21"
APPROVED = re.compile(r"phê duyệt|duyệt|approv", re.IGNORECASE)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The manual with QT VP 01 reviewed and read; only copied from."""
    folder = tmp_path_factory.mktemp("xem-xet")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1717200000")  # 2024-06-01
        repo = scenes.make_scene(folder / "kho")
        shape = '{name: Quy trình, code: "QT {unit} {nn}"'
        assert shape in scenes.PEOPLE
        settings = scenes.PEOPLE.replace(shape, f"{shape}, review_months: 12")
        repo.commit("Người", {"qms.yml": settings})
        scenes.sign_release(repo)
        for line in (EARLIER, STANDS, READ):
            assert type_line(repo, line) == 0
        repo.commit("Xem xét", day="2024-05-21")
    return folder / "kho"


@pytest.fixture
def repo(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1717200000")
    shutil.copytree(home, tmp_path / "kho", symlinks=True)
    return Repo(tmp_path / "kho", minute=600)


def page_words(repo: Repo, folder: Path, pages: list[str], lang: Lang = "vi") -> list[str]:
    """Build the site; the text of each page's article, as it is read."""
    built(repo.folder, folder / lang, day=DAY, now=NOW, lang=lang)
    found = []
    for page in pages:
        html = (folder / lang / page / "index.html").read_text("utf-8")
        article = html[html.index("<article") : html.index("</article>")]
        found.append(" ".join(unescape(re.sub(r"<[^>]+>", " ", article)).split()))
    return found


def fact(page: str, label: str, following: str) -> str:
    """What stands between two labels."""
    return page.partition(label)[2].partition(following)[0].strip()


def test_a_page_and_the_registers_say_what_the_last_review_found_and_who_has_not_read(
    repo: Repo, tmp_path: Path
) -> None:
    asked = ["tai-lieu/qt-vp-01", "tai-lieu", "bang-theo-doi", "phan-phoi", "tai-lieu/qt-kt-01"]
    page, register, board, round_, other = page_words(repo, tmp_path / "a", asked)
    label = "Lần xem xét gần nhất đã ghi nhận"
    told = fact(page, label, "Hạn xem xét")
    assert told == "20/05/2024: giữ nguyên (Lê Thị Mẫu)"
    assert not APPROVED.search(told)
    assert "Hạn xem xét 20/05/2025" in page
    # He has read it; of the office nobody is known by name.
    assert "Chưa ghi nhận đã đọc và hiểu Văn phòng" in page
    assert "Trần Văn Thử" not in fact(page, "Chưa ghi nhận đã đọc và hiểu", "Theo dõi sửa đổi")
    assert f"20/05/2025 {label}: 20/05/2024: giữ nguyên" in register
    assert "Chưa ghi nhận đã đọc và hiểu: Văn phòng" in register
    assert "Xem xét định kỳ trả lại kèm góp ý (0)" in board
    assert "Theo dõi xem xét định kỳ đã ghi nhận" in round_
    assert round_.count("giữ nguyên") == 2, "that of the text before is recorded too"
    assert "bản khác" in round_
    assert "Chưa ghi nhận đã đọc và hiểu" in round_
    # Nobody reviewed it: nothing is said.
    assert label not in other
    assert "Chưa ghi nhận đã đọc và hiểu Trần Văn Thử" in other


def test_comments_returned_are_shown_until_a_review_finds_that_it_stands(
    repo: Repo, tmp_path: Path
) -> None:
    assert type_line(repo, RETURNED) == 0
    asked = ["tai-lieu/qt-vp-01", "bang-theo-doi", "phan-phoi"]
    page, board, round_ = page_words(repo, tmp_path / "a", asked)
    told = "25/05/2024: trả lại kèm góp ý (Bà Năm) Góp ý khi xem xét Nêu rõ hạn ở mục 2"
    assert f"Lần xem xét gần nhất đã ghi nhận {told} Hạn xem xét 20/05/2025" in page
    assert "Xem xét định kỳ trả lại kèm góp ý (1)" in board
    assert "25/05/2024: Nêu rõ hạn ở mục 2" in board
    assert "Nêu rõ hạn ở mục 2" in round_
    assert type_line(repo, STANDS.replace("05-20", "05-30")) == 0
    page, board, _ = page_words(repo, tmp_path / "b", asked)
    assert "30/05/2024: giữ nguyên (Lê Thị Mẫu) Hạn xem xét 30/05/2025" in page
    assert "Góp ý khi xem xét" not in page
    assert "Xem xét định kỳ trả lại kèm góp ý (0)" in board


def test_the_same_in_english(repo: Repo, tmp_path: Path) -> None:
    assert type_line(repo, RETURNED) == 0
    asked = ["documents/qt-vp-01", "documents", "dashboard", "distribution"]
    page, register, board, round_ = page_words(repo, tmp_path, asked, "en")
    assert "Last recorded review 25 May 2024: returned with comments (Bà Năm)" in page
    assert "Comments of the review Nêu rõ hạn ở mục 2 Review due 20 May 2025" in page
    assert "Not yet acknowledged as read Văn phòng" in page
    assert "Last recorded review: 25 May 2024: returned with comments: Nêu rõ hạn" in register
    assert "Periodic reviews returned with comments (1)" in board
    assert "Recorded periodic reviews" in round_
    assert not APPROVED.search(fact(page, "Last recorded review", "Answers clauses"))


# --- tables and files


WORDS = {"vi": ("giữ nguyên", "trả lại kèm góp ý"), "en": ("stands as it is", "returned with comments")}  # fmt: skip


@pytest.mark.parametrize("lang", WORDS)
def test_registers_say_it_in_every_form(
    repo: Repo, lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert type_line(repo, RETURNED) == 0
    stands, returned = WORDS[lang]
    set_language(repo, lang)
    root = ["--root", str(repo.folder)]
    _, out = run_command(capsys, "register", "internal", *root, "--format", "json")
    row = next(row for row in json.loads(out) if row["code"] == "QT VP 01")
    assert (row["reviewed"], row["review"], row["review_due"], row["unread"]) == (
        "2024-05-25", f"{returned}: Nêu rõ hạn ở mục 2", "2025-05-20", "Văn phòng",
    )  # fmt: skip
    _, out = run_command(capsys, "register", "reviews", *root, "--format", "json")
    told = [(row["date"], row["outcome"], row["comment"], row["review_due"]) for row in json.loads(out)]  # fmt: skip
    assert told == [
        ("2024-05-25", returned, "Nêu rõ hạn ở mục 2", "2025-05-20"),
        ("2024-05-20", stands, "", ""),
        ("2024-02-20", stands, "", ""),
    ]
    for which in ("internal", "reviews"):
        _, csv = run_command(capsys, "register", which, *root, "--format", "csv")
        _, html = run_command(capsys, "register", which, *root, "--format", "html")
        book = tmp_path / f"{which}.xlsx"
        assert tool(repo, "register", which, "--format", "xlsx", "--output", str(book)) == 0
        with zipfile.ZipFile(io.BytesIO(book.read_bytes())) as parts:
            strings = parts.read("xl/sharedStrings.xml").decode()
        for made in (csv, html, strings):
            assert returned in made, which
            assert "Nêu rõ hạn ở mục 2" in made, which
    # On the screen as on paper nothing recorded is called approved.
    _, table = run_command(capsys, "register", "reviews", *root)
    assert not APPROVED.search(table)


def test_as_of_a_day_before_the_review_it_had_not_been_made(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    root = ["--root", str(repo.folder), "--format", "json"]
    then = ["--as-of", "2024-05-19"]
    _, out = run_command(capsys, "register", "internal", *then, *root)
    row = next(row for row in json.loads(out) if row["code"] == "QT VP 01")
    assert (row["reviewed"], row["review"]) == ("", "")
    assert row["unread"] == "Văn phòng; Trần Văn Thử"
    _, out = run_command(capsys, "register", "reviews", *then, *root)
    assert [row["date"] for row in json.loads(out)] == ["2024-02-20"]


def test_a_new_revision_has_not_been_reviewed_nor_read(
    repo: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (repo.folder / "procedures/qt-vp-01.md").read_text("utf-8")
    changed = text.replace("3 ngày làm việc", "2 ngày làm việc")
    repo.commit("Gọn\n\nReason: x", {"procedures/qt-vp-01.md": changed}, day="2024-05-22")
    assert tool(repo, "release", "prepare", "dot-3", "--title", "Ba") == 0
    repo.commit("Hồ sơ", day="2024-05-23")
    assert scenes.record(repo, "--recorded", "2024-05-25", key="dot-3", effective="2024-05-24") == 0
    repo.commit("Ghi nhận", day="2024-05-25")
    root = ["--root", str(repo.folder), "--format", "json"]
    _, out = run_command(capsys, "register", "internal", *root)
    row = next(row for row in json.loads(out) if row["code"] == "QT VP 01")
    assert (row["reviewed"], row["review"]) == ("", "")
    assert row["unread"] == "Văn phòng; Trần Văn Thử"
    (page,) = page_words(repo, tmp_path, ["tai-lieu/qt-vp-01"])
    assert "Lần xem xét gần nhất" not in page
