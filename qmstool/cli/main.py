"""Run one command: parse the line, import the command's module, run it, return the exit status."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from qmstool import __version__
from qmstool.cli import console
from qmstool.cli.parser import Parser
from qmstool.i18n import QmsError
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
    "handover",
    "verify",
    "export",
    "release",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit status: 0 fine, 1 findings, 2 cannot run, 130 stopped."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    _speak_utf8()
    if arguments is None:
        # What is imported is no garbage, and at the end of a process nothing needs to be sought
        # out: it all goes.
        gc.disable()
        atexit.register(gc.freeze)
    parser = _make_parser(words)
    gc.enable()
    options = parser.parse_args(words)
    if options.command is None:
        parser.print_help()
        return 2
    try:
        status: int = _command_module(options.command).run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (QmsError, OSError) as error:
        text = error.text if isinstance(error, QmsError) else console.os_error_text(error)
        sys.stderr.write(f"qmstool: {escape_lines(text.get(console.screen_language(options)))}\n")
        return 2
    except KeyboardInterrupt:
        return 130
    return status


def _speak_utf8() -> None:
    """Print UTF-8: Vietnamese on a console with another code page must not be a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
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
