"""The sample in docs/ is that of its script, and becomes a manual that passes check."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest

from qmstool.cli.main import main
from qmstool.importing.word import figure_pictures
from tests.support.real_manual import ROOT
from tests.support.word_sample import FOLDER, sample

if TYPE_CHECKING:
    from pathlib import Path


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {
            name: archive.read(name) for name in archive.namelist() if name != "docProps/core.xml"
        }


def test_the_files_are_those_of_the_script() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(sample())
    for name, data in sample().items():
        if name.endswith(".docx"):
            assert _parts((FOLDER / name).read_bytes()) == _parts(data), name


def test_its_import_passes_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figure_pictures, "turn", lambda *_, **__: None)  # as without LibreOffice
    folder = tmp_path / "m"
    assert main(["init", str(folder), "--yes", "--from", str(FOLDER)]) == 0
    assert main(["check", "--root", str(folder), "--no-cache"]) == 0
    text = (folder / "procedures/qt-vp-05.md").read_text("utf-8")
    assert "Trả lời mọi khiếu nại của khách hàng" in text
    assert "\\[Hình vẽ: xem tệp gốc\\]\n\nTiếp nhận\n\nXem xét\n\nTrả lời\n" in text
    report = json.loads((folder / "import-report.json").read_text("utf-8"))
    assert not any(words["missing"] for words in report["words"].values())


@pytest.mark.parametrize("paper", ["README.md", "README.vi.md", "docs/tour.md"])
def test_the_papers_name_it(paper: str) -> None:
    assert "docs/sample-word" in (ROOT / paper).read_text("utf-8")
