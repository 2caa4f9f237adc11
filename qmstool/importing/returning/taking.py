"""Take what came back from Word into the text that was exported: only what changed changes.

What goes in: what the exported form shows, what came back, and the files of the document as they
were exported. What comes out: each change with its place, and the replacements in each file. A
change that has no place in a file is told, never dropped. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import NamedTuple
from qmstool.importing.returning.edits import FileEdits
from qmstool.importing.returning.inline import laid_links, looks_of, prefix_at
from qmstool.importing.returning.joining import join_nodes, shown_words
from qmstool.importing.returning.lines import LineChanger, find_change
from qmstool.importing.returning.reading import read_files, typed_nodes
from qmstool.importing.returning.shown import ShownLine, ShownTable, squeeze
from qmstool.importing.returning.steps import compare_nodes
from qmstool.importing.returning.structure import find_place, put_in, removable, take_out
from qmstool.importing.returning.tables import TableChanger, changed_cells
from qmstool.importing.returning.told import (
    LOOK,
    NO_PLACE,
    NOT_TYPED,
    WITH_PICTURE,
    Telling,
)
from qmstool.importing.returning.typed import TypedLine, TypedTable
from qmstool.importing.returning.writing import BlockWriter

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from qmstool.i18n import Lang
    from qmstool.importing.blocks import Block
    from qmstool.importing.returning.inline import Marks
    from qmstool.importing.returning.lines import LineChange
    from qmstool.importing.returning.result import Kind, ReturnedChange
    from qmstool.importing.returning.shown import Shown
    from qmstool.importing.returning.steps import Step
    from qmstool.importing.returning.typed import Typed, TypedFile


def take_back(
    exported: Sequence[Shown],
    returned: Sequence[Shown],
    texts: Mapping[str, tuple[str, int]],
    notes: Mapping[str, Sequence[Block]],
    lang: Lang,
) -> tuple[list[ReturnedChange], dict[str, FileEdits]]:
    """Return the changes, and the edits by path.

    `texts`: path → text that was read, and where its body begins; `notes`: Word's own notes.
    """
    writer = BlockWriter(notes, lang, [text for text, _ in texts.values()])
    return take_with(exported, returned, texts, writer)


def take_with(
    exported: Sequence[Shown],
    returned: Sequence[Shown],
    texts: Mapping[str, tuple[str, int]],
    writer: BlockWriter,
) -> tuple[list[ReturnedChange], dict[str, FileEdits]]:
    """Do as `take_back`, new blocks being written by `writer`."""
    return _Taker(exported, returned, read_files(texts), writer).take()


class _Taker:
    def __init__(
        self,
        exported: Sequence[Shown],
        returned: Sequence[Shown],
        files: Sequence[TypedFile],
        writer: BlockWriter,
    ) -> None:
        self._before = exported
        self._after = returned
        self._writer = writer
        said = shown_words(exported)
        self._nodes = {file.path: typed_nodes(file, said) for file in files}
        self._all = [node for nodes in self._nodes.values() for node in nodes]
        self._joined = join_nodes(exported, self._all)
        self._edits = {file.path: FileEdits() for file in files}
        self._told = Telling()
        self._lines = LineChanger(self._nodes, self._edits, writer, said)
        self._tables = TableChanger(self._lines, self._edits, writer, self._told)
        self._staying: dict[int, Typed] = {}  # index in what came back → where it is typed
        self._above = self._below = _Sides([], [])  # what stays around each that came back
        self._last_new: tuple[str, int, str] | None = None

    def take(self) -> tuple[list[ReturnedChange], dict[str, FileEdits]]:
        steps = compare_nodes(self._before, self._after)
        refused = self._take_out(steps)
        kept = {step.after: step.before for step in steps if step.kind in {"same", "changed"}}
        for after, before in kept.items():
            if before in self._joined:
                self._staying[after] = self._joined[before]
        indices = range(len(self._after))
        self._above = _sides(indices, kept, self._staying)
        self._below = _sides(indices[::-1], kept, self._staying)
        self._lines.foresee(self._changes_of_lines(steps))
        for step in steps:
            self._take(step, refused)
        self._add_notes()
        return self._told.changes, self._edits

    def _take(self, step: Step, refused: set[int]) -> None:
        if step.kind == "same":
            self._tell_look(step)
        elif step.kind == "changed":
            self._change(step)
        elif step.kind == "removed" and step.after < 0:
            self._tell_removed(step, refused)
        elif step.kind in {"added", "moved"}:
            self._add(step, refused)
        if step.after >= 0 and step.kind != "removed":
            node = self._after[step.after]
            if isinstance(node, ShownLine) and node.kind == "heading":
                self._told.section = node.words

    # --- what stayed, went, changed

    def _tell_look(self, step: Step) -> None:
        old, new = self._before[step.before], self._after[step.after]
        table = self._joined.get(step.before)
        if isinstance(old, ShownTable) and isinstance(new, ShownTable):
            if isinstance(table, TypedTable):
                self._tables.change(table, old, new)  # its words are the same, not its links
            return
        if not isinstance(old, ShownLine) or not isinstance(new, ShownLine):
            return
        same = (old.kind, old.level) == (new.kind, new.level)
        laid = laid_links(old.paragraph.spans, new.paragraph.spans, new.words)
        node = self._joined.get(step.before)
        if laid and isinstance(node, TypedLine):
            note = self._lines.change(_change_of_line(node, old, new, same=True))
            words = f"{new.words} ({', '.join(link.address for link in laid)})"
            self._told.tell("changed", old.words, words, node, note)
        elif laid:
            self._told.tell("changed", old.words, new.words, None, NOT_TYPED)
        elif not same or _looks(old) != _looks(new):
            self._told.tell("look", old.words, new.words, None, LOOK)

    def _take_out(self, steps: Sequence[Step]) -> set[int]:
        """Take out what went; return the indices of what could not go."""
        places = {id(node): index for index, node in enumerate(self._all)}
        gone = {
            places[id(self._joined[step.before])]: step.before
            for step in steps
            if step.kind == "removed" and step.before in self._joined
        }
        blocks, staying = removable(self._all, set(gone))
        for node, block in blocks:
            take_out(self._edits[node.file.path], node.file.text, block.start, block.end)
        return {gone[index] for index in staying}

    def _tell_removed(self, step: Step, refused: set[int]) -> None:
        node = self._joined.get(step.before)
        words = self._before[step.before].words
        if node is None:
            self._told.tell("removed", words, "", None, NOT_TYPED)
        elif step.before in refused:
            self._told.tell("removed", words, "", None, NO_PLACE)
        else:
            self._told.tell("removed", words, "", node)

    def _changes_of_lines(self, steps: Iterable[Step]) -> Iterator[LineChange]:
        """Yield what changed within lines, also those of tables."""
        for step in steps:
            node = self._joined.get(step.before)
            if step.kind not in {"same", "changed"} or node is None:
                continue
            old, new = self._before[step.before], self._after[step.after]
            if isinstance(old, ShownLine) and isinstance(new, ShownLine):
                assert isinstance(node, TypedLine)
                change = _change_of_line(node, old, new, same=step.kind == "same")
                if change.laid or not change.same:
                    yield change
            elif isinstance(old, ShownTable) and isinstance(new, ShownTable):
                assert isinstance(node, TypedTable)
                yield from changed_cells(node, old, new)

    def _change(self, step: Step) -> None:
        old, new = self._before[step.before], self._after[step.after]
        node = self._joined.get(step.before)
        if node is None:
            self._told.tell("changed", old.words, new.words, None, NOT_TYPED)
        elif isinstance(node, TypedLine):
            assert isinstance(old, ShownLine)
            assert isinstance(new, ShownLine)
            note = self._lines.change(_change_of_line(node, old, new))
            if note is None and node is self._all[0]:
                self._lines.change_title(node, old.words, new.words)
            self._told.tell("changed", old.words, new.words, node, note)
        else:
            assert isinstance(old, ShownTable)
            assert isinstance(new, ShownTable)
            self._tables.change(node, old, new)

    # --- what came, or moved

    def _add(self, step: Step, refused: set[int]) -> None:
        node = self._after[step.after]
        kind: Kind = "added"
        source: Typed | None = None
        before = ""
        if step.kind == "moved":
            kind, before = "moved", self._before[step.before].words
            source = self._joined.get(step.before)
            if source is None or step.before in refused:
                note = NOT_TYPED if source is None else NO_PLACE
                self._told.tell(kind, before, node.words, None, note)
                return
        if self._in_front(step.after):
            self._told.tell(kind, before, node.words, None, NOT_TYPED)
            return
        above, below = (
            self._staying.get(side.typed[step.after]) for side in (self._above, self._below)
        )
        place = find_place(above, below, node)
        if place is None:
            self._told.tell(kind, before, node.words, None, NO_PLACE)
            return
        pictures = self._writer.pictures
        if source is None:
            lines = self._writer.lines(node)
        else:
            lines = self._as_typed(source) or self._writer.lines(node)
        new = place.file.path, place.offset, place.mark and "item"
        put_in(self._edits[new[0]], place, lines, follows=bool(new[2]) and self._last_new == new)
        self._last_new = new
        told = WITH_PICTURE if self._writer.pictures > pictures else None
        self._told.tell(kind, before, node.words, above or below, told)

    def _as_typed(self, source: Typed) -> list[str]:
        """Return the lines of what moved as they are typed; [] where others stand in them."""
        start, end = source.start, source.end
        if source.form == "html":
            if sum(node.block is source.block for node in self._all) > 1:
                return []
            start, end = source.block.start, source.block.end
        text = source.file.text
        prefix = prefix_at(text, start)
        first, *more = text[start:end].split("\n")
        if not all(line.startswith(prefix) for line in more):
            return []
        return [first, *(line.removeprefix(prefix) for line in more)]

    def _in_front(self, at: int) -> bool:
        """Whether both neighbours that stay, or the only one, are no part of the text."""
        sides = self._above.kept[at], self._below.kept[at]
        return sides[1] >= 0 and not any(side in self._staying for side in sides)

    def _add_notes(self) -> None:
        path, *_ = [*self._edits]
        for label, words in self._writer.new_notes():
            node = self._all[-1] if self._all else None
            path = node.file.path if node is not None else path
            text = next(iter(self._nodes[path])).file.text if self._nodes[path] else ""
            end = len(text.rstrip("\n"))
            self._edits[path].insert_block(end, f"\n\n[^{label}]: {words}")
            self._told.tell("added", "", words, node)


class _Sides(NamedTuple):
    """By the index of what came back: the nearest on one side that stays, -1 for none.

    `kept`: of all that stays; `typed`: of what is part of the text.
    """

    kept: list[int]
    typed: list[int]


def _sides(indices: Sequence[int], kept: Container[int], typed: Container[int]) -> _Sides:
    """Return what stays nearest before each of some indices, as these are gone through."""
    sides = _Sides([-1] * len(indices), [-1] * len(indices))
    for held, near in zip((kept, typed), sides, strict=True):
        last = -1
        for at in indices:
            near[at] = last
            if at in held:
                last = at
    return sides


def _change_of_line(
    node: TypedLine, old: ShownLine, new: ShownLine, *, same: bool = False
) -> LineChange:
    words = old.words, new.words
    return find_change(node, words, [old.paragraph], [new.paragraph], whole=new, same=same)


def _looks(line: ShownLine) -> list[Marks]:
    """Return how the letters of a line look; of a heading nothing, its style makes it bold."""
    return [] if line.kind == "heading" else looks_of(line.paragraph.spans, squeeze(line.words))
