"""Kept reports: recalled where all is as it was, and never otherwise.

A store may be lost, cut, altered or brought from elsewhere.
"""

from __future__ import annotations

import os
import re
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from qmstool.checking import cache
from qmstool.checking.cache import (
    READERS,
    CachedReport,
    ReportCache,
    TrackedTree,
    current_tool_digest,
    day_span,
    tool_digest,
)
from qmstool.digest import DIGEST_SIZE
from qmstool.findings import Finding, Location, Report, Severity, Summary
from qmstool.frozen import replace
from qmstool.i18n import Text
from qmstool.rules import ALL, BY_SLUG
from qmstool.rules.base.pages import HEADINGS, read_page
from tests.support.manuals import check_tree, tiny, tiny_with
from tests.support.rule_examples import example

if TYPE_CHECKING:
    from tests.support.memory import MemoryTree

NOON = 1_000_000.0
TOOL = b"tool"
EMPTY = Report(".", (), (), (), Summary(0, 0, 0, 0, 0, 0))
TEXT = "procedures/records.yml"
FORM = "procedures/form.docx"


def cached_report(report: Report = EMPTY) -> CachedReport:
    return CachedReport(report, "vi", NOON - 1000, NOON + 1000)


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
def store(tmp_path: Path) -> ReportCache:
    return ReportCache(tmp_path, bytes(DIGEST_SIZE))


@pytest.fixture
def kept(store: ReportCache) -> ReportCache:
    """A cache with the report on `manual()`, which read one form and missed another."""
    tree = TrackedTree(manual(), TOOL)
    tree.read_all([FORM, "procedures/none.docx"])
    store.keep(tree, cached_report())
    return store


def test_the_same_tree_gets_the_same_report(kept: ReportCache) -> None:
    assert kept.recall(TrackedTree(manual(), TOOL), NOON) == cached_report()


@pytest.mark.parametrize("slug", [rule.slug for rule in ALL])
def test_every_report_comes_back_as_it_went(slug: str, store: ReportCache) -> None:
    """Whatever a rule finds in its bad example; a tracked tree reads as the one under it."""
    files = dict(example(read_page(BY_SLUG[slug], "vi"), HEADINGS["vi"][2]).files)
    history = "history" in BY_SLUG[slug].needs
    tree = TrackedTree(tiny_with(files), TOOL)
    report = check_tree(tree, history=history)
    assert report == check_tree(tiny_with(files), history=history)
    assert slug in {each.slug for each in report.findings}
    store.keep(tree, cached_report(report))
    assert store.recall(TrackedTree(tiny_with(files), TOOL), NOON) == cached_report(report)


@pytest.mark.parametrize("filled", [True, False], ids=["filled", "plain"])
def test_braces_in_a_message_come_back_as_words(store: ReportCache, *, filled: bool) -> None:
    """A value that looks like a place to fill in is words, in a kept report too."""
    values = {"words": "{other}"}
    pattern = Text("«{words}» là gì?", "What is «{words}»?")
    message = pattern.fill(values) if filled else Text("{words} {other}", "{words} {other}")
    place = Location("manual/index.md", 3, 1, 3, 8)
    finding = Finding("QMS001", "slug", Severity.INFO, place, message, values, related=(place,))
    tree = TrackedTree(manual(), TOOL)
    store.keep(tree, cached_report(replace(EMPTY, findings=(finding,))))
    recalled = store.recall(TrackedTree(manual(), TOOL), NOON)
    assert recalled is not None
    assert recalled.report.findings == (finding,)
    said = recalled.report.findings[0].message
    assert said.get("en") == ("What is «{other}»?" if filled else "{words} {other}")


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
def test_a_changed_manual_is_another_tree(kept: ReportCache, files: MemoryTree) -> None:
    assert kept.recall(TrackedTree(files, TOOL), NOON) is None


def test_a_text_that_went_is_another_tree(kept: ReportCache) -> None:
    files = manual()
    del files.files[TEXT]
    assert kept.recall(TrackedTree(files, TOOL), NOON) is None


def test_words_that_moved_from_a_name_into_a_text_are_another_tree(store: ReportCache) -> None:
    one, other = (
        TrackedTree(tiny_with(files), TOOL) for files in ({"a.md": "b.md"}, {"a.mdb.md": ""})
    )
    store.keep(one, cached_report())
    assert store.recall(other, NOON) is None


@pytest.mark.parametrize(
    ("moment", "known"), [(-1001, False), (-1000, True), (999, True), (1000, False)]
)
def test_a_report_is_of_its_day(kept: ReportCache, moment: float, known: bool) -> None:
    assert (kept.recall(TrackedTree(manual(), TOOL), NOON + moment) is not None) == known


def test_another_tool_has_another_key(kept: ReportCache) -> None:
    assert kept.recall(TrackedTree(manual(), b"tool 2"), NOON) is None


def test_a_tool_is_known_by_its_files(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("1")
    (tmp_path / "__pycache__").mkdir()
    os.utime(tmp_path / "a.py", ns=(0, 0))
    before = tool_digest([tmp_path], "3.11")
    (tmp_path / "__pycache__/a.pyc").write_text("")
    assert tool_digest([tmp_path], "3.11") == before
    assert tool_digest([tmp_path], "3.12") != before
    os.utime(tmp_path / "a.py", ns=(0, 1))
    assert tool_digest([tmp_path], "3.11") != before


@pytest.mark.parametrize("reader", READERS)
def test_a_tool_is_known_by_what_reads_for_it(
    reader: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another version of it may read the very same bytes otherwise."""
    package = tmp_path / reader / "__init__.py"
    package.parent.mkdir()
    package.write_text("")
    os.utime(package, ns=(0, 0))
    monkeypatch.syspath_prepend(tmp_path)
    before = current_tool_digest()
    os.utime(package, ns=(0, 1))
    assert current_tool_digest() != before


def test_whatever_reads_a_manual_is_known() -> None:
    """A package that parsing or rules import is among those by whose files the tool is known."""
    imports = re.compile(r"^ *(?:import|from(?=[^\n]* import )) (\w+)", re.MULTILINE)
    package = Path(cache.__file__).parents[1]
    rooms = ("parsing", "manual", "references", "rules", "checking", "sanitizing")
    read = [path.read_text("utf-8") for room in rooms for path in (package / room).rglob("*.py")]
    imported = {name for text in read for name in imports.findall(text)}
    assert imported - sys.stdlib_module_names - {"qmstool"} == set(READERS)


def test_a_file_of_the_tool_that_cannot_be_asked_is_known_by_its_name(tmp_path: Path) -> None:
    """The lock of an editor is a link that leads nowhere."""
    before = tool_digest([tmp_path])
    (tmp_path / ".#a.py").symlink_to("somebody@here.123")
    assert tool_digest([tmp_path]) != before


@pytest.mark.parametrize("zone", ["Asia/Ho_Chi_Minh", "UTC", "America/Sao_Paulo"])
@pytest.mark.parametrize("moment", [0.0, 1_540_000_000.5, 1_541_300_400.0, 1_541_300_399.0])
def test_a_day_holds_its_moments(zone: str, moment: float) -> None:
    """Also where a day has no midnight: in Sao Paulo 4 November 2018 began at one o'clock."""
    begins, ends = day_span(moment, ZoneInfo(zone))
    days = [
        datetime.fromtimestamp(at, ZoneInfo(zone)).date()
        for at in (begins - 1, begins, moment, ends - 1, ends)
    ]
    assert begins <= moment < ends
    assert days[1] == days[2] == days[3]
    assert days[0] < days[1]
    assert days[3] < days[4]


def test_no_altered_report_is_believed(kept: ReportCache, tmp_path: Path) -> None:
    (file,) = tmp_path.iterdir()
    data = file.read_bytes()
    for at in range(len(data)):
        file.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert kept.recall(TrackedTree(manual(), TOOL), NOON) is None
    for short in (b"", data[:10], data[:DIGEST_SIZE], data[:-1], data + b"\0"):
        file.write_bytes(short)
        assert kept.recall(TrackedTree(manual(), TOOL), NOON) is None
    file.write_bytes(data)
    assert kept.recall(TrackedTree(manual(), TOOL), NOON) is not None


@pytest.mark.usefixtures("kept")
def test_a_report_of_another_user_is_not_believed(tmp_path: Path) -> None:
    assert (
        ReportCache(tmp_path, b"1" * DIGEST_SIZE).recall(TrackedTree(manual(), TOOL), NOON) is None
    )


def test_a_report_moved_to_another_trees_place_is_not_believed(
    store: ReportCache, tmp_path: Path
) -> None:
    sound, broken = (
        TrackedTree(manual(), TOOL),
        TrackedTree(manual(procedures__records_dot_yml=b"no:"), TOOL),
    )
    store.keep(sound, cached_report())
    (file,) = tmp_path.iterdir()
    for slot in "0123456789abcdef":
        (tmp_path / slot).write_bytes(file.read_bytes())
    assert store.recall(broken, NOON) is None
    assert store.recall(sound, NOON) is not None


def test_words_of_another_tree_are_not_read(
    store: ReportCache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another Python may have written them, in a form that this one cannot read."""
    store.keep(TrackedTree(manual(), b"another Python"), cached_report())
    (file,) = tmp_path.iterdir()
    for slot in "0123456789abcdef":
        (tmp_path / slot).write_bytes(file.read_bytes())
    monkeypatch.delattr("marshal.loads")
    assert store.recall(TrackedTree(manual(), TOOL), NOON) is None


def test_a_place_that_leads_out_of_the_store_is_no_trouble(
    store: ReportCache, tmp_path: Path
) -> None:
    for slot in "0123456789abcdef":
        (tmp_path / slot).symlink_to(tmp_path.parent / "elsewhere")
    store.keep(TrackedTree(manual(), TOOL), cached_report())
    assert not (tmp_path.parent / "elsewhere").exists()


def test_a_folder_that_cannot_be_written_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    store = ReportCache(tmp_path / "file", bytes(DIGEST_SIZE))
    store.keep(TrackedTree(manual(), TOOL), cached_report())
    assert store.recall(TrackedTree(manual(), TOOL), NOON) is None
