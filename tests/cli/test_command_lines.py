"""What commands print to be typed next can be typed: here, on Windows, in folders with blanks."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import pytest

from qmstool import process
from qmstool.cli.command_lines import command_line, program
from qmstool.cli.main import main
from qmstool.git.repository import NO_COMMIT


@pytest.mark.parametrize(
    ("words", "windows", "line"),
    [
        (("check",), True, "qmstool check"),
        (("check", "--root", r"C:\Hồ sơ\so-tay"), True, r'qmstool check --root "C:\Hồ sơ\so-tay"'),
        (("check", "--root", r"C:\a&b"), True, r'qmstool check --root "C:\a&b"'),
        (("check", "--root", "it's"), True, 'qmstool check --root "it\'s"'),
        (("check", "--root", "a b"), False, "qmstool check --root 'a b'"),
    ],
)
def test_words_with_blanks_are_quoted_as_the_shell_wants(
    words: tuple[str, ...], windows: bool, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["pytest"])
    assert command_line(*words, windows=windows) == line


def test_the_program_is_named_as_it_can_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "find", lambda _: "")
    own = str(Path.cwd() / ".venv" / "bin" / "qmstool")
    assert program(own, windows=False) == str(Path(".venv/bin/qmstool"))
    assert (
        program(r"C:\so\.venv\Scripts\qmstool.exe", windows=True) == r"C:\so\.venv\Scripts\qmstool"
    )
    assert program("/usr/lib/python3/pytest", windows=False) == "qmstool"
    monkeypatch.setattr(process, "find", lambda name: f"/usr/bin/{name}")
    assert program(own, windows=False) == "qmstool"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_lines_that_init_ends_with_can_be_typed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    folder = tmp_path / "sổ tay của tôi"
    assert main(["init", str(folder), "--name", "A", "--yes", "--lang", language]) == 0
    lines = [line.strip() for line in capsys.readouterr().err.splitlines()]
    typed = [shlex.split(line) for line in lines if line.startswith("qmstool ")]
    assert [words[1] for words in typed] == ["check", "serve"]
    assert main(typed[0][1:]) == 0


def test_what_to_do_first_knows_no_sign_that_windows_does_not() -> None:
    """PowerShell as Windows brings it knows no `&&`, its older shell no single quotes."""
    for text in (NO_COMMIT.vi, NO_COMMIT.en):
        assert "&&" not in text
        assert "'" not in text
