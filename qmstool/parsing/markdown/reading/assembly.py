"""Make the node of a construct from what the parser says of it and the nodes within it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qmstool.parsing.markdown import containers as tree
from qmstool.parsing.markdown.inlines import INLINE_CLASSES, TextRun
from qmstool.parsing.markdown.raw_html import is_kept_id
from qmstool.parsing.markdown.reading.addresses import has_address, link_addresses
from qmstool.parsing.markdown.reading.parser_names import ALERTS, ALIGNMENTS, LINK_KINDS
from qmstool.parsing.markdown.reading.table_cells import cell_span, lost_cells
from qmstool.parsing.markdown.reading.text_runs import joined, with_braces
from qmstool.patterns import regex

if TYPE_CHECKING:
    from qmstool.parsing.markdown.inlines import Inlines
    from qmstool.parsing.markdown.reading.draft import DraftBlock

_new = tuple.__new__  # a named tuple's own costs twice as much, and a text has hundreds of nodes
_MARKER = regex(r"[ \t]*([-+*]|\d{1,9}[.)])")
_BULLETS = frozenset("-+*")


class Assembly:
    """Makes nodes of one text, `source`; the quotations that begin at `old` stand for old blocks.

    `met` gathers those of `old` that were met, `words` those that the parser took for words, in
    order.
    """

    __slots__ = ("_links", "_old", "_source", "has_addresses", "met", "words")

    def __init__(self, source: str, start: int, old: dict[int, DraftBlock]) -> None:
        self._source = source
        self._old = old
        self.has_addresses = has_address(source, start)
        self._links = 0
        self.met: set[int] = set()
        self.words: list[str] = []

    def opened(self, value: dict[str, Any]) -> None:
        """Take note that a construct begins: within a link no address is one."""
        if "Link" in value or "Image" in value:
            self._links += 1

    def inlines(self, children: list[Any]) -> Inlines:
        """Return what stands in a line, its bare addresses linked."""
        if len(children) > 1 and list(map(type, children)).count(TextRun) > 1:
            children = joined(self._source, children)
        if self.has_addresses and not self._links:
            return tuple(link_addresses(self._source, children))
        return tuple(children)

    def blocks(self, children: list[Any]) -> tuple[tree.Block, ...]:
        """Return blocks; words that stand among them bare become paragraphs."""
        if len(children) == 1 and children[0].__class__ is TextRun:  # so are most items
            return (self.bare(children),)
        if INLINE_CLASSES.isdisjoint(map(type, children)):
            return tuple(children)
        if INLINE_CLASSES.issuperset(map(type, children)):
            return (self.bare(children),)
        gathered: list[Any] = []
        run: list[Any] = []
        for child in children:
            if child.__class__ in INLINE_CLASSES:
                run.append(child)
                continue
            if run:
                gathered.append(self.bare(run))
                run = []
            gathered.append(child)
        if run:
            gathered.append(self.bare(run))
        return tuple(gathered)

    def bare(self, run: list[Any]) -> tree.Paragraph:
        """Return the paragraph that bare words of an item make."""
        return _new(tree.Paragraph, (run[0][0], run[-1][1], self.inlines(run), True))

    def trimmed(self, start: int, end: int) -> int:
        """Return the end of a stretch less the blanks and line ends that it ends with."""
        return cell_span(self._source, start, end)[1]

    def paragraph(self, start: int, _end: int, children: list[Any], _: Any) -> tree.Paragraph:
        """Return a paragraph."""
        end = children[-1][1] if children else start
        return _new(tree.Paragraph, (start, end, self.inlines(children), False))

    def heading(self, start: int, end: int, children: list[Any], data: Any) -> tree.Heading:
        """Return a heading; braces behind its words that name no id or class are words too.

        So are those that name an id which no page keeps.
        """
        end = self.trimmed(start, end)
        level, classes = int(data["level"][1]), tuple(data["classes"])
        name = data["id"]
        if name and not is_kept_id(name):
            name, classes = None, ()
        if children and not name and not classes and self._source.find("{", start, end) >= 0:
            known = len(children)
            children = with_braces(self._source, children, end)
            self.words += [node.text for node in children[known:]]
            data["attrs"] = ()
        words = self.inlines(children)
        named = name, classes, tuple(data["attrs"])
        return _new(tree.Heading, (start, end, level, words, *named))

    def link(self, kind: type, start: int, end: int, children: list[Any], data: Any) -> Any:
        """Return a link or a picture."""
        words = self.inlines(children)
        self._links -= 1
        how = LINK_KINDS[data["link_type"]]
        target = f"mailto:{data['dest_url']}" if how == "email" else data["dest_url"]
        if how == "collapsed":
            end += len("[]")
        return _new(kind, (start, end, words, target, data["title"], how, data["id"]))

    def item(self, start: int, _end: int, children: list[Any], _: Any) -> tree.Item:
        """Return an item, which begins with its mark."""
        after = start + 1
        if self._source[start:after] not in _BULLETS:
            marker = _MARKER.match(self._source, start)
            start, after = marker.span(1) if marker else (start, start)
        blocks = self.blocks(children)
        last = blocks[-1].end if blocks else after
        return _new(tree.Item, (start, last, blocks, self._source[start:after]))

    def listed(self, start: int, _end: int, children: list[Any], first: int | None) -> tree.List:
        """Return a list; it is loose where an item holds paragraphs."""
        loose = [
            block
            for item in children
            for block in item.children
            if block.__class__ is tree.Paragraph and not block.tight
        ]
        start = children[0].start if children else start
        delimiter = children[0].marker[-1:] if children else ""
        last = children[-1].end if children else start
        return _new(tree.List, (start, last, tuple(children), first, delimiter, not loose))

    def quote(self, start: int, end: int, children: list[Any], kind: str | None) -> Any:
        """Return a quotation, an alert, or the old block that it stands for."""
        if old := self._old.get(start):
            self.met.add(start)
            return old.admonition(children)
        last = max(children[-1].end if children else 0, self._opening_end(start, end))
        if kind is None:
            return tree.Quote(start, last, tuple(children))
        return tree.Alert(start, last, tuple(children), ALERTS[kind])

    def _opening_end(self, start: int, end: int) -> int:
        """Return the end of a quotation's first line."""
        line_end = self._source.find("\n", start, end)
        return self.trimmed(start, line_end if line_end >= 0 else end)

    def code(self, start: int, end: int, children: list[Any], data: Any) -> tree.CodeBlock:
        """Return a block of code."""
        info = data["Fenced"] if isinstance(data, dict) else None
        return tree.CodeBlock(start, self.trimmed(start, end), self.pieces(children), info)

    def html(self, start: int, end: int, children: list[Any], _: Any) -> Any:
        """Return a block of HTML, or the abbreviation that it stands for."""
        if old := self._old.get(start):
            self.met.add(start)
            return old.abbreviation()
        return tree.HtmlBlock(start, self.trimmed(start, end), self.pieces(children))

    def pieces(self, children: list[Any]) -> tuple[TextRun, ...]:
        """Return the pieces of code or HTML."""
        return tuple(joined(self._source, children))

    def cell(self, start: int, end: int, children: list[Any], _: Any) -> tree.Cell:
        """Return a cell."""
        start, end = cell_span(self._source, start, end)
        return _new(tree.Cell, (start, end, self.inlines(children), False))

    def row(self, start: int, end: int, children: list[Any], _: Any) -> tree.Row:
        """Return a row with the cells that its table has, and those that it has too many."""
        end = self.trimmed(start, end)
        cells = tuple(children)
        if not cells:
            return tree.Row(start, end, cells)
        if cells[-1].start >= end:
            typed = [cell for cell in children if cell.start < end]
            filled = tree.Cell(end, end, (), filled=True)
            return tree.Row(start, end, (*typed, *[filled] * (len(children) - len(typed))))
        return _new(tree.Row, (start, end, cells, lost_cells(self._source, cells[-1].end, end)))

    def table(self, start: int, _end: int, children: list[Any], data: Any) -> tree.TableBlock:
        """Return a table."""
        alignments = tuple([ALIGNMENTS[each] for each in data])
        head, *rows = children
        return tree.TableBlock(start, children[-1].end, alignments, head, tuple(rows))

    def term(self, start: int, _end: int, children: list[Any], _: Any) -> tree.Term:
        """Return a term."""
        return tree.Term(start, children[-1].end if children else start, self.inlines(children))

    def definition(self, start: int, _end: int, children: list[Any], _: Any) -> tree.Definition:
        """Return what a term means."""
        blocks = self.blocks(children)
        return tree.Definition(start, blocks[-1].end if blocks else start + 1, blocks)

    def definitions(
        self, start: int, _end: int, children: list[Any], _: Any
    ) -> tree.DefinitionList:
        """Return a list of definitions."""
        return tree.DefinitionList(start, children[-1].end, tuple(children))

    def footnote(self, start: int, end: int, children: list[Any], label: str) -> Any:
        """Return the text of a footnote."""
        blocks = self.blocks(children)
        last = blocks[-1].end if blocks else self.trimmed(start, end)
        return tree.FootnoteDefinition(start, last, label, blocks)
