"""Write the printable pages of a candidate into a folder: the dossier for the signer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qmstool.candidates.frozen import refuse_misshapen
from qmstool.cli import console
from qmstool.dossier.content import gather_content
from qmstool.dossier.pages import FOLDER, dossier_pages
from qmstool.i18n import Text
from qmstool.manual.candidates import CANDIDATES_FOLDER, candidate_path
from qmstool.manual.loading.loader import load
from qmstool.parsing.similar import not_found_error
from qmstool.storage import files
from qmstool.storage.pinned_tree import commit_tree

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
        help="nơi ghi hồ sơ in (build/ho-so-KEY/) / where the printable pages go",
    )
    console.add_language_option(parser)


def find_candidate(context: HistoryContext, key: str) -> Candidate:
    """Return a candidate by its key.

    Raises QmsError where there is none, with the nearest, and where it cannot all be read.
    """
    candidates = context.manual.candidates
    path = candidate_path(key)
    candidate = candidates.get(path)
    if candidate is None:
        names = [path.removeprefix(CANDIDATES_FOLDER).removesuffix(".yml") for path in candidates]
        raise not_found_error(key, Text("hồ sơ trình ký", "candidate"), names)
    refuse_misshapen(candidate, path)
    return candidate


def make_dossier(
    options: argparse.Namespace, context: HistoryContext, candidate: Candidate
) -> dict[str, str]:
    """Return file name → HTML of the pages of a candidate's dossier."""
    tree = commit_tree(options.root, candidate.commit)
    lang = context.readers
    content = gather_content(
        candidate,
        load(tree),
        tree,
        context.texts_of_blobs,
        now=(context.manual, context.today),
        lang=lang,
    )
    return dossier_pages(content, lang)


def folder_name(context: HistoryContext, key: str) -> str:
    """Return how the folder of a dossier is called in the language of its pages."""
    return FOLDER.fill({"key": key}).get(context.readers)


def write_dossier(
    options: argparse.Namespace, context: HistoryContext, candidate: Candidate
) -> Path:
    """Write the dossier of a candidate; return its folder.

    Everything is made before anything is written.
    """
    pages = make_dossier(options, context, candidate)
    name = folder_name(context, candidate.key)
    folder: Path = options.dossier or options.root / "build" / name
    for name, html in pages.items():
        files.write(folder, name, html)
    return folder
