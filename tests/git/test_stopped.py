"""A git that the system stops has not answered, and nothing is made of that."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from qmstool import process
from qmstool.git import log
from qmstool.git.repository import Repository
from qmstool.i18n import QmsError

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a script for a shell stands for git")


def put_in_place_of_git(folder: Path, script: str, patch: pytest.MonkeyPatch) -> None:
    program = folder / "git"
    program.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    program.chmod(0o755)
    patch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def test_a_git_that_is_stopped_is_no_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_in_place_of_git(tmp_path, "kill -9 $$", monkeypatch)
    with pytest.raises(QmsError, match="was stopped before it answered"):
        process.git(tmp_path, "rev-parse", "HEAD")


def test_nor_is_a_repository_broken_whose_history_was_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = f'exec {shutil.which("git")} "$@"'
    script = f'case "$*" in *--date-order*) kill -9 $$ ;; *) {others} ;; esac'
    put_in_place_of_git(tmp_path, script, monkeypatch)
    with pytest.raises(QmsError, match="was stopped before it answered"):
        log.read_history(Repository(tmp_path, "", "0" * 40, bare=False))
