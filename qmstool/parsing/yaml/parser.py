"""Parse YAML text as PyYAML's nodes, past the lines that keep it from being read.

Such a line is told and replaced by what it was meant to be; offsets lead back to the file as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from qmstool.findings import LoadError, Location, Violation
from qmstool.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

    from yaml import SafeLoader as _Fastest

    from qmstool.parsing.source import SourceFile
    from qmstool.parsing.yaml.diagnosis import YamlMistake
else:
    _Fastest = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Of a file with more lines that keep the rest from being read, the rest is not read.
MANY_SLIPS = 20
# So many characters of a file are read again to find its slips; two seconds, however large it is.
READ_AGAIN = 8_000_000


class _Loader(_Fastest):
    """Composes nodes without asking what type a scalar is: half of the time, and nobody asks."""

    def resolve(self, _kind: type[yaml.Node], _value: str | None, _implicit: object) -> None:
        """Give no tag."""

    def descend_resolver(self, _parent: yaml.Node | None, _index: object) -> None:
        """Follow no path."""

    def ascend_resolver(self) -> None:
        """Follow no path."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """A stretch of a text for which another was put in: its offset, old length and new length."""

    offset: int
    old_length: int
    new_length: int


def original_offset(replacements: list[Replacement], offset: int) -> int:
    """Return the offset, in a text as its file has it, of an offset in the text as it was meant."""
    for replacement in reversed(replacements):
        begin = replacement.offset
        if offset >= begin + replacement.new_length:
            offset += replacement.old_length - replacement.new_length
        elif offset > begin:
            offset = min(offset, begin + replacement.old_length)
    return offset


def parse(
    source: SourceFile, start: int, end: int
) -> tuple[yaml.Node | None, list[Replacement], list[LoadError]]:
    """Parse `source.text[start:end]`: the root, what was replaced, and what was wrong.

    The root is None where there is none, or where the text cannot be read.
    """
    parser = _Parser(source, start, end)
    return parser.root(), parser.replacements, parser.problems


class _Parser:
    """One text with what was replaced in it so far."""

    def __init__(self, source: SourceFile, start: int, end: int) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.text = source.text[start:end]
        self.replacements: list[Replacement] = []
        self.problems: list[LoadError] = []
        self.left = READ_AGAIN

    def root(self) -> yaml.Node | None:
        while True:
            try:
                # YAML refuses NUL and the like with a message about bytes; the rules for encodings
                # name them better.
                return _compose(self.text)
            except yaml.MarkedYAMLError as error:
                mistake = None
                if len(self.replacements) < MANY_SLIPS and self.left > 0:
                    mistake = _diagnose(self.text, error, self._reach)
                    self.left -= len(self.text)
                if mistake is None:
                    self._give_up(self._unexplained(error))
                    return None
                self._mend(mistake)
            except (yaml.YAMLError, ValueError, RecursionError) as error:
                self._give_up(self._odd_character(error))
                return None

    def _mend(self, mistake: YamlMistake) -> None:
        """Tell a mistake, and go on with the text as it was meant."""
        self.problems.append(self._explained(mistake))
        first, last = mistake.line
        if mistake.cause == "second":
            last = len(self.text)
        self.replacements.append(Replacement(first, last - first, len(mistake.meant)))
        self.text = self.text[:first] + mistake.meant + self.text[last:]

    def _reach(self, text: str) -> int | None:
        """Return how far a text can be read; None where all of it can.

        Where this file was read again often enough, no further.
        """
        if self.left <= 0:
            return 0
        self.left -= len(text)
        return _stop_offset(text)

    def _give_up(self, violation: Violation) -> None:
        everything = self.source.locate(self.start, self.end)
        self.problems.append(LoadError("broken-yaml", violation, everything))

    def _offset(self, offset: int) -> int:
        """Return the offset in the file of one in the text as it is meant so far."""
        return self.start + original_offset(self.replacements, offset)

    def _explained(self, mistake: YamlMistake) -> LoadError:
        first, last = self._offset(mistake.start), self._offset(mistake.end)
        line_start, line_end = (self._offset(offset) for offset in mistake.line)
        rest = ""
        if mistake.cause == "second":
            line_end = len(self.source.text)
            rest = "unread"
        place = self.source.locate(first, max(last, first + 1))
        lost = self.source.locate(line_start, line_end)
        values = {"cause": mistake.cause, "sign": mistake.sign, "detail": "", "rest": rest}
        return LoadError("broken-yaml", Violation(place, values, mistake.meant or None), lost)

    def _unexplained(self, error: yaml.MarkedYAMLError) -> Violation:
        """Return the violation where no single slip explains the error."""
        message = f"{error.context or ''} {error.problem or ''}"
        cause = next((name for words, name in _CAUSES if words in message), "other")
        problem_mark, context_mark = error.problem_mark, error.context_mark
        stopped = self._mark_offset(problem_mark or context_mark)
        stopped = min(stopped, max(len(self.source.text) - 1, 0))
        related: tuple[Location, ...] = ()
        if context_mark and problem_mark and context_mark.line != problem_mark.line:
            opened = self._mark_offset(context_mark)
            related = (self.source.locate(opened, opened + 1),)
        place = self.source.locate(stopped, stopped + 1)
        return Violation(place, {"cause": cause, "detail": "", "rest": "unread"}, related=related)

    def _mark_offset(self, mark: yaml.Mark | None) -> int:
        return self._offset(mark.index) if mark else self.start

    def _odd_character(self, error: Exception) -> Violation:
        """Return the violation of a character that YAML does not take."""
        offset = self._offset(int(getattr(error, "position", 0) or 0))
        place = self.source.locate(offset, offset + 1)
        values = {"cause": "character", "detail": _code_point(error), "rest": "unread"}
        return Violation(place, values)


def _code_point(error: Exception) -> str:
    character = getattr(error, "character", None)
    if isinstance(character, str) and character:
        character = ord(character)
    return f"U+{character:04X}" if isinstance(character, int) else ""


# What PyYAML says, and the cause that the rule's message names in plain words, where no single slip
# explains it.
_CAUSES = (
    ("cannot start any token", "token"),
    ("found character '\\t'", "tab"),
    ("found a tab character", "tab"),
    ("mapping values are not allowed", "colon"),
    ("could not find expected ':'", "no-colon"),
    ("did not find expected key", "indent"),
    ("expected <block end>", "indent"),
    ("did not find expected '-' indicator", "indent"),
    ("block sequence entries are not allowed", "indent"),
    ("did not find expected ',' or", "bracket"),
    ("expected ',' or", "bracket"),
    ("while scanning a quoted scalar", "quote"),
    ("undefined alias", "alias"),
    ("found undefined alias", "alias"),
    ("but found another document", "second"),
)
# What stays open to the end of the file was opened too much: such reading stopped where it began.
_OPEN = ("while scanning a quoted scalar", "while parsing a flow")


def _compose(text: str) -> yaml.Node | None:
    loader = _Loader(text)
    try:
        return loader.get_single_node()
    finally:
        loader.dispose()


def _stop_offset(text: str) -> int | None:
    """Return how far a text can be read; None where all of it can."""
    try:
        _compose(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if error.context_mark and (error.context or "").startswith(_OPEN):
            mark = error.context_mark
        return mark.index if mark else 0
    except (yaml.YAMLError, ValueError, RecursionError):
        return 0
    return None


def _diagnose(
    text: str, error: yaml.MarkedYAMLError, reach: Callable[[str], int | None]
) -> YamlMistake | None:
    from qmstool.parsing.yaml.diagnosis import diagnose  # noqa: PLC0415 - few files are broken, and its patterns cost start-up

    mark = error.problem_mark or error.context_mark
    stopped = mark.index if mark else 0
    opened = error.context_mark.index if error.context_mark else stopped
    return diagnose(text, stopped, opened, reach)
