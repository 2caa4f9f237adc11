"""Join what changed in Word with what changed in the draft since the export, line by line. Pure.

A line of Markdown is a paragraph, a row, an item; where both sides changed the same one, or
neighbours of it, that is a conflict, which nobody but a person decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from qmstool.frozen import dataclass
from qmstool.parsing.matching import BoundedMatcher

if TYPE_CHECKING:
    from collections.abc import Sequence

Choice = Literal["word", "draft", "both"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines of the joined text; of a conflict what each side has, `clash` then being true."""

    base: tuple[str, ...]
    draft: tuple[str, ...]
    word: tuple[str, ...]
    clash: bool

    def lines(self, choice: Choice, names: tuple[str, str]) -> tuple[str, ...]:
        """Return the lines by a choice; "both" puts both in, with the marks that git uses."""
        if not self.clash:
            return self.word if self.draft == self.base else self.draft
        if choice == "word":
            return self.word
        if choice == "draft":
            return self.draft
        ours, theirs = names
        draft, word = _ended(self.draft), _ended(self.word)
        marks = f"<<<<<<< {ours}\n", "=======\n", f">>>>>>> {theirs}\n"
        return (marks[0], *draft, marks[1], *word, marks[2])


def _ended(lines: Sequence[str]) -> list[str]:
    return [line.removesuffix("\n") + "\n" for line in lines]


def merge(base: str, draft: str, word: str) -> list[Stretch]:
    """Return the stretches of the text that has the changes of both sides."""
    old, ours, theirs = (text.splitlines(keepends=True) for text in (base, draft, word))
    our_places, their_places = _kept(old, ours), _kept(old, theirs)
    stretches: list[Stretch] = []
    at = our_at = their_at = 0
    for place in [*sorted(our_places.keys() & their_places.keys()), len(old)]:
        our_place = our_places.get(place, len(ours))
        their_place = their_places.get(place, len(theirs))
        changed = (
            tuple(old[at:place]),
            tuple(ours[our_at:our_place]),
            tuple(theirs[their_at:their_place]),
        )
        if any(changed):
            one_side = changed[0] in changed[1:] or changed[1] == changed[2]
            stretches.append(Stretch(*changed, clash=not one_side))
        if place < len(old):
            line = (old[place],)
            stretches.append(Stretch(line, line, line, clash=False))
        at, our_at, their_at = place + 1, our_place + 1, their_place + 1
    return stretches


def _kept(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Return the places of the lines that stay: index in the old text → in the new one."""
    matcher = BoundedMatcher(old, new)
    return {
        block.a + at: block.b + at
        for block in matcher.get_matching_blocks()
        for at in range(block.size)
    }
