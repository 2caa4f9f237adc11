"""`qmstool release dossier`: the printable pages of a candidate written again, with the opinions recorded meanwhile."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qmstool.candidates import candidate
from qmstool.cli import console
from qmstool.cli.context import HistoryContext
from qmstool.cli.release.document_options import parse_slug
from qmstool.dossier.content import gather
from qmstool.dossier.pages import sheets
from qmstool.git import repository as git
from qmstool.i18n import Text
from qmstool.manual.loading.loader import load
from qmstool.parsing.yaml.records import no_such
from qmstool.storage import files
from qmstool.storage.tree import commit

if TYPE_CHECKING:
    import argparse


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument(
        "key",
        type=parse_slug,
        metavar="KEY",
        help="hồ sơ trình ký đã lập / a candidate that was prepared",
    )
    add_folder_option(parser)


def add_folder_option(parser: argparse.ArgumentParser) -> None:
    """Where the pages go."""
    parser.add_argument(
        "--dossier",
        type=Path,
        metavar="DIR",
        help="nơi ghi hồ sơ in / where the printable pages go (build/ho-so-KEY/)",
    )


def run(options: argparse.Namespace) -> int:
    """Write the pages; the candidate itself stays as it was frozen."""
    context = HistoryContext(options)
    git.whole(context.repository_state)
    names = [
        path.removeprefix(candidate.HOME).removesuffix(".yml")
        for path in context.tree.list()
        if path.startswith(candidate.HOME)
    ]
    if options.key not in names:
        raise no_such(options.key, Text("hồ sơ trình ký", "candidate"), names)
    made, _ = candidate.read(context.manual.sources[candidate.path_of(options.key)])
    home = write_dossier(options, context, made)
    console.print_note(
        Text(f"Đã ghi hồ sơ in ở {home}.", f"Wrote the dossier to print in {home}."), context.lang
    )
    return 0


def write_dossier(
    options: argparse.Namespace, context: HistoryContext, made: candidate.Candidate
) -> Path:
    """Write the dossier of a candidate; returns its folder.

    Everything is made before anything is written.
    """
    tree = commit(options.root, made.commit)
    pages = sheets(
        gather(
            made,
            load(tree),
            tree,
            context.texts_of_blobs,
            now=(context.manual, context.today),
            lang=context.lang,
        ),
        context.lang,
    )
    home: Path = options.dossier or options.root / "build" / f"ho-so-{made.key}"
    for name, html in pages.items():
        files.write(home, name, html)
    return home
