"""How many lines of the package some work runs: the same on every machine, however busy it is."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import qmstool

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

HOME = qmstool.__path__[0]
MUCH = 8


def steps(work: Callable[[], object]) -> int:
    """Count the lines of the package that some work runs; a loop on one line counts each time."""
    count = 0

    def counted(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        if not frame.f_code.co_filename.startswith(HOME):
            return None
        count += event == "line"
        return counted

    before = sys.gettrace()
    sys.settrace(counted)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def steps_grow_with_square(made: Callable[[int], Callable[[], object]], count: int) -> bool:
    """Whether the work for four times as much runs far more than four times as many lines."""
    once = steps(made(count))
    assert once >= count
    return steps(made(4 * count)) >= MUCH * once
