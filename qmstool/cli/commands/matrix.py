"""Print what answers each clause (`qmstool matrix`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.cli import console, tables
from qmstool.cli.context import open_tree
from qmstool.i18n import QmsError, Text
from qmstool.manual.loading.loader import load
from qmstool.tables import clauses

if TYPE_CHECKING:
    import argparse


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    tables.add_table_options(parser)
    parser.add_argument(
        "--clauses",
        action="store_true",
        help="thêm mục, vai trò, áp dụng / with section, role, applicability",
    )


def run(options: argparse.Namespace) -> int:
    """Print the table. Raises QmsError without a catalogue."""
    tree = open_tree(options.root)
    manual = load(tree)
    lang = console.screen_language(options, manual.config)
    if manual.catalogue is None:
        raise QmsError(
            Text(
                (
                    "qms.yml chưa nêu tiêu chuẩn nào có danh mục điều khoản đọc được. Hãy ghi "
                    "tiêu chuẩn vào standards."
                ),
                "qms.yml names no standard whose catalogue can be read. Name one under standards.",
            )
        )
    make = clauses.clause_table if options.clauses else clauses.clause_matrix
    tables.print_table(options, make(manual, manual.catalogue, lang), lang, tree, manual.config)
    return 0
