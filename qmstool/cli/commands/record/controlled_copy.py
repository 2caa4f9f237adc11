"""Record a copy handed out, or what became of one (`record copy`)."""

from __future__ import annotations

from functools import partial
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
ONLY_DAYS = Text(
    "Chưa ghi gì. Lệnh này chỉ ghi thêm ngày vào một bản đã phát; hãy chạy lại không kèm "
    "--evidence, --reference, --note, rồi viết những điều ấy vào mục của bản đó trong {path}.",
    "Nothing was written. This adds days alone to a copy that was handed out; run again without "
    "--evidence, --reference, --note, and write these into the entry of that copy in {path}.",
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
    message = Text(f"Ghi sổ bản {options.code}", f"Record a copy of {options.code}")
    if options.handed_out is None and fates:
        if options.evidence or options.reference or options.note:
            raise QmsError(ONLY_DAYS.fill({"path": COPIES_FILE}))
        with_fates = partial(_with_fates, options, context, fates)
        return writing.write_record(options, context, COPIES_FILE, with_fates, {}, message)
    question = ("handed_out", HANDED_OUT, asking.day_or_today(context.today, context.manual.config))
    asking.ask_missing(options, (question,), context.lang)
    kept, evidence = writing.read_evidence(options, context)
    entry = writing.with_evidence(options, _entry(options, context, fates), evidence)
    with_entry = partial(add_entry, COPIES_FILE, key="copies", entry=entry, head={})
    return writing.write_record(options, context, COPIES_FILE, with_entry, kept, message)


def _with_fates(
    options: argparse.Namespace, context: HistoryContext, fates: dict[str, date], text: str
) -> str:
    """Return a text of the record with what became of the copy that is meant."""
    key = context.document_key(options.code)
    meant = [
        copy
        for copy in writing.read_manual(context, COPIES_FILE, text).copies
        if copy.key == key
        and copy.unit.text == options.unit
        and options.number in {None, copy.number}
    ]
    out = [copy for copy in meant if not copy.is_out_of_use(context.today)]
    # A run before may have been stopped after it had written.
    if any(_has_come_to(copy, fates) for copy in out or meant):
        return text
    if not out:
        raise QmsError(NO_COPY)
    if len(out) > 1:
        raise QmsError(SEVERAL.fill({"count": str(len(out))}))
    fields = {name: day.isoformat() for name, day in fates.items()}
    return add_fields(COPIES_FILE, text, "copies", out[0].document.location.line, fields)


def _has_come_to(copy: ControlledCopy, fates: dict[str, date]) -> bool:
    """Whether just that is recorded of a copy already."""
    written = {name: getattr(copy, name) for name in fates}
    return all(mark and mark.day == fates[name] for name, mark in written.items())


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
