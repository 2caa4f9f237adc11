"""What was made of the last few files stays at hand, and of no more."""

from __future__ import annotations

from qmstool.parsing.at_hand import FILES_AT_HAND, AtHand


class _Equal:
    """A value like all others of its class: only by identity can they be told apart."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Equal)

    def __hash__(self) -> int:
        return 0


def _counting() -> tuple[AtHand[_Equal, int], list[_Equal]]:
    """What numbers each value that it is made of, and the values of which something was made."""
    made: list[_Equal] = []

    def make(value: _Equal) -> int:
        made.append(value)
        return len(made)

    return AtHand(make), made


def test_what_was_made_of_a_value_is_made_once() -> None:
    at_hand, made = _counting()
    values = [_Equal() for _ in range(FILES_AT_HAND)]
    first = [at_hand.of(value) for value in values]
    assert [at_hand.of(value) for value in values] == first
    assert len(made) == len(values) == len(set(first))


def test_one_more_lets_the_first_go_and_no_other() -> None:
    at_hand, made = _counting()
    values = [_Equal() for _ in range(FILES_AT_HAND + 1)]
    for value in (*values, *values[1:]):
        at_hand.of(value)
    assert len(made) == len(values)
    at_hand.of(values[0])
    assert len(made) == len(values) + 1
    assert made[-1] is values[0]
