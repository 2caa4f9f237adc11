"""Print what units said of a candidate, or who wrote and approved it (`qmstool opinions`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.cli import moments
from qmstool.cli import tables as tabular
from qmstool.cli.context import HistoryContext
from qmstool.i18n import Text
from qmstool.parsing.similar import not_found_error
from qmstool.register.candidates import pending_candidates
from qmstool.tables.opinions import opinions_table
from qmstool.tables.signatures import signature_block

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from qmstool.tables.registers import Table


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "key",
        nargs="?",
        metavar="KEY",
        help="một hồ sơ trình ký, mặc định mọi hồ sơ / one candidate, else all",
    )
    parser.add_argument(
        "--signed",
        action="store_true",
        help="người biên soạn, xem xét, phê duyệt từng tài liệu / who wrote, reviewed and approved",
    )
    moments.add_as_of(parser)
    tabular.add_table_options(parser)


def run(options: argparse.Namespace) -> int:
    """Print the table."""
    context = HistoryContext(options)
    day = moments.asked_day(options, context) or context.today
    manual = context.manual
    open_ones = {candidate.key: candidate.keys for candidate in pending_candidates(manual)}
    done = manual.recorded_candidates
    known = tuple(dict.fromkeys((*manual.opinions, *open_ones, *done)))
    if options.key and options.key not in known:
        raise not_found_error(options.key, Text("hồ sơ trình ký", "candidate"), known)
    keys = (options.key,) if options.key else known
    if options.signed:
        table = _signed(context, keys, open_ones)
    else:
        opinions = [manual.opinions[key] for key in keys if key in manual.opinions]
        table = opinions_table(manual, opinions, day, context.readers)
    tabular.print_table(options, table, context.readers, context.tree, manual.config, day=day)
    return 0


def _signed(
    context: HistoryContext, keys: Iterable[str], open_ones: dict[str, frozenset[str]]
) -> Table:
    """Return the signature blocks of some candidates in one table."""
    done = context.manual.recorded_candidates
    tables = []
    for key in keys:
        release = done.get(key)
        documents = sorted(open_ones.get(key, ()))
        if release:
            documents = [item.key for item in release.items]
        tables.append(
            signature_block(
                context.manual,
                documents,
                context.manual.opinions.get(key),
                release,
                context.readers,
            )
        )
    if not tables:
        return signature_block(context.manual, (), None, None, context.readers)
    return tables[0].joined(tables[1:])
