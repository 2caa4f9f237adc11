"""Put the temporary folders of a test run into memory, where there is enough of it.

Tests make and remove folders by the ten thousand; a disk takes a millisecond for each.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
NAME = "qmstool-tests-"  # and the number of the process
ENOUGH = 6 * 1024**3  # bytes: where less is free, memory is scarce and the disk the safer place


def use_memory() -> None:
    """Have this process and what it starts make temporary folders in one folder in memory.

    Left as it is where TMPDIR says another place, where there is no such folder or too little room
    in it, and where programs may not be run from it.
    """
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK):
        return
    room = os.statvfs(MEMORY)
    if room.f_bavail * room.f_frsize < ENOUGH or room.f_flag & os.ST_NOEXEC:
        return
    _sweep()
    folder = tempfile.mkdtemp(prefix=f"{NAME}{os.getpid()}-", dir=MEMORY)
    Path(folder).chmod(0o755)  # tests that become somebody else go through it
    os.environ["TMPDIR"] = folder
    tempfile.tempdir = None


def _sweep() -> None:
    """Remove what earlier runs left: those with tests that failed, and those that were broken off."""
    for folder in MEMORY.glob(f"{NAME}*"):
        process = folder.name.removeprefix(NAME).partition("-")[0]
        if not Path("/proc", process).exists():
            shutil.rmtree(folder, ignore_errors=True)


def leave_memory() -> None:
    """Remove what the run of this very process left, what killed programs left in it too."""
    folder = Path(os.environ.get("TMPDIR", "."))
    if folder.name.startswith(f"{NAME}{os.getpid()}-"):
        shutil.rmtree(folder, ignore_errors=True)
