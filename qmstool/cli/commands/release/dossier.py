"""Write the pages of a candidate again, with opinions recorded meanwhile (`release dossier`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.cli import console
from qmstool.cli.context import HistoryContext
from qmstool.cli.release.document_options import parse_slug
from qmstool.cli.release.dossier_folder import add_folder_option, write_dossier
from qmstool.git import repository as git
from qmstool.i18n import Text
from qmstool.manual.candidates import CANDIDATES_FOLDER, candidate_path
from qmstool.parsing.similar import not_found_error

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
    candidates = context.manual.candidates
    candidate = candidates.get(candidate_path(options.key))
    if candidate is None:
        names = [path.removeprefix(CANDIDATES_FOLDER).removesuffix(".yml") for path in candidates]
        raise not_found_error(options.key, Text("hồ sơ trình ký", "candidate"), names)
    home = write_dossier(options, context, candidate)
    console.print_note(
        Text(f"Đã ghi hồ sơ in ở {home}.", f"Wrote the dossier to print in {home}."), context.lang
    )
    return 0
