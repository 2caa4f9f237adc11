"""Running text comes out of its numbers as it went in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from qmstool.parsing.markdown.page import read_page
from qmstool.parsing.markdown.running_text import HIDDEN, MARK, Cover, PackedBlocks, TextBlock

if TYPE_CHECKING:
    from qmstool.parsing.markdown.running_text import BlockKind


def test_a_cover_leaves_the_rest_as_it_is() -> None:
    cover = Cover.of([0, 2 * 2, 5, 2 * 6 + 1], [])
    assert cover.on("# Mục «a».") == f"{HIDDEN * 2}Mục{MARK}«a»."


def test_other_words_stand_for_as_many_characters() -> None:
    assert Cover.of([], [(1, "≥"), (6, "\n")]).on("a&ge; <br>") == "a≥ge; \nbr>"


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9), st.booleans()), max_size=9))
def test_every_stretch_is_covered(gaps: list[tuple[int, int, bool]]) -> None:
    text, expected, stretches = "", "", []
    for shown, hidden, is_mark in gaps:
        start = len(text) + shown
        stretches += [start, 2 * (start + hidden) + is_mark]
        text += "ữ" * shown + "*" * hidden
        expected += "ữ" * shown + (MARK if is_mark else HIDDEN) * hidden
    assert Cover.of(stretches, []).on(text) == expected


def test_blocks_come_back() -> None:
    kinds: tuple[BlockKind, ...] = ("heading", "paragraph", "item", "cell")
    blocks = tuple(
        TextBlock(start, start + 9, kind, start - 1, note)
        for start, kind in enumerate(kinds, 70_000)
        for note in (False, True)
    )
    assert PackedBlocks.of(blocks).unpacked() == blocks


def test_two_pages_in_turn_say_each_its_own() -> None:
    one, other = read_page("# Một\n"), read_page("Hai\n")
    for _ in range(2):
        assert [page.prose.strip("\0") for page in (one, other)] == ["Một", "Hai"]
        assert [page.blocks[0].kind for page in (one, other)] == ["heading", "paragraph"]


def test_a_text_with_characters_that_nobody_can_read_has_places_all_the_same() -> None:
    page = read_page("a\0b \udcff **c**\n")
    assert page.prose == "a\ufffdb \ufffd \1\1c\1\1\0"
