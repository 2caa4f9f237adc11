"""Record a copy handed out, or what became of one (`record copy`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.cli.context import HistoryContext
from qmstool.cli.days import parse_day
from qmstool.cli.recording import asking, writing
from qmstool.cli.recording.texts import status_in_force, text_name
from qmstool.i18n import QmsError, Text
from qmstool.manual.circulation import COPIES_FILE
from qmstool.scaffold.entries import add_entry, add_fields

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from qmstool.manual.circulation import ControlledCopy
    from qmstool.releases.canonical_yaml import Value

FATES = ("received", "recalled", "destroyed", "lost")
UNIT = Text("Đơn vị giữ", "Unit that holds it")
HANDED_OUT = Text("Ngày phát, bỏ trống là hôm nay", "Day it was handed out, today if left empty")
NO_COPY = Text(
    "Sổ chưa ghi bản nào như vậy còn ở ngoài. Hãy xem: qmstool distribution --ledger",
    "No such copy is out by the records. See: qmstool distribution --ledger",
)
SEVERAL = Text(
    "Có {count} bản như vậy. Hãy nêu số bản: --number",
    "There are {count} such copies. Say --number",
)


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("code", metavar="CODE", help="mã tài liệu / code of the document")
    parser.add_argument("--unit", metavar="UNIT", help="đơn vị giữ / unit that holds it")
    parser.add_argument("--number", metavar="NO", help="bản số / number of the copy")
    parser.add_argument("--medium", choices=("paper", "electronic"), help="dạng / medium")
    parser.add_argument("--copies", type=int, metavar="N", help="mấy bản / how many")
    parser.add_argument("--to", metavar="WHO", help="người nhận / who received it")
    days = {
        "handed-out": "ngày phát / day it was handed out",
        "received": "ngày ký nhận / day the receipt was signed",
        "recalled": "ngày thu hồi / day it was recalled",
        "destroyed": "ngày hủy / day it was destroyed",
        "lost": "ngày báo mất / day it was reported lost",
    }
    for name, text in days.items():
        parser.add_argument(f"--{name}", type=parse_day, metavar="DAY", help=text)
    writing.add_writing_options(parser)


def run(options: argparse.Namespace) -> int:
    """Write a new entry, or into the one of the copy that something happened to."""
    context = HistoryContext(options)
    asking.ask_missing(options, (("unit", UNIT, asking.read_words),), context.lang)
    asking.refuse_unknown_unit(options.unit, context.manual)
    asking.refuse_to_come(options, ("handed_out", *FATES), context.today)
    fates = {name: getattr(options, name) for name in FATES if getattr(options, name)}
    before = writing.read_record(context, COPIES_FILE)
    message = Text(f"Ghi sổ bản {options.code}", f"Record a copy of {options.code}")
    if options.handed_out is None and fates:
        fields = {name: day.isoformat() for name, day in fates.items()}
        line = _copy_out(options, context).document.location.line
        text = add_fields(COPIES_FILE, before, "copies", line, fields)
        return writing.write_record(options, context, COPIES_FILE, before, text, {}, message)
    question = ("handed_out", HANDED_OUT, asking.day_or_today(context.today, context.manual.config))
    asking.ask_missing(options, (question,), context.lang)
    kept, evidence = writing.read_evidence(options, context)
    entry = writing.with_evidence(options, _entry(options, context, fates), evidence)
    text = add_entry(COPIES_FILE, before, "copies", entry, {})
    return writing.write_record(options, context, COPIES_FILE, before, text, kept, message)


def _entry(
    options: argparse.Namespace, context: HistoryContext, fates: dict[str, date]
) -> dict[str, Value]:
    """The entry of a copy of the text in force on the day that it was handed out."""
    status = status_in_force(context, options.code, options.handed_out)
    written = {
        "document": text_name(status),
        "release": str(status.release),
        "unit": options.unit,
        "number": options.number or "",
        "medium": options.medium or "",
        "copies": str(options.copies or ""),
        "handed_out": options.handed_out.isoformat(),
        "to": options.to or "",
    }
    written |= {name: day.isoformat() for name, day in fates.items()}
    return {name: text for name, text in written.items() if text}


def _copy_out(options: argparse.Namespace, context: HistoryContext) -> ControlledCopy:
    """The one copy that is out and meant. Raises QmsError where there is none, or several."""
    key = context.document_key(options.code)
    found = [
        copy
        for copy in context.manual.copies
        if copy.key == key
        and copy.unit.text == options.unit
        and options.number in {None, copy.number}
        and not copy.is_out_of_use(context.today)
    ]
    if not found:
        raise QmsError(NO_COPY)
    if len(found) > 1:
        raise QmsError(SEVERAL.fill({"count": str(len(found))}))
    return found[0]
