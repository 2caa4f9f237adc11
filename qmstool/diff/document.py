"""Two versions of a document → what differs, by section and by word.

Pure; the showing is in `redline.show`.

Sections are found again by their anchor, then by their title, then by their words; within a section
blocks are paired by likeness, in order; within a pair words are compared. A table is compared cell
by cell.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

from qmstool.diff.blocks import split_blocks, split_parts
from qmstool.diff.sections import merge_in_order, moved_sections, pair_sections
from qmstool.diff.words import Run, compare_words, likeness, split_cells
from qmstool.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmstool.diff.blocks import ComparedBlock, Form, Part
    from qmstool.diff.words import RunKind

ChangeKind = Literal["same", "changed", "added", "removed"]
BLOCK_LIKENESS = 0.4
_MOST_PAIRS = 40_000


@dataclass(frozen=True, slots=True)
class BlockChange:
    """A block on its way from old to new.

    `cells` holds one tuple of runs, or one for each cell of a table's row.
    """

    kind: ChangeKind
    form: Form
    indent: int
    cells: tuple[tuple[Run, ...], ...]


@dataclass(frozen=True, slots=True)
class SectionChange:
    """A section on its way: its key, its titles ("" where it was not), and its blocks; `moved` when it changed its place."""

    key: str
    kind: ChangeKind
    old_title: str
    new_title: str
    level: int
    moved: bool
    blocks: tuple[BlockChange, ...]

    @property
    def title(self) -> str:
        """The title of today, or the last one."""
        return self.new_title or self.old_title


@dataclass(frozen=True, slots=True)
class Redline:
    """Everything in its new order; a removed section stands where it was."""

    sections: tuple[SectionChange, ...]

    @property
    def changed(self) -> tuple[SectionChange, ...]:
        """The sections that are not as they were."""
        return tuple(
            section for section in self.sections if section.kind != "same" or section.moved
        )


def compare_versions(old: Sequence[str], new: Sequence[str]) -> Redline:
    """Compare two versions of a document, each given as the texts of its files in order."""
    before, after = split_parts(old), split_parts(new)
    pairs = pair_sections(before, after)
    elsewhere = moved_sections(pairs)
    return Redline(
        tuple(
            _section(one, two, moved=at in elsewhere)
            for at, one, two in merge_in_order(before, after, pairs)
        )
    )


def _section(old: Part | None, new: Part | None, *, moved: bool) -> SectionChange:
    changes = tuple(_blocks(split_blocks(old) if old else (), split_blocks(new) if new else ()))
    titles = old.title if old else "", new.title if new else ""
    kind: ChangeKind = "changed"
    if old is None or new is None:
        kind = "added" if old is None else "removed"
    elif titles[0] == titles[1] and all(change.kind == "same" for change in changes):
        kind = "same"
    key, level = next((part.key, part.level) for part in (new, old) if part)
    return SectionChange(key, kind, *titles, level, moved, changes)


# --- blocks
# --------------------------------------------------------------------------------------------------------------


def _blocks(
    before: Sequence[ComparedBlock], after: Sequence[ComparedBlock]
) -> Iterator[BlockChange]:
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (_whole("same", block) for block in after[c:d])
        else:
            yield from _replaced(before[a:b], after[c:d])


def _replaced(
    before: Sequence[ComparedBlock], after: Sequence[ComparedBlock]
) -> Iterator[BlockChange]:
    """Blocks that differ: those alike are paired in order, the others went or came."""
    a = c = 0
    for one, two in [*_alike(before, after), (len(before), len(after))]:
        yield from (_whole("removed", block) for block in before[a:one])
        yield from (_whole("added", block) for block in after[c:two])
        if one < len(before):
            yield _changed(before[one], after[two])
        a, c = one + 1, two + 1


def _alike(
    before: Sequence[ComparedBlock], after: Sequence[ComparedBlock]
) -> list[tuple[int, int]]:
    """The pairs of indices, rising on both sides, whose likeness adds up to most."""
    if not before or not after or len(before) * len(after) > _MOST_PAIRS:
        return []
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    like = [[_block_likeness(one, two) for two in after] for one in before]
    for a in reversed(range(len(before))):
        for c in reversed(range(len(after))):
            best[a][c] = max(
                best[a + 1][c],
                best[a][c + 1],
                best[a + 1][c + 1] + like[a][c] if like[a][c] else 0.0,
            )
    pairs, a, c = [], 0, 0
    while a < len(before) and c < len(after):
        if like[a][c] and best[a][c] == best[a + 1][c + 1] + like[a][c]:
            pairs.append((a, c))
            a, c = a + 1, c + 1
        elif best[a][c] == best[a + 1][c]:
            a += 1
        else:
            c += 1
    return pairs


def _block_likeness(one: ComparedBlock, two: ComparedBlock) -> float:
    if one.form != two.form or (
        one.form == "row" and len(split_cells(one.text)) != len(split_cells(two.text))
    ):
        return 0.0
    alike = likeness(one.text, two.text)
    return alike if alike >= BLOCK_LIKENESS else 0.0


def _whole(kind: ChangeKind, block: ComparedBlock) -> BlockChange:
    run: RunKind = "new" if kind == "added" else "old" if kind == "removed" else "same"
    return BlockChange(
        kind, block.form, block.indent, tuple((Run(run, text),) for text in _texts(block))
    )


def _changed(one: ComparedBlock, two: ComparedBlock) -> BlockChange:
    pairs = zip(_texts(one), _texts(two), strict=True)
    return BlockChange(
        "changed", two.form, two.indent, tuple(compare_words(old, new) for old, new in pairs)
    )


def _texts(block: ComparedBlock) -> list[str]:
    return split_cells(block.text) if block.form == "row" else [block.text]
