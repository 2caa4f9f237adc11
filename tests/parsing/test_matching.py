"""What is matched is what `difflib` matches, up to an amount of work; then both are whole still."""

from __future__ import annotations

import random
from difflib import SequenceMatcher
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmstool.parsing import matching
from qmstool.parsing.matching import BoundedMatcher

words = st.lists(st.sampled_from("abcd"), max_size=30)


@given(words, words)
def test_short_sequences_match_as_difflib_says(old: list[str], new: list[str]) -> None:
    ours, theirs = BoundedMatcher(old, new), SequenceMatcher(None, old, new, autojunk=False)
    assert ours.get_opcodes() == theirs.get_opcodes()
    assert ours.ratio() == theirs.ratio()


@given(words, words, st.integers(0, 60))
def test_whatever_is_spent_what_is_equal_is_equal(
    old: list[str], new: list[str], steps: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matching, "MOST_STEPS", steps)
        codes = BoundedMatcher(old, new).get_opcodes()
    for tag, a, b, c, d in codes:
        assert (tag == "equal") == (old[a:b] == new[c:d])
    places = [(0, 0), *((b, d) for _, _, b, _, d in codes)]
    assert [(a, c) for _, a, _, c, _ in codes] == places[:-1]
    assert places[-1] == (len(old), len(new))
    assert all(here != there for here, there in pairwise(places))


def test_how_both_begin_and_end_is_matched_when_all_is_spent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(matching, "MOST_STEPS", 0)
    codes = BoundedMatcher("head old tail", "head newer tail").get_opcodes()
    assert [tag for tag, *_ in codes] == ["equal", "replace", "equal"]
    assert codes[0][2] == len("head ")


def test_work_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred times the words, by three that repeat: the steps are those allowed, and few calls."""
    monkeypatch.setattr(matching, "MOST_STEPS", 100_000)
    chance = random.Random(1)
    old = [chance.choice(("một", "hai", "ba")) for _ in range(20_000)]
    new = [word if at % 3 else f"x{word}" for at, word in enumerate(old)]
    matcher = BoundedMatcher(old, new)
    asked = 0
    find = matcher.find_longest_match

    def counted(*where: int) -> object:
        nonlocal asked
        asked += 1
        return find(*where)

    monkeypatch.setattr(matcher, "find_longest_match", counted)
    matcher.get_opcodes()
    assert asked < 10
