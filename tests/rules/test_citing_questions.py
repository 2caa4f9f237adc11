"""What a file says by what it cites: plain values, which no other file's text can change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from qmstool.findings import Location
from qmstool.frozen import replace
from qmstool.manual.loading.loader import load
from qmstool.manual.model import Manual
from qmstool.manual.text_files import TextFile
from qmstool.references.model import Reference
from qmstool.references.outline import outline_digest
from qmstool.references.resolver import resolve
from qmstool.rules import ALL
from qmstool.rules.base.citation_questions import OF_EVERY_CHECK, broken_references
from qmstool.rules.base.facts import Facts
from qmstool.rules.base.text.prose_text import Writing
from qmstool.storage.kept_facts import KeptFacts
from tests.rules.test_file_rules import reachable
from tests.support.manuals import tiny
from tests.support.memory import MemoryTree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qmstool.rules.base.file_answers import Question

QUESTIONS = {
    question.name: question
    for question in (*OF_EVERY_CHECK, *[each for rule in ALL for each in rule.reads])
    if question.cites
}
PATH = "procedures/qt-vp-01.md"
# A text with something for each question.
CITING = """

## 3. Theo dõi

Xem QTVP02, qt vp 02, QT VP 99, mục 9.9, mục 3 và mục 5.

QT VP 02 – Quy trình kiểm soát tài liệu; QT VP 02 hoặc QT VP 01.
Gọi tắt là quy trình đánh giá nội bộ. Tiêu chuẩn Nhỏ:1994, điều khoản 2.2 (Đánh giá nội bộ).
[QT VP 01](qt-vp-02.md), [Tệp](tep.exe), [mục 5](#hai).

## 4. Chỉ dẫn

Thực hiện theo QT VP 02.

## 5. Một

## 5. Hai {#hai}
"""


def facts_of(files: Mapping[str, bytes]) -> Facts:
    manual = load(MemoryTree(dict(files)))
    texts = {path: data for path, data in files.items() if path.endswith((".md", ".yml"))}
    kept = KeptFacts(None, b"", b"", texts)
    return Facts(manual, resolve(manual, kept), kept_facts=kept)


def citing(more: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    files = {**tiny(), "procedures/tep.exe": b"MZ"}
    files[PATH] += CITING.encode()
    return files | dict(more or {})


def answer(facts: Facts, question: Question[Any]) -> object:
    answers = facts.citing.answers_to(question)
    return next((each for writing, each in answers if writing.file.path == PATH), ())


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_an_answer_holds_no_text_and_no_place_of_others(question: Question[Any]) -> None:
    for value in reachable(answer(facts_of(citing()), question)):
        assert not isinstance(value, TextFile | Manual | Reference | Writing)
        assert not isinstance(value, Location) or value.path == PATH


def test_most_questions_find_something() -> None:
    facts = facts_of(citing())
    found = [question.name for question in QUESTIONS.values() if answer(facts, question)]
    assert len(found) > len(QUESTIONS) / 2, found


def test_what_other_files_say_changes_no_answer() -> None:
    """The same text among others of the same outline, which say something else."""
    one = citing()
    other = {
        name: data + b"\n\nXem QT VP 01, QT VP 77.\n" if name.endswith(".md") else data
        for name, data in one.items()
    } | {PATH: one[PATH]}
    first, second = facts_of(one), facts_of(other)
    assert outline_digest(first.manual) == outline_digest(second.manual)
    for question in QUESTIONS.values():
        assert answer(first, question) == answer(second, question), question.name


def test_another_outline_is_another_answer() -> None:
    """A code that somebody registers is no longer broken, though the text is as it was."""
    before = facts_of(citing())
    new = tiny()[PATH].replace(b"QT VP 01", b"QT VP 99", 1)
    kept = before.kept_facts
    files = citing({"procedures/qt-vp-99.md": new})
    assert kept is not None
    kept.texts = {path: data for path, data in files.items() if path.endswith((".md", ".yml"))}
    manual = load(MemoryTree({**files}))
    after = Facts(manual, resolve(manual, kept), kept_facts=kept)
    assert answer(before, broken_references) != answer(after, broken_references)


def test_without_a_digest_of_the_outline_nothing_is_kept() -> None:
    facts = facts_of(citing())
    unkept = replace(facts, references=resolve(facts.manual))
    kept = facts.kept_facts
    assert kept is not None
    assert list(unkept.citing.answers_to(broken_references))
    assert kept.lacks("citing", PATH)
