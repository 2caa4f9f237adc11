"""Options and fixtures of all tests."""

from __future__ import annotations

import asyncio
import atexit
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.manuals import tiny as tiny_files
from tests.support.temporary import leave_memory, use_memory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Tests guard a branch: nothing is recalled from this person's earlier checks, nor left among them.
os.environ["CI"] = "true"
# Help is laid out the same in a narrow terminal, in a wide one and in a worker without any.
os.environ["COLUMNS"] = "120"
use_memory()

GOLDEN = Path(__file__).parent / "data" / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write what the tests get into tests/data/golden",
    )


def pytest_xdist_auto_num_workers() -> int:
    """Two workers more than processors: browser, git and LibreOffice are waited for half the time."""
    return (
        len(os.sched_getaffinity(0)) + 2
        if hasattr(os, "sched_getaffinity")
        else (os.cpu_count() or 1) + 2
    )


def pytest_sessionfinish(exitstatus: int) -> None:
    """Keep the folders of tests that failed; those of a run that passed go, once its workers are gone."""
    if exitstatus == pytest.ExitCode.OK:
        atexit.register(leave_memory)


@pytest.fixture
def no_running_loop() -> Iterator[None]:
    """Hide the event loop of a browser that tests before this one left open in their worker.

    What signs a PDF, and what judges its signatures, each begin a loop of their own.
    """
    loop = asyncio.events._get_running_loop()
    asyncio.events._set_running_loop(None)
    yield
    asyncio.events._set_running_loop(loop)


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """The tiny manual as a folder of its own."""
    for path, data in tiny_files().items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return tmp_path


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], str]:
    """Return what the golden file of a name says of a text.

    With --update-golden the text is written there first.
    """

    def expected(name: str, text: str) -> str:
        file = GOLDEN / name
        if request.config.getoption("--update-golden"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())
        return file.read_bytes().decode()

    return expected
