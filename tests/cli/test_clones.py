"""Every command in every kind of clone: docs/reliability.md says what it does, and it does that."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from qmstool.cli.main import COMMANDS, main
from tests.support import clones
from tests.support.cli import clone_matrix
from tests.support.machine import needs
from tests.support.page_tables import PAGE
from tests.support.repository import Repo
from tests.support.shared import made_once

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.cli.forgery import SignedManual

pytestmark = needs("ssh-keygen")


# Once a clone is whole again: a command of each way to read its past. QMS_CLONES=all asks all.
OF_EACH_WAY = (
    "check --history", "check --since", "as-of --texts", "diff", "distribution --out", "export pack",
    "release adopt", "release prepare", "verify",
)  # fmt: skip
AFTER_A_CURE = clone_matrix.COMMANDS if os.environ.get("QMS_CLONES") == "all" else OF_EACH_WAY


@pytest.fixture(scope="module")
def scene(template: SignedManual, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository that is cloned, made once; tests work on copies."""
    return made_once(
        tmp_path_factory,
        "cloned",
        lambda home: clone_matrix.prepare_scene(template.copy(home / "kho")),
    )


@pytest.fixture
def repo(scene: Path, tmp_path: Path) -> Repo:
    folder = shutil.copytree(scene / "kho", tmp_path / "kho", symlinks=True)
    return Repo(folder, 520)


@pytest.mark.parametrize("kind", clones.KINDS)
def test_what_the_page_says_of_a_kind_of_clone(
    repo: Repo, tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if kind == "another owner's":
        if os.name == "nt" or os.geteuid() != 0:
            pytest.skip("only root gives files away")
        monkeypatch.setenv("HOME", str(tmp_path))
    outcomes = clone_matrix.describe(repo, kind, tmp_path / "bản sao")
    assert clone_matrix.read_table()[kind] == outcomes


def test_the_page_has_every_kind_of_clone_and_every_command() -> None:
    page = clone_matrix.read_table()
    assert list(page) == list(clones.KINDS)
    assert {command.split()[0] for command in clone_matrix.COMMANDS} == (
        set(COMMANDS) - clone_matrix.BESIDES
    )
    for name in clone_matrix.BESIDES:
        assert f"`{name}`" in PAGE.read_text("utf-8")


def test_a_bare_repository_is_told_as_that_and_its_clone_answers(
    repo: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
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
    if kind not in {
        "whole", "bare", "linked work tree", "another owner's", "a copy without .git", "one branch, no tags",
        "a sub-module of another", "with a sub-module in it", "Git LFS pointers",
    }
])  # fmt: skip
def test_after_the_command_that_was_named_everything_answers(
    repo: Repo, tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    made = clones.KINDS[kind](repo, tmp_path / "bản sao")
    words = ("verify", "--root", str(made.folder), "--lang", "vi")
    assert main(words) == 2
    told = capsys.readouterr().err
    clones.run_cure(told, made.folder, repo.folder, tmp_path)
    for name in AFTER_A_CURE:
        if name != "build":
            assert clone_matrix.outcome(kind, name, made.folder)[0] == "answers", name


@needs("git-lfs")
def test_after_the_contents_were_fetched_everything_answers(
    repo: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = clones.with_pointers(repo, tmp_path / "bản sao")
    made.git("lfs", "install", "--local", "--skip-smudge")
    command = ("release", "adopt", "QT VP 31", "--root", str(made.folder), "--lang", "vi")
    assert main(command) == 2
    clones.run_cure(capsys.readouterr().err, made.folder, repo.folder, tmp_path)
    for name in AFTER_A_CURE:
        if name != "build":
            assert clone_matrix.outcome("Git LFS pointers", name, made.folder)[0] == "answers", name


@pytest.mark.parametrize("command", [
    ("rename", "QT VP 01", "QT VP 71"), ("renumber", "QT VP 01", "1", "9"),
])  # fmt: skip
def test_what_changes_many_files_changes_none_while_one_cannot_be_read(
    template: SignedManual,
    tmp_path: Path,
    command: tuple[str, ...],
    capsys: pytest.CaptureFixture[str],
) -> None:
    manual = template.copy(tmp_path / "kho")
    (manual.folder / "procedures/qt-vp-99.md").symlink_to("/không/có")
    before = {path: path.read_bytes() for path in manual.folder.rglob("*.md") if path.exists()}
    assert main([*command, "--yes", "--root", str(manual.folder), "--lang", "vi"]) == 2
    assert "procedures/qt-vp-99.md" in capsys.readouterr().err
    assert {
        path: path.read_bytes() for path in manual.folder.rglob("*.md") if path.exists()
    } == before
    # A register answers, and says what it is without.
    assert main(["register", "internal", "--root", str(manual.folder), "--lang", "vi"]) == 0
    assert "Không đọc được 1 tệp" in capsys.readouterr().err
