"""Share what is dear to make between the workers of one test run: one makes it, the others wait for
it.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

PATIENCE = 300  # seconds until a waiting worker gives up


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return a folder filled by `make`, once in a test run; without workers, in this process.

    The folder belongs to all: a test that changes what lies in it works on a copy. Making a
    directory is atomic, so the worker that makes the folder is the one that fills it.
    """
    base = factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    folder, ready, failed = (shared / f"{name}{end}" for end in ("", ".ready", ".failed"))
    try:
        folder.mkdir()
    except FileExistsError:
        _wait(ready, failed)
        return folder
    try:
        make(folder)
    except BaseException:
        failed.mkdir()
        raise
    ready.mkdir()
    return folder


def _wait(ready: Path, failed: Path) -> None:
    end = time.monotonic() + PATIENCE
    while not ready.exists():
        if failed.exists():
            raise RuntimeError(f"another worker failed to make {ready.stem}")
        if time.monotonic() > end:
            raise TimeoutError(f"nobody has made {ready.stem} in {PATIENCE} s")
        time.sleep(0.05)
