"""Compare what an exported text shows with what came back: what stayed, changed, went, came, moved.

Words alone count. A line that only looks otherwise (bold, a heading made plain) has not changed;
it is told apart, for other programs than Word change looks without being asked. Pure.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal, NamedTuple

from qmstool.diff.pairing import pair_alike
from qmstool.diff.words import likeness
from qmstool.importing.returning.joining import shown_key
from qmstool.importing.returning.shown import ShownLine, ShownTable, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmstool.importing.returning.shown import Shown

ALIKE = 0.4  # share of words in common from which two lines are one that changed
Kind = Literal["same", "changed", "removed", "added", "moved"]


class Step(NamedTuple):
    """What became of a node: its index before and after, -1 where it is not.

    Of one that moved there are two steps: `removed` with its new index, `moved` with its old one.
    """

    kind: Kind
    before: int
    after: int


def compare_nodes(before: Sequence[Shown], after: Sequence[Shown]) -> list[Step]:
    """Return the steps from one text to the other, in the order of the new one."""
    old, new = list(map(shown_key, before)), list(map(shown_key, after))
    steps: list[Step] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            steps += [Step("same", a + at, c + at) for at in range(b - a)]
        else:
            steps += _replaced(before, after, range(a, b), range(c, d))
    return _with_moves(steps, old, new)


def _replaced(
    before: Sequence[Shown], after: Sequence[Shown], old: range, new: range
) -> Iterator[Step]:
    pairs = pair_alike([before[at] for at in old], [after[at] for at in new], _likeness)
    a, c = 0, 0
    for pair_a, pair_c in [*pairs, (len(old), len(new))]:
        yield from (Step("removed", old[at], -1) for at in range(a, pair_a))
        yield from (Step("added", -1, new[at]) for at in range(c, pair_c))
        if pair_a < len(old):
            same = says_the_same(before[old[pair_a]], after[new[pair_c]])
            yield Step("same" if same else "changed", old[pair_a], new[pair_c])
        a, c = pair_a + 1, pair_c + 1


def _likeness(old: Shown, new: Shown) -> float:
    if isinstance(old, ShownTable) is not isinstance(new, ShownTable):
        return 0.0
    if says_the_same(old, new):
        return 1.0
    alike = likeness(old.words, new.words)
    return alike if alike >= ALIKE else 0.0


def says_the_same(old: Shown, new: Shown) -> bool:
    """Whether two nodes differ in nothing but a number that one program counts, another types."""
    if shown_key(old) == shown_key(new):
        return True
    if not isinstance(old, ShownLine) or not isinstance(new, ShownLine):
        return False
    if bool(old.label) == bool(new.label):
        return False
    if old.kind == "heading":
        return _bare(old) == _bare(new)  # the number that one program counts is lost in the other
    return squeeze(old.label + old.words) == squeeze(new.label + new.words)


def _bare(line: ShownLine) -> str:
    """Return the words of a heading less the number that Word counts."""
    return squeeze(line.words.removeprefix(line.label))


def _with_moves(steps: Sequence[Step], old: Sequence[str], new: Sequence[str]) -> list[Step]:
    """Call what went here and came there a move, where it stands once on either side."""
    gone: dict[str, list[int]] = {}
    came: dict[str, list[int]] = {}
    for at, step in enumerate(steps):
        if step.kind == "removed":
            gone.setdefault(old[step.before], []).append(at)
        elif step.kind == "added":
            came.setdefault(new[step.after], []).append(at)
    made = list(steps)
    for words, places in came.items():
        if len(places) == 1 and len(gone.get(words, ())) == 1:
            source, target = gone[words][0], places[0]
            before, after = steps[source].before, steps[target].after
            made[source] = Step("removed", before, after)
            made[target] = Step("moved", before, after)
    return made
