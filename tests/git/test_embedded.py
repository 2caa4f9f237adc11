"""Files of a manual that pass for a repository are refused; a repository is none of them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from qmstool.git import repository as git
from qmstool.git.saving import begin_repository
from qmstool.i18n import QmsError
from tests.support.repository import Repo

if TYPE_CHECKING:
    from pathlib import Path

OWN = ("HEAD", "config", "objects", "refs")


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    made = Repo.make(tmp_path / "kho")
    made.commit("một", {"qms.yml": "a\n", "phòng/sổ/qms.yml": "a\n"})
    return made


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """The inside of a repository with another history."""
    made = Repo.make(tmp_path / "khác")
    made.commit("khác", {"qms.yml": "b\n"})
    return made.folder / ".git"


def bring(other: Path, home: Path) -> None:
    for name in OWN:
        if (other / name).is_dir():
            shutil.copytree(other / name, home / name)
        else:
            shutil.copy(other / name, home / name)


@pytest.mark.parametrize(
    ("manual", "place"),
    [
        (".", "."),
        ("phòng/sổ", "phòng/sổ"),
        ("phòng/sổ", "phòng"),
        ("phòng/sổ", "."),
        ("procedures/..", "."),
    ],
)
def test_what_a_proposal_brings_is_no_history(
    repo: Repo, other: Path, manual: str, place: str
) -> None:
    (repo.folder / "procedures").mkdir()
    git.find_repository(repo.folder / manual)
    bring(other, repo.folder / place)
    with pytest.raises(QmsError, match="HEAD, objects, refs"):
        git.find_repository(repo.folder / manual)
    with pytest.raises(QmsError, match="HEAD, objects, refs"):
        begin_repository(repo.folder / manual)


def test_nor_is_one_whose_parts_lie_elsewhere(repo: Repo, other: Path) -> None:
    home = repo.folder / "phòng/sổ"
    shutil.copy(other / "HEAD", home / "HEAD")
    git.find_repository(home)  # a file of that name is only a file
    (home / "commondir").write_text("../../khác\n")
    with pytest.raises(QmsError, match="HEAD, objects, refs"):
        git.find_repository(home)


def test_nor_is_it_in_a_copy_without_a_repository(repo: Repo, other: Path, tmp_path: Path) -> None:
    shutil.copytree(repo.folder / "phòng/sổ", tmp_path / "zip")
    assert isinstance(git.find_repository(tmp_path / "zip"), git.NoRepository)
    bring(other, tmp_path / "zip")
    with pytest.raises(QmsError, match="HEAD, objects, refs"):
        git.find_repository(tmp_path / "zip")


def test_a_bare_repository_and_the_inside_of_one_are_repositories(
    repo: Repo, tmp_path: Path
) -> None:
    repo.git("clone", "-q", "--bare", str(repo.folder), str(tmp_path / "trần"))
    for folder in (tmp_path / "trần", repo.folder / ".git"):
        assert isinstance(git.find_repository(folder), git.Repository)
