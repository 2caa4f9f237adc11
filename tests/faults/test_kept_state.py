"""What is kept from run to run is filled with zeros, or given to another user, while a run reads it.

Or another run writes it meanwhile, or the disk fills up within it. No answer changes, and no page.
CI spoils it at a few steps of one command, QMS_FAULTS at as many as it says.
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
from tests.support.fault_kinds import Fault

KEEPING = ["check", "check --facts", "check --history", "build over a site"]
AT_LEAST = 2  # steps of each


@pytest.mark.slow
@pytest.mark.parametrize("name", KEEPING if EVERY else ["check --facts"])
def test_what_is_kept_and_spoilt_changes_no_answer(
    name: str,
    scene_of: Callable[..., Scene],
    capsys: pytest.CaptureFixture[str],
) -> None:
    scene = scene_of(name)
    fresh = scene.keep_much()
    problems = {}
    faults = [Fault.POISONED, *((Fault.CUT_SHORT, Fault.OTHER_RUN) if EVERY else ())]
    if os.geteuid() == 0:  # only root gives files away
        faults.append(Fault.FOREIGN)
    for fault in faults:
        steps = scene.steps_with_kept(fault)
        assert steps, "nothing that was kept was read"
        count = min(len(steps), max(AT_LEAST, STEPS))
        for at in random.Random(f"{SEED} {name}").sample(steps, count):
            found = scene.spoilt(at, fault, fresh)
            if found:
                problems[f"{fault.value} at {at}"] = found
        if EVERY:
            with capsys.disabled():
                sys.stderr.write(f"| {name} | {fault.value} | {count} of {len(steps)} |\n")
    assert problems == {}
