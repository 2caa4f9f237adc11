"""Every command in every kind of clone: docs/reliability.md says what it does, and it does that."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from qmstool.cli.main import COMMANDS, main
from tests.support import clones
from tests.support.cli import clone_matrix
from tests.support.machine import needs

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.cli.forgery import SignedManual

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
    assert clone_matrix.read_table()[kind] == outcomes


def test_the_page_has_every_kind_of_clone_and_every_command() -> None:
    page = clone_matrix.read_table()
    assert list(page) == list(clones.KINDS)
    assert {command.split()[0] for command in clone_matrix.COMMANDS} == (
        set(COMMANDS) - clone_matrix.BESIDES
    )
    for name in clone_matrix.BESIDES:
        assert f"`{name}`" in clone_matrix.PAGE.read_text("utf-8")


def test_a_bare_repository_is_told_as_that_and_its_clone_answers(
    template: SignedManual, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = clone_matrix.prepare_scene(template.copy(tmp_path / "kho"))
    made = clones.bare(repo, tmp_path / "kho trần.git")
    before = sorted(path.name for path in made.folder.iterdir())
    for words in (["check"], ["record", "reading", "QT VP 01", "--person", "x"]):
        capsys.readouterr()
        assert main([*words, "--root", str(made.folder), "--lang", "vi"]) == 2
        told = capsys.readouterr().err
        assert "kho trần (bare)" in told
    assert sorted(path.name for path in made.folder.iterdir()) == before
    clones.run_cure(told, made.folder, repo.folder, tmp_path)
    assert main(["check", "--root", str(made.folder / "bản sao mới"), "--fail-on", "error"]) == 0


@pytest.mark.parametrize("kind", [
    kind for kind in clones.KINDS
    if kind not in {"whole", "bare", "linked work tree", "another owner's", "a copy without .git", "one branch, no tags"}
])  # fmt: skip
def test_after_the_command_that_was_named_everything_answers(
    template: SignedManual, tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = clone_matrix.prepare_scene(template.copy(tmp_path / "kho"))
    made = clones.KINDS[kind](repo, tmp_path / "bản sao")
    words = ("verify", "--root", str(made.folder), "--lang", "vi")
    assert main(words) == 2
    told = capsys.readouterr().err
    clones.run_cure(told, made.folder, repo.folder, tmp_path)
    for name in clone_matrix.COMMANDS:
        if name != "build":
            assert clone_matrix.outcome(kind, name, made.folder)[0] == "answers", name
