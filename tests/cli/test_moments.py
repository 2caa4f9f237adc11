"""One reading of `--as-of` and of what `as-of` is asked: a day, or a release's first day."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from qmstool.cli.main import main
from tests.support.cli.scenes import hand_out_copies, make_scene, record, run_command, sign_release

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.repository import Repo

ASKING = (
    ("as-of", "?"),
    ("register", "internal", "--as-of", "?"),
    ("register", "external", "--as-of", "?"),
    ("distribution", "--as-of", "?"),
    ("distribution", "--out", "--as-of", "?"),
    ("distribution", "--unread", "--as-of", "?"),
    ("opinions", "--as-of", "?"),
    ("handover", "le-thi-mau", "--as-of", "?"),
)


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """Release 1 taken over without a day, recorded by a commit; release 2 from 2024-03-01."""
    made = make_scene(tmp_path_factory.mktemp("kho") / "kho")
    hand_out_copies(made)
    return made


def answer(repo: Repo, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], moment: str) -> str:  # fmt: skip
    asked = [moment if word == "?" else word for word in words]
    status, out = run_command(capsys, *asked, "--root", str(repo.folder), "--format", "json")
    assert status == 0, (asked, out)
    return out


@pytest.mark.parametrize("words", ASKING)
@pytest.mark.parametrize(
    ("release", "day"), [("1", "2024-01-06"), ("2", "2024-03-01"), ("0002", "2024-03-01")]
)
def test_a_release_means_its_first_day_in_every_table(
    repo: Repo, words: tuple[str, ...], release: str, day: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = answer(repo, capsys, words, release)
    assert told == answer(repo, capsys, words, day)
    if words[0] == "as-of":
        assert ("QT KT 01" in {row["code"] for row in json.loads(told)}) == (day > "2024-02")


@pytest.mark.parametrize("words", [("pdf", "QT VP 01"), ("docx", "QT VP 01"), ("pdf", "--register", "internal"), ("pack", "--no-site")])  # fmt: skip
def test_a_release_means_its_first_day_in_every_export(
    repo: Repo, words: tuple[str, ...], tmp_path: Path
) -> None:
    made = []
    for moment in ("2", "2024-03-01"):
        target = tmp_path / f"{moment}.out"
        words_asked = ["export", *words, "--as-of", moment, "--output", str(target)]
        assert main([*words_asked, "--root", str(repo.folder)]) == 0
        made.append(target.read_bytes())
    assert made[0] == made[1]


@pytest.mark.parametrize(
    ("moment", "lang", "said"),
    [
        ("3", "vi", "đợt ban hành"),
        ("0", "vi", "đợt ban hành"),
        ("7", "en", "release"),
    ],
)
def test_a_release_that_nobody_recorded_is_told(
    repo: Repo, moment: str, lang: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (["as-of", moment], ["export", "pdf", "--as-of", moment]):
        capsys.readouterr()
        assert main([*words, "--lang", lang, "--root", str(repo.folder)]) == 2
        told = capsys.readouterr().err
        assert f"«{moment}»" in told
        assert said in told


def test_a_release_that_never_had_effect_is_told_with_the_way_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = make_scene(tmp_path / "kho")
    sign_release(repo)
    mend = ("--mends", "2", "--recorded", "2024-03-20")
    assert record(repo, *mend, effective="2024-03-15", number="13/QĐ-VD") == 0
    repo.commit("Ghi lại", day="2024-03-20")
    capsys.readouterr()
    assert main(["as-of", "2", "--root", str(repo.folder)]) == 2
    assert "Hãy hỏi theo đợt 3" in capsys.readouterr().err
    assert main(["as-of", "3", "--root", str(repo.folder)]) == 0
    assert "13/QĐ-VD" in capsys.readouterr().out
