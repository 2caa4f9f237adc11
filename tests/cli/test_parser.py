"""What the command line says of a line that it cannot run: in both languages, with the name that
was perhaps meant.
"""

from __future__ import annotations

import re

import pytest

from qmstool.cli.days import HOW
from qmstool.cli.main import COMMANDS, main

SAID = {
    "chek": (
        "Không có lệnh «chek». Có phải là «check»?",
        "There is no command «chek». Did you mean «check»?",
    ),
    "release recrd": (
        "Không có lệnh «recrd». Có phải là «record»?",
        "There is no command «recrd». Did you mean «record»?",
    ),
    "register frms": (
        "Ở đây không có «frms». Có phải là «forms»?",
        "There is no «frms» here. Did you mean «forms»?",
    ),
    "check --format sarf": (
        "--format không nhận «sarf». Có phải là «sarif»?",
        "--format does not take «sarf». Did you mean «sarif»?",
    ),
    "check --fail-on x": (
        "--fail-on không nhận «x». Chọn một trong: error, warning, info.",
        "--fail-on does not take «x». Choose one of: error, warning, info.",
    ),
    "check --format": ("Sau --format phải có một giá trị.", "--format needs a value after it."),
    "check --history=1": ("--history không nhận giá trị.", "--history takes no value."),
    "check --rot .": (
        "Không hiểu «--rot .». Có phải là «--root»?",
        "Not understood: «--rot .». Did you mean «--root»?",
    ),
    "check --recorder x": ("Không hiểu «--recorder x».", "Not understood: «--recorder x»."),
    "release adopt --yes": ("Không hiểu «--yes».", "Not understood: «--yes»."),
    "check extra": ("Không hiểu «extra».", "Not understood: «extra»."),
    "check --fix --diff": (
        "--diff và --fix không dùng cùng nhau được.",
        "--diff and --fix do not go together.",
    ),
    "check --f json": (
        "«--f» có thể là --format, --fail-on, --facts, --fix; viết rõ hơn.",
        "«--f» can mean --format, --fail-on, --facts, --fix; write more of it.",
    ),
    "diff": ("Còn thiếu: CODE.", "Missing: CODE."),
    "as-of 32/3/2026": (
        f"DAY|N «32/3/2026»: {HOW.vi}, hoặc nêu số một đợt.",
        f"DAY|N «32/3/2026»: {HOW.en}, or give the number of a release.",
    ),
    "export pdf --as-of hôm-qua": (
        f"--as-of «hôm-qua»: {HOW.vi}, hoặc nêu số một đợt.",
        f"--as-of «hôm-qua»: {HOW.en}, or give the number of a release.",
    ),
}
ENGLISH = re.compile(
    r"invalid choice|unrecognized|are required|expected one|not allowed|could match|usage:(?! )"
)


def said(line: str, capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    with pytest.raises(SystemExit) as ended:
        main(line.split())
    assert ended.value.code == 2
    told = capsys.readouterr()
    assert told.out == ""
    vi, en = told.err.splitlines()
    return vi, en


@pytest.mark.parametrize("line", SAID)
def test_a_line_that_cannot_run_is_told_in_both_languages(
    line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for sentence, expected, how in zip(
        said(line, capsys),
        SAID[line],
        ("Xem cách dùng: qmstool", "How to use it: qmstool"),
        strict=True,
    ):
        assert sentence.startswith(f"qmstool: {expected} {how}")
        assert sentence.endswith(" -h")


MORE = [["--nonsense"], ["--lang", "fr"], ["--lang"], ["a", "b", "c", "d", "e"]]
# Takes as many files as are named.
TAKES_ANY = "import"


@pytest.mark.parametrize(
    ("command", "more"),
    [
        (command, more)
        for command in COMMANDS
        for more in MORE
        if command != "release" and not (command == TAKES_ANY and more[0] == "a")
    ],
)
def test_nothing_that_argparse_says_is_left_in_english(
    command: str, more: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    vi, en = said(" ".join([command, *more]), capsys)
    assert not ENGLISH.search(vi + en)
    assert vi != en


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_in_both_languages(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([command, "-h"])
    told = capsys.readouterr().out
    assert told.startswith(f"cách dùng / usage: qmstool {command} [-h]")
    assert "show this help message" not in told
    assert "positional arguments" not in told


def test_what_could_drive_a_terminal_is_written_out(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["\x1b[31mcheck"])
    assert "\x1b" not in capsys.readouterr().err
