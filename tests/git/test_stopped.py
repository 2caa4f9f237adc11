"""A git that the system stops has not answered, and nothing is made of that."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from qmstool import process
from qmstool.i18n import QmsError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.skipif(os.name == "nt", reason="a script for a shell stands for git")
def test_a_git_that_is_stopped_is_no_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "git"
    program.write_text("#!/bin/sh\nkill -9 $$\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(QmsError, match="was stopped before it answered"):
        process.git(tmp_path, "rev-parse", "HEAD")
