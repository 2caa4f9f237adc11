"""YAML text → nodes with positions. Every scalar is text: clause 4.10 stays 4.10, `no` stays no.

Only `compose` is used: no tags are resolved and nothing is constructed, so a file is data whatever
it says. Anchors, aliases and tags are refused: a secretary does not write them, and they are how
YAML bombs are made.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from qmstool.findings import LoadError, Violation
from qmstool.frozen import dataclass
from qmstool.parsing.yaml.coercions import find_misreading, quote
from qmstool.parsing.yaml.parser import Replacement, original_offset, parse

if TYPE_CHECKING:
    from qmstool.findings import Location
    from qmstool.parsing.source import SourceFile

MAX_DEPTH = 40
_OPENING_CURLY = frozenset("“”„‟‘’")
_CURLY = re.compile(r"[“”„‟‘’]([^“”„‟\"\\\n]+)[“”‟\"’‘]")
FENCE = re.compile(r"---[ \t]*\n(?P<yaml>.*?\n)??(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class LocatedText:
    """A word of a data file with its place: what other rooms keep, so that a finding can point at it."""

    text: str
    source: SourceFile
    start: int
    end: int

    @property
    def quoted(self) -> bool:
        """Whether quotation marks stand around the word."""
        return self.source.text[self.start : self.start + 1] in {"'", '"'}

    @property
    def location(self) -> Location:
        """Where the word stands."""
        return self.source.locate(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A scalar, without its quotes."""

    mark: LocatedText


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes."""

    mark: LocatedText
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys in the order of the file, each with its node; the first of doubled keys wins."""

    mark: LocatedText
    keys: tuple[LocatedText, ...]
    values: tuple[Node, ...]


Node = Scalar | Sequence | Mapping


def find_front_matter(text: str) -> tuple[int, int, int] | None:
    """Return start and end of a document's YAML block and where its body begins; None where there is no block."""
    if not text.startswith("---"):
        return None
    found = FENCE.match(text)
    if found is None:
        return None
    first = text.index("\n") + 1
    return first, first + len(found["yaml"] or ""), found.end()


def compose(
    source: SourceFile, start: int = 0, end: int | None = None
) -> tuple[Node | None, list[LoadError]]:
    """Read `source.text[start:end]` as one YAML document; None with problems where it cannot be read at all.

    A line that keeps the rest from being read is told, and the rest is read as if that line were as it was meant.
    """
    end = len(source.text) if end is None else end
    root, edits, problems = parse(source, start, end)
    if root is None:
        return None, problems
    reader = _Reader(source, start, end, edits)
    node = reader.read(root, 0)
    return node, problems + reader.problems


class _Reader:
    """PyYAML nodes → ours, with doubled keys and refused constructs reported."""

    def __init__(self, source: SourceFile, start: int, end: int, edits: list[Replacement]) -> None:
        self.source = source
        self.start = start
        self.edits = edits
        self.problems: list[LoadError] = []
        self.seen: set[int] = set()
        # Without these signs nothing is repeated, tagged or anchored.
        self.plain = (
            not any(source.text.find(sign, start, end) >= 0 for sign in "&*!") and not edits
        )
        # Without these only a value on several lines can be bent.
        self.signs = (
            source.text.find("#", start, end) >= 0 or source.text.find("\\", start, end) >= 0
        )

    def mark(self, node: yaml.Node, text: str = "") -> LocatedText:
        if self.edits:
            return LocatedText(text, self.source, self.at(node.start_mark), self.at(node.end_mark))
        return LocatedText(
            text, self.source, self.start + node.start_mark.index, self.start + node.end_mark.index
        )

    def at(self, mark: yaml.Mark) -> int:
        """The offset of a mark in the text as it stands in the file."""
        return self.start + (original_offset(self.edits, mark.index) if self.edits else mark.index)

    def mended(self, mark: LocatedText) -> bool:
        """Whether a word stands in a stretch that was read otherwise than it stands in the file."""
        stretches = (
            (original_offset(self.edits[:at], edit.at), edit.old)
            for at, edit in enumerate(self.edits)
        )
        return any(
            begin <= mark.start - self.start <= begin + length for begin, length in stretches
        )

    def span(self, first: yaml.Node, last: yaml.Node) -> Location:
        """The place of a key and its value."""
        return self.source.locate(self.at(first.start_mark), self.at(last.end_mark))

    def report(self, slug: str, mark: LocatedText, **values: str) -> None:
        self.problems.append(LoadError(slug, Violation(mark.location, values), mark.location))

    def read(self, node: yaml.Node, depth: int) -> Node:
        if depth > MAX_DEPTH:
            self.report("broken-yaml", self.mark(node), cause="depth", detail="")
        if id(node) in self.seen or depth > MAX_DEPTH:
            return Scalar(self.mark(node))  # the anchor that it repeats is told where it stands
        self.seen.add(id(node))
        if self.source.text.startswith(("&", "!"), self.at(node.start_mark)) and not self.mended(
            self.mark(node)
        ):
            return self.refused(self.mark(node))
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, depth)
        if isinstance(node, yaml.SequenceNode):
            return Sequence(self.mark(node), tuple(self.below(item, depth) for item in node.value))
        return Scalar(self.scalar(node))

    def below(self, node: yaml.Node, depth: int) -> Node:
        """A node within another; most are scalars of which nothing has to be asked."""
        if self.plain and type(node) is yaml.ScalarNode:
            return Scalar(self.scalar(node))
        return self.read(node, depth + 1)

    def scalar(self, node: yaml.Node) -> LocatedText:
        """A scalar without its quotes; what it was bent to in silence is told."""
        mark = self.mark(node, node.value)
        if self.edits and self.mended(mark):
            return mark
        if node.value[:1] in _OPENING_CURLY:
            return self.uncurled(node, mark)
        if not self.signs and node.start_mark.line == node.end_mark.line:
            return mark
        bend = find_misreading(self.source.text, mark.start, mark.end, node.value)
        if bend is None:
            return mark
        values = {"cause": bend.cause, "sign": bend.sign}
        self.problems.append(
            LoadError(
                "value-misread",
                Violation(self.source.locate(bend.start, bend.end), values, bend.meant),
            )
        )
        return LocatedText(bend.value, self.source, mark.start, mark.end)

    def uncurled(self, node: yaml.Node, mark: LocatedText) -> LocatedText:
        """A scalar between quotes that a text processor put there («“7.2”»): they are told, and taken for quotes."""
        curly = _CURLY.fullmatch(node.value) if not getattr(node, "style", None) else None
        if curly is None or self.source.text[mark.start : mark.end] != node.value:
            return mark
        fault = Violation(mark.location, {"said": node.value}, fix=f'"{curly[1]}"')
        self.problems.append(LoadError("curly-quotes", fault))
        return LocatedText(curly[1], self.source, mark.start + 1, mark.end - 1)

    def refused(self, mark: LocatedText) -> Scalar:
        """A value that opens with the sign of an anchor or a tag: told, and taken as it was typed."""
        text = self.source.text
        end = text.find("\n", mark.start)
        typed = text[mark.start : end if end >= 0 else len(text)].rstrip()
        place = self.source.locate(mark.start, mark.start + 1)
        values = {"cause": "sign", "sign": typed[0], "detail": ""}
        self.problems.append(LoadError("broken-yaml", Violation(place, values, quote(typed))))
        return Scalar(LocatedText(typed, self.source, mark.start, mark.start + len(typed)))

    def mapping(self, node: yaml.MappingNode, depth: int) -> Mapping:
        keys: dict[str, LocatedText] = {}
        values = []
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                fault = Violation(self.mark(key_node).location, {"cause": "key", "detail": ""})
                self.problems.append(
                    LoadError("broken-yaml", fault, self.span(key_node, value_node))
                )
                continue
            key = self.scalar(key_node)
            if key.text in keys:
                fault = Violation(
                    key.location, {"key": key.text}, related=(keys[key.text].location,)
                )
                self.problems.append(
                    LoadError("duplicate-key", fault, self.span(key_node, value_node))
                )
                continue
            keys[key.text] = key
            values.append(self.below(value_node, depth))
        return Mapping(self.mark(node), tuple(keys.values()), tuple(values))
