"""Give a command several acts, each a module of the command's own folder."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from qmstool.cli import console

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping
    from types import ModuleType


class Acts:
    """The acts of one command.

    `folder`: the package of its modules, each with `add(parser)` and `run(arguments) -> int`;
    `texts`: what help says of each act, in order; `modules`: the name of a module that may not be
    called as its act is.
    """

    def __init__(
        self, folder: str, texts: Mapping[str, str], modules: Mapping[str, str] | None = None
    ) -> None:
        self._folder = folder
        self._texts = texts
        self._modules = modules or {}

    def add(self, parser: argparse.ArgumentParser) -> None:
        """Add the acts, each with its options and those of every command."""
        names = "|".join(self._texts)
        acts = parser.add_subparsers(dest="stage", metavar=f"<{names}>", required=True)
        for name, text in self._texts.items():
            act = acts.add_parser(name, help=text, description=text)
            console.add_common_options(act, again=True)
            self._module(name).add(act)

    def run(self, options: argparse.Namespace) -> int:
        """Do the act; return the exit status."""
        status: int = self._module(options.stage).run(options)
        return status

    def _module(self, act: str) -> ModuleType:
        return import_module(f"{self._folder}.{self._modules.get(act, act)}")
