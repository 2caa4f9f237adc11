"""Write command lines as the shell of this system takes them: quoted, and one after the other.

Windows has two shells, PowerShell and cmd. Both know double quotation marks; its PowerShell knows
no `&&`, and cmd no `;` and no single marks. So a line for Windows holds one command.
"""

from __future__ import annotations

import os
import sys

_READ_ON_WINDOWS = " &()^;,'`$%@{}<>|"


def is_windows() -> bool:
    """Whether a line is to be typed on Windows."""
    return sys.platform == "win32"


def quote(word: str) -> str:
    """Return a word as it is typed: in quotation marks where the shell would cut or read it."""
    if not is_windows():
        import shlex  # noqa: PLC0415 - most runs show no command

        return shlex.quote(word)
    apart = not word or any(sign in _READ_ON_WINDOWS for sign in word)
    # No name of a file holds such a mark there, and no text that we print needs one.
    return '"{}"'.format(word.replace('"', "'")) if apart else word


def join(*words: str) -> str:
    """Return a command of some words."""
    return " ".join(map(quote, words))


def start(path: str) -> str:
    """Return how a program is started by its path."""
    quoted = quote(path)
    # PowerShell takes what begins with a mark for a text; cmd alone sets PROMPT.
    return (
        f"& {quoted}" if quoted != path and is_windows() and "PROMPT" not in os.environ else quoted
    )


def one_by_one(*commands: str) -> str:
    """Return commands of which each is run if the one before it succeeded."""
    return "\n".join(["", *commands]) if is_windows() else " && ".join(commands)


def into_file(command: str, path: str) -> str:
    """Return a command whose output becomes a file, byte for byte."""
    line = f"{command} > {quote(path)}"
    # PowerShell itself would write the output anew, as UTF-16.
    return f'cmd /c "{line}"' if is_windows() else line


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
