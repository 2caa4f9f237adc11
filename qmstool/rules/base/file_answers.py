"""Ask each file what it says by itself, or by what it cites, for the rules that go by its answers.

In: `Writing`s and questions. Out: answers by file. A question is put to some files before the next
one, for what answers it is then near to the processor; what was read of them is near too, and
is forgotten with them. An answer is kept under all that it was made of: the file, the words to read
it by, and, of a question about what it cites, the outline of the manual.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from qmstool.frozen import NamedTuple, dataclass
from qmstool.parsing.at_hand import FILES_AT_HAND

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from qmstool.manual.text_files import TextFile
    from qmstool.references.model import FileReferences, Reference, References
    from qmstool.references.outline import Outline
    from qmstool.rules.base.text.prose_text import Writing
    from qmstool.storage.kept_facts import KeptFacts

Answer = TypeVar("Answer")


class Citing(NamedTuple):
    """One file as it cites: what it says, what it refers to, and the outline of the manual."""

    writing: Writing
    found: FileReferences
    outline: Outline

    @property
    def references(self) -> tuple[Reference, ...]:
        """Its references, in the order of its words."""
        return self.found.own

    @property
    def file(self) -> TextFile:
        """The file."""
        return self.writing.file


@dataclass(frozen=True, slots=True)
class Question(Generic[Answer]):
    """What is asked of a file: its `name`, and what answers it by that file alone.

    Not `of_any`, it is put only to texts in their author's words. One that `cites` is handed a
    `Citing`, any other the `Writing` alone. An answer is made of plain values: nothing in it leads
    back to the file, and of the outline it has keys, never places.
    """

    name: str
    answer: Callable[[Any], Answer]
    of_any: bool = False
    cites: bool = False


def question(answer: Callable[[Writing], Answer]) -> Question[Answer]:
    """Declare a question to texts in their author's words above the function that answers it."""
    return Question(_name(answer), answer)


def any_question(answer: Callable[[Writing], Answer]) -> Question[Answer]:
    """Declare a question to every text, a stub or one that is no UTF-8 among them."""
    return Question(_name(answer), answer, of_any=True)


def citing_question(answer: Callable[[Citing], Answer]) -> Question[Answer]:
    """Declare a question to every text about what it cites."""
    return Question(_name(answer), answer, of_any=True, cites=True)


def _name(answer: Callable[..., object]) -> str:
    return f"{answer.__module__}.{answer.__qualname__}"


class _Asked:
    """A file that questions are put to."""

    def __init__(self, text: Writing) -> None:
        self.text = text

    @cached_property
    def unread(self) -> Writing:
        """What they are put to: a copy, forgotten with all that they read of it."""
        return self.text.unread_copy()


class FileAnswers:
    """The answers of the files of one manual, in the order of its files.

    `facts`: what files as they are answered before; None where all are asked.
    """

    _kind = "answers"

    def __init__(self, texts: Sequence[Writing], facts: KeptFacts | None = None) -> None:
        self._texts = texts
        self._facts = facts
        self._answers: dict[str, list[tuple[Writing, Any]]] = {}
        self._names = ""

    def ask(self, questions: Iterable[Question[Any]]) -> None:
        """Put to every file those of the questions that were not put before."""
        ask_together(self._texts, [(self, questions)])

    def unasked(self, questions: Iterable[Question[Any]]) -> dict[str, Question[Any]]:
        """Return those of the questions that were not put before, by name: they are put now."""
        new = {each.name: each for each in questions if each.name not in self._answers}
        self._names = " ".join(sorted(new))
        self._answers |= {name: [] for name in new}
        return new

    def take(self, files: Sequence[_Asked], asked: Mapping[str, Question[Any]]) -> None:
        """Put questions to some files, but not those that a file is known to have answered."""
        said = [self._recalled(file.text) for file in files]
        lacking = [
            (file.text, self._handed(file.unread), names.split(), answers)
            for file, (names, answers) in zip(files, said, strict=True)
            if names != self._names
        ]
        if lacking:
            self._ask(lacking, asked)
        for file, (_, answers) in zip(files, said, strict=True):
            for name, answer in answers.items():
                if name in asked:
                    self._answers[name].append((file.text, answer))

    def _recalled(self, text: Writing) -> tuple[str, dict[str, Any]]:
        """Return which questions a file is known to have answered, and its answers."""
        kept = self._facts and self._facts.recall(self._kind, text.file.path, self._read_by(text))
        return kept or ("", {})

    def _ask(
        self,
        lacking: Sequence[tuple[Writing, Writing | Citing, list[str], dict[str, Any]]],
        asked: Mapping[str, Question[Any]],
    ) -> None:
        """Complete the answers of some files; what a file answers with nothing is left out.

        Of each: the file, what a question is handed of it, which it has answered, and its answers.
        """
        for name, each in asked.items():
            for text, handed, known, answers in lacking:
                if name not in known and (each.of_any or text.is_authored):
                    answer = each.answer(handed)
                    if answer != ():
                        answers[name] = answer
        if self._facts:
            for text, _, known, answers in lacking:
                names = " ".join(sorted({*known, *asked}))
                path, more = text.file.path, self._read_by(text)
                self._facts.keep(self._kind, path, (names, answers), more)

    def _read_by(self, text: Writing) -> bytes:
        """Return what the answers of a file are made of, besides its bytes."""
        return text.read_by

    def _handed(self, text: Writing) -> Writing | Citing:
        """Return what a question is handed of a file."""
        return text

    def answers_to(self, asked: Question[Answer]) -> Iterator[tuple[Writing, Answer]]:
        """Yield each file that has an answer to a question, with it; no file says just nothing."""
        self.ask([asked])
        yield from self._answers[asked.name]


class CitingAnswers(FileAnswers):
    """The answers of files to questions about what they cite."""

    _kind = "citing"

    def __init__(
        self,
        texts: Sequence[Writing],
        references: References,
        outline: Outline,
        facts: KeptFacts | None = None,
    ) -> None:
        # What may be cited has a digest only where references are kept by it.
        super().__init__(texts, facts if references.outline else None)
        self._references = references
        self._outline = outline

    def _read_by(self, text: Writing) -> bytes:
        return self._references.outline + super()._read_by(text)

    def _handed(self, text: Writing) -> Citing:
        return Citing(text, self._references.by_file[text.file.path], self._outline)


def ask_together(
    texts: Sequence[Writing], asked: Iterable[tuple[FileAnswers, Iterable[Question[Any]]]]
) -> None:
    """Put to all files all that is asked of them, to some at a time."""
    new = [(answers, answers.unasked(questions)) for answers, questions in asked]
    new = [(answers, questions) for answers, questions in new if questions]
    for begin in range(0, len(texts) if new else 0, FILES_AT_HAND):
        files = [_Asked(text) for text in texts[begin : begin + FILES_AT_HAND]]
        for answers, questions in new:
            answers.take(files, questions)


def ask_by_kind(
    texts: Sequence[Writing],
    citing: CitingAnswers,
    others: FileAnswers,
    questions: Iterable[Question[Any]],
) -> None:
    """Put to every file all questions at once: of those that cite `citing` has the answers."""
    questions = tuple(questions)
    about_citing = [question for question in questions if question.cites]
    about_itself = [question for question in questions if not question.cites]
    ask_together(texts, [(citing, about_citing), (others, about_itself)])
