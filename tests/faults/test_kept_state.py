"""What is kept from run to run is filled with zeros, or given to another user, while a run reads it.

No answer changes. CI spoils it at a few steps of one command, QMS_FAULTS at as many as it says.
"""

from __future__ import annotations

import os
import random
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.faults import Breaker

if not hasattr(os, "fork"):
    pytest.skip("processes are forked here", allow_module_level=True)

from tests.faults.test_every_step import EVERY, SEED, STEPS, breaker, home_of_faults
from tests.support.fault_commands import COMMANDS
from tests.support.fault_kinds import Fault
from tests.support.fault_scenes import Scene

__all__ = ["breaker"]

AT_LEAST = 2  # steps of each


@pytest.mark.slow
@pytest.mark.parametrize("name", ["check", "check --facts"] if EVERY else ["check --facts"])
def test_what_is_kept_and_spoilt_changes_no_answer(
    name: str,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    breaker: Breaker,
    capsys: pytest.CaptureFixture[str],
) -> None:
    template = home_of_faults(tmp_path_factory)
    scene = Scene(breaker, template, tmp_path / "home", COMMANDS[name])
    fresh, steps = scene.keep_much()
    assert steps, "nothing that was kept was read"
    count = min(len(steps), max(AT_LEAST, STEPS))
    problems = {}
    faults = [Fault.POISONED]
    if os.geteuid() == 0:  # only root gives files away
        faults.append(Fault.FOREIGN)
    for fault in faults:
        for at in random.Random(f"{SEED} {name}").sample(range(1, len(steps) + 1), count):
            found = scene.spoilt(at, fault, fresh)
            if found:
                problems[f"{fault.value} at {at}, {steps[at - 1]}"] = found
        if EVERY:
            with capsys.disabled():
                sys.stderr.write(f"| {name} | {fault.value} | {count} of {len(steps)} |\n")
    assert problems == {}
