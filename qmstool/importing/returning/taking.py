"""Take what came back from Word into the text that was exported: only what changed changes.

What goes in: what the exported form shows, what came back, and the files of the document as they
were exported. What comes out: each change with its place, and the replacements in each file. A
change that has no place in a file is told, never dropped. Pure.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from qmstool.diff.pairing import pair_alike
from qmstool.diff.words import likeness
from qmstool.i18n import Text
from qmstool.importing.blocks import Paragraph
from qmstool.importing.returning.edits import FileEdits, apply_to_text
from qmstool.importing.returning.inline import change_line, looks_of, prefix_at
from qmstool.importing.returning.joining import join_nodes, shown_words
from qmstool.importing.returning.reading import read_files, typed_nodes
from qmstool.importing.returning.result import Change
from qmstool.importing.returning.shown import NOTE, PICTURE, ShownLine, ShownTable, squeeze
from qmstool.importing.returning.steps import ALIKE, compare_nodes
from qmstool.importing.returning.structure import find_place, put_in, removable, take_out
from qmstool.importing.returning.typed import TypedFile, TypedLine, TypedTable
from qmstool.importing.returning.writing import NEW_NOTE, BlockWriter
from qmstool.parsing.markdown.reader import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from qmstool.i18n import Lang
    from qmstool.importing.blocks import Block, Cell, Span
    from qmstool.importing.returning.inline import Marks
    from qmstool.importing.returning.result import Kind
    from qmstool.importing.returning.shown import Shown
    from qmstool.importing.returning.steps import Step
    from qmstool.importing.returning.typed import Typed, TypedRow

_TITLE = re.compile(
    r"^title:[ ]+(?P<value>(?P<quote>[\"']?)(?P<words>[^\"'\n]*?)(?P=quote))[ ]*$", re.MULTILINE
)
_PLAIN_TITLE = re.compile(r"[^\W_][\w ,.()/–-]*[\w)]")
NOT_TYPED = Text(
    "Phần này không có trong tệp văn bản (thông tin kiểm soát, bảng ký, chữ do trang tự thêm): sửa "
    "ở đầu tệp hoặc trong qms.yml.",
    "This part is not in the text (control data, signers, words that pages add): change it at the "
    "head of the file or in qms.yml.",
)
REWRITTEN = Text(
    "Cả đoạn viết lại theo Word: hãy xem lại chữ đậm, liên kết và chú thích.",
    "The whole paragraph is written anew as Word has it: look at its emphasis, links and notes.",
)
TABLE_REWRITTEN = Text(
    "Số cột đổi nên cả bảng viết lại theo Word: hãy xem lại.",
    "The columns changed, so the whole table is written anew as Word has it: look at it.",
)
NO_PLACE = Text(
    "Chưa đưa vào được; hãy sửa bằng tay.", "Could not be put in; make this change by hand."
)
LOOK = Text(
    "Chỉ đổi kiểu trình bày (đậm, nghiêng, đề mục, danh sách): không lấy, vì chương trình khác "
    "cũng tự đổi.",
    "Only its look changed (bold, italics, heading, list): not taken, as programs change it too.",
)
WITH_PICTURE = Text(
    "Có hình mới: lưu hình từ Word thành tệp .png cạnh tệp văn bản rồi thay chỗ đã đánh dấu.",
    "There is a new picture: save it from Word as .png beside the text and put it in the place "
    "that is marked.",
)


def take_back(
    exported: Sequence[Shown],
    returned: Sequence[Shown],
    texts: Mapping[str, tuple[str, int]],
    notes: Mapping[str, Sequence[Block]],
    lang: Lang,
) -> tuple[list[Change], dict[str, FileEdits]]:
    """Return the changes, and the edits by path.

    `texts`: path → text that was read, and where its body begins; `notes`: Word's own notes.
    """
    return take_with(exported, returned, texts, BlockWriter(notes, lang))


def take_with(
    exported: Sequence[Shown],
    returned: Sequence[Shown],
    texts: Mapping[str, tuple[str, int]],
    writer: BlockWriter,
) -> tuple[list[Change], dict[str, FileEdits]]:
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
        self._said = said
        self._nodes = {file.path: typed_nodes(file, said) for file in files}
        self._all = [node for nodes in self._nodes.values() for node in nodes]
        self._joined = join_nodes(exported, self._all)
        self._edits = {file.path: FileEdits() for file in files}
        self._changes: list[Change] = []
        self._section = ""
        self._staying: dict[int, Typed] = {}  # index in what came back → where it is typed
        self._kept: set[int] = set()  # indices in what came back of what was there before
        self._last_new: tuple[str, int, str] | None = None

    def take(self) -> tuple[list[Change], dict[str, FileEdits]]:
        steps = compare_nodes(self._before, self._after)
        refused = self._take_out(steps)
        for step in steps:
            if step.kind in {"same", "changed"}:
                self._kept.add(step.after)
                if step.before in self._joined:
                    self._staying[step.after] = self._joined[step.before]
        for step in steps:
            self._take(step, refused)
        self._add_notes()
        return self._changes, self._edits

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
                self._section = node.words

    # --- what stayed, went, changed

    def _tell_look(self, step: Step) -> None:
        old, new = self._before[step.before], self._after[step.after]
        if not isinstance(old, ShownLine) or not isinstance(new, ShownLine):
            return
        same = (old.kind, old.level) == (new.kind, new.level)
        if not same or _looks(old) != _looks(new):
            self._tell("look", old.words, new.words, None, LOOK)

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
            self._tell("removed", words, "", None, NOT_TYPED)
        elif step.before in refused:
            self._tell("removed", words, "", None, NO_PLACE)
        else:
            self._tell("removed", words, "", node)

    def _change(self, step: Step) -> None:
        old, new = self._before[step.before], self._after[step.after]
        node = self._joined.get(step.before)
        if node is None:
            self._tell("changed", old.words, new.words, None, NOT_TYPED)
        elif isinstance(node, TypedLine):
            assert isinstance(old, ShownLine)
            assert isinstance(new, ShownLine)
            spans = new.paragraph.spans
            looks = looks_of(spans, new.words)
            note = self._change_line(node, old.words, new.words, looks, new)
            if note is None and node is self._all[0]:
                note = self._change_title(node, old.words, new.words)
            self._tell("changed", old.words, new.words, node, note)
        else:
            assert isinstance(old, ShownTable)
            assert isinstance(new, ShownTable)
            self._change_table(node, old, new)

    def _change_line(
        self,
        line: TypedLine,
        shown: str,
        returned: str,
        looks: Sequence[Marks],
        whole: Shown | None,
    ) -> Text | None:
        """Change a line word by word; where that does not read as it should, write it anew.

        Returns what has to be told, `NO_PLACE` where neither does.
        """
        edits = self._edits[line.file.path]
        trial = FileEdits()
        keys = self._note_keys(whole)
        change_line(line, shown, returned, looks, trial, lambda: self._writer.call(next(keys, "")))
        if self._reads(line, trial, returned):
            edits.extend(trial)
            return WITH_PICTURE if returned.count(PICTURE) > shown.count(PICTURE) else None
        if whole is not None and line.form in {"text", "heading"}:
            trial = FileEdits()
            prefix = prefix_at(line.file.text, line.start)
            lines = self._writer.lines(whole)
            if line.form == "heading":
                marks = line.file.text[line.start : line.words.span(0, 0)[0]]
                lines = [marks + lines[0].lstrip("#").lstrip()]
            trial.put(line.start, line.end, f"\n{prefix}".join(lines))
            if self._reads(line, trial, returned):
                edits.extend(trial)
                return REWRITTEN
        return NO_PLACE

    def _change_title(self, line: TypedLine, shown: str, returned: str) -> Text | None:
        """Change the title at the head of the first file with the heading that repeats it."""
        front = line.file.text[: line.file.document.start]
        title = _TITLE.search(front)
        if line.form != "heading" or title is None or title["words"] != shown:
            return None
        words = returned if _PLAIN_TITLE.fullmatch(returned) else _quoted(returned)
        start, end = title.span("value")
        self._edits[line.file.path].put(start, end, words)
        return None

    def _note_keys(self, node: Shown | None) -> Iterator[str]:
        if not isinstance(node, ShownLine):
            return iter(())
        return iter([span.note for span in node.paragraph.spans if span.note])

    def _reads(self, line: TypedLine, trial: FileEdits, returned: str) -> bool:
        """Whether a file with an edit shows the words that came back, in the same line."""
        text = apply_to_text(line.file.text, trial.sorted())
        if NOTE in returned:
            text += "".join(f"\n\n[^{label}]: …" for label, _ in self._writer.new_notes())
        file = TypedFile(
            line.file.number, line.file.path, text, read(text, line.file.document.start)
        )
        said = self._said | {squeeze(returned)}
        before = _lines(self._nodes[line.file.path])
        after = _lines(typed_nodes(file, said))
        at = next((at for at, each in enumerate(before) if each is line), -1)
        if at < 0 or len(after) != len(before):
            return False
        return _said(after[at]) == squeeze(returned.replace(NOTE, ""))

    # --- tables

    def _change_table(self, table: TypedTable, old: ShownTable, new: ShownTable) -> None:
        if {len(row) for row in old.rows} != {len(row) for row in new.rows}:
            prefix = prefix_at(table.file.text, table.start)
            lines = self._writer.lines(new)
            self._edits[table.file.path].put(table.start, table.end, f"\n{prefix}".join(lines))
            self._tell("changed", old.words, new.words, table, TABLE_REWRITTEN)
            return
        last: TypedRow | None = None
        matcher = SequenceMatcher(None, _row_keys(old), _row_keys(new), autojunk=False)
        for tag, a, b, c, d in matcher.get_opcodes():
            if tag == "equal":
                last = table.rows[b - 1]
                continue
            for before, after in _row_pairs(old, new, range(a, b), range(c, d)):
                last = self._take_row(table, last, before, after, old, new)

    def _take_row(
        self,
        table: TypedTable,
        last: TypedRow | None,
        before: int,
        after: int,
        old: ShownTable,
        new: ShownTable,
    ) -> TypedRow | None:
        """Change, remove or add a row; return the row that the next one stands behind."""
        if after < 0:
            row = table.rows[before]
            words = " | ".join(old.rows[before])
            if table.form == "cell" and before == 0:
                self._tell("removed", words, "", None, NO_PLACE)
                return row
            take_out_row(self._edits[table.file.path], table, row)
            self._tell("removed", words, "", table, line=row.start)
            return last
        if before < 0:
            self._add_row(table, last, new.rows[after], new.cells[after])
            return last
        for cell, was, now, held in zip(
            table.rows[before].cells, old.rows[before], new.rows[after], new.cells[after],
            strict=True,
        ):  # fmt: skip
            if squeeze(was) != squeeze(now):
                spans = [span for block in held.blocks for span in _spans(block)]
                note = self._change_line(cell, was, now, looks_of(spans, now), None)
                self._tell("changed", was, now, cell, note)
        return table.rows[before]

    def _add_row(
        self, table: TypedTable, last: TypedRow | None, row: Sequence[str], cells: Sequence[Cell]
    ) -> None:
        text = table.file.text
        words = " | ".join(row)
        if last is None:
            self._tell("added", "", words, None, NO_PLACE)
            return
        end = last.end
        if table.form == "cell" and last is table.rows[0]:
            end = text.find("\n", last.end) + 1  # behind the line of dashes
        end = text.find("\n", end) if table.form == "cell" else end
        end = len(text) if end < 0 else end
        prefix = prefix_at(text, last.start)
        written = self._writer.row(cells, table.form)
        self._edits[table.file.path].insert_block(end, f"\n{prefix}{written}")
        self._tell("added", "", words, table, line=last.start)

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
                self._tell(kind, before, node.words, None, note)
                return
        up, down = range(step.after - 1, -1, -1), range(step.after + 1, len(self._after))
        if self._in_front(up, down):
            self._tell(kind, before, node.words, None, NOT_TYPED)
            return
        above, below = self._nearest(up), self._nearest(down)
        place = find_place(above, below, node)
        if place is None:
            self._tell(kind, before, node.words, None, NO_PLACE)
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
        self._tell(kind, before, node.words, above or below, told)

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

    def _in_front(self, up: Iterable[int], down: Iterable[int]) -> bool:
        """Whether both neighbours that stay, or the only one, are no part of the text."""
        sides = [next((at for at in side if at in self._kept), None) for side in (up, down)]
        return sides[1] is not None and not any(at in self._staying for at in sides)

    def _nearest(self, places: Iterable[int]) -> Typed | None:
        """Return the first that stays, as it is typed, of some of those that came back."""
        return next((self._staying[at] for at in places if at in self._staying), None)

    def _add_notes(self) -> None:
        path, *_ = [*self._edits]
        for label, words in self._writer.new_notes():
            node = self._all[-1] if self._all else None
            path = node.file.path if node is not None else path
            text = next(iter(self._nodes[path])).file.text if self._nodes[path] else ""
            end = len(text.rstrip("\n"))
            self._edits[path].insert_block(end, f"\n\n[^{label}]: {words}")
            self._tell("added", "", words, node)

    def _tell(
        self,
        kind: Kind,
        before: str,
        after: str,
        node: Typed | None,
        note: Text | None = None,
        *,
        line: int | None = None,
    ) -> None:
        path, number = "", 0
        if node is not None and note is not NO_PLACE:
            path = node.file.path
            start = node.start if line is None else line
            number = node.file.text.count("\n", 0, start) + 1
        self._changes.append(Change(kind, self._section, before, after, path, number, note))


def take_out_row(edits: FileEdits, table: TypedTable, row: TypedRow) -> None:
    """Take a row out: its line, or its tags with the line that they have to themselves."""
    text = table.file.text
    first = text.rfind("\n", 0, row.start) + 1
    last = text.find("\n", row.end)
    last = len(text) if last < 0 else last
    alone = not text[first : row.start].strip(" \t>") and not text[row.end : last].strip()
    if table.form == "html" and not alone:
        edits.put(row.start, row.end, "")
    else:
        edits.put(first, min(last + 1, len(text)), "")


def _quoted(words: str) -> str:
    """Return words as a scalar of YAML in double quotes."""
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'


def _said(line: TypedLine) -> str:
    """Return what a line says, squeezed, less the numbers of notes that came from Word."""
    source = line.file.text
    pieces = [
        piece.text
        for piece in line.words.pieces
        if not source.startswith(f"[^{NEW_NOTE}", piece.start)
    ]
    return squeeze("".join(pieces))


def _lines(nodes: Iterable[Typed]) -> list[TypedLine]:
    lines: list[TypedLine] = []
    for node in nodes:
        if isinstance(node, TypedLine):
            lines.append(node)
        else:
            lines += [cell for row in node.rows for cell in row.cells]
    return lines


def _row_keys(table: ShownTable) -> list[tuple[str, ...]]:
    return [tuple(map(squeeze, row)) for row in table.rows]


def _row_pairs(old: ShownTable, new: ShownTable, a: range, c: range) -> list[tuple[int, int]]:
    """Return the rows of two stretches in order, paired where one is the other changed."""

    def alike(one: tuple[str, ...], other: tuple[str, ...]) -> float:
        share = likeness(" ".join(one), " ".join(other))
        return share if share >= ALIKE and len(one) == len(other) else 0.0

    pairs = pair_alike([old.rows[at] for at in a], [new.rows[at] for at in c], alike)
    made: list[tuple[int, int]] = []
    if a.start == c.start == 0 and a and c and (not pairs or min(pairs[0]) > 0):
        pairs.insert(0, (0, 0))  # the row of heads, however it reads now
    x, y = 0, 0
    for pair_x, pair_y in [*pairs, (len(a), len(c))]:
        made += [(a[at], -1) for at in range(x, pair_x)]
        made += [(-1, c[at]) for at in range(y, pair_y)]
        if pair_x < len(a):
            made.append((a[pair_x], c[pair_y]))
        x, y = pair_x + 1, pair_y + 1
    return made


def _spans(block: Block) -> Sequence[Span]:
    return block.spans if isinstance(block, Paragraph) else ()


def _looks(line: ShownLine) -> list[Marks]:
    """Return how the letters of a line look; of a heading nothing, its style makes it bold."""
    return [] if line.kind == "heading" else looks_of(line.paragraph.spans, squeeze(line.words))
