"""What a test needs of its machine.

Where it is missing a test skips; CI has all of it and forbids the skip (QMS_REQUIRE_ALL).
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

CHROMIUM = "/usr/bin/chromium"
NOBODY = 65534
REQUIRED = bool(os.environ.get("QMS_REQUIRE_ALL"))


def needs(program: str) -> pytest.MarkDecorator:
    """Skip where a program is not installed."""
    return pytest.mark.skipif(
        not shutil.which(program) and not REQUIRED, reason=f"no {program} on this machine"
    )


@contextlib.contextmanager
def time_limit(seconds: float = 60) -> Iterator[None]:
    """Fail what hangs.

    Seconds of its own CPU, so that other work on the machine is no fault; no claim of speed.
    """

    def hung(*_: object) -> None:
        raise AssertionError(f"no end after {seconds:.0f} s of CPU")

    if not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGVTALRM, hung)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@contextlib.contextmanager
def as_nobody(folder: str) -> Iterator[None]:
    """Work in `folder` as a user without rights: root may read everything."""
    if not hasattr(os, "setresuid") or os.geteuid() != 0:
        yield
        return
    os.chown(folder, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)
