"""Tell who holds which copy, what a release recalls, what is out (`qmstool distribution`)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from qmstool.cli import moments, tables
from qmstool.cli.context import HistoryContext
from qmstool.i18n import QmsError, Text
from qmstool.manual.values import known_day
from qmstool.parsing.similar import not_found_error
from qmstool.register.effect import valid_releases
from qmstool.tables.copies import ledger, outstanding_table
from qmstool.tables.distribution import holders_table, recall_table
from qmstool.tables.readings import unread_table

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from qmstool.manual.releases import Release
    from qmstool.tables.registers import Table


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options; one question at a time."""
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--recall",
        metavar="RELEASE",
        help="thu hồi và phát khi đợt này có hiệu lực / what a release recalls",
    )
    which.add_argument(
        "--out",
        action="store_true",
        help="các bản còn ở ngoài, bản phải thu hồi / copies still out",
    )
    which.add_argument(
        "--ledger",
        action="store_true",
        help="sổ phân phối, thu hồi: mọi bản đã phát / every copy ever handed out",
    )
    which.add_argument(
        "--unread",
        action="store_true",
        help="ai chưa ghi nhận đã đọc bản đang có hiệu lực / who has not acknowledged what is in "
        "force",
    )
    moments.add_as_of(parser)
    tables.add_table_options(parser)


def run(options: argparse.Namespace) -> int:
    """Print the table that answers the question."""
    context = HistoryContext(options)
    day = moments.asked_day(options, context) or context.today
    tables.print_table(
        options,
        _table(context, options, day),
        context.readers,
        context.tree,
        context.manual.config,
        day=day,
    )
    return 0


def _table(context: HistoryContext, options: argparse.Namespace, day: date) -> Table:
    if options.recall:
        return _recalled(context, options.recall, day)
    if options.out:
        return outstanding_table(context.manual, day, context.readers)
    if options.ledger:
        return ledger(context.manual, day, context.readers)
    if options.unread:
        return unread_table(*context.manual_on(day), context.readers)
    return holders_table(*context.manual_on(day), context.readers, context.manual.copies)


def _recalled(context: HistoryContext, number: str, today: date) -> Table:
    """Compare a release's effective day with the day before; what is done is told as of `today`."""
    days = {str(each.number): each.effective for each in context.manual.releases}
    name = number.lstrip("0")
    if name not in days:
        raise not_found_error(number, Text("đợt ban hành", "release"), days)
    day = known_day(days[name])
    if day is None:
        raise QmsError(
            Text(
                f"Đợt {name} chưa rõ ngày hiệu lực, nên không tính được bản nào phải thu hồi.",
                (
                    f"The effective date of release {name} is unknown, so nobody can tell what "
                    "it recalls."
                ),
            )
        )
    before = context.manual_on(day - timedelta(days=1))
    if any(release.effective == day for release in _same_documents(context, int(name))):
        # What took effect that very day too was in force for the signer, not the day before.
        before = context.manual_on(
            day, [release for release in context.manual.releases if release.number < int(name)]
        )
    return recall_table(
        before,
        context.manual_on(day),
        context.readers,
        context.manual.copies,
        today,
    )


def _same_documents(context: HistoryContext, number: int) -> list[Release]:
    """The valid releases before one that hold one of its documents."""
    valid = valid_releases(context.manual.releases)
    keys = {item.key for release in valid if release.number == number for item in release.items}
    return [
        release
        for release in valid
        if release.number < number and any(item.key in keys for item in release.items)
    ]
