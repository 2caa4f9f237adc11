"""Run one command: parse the line, import the command's module, run it, return the exit status."""

from __future__ import annotations

import atexit
import contextlib
import gc
import os
import signal
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from qmstool import __version__, process
from qmstool.cli import console, lifetime
from qmstool.cli.parser import Parser
from qmstool.i18n import QmsError
from qmstool.storage.places import keep_place
from qmstool.storage.temporary import sweep_temporary
from qmstool.terminal import escape_lines

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from types import ModuleType

# Each command is a module of `commands/` with `add(parser)` and `run(arguments) -> int`, in the
# order that help shows.
COMMANDS = (
    "init",
    "import",
    "new",
    "rename",
    "renumber",
    "withdraw",
    "check",
    "explain",
    "schema",
    "build",
    "serve",
    "register",
    "matrix",
    "history",
    "diff",
    "as-of",
    "trail",
    "distribution",
    "opinions",
    "record",
    "handover",
    "verify",
    "export",
    "release",
)


# One short run of frozen values without cycles: looking for garbage on the way takes a check of the
# real manual 7 % longer (0.27 s instead of 0.25 s of processor time), and finds none. A command
# that goes on until somebody stops it is not among them.
SHORT_RUNS = frozenset({"check", "build"})


# What reads or writes the manual's own files, which a bare repository has not; so does every act of
# `release` but the one that sets tags.
NEED_FILES = frozenset(
    {
        "import",
        "new",
        "rename",
        "renumber",
        "withdraw",
        "check",
        "schema",
        "build",
        "serve",
        "record",
    }
)
# What needs no manual is not looked for above.
BEGIN_ANYWHERE = frozenset({"init", "explain"})
STOPPED = "qmstool: đã dừng (Ctrl-C) / stopped (Ctrl-C)"
# So many tools may follow a run by `sys.monitoring`.
MOST_MONITORS = 6
# Options of every command, which may stand before it too.
EVERYWHERE = ("--lang", "--root")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit status: 0 fine, 1 findings, 2 cannot run, 130 stopped.

    A process that is told to end ends with 128 and the number of the signal.

    This is the only place that pauses the collector of garbage: for what is imported, which is no
    garbage, and for `SHORT_RUNS`. Given arguments, it leaves the collector as it was; else the
    process ends with the command, and nothing in it needs to be sought out or taken apart any more.
    """
    was_collecting = gc.isenabled()
    gc.disable()
    if arguments is None:
        _end_cleanly()
        lifetime.end_with_command(is_short=True)
        status = _run(sys.argv[1:])
        gc.freeze()
        _end_at_once(status)
        return status
    try:
        return _run(list(arguments))
    finally:
        if was_collecting:
            gc.enable()
        else:
            gc.disable()


def _end_at_once(status: int) -> None:
    """End this process without taking its values apart, which is a fortieth of a short run.

    What was left to be done at its end is done. Return where threads have to end first, and where
    somebody who measures this run has to tell of it.
    """
    threads = sys.modules.get("threading")
    if _is_measured() or (threads is not None and threads.active_count() > 1):
        return
    atexit._run_exitfuncs()  # noqa: SLF001 - there is no other way to end as Python ends
    with contextlib.suppress(OSError, ValueError):  # closed, or nobody listens any more
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status)


def _is_measured() -> bool:
    """Whether a profiler, a measure of coverage or a debugger follows this run."""
    if sys.gettrace() or sys.getprofile():
        return True
    monitoring = getattr(sys, "monitoring", None)  # Python 3.11 has none
    return monitoring is not None and any(map(monitoring.get_tool, range(MOST_MONITORS)))


def _end_cleanly() -> None:
    """Let this process, when it is told to end, leave nothing behind: no folder, no half a file."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows knows no SIGHUP
        # What whoever started it lets pass, as `nohup` does, is let pass.
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)


def _end(number: int, _: object) -> NoReturn:
    """End as by Ctrl-C; a second signal ends at once."""
    signal.signal(number, signal.SIG_DFL)
    sys.exit(128 + number)


def _run(words: list[str]) -> int:
    """Run one command with no variable of git but ours; a hook and a profile leave theirs.

    Ctrl-C ends it wherever it is, also while its module is still being read.
    """
    try:
        with process.settled_environment():
            return _run_settled(words)
    except KeyboardInterrupt:
        with contextlib.suppress(OSError, ValueError):  # closed, or nobody listens any more
            sys.stderr.write(f"{STOPPED}\n")
        return 130


def _run_settled(words: list[str]) -> int:
    _speak_utf8()
    words = _command_first(words)
    parser = _make_parser(words)
    options = parser.parse_args(words)
    if options.command is None:
        parser.print_help()
        return 2
    if options.command not in SHORT_RUNS or getattr(options, "watch", False):
        gc.enable()
        lifetime.end_with_command(is_short=False)
    sweep_temporary()
    try:
        _refuse_lost_folder()
        if options.root == Path() and options.command not in BEGIN_ANYWHERE:
            options.root = console.manual_above(options.root)
        keep_place(None if options.command in BEGIN_ANYWHERE else options.root)
        _refuse_bare(options)
        status: int = _command_module(options.command).run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # What was to be said was not heard: no success.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2
    except (QmsError, OSError) as error:
        from qmstool.cli.system_errors import os_error_text

        text = error.text if isinstance(error, QmsError) else os_error_text(error)
        sys.stderr.write(f"qmstool: {escape_lines(text.get(console.screen_language(options)))}\n")
        return 2
    return status


def _refuse_lost_folder() -> None:
    """Raise QmsError where the folder in which the command was started is gone."""
    try:
        Path.cwd()
    except FileNotFoundError as error:
        raise QmsError(console.FOLDER_GONE) from error


def _refuse_bare(options: argparse.Namespace) -> None:
    """Raise AbsenceError where a command needs files and the repository is bare."""
    needs_files = options.command in NEED_FILES
    if options.command == "release":
        needs_files = options.stage != "tag"
    if not needs_files or (options.root / "qms.yml").is_file() or not options.root.is_dir():
        return
    from qmstool.git import absence, repository

    try:
        found = repository.find_repository(options.root)
    except absence.AbsenceError:
        return  # of another kind; the command tells it
    if isinstance(found, repository.ShallowRepository):
        found = found.repository
    if isinstance(found, repository.Repository) and found.bare:
        raise absence.AbsenceError(absence.no_files(options.root))


def _command_first(words: list[str]) -> list[str]:
    """Return a command line in which --lang and --root stand behind the command, if before it."""
    end = 0
    while end < len(words) and words[end].split("=")[0] in EVERYWHERE:
        if "=" not in words[end]:
            end += 1  # its value is the next word
        end += 1
    before, rest = words[:end], words[end:]
    return [rest[0], *before, *rest[1:]] if before and rest else words


def _speak_utf8() -> None:
    """Print UTF-8: Vietnamese on a console with another code page must not be a traceback.

    Nor must it be one that whoever started this closed a stream: what is said there is not heard.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            from qmstool.storage.files import open_nowhere  # few streams are closed

            setattr(sys, name, open_nowhere())
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _make_parser(words: Sequence[str]) -> argparse.ArgumentParser:
    """Return the parser of a command line.

    Where a command is asked for, that one alone is imported and described: the others cost
    start-up.
    """
    parser = Parser(prog="qmstool", description=console.DESCRIPTION)
    parser.add_argument(
        "--version", action="version", version=f"qmstool {__version__}", help=console.VERSION
    )
    commands = parser.add_subparsers(
        dest="command", metavar="<lệnh/command>", prog=parser.prog, parser_class=Parser
    )
    if words and words[0] in COMMANDS:
        name = words[0]
        text = console.HELP[name]
        command = commands.add_parser(name, help=text, description=text)
        console.add_common_options(command)
        _command_module(name).add(command)
        return parser
    for name in COMMANDS:
        commands.add_parser(name, help=console.HELP[name], description=console.HELP[name])
    return parser


def _command_module(command: str) -> ModuleType:
    name = "import_" if command == "import" else command.replace("-", "_")
    return import_module(f"qmstool.cli.commands.{name}")
