"""`--facts DIR`: what a proposal puts in the place of that folder leads no write out of the manual."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qmstool.cli.main import main
from tests.support.manuals import tiny

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("link", ["kho", "kho/facts", "kho/facts/7"])
def test_a_link_within_the_manual_leads_no_fact_out_of_it(
    tmp_path: Path,
    link: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    root, other = tmp_path / "sổ tay", tmp_path / "nơi khác"
    other.mkdir()
    for name, data in tiny().items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    (root / link).parent.mkdir(parents=True, exist_ok=True)
    (root / link).symlink_to(other, target_is_directory=True)
    monkeypatch.setenv("QMSTOOL_FACTS_SECRET", "x" * 32)
    asked = ["check", "--root", str(root), "--facts", str(root / "kho"), "--lang", "en"]
    assert main(asked) == 2
    assert "leads out of it through a link" in capsys.readouterr().err
    assert [*other.iterdir()] == []
    (root / link).unlink()
    assert main(asked) == 0
    assert [*(root / "kho/facts").iterdir()]
    # Whoever names a folder elsewhere means that one.
    assert main([*asked[:3], "--facts", str(other), "--lang", "en"]) == 0
    assert [*other.iterdir()]
