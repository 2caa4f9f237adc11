"""YAML text → the nodes of its parser, once the lines that keep it from being read were told and mended, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from qmstool.findings import LoadError, Location, Violation
from qmstool.frozen import dataclass

if TYPE_CHECKING:
    from yaml import SafeLoader as _Fastest

    from qmstool.parsing.source import SourceFile
    from qmstool.parsing.yaml.diagnosis import YamlMistake
else:
    _Fastest = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Of a file with more lines that keep the rest from being read, the rest is not read.
MANY_SLIPS = 20


class _Loader(_Fastest):
    """Composes nodes without asking what type a scalar would be: half of the time, and nobody wants to know."""

    def resolve(self, _kind: type[yaml.Node], _value: str | None, _implicit: object) -> None:
        """Give no tag."""

    def descend_resolver(self, _parent: yaml.Node | None, _index: object) -> None:
        """Follow no path."""

    def ascend_resolver(self) -> None:
        """Follow no path."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """A stretch of a text for which another was put in: where, how long it was, and how long what took its place."""

    at: int
    old: int
    new: int


def original_offset(edits: list[Replacement], offset: int) -> int:
    """Return the offset, in a text as it stands in its file, of an offset in the text as it was meant."""
    for edit in reversed(edits):
        if offset >= edit.at + edit.new:
            offset += edit.old - edit.new
        elif offset > edit.at:
            offset = min(offset, edit.at + edit.old)
    return offset


def parse(
    source: SourceFile, start: int, end: int
) -> tuple[yaml.Node | None, list[Replacement], list[LoadError]]:
    """Return the root of `source.text[start:end]`, None where there is none; what was mended to read it; and what was wrong."""
    text = source.text[start:end]
    problems: list[LoadError] = []
    edits: list[Replacement] = []
    while True:
        try:
            # NUL and the like are refused by YAML with a message about bytes; the reading rules
            # name them better.
            return _parsed(text), edits, problems
        except yaml.MarkedYAMLError as error:
            slip = _slip(text, error) if len(edits) < MANY_SLIPS else None
            if slip is None:
                fault = _unexplained(source, start, error, edits)
                return (
                    None,
                    edits,
                    [*problems, LoadError("broken-yaml", fault, source.locate(start, end))],
                )
            problems.append(_told(source, start, slip, edits))
            first, last = (slip.line[0], len(text)) if slip.cause == "second" else slip.line
            edits.append(Replacement(first, last - first, len(slip.meant)))
            text = text[:first] + slip.meant + text[last:]
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            at = start + original_offset(edits, int(getattr(error, "position", 0) or 0))
            fault = Violation(
                source.locate(at, at + 1),
                {"cause": "character", "detail": _code_point(error), "rest": "unread"},
            )
            return (
                None,
                edits,
                [*problems, LoadError("broken-yaml", fault, source.locate(start, end))],
            )


def _code_point(error: Exception) -> str:
    char = getattr(error, "character", None)
    if isinstance(char, str) and char:
        char = ord(char)
    return f"U+{char:04X}" if isinstance(char, int) else ""


# What PyYAML says → the cause that the rule's message names in plain words, where no single slip
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


def _parsed(text: str) -> yaml.Node | None:
    loader = _Loader(text)
    try:
        return loader.get_single_node()
    finally:
        loader.dispose()


def _reach(text: str) -> int | None:
    """How far a text can be read; None where all of it can."""
    try:
        _parsed(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if error.context_mark and (error.context or "").startswith(_OPEN):
            mark = error.context_mark
        return mark.index if mark else 0
    except (yaml.YAMLError, ValueError, RecursionError):
        return 0
    return None


def _slip(text: str, error: yaml.MarkedYAMLError) -> YamlMistake | None:
    from qmstool.parsing.yaml.diagnosis import diagnose  # noqa: PLC0415 - few files are broken, and its patterns cost start-up

    mark = error.problem_mark or error.context_mark
    at = mark.index if mark else 0
    return diagnose(text, at, error.context_mark.index if error.context_mark else at, _reach)


def _told(source: SourceFile, start: int, slip: YamlMistake, edits: list[Replacement]) -> LoadError:
    first, last, begin, end = (
        start + original_offset(edits, each) for each in (slip.start, slip.end, *slip.line)
    )
    place = source.locate(first, max(last, first + 1))
    lost = source.locate(begin, len(source.text) if slip.cause == "second" else end)
    rest = "unread" if slip.cause == "second" else ""
    values = {"cause": slip.cause, "sign": slip.sign, "detail": "", "rest": rest}
    return LoadError("broken-yaml", Violation(place, values, slip.meant or None), lost)


def _unexplained(
    source: SourceFile, start: int, error: yaml.MarkedYAMLError, edits: list[Replacement]
) -> Violation:
    said = f"{error.context or ''} {error.problem or ''}"
    cause = next((name for words, name in _CAUSES if words in said), "other")
    marks = (error.problem_mark or error.context_mark, error.context_mark or error.problem_mark)
    at, opened = (start + original_offset(edits, mark.index) if mark else start for mark in marks)
    at = min(at, max(len(source.text) - 1, 0))
    related: tuple[Location, ...] = ()
    if (
        error.context_mark
        and error.problem_mark
        and error.context_mark.line != error.problem_mark.line
    ):
        related = (source.locate(opened, opened + 1),)
    return Violation(
        source.locate(at, at + 1), {"cause": cause, "detail": "", "rest": "unread"}, related=related
    )
