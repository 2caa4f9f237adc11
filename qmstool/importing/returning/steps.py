"""Compare what an exported text shows with what came back: what stayed, changed, went, came, moved.

Words alone count. A line that only looks otherwise (bold, a heading made plain) has not changed;
it is told apart, for other programs than Word change looks without being asked. Pure.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal

from qmstool.diff.pairing import pair_alike
from qmstool.diff.words import likeness
from qmstool.frozen import NamedTuple
from qmstool.importing.returning.joining import shown_key
from qmstool.importing.returning.shown import ShownLine, ShownTable, squeeze
from qmstool.parsing.matching import BoundedMatcher

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmstool.importing.returning.shown import Shown

ALIKE = 0.4  # share of words in common from which two lines are one that changed
MOST_PAIRS = 250_000  # as many as 500 paragraphs, all of them changed; a few seconds
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
    pairs = _pairs(before, after)
    moving = _moving(before, after, pairs)
    old_kinds, new_kinds = ([_kind(node, moving) for node in nodes] for nodes in (before, after))
    steps: list[Step] = []
    a = c = 0
    every = [*_with_rewritten(old_kinds, new_kinds, pairs), (len(before), len(after))]
    for pair_a, pair_c in every:
        steps += [Step("removed", at, -1) for at in range(a, pair_a)]
        steps += [Step("added", -1, at) for at in range(c, pair_c)]
        if pair_a < len(before):
            same = says_the_same(before[pair_a], after[pair_c])
            steps.append(Step("same" if same else "changed", pair_a, pair_c))
        a, c = pair_a + 1, pair_c + 1
    return _with_moves(before, after, steps, moving)


def _pairs(before: Sequence[Shown], after: Sequence[Shown]) -> list[tuple[int, int]]:
    """Return the nodes that are the same or alike, in order.

    Two or more neighbours that are the same hold; between them likeness adds up, so that one
    paragraph that moved far does not part what stands between.
    """
    old, new = list(map(shown_key, before)), list(map(shown_key, after))
    matcher = BoundedMatcher(old, new)
    pairs: list[tuple[int, int]] = []
    a = c = 0
    for block in matcher.get_matching_blocks():
        alone = block.size == 1 and block.a - a != block.b - c
        if alone and (len(before) - a) * (len(after) - c) <= MOST_PAIRS:
            continue
        gap_a, gap_c = before[a : block.a], after[c : block.b]
        pairs += [(a + x, c + y) for x, y in pair_alike(gap_a, gap_c, _likeness, MOST_PAIRS)]
        pairs += [(block.a + at, block.b + at) for at in range(block.size)]
        a, c = block.a + block.size, block.b + block.size
    return pairs


def _moving(
    before: Sequence[Shown], after: Sequence[Shown], pairs: Sequence[tuple[int, int]]
) -> frozenset[str]:
    """Return the words that went here and came there, and stand once on either side."""
    olds, news = {a for a, _ in pairs}, {c for _, c in pairs}
    gone = Counter(shown_key(node) for at, node in enumerate(before) if at not in olds)
    came = Counter(shown_key(node) for at, node in enumerate(after) if at not in news)
    return frozenset(words for words, count in gone.items() if count == came[words] == 1)


def _kind(node: Shown, moving: frozenset[str]) -> str:
    """Return what a node is; one that moves is like no other."""
    if shown_key(node) in moving:
        return ""
    return node.kind if isinstance(node, ShownLine) else "table"


def _with_rewritten(
    old: Sequence[str], new: Sequence[str], pairs: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Yield pairs, and between them those that stand in each other's place, however they differ.

    That is where as many went as came, one by one of the same kind. What goes in: their kinds.
    """
    a, c = 0, 0
    for pair_a, pair_c in [*pairs, (len(old), len(new))]:
        if old[a:pair_a] == new[c:pair_c] and "" not in old[a:pair_a]:
            yield from zip(range(a, pair_a), range(c, pair_c), strict=True)
        if pair_a < len(old):
            yield pair_a, pair_c
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


def _with_moves(
    before: Sequence[Shown], after: Sequence[Shown], steps: Sequence[Step], moving: frozenset[str]
) -> list[Step]:
    """Call what went here and came there a move."""
    gone = {shown_key(before[step.before]): at for at, step in enumerate(steps) if step.after < 0}
    came = {shown_key(after[step.after]): at for at, step in enumerate(steps) if step.before < 0}
    made = list(steps)
    for words in moving:
        old, new = steps[gone[words]].before, steps[came[words]].after
        made[gone[words]] = Step("removed", old, new)
        made[came[words]] = Step("moved", old, new)
    return made
