"""Lay blocks out one after another, as Word keeps them: paragraphs with a style, and tables.

What comes in are the blocks of `export.content`; what comes out are `Paragraph` and `Grid` values,
a list being a paragraph for each item. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass, replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qmstool.export.content import Inline, Node

BODY = "Normal"
QUOTE = "Quote"
CODE = "QmsCode"
NOTE = "QmsNote"
DEEPEST_LIST = 8  # levels that Word knows, counted from 0
PLAIN: frozenset[str] = frozenset()
SIGNATURE_ROOM = 70  # points


@dataclass(frozen=True, slots=True)
class StyledText:
    """Words of one look, lines ended as in any text.

    `picture`: the name of one in their place; `alt`: what it shows, in words.
    """

    text: str
    marks: frozenset[str] = PLAIN
    picture: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Where a paragraph stands in a list: which list, how deep, its number or None for a bullet.

    `suffix`: the sign behind the number.
    """

    list_id: int
    level: int
    number: int | None
    suffix: str = "."


@dataclass(frozen=True, slots=True)
class FlatParagraph:
    """A paragraph; `heading`: its level, 0 for none; `indent`: steps from the edge.

    `align`: "left", "center", "right" or ""; `on_new_sheet`: it begins one; `room`: points left
    free above it.
    """

    pieces: tuple[StyledText, ...]
    style: str = BODY
    heading: int = 0
    label: ListPlace | None = None
    indent: int = 0
    align: str = ""
    on_new_sheet: bool = False
    room: int = 0

    @property
    def text(self) -> str:
        """Return the words."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class FlatCell:
    """A cell: where it begins, how far it reaches, and what it holds."""

    x: int
    y: int
    column_span: int
    row_span: int
    head: bool
    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        """Return the words."""
        return "\n".join(block.text for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: columns with their widths, rows, how many are heads; a `plain` one has no lines."""

    columns: int
    rows: int
    heads: int
    cells: tuple[FlatCell, ...]
    widths: tuple[float, ...] = ()
    size: float = 10.0
    is_landscape: bool = False
    plain: bool = False

    @property
    def text(self) -> str:
        """Return the words."""
        return "\n".join(cell.text for cell in self.cells)


Block = FlatParagraph | Grid


@dataclass(frozen=True, slots=True)
class _Place:
    """What a block within others takes from them."""

    style: str = BODY
    indent: int = 0
    level: int = -1


class Flattener:
    """Lays blocks out; gives each list a number of its own."""

    def __init__(self) -> None:
        self._lists = 0

    def blocks(self, nodes: Iterable[Node], place: _Place | None = None) -> tuple[Block, ...]:
        """Return blocks in order."""
        place = place or _Place()
        made: list[Block] = []
        for node in nodes:
            made += self._block(node, place)
        return tuple(made)

    def _block(self, node: Node, place: _Place) -> Sequence[Block]:
        kind = node["k"]
        if kind == "p":
            align = node.get("align", "")
            return [FlatParagraph(pieces(node["c"]), place.style, indent=place.indent, align=align)]
        if kind == "h":
            return [FlatParagraph(pieces(node["c"]), heading=node["level"])]
        if kind in {"pre", "space", "break"}:
            return [_plain_block(node, place.indent)]
        if kind in {"list", "table"}:
            return self._list(node, place) if kind == "list" else [self._table(node)]
        if kind in {"quote", "alert", "indent"}:
            styles = {"quote": QUOTE, "alert": NOTE, "indent": place.style}
            inner = _Place(styles[kind], place.indent + (kind == "indent"), place.level)
            return self.blocks(node["c"], inner)
        return []  # a line across the sheet says nothing

    def _list(self, node: Node, place: _Place) -> list[Block]:
        self._lists += 1
        number = self._lists
        level = min(place.level + 1, DEEPEST_LIST)
        made: list[Block] = []
        for item in node["items"]:
            inner = _Place(place.style, level + 1, level)
            blocks = list(self.blocks(item["c"], inner))
            label = _label(number, level, item["mark"])
            first = blocks[0] if blocks else FlatParagraph(())
            if isinstance(first, FlatParagraph) and first.label is None and not first.heading:
                blocks[:1] = [FlatParagraph(first.pieces, first.style, label=label)]
            else:
                blocks.insert(0, FlatParagraph((), place.style, label=label))
            made += blocks
        return made

    def _table(self, node: Node) -> Grid:
        cells = []
        for cell in node["cells"]:
            blocks = self.blocks(cell["c"]) or (FlatParagraph(()),)
            blocks = tuple(_aligned(block, cell["align"]) for block in blocks)
            cells.append(FlatCell(cell["x"], cell["y"], cell["across"], cell["down"], cell["head"],
                              blocks))  # fmt: skip
        widths = tuple(node.get("widths", ()))
        size = node.get("size", 10.0)
        heads = node["heads"]
        plain = node.get("plain", False)
        return Grid(node["columns"], node["rows"], heads, tuple(cells), widths, size, plain=plain)


def _aligned(block: Block, align: str) -> Block:
    """Return a block of a cell, aligned as the cell is where it is not by itself."""
    if isinstance(block, Grid) or block.align or not align:
        return block
    return replace(block, align=align)


def _plain_block(node: Node, indent: int) -> FlatParagraph:
    if node["k"] == "pre":
        return FlatParagraph((StyledText(node["text"]),), CODE, indent=indent)
    if node["k"] == "space":
        return FlatParagraph((), room=SIGNATURE_ROOM)
    return FlatParagraph((), on_new_sheet=True)


def pieces(parts: Iterable[Inline], marks: frozenset[str] = PLAIN) -> tuple[StyledText, ...]:
    """Return the parts of a line as pieces, each with all the marks around it."""
    made: list[StyledText] = []
    for part in parts:
        if isinstance(part, str):
            made.append(StyledText(part, marks))
        elif part["k"] == "br":
            made.append(StyledText("\n", marks))
        elif part["k"] == "long":
            made.append(StyledText(part["text"], marks))
        elif part["k"] == "img":
            made.append(StyledText("", marks, part["name"], part["alt"]))
        elif part["k"] == "noimg":
            made.append(StyledText(f"[{part['alt']}]", marks))
        else:
            made += pieces(part["c"], marks | {part["k"]})
    return tuple(_joined(made))


def _joined(made: Iterable[StyledText]) -> list[StyledText]:
    """Join neighbours of one look."""
    joined: list[StyledText] = []
    for piece in made:
        last = joined[-1] if joined else None
        same = last is not None and last.marks == piece.marks
        if last is not None and same and not last.picture and not piece.picture:
            joined[-1] = StyledText(last.text + piece.text, piece.marks)
        else:
            joined.append(piece)
    return joined


def _label(list_id: int, level: int, mark: str) -> ListPlace:
    if not mark:
        return ListPlace(list_id, level, None)
    return ListPlace(list_id, level, int(mark[:-1]), mark[-1])
