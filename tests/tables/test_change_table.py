"""Command and page show the same change table: the rows that the register gives."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from qmstool.frozen import replace
from qmstool.git.objects import read_blobs
from qmstool.register.change_rows import change_rows
from qmstool.register.standing_lives import StandingLife
from qmstool.register.versions import life_blobs, life_of
from qmstool.site.edition.context import PageContext
from qmstool.site.edition.dates import format_dates
from qmstool.site.parts.changes import last_change
from qmstool.site.parts.status import change_lines
from qmstool.storage.tree import FolderTree
from qmstool.tables.change_table import change_table
from tests.support import simulator
from tests.support.cli.scenes import FIRST, make_scene, tool
from tests.support.memory import MemoryTree
from tests.support.repository import Repo
from tests.support.simulator import Event, Life, PlantedItem
from tests.support.site.scenes import DAY, edition_of

if TYPE_CHECKING:
    from pathlib import Path

    from qmstool.site.edition.edition import Edition

CODE, KEY, PATH = "QT A 01", "qt-a-01", "procedures/qt-a-01.md"
HEAD = "---\ncode: QT A 01\ntype: procedure\ntitle: Kiểm soát\nowner: VP\n---\n# Kiểm soát\n"
PURPOSE = "\n## 1. Mục đích\n\nGiữ tài liệu cho đúng.\n"
WAY = "\n## 2. Cách làm\n\nVăn phòng giữ danh mục.\n"
OTHER_WAY = "\n## 2. Cách làm\n\nVăn phòng giữ và công bố danh mục.\n"
THIRD_WAY = "\n## 2. Cách làm\n\nVăn phòng giữ, công bố và rà lại danh mục.\n"
KEEPING = "\n## 3. Lưu hồ sơ\n\nLưu năm năm.\n"


def event(
    number: int, recorded: str, effective: str, act: str, number_of: tuple[int, int], text: str
) -> Event:
    return Event(
        number,
        date.fromisoformat(recorded),
        date.fromisoformat(effective),
        (PlantedItem(CODE, act, *number_of, PATH, text),),
        dict(simulator.FIXED),
    )


# Issued, revised, withdrawn, issued anew; then a revision with a chapter more is scheduled for a
# day to come, and a hotfix of the way of working is recorded before that day and takes its place.
LIFE = Life(
    [
        event(1, "2020-01-01", "2020-01-01", "new", (1, 0), HEAD + PURPOSE + WAY),
        event(2, "2021-01-01", "2021-01-01", "revise", (1, 1), HEAD + PURPOSE + OTHER_WAY),
        event(3, "2022-01-01", "2022-01-01", "withdraw", (1, 1), ""),
        event(4, "2023-01-01", "2023-01-01", "new", (2, 0), HEAD + PURPOSE + WAY),
        event(5, "2026-01-01", "2027-06-01", "revise", (2, 1), HEAD + PURPOSE + WAY + KEEPING),
        event(6, "2026-03-01", "2026-03-01", "revise", (2, 2), HEAD + PURPOSE + THIRD_WAY),
    ]
)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """The life, in a repository."""
    repo = Repo.make(tmp_path_factory.mktemp("kho"))
    simulator.write(LIFE, repo)
    return repo


def edition_at(repo: Repo, count: int) -> Edition:
    """The pages' facts after the first so many releases, with the last text they brought."""
    releases = simulator.release_files(Life(LIFE.events[:count]))
    text = next(filter(None, (each.items[0].text for each in reversed(LIFE.events[:count]))))
    edition = edition_of(MemoryTree({**simulator.FIXED, PATH: text, **releases}))
    life = life_of(edition.manual.releases, KEY)
    return replace(edition, context=PageContext(blobs=read_blobs(repo.folder, life_blobs(life))))


def command_rows(edition: Edition, key: str = KEY) -> list[dict[str, str]]:
    life = life_of(edition.manual.releases, key)
    blobs = edition.context.blobs
    table = change_table(edition.manual, life, edition.stamp.day, "vi", blobs=blobs)
    names = [key for key, _ in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def test_the_two_change_tables_agree_on_withdrawn_and_re_issued_documents(lived: Repo) -> None:
    edition = edition_at(lived, 6)
    told = [(row["release"], row["sections"].split("; ")) for row in command_rows(edition)]
    assert told == [
        ("6", ["2. Cách làm"]),
        ("5", ["3. Lưu hồ sơ"]),
        ("4", ["toàn bộ"]),
        ("3", [""]),
        ("2", ["2. Cách làm"]),
        ("1", ["toàn bộ"]),
    ]
    shown = [(str(row.release), row.sections.split(", ")) for row in change_lines(edition, KEY)]
    assert shown[:-1] == told[:-1]
    # That all of the first text is new goes without saying on a page.
    assert shown[-1] == ("1", [""])


@pytest.mark.parametrize("count", range(1, 7))
def test_both_tables_say_the_same_after_every_release(lived: Repo, count: int) -> None:
    edition = edition_at(lived, count)
    for command, page in zip(command_rows(edition), change_lines(edition, KEY), strict=True):
        assert command["release"] == str(page.release)
        assert (command["issue"], command["revision"]) == (page.issue, page.revision)
        assert command["approver"] == page.signer
        assert format_dates(command["effective"], "vi") == page.effective
        if page.release > 1:
            assert command["sections"].split("; ") == page.sections.split(", ")


def test_what_each_change_is_compared_with(lived: Repo) -> None:
    edition = edition_at(lived, 6)
    life = life_of(edition.manual.releases, KEY)
    rows = change_rows(edition.manual.releases, life, DAY, edition.context.blobs)
    before = StandingLife(life).predecessors[:-1]
    assert [each and each[0].number for each in before] == [None, 1, 2, None, 4, 4]
    assert [row.extent for row in rows] == [
        "whole",
        "sections",
        "none",
        "whole",
        "sections",
        "sections",
    ]
    assert [row.state for row in rows][3:] == ["superseded", "overtaken", "effective"]


def test_a_draft_follows_the_newest_record_that_still_counts(lived: Repo) -> None:
    life = life_of(edition_at(lived, 6).manual.releases, KEY)
    following = [StandingLife(life[:count]).predecessors[-1] for count in range(1, 7)]
    assert [entry[0].number if entry else None for entry in following] == [1, 2, None, 4, 5, 6]


def test_the_page_of_a_document_issued_anew_names_no_last_change(lived: Repo) -> None:
    anew, hotfixed = edition_at(lived, 4), edition_at(lived, 6)
    assert last_change(anew, anew.manual.documents[KEY]) is None
    change = last_change(hotfixed, hotfixed.manual.documents[KEY])
    assert change is not None
    assert [title for title, _ in change.sections] == ["2. Cách làm"]
    assert "0004" in change.before


@pytest.mark.parametrize("claimed", ["2019-05-01", "unknown"])
def test_both_show_what_was_taken_over_its_own_day_and_what_replaced_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, claimed: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1717200000")  # 2024-06-01
    repo = make_scene(tmp_path / "kho")
    path, code = "procedures/qt-vp-31.md", "QT VP 31"
    text = FIRST.replace("QT VP 01", code).replace("names: [quy trình kiểm soát tài liệu]\n", "")
    repo.commit("Tìm thấy bản giấy", {path: text})
    claims = ["--claim", f"{code}:issue=4", "--claim", f"{code}:effective={claimed}"]
    assert tool(repo, "release", "adopt", code, *claims) == 0
    repo.commit("Tiếp nhận")
    repo.commit("Bản đúng", {path: text + "\nBản đúng.\n"})
    why = ["--replaces-record", "2", "--reason", "nhầm bản cũ"]
    assert tool(repo, "release", "adopt", code, *claims, *why) == 0
    edition = edition_of(FolderTree(repo.folder))
    commands, pages = command_rows(edition, "qt-vp-31"), change_lines(edition, "qt-vp-31")
    assert [row["release"] for row in commands] == ["3", "2"] == [str(row.release) for row in pages]
    for command, page in zip(commands, pages, strict=True):
        assert format_dates(command["effective"], "vi") == page.effective
    assert commands[0]["effective"] == ("chưa rõ" if claimed == "unknown" else claimed)
    assert commands[1]["state"] == pages[1].replaced == "tiếp nhận nhầm, đợt 3 thay: nhầm bản cũ"
