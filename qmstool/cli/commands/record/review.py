"""Record a periodic review: stands as it is, or returned with comments (`record review`)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from qmstool.cli import console
from qmstool.cli.context import HistoryContext
from qmstool.cli.days import parse_day
from qmstool.cli.recording import asking, writing
from qmstool.cli.recording.texts import status_in_force, text_fields
from qmstool.i18n import Text
from qmstool.manual.circulation import REVIEWS_FILE
from qmstool.manual.schema.circulation import REVIEW_OUTCOMES
from qmstool.parsing.similar import not_found_error
from qmstool.register.counted_reviews import why_nobody_counts
from qmstool.scaffold.entries import add_entry

if TYPE_CHECKING:
    import argparse

    from qmstool.releases.canonical_yaml import Value

OUTCOME = Text(
    "Kết quả: stands (giữ nguyên) hay returned (trả lại kèm góp ý)",
    "Outcome: stands (as it is) or returned (with comments)",
)
PERSON = Text("Ai xem xét", "Who reviewed it")
DAY = Text("Ngày xem xét, bỏ trống là hôm nay", "Day of the review, today if left empty")
COMMENT = Text("Nội dung góp ý", "The comments")
NOT_COUNTED = Text(
    "{person}: {why}. Hạn xem xét vẫn như cũ.", "{person}: {why}. The next review is due as before."
)


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("code", metavar="CODE", help="mã tài liệu / code of the document")
    parser.add_argument("--outcome", choices=REVIEW_OUTCOMES, help="kết quả / what was found")
    parser.add_argument("--person", metavar="WHO", help="ai xem xét / who reviewed it")
    parser.add_argument(
        "--date", type=parse_day, metavar="DAY", help="ngày xem xét / day of the review"
    )
    parser.add_argument("--comment", metavar="…", help="nội dung góp ý / the comments")
    writing.add_writing_options(parser)


def run(options: argparse.Namespace) -> int:
    """Write the entry; it is about the text in force on the day of the review."""
    context = HistoryContext(options)
    asking.ask_missing(
        options,
        (
            ("outcome", OUTCOME, asking.read_words),
            ("person", PERSON, asking.read_words),
            ("date", DAY, asking.day_or_today(context.today, context.manual.config)),
        ),
        context.lang,
    )
    if options.outcome not in REVIEW_OUTCOMES:
        raise not_found_error(options.outcome, Text("kết quả", "outcome"), REVIEW_OUTCOMES)
    if options.outcome == "returned":
        asking.ask_missing(options, (("comment", COMMENT, asking.read_words),), context.lang)
    asking.refuse_to_come(options, ("date",), context.today)
    status = status_in_force(context, options.code, options.date)
    kept, evidence = writing.read_evidence(options, context)
    entry: dict[str, Value] = text_fields(status) | {
        "date": options.date.isoformat(),
        "outcome": options.outcome,
        "person": options.person,
    }
    if options.comment:
        entry["comment"] = options.comment
    entry = writing.with_evidence(options, entry, evidence)
    with_entry = partial(add_entry, REVIEWS_FILE, key="reviews", entry=entry, head={})
    name = str(entry["document"])
    message = Text(f"Ghi nhận xem xét {name}", f"Record a review of {name}")
    why = why_nobody_counts(
        options.person, options.date, context.manual.config, is_proved=bool(evidence)
    )
    if why and options.outcome == "stands":
        console.print_note(NOT_COUNTED.fill({"person": options.person, "why": why}), context.lang)
    return writing.write_record(options, context, REVIEWS_FILE, with_entry, kept, message)
