"""Record who read and understood a document (`record reading`)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from qmstool.cli.context import HistoryContext
from qmstool.cli.days import parse_day
from qmstool.cli.recording import asking, writing
from qmstool.cli.recording.texts import status_in_force, text_fields
from qmstool.i18n import Text
from qmstool.manual.circulation import READINGS_FILE
from qmstool.scaffold.entries import add_entry

if TYPE_CHECKING:
    import argparse

    from qmstool.releases.canonical_yaml import Value

PERSON = Text("Ai đã đọc và hiểu", "Who read and understood it")
DAY = Text("Ngày, bỏ trống là hôm nay", "Day, today if left empty")


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("code", metavar="CODE", help="mã tài liệu / code of the document")
    parser.add_argument("--person", metavar="WHO", help="ai đã đọc / who read it")
    parser.add_argument("--unit", metavar="UNIT", help="đơn vị / unit")
    parser.add_argument("--date", type=parse_day, metavar="DAY", help="ngày / day")
    writing.add_writing_options(parser)


def run(options: argparse.Namespace) -> int:
    """Write the entry; it is about the text in force on that day."""
    context = HistoryContext(options)
    asking.ask_missing(
        options,
        (
            ("person", PERSON, asking.read_words),
            ("date", DAY, asking.day_or_today(context.today, context.manual.config)),
        ),
        context.lang,
    )
    if options.unit:
        asking.refuse_unknown_unit(options.unit, context.manual)
    asking.refuse_to_come(options, ("date",), context.today)
    status = status_in_force(context, options.code, options.date)
    kept, evidence = writing.read_evidence(options, context)
    entry: dict[str, Value] = text_fields(status) | {"person": options.person}
    if options.unit:
        entry["unit"] = options.unit
    entry["date"] = options.date.isoformat()
    entry = writing.with_evidence(options, entry, evidence)
    with_entry = partial(add_entry, READINGS_FILE, key="readings", entry=entry, head={})
    name = str(entry["document"])
    message = Text(f"Ghi nhận đã đọc {name}", f"Record a reading of {name}")
    return writing.write_record(options, context, READINGS_FILE, with_entry, kept, message)
