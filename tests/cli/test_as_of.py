"""`as-of` against the simulator's truth, and its texts as files."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from qmstool.cli import main
from tests import simulator
from tests.cli.scenes import SECOND, said, scene, signed
from tests.repository import Repo

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
@pytest.mark.parametrize("bare", [False, True])
def test_the_list_of_a_day_is_what_was_planted(tmp_path: Path, capsys: pytest.CaptureFixture[str], bare: bool) -> None:
    life, repo = simulator.plant(3, releases=14), Repo.make(tmp_path / "kho")
    simulator.write(life, repo)
    root = tmp_path / "sao" if bare else repo.folder
    if bare:
        repo.git("clone", "-q", "--bare", str(repo.folder), str(root))
    last = life.events[-1].recorded
    for day in (last - timedelta(days=back) for back in (0, 33, 97, 240)):
        for known in (None, day + timedelta(days=7)):
            truth = life.painted(known)
            expected = {
                code: (str(item.issue), str(item.revision), str(event.number))
                for (code, when), (event, item) in truth.items()
                if when == day and item.act != "withdraw"
            }
            more = ["--known-on", known.isoformat()] if known else []
            status, out = said(capsys, "as-of", day.isoformat(), *more, "--root", str(root), "--format", "json")
            assert status == 0
            assert {row["code"]: (row["issue"], row["revision"], row["release"]) for row in json.loads(out)} == expected, (
                day,
                known,
            )


def test_texts_are_written_as_released_into_an_empty_folder_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    repo = scene(tmp_path / "kho")
    signed(repo)
    repo.commit("Dự thảo sau", {"procedures/qt-vp-01.md": SECOND.replace("hằng tháng", "hằng tuần")})
    out = tmp_path / "ra"
    asked = ["as-of", "2024-03-02", "--root", str(repo.folder), "--texts", str(out)]
    status, table = said(capsys, *asked)
    assert status == 0
    assert "QT KT 01" in table
    assert (out / "procedures/qt-vp-01.md").read_text(encoding="utf-8") == SECOND
    assert main(["check", "--root", str(out)]) == 0
    assert said(capsys, *asked)[0] == 2
    blob = repo.git("rev-parse", "HEAD~1:procedures/qt-vp-01.md")
    (repo.folder / ".git/objects" / blob[:2] / blob[2:]).unlink()
    asked[-1] = str(tmp_path / "ra2")
    assert said(capsys, *asked)[0] == 1
    assert not (tmp_path / "ra2/procedures/qt-vp-01.md").exists()


def test_known_on_an_earlier_day_the_late_record_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    repo = scene(tmp_path / "kho")
    signed(repo)
    words = ["as-of", "2024-03-02", "--root", str(repo.folder), "--format", "json"]
    assert "QT KT 01" in said(capsys, *words)[1]
    assert "QT KT 01" not in said(capsys, *words, "--known-on", "2024-03-04")[1]
    with pytest.raises(SystemExit):
        main(["as-of", "hôm qua"])
