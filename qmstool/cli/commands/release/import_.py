"""Answer with the new name of `release import`, and do it (`release adopt`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.cli import console
from qmstool.cli.commands.release import adopt
from qmstool.i18n import Text
from qmstool.manual.loading.loader import load
from qmstool.storage.tree import FolderTree

if TYPE_CHECKING:
    import argparse

RENAMED = Text(
    "Lệnh này nay tên là: qmstool release adopt",
    "This command is now called: qmstool release adopt",
)


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command that it is now."""
    adopt.add(parser)


def run(options: argparse.Namespace) -> int:
    """Say the new name, and take over as it does."""
    config = load(FolderTree(options.root)).config
    console.print_note(RENAMED, console.screen_language(options, config))
    return adopt.run(options)
