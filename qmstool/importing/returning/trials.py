"""Try edits of lines: a file is read again once for all that is tried in it, not once for each.

What goes in: the lines of some files, and for each what is tried in it, one after another. What
comes out: which of that leads to the words that came back, in the same line. Pure.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, TypeVar

from qmstool.frozen import NamedTuple
from qmstool.importing.returning.edits import FileEdits, apply_to_text
from qmstool.importing.returning.reading import typed_nodes
from qmstool.importing.returning.shown import NOTE, squeeze
from qmstool.importing.returning.typed import TypedFile, TypedLine
from qmstool.parsing.markdown.reader import read

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping, Sequence

    from qmstool.importing.returning.typed import Typed

MOST_READINGS = 64
"""How often a file is read for one round of trials. One that none of them proves has failed."""
MOST_ROUNDS = 64
"""How much is tried in one line, one after another."""
Result = TypeVar("Result")


class Trial(NamedTuple):
    """A line, the edits that may lead to the words that came back, and those words."""

    line: TypedLine
    edits: FileEdits
    returned: str


class TrialReader:
    """Reads files with edits made; `said`: what the lines of their exported form say, squeezed."""

    def __init__(self, nodes: Mapping[str, Sequence[Typed]], said: frozenset[str]) -> None:
        self._said = said
        self._lines = {path: _lines(those) for path, those in nodes.items()}
        self._places = {
            id(line): at for lines in self._lines.values() for at, line in enumerate(lines)
        }
        texts = {line.file.path: line.file.text for lines in self._lines.values() for line in lines}
        self._label = "word-0"
        while any(f"[^{self._label}" in text.lower() for text in texts.values()):
            self._label += "0"

    @property
    def call(self) -> str:
        """The call of a note that a trial writes for each of Word's own."""
        return f"[^{self._label}]"

    def settle(
        self, attempts: Mapping[int, Generator[Trial, bool, Result]]
    ) -> tuple[dict[int, Result], dict[int, list[bool]]]:
        """Let each attempt try what it wants; return what it ends with, and what it was answered.

        One that tries more than `MOST_ROUNDS` times ends with nothing.
        """
        ended: dict[int, Result] = {}
        answers: dict[int, list[bool]] = {key: [] for key in attempts}
        waiting: dict[int, Trial] = {}
        for key, attempt in attempts.items():
            _go_on(attempt, None, key, waiting, ended)
        for _ in range(MOST_ROUNDS):
            if not waiting:
                break
            right = self._right_of(waiting.values())
            tried, waiting = waiting, {}
            for key, trial in tried.items():
                answers[key].append(id(trial.line) in right)
                _go_on(attempts[key], answers[key][-1], key, waiting, ended)
        return ended, answers

    def _right_of(self, trials: Iterable[Trial]) -> set[int]:
        """Return the lines that show what came back for them, each in one trial."""
        by_file: dict[str, list[Trial]] = {}
        for trial in trials:
            by_file.setdefault(trial.line.file.path, []).append(trial)
        right: set[int] = set()
        for those in by_file.values():
            right |= self._right_in_file(those)
        return right

    def _right_in_file(self, trials: Sequence[Trial]) -> set[int]:
        """Judge trials of one file together; where its lines are no more the same, by halves.

        Those that do not show what they should are judged again without the others, for one may
        have spoilt the reading of another.
        """
        right: set[int] = set()
        waiting = deque([trials])
        for _ in range(MOST_READINGS):
            if not waiting:
                break
            group = waiting.popleft()
            wrong = self._wrong_of(group)
            half = len(group) // 2
            if wrong is None:
                waiting.extend([group[:half], group[half:]] if half else [])
                continue
            right |= {id(trial.line) for trial in group} - {id(trial.line) for trial in wrong}
            if half and len(wrong) == len(group):
                waiting.extend([trial] for trial in wrong)
            elif wrong and half:
                waiting.append(wrong)
        return right

    def _wrong_of(self, trials: Sequence[Trial]) -> list[Trial] | None:
        """Return those that do not show what they should; None where not all lines are there."""
        together = FileEdits()
        for trial in trials:
            together.extend(trial.edits)
        file = trials[0].line.file
        text = apply_to_text(file.text, together.sorted())
        if self.call in text:
            text += f"\n\n{self.call}: …"
        after = self._read(file, text, [trial.returned for trial in trials])
        if len(after) != len(self._lines[file.path]):
            return None
        return [
            trial
            for trial in trials
            if self._words(after[self._places[id(trial.line)]])
            != squeeze(trial.returned.replace(NOTE, ""))
        ]

    def _read(self, file: TypedFile, text: str, returned: Iterable[str]) -> list[TypedLine]:
        """Return the lines of a file with another text, where some words came back."""
        changed = TypedFile(file.number, file.path, text, read(text, file.document.start))
        said = self._said | {squeeze(words) for words in returned}
        return _lines(typed_nodes(changed, said, self._label))

    def _words(self, line: TypedLine) -> str:
        """Return what a line says, squeezed, less the calls of notes that are new."""
        source = line.file.text
        pieces = line.words.pieces
        return squeeze(
            "".join(piece.text for piece in pieces if not source.startswith(self.call, piece.start))
        )


def _go_on(
    attempt: Generator[Trial, bool, Result],
    answer: bool | None,
    key: int,
    waiting: dict[int, Trial],
    ended: dict[int, Result],
) -> None:
    try:
        waiting[key] = next(attempt) if answer is None else attempt.send(answer)
    except StopIteration as end:
        ended[key] = end.value


def replay(attempt: Generator[Trial, bool, Result], answers: Iterable[bool]) -> Result:
    """Let an attempt try again what was answered already; what was not has failed."""
    known = iter(answers)
    try:
        next(attempt)
        while True:
            attempt.send(next(known, False))
    except StopIteration as end:
        result: Result = end.value
    return result


def _lines(nodes: Iterable[Typed]) -> list[TypedLine]:
    lines: list[TypedLine] = []
    for node in nodes:
        if isinstance(node, TypedLine):
            lines.append(node)
        else:
            lines += [cell for row in node.rows for cell in row.cells]
    return lines
