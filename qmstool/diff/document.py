"""Compare two versions of a document, by section, block and word.

What goes in: the texts of both. What comes out: a `Redline`; `diff/format.py` shows it. Sections
are found again by their anchor, then by their title, then by their words; within a section blocks
are paired by likeness, in order; within a pair words are compared. A table is compared cell by
cell. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from qmstool.diff.blocks import ComparedBlock, split_parts
from qmstool.diff.pairing import pair_alike
from qmstool.diff.sections import merge_in_order, moved_sections, pair_sections
from qmstool.diff.words import Run, compare_words, likeness, split_cells
from qmstool.frozen import dataclass
from qmstool.parsing.matching import BoundedMatcher, SharedSteps

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from qmstool.diff.blocks import Part
    from qmstool.diff.words import RunKind
    from qmstool.parsing.markdown.comparison import Form

ChangeKind = Literal["same", "changed", "added", "removed"]
BLOCK_LIKENESS = 0.4  # share of words in common from which two blocks count as one, changed
_RUN_KINDS: dict[ChangeKind, RunKind] = {"same": "same", "added": "new", "removed": "old"}


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
    """A section on its way from old to new.

    A title is "" on the side where the section is not; `moved`: whether it changed its place.
    """

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
class AttachmentChange:
    """A picture, form or other file of a document that is not as it was."""

    kind: ChangeKind
    path: str


@dataclass(frozen=True, slots=True)
class Redline:
    """Everything in its new order; a removed section stands where it was.

    `attachments`: the files beside the texts that are not as they were, as far as somebody compared
    them.
    """

    sections: tuple[SectionChange, ...]
    attachments: tuple[AttachmentChange, ...] = ()

    @property
    def changed(self) -> tuple[SectionChange, ...]:
        """The sections that are not as they were."""
        return tuple(
            section for section in self.sections if section.kind != "same" or section.moved
        )


def compare_attachments(
    old: Mapping[str, Hashable], new: Mapping[str, Hashable]
) -> tuple[AttachmentChange, ...]:
    """Compare the files beside the texts of two versions, each given by its path.

    What is given for it tells one content from another. A file that was only moved is unchanged.
    """
    before, after = set(old.values()), set(new.values())
    changes: list[AttachmentChange] = []
    for path, content in new.items():
        if content not in before:
            changes.append(AttachmentChange("changed" if path in old else "added", path))
    for path, content in old.items():
        if content not in after and path not in new:
            changes.append(AttachmentChange("removed", path))
    return tuple(changes)


def compare_versions(
    old: Sequence[str], new: Sequence[str], attachments: tuple[AttachmentChange, ...] = ()
) -> Redline:
    """Compare two versions of a document, each given as the texts of its files in order.

    `attachments`: what became of the files beside them.
    """
    before, after = split_parts(old), split_parts(new)
    pairs = pair_sections(before, after)
    moved = moved_sections(pairs)
    sections, steps = [], SharedSteps()
    for index, old_part, new_part in merge_in_order(before, after, pairs):
        sections.append(_section(old_part, new_part, steps, moved=index in moved))
    return Redline(tuple(sections), attachments)


def _section(
    old: Part | None, new: Part | None, steps: SharedSteps, *, moved: bool
) -> SectionChange:
    changes = tuple(_blocks(old.blocks if old else (), new.blocks if new else (), steps))
    if new is None:
        assert old is not None
        return SectionChange(old.key, "removed", old.title, "", old.level, moved, changes)
    if old is None:
        return SectionChange(new.key, "added", "", new.title, new.level, moved, changes)
    if _markup(old) != _markup(new):
        before, after = (ComparedBlock("paragraph", part.heading) for part in (old, new))
        changes = (_changed(before, after, steps), *changes)
    same = old.title == new.title and all(change.kind == "same" for change in changes)
    kind: ChangeKind = "same" if same else "changed"
    return SectionChange(new.key, kind, old.title, new.title, new.level, moved, changes)


def _markup(part: Part) -> str:
    """Return what is typed of a heading besides its title: marks, an id, where a link leads."""
    return part.heading.replace(part.title, "", 1)


def _blocks(
    before: Sequence[ComparedBlock], after: Sequence[ComparedBlock], steps: SharedSteps
) -> Iterator[BlockChange]:
    matcher = BoundedMatcher(before, after, steps)
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            for block in after[new_start:new_end]:
                yield _whole("same", block)
        else:
            yield from _replaced(before[old_start:old_end], after[new_start:new_end], steps)


def _replaced(
    before: Sequence[ComparedBlock], after: Sequence[ComparedBlock], steps: SharedSteps
) -> Iterator[BlockChange]:
    """Blocks that differ: those alike are paired in order, the others went or came."""
    old_start = new_start = 0
    pairs = pair_alike(before, after, _block_likeness)
    for old, new in [*pairs, (len(before), len(after))]:
        for block in before[old_start:old]:
            yield _whole("removed", block)
        for block in after[new_start:new]:
            yield _whole("added", block)
        if old < len(before):
            yield _changed(before[old], after[new], steps)
        old_start, new_start = old + 1, new + 1


def _block_likeness(old: ComparedBlock, new: ComparedBlock) -> float:
    """How alike two blocks are, 0 to 1; 0 where they are not to be paired at all."""
    if old.form != new.form:
        return 0.0
    if old.form == "row" and len(split_cells(old.text)) != len(split_cells(new.text)):
        return 0.0
    alike = likeness(old.text, new.text)
    return alike if alike >= BLOCK_LIKENESS else 0.0


def _whole(kind: ChangeKind, block: ComparedBlock) -> BlockChange:
    cells = tuple((Run(_RUN_KINDS[kind], text),) for text in _texts(block))
    return BlockChange(kind, block.form, block.indent, cells)


def _changed(old: ComparedBlock, new: ComparedBlock, steps: SharedSteps) -> BlockChange:
    pairs = zip(_texts(old), _texts(new), strict=True)
    cells = tuple(compare_words(old_text, new_text, steps) for old_text, new_text in pairs)
    return BlockChange("changed", new.form, new.indent, cells)


def _texts(block: ComparedBlock) -> list[str]:
    return split_cells(block.text) if block.form == "row" else [block.text]
