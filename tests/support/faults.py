"""Break a command at any of the steps by which it changes a disk or starts a program.

Python's audit hooks tell each step before it is done, whatever library takes it: files opened for
writing, names made, moved and removed, programs started. A command runs in a process of its own,
forked from one that has everything loaded, so that a thousand of them cost no start of Python. That
one has no threads, as a worker of pytest has: a fork would leave their locks held for ever. mkdocs
lays its pages out in the process of the command, so that its steps are broken too; its start is one.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import pkgutil
import select
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import pytest

import qmstool
from qmstool.cli.main import main
from qmstool.site.build import edition_build, preview
from tests.support.fault_kinds import (
    CHANGES,
    KEPT_FACTS,
    STARTS,
    Fault,
    fail,
    happen,
    make_dying_programs,
)
from tests.support.site.in_process import laying_out_here
from tests.support.site.replayed import lay_out_again, replay

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).parents[2]
LONGEST_PREVIEW = 120  # seconds
ROUNDS_WITHOUT = 3  # of a preview whose folder has gone
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Outcome(NamedTuple):
    """How a command ended: its status, None if it was killed; its steps; what it wrote."""

    status: int | None
    steps: list[str]
    said: str


def is_step(event: str, arguments: tuple[Any, ...], read: tuple[str, ...] = ()) -> bool:
    """Whether something that Python does changes a disk or starts a program.

    `read`: folders whose files are read at steps, too.
    """
    if event != "open":
        return event in CHANGES or event in STARTS
    path, _, flags = arguments
    if isinstance(path, int):  # a pipe to a program, or what was opened a step before
        return False
    if isinstance(path, str) and path.startswith(read) and "/.git/" not in path:
        return True
    return isinstance(flags, int) and bool(flags & WRITING) and path != os.devnull


class Breaker:
    """The process from which commands are forked; ended with the `with`."""

    def __init__(self) -> None:
        self._programs = tempfile.TemporaryDirectory()
        make_dying_programs(Path(self._programs.name))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.faults"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()
        self._programs.cleanup()

    def run(self, words: Sequence[str], at: int = 0, fault: Fault = Fault.KILLED) -> Outcome:
        """Run a command; `at`: the step, counted from 1, where the fault strikes, 0 for none."""
        return self.run_all(words, at, fault)[0]

    def run_all(self, words: Sequence[str], at: int, fault: Fault) -> list[Outcome]:
        """Run a command, and where the fault is another run, that one too; return both outcomes."""
        return self._ask([words, at, fault.value, {"dying": self._programs.name}])

    def warm(self, words: Sequence[str]) -> None:
        """Run a command in the process that is forked: what it works out, all others know."""
        self._ask([words, 0, Fault.KILLED.value, {"warm": True}])

    def run_at_once(self, words: Sequence[str], count: int = 2) -> list[Outcome]:
        """Run a command several times at the same moment."""
        return self._ask([words, 0, Fault.KILLED.value, {"count": count}])

    def run_on(self, words: Sequence[str], clock: str) -> Outcome:
        """Run a command on another day, given in seconds since 1970."""
        return self._ask([words, 0, Fault.KILLED.value, {"clock": clock}])[0]

    def run_losing(self, words: Sequence[str], folder: Path, after: int = 3) -> Outcome:
        """Run a command whose folder is moved away when it opens the next file after some there."""
        options = {"lost": str(folder), "after": after}
        return self._ask([words, 0, Fault.KILLED.value, options])[0]

    def _ask(self, request: list[Any]) -> list[Outcome]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        return [Outcome(*each) for each in json.loads(self._process.stdout.readline())]


def _serve() -> None:
    """Fork a process for each command asked for, a line each; answer with its outcome."""
    _load_everything()
    with laying_out_here(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(edition_build, "run_mkdocs", _started_mkdocs)
        replay(patch)
        _answer_requests()


def _started_mkdocs(work: Path) -> None:
    """Lay pages out here; that a program would be started for it is a step."""
    sys.audit("subprocess.Popen", "mkdocs", ["mkdocs"], None, None)
    lay_out_again(work)


def _answer_requests() -> None:
    for line in sys.stdin:
        words, at, fault, options = json.loads(line)
        if "warm" in options:
            _run_here(words)
            sys.stdout.write("[]\n")
            sys.stdout.flush()
            continue
        if Fault(fault) is Fault.OTHER_RUN:
            outcomes = _meet(words, at, options)
            sys.stdout.write(json.dumps(outcomes) + "\n")
            sys.stdout.flush()
            continue
        children = [_fork(words, at, Fault(fault), options) for _ in range(options.get("count", 1))]
        sys.stdout.write(json.dumps([_outcome(*child) for child in children]) + "\n")
        sys.stdout.flush()


def _run_here(words: Sequence[str]) -> None:
    """Run a command in this process; it has ended its threads when it has ended."""
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(io.StringIO()):
        if words[0] == "serve":
            _save_once_and_leave(Path(words[-1]), patch)
        with contextlib.redirect_stderr(sys.stdout):
            main(list(words))


def _fork(words: Sequence[str], at: int, fault: Fault, options: dict[str, Any]) -> tuple[int, int]:
    """Start a command; return its process and the pipe that it answers through."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.close(reading)
            if "clock" in options:
                os.environ["SOURCE_DATE_EPOCH"] = options["clock"]
            if words[0] == "serve":
                _save_once_and_leave(Path(words[-1]), pytest.MonkeyPatch())
            if "lost" in options:
                sys.addaudithook(_losing(options["lost"], options["after"]))
            _work(words, at, fault, writing, options)
        finally:
            os._exit(70)
    os.close(writing)
    return child, reading


def _meet(words: Sequence[str], at: int, options: dict[str, Any]) -> list[Outcome]:
    """Run a command that waits at a step until another run of it has ended, or waits for it."""
    (here, there), (waits, goes) = os.pipe(), os.pipe()
    first = _fork(words, at, Fault.OTHER_RUN, {**options, "meeting": (there, waits)})
    os.close(there)
    os.close(waits)
    runs = [first]
    if os.read(here, 1):
        other = _fork(words, 0, Fault.KILLED, {})
        runs.append(other)
        until = time.monotonic() + LONGEST_PREVIEW
        while not select.select([other[1]], [], [], 0.02)[0] and time.monotonic() < until:
            if _waits_for_a_lock(other[0]):
                break
        os.write(goes, b"x")
    outcomes = [_outcome(*run) for run in runs]
    os.close(here)
    os.close(goes)
    return outcomes


def _waits_for_a_lock(process: int) -> bool:
    """Whether a process waits for a lock of another one, as Linux tells it."""
    try:
        locks = Path("/proc/locks").read_text("utf-8")
    except OSError:
        return False
    return any("->" in line and str(process) in line.split() for line in locks.splitlines())


def _save_once_and_leave(folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Have a preview meet a save and build once more, and end by Ctrl-C as a writer ends it.

    The save changes no byte: what lies there is compared afterwards.
    """
    rounds, until = [0], time.monotonic() + LONGEST_PREVIEW

    def pause(seconds: float) -> None:
        rounds[0] += 1
        if rounds[0] == 1:
            for path in folder.glob("procedures/*.md"):
                later = path.stat().st_mtime + 1
                os.utime(path, (later, later))
        gone = rounds[0] > ROUNDS_WITHOUT and not folder.exists()
        if gone or rebuilt() or time.monotonic() > until:
            raise KeyboardInterrupt
        time.sleep(seconds)

    def rebuilt() -> bool:
        return any(each.building is None and each.builds for each in made)

    made: list[Any] = []
    first = preview._Rebuilds.__init__

    def noted(self: Any, *given: Any) -> None:
        first(self, *given)
        made.append(self)

    patch.setattr(preview._Rebuilds, "__init__", noted)
    patch.setattr(preview, "time", SimpleNamespace(sleep=pause, monotonic=time.monotonic))


def _losing(folder: str, after: int) -> Callable[[str, tuple[Any, ...]], None]:
    """Return what moves a folder away once some of its files have been opened."""
    opened = [0]

    def notice(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and str(arguments[0]).startswith(folder):
            opened[0] += 1
            if opened[0] == after:
                os.rename(folder, f"{folder}-away")  # noqa: PTH104 - a hook does as little as it can

    return notice


def _outcome(child: int, reading: int) -> Outcome:
    """Wait for a command and return how it ended."""
    with os.fdopen(reading, "rb") as answer:
        written = answer.read()
    os.waitpid(child, 0)
    if not written:
        return Outcome(None, [], "")
    status, steps, said = json.loads(written)
    return Outcome(status, steps, said)


def _work(
    words: Sequence[str], at: int, fault: Fault, answer: int, options: dict[str, Any]
) -> None:
    """Be the command, and write how it ended."""
    quiet = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(quiet, stream)
    steps: list[str] = []
    striking, root = [False], _root(words)
    read: tuple[str, ...] = ()
    if fault.while_read:
        read = (f"{root}/",)
    elif fault.of_kept_state:
        read = (os.environ["XDG_CACHE_HOME"], f"{root.parent}/out/{KEPT_FACTS}/")

    def notice(event: str, arguments: tuple[Any, ...]) -> None:
        if not is_step(event, arguments, read):
            return
        steps.append(f"{event} {arguments[0]}"[:200])
        if len(steps) == at:
            striking[0] = True
            met = len(steps)
            if fault is Fault.OTHER_RUN:
                there, waits = options["meeting"]
                os.write(there, b"x")
                os.read(waits, 1)
            elif fault is not Fault.SAVED or event != "os.rename":  # nobody is quicker than that
                happen(fault, root, options.get("dying", ""), arguments)
            del steps[met:]
        if striking[0]:
            fail(fault, event, arguments[0])

    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        sys.addaudithook(notice)
        try:
            status = main(list(words))
        except SystemExit as error:
            status = error.code if isinstance(error.code, int) else 1
        except BaseException:  # noqa: BLE001 - whatever it is, it is what a user would see
            status = 70
            said.write(traceback.format_exc())
    for end in options.get("meeting", ()):  # who waits at it for a step that never came reads on
        os.close(end)
    os.write(answer, json.dumps([status, steps, said.getvalue()]).encode())
    os._exit(0)


def _root(words: Sequence[str]) -> Path:
    """The folder of a command's manual; one that is not there for a command that has none."""
    return Path(words[words.index("--root") + 1]) if "--root" in words else Path("/nowhere")


def _load_everything() -> None:
    """Import every module of the tool, for all processes forked from this one."""
    for module in pkgutil.walk_packages(qmstool.__path__, "qmstool."):
        if not module.name.endswith("__main__"):
            with contextlib.suppress(ImportError):
                __import__(module.name)


def contents(folder: Path, *, git_too: bool = False) -> dict[str, bytes]:
    """Every file under a folder by its path, git's own only where they are asked for."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and (git_too or ".git" not in path.relative_to(folder).parts)
    }


if __name__ == "__main__":
    _serve()
