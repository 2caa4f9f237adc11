"""Print who did what, when and why (`qmstool trail`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.cli import tables
from qmstool.cli.context import HistoryContext
from qmstool.cli.days import parse_day
from qmstool.git.history import History
from qmstool.i18n import Text
from qmstool.manual.values import written_day
from qmstool.parsing.similar import not_found_error
from qmstool.register.candidates import pending_candidates
from qmstool.tables.events import Query
from qmstool.tables.trail import trail_table

if TYPE_CHECKING:
    import argparse


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options; those given together must all hold."""
    parser.add_argument("--document", metavar="CODE", help="một tài liệu / one document")
    parser.add_argument(
        "--clause", metavar="N", help="điều khoản, cả các mục dưới / a clause with those below"
    )
    parser.add_argument(
        "--person",
        default="",
        metavar="P",
        help="một phần tên hoặc địa chỉ / part of a name or address",
    )
    parser.add_argument(
        "--unit", metavar="U", help="tài liệu do đơn vị chủ trì / documents of a unit"
    )
    parser.add_argument("--since", type=parse_day, metavar="DAY", help="từ ngày / from")
    parser.add_argument("--until", type=parse_day, metavar="DAY", help="đến hết ngày / to")
    tables.add_table_options(parser)


def run(options: argparse.Namespace) -> int:
    """Print the table."""
    context = HistoryContext(options)
    documents = set()
    if options.document:
        documents.add(context.document_key(options.document))
    query = Query(
        documents=frozenset(documents),
        person=options.person,
        since=written_day(options.since),
        until=written_day(options.until),
        clause=options.clause or "",
        unit=options.unit or "",
    )
    _refuse(context, query)
    candidates = {candidate.key: candidate.keys for candidate in pending_candidates(context.manual)}
    table = trail_table(
        context.manual,
        context.history or History((), {}),
        query,
        context.readers,
        waiting=candidates,
    )
    tables.print_table(options, table, context.readers, context.tree, context.manual.config)
    return 0


def _refuse(context: HistoryContext, query: Query) -> None:
    """Raise QmsError for a name that nothing bears: it is a slip, and no empty answer."""
    numbers: list[str] = []
    for catalogue in context.manual.catalogues.values():
        numbers += catalogue.clauses
    if query.clause and query.clause not in numbers:
        raise not_found_error(query.clause, Text("điều khoản", "clause"), numbers)
    if query.unit and query.unit not in context.manual.config.units:
        raise not_found_error(query.unit, Text("đơn vị", "unit"), context.manual.config.units)
