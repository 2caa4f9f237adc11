"""Commits of people in other zones and with wrong clocks: their true order, in the manual's zone."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from qmstool import process
from qmstool.cli.main import main
from tests.support.cli.forgery import run_command
from tests.support.cli.scenes import FIRST, SECOND, make_scene
from tests.support.repository import ISOLATED, Repo

if TYPE_CHECKING:
    from pathlib import Path

PATH = "procedures/qt-vp-01.md"


def commit_at(repo: Repo, message: str, text: str, when: str) -> None:
    """A commit by a clock of any zone; the message is kept to the byte."""
    repo.write({PATH: text})
    repo.git("add", "-A")
    people = {f"GIT_{who}_NAME": "A" for who in ("AUTHOR", "COMMITTER")}
    people |= {f"GIT_{who}_EMAIL": "a@example.org" for who in ("AUTHOR", "COMMITTER")}
    people |= {f"GIT_{who}_DATE": when for who in ("AUTHOR", "COMMITTER")}
    subprocess.run(
        ["git", "commit", "-q", "--cleanup=verbatim", "-F", "-"],
        cwd=repo.folder,
        input=message.encode(),
        env={**os.environ, **ISOLATED, **people},
        check=True,
    )


def trail(repo: Repo, *more: str) -> list[tuple[str, str, str]]:
    words = ("trail", "--root", str(repo.folder), "--document", "QT VP 01", "--format", "json")
    rows = json.loads(run_command(*words, *more)[1])
    return [(row["when"], row["subject"], row["why"]) for row in rows]


def test_the_trail_is_in_the_true_order_and_in_the_manuals_zone(tmp_path: Path) -> None:
    repo = make_scene(tmp_path / "kho")
    commit_at(repo, "Từ Mỹ\n\nReason: một\n", FIRST + "1\n", "2024-02-29T23:30:00-05:00")
    commit_at(repo, "Từ Nhật\n\nReason: hai\n", FIRST + "2\n", "2024-03-01T13:45:00+09:00")
    commit_at(repo, "Đồng hồ chậm\n\nReason: ba\n", FIRST + "3\n", "2023-01-01T08:00:00+07:00")
    commit_at(repo, "Về sau\r\n\r\nReason: bốn,\r\n năm\r\n", SECOND, "2024-03-02T00:30:00Z")
    assert trail(repo)[:4] == [
        ("2024-03-02T07:30:00+07:00", "Về sau", "bốn, năm"),
        ("2023-01-01T08:00:00+07:00", "Đồng hồ chậm", "ba"),
        ("2024-03-01T11:45:00+07:00", "Từ Nhật", "hai"),
        ("2024-03-01T11:30:00+07:00", "Từ Mỹ", "một"),
    ]
    days = ("--since", "2024-03-01", "--until", "2024-03-01")
    assert [subject for _, subject, _ in trail(repo, *days)] == ["Từ Nhật", "Từ Mỹ"]


def test_words_follow_a_document_that_was_moved_and_rewritten(tmp_path: Path) -> None:
    repo = make_scene(tmp_path / "kho")
    repo.commit("Sửa lần đầu\n\nReason: phiếu 1", {PATH: SECOND}, day="2024-02-01")
    (repo.folder / PATH).unlink()
    head = FIRST.split("\n# ")[0]
    body = "".join(f"{number}. Bước viết lại hoàn toàn.\n" for number in range(40))
    text = f"{head}\n# Quy trình kiểm soát tài liệu\n\n## 1. Mục đích\n\nViết lại.\n\n## 2. Cách làm\n\n{body}"
    new = {"procedures/kiem-soat/tai-lieu.md": text}
    repo.commit("Dời và viết lại\n\nReason: phiếu 2", new, day="2024-02-02")
    said = ("--title", "Đợt 2", "--number", "QT VP 01=1/1", "--only", "QT VP 01")
    words = ("release", "prepare", "dot-2", "--root", str(repo.folder), *said)
    assert run_command(*words)[0] == 0
    made = (repo.folder / "releases/candidates/dot-2.yml").read_text(encoding="utf-8")
    assert 'reason: "phiếu 1; phiếu 2"' in made
    assert [subject for _, subject, _ in trail(repo)][:3] == [
        "Dời và viết lại",
        "Sửa lần đầu",
        "Bản đầu",
    ]


@pytest.mark.parametrize("epoch", ["abc", "1e9", "-5", " 12", "1.5", "٣", "9" * 40, "2024-06-01"])
@pytest.mark.parametrize("command", [["check", "--no-cache"], ["register", "internal"], ["build"]])
def test_a_day_of_building_that_is_none_is_refused_with_what_to_write(
    tiny: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    epoch: str,
    command: list[str],
) -> None:
    """Not passed over: mkdocs, which reads it as well, would end in a traceback."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert main([*command, "--root", str(tiny)]) == 2
    told = capsys.readouterr().err
    assert "SOURCE_DATE_EPOCH" in told
    assert "1970" in told


@pytest.mark.slow
def test_a_site_is_built_on_any_day_that_a_clock_may_show(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """mkdocs packs a list of pages with its moment, and ends on one past 2106."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "32500000000")
    target = tiny.parent / "site"
    assert main(["build", "--root", str(tiny), "--output", str(target)]) == 0
    assert (target / "index.html").is_file()


def test_a_day_of_building_set_to_nothing_is_not_set(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
    assert main(["check", "--no-cache", "--root", str(tiny)]) == 0
    assert os.environ["SOURCE_DATE_EPOCH"] == ""
    with process.settled_environment():
        assert "SOURCE_DATE_EPOCH" not in os.environ
