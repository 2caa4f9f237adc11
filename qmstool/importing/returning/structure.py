"""Take blocks out of a text as it is typed, and find where others go in. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING

from qmstool.frozen import NamedTuple
from qmstool.importing.returning.inline import prefix_at
from qmstool.parsing.markdown import containers as tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qmstool.importing.returning.edits import FileEdits
    from qmstool.importing.returning.shown import Shown
    from qmstool.importing.returning.typed import Typed, TypedFile
    from qmstool.parsing.markdown.containers import Block

_MARKS = " \t>"


class Place(NamedTuple):
    """Where new lines go: behind the line that ends at `offset`, or with `before` ahead of it.

    `lead`: what stands before each line; `mark`: that of an item, "" for another block; `loose`:
    whether an empty line is between.
    """

    file: TypedFile
    offset: int
    lead: str
    mark: str
    loose: bool
    before: bool = False


# --- out


def removable(nodes: Sequence[Typed], gone: set[int]) -> tuple[list[tuple[Typed, Block]], set[int]]:
    """Return the blocks to take out, each with a node in it, and the indices that have to stay.

    A block around others goes when all that it shows goes; the first words of an item whose other
    words stay cannot go.
    """
    shown: Counter[int] = Counter()
    left: Counter[int] = Counter()
    for index, node in enumerate(nodes):
        for block in (*node.around, node.block):
            shown[id(block)] += 1
            left[id(block)] += index not in gone
    out: dict[int, tuple[Typed, Block]] = {}
    staying: set[int] = set()
    for index in sorted(gone):
        node = nodes[index]
        whole = [block for block in (*node.around, node.block) if not left[id(block)]]
        if whole:
            out.setdefault(id(whole[0]), (node, whole[0]))
        if not whole or _shares_line(node.file.text, whole[0].start):
            staying.add(index)
            if whole:
                del out[id(whole[0])]
    return list(out.values()), staying


def _shares_line(text: str, start: int) -> bool:
    return bool(text[text.rfind("\n", 0, start) + 1 : start].strip(_MARKS))


def take_out(edits: FileEdits, text: str, start: int, end: int) -> None:
    """Take the lines of a block out, with the empty lines that would be left double."""
    first = text.rfind("\n", 0, start) + 1
    last = _next_line(text, end)
    above = text[text.rfind("\n", 0, max(first - 1, 0)) + 1 : max(first - 1, 0)]
    if first == 0 or not above.strip(_MARKS):
        while last < len(text) and not text[last : _next_line(text, last)].strip(_MARKS + "\n"):
            last = _next_line(text, last)
        if last >= len(text):
            first = len(text[:first].rstrip(_MARKS + "\n"))
            first = min(first + 1, len(text)) if first else 0
    edits.put(first, last, "")


def _next_line(text: str, place: int) -> int:
    end = text.find("\n", place)
    return len(text) if end < 0 else end + 1


# --- in


def find_place(before: Typed | None, after: Typed | None, node: Shown) -> Place | None:
    """Return where a new node goes between two that stay; None where nothing stays."""
    kind = getattr(node, "kind", "table")
    if kind in {"item", "numbered"}:
        found = _place_in_list(before, after, node)
        if found is not None:
            return found
    mark = {"item": "- ", "numbered": "1. "}.get(kind, "")
    if before is not None:
        return _place_behind(before, after, mark)
    if after is None:
        return None
    block = (*after.around, after.block)[0]
    start = after.file.text.rfind("\n", 0, block.start) + 1
    return Place(after.file, start, "", mark, loose=True, before=True)


def _place_behind(before: Typed, after: Typed | None, mark: str) -> Place:
    chain = (*before.around, before.block)
    others = () if after is None else after.around
    depth = 0
    while depth < min(len(before.around), len(others)) and chain[depth] is others[depth]:
        depth += 1
    if depth and isinstance(chain[depth - 1], tree.List | tree.DefinitionList):
        depth += 1  # between two items: it goes on with the first
    block = chain[min(depth, len(chain) - 1)]
    text = before.file.text
    return Place(before.file, _line_end(text, block.end), prefix_at(text, block.start), mark, True)


def _place_in_list(before: Typed | None, after: Typed | None, node: Shown) -> Place | None:
    numbered = getattr(node, "kind", "") == "numbered"
    level = getattr(node, "level", -1)
    if before is not None:
        items = _items(before)
        fitting = [at for at, (held, _) in enumerate(items) if (held.first is not None) == numbered]
        if not numbered and level >= len(items) > 0:
            text = before.file.text
            lead = prefix_at(text, items[-1][1].children[0].start)
            return Place(before.file, _line_end(text, before.block.end), lead, "- ", False)
        at = level if level in fitting else max(fitting, default=-1)
        if at >= 0:
            return _behind_item(before.file, *items[at])
    if after is not None:
        for held, item in _items(after)[::-1]:
            if (held.first is not None) == numbered and held.children[0] is item:
                text = after.file.text
                start = text.rfind("\n", 0, item.start) + 1
                lead = prefix_at(text, item.start)
                loose = not held.tight
                return Place(after.file, start, lead, _mark(held, 0, item), loose, before=True)
    return None


def _behind_item(file: TypedFile, held: tree.List, item: tree.Item) -> Place:
    number = bisect_left(held.children, item.start, key=lambda child: child.start) + 1
    lead = prefix_at(file.text, item.start)
    end = _line_end(file.text, item.end)
    return Place(file, end, lead, _mark(held, number, item), not held.tight)


def _mark(held: tree.List, number: int, item: tree.Item) -> str:
    if held.first is None:
        return f"{item.marker} "
    return f"{held.first + number}{held.delimiter} "


def _items(node: Typed) -> list[tuple[tree.List, tree.Item]]:
    """Return the items around a node, each with its list, the outermost first."""
    found = []
    for held, item in zip(node.around, node.around[1:], strict=False):
        if isinstance(held, tree.List) and isinstance(item, tree.Item):
            found.append((held, item))
    return found


def _line_end(text: str, place: int) -> int:
    end = text.find("\n", place)
    return len(text) if end < 0 else end


def put_in(edits: FileEdits, place: Place, lines: Iterable[str], *, follows: bool) -> None:
    """Put the lines of a block in; `follows`: it is an item right behind another new one."""
    indent = " " * len(place.mark)
    written = []
    for number, line in enumerate(lines):
        if not line:
            written.append(place.lead.rstrip())
            continue
        mark = indent if number else place.mark
        written.append(f"{place.lead}{mark}{line}".rstrip())
    gap = f"{place.lead.rstrip()}\n" if place.loose and not follows else ""
    if place.before:
        edits.insert_block(place.offset, "\n".join(written) + "\n" + gap)
    else:
        edits.insert_block(place.offset, "\n" + gap + "\n".join(written))
