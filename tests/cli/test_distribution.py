from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.support.cli.scenes import hand_out_copies, make_scene, run_command, sign_release

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_holders_today_and_what_a_release_recalls(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = make_scene(tmp_path / "kho")
    sign_release(repo)
    root = ["--root", str(repo.folder)]
    _, out = run_command(capsys, "distribution", *root, "--format", "json")
    assert {
        (row["code"], row["unit"], row["medium"], row["copies"]) for row in json.loads(out)
    } == {
        ("QT VP 01", "Văn phòng", "bản giấy", "1"),
        ("QT VP 01", "Phòng Kỹ thuật", "điện tử", "1"),
        ("QT KT 01", "Phòng Kỹ thuật", "bản giấy", "2"),
    }
    _, out = run_command(capsys, "distribution", "--recall", "0002", *root, "--format", "json")
    assert ("QT VP 01", "Văn phòng", "thu hồi") in {
        (row["code"], row["unit"], row["act"]) for row in json.loads(out)
    }
    assert ("QT KT 01", "Phòng Kỹ thuật", "phát bản mới") in {
        (row["code"], row["unit"], row["act"]) for row in json.loads(out)
    }
    assert run_command(capsys, "distribution", "--recall", "1", *root)[0] == 2
    assert run_command(capsys, "distribution", "--recall", "9", *root)[0] == 2


def rows(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, str]]:
    status, out = run_command(capsys, "distribution", *words, "--format", "json")
    assert status == 0
    found: list[dict[str, str]] = json.loads(out)
    return found


def test_what_is_still_out_and_what_became_of_every_copy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = make_scene(tmp_path / "kho")
    hand_out_copies(repo)
    root = ["--root", str(repo.folder)]

    def out(day: str) -> list[tuple[str, str, str, str]]:
        found = rows(capsys, "--out", "--as-of", day, *root)
        return [(row["code"], row["unit"], row["release"], row["state"]) for row in found]

    assert out("2024-01-31") == [
        ("QT VP 01", "Văn phòng", "1", "đang dùng"),
        ("QT VP 01", "Phòng Kỹ thuật", "1", "đang dùng"),
    ]
    assert out("2024-03-10") == [
        ("QT VP 01", "Phòng Kỹ thuật", "1", "phải thu hồi từ 2024-03-05, đã 5 ngày"),
        ("QT VP 01", "Văn phòng", "2", "đang dùng"),
        ("QT KT 01", "Phòng Kỹ thuật", "2", "đang dùng"),
    ]
    assert [row["state"] for row in rows(capsys, "--ledger", "--as-of", "2024-03-05", *root)] == [
        "phải thu hồi từ 2024-03-05, đã 0 ngày", "phải thu hồi từ 2024-03-05, đã 0 ngày", "chưa phát", "chưa phát",
    ]  # fmt: skip
    assert rows(capsys, "--ledger", *root)[0]["state"] == "đã thu hồi"


def test_the_list_says_what_was_handed_out_and_signed_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = make_scene(tmp_path / "kho")
    hand_out_copies(repo)
    root = ["--root", str(repo.folder)]
    told = {
        (row["code"], row["unit"]): (row["copies"], row["handed_out"], row["received"])
        for row in rows(capsys, *root)
    }
    assert told == {
        ("QT VP 01", "Văn phòng"): ("1", "1", "1"),
        ("QT VP 01", "Phòng Kỹ thuật"): ("1", "", ""),
        ("QT KT 01", "Phòng Kỹ thuật"): ("2", "2", "0"),
    }
    found = rows(capsys, "--as-of", "2024-02-01", *root)
    assert {(row["code"], row["unit"]): (row["copies"], row["handed_out"]) for row in found} == {
        ("QT VP 01", "Văn phòng"): ("1", "1"),
        ("QT VP 01", "Phòng Kỹ thuật"): ("1", ""),
    }
    for day, done in (("2024-03-05", "0/1"), ("2024-03-06", "1/1")):
        found = rows(capsys, "--recall", "2", "--as-of", day, *root)
        assert [row["done"] for row in found if row["act"] == "thu hồi"] == [done]


def test_an_auditor_is_told_who_signed_for_what(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = make_scene(tmp_path / "kho")
    hand_out_copies(repo)
    status, out = run_command(capsys, "verify", "--root", str(repo.folder))
    assert status == 1
    assert "1 bản giấy hết hiệu lực chưa thu hồi: " in out
    assert "QT KT 01 (Phòng Kỹ thuật), QT VP 01 (Phòng Kỹ thuật)" in " ".join(out.split())
    assert "QT VP 01 (Văn phòng)" not in out
