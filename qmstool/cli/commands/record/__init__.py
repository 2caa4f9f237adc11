"""Record what goes round: a review, an opinion, a copy, a reading (`qmstool record`).

Each is an entry of a file under `releases/`, beside the chain of releases: what is recorded here
approves nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from qmstool.cli import console

if TYPE_CHECKING:
    import argparse
    from types import ModuleType

# Each act is a module of this folder with `add(parser)` and `run(arguments) -> int`.
ACTS = {
    "review": "đã xem xét định kỳ một tài liệu / a periodic review of a document",
    "opinion": "hỏi ý kiến một đơn vị, và trả lời của họ / what a unit was asked, and its answer",
    "copy": "phát, thu hồi, hủy, mất một bản / a copy handed out, recalled, destroyed, lost",
    "reading": "ai đã đọc và hiểu một tài liệu / who read and understood a document",
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
    # A module called `copy` would be taken for the standard one.
    name = "controlled_copy" if act == "copy" else act
    return import_module(f"qmstool.cli.commands.record.{name}")
