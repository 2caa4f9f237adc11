"""Start programs: git, ssh-keygen, mkdocs. The only module that does.

Argument lists are fixed: no shell, and no option is taken from what a file says.
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
    "-c", "core.quotepath=off", "-c", "color.ui=never", "-c", "log.showSignature=false",
    "-c", "log.follow=false", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null",
    "-c", "diff.external=", "-c", "protocol.allow=never",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a finished program left: exit status and both streams."""

    status: int
    stdout: bytes
    stderr: str


def _environment(extra: Mapping[str, str] | None) -> dict[str, str]:
    """Return the user's environment without what would change git's answers, and with `extra`."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    variables |= {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C.UTF-8"}
    # Grafts rewrite history, and no option turns them off.
    variables["GIT_GRAFT_FILE"] = os.devnull
    # Otherwise git log flushes the pipe after every commit.
    variables["GIT_FLUSH"] = "0"
    return variables | dict(extra or {})


def run(
    command: Sequence[str],
    *,
    folder: Path | None = None,
    stdin: bytes | None = None,
    environment: Mapping[str, str] | None = None,
    seconds: float | None = None,
) -> Outcome:
    """Run a program to its end.

    `environment`: variables beside the user's own. Raises QmsError where the program is not
    installed or takes longer than `seconds`.
    """
    import shutil
    import subprocess

    program = command[0]
    if shutil.which(program) is None:
        raise _not_installed(program)
    try:
        done = subprocess.run(
            list(command),
            cwd=folder,
            input=stdin or b"",
            capture_output=True,
            env=_environment(environment),
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _too_slow(program, seconds) from error
    return Outcome(done.returncode, done.stdout, done.stderr.decode("utf-8", errors="replace"))


def _not_installed(program: str) -> QmsError:
    return QmsError(
        Text(
            f"Máy này chưa cài «{program}». Hãy cài rồi chạy lại.",
            f"«{program}» is not installed on this machine. Install it and run again.",
        )
    )


def _too_slow(program: str, seconds: float | None) -> QmsError:
    return QmsError(
        Text(
            f"«{program}» chạy quá {seconds} giây nên đã bị dừng. Hãy chạy lại; nếu "
            "vẫn vậy, báo người quản trị.",
            f"«{program}» took longer than {seconds} s and was stopped. Try again; if "
            "it happens again, tell the administrator.",
        )
    )


def git(folder: Path, *arguments: str, stdin: bytes | None = None) -> Outcome:
    """Run git in a folder, whatever the user's own settings are."""
    return run((*GIT, *arguments), folder=folder, stdin=stdin)


def stream(command: Sequence[str], *, folder: Path, size: int = 1 << 18) -> Iterator[bytes]:
    """Run a program and yield its output as it comes, in blocks of at most `size` bytes.

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
