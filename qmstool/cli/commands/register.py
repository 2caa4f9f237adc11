"""Print one of the registers, always generated (`qmstool register`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.cli import console, moments
from qmstool.cli import tables as tabular
from qmstool.cli.context import HistoryContext, open_tree
from qmstool.i18n import Text
from qmstool.manual.loading.loader import load
from qmstool.register.candidates import submitted_documents
from qmstool.register.status import register, without_later_records
from qmstool.releases.record import digest_documents
from qmstool.tables.by_name import REGISTERS, register_by_name

if TYPE_CHECKING:
    import argparse

    from qmstool.manual.model import Manual
    from qmstool.register.status import Register

# What these list rests on records of releases.
OF_RECORDS = frozenset({"internal", "forms"})
ASK_VERIFY = Text(
    "Danh mục theo các bản ghi, chưa hỏi bản ghi có được chứng minh hay không; hỏi bằng: qmstool "
    "verify (bản có hiệu lực tại ngày: qmstool as-of).",
    "The register follows the records; whether these are proved is not asked here. Ask: qmstool "
    "verify (of a day: qmstool as-of).",
)


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "which",
        choices=REGISTERS,
        help="danh mục nào / which register",
    )
    tabular.add_table_options(parser)
    moments.add_as_of(parser)


def run(options: argparse.Namespace) -> int:
    """Print the register."""
    tree = open_tree(options.root)
    at_tip = load(tree)
    lang = console.reader_language(options, at_tip)
    today = console.today(at_tip.config.zone)
    if options.as_of not in {None, today}:
        manual, standing = _on(options)
    else:
        console.print_unread_texts(tree, console.screen_language(options, at_tip.config))
        manual = at_tip
        standing = register(
            manual,
            manual.releases,
            today,
            digests=digest_documents(manual, tree.read),
            submitted=submitted_documents(manual),
        )
    if options.which in OF_RECORDS and any(standing.releases):
        console.print_note(ASK_VERIFY, console.screen_language(options, at_tip.config))
    table = register_by_name(options.which, manual, standing, lang, tip=at_tip, today=today)
    tabular.print_table(options, table, lang, tree, at_tip.config, day=standing.day)
    return 0


def _on(options: argparse.Namespace) -> tuple[Manual, Register]:
    """Return the manual of another day and its statuses; drafts of today are left out."""
    context = HistoryContext(options)
    day = moments.day_of(options.as_of, context)
    context.print_unknown_past(day)
    manual, standing = context.manual_on(day)
    return manual, without_later_records(standing, day)
