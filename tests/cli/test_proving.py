"""Whoever shows a recorded text says in a word how far its record is proved: as `verify` decides."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest

from qmstool.cli import trusted
from qmstool.cli.main import main
from qmstool.manual.model import UNKNOWN
from qmstool.verify.documents import PROVEN
from tests.support.cli import forgery
from tests.support.cli.forgery import (
    SignedManual,
    commit,
    held_signatures,
    in_sequence,
    remove,
    reseal,
)
from tests.support.keys import KeyPairs
from tests.support.repository import Repo
from tests.support.shared import made_once

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from qmstool.verify.documents import Proven
    from tests.support.cli.forgery import ForgeryStep

NEWEST = "QT VP 01"
WORDS = {str(proven): word.vi for proven, word in PROVEN.items()}


@pytest.fixture
def kept(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> SignedManual:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", forgery.TODAY)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(trusted, "read_signatures", held_signatures)
    home = made_once(tmp_path_factory, "signed-manual-to-prove", forgery.make_signed_manual)
    whole = SignedManual(Repo(home / "kho", 500), KeyPairs(home / "keys"))
    return whole.copy(tmp_path / "kho")


def trust(kept: SignedManual, tmp_path: Path) -> list[str]:
    (tmp_path / "tin").write_text(kept.keys.line("a"), "utf-8")
    return ["--trust", str(tmp_path / "tin")]


def said(
    kept: SignedManual, capsys: pytest.CaptureFixture[str], *words: str
) -> tuple[list[Mapping[str, str]], str]:
    """What a command answers in JSON, and what it notes beside that."""
    capsys.readouterr()
    main([*words, "--root", str(kept.folder), "--format", "json"])
    captured = capsys.readouterr()
    answer = json.loads(captured.out)
    return answer["documents"] if isinstance(answer, dict) else answer, captured.err


def nothing(_: SignedManual) -> object:
    return None


STATES: dict[Proven, tuple[ForgeryStep, bool]] = {
    "proved": (nothing, True),
    "not-asked": (nothing, False),
    "contradicted": (in_sequence(reseal(4, key="thief"), commit), True),
}


@pytest.mark.parametrize("state", STATES)
def test_each_command_says_what_verify_says(
    kept: SignedManual, state: Proven, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    forge, with_keys = STATES[state]
    forge(kept)
    keys = trust(kept, tmp_path) if with_keys else []
    answers, _ = said(kept, capsys, "verify", *keys)
    words = {answer["code"]: WORDS[answer["proven"]] for answer in answers}
    assert words[NEWEST] == PROVEN[state].vi
    in_force, note = said(kept, capsys, "as-of", "2024-12-01", *keys)
    assert {row["code"]: row["proof"] for row in in_force} == words
    assert ("qmstool verify" in note) == (state != "proved")
    changes, _ = said(kept, capsys, "history", NEWEST, *keys)
    assert changes[0]["proof"] == words[NEWEST]
    assert changes[-1]["proof"] == PROVEN["not-evidenced"].vi  # taken over
    target = tmp_path / "goi.zip"
    pack = ["export", "pack", "--no-site", "--root", str(kept.folder), "--output", str(target)]
    assert main([*pack, *keys]) == 0
    with zipfile.ZipFile(target) as held:
        rows = list(csv.DictReader(io.StringIO(held.read("index.csv").decode("utf-8-sig"))))
    assert {row["Mã"]: row["Kiểm chứng"] for row in rows} == words


def test_an_answer_of_the_past_is_judged_by_all_records(
    kept: SignedManual, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    remove("releases/0003.yml")(kept)
    commit(kept)
    rows, note = said(kept, capsys, "as-of", "2024-03-02", *trust(kept, tmp_path))
    assert {row["proof"] for row in rows} == {"có điều trái với bản ghi"}
    assert f"{len(rows)} có điều trái với bản ghi" in note


def test_a_register_points_to_verify(
    kept: SignedManual, capsys: pytest.CaptureFixture[str]
) -> None:
    rows, note = said(kept, capsys, "register", "internal")
    assert "proof" not in rows[0]
    assert "qmstool verify" in note
    assert "qmstool verify" not in said(kept, capsys, "register", "external")[1]


def test_nothing_is_said_of_what_is_not_recorded(
    kept: SignedManual, capsys: pytest.CaptureFixture[str]
) -> None:
    rows, _ = said(kept, capsys, "as-of", "2023-12-01")
    assert all(row.get("proof", UNKNOWN) == UNKNOWN for row in rows)
