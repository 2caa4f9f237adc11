from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.cli.scenes import said, scene, signed

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_holders_today_and_what_a_release_recalls(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    repo = scene(tmp_path / "kho")
    signed(repo)
    root = ["--root", str(repo.folder)]
    _, out = said(capsys, "distribution", *root, "--format", "json")
    assert {(row["code"], row["unit"], row["medium"], row["copies"]) for row in json.loads(out)} == {
        ("QT VP 01", "Văn phòng", "bản giấy", "1"),
        ("QT VP 01", "Phòng Kỹ thuật", "điện tử", "1"),
        ("QT KT 01", "Phòng Kỹ thuật", "bản giấy", "2"),
    }
    _, out = said(capsys, "distribution", "--recall", "0002", *root, "--format", "json")
    assert ("QT VP 01", "Văn phòng", "thu hồi") in {(row["code"], row["unit"], row["act"]) for row in json.loads(out)}
    assert ("QT KT 01", "Phòng Kỹ thuật", "phát bản mới") in {(row["code"], row["unit"], row["act"]) for row in json.loads(out)}
    assert said(capsys, "distribution", "--recall", "1", *root)[0] == 2
    assert said(capsys, "distribution", "--recall", "9", *root)[0] == 2
