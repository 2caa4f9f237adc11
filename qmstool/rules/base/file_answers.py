"""Ask each file what it says by itself: a rule of a file, or what a rule of the manual goes by.

In: `Writing`s and questions. Out: answers by file. All questions are put to a file one after the
other, so that its words are read once for all of them, and are then forgotten.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from qmstool.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from qmstool.rules.base.text.prose_text import Writing
    from qmstool.storage.kept_facts import KeptFacts

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Question(Generic[Answer]):
    """What is asked of a file: its `name`, and what answers it by that file alone.

    Not `of_any`, it is put only to texts in their author's words. An answer is made of plain
    values: nothing in it leads back to the file.
    """

    name: str
    answer: Callable[[Writing], Answer]
    of_any: bool = False


def question(answer: Callable[[Writing], Answer]) -> Question[Answer]:
    """Declare a question to texts in their author's words above the function that answers it."""
    return Question(f"{answer.__module__}.{answer.__qualname__}", answer)


def any_question(answer: Callable[[Writing], Answer]) -> Question[Answer]:
    """Declare a question to every text, a stub or one that is no UTF-8 among them."""
    return Question(f"{answer.__module__}.{answer.__qualname__}", answer, of_any=True)


class FileAnswers:
    """The answers of the files of one manual, in the order of its files.

    `facts`: what files as they are answered before; None where all are asked.
    """

    def __init__(self, texts: Sequence[Writing], facts: KeptFacts | None = None) -> None:
        self._texts = texts
        self._facts = facts
        self._answers: dict[str, list[Any]] = {}

    def ask(self, questions: Iterable[Question[Any]]) -> None:
        """Put to every file those of the questions that were not put before."""
        new = {each.name: each for each in questions if each.name not in self._answers}
        if not new:
            return
        answers: dict[str, list[Any]] = {name: [] for name in new}
        for text in self._texts:
            answered = self._answer(text, new)
            for name, put in answers.items():
                put.append(answered[name])
        self._answers |= answers

    def _answer(self, text: Writing, asked: Mapping[str, Question[Any]]) -> Mapping[str, Any]:
        """Return the answers of a file: those kept of it, and those that it gives now."""
        if self._facts is None:
            return _answers(text, asked)
        numbers = [section.number for section in text.sections]  # words announce some of them
        read_as = text.document, text.is_form, text.is_authored, numbers
        more = text.wording.digest + repr(read_as).encode()
        kept: dict[str, Any] = self._facts.recall("answers", text.file.path, more) or {}
        missing = {name: each for name, each in asked.items() if name not in kept}
        if missing:
            kept |= _answers(text, missing)
            self._facts.keep("answers", text.file.path, kept, more)
        return kept

    def answers_to(self, asked: Question[Answer]) -> Iterator[tuple[Writing, Answer]]:
        """Yield each file that a question is put to, with its answer."""
        self.ask([asked])
        for text, answer in zip(self._texts, self._answers[asked.name], strict=True):
            if asked.of_any or text.is_authored:
                yield text, answer


def _answers(text: Writing, asked: Mapping[str, Question[Any]]) -> dict[str, Any]:
    """Ask a file, and forget what was read of it; None where a question is not put to it."""
    writing = text.unread_copy()
    answers = {}
    for name, each in asked.items():
        is_asked = each.of_any or writing.is_authored
        answers[name] = each.answer(writing) if is_asked else None
    return answers
