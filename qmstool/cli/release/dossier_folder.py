"""Write the printable pages of a candidate into a folder: the dossier for the signer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qmstool.dossier.content import gather_content
from qmstool.dossier.pages import dossier_pages
from qmstool.manual.loading.loader import load
from qmstool.storage import files
from qmstool.storage.tree import commit_tree

if TYPE_CHECKING:
    import argparse

    from qmstool.cli.context import HistoryContext
    from qmstool.manual.candidates import Candidate


def add_folder_option(parser: argparse.ArgumentParser) -> None:
    """Add the option that says where the pages go."""
    parser.add_argument(
        "--dossier",
        type=Path,
        metavar="DIR",
        help="nơi ghi hồ sơ in / where the printable pages go (build/ho-so-KEY/)",
    )


def write_dossier(
    options: argparse.Namespace, context: HistoryContext, candidate: Candidate
) -> Path:
    """Write the dossier of a candidate; return its folder.

    Everything is made before anything is written.
    """
    tree = commit_tree(options.root, candidate.commit)
    lang = options.lang or context.manual.page_language
    content = gather_content(
        candidate,
        load(tree),
        tree,
        context.texts_of_blobs,
        now=(context.manual, context.today),
        lang=lang,
    )
    pages = dossier_pages(content, lang)
    folder: Path = options.dossier or options.root / "build" / f"ho-so-{candidate.key}"
    for name, html in pages.items():
        files.write(folder, name, html)
    return folder
