"""`qmstool register`: the four registers, always generated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.cli import tabular, words
from qmstool.load import load
from qmstool.register.standing import register
from qmstool.release.content import digests
from qmstool.signing.candidate import submitted
from qmstool.tables import registers as tables
from qmstool.tree import Folder

if TYPE_CHECKING:
    import argparse


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("which", choices=("internal", "external", "forms", "records"), help="danh mục nào / which register")
    tabular.add(parser)
    parser.add_argument("--as-of", type=tabular.day, metavar="YYYY-MM-DD", help="tính tại ngày / as of a day")


def run(options: argparse.Namespace) -> int:
    """Print."""
    tree = Folder(options.root)
    manual = load(tree)
    lang = words.screen_language(options, manual.config)
    day = options.as_of or words.today(manual.config.zone)
    standing = register(manual, manual.releases, day, digests=digests(manual, tree.read), submitted=submitted(manual))
    made = {
        "internal": lambda: tables.internal(manual, standing, lang),
        "forms": lambda: tables.forms(manual, standing, lang),
        "external": lambda: tables.external(manual, lang),
        "records": lambda: tables.records(manual, lang),
    }
    tabular.give(options, made[options.which](), lang)
    return 0
