"""Make our nodes of PyYAML's, each with its place; what nobody needs is refused and told.

Only this module and `parser` know PyYAML, and only what has to be read imports them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from qmstool.findings import LoadError, Violation
from qmstool.parsing.yaml.coercions import find_misreading, quote
from qmstool.parsing.yaml.nodes import LocatedText, Mapping, Node, Scalar, Sequence
from qmstool.parsing.yaml.parser import Replacement, original_offset, parse
from qmstool.patterns import regex

if TYPE_CHECKING:
    from qmstool.findings import Location
    from qmstool.parsing.source import SourceFile

MAX_DEPTH = 40
_OPENING_CURLY = frozenset("“”„‟‘’")
_CURLY = regex(r"[“”„‟‘’]([^“”„‟\"\\\n]+)[“”‟\"’‘]")


def read_nodes(source: SourceFile, start: int, end: int) -> tuple[Node | None, list[LoadError]]:
    """Read `source.text[start:end]` as `composer.compose` tells."""
    root, replacements, problems = parse(source, start, end)
    if root is None:
        return None, problems
    composer = _Composer(source, start, end, replacements)
    node = composer.read(root, 0)
    return node, problems + composer.problems


class _Composer:
    """Makes our nodes of PyYAML's; doubled keys and refused constructs become `problems`."""

    def __init__(
        self, source: SourceFile, start: int, end: int, replacements: list[Replacement]
    ) -> None:
        self.source = source
        self.start = start
        self.replacements = replacements
        self.problems: list[LoadError] = []
        self.read_nodes: set[int] = set()
        # Without these signs nothing is repeated, tagged or anchored.
        text = source.text
        has_signs = any(text.find(sign, start, end) >= 0 for sign in "&*!")
        self.plain = not has_signs and not replacements
        # Without these only a value on several lines can be misread.
        self.may_misread = text.find("#", start, end) >= 0 or text.find("\\", start, end) >= 0

    def read(self, node: yaml.Node, depth: int) -> Node:
        """Read a node and all below it."""
        mark = self._mark(node)
        if depth > MAX_DEPTH:
            values = {"cause": "depth", "detail": ""}
            self._report("broken-yaml", mark.location, values, lost=mark.location)
            return Scalar(mark)
        if id(node) in self.read_nodes:
            return Scalar(mark)  # the anchor that it repeats is told where it stands
        self.read_nodes.add(id(node))
        if self.source.text.startswith(("&", "!"), mark.start) and not self._was_replaced(mark):
            return self._refused(mark)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, depth)
        if isinstance(node, yaml.SequenceNode):
            items = tuple(self._below(item, depth) for item in node.value)
            return Sequence(mark, items)
        return Scalar(self._scalar(node))

    def _below(self, node: yaml.Node, depth: int) -> Node:
        """Read a node within another; most are scalars that need no tests."""
        if self.plain and type(node) is yaml.ScalarNode:
            return Scalar(self._scalar(node))
        return self.read(node, depth + 1)

    def _mapping(self, node: yaml.MappingNode, depth: int) -> Mapping:
        keys: dict[str, LocatedText] = {}
        values = []
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                location = self._mark(key_node).location
                lost = self._locate_pair(key_node, value_node)
                self._report("broken-yaml", location, {"cause": "key", "detail": ""}, lost=lost)
                continue
            key = self._scalar(key_node)
            if key.text in keys:
                first = keys[key.text].location
                violation = Violation(key.location, {"key": key.text}, related=(first,))
                lost = self._locate_pair(key_node, value_node)
                self.problems.append(LoadError("duplicate-key", violation, lost))
                continue
            keys[key.text] = key
            values.append(self._below(value_node, depth))
        return Mapping(self._mark(node), tuple(keys.values()), tuple(values))

    def _scalar(self, node: yaml.Node) -> LocatedText:
        """Read a scalar without its quotes; what YAML silently made another value of is told."""
        mark = self._mark(node, node.value)
        if self.replacements and self._was_replaced(mark):
            return mark
        if node.value[:1] in _OPENING_CURLY:
            return self._uncurled(node, mark)
        if not self.may_misread and node.start_mark.line == node.end_mark.line:
            return mark
        misreading = find_misreading(self.source.text, mark.start, mark.end, node.value)
        if misreading is None:
            return mark
        location = self.source.locate(misreading.start, misreading.end)
        values = {"cause": misreading.cause, "sign": misreading.sign}
        self._report("value-misread", location, values, misreading.meant)
        return LocatedText(misreading.value, self.source, mark.start, mark.end)

    def _uncurled(self, node: yaml.Node, mark: LocatedText) -> LocatedText:
        """Read a scalar between quotes that a text processor put there: «“7.2”»."""
        quoted_by_yaml = getattr(node, "style", None)
        curly = None if quoted_by_yaml else _CURLY.fullmatch(node.value)
        if curly is None or self.source.text[mark.start : mark.end] != node.value:
            return mark
        violation = Violation(mark.location, {"said": node.value}, fix=f'"{curly[1]}"')
        self.problems.append(LoadError("curly-quotes", violation))
        return LocatedText(curly[1], self.source, mark.start + 1, mark.end - 1)

    def _refused(self, mark: LocatedText) -> Scalar:
        """Read a value that opens with the sign of an anchor or a tag, as it was typed."""
        text = self.source.text
        line_end = text.find("\n", mark.start)
        typed = text[mark.start : line_end if line_end >= 0 else len(text)].rstrip()
        location = self.source.locate(mark.start, mark.start + 1)
        values = {"cause": "sign", "sign": typed[0], "detail": ""}
        self._report("broken-yaml", location, values, quote(typed))
        return Scalar(LocatedText(typed, self.source, mark.start, mark.start + len(typed)))

    def _report(
        self,
        slug: str,
        location: Location,
        values: dict[str, str],
        suggestion: str | None = None,
        lost: Location | None = None,
    ) -> None:
        self.problems.append(LoadError(slug, Violation(location, values, suggestion), lost))

    def _mark(self, node: yaml.Node, text: str = "") -> LocatedText:
        first, last = node.start_mark, node.end_mark
        if self.replacements:
            return LocatedText(text, self.source, self._offset(first), self._offset(last))
        return LocatedText(text, self.source, self.start + first.index, self.start + last.index)

    def _offset(self, mark: yaml.Mark) -> int:
        """Return the offset of a mark in the text as it stands in the file."""
        return self.start + original_offset(self.replacements, mark.index)

    def _was_replaced(self, mark: LocatedText) -> bool:
        """Whether a word stands in a stretch that was read otherwise than it stands in the file."""
        offset = mark.start - self.start
        for index, replacement in enumerate(self.replacements):
            begin = original_offset(self.replacements[:index], replacement.offset)
            if begin <= offset <= begin + replacement.old_length:
                return True
        return False

    def _locate_pair(self, first: yaml.Node, last: yaml.Node) -> Location:
        """Return the place of a key and its value."""
        return self.source.locate(self._offset(first.start_mark), self._offset(last.end_mark))
