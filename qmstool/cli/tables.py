"""A `Table` as asked for: for people on a terminal, as CSV and JSON for a program, as a page to print."""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from qmstool import __version__
from qmstool.cli import console
from qmstool.git import repository as git
from qmstool.tables import format as show
from qmstool.terminal import escape_lines

if TYPE_CHECKING:
    from qmstool.i18n import Lang
    from qmstool.manual.config import Config
    from qmstool.storage.tree import Tree
    from qmstool.tables.registers import Table
    from qmstool.templating import Imprint

FORMATS = ("table", "csv", "json", "html")


def add_table_options(parser: argparse.ArgumentParser) -> None:
    """The options of every command that gives a table."""
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="table",
        help="dạng kết quả; html: trang in khổ A4 / form of the answer; html: to print",
    )
    parser.add_argument("--output", type=Path, metavar="FILE", help="ghi vào tệp / write to a file")


def parse_day(text: str) -> date:
    """A day from the command line; where it is written the way people do, day first, the message has it as it should be."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        spoken = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text)
        written = f"{spoken[3]}-{spoken[2]:0>2}-{spoken[1]:0>2}" if spoken else "2024-03-14"
        raise argparse.ArgumentTypeError(
            f"«{text}»: ngày viết dạng {written} / a day is written {written}"
        ) from error


def print_table(
    options: argparse.Namespace,
    table: Table,
    lang: Lang,
    tree: Tree,
    config: Config,
    *,
    day: date | None = None,
) -> None:
    """Print or write the table in the form asked for; `day`: the one it speaks of, today if none is said."""
    match options.format:
        case "csv":
            text = show.as_csv(table, lang)
        case "json":
            text = show.as_json(table, lang)
        case "html":
            from qmstool.tables import print as printed  # a template engine: start-up counts

            text = printed.page(table, make_imprint(options, config, day), lang, tree)
        case _:
            text = escape_lines(show.as_text(table, lang, _line_width(options)))
    console.print_answer(options, text)


def _line_width(options: argparse.Namespace) -> int:
    """Characters that fit into a line: the terminal's; a file or a pipe has no edge."""
    if options.output or not sys.stdout.isatty():
        return sys.maxsize
    return shutil.get_terminal_size().columns


def make_imprint(options: argparse.Namespace, config: Config, day: date | None = None) -> Imprint:
    """What a printed sheet says of itself."""
    from qmstool.templating import Imprint

    made, found = console.now(config.zone), git.find(options.root)
    if isinstance(found, git.Shallow):
        found = found.repository
    commit, changed = (
        (found.head[:10], bool(git.dirty(found)))
        if isinstance(found, git.Repository)
        else ("", False)
    )
    return Imprint(
        config.organization,
        day or made.date(),
        made,
        commit,
        changed,
        f"qmstool {__version__}",
    )
