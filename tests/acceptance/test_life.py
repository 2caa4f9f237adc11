"""A planted life of years in a real repository: every answer equals the simulator's, in a clone, bare, and without a remote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

import pytest

from qmstool.git import log, objects
from qmstool.git import repository as git
from qmstool.i18n import QmsError
from qmstool.manual.loading.loader import load
from qmstool.parsing.codes import fold_code
from qmstool.register import origins, versions
from qmstool.register.status import pins_in_force, register
from qmstool.releases.record import check_code
from qmstool.storage import pinned_tree
from qmstool.tables.change_table import change_table
from qmstool.tables.trail import Query, trail_table
from qmstool.verify import evidence as vault
from qmstool.verify.verification import verify
from tests.support import simulator
from tests.support.repository import Repo

if TYPE_CHECKING:
    from pathlib import Path

    from qmstool.git.history import History
    from qmstool.manual.model import Manual
    from qmstool.tables.registers import Table
    from tests.support.simulator import Life

pytestmark = pytest.mark.slow


@dataclass
class Planted:
    life: Life
    repo: Repo
    brought: dict[int, str]


@pytest.fixture(scope="module", params=[1, 5])
def planted(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Planted:
    life = simulator.plant(request.param)
    repo = Repo.make(tmp_path_factory.mktemp("doi") / "kho")
    return Planted(life, repo, simulator.write(life, repo))


@pytest.fixture(scope="module", params=["worktree", "clone", "bare", "no remote"])
def folder(
    request: pytest.FixtureRequest, planted: Planted, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    if request.param == "worktree":
        return planted.repo.folder
    copy = tmp_path_factory.mktemp("ban") / "sao"
    planted.repo.git(
        "clone",
        "-q",
        *(["--bare"] if request.param == "bare" else []),
        str(planted.repo.folder),
        str(copy),
    )
    if request.param == "no remote":
        Repo(copy).git("remote", "remove", "origin")
    return copy


@cache
def opened(folder: Path) -> tuple[Manual, pinned_tree.PinnedTree, History]:
    found = git.require_history(git.find_repository(folder))
    pinned = pinned_tree.commit_tree(folder, found.head)
    return load(pinned), pinned, log.read_history(found)


def test_the_manual_in_force_on_any_day_reads_as_planted(planted: Planted, folder: Path) -> None:
    manual, _, _ = opened(folder)
    truth = planted.life.painted()
    for day in simulator.days()[::61]:
        pinned = pinned_tree.PinnedTree(folder, pins_in_force(manual.releases, day))
        assert pinned.missing() == ()
        said = [truth[code, day][1] for code in simulator.CODES if (code, day) in truth]
        held = [item for item in said if item.act != "withdraw"]
        assert {item.path: pinned.read(item.path).decode() for item in held} == {
            item.path: item.text for item in held
        }
        of_that_day = load(pinned)
        assert set(of_that_day.documents) == {fold_code(item.code) for item in held}
        standings = register(of_that_day, manual.releases, day).statuses
        assert {key: standings[key].check_code for key in of_that_day.documents} == {
            fold_code(item.code): check_code(item.digest) for item in held
        }


def test_nothing_speaks_against_an_honest_life(planted: Planted, folder: Path) -> None:
    manual, pinned, history = opened(folder)
    held = vault.collect_evidence(
        pinned, manual.releases, git.require_history(git.find_repository(folder)), history
    )
    # Asked about a day of the life, and about its end, once all of it has been recorded.
    last = max(event.recorded for event in planted.life.events)
    for day in (simulator.START + timedelta(days=simulator.DAYS), last):
        assert verify(manual, held, day, today=last).doubts == ()
    assert len(planted.life.events) == len(manual.releases)


def test_each_version_knows_the_commits_that_brought_it(planted: Planted, folder: Path) -> None:
    manual, _, history = opened(folder)
    others = {commit: number for number, commit in planted.brought.items()}
    kinds = {
        (event.number, item.code): item.act for event in planted.life.events for item in event.items
    }
    for code in simulator.CODES:
        life = [
            entry for entry in versions.life_of(manual.releases, fold_code(code)) if entry[1].files
        ]
        for at, entry in enumerate(life):
            found = {
                commit.id
                for commit in origins.commits_between(history, life[at - 1] if at else None, entry)
            }
            number = entry[0].number
            assert planted.brought[number] in found
            strangers = {others[commit] for commit in found if commit in others} - {number}
            mended = {each for event in planted.life.events for each in event.mends}
            assert all(
                kinds.get((each, code)) in {"withdraw", None} or each in mended
                for each in strangers
            ), (
                code,
                number,
                strangers,
            )


def test_the_change_table_has_a_line_for_each_release(planted: Planted, folder: Path) -> None:
    manual, _, history = opened(folder)
    wrong = {number for event in planted.life.events for number in event.mends}
    for code in simulator.CODES:
        life = versions.life_of(manual.releases, fold_code(code))
        blobs = objects.read_blobs(folder, versions.life_blobs(life))
        table = change_table(
            manual, life, simulator.START + timedelta(days=900), "vi", blobs=blobs, history=history
        )
        events = [event for event in reversed(planted.life.events) if event.number not in wrong]
        expected = [
            (str(event.number), str(item.issue), str(item.revision))
            for event in events
            for item in event.items
            if item.code == code
        ]
        assert [row[:3] for row in table.rows] == expected


def column(table: Table, name: str) -> list[str]:
    at = [key for key, _ in table.columns].index(name)
    return [row[at] for row in table.rows]


def test_the_trail_of_a_document_and_of_a_period(planted: Planted, folder: Path) -> None:
    manual, _, history = opened(folder)
    code = "QT A 01"
    table = trail_table(manual, history, Query(documents=frozenset({fold_code(code)})), "vi")
    told = {cell for cell in column(table, "what") if cell.startswith("ghi nhận")}
    assert told == {
        f"ghi nhận đợt {event.number}"
        for event in planted.life.events
        if code in {item.code for item in event.items}
    }
    days = column(table, "when")
    assert [day[:10] for day in days] == sorted((day[:10] for day in days), reverse=True)
    some = trail_table(manual, history, Query(since="2020-01-01", until="2020-12-31"), "vi")
    assert {day[:4] for day in column(some, "when")} == {"2020"}
    assert trail_table(manual, history, Query(person="không ai"), "vi").rows == ()


def test_versions_are_named_by_release_number_or_day(planted: Planted, folder: Path) -> None:
    manual, _, _ = opened(folder)
    life = versions.life_of(manual.releases, "st")
    release, item = life[1]
    assert versions.find_version(life, str(release.number)) == life[1]
    assert versions.find_version(life, f"{item.issue}/{item.revision}")[1] == item
    day = date(2020, 6, 1)
    assert (
        versions.find_version(life, day.isoformat())[0].number
        == planted.life.painted()["ST", day][0].number
    )
    with pytest.raises(QmsError):
        versions.find_version(life, "99")


def test_a_text_that_is_lost_is_never_replaced(planted: Planted) -> None:
    manual, _, history = opened(planted.repo.folder)
    life = versions.life_of(manual.releases, "st")
    assert versions.version_texts(life[0][1], {}) is None
    table = change_table(manual, life, date(2022, 1, 1), "vi", blobs={}, history=history)
    assert set(column(table, "sections")) == {"(không có nội dung ở đây)"}
