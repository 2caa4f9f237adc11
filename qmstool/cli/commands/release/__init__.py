"""Import what is in use, prepare what is to be signed, record what was (`qmstool release`)."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from qmstool.cli import console

if TYPE_CHECKING:
    import argparse
    from types import ModuleType

# Each act is a module of this folder with `add(parser)` and `run(arguments) -> int`.
ACTS = {
    "import": "ghi nhận bản đang dùng làm đợt 1 / take over what is in use as release 1",
    "prepare": "lập hồ sơ trình ký / freeze a candidate and write its dossier",
    "dossier": "in lại hồ sơ của một lần trình ký / write a candidate's dossier again",
    "tag": "gắn thẻ giữ nội dung mọi đợt / set the tags that keep every release's texts",
    "record": "ghi nhận văn bản đã ký / record the signed instrument",
}


def add(parser: argparse.ArgumentParser) -> None:
    """Add the acts, each with its options."""
    acts = parser.add_subparsers(dest="stage", metavar=f"<{'|'.join(ACTS)}>", required=True)
    for name, text in ACTS.items():
        act = acts.add_parser(name, help=text, description=text)
        console.add_common_options(act, again=True)
        _act_module(name).add(act)


def run(options: argparse.Namespace) -> int:
    """Do the act."""
    status: int = _act_module(options.stage).run(options)
    return status


def _act_module(act: str) -> ModuleType:
    # A word of the language cannot name a module.
    name = "import_" if act == "import" else act
    return import_module(f"qmstool.cli.commands.release.{name}")
