"""Write command lines as the shell of this system takes them: quoted, and one after the other.

Windows has two shells, PowerShell and cmd. Both know double quotation marks; its PowerShell knows
no `&&`, and cmd no `;` and no single marks. So a line for Windows holds one command.
"""

from __future__ import annotations

import os
import sys

_READ_ON_WINDOWS = " \t&()^;,'‘’‚‛“”„`$%@{}<>|"
# PowerShell runs `$(…)` between double marks too, and takes the marks of a printer for its own.
_READ_BETWEEN_MARKS = "$`“”„"
_SINGLE_MARKS = "'‘’‚‛"


def is_windows() -> bool:
    """Whether a line is to be typed on Windows."""
    return sys.platform == "win32"


def quote(word: str) -> str:
    """Return a word as it is typed: in quotation marks where the shell would cut or read it."""
    if not is_windows():
        import shlex  # noqa: PLC0415 - most runs show no command

        return shlex.quote(word)
    if any(sign in _READ_BETWEEN_MARKS for sign in word) and not _is_cmd():
        return _for_powershell(word)
    return _for_either(word)


def _for_either(word: str) -> str:
    """Return a word as both shells of Windows read it, where nothing in it is PowerShell's own."""
    apart = not word or any(sign in _READ_ON_WINDOWS for sign in word)
    # No name of a file holds such a mark there, and no text that we print needs one.
    return '"{}"'.format(word.replace('"', "'")) if apart else word


def _for_powershell(word: str) -> str:
    """Return a word that PowerShell takes as it stands."""
    for mark in _SINGLE_MARKS:
        word = word.replace(mark, mark * 2)
    return f"'{word}'"


def _is_cmd() -> bool:
    """Whether the shell is the older one of Windows: cmd alone sets PROMPT."""
    return "PROMPT" in os.environ


def join(*words: str) -> str:
    """Return a command of some words."""
    return " ".join(map(quote, words))


def start(path: str) -> str:
    """Return how a program is started by its path."""
    quoted = quote(path)
    # PowerShell takes what begins with a mark for a text.
    return f"& {quoted}" if quoted != path and is_windows() and not _is_cmd() else quoted


def one_by_one(*commands: str) -> str:
    """Return commands of which each is run if the one before it succeeded."""
    return "\n".join(["", *commands]) if is_windows() else " && ".join(commands)


def into_file(command: str, path: str) -> str:
    """Return a command whose output becomes a file, byte for byte."""
    if not is_windows():
        return f"{command} > {quote(path)}"
    # PowerShell itself would write the output anew, as UTF-16.
    line = f"{command} > {_for_either(path)}"
    if '"' in line and not _is_cmd():
        return f"cmd /c {_for_powershell(line)}"
    return f'cmd /c "{line}"'


def remove(path: str) -> tuple[str, ...]:
    """Return the commands that remove a file, also one that Windows hides."""
    if not is_windows():
        return (join("rm", path),)
    own = path.replace("/", "\\")
    return (join("attrib", "-h", own), join("del", own))


def move(path: str, to: str) -> tuple[str, ...]:
    """Return the commands that move a folder or file, also one that Windows hides."""
    if not is_windows():
        return (join("mv", path, to),)
    own, aside = path.replace("/", "\\"), to.replace("/", "\\")
    return (join("attrib", "-h", own), join("move", own, aside))
