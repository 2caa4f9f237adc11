"""`qmstool register`: the four registers, always generated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.candidates.candidate import submitted_documents
from qmstool.cli import console as words
from qmstool.cli import tables as tabular
from qmstool.cli.context import Past, at_hand
from qmstool.manual.loading.loader import load
from qmstool.register.status import register, without_later_records
from qmstool.releases.record import digest_documents
from qmstool.tables import external_and_records as outside
from qmstool.tables import registers as tables

if TYPE_CHECKING:
    import argparse

    from qmstool.manual.model import Manual
    from qmstool.register.status import Register


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument(
        "which",
        choices=("internal", "external", "forms", "records"),
        help="danh mục nào / which register",
    )
    tabular.add(parser)
    parser.add_argument(
        "--as-of", type=tabular.day, metavar="YYYY-MM-DD", help="tính tại ngày / as of a day"
    )


def run(options: argparse.Namespace) -> int:
    """Print."""
    tree = at_hand(options.root)
    at_tip = load(tree)
    lang, today = words.screen_language(options, at_tip.config), words.today(at_tip.config.zone)
    if options.as_of and options.as_of != today:
        manual, standing = _on(options)
    else:
        manual = at_tip
        standing = register(
            manual,
            manual.releases,
            today,
            digests=digest_documents(manual, tree.read),
            submitted=submitted_documents(manual),
        )
    made = {
        "internal": lambda: tables.internal_register(manual, standing, lang),
        "forms": lambda: tables.forms_register(manual, standing, lang),
        "external": lambda: outside.external_register(manual, lang),
        "records": lambda: outside.records_register(manual, lang),
    }
    tabular.give(options, made[options.which](), lang, tree, at_tip.config, day=standing.day)
    return 0


def _on(options: argparse.Namespace) -> tuple[Manual, Register]:
    """The manual of another day, and how every document stood; drafts of today are none of its business."""
    manual, standing = Past(options).on(options.as_of)
    return manual, without_later_records(standing, options.as_of)
