"""Write a command of ours as it is to be typed next, in this folder and on this system."""

from __future__ import annotations

import sys
from pathlib import Path, PureWindowsPath

from qmstool import process, shell

NAME = "qmstool"


def command_line(*words: str) -> str:
    """Return a command with its words."""
    started = program(next(iter(sys.argv), ""))
    return " ".join([shell.start(started), shell.join(*words)])


def program(started: str) -> str:
    """Return how qmstool is started again; `started`: how it was started.

    Its name alone where the system finds it; else its path, short where it lies below this folder.
    """
    path = PureWindowsPath(started) if shell.is_windows() else Path(started)
    if path.stem.casefold() != NAME or path.suffix not in {"", ".exe"} or process.find(NAME):
        return NAME
    path = path.with_suffix("")
    here = str(Path.cwd())
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
