"""`qmstool matrix`: clause by clause, what answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.cli import console as words
from qmstool.cli import tables as tabular
from qmstool.cli.context import at_hand
from qmstool.i18n import QmsError, Text
from qmstool.manual.loading.loader import load
from qmstool.tables import clauses as clause_tables

if TYPE_CHECKING:
    import argparse


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    tabular.add(parser)
    parser.add_argument(
        "--clauses",
        action="store_true",
        help="thêm mục, vai trò, áp dụng / with section, role, applicability",
    )


def run(options: argparse.Namespace) -> int:
    """Print."""
    tree = at_hand(options.root)
    manual = load(tree)
    lang = words.screen_language(options, manual.config)
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
    make = clause_tables.clause_table if options.clauses else clause_tables.clause_matrix
    tabular.give(options, make(manual, manual.catalogue, lang), lang, tree, manual.config)
    return 0
