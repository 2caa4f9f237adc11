"""List the whole manual in force on a day, and write its texts if asked for (`qmstool as-of`)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qmstool.cli import console, moments, tables
from qmstool.cli.context import HistoryContext
from qmstool.cli.days import parse_day
from qmstool.cli.proving import prove, words_of
from qmstool.cli.trusted import add_trust_options
from qmstool.i18n import QmsError, Text
from qmstool.register.effect import known_releases
from qmstool.storage import files
from qmstool.tables.in_force import in_force_table

if TYPE_CHECKING:
    import argparse

    from qmstool.i18n import Lang
    from qmstool.storage.pinned_tree import PinnedTree

NOT_EMPTY = Text(
    "«{folder}» không phải thư mục trống: có «{name}». Hãy chọn một thư mục khác.",
    "«{folder}» is not an empty folder: «{name}» lies there. Choose another.",
)
LOST = Text(
    "Kho không còn nội dung của «{path}». Hãy tìm trong một bản sao khác của kho.",
    "The repository has lost the text of «{path}». Look for it in another clone.",
)


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "day",
        type=moments.parse_moment,
        metavar="DAY|N",
        help="ngày cần biết, hay số đợt: ngày đợt ấy có hiệu lực / the day asked about, or a "
        "release: the day on which it has effect",
    )
    parser.add_argument(
        "--known-on",
        type=parse_day,
        metavar="DAY",
        help="theo những gì đã ghi nhận đến ngày / as recorded by that day",
    )
    parser.add_argument(
        "--texts",
        type=Path,
        metavar="DIR",
        help="ghi các văn bản vào thư mục trống / write the texts to an empty folder",
    )
    add_trust_options(parser)
    tables.add_table_options(parser)


def run(options: argparse.Namespace) -> int:
    """Print the list; status 1 where a text asked for is lost."""
    context = HistoryContext(options)
    releases = context.manual.releases
    if options.known_on:
        releases = known_releases(releases, options.known_on)
    day = moments.day_of(options.day, context)
    context.print_unknown_past(day)
    manual, standing = context.manual_on(day, releases)
    entries = standing.entries_in_force()
    answers = prove(options, context, day, entries, documents=manual.documents) if entries else ()
    table = in_force_table(
        manual, standing, context.readers, known_on=options.known_on, proofs=words_of(answers)
    )
    tables.print_table(
        options, table, context.readers, context.tree, context.manual.config, day=day
    )
    if not options.texts:
        return 0
    return _write(options.texts, context.texts_in_force(releases, day), context.lang)


def _write(folder: Path, pinned: PinnedTree, lang: Lang) -> int:
    """Write every pinned file; name what is lost: nothing takes its place.

    Where a record names a place that may not be written to, nothing is written; nor where anything
    else lies there. What an earlier run of the same question left, broken off, is no hindrance.
    """
    texts = pinned.read_all(pinned.list())
    for name in files.list_finished(folder):
        if name not in texts or not files.holds(folder, name, texts[name]):
            raise QmsError(NOT_EMPTY.fill({"folder": str(folder), "name": name}))
    for path in pinned.list():
        files.resolve_inside(folder, path)
    for path, data in texts.items():
        files.write(folder, path, data)
    for path in pinned.missing():
        console.print_note(LOST.fill({"path": path}), lang)
    return int(bool(pinned.missing()))
