"""`qmstool distribution`: who holds which copy of what is in force; what a release recalls and hands out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from qmstool.cli import tabular
from qmstool.cli.past import Past, refuse
from qmstool.findings import QmsError, Text
from qmstool.load import load
from qmstool.register.standing import register
from qmstool.sources.entries import is_date
from qmstool.tables.distribution import holders, recall

if TYPE_CHECKING:
    import argparse

    from qmstool.model import Manual
    from qmstool.register.standing import Register
    from qmstool.tables.registers import Table


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("--recall", metavar="RELEASE", help="thu hồi và phát khi đợt này có hiệu lực / what a release recalls")
    tabular.add(parser)


def run(options: argparse.Namespace) -> int:
    """Print."""
    past = Past(options)
    table = _recalled(past, options.recall) if options.recall else holders(*_on(past, past.today), past.lang)
    tabular.give(options, table, past.lang)
    return 0


def _recalled(past: Past, number: str) -> Table:
    """The day before a release takes effect against the day of its effect."""
    days = {str(each.number): each.effective for each in past.manual.releases}
    name = number.lstrip("0")
    if name not in days:
        refuse(number, Text("đợt ban hành", "release"), days)
    if not is_date(days[name]):
        raise QmsError(Text(f"Đợt {name} không rõ ngày hiệu lực.", f"The effective date of release {name} is unknown."))
    day = date.fromisoformat(days[name])
    return recall(_on(past, day - timedelta(days=1)), _on(past, day), past.lang)


def _on(past: Past, day: date) -> tuple[Manual, Register]:
    """The manual and register in force on a day; without a repository, the manual at hand."""
    pinned = past.in_force(past.manual.releases, day) if past.repository else None
    manual = load(pinned) if pinned and "qms.yml" in pinned.list() else past.manual
    return manual, register(manual, past.manual.releases, day)
