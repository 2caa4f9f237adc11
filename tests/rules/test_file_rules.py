"""What a file says by itself: nothing that is asked of it can look at another file."""

from __future__ import annotations

import types
from typing import TYPE_CHECKING, Any

import pytest

from qmstool.findings import Location, Violation
from qmstool.frozen import replace
from qmstool.manual.config import Config
from qmstool.manual.documents import Document
from qmstool.manual.loading.loader import load
from qmstool.manual.model import Manual
from qmstool.manual.text_files import TextFile
from qmstool.parsing.at_hand import FILES_AT_HAND
from qmstool.references.model import References
from qmstool.references.resolver import resolve
from qmstool.rules import ALL
from qmstool.rules.base.facts import Facts
from qmstool.rules.base.file_answers import FileAnswers, Question
from tests.support.manuals import tiny, tiny_with
from tests.support.memory import MemoryTree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qmstool.rules.base.text.prose_text import Writing

QUESTIONS = {
    question.name: question for rule in ALL for question in rule.reads if not question.cites
}
# A text with something for most questions.
RICH = """

## 5.3 Theo dõi

Phòng TCHC rà soát hồ sơ hằng năm , báo cáo các bảng sau:

| Bước | Nội dung |
|---|---|
| 1 | … |

KSNK (kiểm soát nhiễm khuẩn) được đánh giá định kỳ, theo QT BIS 01, mục 5.2 (xem Hình 4
"""


def facts_of(files: Mapping[str, bytes]) -> Facts:
    manual = load(MemoryTree(dict(files)))
    return Facts(manual, resolve(manual))


def rich() -> dict[str, bytes]:
    files = tiny()
    return {
        path: data + RICH.encode() if path.endswith(".md") and path != "manual/index.md" else data
        for path, data in files.items()
    }


def reachable(start: object) -> Iterator[object]:
    """Yield whatever a function that is handed a value can come to from it."""
    seen: set[int] = set()
    waiting: list[Any] = [start]
    while waiting:
        value = waiting.pop()
        if id(value) in seen or isinstance(value, type | types.ModuleType | types.FunctionType):
            continue
        seen.add(id(value))
        yield value
        if isinstance(value, dict):
            waiting += [*value.keys(), *value.values()]
        elif isinstance(value, tuple | list | set | frozenset):
            waiting += value
        else:
            waiting += vars(value).values() if hasattr(value, "__dict__") else ()
            waiting += [getattr(value, name, None) for name in getattr(value, "__slots__", ())]


def test_nothing_leads_from_a_file_to_another_or_to_the_manual() -> None:
    facts = facts_of(rich())
    for text in facts.prose.texts:
        for question in QUESTIONS.values():
            question.answer(text)  # what it prepares and keeps is reachable too
    for text in facts.prose.texts:
        for value in reachable(text):
            assert not isinstance(value, Manual | References | Facts | Document | Config)
            assert not isinstance(value, TextFile) or value is text.file


def places(value: object) -> Iterator[Location]:
    for part in reachable(value):
        if isinstance(part, Location):
            yield part


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_an_answer_is_of_plain_values_and_of_its_file(question: Question[Any]) -> None:
    for text, answer in facts_of(rich()).files.answers_to(question):
        assert {place.path for place in places(answer)} <= {text.file.path}
        for value in reachable(answer):
            assert not isinstance(value, TextFile | Manual)


def test_what_other_files_say_changes_no_answer() -> None:
    """The same text among others, which say something else, and register something else."""
    one = facts_of(rich())
    path = "procedures/qt-vp-01.md"
    others = {
        name: data if name == path or not name.endswith(".md") else data + b"\n\nTCHC: x , y.\n"
        for name, data in rich().items()
    }
    other = facts_of(others | {"procedures/records.yml": b"schema: 1\n"})
    assert one.prose.wording == other.prose.wording
    for question in QUESTIONS.values():
        answers = [
            [answer for text, answer in facts.files.answers_to(question) if text.file.path == path]
            for facts in (one, other)
        ]
        assert answers[0] == answers[1], question.name


def test_questions_put_together_are_answered_as_one_by_one() -> None:
    facts = facts_of(rich())
    together = FileAnswers(facts.prose.texts)
    together.ask(QUESTIONS.values())
    found = 0
    for question in QUESTIONS.values():
        alone = FileAnswers(facts.prose.texts)
        for (text, answer), (same, own) in zip(
            together.answers_to(question), alone.answers_to(question), strict=True
        ):
            assert text is same
            assert answer == own
            found += bool(answer)
    assert found > len(QUESTIONS) / 2


def test_a_question_is_put_to_several_files_before_the_next_one() -> None:
    """And each file keeps the place that it has among all, however many there are."""
    count = 2 * FILES_AT_HAND + 1
    head = "---\ncode: QT BIS {0}\ntype: procedure\ntitle: Quy trình {0}\n---\n# Quy trình\n"
    texts = {f"procedures/{at}.md": head.format(at).encode() for at in range(100, 100 + count)}
    facts = facts_of({**tiny(), **texts})
    asked: list[tuple[str, str]] = []

    def asks(name: str) -> Question[str]:
        def answer(writing: Writing) -> str:
            asked.append((name, writing.file.path))
            return f"{name} {writing.file.path}"

        return Question(name, answer, of_any=True)

    first, second = asks("first"), asks("second")
    facts.files.ask([first, second])
    paths = [text.file.path for text in facts.prose.texts]
    assert [name for name, _ in asked[: 2 * FILES_AT_HAND]] == [
        *["first"] * FILES_AT_HAND,
        *["second"] * FILES_AT_HAND,
    ]
    for question in (first, second):
        assert [path for name, path in asked if name == question.name] == paths
        answers = [answer for _, answer in facts.files.answers_to(question)]
        assert answers == [f"{question.name} {path}" for path in paths]


def test_each_file_rule_finds_what_its_question_says() -> None:
    facts = facts_of(rich())
    of_files = [rule for rule in ALL if [each.name for each in rule.reads] == [rule.slug]]
    assert of_files
    for rule in of_files:
        (question,) = rule.reads
        violations = [list(answer) for _, answer in facts.files.answers_to(question)]
        assert list(rule.check(facts)) == [each for found in violations for each in found]
        assert all(isinstance(each, Violation) for each in rule.check(facts))


def test_what_was_read_of_a_text_is_forgotten() -> None:
    text: Writing = facts_of(rich()).prose.texts[0]
    assert text.tokens is text.tokens
    assert "tokens" in vars(text)
    assert "tokens" not in vars(text.unread_copy())
    assert text.unread_copy() == replace(text)


def test_a_stub_is_asked_only_by_those_that_ask_any() -> None:
    stub = (
        tiny()["procedures/qt-vp-01.md"]
        .split(b"\n#")[0]
        .replace(b"---\n", b"---\ntext: not-held\n", 1)
    )
    facts = facts_of(dict(tiny_with({"procedures/qt-vp-01.md": stub.decode()}).files))
    for question in QUESTIONS.values():
        called = replace(question, answer=lambda _: "called")
        answers = FileAnswers(facts.prose.texts).answers_to(called)
        asked = [text.file.path for text, _ in answers]
        assert ("procedures/qt-vp-01.md" in asked) == question.of_any
        assert "procedures/qt-vp-02.md" in asked
