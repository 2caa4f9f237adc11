from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.support.cli.scenes import make_scene, run_command, sign_release

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.repository import Repo


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    made = make_scene(tmp_path / "kho")
    sign_release(made)
    made.commit(
        "Sửa mục 1.2",
        {"manual/1.2.md": "# 1.2. Thông tin dạng văn bản\n\nTheo QT VP 01.\n"},
        day="2024-04-01",
    )
    made.commit("Sửa mục 1.1", {"manual/1.1.md": "# 1.1. Phạm vi\n\nMọi việc.\n"}, day="2024-04-02")
    return made


def told(repo: Repo, capsys: pytest.CaptureFixture[str], *words: str) -> list[tuple[str, str]]:
    status, out = run_command(
        capsys, "trail", *words, "--root", str(repo.folder), "--format", "json"
    )
    assert status == 0
    return [(row["subject"], row["what"]) for row in json.loads(out)]


def test_of_a_document(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(repo, capsys, "--document", "QT-KT-01") == [
        ("Ban hành đợt 2 năm 2024", "ghi nhận đợt 2"),
        ("Ban hành đợt 2 năm 2024", "có hiệu lực từ 2024-03-01"),
        ("Thêm quy trình", "lưu vào git"),
    ]


def test_of_a_clause_its_section_and_its_documents_and_no_other(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    subjects = [subject for subject, _ in told(repo, capsys, "--clause", "1.2")]
    assert "Sửa mục 1.2" in subjects
    assert "Gọn việc thu hồi" in subjects
    assert "Sửa mục 1.1" not in subjects
    assert "Thêm quy trình" not in subjects
    assert "Sửa mục 1.1" in [subject for subject, _ in told(repo, capsys, "--clause", "1")]


def test_of_a_person_a_unit_and_a_period(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    assert [subject for subject, _ in told(repo, capsys, "--person", "thu@example")] == [
        "Gọn việc thu hồi"
    ]
    assert {subject for subject, _ in told(repo, capsys, "--unit", "KT")} == {
        "Thêm quy trình",
        "Ban hành đợt 2 năm 2024",
    }
    assert [
        subject
        for subject, _ in told(repo, capsys, "--since", "2024-04-01", "--until", "2024-04-01")
    ] == ["Sửa mục 1.2"]
    assert told(repo, capsys, "--unit", "KT", "--person", "thu@example") == []


@pytest.mark.parametrize(
    "words", [["--clause", "9.9"], ["--unit", "XX"], ["--document", "QT XX 01"]]
)
def test_a_name_that_nothing_bears_is_no_empty_answer(
    repo: Repo, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    assert run_command(capsys, "trail", *words, "--root", str(repo.folder))[0] == 2
