"""Give a document another code everywhere it is named (`qmstool rename`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.cli import changing, console
from qmstool.manual.loading.loader import load
from qmstool.references.resolver import resolve
from qmstool.register.versions import find_document
from qmstool.scaffold.renaming import rename_document
from qmstool.storage.read_once import ReadOnceTree
from qmstool.storage.tree import FolderTree

if TYPE_CHECKING:
    import argparse


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("old", metavar="OLD", help="mã đang dùng / the code now")
    parser.add_argument("new", metavar="NEW", help="mã mới / the new code")
    changing.add_change_options(parser)


def run(options: argparse.Namespace) -> int:
    """Show what would change, and change it when told."""
    tree = ReadOnceTree(FolderTree(options.root))
    manual = load(tree)
    changing.require_all_texts(tree)
    lang = console.screen_language(options, manual.config)
    document = find_document(manual, options.old)
    change = rename_document(manual, resolve(manual), document, options.new, tree.read)
    return changing.make_change(options, change, lang)
