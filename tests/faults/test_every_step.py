"""Faults at every step of every command that writes: what was there stays whole, the next run works.

CI breaks each command at a step or two. QMS_FAULTS=all breaks each at every step, a long one at a
hundred of them, spread over all kinds of steps (QMS_FAULTS=8 at eight), and prints the rows of the
matrix of docs/reliability.md (`tests/support/fault_matrix.py`).
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
    from tests.support.faults import Breaker

if not hasattr(os, "fork"):
    pytest.skip("processes are forked here", allow_module_level=True)

from tests.support.asked_faults import EVERY, SEED, STEPS
from tests.support.fault_commands import COMMANDS
from tests.support.fault_kinds import Fault
from tests.support.fault_matrix import ANYWHERE, row
from tests.support.fault_scenes import spread

# Read without writing any text, or dear: broken by `just long` alone.
LONG = {
    "as-of", "build", "build over a site", "check", "check --facts", "check --format xlsx",
    "check --history", "check --write-known", "diff", "distribution", "explain",
    "export docx --compare", "export docx --dossier", "export pdf --dossier",
    "export pdf --register", "export pdf, the whole", "handover", "history", "import --update",
    "init", "matrix", "opinions", "record copy", "record opinion", "record reading",
    "record review --save", "register", "register --format xlsx", "release adopt",
    "release dossier", "release prepare", "release tag", "schema", "serve", "trail", "verify",
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in COMMANDS if EVERY or name not in LONG])
def test_a_command_broken_at_any_step_leaves_all_whole_and_runs_again(
    name: str, scene_of: Callable[..., Scene], capsys: pytest.CaptureFixture[str]
) -> None:
    scene = scene_of(name, warmed=EVERY)
    assert scene.whole.status == scene.command.done, scene.whole.said
    chance = random.Random(f"{SEED} {name}")
    problems = {}
    others = [each for each in ANYWHERE if each is not Fault.KILLED]
    for fault in ANYWHERE if EVERY else (Fault.KILLED, chance.choice(others)):
        tried = spread(scene.whole.steps, STEPS, chance, fault)
        ends = []
        for at in tried:
            end, found = scene.troubles(at, fault)
            ends += [end] if end else []
            if found:
                problems[f"{fault.value} at {at}, {scene.whole.steps[at - 1]}"] = found
        if tried and not ends:
            problems[fault.value] = ["it struck nowhere"]
        if EVERY:
            steps = [each for each in scene.whole.steps if fault.may_strike(each.split()[0])]
            with capsys.disabled():
                told = row(name, fault.value, ends, len(steps))
                sys.stderr.write(told)
    assert problems == {}


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS if EVERY else ["rename", "record copy"])
def test_two_runs_at_once_leave_what_one_leaves(
    name: str, scene_of: Callable[..., Scene], breaker: Breaker
) -> None:
    scene = scene_of(name)
    scene.renew()
    done = breaker.run_at_once(scene.words())
    assert scene.aftermath(done)[1] == []
