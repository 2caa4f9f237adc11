"""`qmstool check --history`: on a whole repository, and refused where the past is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.baseline import baseline_text
from tests.support.cli.scenes import run_command
from tests.support.manuals import tiny, tiny_with
from tests.support.repository import Repo

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def released(folder: Path) -> Repo:
    repo = Repo.make(folder)
    tree = tiny_with({})
    release = baseline_text(tree)
    repo.write({**tiny(), "releases/0001.yml": release})
    repo.commit("bản tiếp nhận")
    return repo


def test_a_release_rewritten_later_is_told_with_history_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = released(tmp_path / "kho")
    asked = ("check", "--root", str(tmp_path / "kho"), "--format", "json")
    assert run_command(capsys, *asked, "--history")[0] == 0
    path = tmp_path / "kho" / "releases" / "0001.yml"
    repo.write(
        {"releases/0001.yml": path.read_text(encoding="utf-8").replace("Bản tiếp nhận", "Bản khác")}
    )
    repo.commit("sửa bản ghi")
    assert run_command(capsys, *asked)[0] == 0
    status, out = run_command(capsys, *asked, "--history")
    assert status == 1
    assert "release-doubted" in out


def test_a_shallow_clone_and_no_repository_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = released(tmp_path / "kho")
    repo.write({"manual/1.1.md": tiny()["manual/1.1.md"] + b"\nThem.\n"})
    repo.commit("sửa")
    repo.git("clone", "-q", "--depth", "1", f"file://{tmp_path / 'kho'}", str(tmp_path / "can"))
    assert run_command(capsys, "check", "--root", str(tmp_path / "can"), "--history")[0] == 2
    assert run_command(capsys, "check", "--root", str(tmp_path / "can"))[0] == 0
    for name, data in tiny().items():
        (tmp_path / "tran" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "tran" / name).write_bytes(data)
    assert run_command(capsys, "check", "--root", str(tmp_path / "tran"), "--history")[0] == 2
