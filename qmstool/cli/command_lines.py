"""Write a command of ours as it is to be typed next, in this folder and on this system."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path, PureWindowsPath

from qmstool import process

NAME = "qmstool"


def command_line(*words: str, windows: bool | None = None) -> str:
    """Return a command with its words, those with blanks in quotation marks.

    `windows`: whether for its two shells, which both know double ones alone; by default as here.
    """
    windows = sys.platform == "win32" if windows is None else windows
    line = [program(sys.argv[0] if sys.argv else "", windows=windows), *words]
    if windows:
        return " ".join(f'"{word}"' if _is_apart(word) else word for word in line)
    return shlex.join(line)


def program(started: str, *, windows: bool) -> str:
    """Return how qmstool is started again; `started`: how it was started.

    Its name alone where the system finds it; else its path, short where it lies below this folder.
    """
    path = PureWindowsPath(started) if windows else Path(started)
    if path.stem.casefold() != NAME or path.suffix not in {"", ".exe"} or process.find(NAME):
        return NAME
    path = path.with_suffix("")
    here = str(Path.cwd())
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def _is_apart(word: str) -> bool:
    """Whether a shell of Windows would cut a word or read a sign of it."""
    return not word or any(sign in " &()^;,'`$%@{}" for sign in word)
