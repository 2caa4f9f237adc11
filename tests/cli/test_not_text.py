"""What is to be changed and is not all UTF-8 is left as it is, with a word, by every command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qmstool.cli.main import main
from tests.support.cli.scenes import change, make_scene, prepare

if TYPE_CHECKING:
    from pathlib import Path

BROKEN = b"\n# \xff\xfe\n"
READING = "record reading QT_VP_01 --person le-thi-mau --date 2024-05-20"
COPY = "record copy QT_VP_01 --number 1 --unit VP --handed-out 2024-05-20"
OPINION = "record opinion dot-2 --unit KT --sent 2024-02-20 --due 2024-02-25"


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("releases/readings.yml", READING),
        ("releases/copies.yml", COPY),
        ("releases/opinions/dot-2.yml", OPINION),
        ("procedures/qt-kt-01.md", "rename QT_KT_01 QT_KT_05 --yes"),
        ("clauses/mapping/tiny-1.yml", "rename QT_KT_01 QT_KT_05 --yes"),
        ("procedures/qt-vp-01.md", "renumber QT_VP_01 2 5 --yes"),
        ("procedures/qt-vp-02.md", "withdraw QT_VP_02"),
    ],
)
def test_it_is_refused_by_its_name(
    tmp_path: Path,
    path: str,
    typed: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1717200000")
    repo = make_scene(tmp_path / "kho")
    change(repo)
    assert prepare(repo) == 0
    file = repo.folder / path
    file.parent.mkdir(exist_ok=True)
    before = (file.read_bytes() if file.exists() else b"schema: 1\n") + BROKEN
    file.write_bytes(before)
    capsys.readouterr()
    words = [word.replace("_", " ") for word in typed.split()]
    assert main([*words, "--root", str(repo.folder), "--lang", "en"]) == 2
    assert f"«{path}» is not all UTF-8" in capsys.readouterr().err
    assert file.read_bytes() == before
