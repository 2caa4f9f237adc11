"""YAML text → nodes with positions. Every scalar is text: clause 4.10 stays 4.10, `no` stays no.

Only `compose` is used: no tags are resolved and nothing is constructed, so a file is data whatever it says. Anchors,
aliases and tags are refused: a secretary does not write them, and they are how YAML bombs are made.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from qmstool.findings import Fault, Problem
from qmstool.values import dataclass

if TYPE_CHECKING:
    from yaml import SafeLoader as _Fastest

    from qmstool.findings import Location
    from qmstool.sources.text import Source
else:
    _Fastest = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_DEPTH = 40
_OPENING_CURLY = frozenset("“”„‟‘’")
_CURLY = re.compile(r"[“”„‟‘’]([^“”„‟\"\\\n]+)[“”‟\"’‘]")
FENCE = re.compile(r"---[ \t]*\n(?P<yaml>.*?\n)??(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


class _Loader(_Fastest):
    """Composes nodes without asking what type a scalar would be: half of the time, and nobody wants to know."""

    def resolve(self, _kind: type[yaml.Node], _value: str | None, _implicit: object) -> None:
        """Give no tag."""

    def descend_resolver(self, _parent: yaml.Node | None, _index: object) -> None:
        """Follow no path."""

    def ascend_resolver(self) -> None:
        """Follow no path."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A word of a data file with its place: what other rooms keep, so that a finding can point at it."""

    text: str
    source: Source
    start: int
    end: int

    @property
    def location(self) -> Location:
        """Where the word stands."""
        return self.source.locate(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A scalar, without its quotes."""

    mark: Mark


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes."""

    mark: Mark
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys in the order of the file, each with its node; the first of doubled keys wins."""

    mark: Mark
    keys: tuple[Mark, ...]
    values: tuple[Node, ...]


Node = Scalar | Sequence | Mapping


def front_matter(text: str) -> tuple[int, int, int] | None:
    """Return start and end of a document's YAML block and where its body begins; None where there is no block."""
    if not text.startswith("---"):
        return None
    found = FENCE.match(text)
    if found is None:
        return None
    first = text.index("\n") + 1
    return first, first + len(found["yaml"] or ""), found.end()


def compose(source: Source, start: int = 0, end: int | None = None) -> tuple[Node | None, list[Problem]]:
    """Read `source.text[start:end]` as one YAML document; None with problems where it cannot be read at all."""
    text = source.text[start:end]
    try:
        # NUL and the like are refused by YAML with a message about bytes; the reading rules name them better.
        loader = _Loader(text)
        try:
            root = loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        from qmstool.sources.syntax import syntax  # noqa: PLC0415 - few files are broken, and its patterns cost start-up

        return None, [syntax(source, start, error)]
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        at = start + int(getattr(error, "position", 0) or 0)
        fault = Fault(source.locate(at, at + 1), {"cause": "character", "detail": _code_point(error)})
        return None, [Problem("broken-yaml", fault)]
    if root is None:
        return None, []
    reader = _Reader(source, start)
    node = reader.read(root, 0)
    return node, reader.problems


def _code_point(error: Exception) -> str:
    char = getattr(error, "character", None)
    if isinstance(char, str) and char:
        char = ord(char)
    return f"U+{char:04X}" if isinstance(char, int) else ""


class _Reader:
    """PyYAML nodes → ours, with doubled keys and refused constructs reported."""

    def __init__(self, source: Source, start: int) -> None:
        self.source = source
        self.start = start
        self.problems: list[Problem] = []
        self.seen: set[int] = set()

    def mark(self, node: yaml.Node, text: str = "") -> Mark:
        begin, end = self.start + node.start_mark.index, self.start + node.end_mark.index
        return Mark(text, self.source, begin, end)

    def report(self, slug: str, mark: Mark, **values: str) -> None:
        self.problems.append(Problem(slug, Fault(mark.location, values)))

    def read(self, node: yaml.Node, depth: int) -> Node:
        if id(node) in self.seen or depth > MAX_DEPTH:
            mark = self.mark(node)
            self.report("broken-yaml", mark, cause="alias" if id(node) in self.seen else "depth", detail="")
            return Scalar(mark)
        self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, depth)
        if isinstance(node, yaml.SequenceNode):
            return Sequence(self.mark(node), tuple(self.read(item, depth + 1) for item in node.value))
        return Scalar(self.scalar(node))

    def scalar(self, node: yaml.Node) -> Mark:
        """A scalar without its quotes; those that a text processor put there («“7.2”») are told, and taken for quotes."""
        mark = self.mark(node, node.value)
        if node.value[:1] not in _OPENING_CURLY:
            return mark
        curly = _CURLY.fullmatch(node.value) if not getattr(node, "style", None) else None
        if curly is None or self.source.text[mark.start : mark.end] != node.value:
            return mark
        fault = Fault(mark.location, {"said": node.value}, fix=f'"{curly[1]}"')
        self.problems.append(Problem("curly-quotes", fault))
        return Mark(curly[1], self.source, mark.start + 1, mark.end - 1)

    def mapping(self, node: yaml.MappingNode, depth: int) -> Mapping:
        keys: dict[str, Mark] = {}
        values = []
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.report("broken-yaml", self.mark(key_node), cause="key", detail="")
                continue
            key = self.scalar(key_node)
            if key.text in keys:
                fault = Fault(key.location, {"key": key.text}, related=(keys[key.text].location,))
                self.problems.append(Problem("duplicate-key", fault))
                continue
            keys[key.text] = key
            values.append(self.read(value_node, depth + 1))
        return Mapping(self.mark(node), tuple(keys.values()), tuple(values))
