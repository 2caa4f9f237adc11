"""The commits that led from one recorded version to the next, in a real repository."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.digest import name_blob
from qmstool.git import log
from qmstool.git import repository as git
from qmstool.register.effect import items_by_key
from qmstool.register.origins import commits_between, trailer_values_since
from tests.support.memory import PROCEDURE
from tests.support.planted import item, planted, record
from tests.support.repository import Repo

if TYPE_CHECKING:
    from pathlib import Path

PATH = "procedures/qt-a-01.md"
ONE, TWO, THREE = PROCEDURE, PROCEDURE + "\nHai.\n", PROCEDURE + "\nBa.\n"


def pins(text: str) -> str:
    return f"[{{path: {PATH}, blob: {name_blob(text.encode())}}}]"


def test_commits_are_those_that_a_record_stood_on(tmp_path: Path) -> None:
    """A text that comes back after its record was written is of a later version."""
    repo = Repo.make(tmp_path / "repo")
    first = record(1, "2024-01-02", "2024-01-02", item(files=pins(TWO)))
    second = record(2, "2024-01-03", "2024-01-03", item("revise", files=pins(THREE)))
    repo.commit("một", {PATH: ONE})
    repo.commit("hai", {PATH: TWO})
    repo.commit("ghi 1", dict([first]))
    repo.commit("ba", {PATH: THREE})
    repo.commit("lại hai", {PATH: TWO})
    repo.commit("lại ba", {PATH: THREE})
    repo.commit("ghi 2", dict([second]))
    history = log.read_history(git.require_history(git.find_repository(repo.folder)))
    (life,) = items_by_key(planted(first, second).releases or ()).values()
    said = [
        [commit.subject for commit in commits_between(history, before, now)]
        for before, now in zip([None, *life], life, strict=False)
    ]
    assert said == [["hai", "một"], ["lại ba", "lại hai", "ba"]]


def test_reasons_are_of_the_commits_since_the_text_that_was_recorded(tmp_path: Path) -> None:
    repo = Repo.make(tmp_path / "repo")
    for subject, text in (("một", ONE), ("hai", TWO), ("ba", THREE), ("bốn", ONE), ("năm", THREE)):
        reason = "phiếu năm" if subject == "bốn" else f"phiếu {subject}"
        repo.commit(f"{subject}\n\nReason: {reason}", {PATH: text})
    history = log.read_history(git.require_history(git.find_repository(repo.folder)))
    recorded = record(1, "2024-01-02", "2024-01-02", item(files=pins(TWO)))
    (last,) = planted(recorded).releases[0].items
    assert trailer_values_since(history, [PATH], last, "Reason") == "phiếu ba; phiếu năm"
    every = "phiếu một; phiếu hai; phiếu ba; phiếu năm"
    assert trailer_values_since(history, [PATH], None, "Reason") == every
