"""Verdicts: recalled where all is as it was, and never otherwise; a store may be lost, cut, altered or brought from elsewhere."""

from __future__ import annotations

import os
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from qmstool.checking.cache import SIZE, Question, Store, Verdict, span, tool
from qmstool.findings import Report, Summary
from qmstool.rules import ALL, BY_SLUG
from qmstool.rules.base.pages import HEADINGS, page
from tests.support.manuals import check_tree, tiny, tiny_with
from tests.support.rule_examples import example

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.memory import MemoryTree

NOON = 1_000_000.0
TOOL = b"tool"
EMPTY = Report(".", (), (), (), Summary(0, 0, 0, 0, 0, 0))
TEXT = "procedures/records.yml"
FORM = "procedures/form.docx"


def verdict(report: Report = EMPTY) -> Verdict:
    return Verdict(report, "vi", NOON - 1000, NOON + 1000)


def manual(**changed: bytes) -> MemoryTree:
    return tiny_with(
        {
            FORM: b"form",
            **{
                path.replace("__", "/").replace("_dot_", "."): data
                for path, data in changed.items()
            },
        }
    )


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path, bytes(SIZE))


@pytest.fixture
def kept(store: Store) -> Store:
    """A store with the verdict on `manual()`, which read a form besides, and looked for one that is not there."""
    question = Question(manual(), TOOL)
    question.read_all([FORM, "procedures/none.docx"])
    store.keep(question, verdict())
    return store


def test_the_same_question_is_answered_the_same(kept: Store) -> None:
    assert kept.recall(Question(manual(), TOOL), NOON) == verdict()


@pytest.mark.parametrize("slug", [rule.slug for rule in ALL])
def test_every_report_comes_back_as_it_went(slug: str, store: Store) -> None:
    """Whatever a rule finds in the bad example of its page; and a question is as good a tree as that which it asks."""
    files = dict(example(page(BY_SLUG[slug], "vi"), HEADINGS["vi"][2]).files)
    history = "history" in BY_SLUG[slug].needs
    question = Question(tiny_with(files), TOOL)
    report = check_tree(question, history=history)
    assert report == check_tree(tiny_with(files), history=history)
    assert slug in {each.slug for each in report.findings}
    store.keep(question, verdict(report))
    assert store.recall(Question(tiny_with(files), TOOL), NOON) == verdict(report)


@pytest.mark.parametrize(
    "files",
    [
        manual(procedures__records_dot_yml=tiny()[TEXT] + b"\n"),
        manual(procedures__form_dot_docx=b"another form"),
        manual(procedures__none_dot_docx=b"there now"),
        manual(procedures__other_dot_docx=b""),
        manual(procedures__new_dot_md=b""),
    ],
    ids=["text", "read besides", "missed besides", "name", "new text"],
)
def test_a_changed_manual_is_another_question(kept: Store, files: MemoryTree) -> None:
    assert kept.recall(Question(files, TOOL), NOON) is None


def test_a_text_that_went_is_another_question(kept: Store) -> None:
    files = manual()
    del files.files[TEXT]
    assert kept.recall(Question(files, TOOL), NOON) is None


def test_words_that_moved_from_a_name_into_a_text_are_another_question(store: Store) -> None:
    one, other = (
        Question(tiny_with(files), TOOL) for files in ({"a.md": "b.md"}, {"a.mdb.md": ""})
    )
    store.keep(one, verdict())
    assert store.recall(other, NOON) is None


@pytest.mark.parametrize(
    ("moment", "known"), [(-1001, False), (-1000, True), (999, True), (1000, False)]
)
def test_a_verdict_is_of_its_day(kept: Store, moment: float, known: bool) -> None:
    assert (kept.recall(Question(manual(), TOOL), NOON + moment) is not None) == known


def test_another_tool_asks_another_question(kept: Store) -> None:
    assert kept.recall(Question(manual(), b"tool 2"), NOON) is None


def test_a_tool_is_known_by_its_files(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("1")
    (tmp_path / "__pycache__").mkdir()
    os.utime(tmp_path / "a.py", ns=(0, 0))
    before = tool([tmp_path], "3.11")
    (tmp_path / "__pycache__/a.pyc").write_text("")
    assert tool([tmp_path], "3.11") == before
    assert tool([tmp_path], "3.12") != before
    os.utime(tmp_path / "a.py", ns=(0, 1))
    assert tool([tmp_path], "3.11") != before


def test_a_file_of_the_tool_that_cannot_be_asked_is_known_by_its_name(tmp_path: Path) -> None:
    """The lock of an editor is a link that leads nowhere."""
    before = tool([tmp_path])
    (tmp_path / ".#a.py").symlink_to("somebody@here.123")
    assert tool([tmp_path]) != before


@pytest.mark.parametrize("zone", ["Asia/Ho_Chi_Minh", "UTC", "America/Sao_Paulo"])
@pytest.mark.parametrize("moment", [0.0, 1_540_000_000.5, 1_541_300_400.0, 1_541_300_399.0])
def test_a_day_holds_its_moments(zone: str, moment: float) -> None:
    """Also where a day has no midnight: in Sao Paulo 4 November 2018 began at one o'clock."""
    begins, ends = span(moment, ZoneInfo(zone))
    days = [
        datetime.fromtimestamp(at, ZoneInfo(zone)).date()
        for at in (begins - 1, begins, moment, ends - 1, ends)
    ]
    assert begins <= moment < ends
    assert days[1] == days[2] == days[3]
    assert days[0] < days[1]
    assert days[3] < days[4]


def test_no_altered_verdict_is_believed(kept: Store, tmp_path: Path) -> None:
    (file,) = tmp_path.iterdir()
    data = file.read_bytes()
    for at in range(len(data)):
        file.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert kept.recall(Question(manual(), TOOL), NOON) is None
    for short in (b"", data[:10], data[:SIZE], data[:-1], data + b"\0"):
        file.write_bytes(short)
        assert kept.recall(Question(manual(), TOOL), NOON) is None
    file.write_bytes(data)
    assert kept.recall(Question(manual(), TOOL), NOON) is not None


@pytest.mark.usefixtures("kept")
def test_a_verdict_of_another_user_is_not_believed(tmp_path: Path) -> None:
    assert Store(tmp_path, b"1" * SIZE).recall(Question(manual(), TOOL), NOON) is None


def test_a_verdict_moved_to_another_questions_place_is_not_believed(
    store: Store, tmp_path: Path
) -> None:
    sound, broken = (
        Question(manual(), TOOL),
        Question(manual(procedures__records_dot_yml=b"no:"), TOOL),
    )
    store.keep(sound, verdict())
    (file,) = tmp_path.iterdir()
    for slot in "0123456789abcdef":
        (tmp_path / slot).write_bytes(file.read_bytes())
    assert store.recall(broken, NOON) is None
    assert store.recall(sound, NOON) is not None


def test_words_of_another_question_are_not_read(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another Python may have written them, in a form that this one cannot read."""
    store.keep(Question(manual(), b"another Python"), verdict())
    (file,) = tmp_path.iterdir()
    for slot in "0123456789abcdef":
        (tmp_path / slot).write_bytes(file.read_bytes())
    monkeypatch.delattr("marshal.loads")
    assert store.recall(Question(manual(), TOOL), NOON) is None


def test_a_place_that_leads_out_of_the_store_is_no_trouble(store: Store, tmp_path: Path) -> None:
    for slot in "0123456789abcdef":
        (tmp_path / slot).symlink_to(tmp_path.parent / "elsewhere")
    store.keep(Question(manual(), TOOL), verdict())
    assert not (tmp_path.parent / "elsewhere").exists()


def test_a_folder_that_cannot_be_written_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    store = Store(tmp_path / "file", bytes(SIZE))
    store.keep(Question(manual(), TOOL), verdict())
    assert store.recall(Question(manual(), TOOL), NOON) is None
