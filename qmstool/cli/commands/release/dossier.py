"""Write the pages of a candidate again, with opinions recorded meanwhile (`release dossier`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.cli import console
from qmstool.cli.context import HistoryContext
from qmstool.cli.release.document_options import parse_slug
from qmstool.cli.release.dossier_folder import add_folder_option, find_candidate, write_dossier
from qmstool.git import repository as git
from qmstool.i18n import Text

if TYPE_CHECKING:
    import argparse


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "key",
        type=parse_slug,
        metavar="KEY",
        help="hồ sơ trình ký đã lập / a candidate that was prepared",
    )
    add_folder_option(parser)


def run(options: argparse.Namespace) -> int:
    """Write the pages; the candidate itself stays as it was frozen."""
    context = HistoryContext(options)
    git.require_history(context.repository_state)
    candidate = find_candidate(context, options.key)
    home = write_dossier(options, context, candidate)
    console.print_note(
        Text(f"Đã ghi hồ sơ in ở {home}.", f"Wrote the dossier to print in {home}."), context.lang
    )
    return 0
