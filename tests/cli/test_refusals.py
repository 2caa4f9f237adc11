"""A git that answers no more is no clone that lacks something: nothing is made without its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qmstool.cli import proving
from qmstool.cli.commands.export import docx
from qmstool.cli.main import main
from qmstool.git.absence import explain_refusal
from qmstool.process import stopped
from tests.support.cli.scenes import change, make_scene
from tests.support.shared import made_once

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType

    from qmstool.i18n import QmsError


def make(home: Path) -> None:
    change(make_scene(home / "kho"))


def was_stopped(_: Path) -> QmsError:
    return stopped("git")


def cannot_be_read(folder: Path) -> QmsError:
    return explain_refusal(folder, "bad object")


@pytest.mark.parametrize("refusal", [was_stopped, cannot_be_read])
@pytest.mark.parametrize(
    ("words", "module", "asked"),
    [
        (("export", "docx", "QT VP 01", "--compare", "1"), docx, "commit_tree"),
        (("history", "QT VP 01"), proving, "ask"),
        (("export", "pdf"), proving, "ask"),
    ],
)
def test_nothing_is_said_or_made_without_an_answer(
    words: tuple[str, ...],
    module: ModuleType,
    asked: str,
    refusal: Callable[[Path], QmsError],
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A change that somebody committed was said to be by «not committed», with status 0."""
    root = made_once(tmp_path_factory, "home-of-refusals", make) / "kho"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1717200000")

    def refused(*_: object, **__: object) -> None:
        raise refusal(root)

    monkeypatch.setattr(module, asked, refused)
    made = tmp_path / "made"
    output = ["--output", str(made)] if words[0] == "export" else []
    assert main([*words, *output, "--root", str(root)]) == 2
    assert not made.exists()
