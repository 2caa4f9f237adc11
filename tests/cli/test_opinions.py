from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING

import pytest

from qmstool.cli.main import main
from qmstool.manual.loading.loader import load
from qmstool.storage.tree import FolderTree
from tests.support.cli.scenes import (
    OPINIONS,
    ask_opinions,
    change,
    hand_out_copies,
    make_scene,
    prepare,
    record,
    run_command,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.repository import Repo


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return make_scene(tmp_path / "kho")


def rows(repo: Repo, capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, str]]:
    status, out = run_command(capsys, *words, "--root", str(repo.folder), "--format", "json")
    assert status == 0
    found: list[dict[str, str]] = json.loads(out)
    return found


def test_what_units_said_on_a_day(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    ask_opinions(repo)
    told = {
        (row["unit"], row["opinion"])
        for row in rows(repo, capsys, "opinions", "dot-2", "--as-of", "2024-02-20")
    }
    assert told == {("Phòng Kỹ thuật", "quá hạn trả lời"), ("Văn phòng", "quá hạn trả lời")}
    one, two = rows(repo, capsys, "opinions", "--as-of", "2024-02-21")
    assert (one["opinion"], one["comment"]) == (
        "có góp ý (trả lời muộn)",
        "Thời hạn thu hồi nên là 5 ngày.",
    )
    assert one["evidence"] == "Sổ công văn đến số 31, bản gốc ở Văn thư"
    assert (two["documents"], two["opinion"], two["answered"]) == (
        "cả hồ sơ",
        "quá hạn trả lời",
        "",
    )
    assert rows(repo, capsys, "opinions", "--as-of", "2024-02-11") == []
    assert run_command(capsys, "opinions", "dot-9", "--root", str(repo.folder))[0] == 2


def test_who_signed_and_whom_the_document_names(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    hand_out_copies(repo)
    found = rows(repo, capsys, "opinions", "dot-2", "--signed")
    told = [
        (row["document"], row["capacity"], row["person"], row["title"], row["unit"], row["date"])
        for row in found
    ]
    assert (
        "QT VP 01",
        "Biên soạn",
        "Trần Văn Thử",
        "Trưởng phòng Kỹ thuật",
        "Phòng Kỹ thuật",
        "2024-02-10",
    ) in told
    assert ("QT KT 01", "Xem xét", "Phạm Thị Ví Dụ", "QMR", "", "2024-02-18") in told
    assert ("QT KT 01", "Phê duyệt", "Lê Thị Mẫu", "Giám đốc", "", "2024-03-01") in told
    assert not [
        row for row in found if row["document"] == "QT KT 01" and row["capacity"] == "Biên soạn"
    ]
    assert {row["evidence"] for row in found if row["capacity"] == "Xem xét"} == {
        "bản gốc ở Văn phòng"
    }
    assert {row["evidence"] for row in found if row["capacity"] == "Phê duyệt"} == {
        "chưa có bằng chứng"
    }


def test_who_typed_a_commit_is_never_an_author_of_the_text(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    change(repo)
    assert prepare(repo) == 0
    repo.commit("Lập hồ sơ trình ký")
    assert {row["person"] for row in rows(repo, capsys, "opinions", "dot-2", "--signed")} == {""}
    assert record(repo) == 0
    row = rows(repo, capsys, "history", "QT VP 01")[0]
    assert (row["prepared"], row["reviewed"], row["authors"]) == ("", "", "Trần Văn Thử")


def test_the_release_keeps_what_was_said_and_a_later_change_is_told(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    hand_out_copies(repo)
    kept = [
        proof for each in load(FolderTree(repo.folder)).releases[-1:] for proof in each.evidence
    ]
    assert [(proof.kind, proof.file) for proof in kept] == [
        ("opinions", "releases/opinions/dot-2.yml"),
        ("candidate", "releases/candidates/dot-2.yml"),
    ]
    assert kept[0].digest == hashlib.sha256(OPINIONS.encode()).hexdigest()
    _, out = run_command(capsys, "verify", "--root", str(repo.folder))
    assert "chưa có bằng chứng phê duyệt · ý kiến: 1 có góp ý, 1 không trả lời" in out
    row = rows(repo, capsys, "history", "QT VP 01")[0]
    assert (row["prepared"], row["reviewed"]) == (
        "Trần Văn Thử (2024-02-10)",
        "Phạm Thị Ví Dụ (2024-02-18)",
    )
    assert [each["opinion"] for each in rows(repo, capsys, "opinions")][1] == "không trả lời"
    repo.write({"releases/opinions/dot-2.yml": OPINIONS.replace("comments", "agrees")})
    status, out = run_command(capsys, "verify", "--root", str(repo.folder))
    assert status == 1
    assert "releases/0002.yml" in out
    assert "«releases/opinions/dot-2.yml» không còn như khi ghi nhận" in out


def test_the_trail_tells_who_was_asked_who_answered_and_who_signed(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    ask_opinions(repo)
    told = {
        (row["when"], row["who"], row["what"])
        for row in rows(repo, capsys, "trail", "--document", "QT KT 01")
    }
    assert ("2024-02-12", "", "gửi lấy ý kiến Văn phòng") in told
    assert ("2024-02-18", "Phạm Thị Ví Dụ", "ký xem xét") in told
    assert not [
        row for row in told if "Phòng Kỹ thuật" in row[2]
    ]  # asked about another document only
    told = {
        (row["when"], row["who"], row["what"])
        for row in rows(repo, capsys, "trail", "--person", "Trần Văn Thử")
    }
    assert ("2024-02-21", "Trần Văn Thử", "Phòng Kỹ thuật trả lời: có góp ý") in told
    assert ("2024-02-10", "Trần Văn Thử", "ký biên soạn") in told


def test_units_concerned_and_not_asked_are_told_when_preparing(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    change(repo)
    capsys.readouterr()
    assert prepare(repo) == 0
    assert "QT VP 01: chưa lấy ý kiến Phòng Kỹ thuật" in capsys.readouterr().err
    _, out = run_command(capsys, "check", "--all", "--root", str(repo.folder))
    assert "QMS410 unit-not-asked" in out


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html[html.index("<body>") :]).split())


def test_the_dossier_shows_the_opinions_and_is_printed_again_with_later_ones(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    change(repo)
    assert prepare(repo) == 0
    home = repo.folder / "build/ho-so-dot-2"
    assert not (home / "6-tong-hop-y-kien.html").exists()
    assert "Bảng tổng hợp" not in plain((home / "1-to-trinh.html").read_text(encoding="utf-8"))
    frozen = (repo.folder / "releases/candidates/dot-2.yml").read_bytes()
    repo.commit(
        "Lập hồ sơ",
        {"releases/opinions/dot-2.yml": OPINIONS.replace("unit: VP", 'note: "<b>x</b>", unit: VP')},
    )
    capsys.readouterr()
    assert run_command(capsys, "release", "dossier", "dot-2", "--root", str(repo.folder))[0] == 0
    page = plain((home / "6-tong-hop-y-kien.html").read_text(encoding="utf-8"))
    assert "1 có góp ý, 1 quá hạn trả lời" in page
    assert "Thời hạn thu hồi nên là 5 ngày. Không tiếp thu, vì đã thống nhất 3 ngày." in page
    assert "QT VP 01 Biên soạn tran-van-thu 10/02/2024 chưa có bằng chứng" in page
    assert "Phê duyệt" not in page
    assert (
        "5. Bảng tổng hợp, tiếp thu, giải trình ý kiến (1 có góp ý, 1 quá hạn trả lời)."
        in plain((home / "1-to-trinh.html").read_text(encoding="utf-8"))
    )
    assert (repo.folder / "releases/candidates/dot-2.yml").read_bytes() == frozen
    assert run_command(capsys, "release", "dossier", "dot-9", "--root", str(repo.folder))[0] == 2


def test_nothing_of_an_opinion_runs_on_paper(repo: Repo) -> None:
    evil = OPINIONS.replace(
        "Thời hạn thu hồi nên là 5 ngày.", '"<script>alert(1)</script>{{ 7 * 7 }}"'
    )
    repo.write({"releases/opinions/dot-2.yml": evil})
    change(repo)
    assert prepare(repo) == 0
    page = (repo.folder / "build/ho-so-dot-2/6-tong-hop-y-kien.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7 * 7 }}" in page


def test_a_key_that_is_nearly_a_candidates_is_doubted(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    change(repo)
    assert prepare(repo) == 0
    words = ["record", "opinion", "--unit", "VP", "--sent", "2024-02-10", "--lang", "en"]
    for key, is_doubted in (("dto-2", True), ("dto-2", False), ("phong-chay", False)):
        assert main([*words, key, "--root", str(repo.folder)]) == 0
        assert ("is it «dot-2»?" in capsys.readouterr().err) == is_doubted
