"""Start programs: git, ssh-keygen, mkdocs, LibreOffice, this package again; nobody else does.

Argument lists are fixed: no shell, and no option is taken from what a file says.
"""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.i18n import QmsError, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing.process import BaseProcess
    from pathlib import Path

# A user's own git settings must not change an answer, nor reach the network: colours, signatures in
# logs, rename settings.
SETTINGS = {
    "core.quotepath": "off",
    # It would speak of our GIT_GRAFT_FILE in every complaint.
    "advice.graftFileDeprecated": "false",
    "color.ui": "never",
    "log.showSignature": "false",
    "log.follow": "false",
    # What it says of parents git believes without a look at the commits.
    "core.commitGraph": "false",
    "core.fsmonitor": "false",
    "core.hooksPath": "/dev/null",
    "diff.external": "",
    # To tidy up after a commit is nobody's wish here, and runs a hook of its own.
    "gc.auto": "0",
    "maintenance.auto": "false",
    "protocol.allow": "never",
}


def _git_command() -> tuple[str, ...]:
    """Return how git is started: the settings again as options, for a git older than 2.31."""
    command = ["git", "--no-pager", "--no-replace-objects", "--literal-pathspecs"]
    for name, value in SETTINGS.items():
        command += ["-c", f"{name}={value}"]
    return tuple(command)


GIT = _git_command()
# Set to nothing it is as good as not set, save for programs that take that for a number.
BUILD_DATE = "SOURCE_DATE_EPOCH"
BLOCK = 1 << 18  # bytes of a program's output that are handed on at once


def _git_variables() -> dict[str, str]:
    """Return the variables that every git of ours runs with, whoever starts it."""
    variables = {
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_LITERAL_PATHSPECS": "1",
        # Grafts rewrite history, and no option turns them off.
        "GIT_GRAFT_FILE": os.devnull,
        # Otherwise git log flushes the pipe after every commit.
        "GIT_FLUSH": "0",
        # A partial clone fetches what it lacks when it is asked for. `protocol.allow` alone does
        # not stop that: a user's own `protocol.https.allow` outranks it. This list outranks both.
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOW_PROTOCOL": "none",
        # GitPython looks for git when it is imported, and would raise where there is none.
        "GIT_PYTHON_REFRESH": "quiet",
        "GIT_CONFIG_COUNT": str(len(SETTINGS)),
    }
    for number, (name, value) in enumerate(SETTINGS.items()):
        variables[f"GIT_CONFIG_KEY_{number}"] = name
        variables[f"GIT_CONFIG_VALUE_{number}"] = value
    return variables


GIT_VARIABLES: Mapping[str, str] = _git_variables()


@contextlib.contextmanager
def settled_environment() -> Iterator[None]:
    """Take every inherited `GIT_*` out of this process's environment, and put ours there.

    A hook of git, a server and a user's profile leave variables that name another repository,
    another index or another program. What is started within, by whatever library, has none of
    them, nor a day of building that is set to nothing. Afterwards they are as they were.
    """
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name.startswith("GIT_") or (name == BUILD_DATE and not value)
    }
    for name in inherited:
        del os.environ[name]
    os.environ.update(GIT_VARIABLES)
    try:
        yield
    finally:
        for name in GIT_VARIABLES:
            os.environ.pop(name, None)
        os.environ.update(inherited)


def is_settled() -> bool:
    """Whether no variable but ours tells git, or a library in this process, what to do."""
    theirs = {name: value for name, value in os.environ.items() if name.startswith("GIT_")}
    return theirs.items() <= GIT_VARIABLES.items()


class ProgramError(QmsError):
    """A program ended badly; `words` is what it wrote of it."""

    def __init__(self, program: str, words: str) -> None:
        self.words = words
        super().__init__(Text(f"«{program}» báo lỗi: {words}", f"«{program}» failed: {words}"))


class StoppedError(QmsError):
    """A program was stopped by the system, or by somebody, before it answered."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a finished program left: exit status and both streams."""

    status: int
    stdout: bytes
    stderr: str


def _environment(extra: Mapping[str, str] | None) -> dict[str, str]:
    """Return the user's environment without what would change git's answers, and with `extra`."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {**variables, **GIT_VARIABLES, "LC_ALL": "C.UTF-8", **(extra or {})}


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
    import subprocess

    require(command[0])
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
        raise _too_slow(command[0], seconds) from error
    return Outcome(done.returncode, done.stdout, done.stderr.decode("utf-8", errors="replace"))


def find(program: str) -> str:
    """Return the path of a program, "" where it is not installed."""
    import shutil

    return shutil.which(program) or ""


def require(program: str) -> None:
    """Make sure that a program is installed. Raises QmsError where it is not."""
    if not find(program):
        raise _not_installed(program)


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


def stopped(program: str) -> StoppedError:
    """Return the error for a program that the system, or somebody, stopped before it answered."""
    return StoppedError(
        Text(
            f"«{program}» bị dừng giữa chừng nên chưa trả lời (máy hết bộ nhớ, hay có người tắt "
            "nó). Hãy đóng bớt chương trình rồi chạy lại lệnh.",
            f"«{program}» was stopped before it answered (no memory was left, or somebody ended "
            "it). Close other programs, then run the command again.",
        )
    )


def git(
    folder: Path, *arguments: str, stdin: bytes | None = None, index: Path | None = None
) -> Outcome:
    """Run git in a folder, whatever the user's own settings are.

    `index`: the one to use instead of the repository's own. Raises QmsError where it was stopped:
    that is no answer, and no «no» either.
    """
    variables = {} if index is None else {"GIT_INDEX_FILE": str(index)}
    done = run((*GIT, *arguments), folder=folder, stdin=stdin, environment=variables)
    if done.status < 0:
        raise stopped("git")
    return done


def stream(command: Sequence[str], *, folder: Path) -> Iterator[bytes]:
    """Run a program and yield its output as it comes, in blocks of at most `BLOCK` bytes.

    Raises ProgramError when it ends badly, and QmsError where it was stopped.
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
        while block := running.stdout.read(BLOCK):
            yield block
        words = running.stderr.read().decode("utf-8", errors="replace").strip()
    if running.returncode < 0:
        raise stopped(command[0])
    if running.returncode:
        raise ProgramError(command[0], words)


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def fresh_processes(count: int) -> ProcessPoolExecutor:
    """Return so many processes of this package, begun when they are first given work.

    They are started afresh, not forked: a fork would copy threads that hold locks. Each ends with
    this one. Raises OSError or NotImplementedError where the system lets nobody start any.
    """
    # Few commands need them.
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    return ProcessPoolExecutor(count, get_context("spawn"), initializer=_die_with_parent)


def _die_with_parent() -> None:
    """End this process when the one that started it is killed: nobody would ever ask it again."""
    import threading
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_wait_for, args=(parent,), daemon=True).start()


def _wait_for(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)  # noqa: TID251 - nobody is left to whom this process could answer
