"""Somebody rewrites all texts, or pulls, while a command reads them: it makes one version or none.

A page of before beside a register of after would tell what nobody wrote. CI changes the texts at a
few steps of two commands; QMS_FAULTS at as many steps as it says, of every command that reads.
"""

from __future__ import annotations

import os
import random
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.fault_scenes import Scene

if not hasattr(os, "fork"):
    pytest.skip("processes are forked here", allow_module_level=True)

from tests.support.asked_faults import EVERY, SEED, STEPS
from tests.support.fault_commands import COMMANDS
from tests.support.fault_kinds import Fault

# What writes into the manual's own texts is told when it has lost a line of somebody else's.
WRITING = {"check --fix", "init", "import", "import --update", "new", "rename", "renumber"}
WRITING |= {"withdraw", "serve", "explain", "record review --save", "build over a site"}
READING = [name for name in COMMANDS if name not in WRITING]
AT_LEAST = 3  # steps of each


@pytest.mark.slow
@pytest.mark.parametrize("fault", [Fault.REWRITTEN, Fault.PULLED])
@pytest.mark.parametrize("name", READING if EVERY else ["register", "as-of"])
def test_what_is_made_while_somebody_saves_is_of_one_version(
    name: str,
    fault: Fault,
    scene_of: Callable[..., Scene],
    capsys: pytest.CaptureFixture[str],
) -> None:
    scene = scene_of(name, warmed=EVERY)
    *versions, steps = scene.two_versions(fault)
    count = min(len(steps), max(AT_LEAST, STEPS))
    chosen = sorted(random.Random(f"{SEED} {name}").sample(range(1, len(steps) + 1), count))
    problems = {}
    for at in chosen:
        found = scene.mixed(at, fault, (versions[0], versions[1]))
        if found:
            problems[f"at {at}, {steps[at - 1]}"] = found
    if EVERY:
        with capsys.disabled():
            told = f"{count} of {len(steps)} | {len(problems)} of no version"
            sys.stderr.write(f"| {name} | {fault.value} | {told} |\n")
    assert problems == {}
