"""Runs that are killed or told to end, as real processes: what stays of them, and for how long."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.cli.scenes import make_scene

if TYPE_CHECKING:
    from collections.abc import Iterator


pytestmark = pytest.mark.slow

PATIENCE = 120  # seconds
WORK = "qmstool-*"


class Runs:
    """Commands begun in one manual, with temporary folders of their own beside it."""

    def __init__(self, home: Path) -> None:
        self.root = home / "kho"
        self.temporary = home / "tmp"
        self.temporary.mkdir()
        make_scene(self.root)
        self.environment = {
            **os.environ,
            "TMPDIR": str(self.temporary),
            "PYTHONPATH": str(Path.cwd()),
        }
        self.begun: list[subprocess.Popen[bytes]] = []

    def begin(self, *words: str) -> subprocess.Popen[bytes]:
        """Begin a command, and wait until it is at work in a temporary folder."""
        before = self.folders()
        run = subprocess.Popen(
            [sys.executable, "-m", "qmstool", *words, "--root", str(self.root)],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.begun.append(run)
        end = time.monotonic() + PATIENCE
        while not any(map(has_work, self.folders() - before)):
            assert run.poll() is None
            assert time.monotonic() < end
            time.sleep(0.05)
        return run

    def check(self) -> None:
        """Run a command that makes no folder of its own."""
        words = [sys.executable, "-m", "qmstool", "check", "--root", str(self.root)]
        done = subprocess.run(words, env=self.environment, capture_output=True, check=False)
        assert done.returncode in {0, 1}

    def folders(self) -> set[Path]:
        return set(self.temporary.glob(WORK))


def has_work(folder: Path) -> bool:
    return any(folder.iterdir())


@pytest.fixture
def runs(tmp_path: Path) -> Iterator[Runs]:
    runs = Runs(tmp_path)
    yield runs
    for run in runs.begun:
        if run.poll() is None:
            run.kill()
        run.wait()


def end(run: subprocess.Popen[bytes], number: signal.Signals) -> int:
    run.send_signal(number)
    return run.wait(PATIENCE)


def test_the_next_run_clears_what_a_killed_one_left_and_nothing_of_one_that_lives(
    runs: Runs,
) -> None:
    living = runs.begin("serve", "--port", "0")
    kept = runs.folders()
    killed = runs.begin("serve", "--port", "0")
    assert end(killed, signal.SIGKILL) == -signal.SIGKILL
    assert len(runs.folders()) == 2
    runs.check()
    assert runs.folders() == kept
    assert end(living, signal.SIGTERM) == 128 + signal.SIGTERM
    assert runs.folders() == set()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_pack_that_was_broken_off_leaves_nothing_behind_the_next_run(
    runs: Runs, number: signal.Signals
) -> None:
    pack = runs.temporary.parent / "goi.zip"
    end(runs.begin("export", "pack", "--output", str(pack)), number)
    assert not pack.exists()
    if number is signal.SIGKILL:
        runs.check()
    assert runs.folders() == set()
