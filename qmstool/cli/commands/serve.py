"""Serve the draft, rebuilt on every save, or with --built what was built (`qmstool serve`)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from qmstool.cli import console
from qmstool.manual.loading.loader import load
from qmstool.site.publish import serve, serve_built
from qmstool.storage.tree import FolderTree

if TYPE_CHECKING:
    import argparse


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "--port", type=int, default=8000, help="cổng, mặc định 8000 / port, 8000 by default"
    )
    parser.add_argument(
        "--built",
        action="store_true",
        help="xem trang đã dựng trong site/ / show what was built into site/",
    )


def run(options: argparse.Namespace) -> int:
    """Serve until Ctrl-C."""
    config = load(FolderTree(options.root)).config
    say = partial(console.print_note, lang=console.screen_language(options, config))
    if options.built:
        serve_built(options.root / "site", port=options.port, say=say)
    else:
        serve(
            options.root,
            port=options.port,
            clock=partial(console.now, config.zone),
            lang=options.lang,
            say=say,
            stop=lambda: False,
        )
    return 0
