"""A day is typed 2024-03-14, and day first in a manual in Vietnamese; what can be two is refused."""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import date
from typing import TYPE_CHECKING

import pytest

from qmstool.cli.days import TypedDay, parse_day, read_day
from qmstool.cli.main import main
from qmstool.cli.recording.asking import day_or_today
from qmstool.i18n import QmsError
from qmstool.manual.config import Config
from tests.support.cli.scenes import make_scene, run_command

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.repository import Repo

VIETNAMESE, GERMAN = Config(language="vi"), Config(language="de")
DAY = date(2024, 3, 1)
ASKING = (
    ("as-of", "?"),
    ("as-of", "2024-04-01", "--known-on", "?"),
    ("register", "internal", "--as-of", "?"),
    ("trail", "--since", "?"),
    ("diff", "QT VP 01", "?"),
    ("diff", "QT VP 01", "1", "?"),
)


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """A manual in Vietnamese, with a release from 2024-03-01."""
    return make_scene(tmp_path_factory.mktemp("kho") / "kho")


@pytest.mark.parametrize(
    "typed", ["2024-03-01", "01/03/2024", "1/3/2024", "1-3-2024", "01.03.2024"]
)
def test_a_day_of_a_vietnamese_manual_may_be_typed_day_first(typed: str) -> None:
    assert read_day(typed, VIETNAMESE) == DAY


@pytest.mark.parametrize("typed", ["3/13/2024", "31/02/2024", "1/3-2024", "1/3/24", "hôm qua", "²/3/2024", ""])  # fmt: skip
def test_what_is_no_day_is_refused_with_how_to_write_one(typed: str) -> None:
    with pytest.raises(QmsError) as refused:
        read_day(typed, VIETNAMESE)
    assert f"«{typed}»: ngày viết dạng 2024-03-14" in refused.value.text.vi
    assert "14/03/2024" in refused.value.text.en


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("01/03/2024", "2024-03-01 or 2024-01-03"),
        ("30/11/2024", "2024-11-30"),
        ("11/30/2024", "2024-11-30"),
        ("5/5/2024", "2024-05-05"),
    ],
)
def test_which_number_is_the_month_is_never_guessed(typed: str, days: str) -> None:
    with pytest.raises(QmsError) as refused:
        read_day(typed, GERMAN)
    assert refused.value.text.en.endswith(f"Write {days}.")


def test_a_day_with_a_month_that_no_year_has_is_no_day_in_whatever_order() -> None:
    assert isinstance(parse_day("30/11/2024"), TypedDay)
    for typed in ("31/13/2024", "00/00/2024", "2024-13-01"):
        with pytest.raises(ArgumentTypeError):
            parse_day(typed)


@pytest.mark.parametrize("words", ASKING)
def test_every_command_reads_a_day_typed_day_first(
    repo: Repo, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    answers = []
    for typed in ("2024-03-02", "02/03/2024"):
        asked = [typed if word == "?" else word for word in words]
        answers.append(run_command(capsys, *asked, "--root", str(repo.folder)))
    assert answers[0] == answers[1]
    assert answers[0][0] == 0


def test_a_manual_in_another_language_says_both_days_that_may_be_meant(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", str(tmp_path / "m"), "--yes", "--name", "A", "--language", "es"]) == 0
    capsys.readouterr()
    for words in (("register", "internal", "--as-of", "04/03/2024"), ("diff", "QM", "04/03/2024")):
        assert main([*words, "--root", str(tmp_path / "m")]) == 2
        assert "Write 2024-03-04 or 2024-04-03." in capsys.readouterr().err


def test_an_answer_is_read_as_an_option_is() -> None:
    read = day_or_today(date(2024, 4, 1), VIETNAMESE)
    assert read("01/03/2024") == read("2024-03-01") == DAY
    assert read("") == date(2024, 4, 1)
    with pytest.raises(ArgumentTypeError, match="2024-03-14"):
        read("1/3/24")
    with pytest.raises(ArgumentTypeError, match="còn ở phía trước"):
        read("02/04/2024")
