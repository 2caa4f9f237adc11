"""Every command in every kind of clone: docs/reliability.md says what it does, and it does that."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.support import clones
from tests.support.cli import clone_matrix
from tests.support.cli.forgery import SignedManual, run_command
from tests.support.machine import needs

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = needs("ssh-keygen")


@pytest.mark.parametrize("kind", clones.KINDS)
def test_what_the_page_says_of_a_kind_of_clone(
    template: SignedManual, tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if kind == "another owner's":
        if os.name == "nt" or os.geteuid() != 0:
            pytest.skip("only root gives files away")
        monkeypatch.setenv("HOME", str(tmp_path))
    repo = clone_matrix.prepare_scene(template.copy(tmp_path / "kho"))
    outcomes = clone_matrix.describe(repo, kind, tmp_path / "bản sao")
    page = clone_matrix.PAGE.read_text(encoding="utf-8")
    assert clone_matrix.head() in page
    assert clone_matrix.row(kind, outcomes) in page.splitlines()


@pytest.mark.parametrize("kind", [
    kind for kind in clones.KINDS
    if kind not in {"whole", "bare", "linked work tree", "another owner's", "a copy without .git", "one branch, no tags"}
])  # fmt: skip
def test_after_the_command_that_was_named_everything_answers(
    template: SignedManual, tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = clone_matrix.prepare_scene(template.copy(tmp_path / "kho"))
    made = clones.KINDS[kind](repo, tmp_path / "bản sao")
    from qmstool.cli.main import main

    words = ("verify", "--root", str(made.folder), "--lang", "vi")
    assert main(words) == 2
    told = capsys.readouterr().err
    clones.run_cure(told, made.folder, repo.folder, tmp_path)
    for command in clone_matrix.COMMANDS.values():
        if command[0] != "build":
            assert run_command(*command, "--root", str(made.folder))[0] == 0, command
