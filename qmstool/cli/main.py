"""The command line: parse → call two or three functions → print → exit status.

Commands are imported when they are called.
"""

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
    "check", "explain", "schema", "build", "serve", "register", "matrix", "history", "diff", "as-of", "trail", "distribution",
    "opinions", "handover", "verify", "release",
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status: 0 fine, 1 findings, 2 cannot run."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    _utf8()
    if arguments is None:
        # What is imported is no garbage, and at the end of a process nothing needs to be sought
        # out: it all goes.
        gc.disable()
        atexit.register(gc.freeze)
    parser = _parser(given)
    gc.enable()
    options = parser.parse_args(given)
    if options.command is None:
        parser.print_help()
        return 2
    try:
        status: int = _module(options.command).run(options)
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


def _utf8() -> None:
    """Vietnamese on a console with another code page must not be a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _parser(given: Sequence[str]) -> argparse.ArgumentParser:
    """The parser.

    Where a command is asked for, that one alone is imported and described: the others cost
    start-up.
    """
    parser = Parser(prog="qmstool", description=console.DESCRIPTION)
    parser.add_argument(
        "--version", action="version", version=f"qmstool {__version__}", help=console.VERSION
    )
    below = parser.add_subparsers(
        dest="command", metavar="<lệnh/command>", prog=parser.prog, parser_class=Parser
    )
    asked = given[0] if given and given[0] in COMMANDS else None
    for name in (asked,) if asked else COMMANDS:
        command = below.add_parser(name, help=console.HELP[name], description=console.HELP[name])
        if asked:
            console.add_common_options(command)
            _module(name).add(command)
    return parser


def _module(command: str) -> ModuleType:
    return import_module(f"qmstool.cli.commands.{command.replace('-', '_')}")
