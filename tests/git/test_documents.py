"""A document's life is that of its code, whatever git makes of moves; its words follow it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qmstool.git import log
from qmstool.git import repository as git
from tests.support.repository import Repo

if TYPE_CHECKING:
    from pathlib import Path

FORM = "".join(f"{number}. Bước chung của mọi quy trình.\n" for number in range(40))
OTHER = "".join(f"{number} khác hẳn, viết lại từ đầu\n" for number in range(40))


def document(code: str, body: str = FORM, title: str = "Quy trình") -> str:
    return f"---\ncode: {code}\ntitle: {title}\n---\n# {title}\n\n{body}"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo.make(tmp_path / "kho")


def subjects(repo: Repo, path: str) -> list[str]:
    history = log.read_history(git.require_history(git.find_repository(repo.folder)))
    return list(dict.fromkeys(touch.commit.subject for touch in history.life(path)))


def test_moved_and_rewritten_in_one_commit(repo: Repo) -> None:
    repo.commit("một", {"procedures/a.md": document("QT 01")})
    (repo.folder / "procedures/a.md").unlink()
    repo.commit("dời và viết lại", {"procedures/b.md": document("QT 01", OTHER)})
    assert subjects(repo, "procedures/b.md") == ["dời và viết lại", "một"]
    assert subjects(repo, "procedures/a.md") == []


def test_added_in_one_commit_and_dropped_at_the_old_place_in_the_next(repo: Repo) -> None:
    repo.commit("một", {"procedures/a.md": document("QT 01")})
    repo.commit("chép sang", {"procedures/b.md": document("QT 01", OTHER)})
    (repo.folder / "procedures/a.md").unlink()
    repo.commit("bỏ bản cũ")
    assert subjects(repo, "procedures/b.md") == ["bỏ bản cũ", "chép sang", "một"]


def test_one_dropped_and_another_made_of_the_same_form_is_no_move(repo: Repo) -> None:
    repo.commit("của QT 01", {"procedures/a.md": document("QT 01")})
    (repo.folder / "procedures/a.md").unlink()
    repo.commit("bỏ QT 01, thêm QT 02", {"procedures/b.md": document("QT 02")})
    repo.commit("sửa QT 02", {"procedures/b.md": document("QT 02", FORM + "x\n")})
    assert subjects(repo, "procedures/b.md") == ["sửa QT 02", "bỏ QT 01, thêm QT 02"]
    assert subjects(repo, "procedures/a.md") == ["bỏ QT 01, thêm QT 02", "của QT 01"]


def test_two_that_change_places(repo: Repo) -> None:
    one, two = document("QT 01", FORM + "1\n"), document("QT 02", FORM + "2\n")
    repo.commit("QT 01", {"procedures/a.md": one})
    repo.commit("QT 02", {"procedures/b.md": two})
    repo.commit("đổi chỗ", {"procedures/a.md": two, "procedures/b.md": one})
    assert subjects(repo, "procedures/b.md") == ["đổi chỗ", "QT 01"]
    assert subjects(repo, "procedures/a.md") == ["đổi chỗ", "QT 02"]


def test_a_code_set_right_is_the_same_document(repo: Repo) -> None:
    repo.commit("một", {"procedures/a.md": document("QT O1")})
    repo.commit("sửa mã", {"procedures/a.md": document("QT 01")})
    repo.commit("chép lại có dấu cách khác", {"procedures/a.md": document("QT-01")})
    assert subjects(repo, "procedures/a.md") == ["chép lại có dấu cách khác", "sửa mã", "một"]


def test_a_form_copied_before_its_code_was_written_takes_nothing_along(repo: Repo) -> None:
    repo.commit("QT 01", {"procedures/a.md": document("QT 01")})
    repo.commit("chép từ QT 01", {"procedures/b.md": document("QT 01")})
    repo.commit("thành QT 02", {"procedures/b.md": document("QT 02")})
    assert subjects(repo, "procedures/b.md") == ["thành QT 02"]
    assert subjects(repo, "procedures/a.md")[-1] == "QT 01"


def test_texts_without_a_code_keep_the_lives_of_git(repo: Repo) -> None:
    repo.commit("một", {"manual/a.md": FORM})
    repo.move("manual/a.md", "manual/b.md")
    repo.commit("dời")
    assert subjects(repo, "manual/b.md") == ["dời", "một"]


def test_commits_are_in_the_order_of_their_days(repo: Repo) -> None:
    repo.commit("1", {"a.md": "1\n"}, day="2024-03-01")
    repo.git("checkout", "-q", "-b", "nhánh")
    repo.commit("2", {"b.md": "2\n"}, day="2024-03-02")
    repo.commit("4", {"b.md": "4\n"}, day="2024-03-04")
    repo.git("checkout", "-q", "main")
    repo.commit("3", {"a.md": "3\n"}, day="2024-03-03")
    repo.git("merge", "-q", "--no-ff", "-m", "5", "nhánh", day="2024-03-05")
    repo.commit("6, đồng hồ chạy chậm", {"a.md": "6\n"}, day="2020-01-01")
    history = log.read_history(git.require_history(git.find_repository(repo.folder)))
    assert [commit.subject[0] for commit in history.commits] == ["6", "5", "4", "3", "2", "1"]
