"""Faults at every step of every command that writes: what was there stays whole, the next run works.

CI breaks each command at a step or two. QMS_FAULTS=all breaks each at every step, a long one at a
hundred of them, spread over all kinds of steps (QMS_FAULTS=8 at eight), and prints the rows of
docs/reliability.md.
"""

from __future__ import annotations

import os
import random
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.shared import made_once

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

if not hasattr(os, "fork"):
    pytest.skip("processes are forked here", allow_module_level=True)

from tests.support.fault_commands import COMMANDS, make_home
from tests.support.fault_kinds import Fault
from tests.support.fault_scenes import DAY, Scene, spread
from tests.support.faults import Breaker

ASKED = os.environ.get("QMS_FAULTS", "")
EVERY = bool(ASKED)
# At most, of each command and by each fault.
STEPS = int(ASKED) if ASKED.isdigit() else 100 if EVERY else 1
SEED = int(os.environ.get("QMS_FUZZ_SEED", "20261128"))
ANYWHERE = [each for each in Fault if not each.while_read and not each.of_kept_state]
# Read without writing any text, or dear: broken by `just long` alone.
LONG = {
    *(
        "check",
        "check --history",
        "register",
        "trail",
        "verify",
        "build",
        "build over a site",
        "serve",
        "release prepare",
    ),
    *("init", "schema", "matrix", "history", "diff", "as-of", "distribution", "opinions"),
    *("record review --save", "import --update"),
    *("handover", "explain", "record opinion", "record copy", "record reading"),
    *("release dossier", "release tag", "release adopt", "check --write-known", "check --facts"),
    *("check --format xlsx", "register --format xlsx", "export pdf, the whole"),
    *("export pdf --register", "export pdf --dossier", "export docx --dossier"),
    "export docx --compare",
}


@pytest.fixture
def breaker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Breaker]:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("QMSTOOL_FACTS_SECRET", "of nobody, and long enough for this")
    monkeypatch.delenv("CI", raising=False)  # where nothing is kept
    with Breaker() as started:
        yield started


def home_of_faults(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "home-of-faults", make_home)


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in COMMANDS if EVERY or name not in LONG])
def test_a_command_broken_at_any_step_leaves_all_whole_and_runs_again(
    name: str,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    breaker: Breaker,
    capsys: pytest.CaptureFixture[str],
) -> None:
    template = home_of_faults(tmp_path_factory)
    scene = Scene(breaker, template, tmp_path / "home", COMMANDS[name], warmed=EVERY)
    assert scene.whole.status == scene.command.done, scene.whole.said
    chance = random.Random(f"{SEED} {name}")
    problems = {}
    others = [each for each in ANYWHERE if each is not Fault.KILLED]
    for fault in ANYWHERE if EVERY else (Fault.KILLED, chance.choice(others)):
        tried = spread(scene.whole.steps, STEPS, chance, starts_only=fault.at_starts)
        ends = set()
        for at in tried:
            end, found = scene.troubles(at, fault)
            ends.add(end)
            if found:
                problems[f"{fault.value} at {at}, {scene.whole.steps[at - 1]}"] = found
        if EVERY:
            with capsys.disabled():
                row = (name, fault.value, str(len(tried)), ", ".join(sorted(ends)))
                sys.stderr.write(f"| {' | '.join(row)} |\n")
    assert problems == {}


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS if EVERY else ["rename", "record copy"])
def test_two_runs_at_once_leave_what_one_leaves(
    name: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, breaker: Breaker
) -> None:
    template = home_of_faults(tmp_path_factory)
    scene = Scene(breaker, template, tmp_path / "home", COMMANDS[name])
    scene.renew()
    done = breaker.run_at_once(scene.words())
    assert scene.aftermath(done)[1] == []
