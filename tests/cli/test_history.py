from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from tests.support.cli.scenes import make_scene, run_command, sign_release
from tests.support.repository import Repo

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_the_change_table_of_a_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    repo = make_scene(tmp_path / "kho")
    sign_release(repo)
    status, out = run_command(
        capsys, "history", "qt-vp-01", "--root", str(repo.folder), "--format", "json"
    )
    assert status == 0
    newest, first = json.loads(out)
    assert (newest["release"], newest["issue"], newest["revision"], newest["act"]) == (
        "2",
        "1",
        "1",
        "sửa đổi",
    )
    assert (newest["effective"], newest["recorded"]) == ("2024-03-01", "2024-03-05")
    assert newest["sections"] == "2. Cách làm"
    assert (newest["summary"], newest["reason"]) == (
        "rút ngắn thời hạn thu hồi",
        "Phiếu đề nghị số 7 của Văn phòng",
    )
    assert newest["approver"] == "Lê Thị Mẫu, Giám đốc"
    assert newest["instrument"] == "12/QĐ-VD ngày 2024-03-01"
    assert newest["authors"] == "Trần Văn Thử"
    assert first["sections"] == "toàn bộ"
    _, table = run_command(
        capsys, "history", "QT VP 01", "--root", str(repo.folder), "--format", "csv"
    )
    assert len(list(csv.reader(io.StringIO(table)))) == 3


def test_a_code_that_nothing_bears(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    repo = make_scene(tmp_path / "kho")
    status, _ = run_command(capsys, "history", "QT VP 10", "--root", str(repo.folder))
    assert status == 2


def test_a_shallow_clone_is_refused_with_what_mends_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = make_scene(tmp_path / "kho")
    sign_release(repo)
    repo.git("clone", "-q", "--depth", "1", repo.folder.as_uri(), str(tmp_path / "nông"))
    asked = (
        ["history", "QT VP 01"], ["trail"], ["as-of", "2024-04-01"], ["verify"], ["diff", "QT VP 01"], ["distribution"],
        ["register", "internal", "--as-of", "2024-04-01"], ["check", "--history"], ["check", "--since", "HEAD"],
        ["release", "prepare", "dot-9", "--title", "x"],
    )  # fmt: skip
    for words in asked:
        capsys.readouterr()
        status, out = run_command(capsys, *words, "--root", str(tmp_path / "nông"))
        assert (status, out) == (2, ""), words
    from qmstool.cli.main import main

    main(["trail", "--root", str(tmp_path / "nông")])
    assert "git fetch --unshallow" in capsys.readouterr().err


def test_without_a_repository_the_records_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = make_scene(tmp_path / "kho")
    sign_release(repo)
    Repo(repo.folder).git("worktree", "prune")
    (repo.folder / ".git").rename(tmp_path / "cất")
    status, out = run_command(
        capsys, "history", "QT VP 01", "--root", str(repo.folder), "--format", "json"
    )
    assert status == 0
    assert [(each["release"], each["commits"]) for each in json.loads(out)] == [
        ("2", ""),
        ("1", ""),
    ]
    for words in (["trail"], ["as-of", "2024-04-01"], ["distribution"]):
        assert run_command(capsys, *words, "--root", str(repo.folder))[0] == 0, words
    assert (
        run_command(
            capsys,
            "as-of",
            "2024-04-01",
            "--texts",
            str(tmp_path / "ra"),
            "--root",
            str(repo.folder),
        )[0]
        == 2
    )
