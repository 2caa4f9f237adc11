"""What a command made is held to the end of its process, and nowhere else."""

from __future__ import annotations

import gc
import weakref
from typing import TYPE_CHECKING

from qmstool.cli import lifetime, main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


class _Value:
    """Something that may end."""


def test_a_process_that_goes_on_lets_go_of_what_a_command_made() -> None:
    value = _Value()
    seen = weakref.ref(value)
    lifetime.hold(value)
    del value
    gc.collect()
    assert seen() is None


def test_a_process_that_ends_with_its_command_lets_go_of_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lifetime, "_held", [])
    lifetime.end_with_command(is_short=True)
    try:
        value = _Value()
        seen = weakref.ref(value)
        lifetime.hold(value)
        del value
        gc.collect()
        assert seen() is not None
    finally:
        lifetime.end_with_command(is_short=False)


def test_a_command_that_is_called_holds_nothing(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A test, or another program, may call many."""
    held: list[object] = []
    monkeypatch.setattr(lifetime, "_held", held)
    assert main.main(["check", "--root", str(tiny)]) in {0, 1}
    assert held == []
