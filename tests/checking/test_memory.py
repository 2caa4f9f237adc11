"""A check leaves nothing for the garbage collector: no value leads back to itself."""

from __future__ import annotations

import gc

from tests.support.manuals import checked, overlaid


def test_a_second_check_in_one_process_leaves_no_cycle_behind() -> None:
    # The first one fills what is kept for good: compiled patterns, the package's word lists.
    checked(overlaid({}), history=True)
    gc.collect()
    gc.disable()
    try:
        checked(overlaid({}), history=True)
        unreachable = gc.collect()
    finally:
        gc.enable()

    assert unreachable == 0


def test_a_second_check_in_one_process_keeps_nothing() -> None:
    checked(overlaid({}), history=True)
    gc.collect()
    before = len(gc.get_objects())

    checked(overlaid({}), history=True)
    gc.collect()

    assert len(gc.get_objects()) <= before
