"""Files that other processes read are reported as if this one had read them."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from qmstool.checking import side_by_side
from qmstool.checking.runner import check
from qmstool.manual.loading.documents import natural_key
from qmstool.manual.loading.loader import load
from qmstool.references.resolver import _Resolver, resolve
from qmstool.rules import ALL
from qmstool.rules.base.file_answers import FileAnswers
from qmstool.rules.base.pages import HEADINGS, read_page
from qmstool.rules.base.text.wording import wording_of
from qmstool.rules.prose.near_duplicates import section_marks
from qmstool.storage.kept_facts import KeptFacts, PassingFacts
from qmstool.storage.tree import TEXT_SUFFIXES
from tests.support.manuals import DAY, tiny
from tests.support.memory import MemoryTree
from tests.support.rule_examples import example

if TYPE_CHECKING:
    from pathlib import Path

    from qmstool.findings import Report
    from qmstool.manual.documents import Document
    from qmstool.manual.text_files import TextFile
    from qmstool.references.model import Reference


@pytest.fixture(autouse=True)
def three_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(side_by_side, "processors", lambda: 3)


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """The tiny manual, with the bad examples of all rules laid over it."""
    laid = dict(tiny())
    for rule in ALL:
        for path, data in example(read_page(rule, "vi"), HEADINGS["vi"][2]).files.items():
            laid.setdefault(path, data)
    return laid


def texts_of(files: dict[str, bytes]) -> dict[str, bytes]:
    """The texts that a tree reads: no link that leads out of it."""
    read = MemoryTree(dict(files)).list()
    return {path: files[path] for path in read if path.endswith(TEXT_SUFFIXES)}


def report(files: dict[str, bytes], facts: KeptFacts | None) -> Report:
    tree = MemoryTree(dict(files))
    manual = load(tree, facts, only_problems=True)
    return check(manual, resolve(manual), root=".", day=DAY, read=tree.read, kept_facts=facts)


def helped_report(files: dict[str, bytes], facts: KeptFacts) -> Report:
    tree = MemoryTree(dict(files))
    with side_by_side.reading_side_by_side(facts, frozenset(files), fewest=2) as ask:
        manual = load(tree, facts, only_problems=True)
        ask(manual)
        return check(
            manual, resolve(manual, facts), root=".", day=DAY, read=tree.read, kept_facts=facts
        )


def test_processes_change_no_report(files: dict[str, bytes]) -> None:
    assert helped_report(files, PassingFacts(texts_of(files))) == report(files, None)


def test_what_they_found_is_kept(files: dict[str, bytes], tmp_path: Path) -> None:
    store = partial(KeptFacts, tmp_path, b"secret", b"tool", texts_of(files))
    facts = store()
    said = helped_report(files, facts)
    facts.save()
    procedures = [path for path in files if path.startswith("procedures/") and path.endswith(".md")]
    assert not any(store().lacks("document", path) for path in procedures)
    assert report(files, store()) == said


def test_what_they_were_given_is_done_by_them(
    files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    done_here: set[str] = set()
    resolve_file, ask = _Resolver.resolve_file, FileAnswers._ask

    def noted_file(self: _Resolver, document: Document, file: TextFile) -> list[Reference]:
        done_here.add(file.path)
        return resolve_file(self, document, file)

    def noted_asking(self: FileAnswers, lacking: Any, asked: Any) -> None:
        done_here.update(text.file.path for text, *_ in lacking)
        ask(self, lacking, asked)

    monkeypatch.setattr(_Resolver, "resolve_file", noted_file)
    monkeypatch.setattr(FileAnswers, "_ask", noted_asking)
    helped_report(files, PassingFacts(texts_of(files)))
    shared = sorted(filter(side_by_side._is_shared, files), key=natural_key)
    size = int(len(shared) * side_by_side.SHARE / 3)
    asked = round(size * side_by_side.SHARE_ASKED)
    theirs = shared[-asked:] + shared[-size - asked : -size]
    assert theirs
    assert not done_here.intersection(theirs)
    assert done_here


def test_they_are_asked_what_a_manual_asks_for_by_name() -> None:
    for named, is_asked in ((b"", False), (b"\n  ask: [near-duplicate]", True)):
        manifest = tiny()["qms.yml"].replace(b"off: []", b"off: []" + named)
        manual = load(MemoryTree({**tiny(), "qms.yml": manifest}))
        asked = side_by_side._questions(manual, wording_of(manual))
        assert (section_marks.name in asked) is is_asked


def _end(*_: object) -> dict[str, object]:
    os._exit(1)


@pytest.mark.parametrize("work", ["_read", "_ask"])
def test_a_process_that_is_killed_is_done_without(
    files: dict[str, bytes], work: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(side_by_side, work, _end)
    assert helped_report(files, PassingFacts(texts_of(files))) == report(files, None)


def test_where_no_process_can_be_started_this_one_reads_all(
    files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr(side_by_side, "fresh_processes", refuse)
    assert helped_report(files, PassingFacts(texts_of(files))) == report(files, None)


def test_few_files_or_one_processor_need_none(
    files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[int] = []

    def noted(count: int) -> None:
        started.append(count)
        raise OSError

    monkeypatch.setattr(side_by_side, "fresh_processes", noted)
    facts = PassingFacts(texts_of(files))
    for available, fewest in ((2, 10_000), (1, 1), (2, 1)):
        monkeypatch.setattr(side_by_side, "processors", lambda count=available: count)
        before = len(started)
        with side_by_side.reading_side_by_side(facts, frozenset(files), fewest=fewest):
            tried = len(started) > before
        assert tried is ((available, fewest) == (2, 1))
