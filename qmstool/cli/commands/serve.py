"""Serve the draft, rebuilt on every save, or with --built what was built (`qmstool serve`)."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from qmstool.cli import console
from qmstool.cli.command_lines import command_line
from qmstool.cli.facts import add_option, facts_of
from qmstool.manual.loading.loader import load
from qmstool.site.publish import serve, serve_built
from qmstool.storage.tree import FolderTree

if TYPE_CHECKING:
    import argparse


def command_for_built(options: argparse.Namespace) -> str:
    """Return the command that shows what was just built, as it is to be typed in this folder."""
    words = ["serve", "--built"]
    if options.output:
        words.append(str(options.output))
    if options.root != Path():
        words += ["--root", str(options.root)]
    return command_line(*words)


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "--port", type=int, default=8000, help="cổng, mặc định 8000 / port, 8000 by default"
    )
    parser.add_argument(
        "--built",
        nargs="?",
        const="",
        metavar="DIR",
        help="xem trang đã dựng, mặc định trong site/ / show what was built, into site/ by default",
    )
    add_option(parser)
    console.add_language_option(parser)


def run(options: argparse.Namespace) -> int:
    """Serve until Ctrl-C."""
    config = load(FolderTree(options.root)).config
    say = partial(console.print_note, lang=console.screen_language(options, config))
    if options.built is not None:
        folder = Path(options.built) if options.built else options.root / "site"
        serve_built(folder, port=options.port, say=say)
    else:
        serve(
            options.root,
            port=options.port,
            clock=partial(console.now, config.zone),
            lang=console.asked_language(options),
            say=say,
            stop=lambda: False,
            open_facts=partial(facts_of, options),
        )
    return 0
