"""What breaks commands at their steps, and the scenes in which they are broken.

Imports stand within: on a system that forks no processes the tests beside are skipped, and said to
be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.shared import made_once

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.support.fault_scenes import Scene
    from tests.support.faults import Breaker


@pytest.fixture
def breaker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Breaker]:
    from tests.support.fault_scenes import DAY
    from tests.support.faults import Breaker

    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("QMSTOOL_FACTS_SECRET", "of nobody, and long enough for this")
    monkeypatch.delenv("CI", raising=False)  # where nothing is kept
    with Breaker() as started:
        yield started


@pytest.fixture
def scene_of(
    breaker: Breaker, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., Scene]:
    """Give the scene of a command by its name; `warmed` as for `Scene`."""
    from tests.support.fault_commands import COMMANDS, make_home
    from tests.support.fault_scenes import Scene

    template = made_once(tmp_path_factory, "home-of-faults", make_home)

    def scene(name: str, *, warmed: bool = False) -> Scene:
        return Scene(breaker, template, tmp_path / "home", COMMANDS[name], warmed=warmed)

    return scene
