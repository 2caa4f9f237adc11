"""Give a section another number, and all that cites it (`qmstool renumber`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.cli import changing, console
from qmstool.manual.loading.loader import load
from qmstool.references.resolver import resolve
from qmstool.register.versions import find_document
from qmstool.scaffold.renumbering import renumber_section
from qmstool.storage.read_once import ReadOnceTree
from qmstool.storage.tree import FolderTree

if TYPE_CHECKING:
    import argparse


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("code", metavar="CODE", help="mã tài liệu / code of the document")
    parser.add_argument("old", metavar="OLD", help="số mục đang dùng / the number now")
    parser.add_argument("new", metavar="NEW", help="số mới / the new number")
    changing.add_change_options(parser)


def run(options: argparse.Namespace) -> int:
    """Show what would change, and change it when told."""
    tree = ReadOnceTree(FolderTree(options.root))
    manual = load(tree)
    changing.require_all_texts(tree)
    lang = console.screen_language(options, manual.config)
    document = find_document(manual, options.code)
    change = renumber_section(manual, resolve(manual), document, options.old, options.new, tree)
    return changing.make_change(options, change, lang)
