"""Print a document's change table, from its releases and from the log (`qmstool history`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.cli import tables
from qmstool.cli.context import HistoryContext
from qmstool.cli.proving import prove, words_of
from qmstool.cli.trusted import add_trust_options
from qmstool.register.versions import life_blobs
from qmstool.tables.change_table import change_table

if TYPE_CHECKING:
    import argparse


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("code", metavar="CODE", help="mã tài liệu / code of the document")
    add_trust_options(parser)
    tables.add_table_options(parser)


def run(options: argparse.Namespace) -> int:
    """Print the table."""
    context = HistoryContext(options)
    life = context.document_life(options.code)
    blobs = context.texts_of_blobs(life_blobs(life))
    answers = prove(options, context, context.today, life)
    table = change_table(
        context.manual,
        life,
        context.today,
        context.readers,
        blobs=blobs,
        history=context.history,
        proofs=words_of(answers),
    )
    tables.print_table(options, table, context.readers, context.tree, context.manual.config)
    return 0
