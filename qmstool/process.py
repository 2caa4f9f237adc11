"""The only room that starts programs: git, ssh-keygen, mkdocs.

Fixed argument lists, no shell, no option out of content.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.i18n import QmsError, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

# A user's own git settings must not change an answer: colours, signatures in logs, rename settings,
# replaced objects.
GIT = (
    "git", "--no-pager", "--no-replace-objects", "--literal-pathspecs",
    "-c", "core.quotepath=off", "-c", "color.ui=never", "-c", "log.showSignature=false", "-c", "log.follow=false",
    "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "diff.external=", "-c", "protocol.allow=never",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a finished program left: exit status and both streams."""

    status: int
    stdout: bytes
    stderr: str


def _environment(extra: Mapping[str, str] | None) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    kept |= {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C.UTF-8"}
    # Grafts rewrite history and no option turns them off; git log would otherwise flush the pipe
    # after every commit.
    kept |= {"GIT_GRAFT_FILE": os.devnull, "GIT_FLUSH": "0"}
    return kept | dict(extra or {})


def run(
    command: Sequence[str],
    *,
    folder: Path | None = None,
    stdin: bytes | None = None,
    environment: Mapping[str, str] | None = None,
    seconds: float | None = None,
) -> Outcome:
    """Run a program to its end.

    Raises QmsError where the program is not installed or takes longer than `seconds`.
    """
    import shutil
    import subprocess

    if shutil.which(command[0]) is None:
        raise QmsError(
            Text(
                f"Máy này chưa cài «{command[0]}». Hãy cài rồi chạy lại.",
                f"«{command[0]}» is not installed on this machine. Install it and run again.",
            )
        )
    try:
        done = subprocess.run(
            list(command),
            cwd=folder,
            input=stdin if stdin is not None else b"",
            capture_output=True,
            env=_environment(environment),
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise QmsError(
            Text(
                (
                    f"«{command[0]}» chạy quá {seconds} giây nên đã bị dừng. Hãy chạy lại; nếu "
                    "vẫn vậy, báo người quản trị."
                ),
                f"«{command[0]}» took longer than {seconds} s and was stopped. Try again; if "
                "it happens again, tell the "
                "administrator.",
            ),
        ) from error
    return Outcome(done.returncode, done.stdout, done.stderr.decode("utf-8", errors="replace"))


def git(folder: Path, *arguments: str, stdin: bytes | None = None) -> Outcome:
    """Run git in a folder, deaf to the user's own settings."""
    return run((*GIT, *arguments), folder=folder, stdin=stdin)


def stream(command: Sequence[str], *, folder: Path, size: int = 1 << 18) -> Iterator[bytes]:
    """Run a program and yield its output in blocks as it comes.

    Raises QmsError when it ends badly.
    """
    import subprocess

    with subprocess.Popen(
        list(command),
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(None),
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        while block := running.stdout.read(size):
            yield block
        words = running.stderr.read().decode("utf-8", errors="replace").strip()
    if running.returncode:
        raise QmsError(Text(f"«{command[0]}» báo lỗi: {words}", f"«{command[0]}» failed: {words}"))
