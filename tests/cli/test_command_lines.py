"""What commands print to be typed next can be typed: here, on Windows, in folders with blanks."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from pathlib import Path

import pytest

from qmstool import process, shell
from qmstool.cli.command_lines import command_line, program
from qmstool.cli.main import main
from qmstool.extras import install_line
from qmstool.git import absence, presence
from qmstool.git.repository import NO_COMMIT
from tests.support.repository import Repo


@pytest.mark.parametrize(
    ("words", "windows", "line"),
    [
        (("check",), True, "qmstool check"),
        (("check", "--root", r"C:\Hồ sơ\so-tay"), True, r'qmstool check --root "C:\Hồ sơ\so-tay"'),
        (("check", "--root", r"C:\a&b"), True, r'qmstool check --root "C:\a&b"'),
        (("check", "--root", "a>b"), True, 'qmstool check --root "a>b"'),
        (("check", "--root", "it's"), True, 'qmstool check --root "it\'s"'),
        (("check", "--root", "a b"), False, "qmstool check --root 'a b'"),
    ],
)
def test_words_with_blanks_are_quoted_as_the_shell_wants(
    words: tuple[str, ...], windows: bool, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["pytest"])
    monkeypatch.setattr(shell, "is_windows", lambda: windows)
    assert command_line(*words) == line


def test_the_program_is_named_as_it_can_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "find", lambda _: "")
    own = str(Path.cwd() / ".venv" / "bin" / "qmstool")
    assert program(own) == str(Path(".venv/bin/qmstool"))
    assert program("/usr/lib/python3/pytest") == "qmstool"
    with monkeypatch.context() as windows:
        windows.setattr(shell, "is_windows", lambda: True)
        assert program(r"C:\so\.venv\Scripts\qmstool.exe") == r"C:\so\.venv\Scripts\qmstool"
    monkeypatch.setattr(process, "find", lambda name: f"/usr/bin/{name}")
    assert program(own) == "qmstool"


def test_a_program_in_a_folder_with_blanks_is_started_in_either_shell_of_windows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = r"C:\Sổ tay\.venv\Scripts\qmstool.exe"
    monkeypatch.setattr(sys, "argv", [path])
    monkeypatch.setattr(process, "find", lambda _: "")
    monkeypatch.setattr(shell, "is_windows", lambda: True)
    monkeypatch.setenv("PROMPT", "$P$G")
    assert command_line("check") == r'"C:\Sổ tay\.venv\Scripts\qmstool" check'
    monkeypatch.delenv("PROMPT")
    assert command_line("check") == r'& "C:\Sổ tay\.venv\Scripts\qmstool" check'


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


@pytest.fixture
def on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shell, "is_windows", lambda: True)


@pytest.mark.usefixtures("on_windows")
def test_cures_for_windows_are_a_line_each_and_know_no_single_quotes(tmp_path: Path) -> None:
    repo = Repo.make(tmp_path / "kho của tôi")
    repo.commit("một", {"a.md": "a\n", ".gitignore": "bỏ qua/\n"})
    repo.write({"sổ tay/mới.md": "mới\n", "bỏ qua/có.md": "có\n"})
    other = Repo.make(tmp_path / "khác")
    other.commit("một", {"b.md": "b\n"})
    shutil.copytree(other.folder, repo.folder / "kho con")
    folder = repo.folder
    told = presence.explain_outside(folder, ("sổ tay/mới.md", "bỏ qua/có.md", "kho con/b.md"))
    commands = [one.command for one in told.values()]
    commands.append(absence.no_files(folder).command)
    assert (
        commands[0] == '\ngit add "sổ tay/mới.md"\ngit commit -m "sổ tay/mới.md" -- "sổ tay/mới.md"'
    )
    assert commands[2].split("\n")[2:4] == [
        r'attrib -h "kho con\.git"', r'move "kho con\.git" "..\kho con.git"',
    ]  # fmt: skip
    for command in commands:
        assert command
        assert "&&" not in command
        assert "'" not in command


@pytest.mark.usefixtures("on_windows")
def test_a_text_brought_back_on_windows_keeps_its_bytes() -> None:
    """PowerShell would write what a command says anew, as UTF-16."""
    assert shell.into_file("git show 0123", "procedures/a.md") == (
        'cmd /c "git show 0123 > procedures/a.md"'
    )


@pytest.mark.usefixtures("on_windows")
def test_no_name_that_somebody_gave_runs_in_either_shell_of_windows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """PowerShell runs `$(…)` between double marks, and ends a text at the marks of a printer."""
    names = ("qt $(x) `y`.md", "qt ”; x; “.md", "it's ’x.md")
    monkeypatch.delenv("PROMPT", raising=False)
    assert [shell.quote(name) for name in names] == [
        "'qt $(x) `y`.md'",
        "'qt ”; x; “.md'",
        '"it\'s ’x.md"',
    ]
    assert shell.quote("a$’b'c") == "'a$’’b''c'"
    assert shell.into_file("git show 0123", "a $(x) it's.md") == (
        "cmd /c 'git show 0123 > \"a $(x) it''s.md\"'"
    )
    # To cmd neither sign says anything, and single marks hold nothing together.
    monkeypatch.setenv("PROMPT", "$P$G")
    assert shell.quote(names[0]) == '"qt $(x) `y`.md"'


@pytest.mark.usefixtures("on_windows")
def test_a_package_that_is_missing_is_installed_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PROMPT", raising=False)
    monkeypatch.setattr(sys, "executable", r"C:\Program Files\Python\python.exe")
    line = r'& "C:\Program Files\Python\python.exe" -m pip install lxml'
    assert install_line("lxml") == line


def test_no_message_joins_commands_or_quotes_their_words_by_itself() -> None:
    """Command lines are made by `qmstool.shell` and by nothing else."""
    wrong = re.compile(
        r"&& git|git [a-z]+ [^\n\"]* && |shlex\.(?:quote|join)|qmstool [a-z-]+[^\n\"]* '[{…]|--[a-z-]+ '[{…]"
    )
    package = Path(shell.__file__).parent
    found = [
        str(file.relative_to(package))
        for file in package.rglob("*.py")
        if file.name != "shell.py" and wrong.search(file.read_text("utf-8"))
    ]
    assert not found
