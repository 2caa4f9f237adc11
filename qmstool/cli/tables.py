"""Print a `Table` as asked for: on a terminal, as CSV or JSON, as a page to print, for Excel."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from qmstool import __version__
from qmstool.cli import console
from qmstool.git import repository as git
from qmstool.git.uncommitted import uncommitted_paths
from qmstool.i18n import QmsError, Text
from qmstool.storage.read_once import ReadOnceTree
from qmstool.tables.format import as_csv, as_json, as_text, narrowed
from qmstool.terminal import columns, escape_lines

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping
    from datetime import date

    from qmstool.i18n import Lang
    from qmstool.manual.config import Config
    from qmstool.storage.tree import Tree
    from qmstool.tables.registers import Table
    from qmstool.templating import Imprint

FORMATS = ("table", "csv", "json", "html", "xlsx")
_WANTS_FILE = Text(
    "Tệp Excel không in ra màn hình được. Hãy thêm --output TÊN-TỆP.xlsx.",
    "An Excel file cannot be shown on the screen. Add --output NAME.xlsx.",
)
_LEFT_OUT = Text("Thêm --wide để xem: {columns}.", "Add --wide for: {columns}.")
_NO_ROWS = Text("(không có dòng nào)", "(no rows)")
_ORGANIZATION = Text("Tổ chức", "Organization")
DAY = Text("Tính tại ngày", "As of")
_COMMIT = Text("Phiên bản git", "Commit")
_CHANGED = Text(
    "{commit}, và những sửa đổi chưa lưu vào git", "{commit}, and changes not committed"
)
_NO_COMMIT = Text("không có (không phải kho git)", "none (not a git repository)")
_MADE_BY = Text("Công cụ", "Tool")
_ROWS = Text("Số dòng", "Rows")
CHECK_CODE = Text("Mã kiểm tra của bảng", "Check code of the table")


def add_table_options(
    parser: argparse.ArgumentParser, more: Mapping[str, str] | None = None
) -> None:
    """Add the options of every command that gives a table; `more`: further forms, and for what."""
    told = (
        "dạng kết quả; html: trang in khổ A4; xlsx: tệp Excel / form of the answer; html: to "
        "print; xlsx: for Excel"
    )
    uses = [f"{name}: {use}" for name, use in (more or {}).items()]
    parser.add_argument(
        "--format",
        choices=(*FORMATS, *(more or ())),
        default="table",
        help=". ".join([told, *uses]),
    )
    parser.add_argument(
        "--wide", action="store_true", help="mọi cột, cả trên màn hình / all columns on a terminal"
    )
    parser.add_argument("--output", type=Path, metavar="FILE", help="ghi vào tệp / write to a file")
    console.add_language_option(parser)


def print_table(
    options: argparse.Namespace,
    table: Table,
    lang: Lang,
    tree: Tree,
    config: Config,
    *,
    day: date | None = None,
) -> None:
    """Print or write the table in the form asked for; `day`: the one it speaks of, else today."""
    match options.format:
        case "xlsx":
            write_workbook(options, table, lang, tree, config, day)
            return
        case "csv":
            text = as_csv(table, lang)
        case "json":
            text = as_json(table, lang)
        case "html":
            from qmstool.tables.print import print_table  # a template engine: start-up counts

            text = print_table(table, make_imprint(options, tree, config, day), lang, tree)
        case _:
            text = escape_lines(_for_the_screen(options, table, lang))
    console.print_answer(options, text)


def write_workbook(
    options: argparse.Namespace,
    table: Table,
    lang: Lang,
    tree: Tree,
    config: Config,
    day: date | None = None,
) -> None:
    """Write the table as an Excel file, with a sheet that says where it comes from.

    `day`: the one it speaks of, else today.
    """
    from qmstool.export.xlsx import as_xlsx  # only who wants Excel pays for it

    if options.output is None and sys.stdout.isatty():
        raise QmsError(_WANTS_FILE)
    imprint = make_imprint(options, tree, config, day)
    commit = imprint.commit or _NO_COMMIT.get(lang)
    if imprint.changed:
        commit = _CHANGED.fill({"commit": commit}).get(lang)
    about = (
        (_ORGANIZATION, imprint.organization),
        (DAY, imprint.day.isoformat()),
        (_COMMIT, commit),
        (_MADE_BY, imprint.tool),
        (_ROWS, str(len(table.rows))),
        (CHECK_CODE, table_code(table, lang)),
    )
    console.print_binary(options, as_xlsx(table, about, imprint.day, lang))


def table_code(table: Table, lang: Lang) -> str:
    """Return the check code of a table, of what `--format json` prints.

    Whoever doubts a copy makes that again and compares.
    """
    from qmstool.releases.record import check_code, exact_sha256

    return check_code(exact_sha256(as_json(table, lang).encode("utf-8", "replace")))


def commit_told(options: argparse.Namespace, tree: Tree, lang: Lang) -> tuple[str, str]:
    """Return when the newest commit was made, ISO 8601, and how it is called: by its first digits.

    What differs from it on disk is said with its name. Raises QmsError without a commit.
    """
    repository = git.require_commit(git.find_repository(options.root))
    commit = repository.head[:10]
    if _is_changed(repository, tree):
        commit = _CHANGED.fill({"commit": commit}).get(lang)
    return git.committed_at(repository, repository.head), commit


def _for_the_screen(options: argparse.Namespace, table: Table, lang: Lang) -> str:
    """Return the table as text; a terminal shows the columns asked for most, and says so."""
    width = _line_width(options)
    shown = table if options.wide or width == sys.maxsize else narrowed(table)
    text = as_text(shown, lang, width)
    if not table.rows:
        text += _NO_ROWS.get(lang) + "\n"
    if shown is table:
        return text
    left = [column[1].get(lang) for column in table.columns if column not in shown.columns]
    return text + "\n" + _LEFT_OUT.fill({"columns": ", ".join(left)}).get(lang) + "\n"


def _line_width(options: argparse.Namespace) -> int:
    """Return how many characters fit into a line: the terminal's; a file or a pipe has no edge."""
    if options.output or not sys.stdout.isatty():
        return sys.maxsize
    return columns()


def make_imprint(
    options: argparse.Namespace, tree: Tree, config: Config, day: date | None = None
) -> Imprint:
    """Return what a printed sheet says of itself; `day`: the one it speaks of, else today.

    Raises QmsError where somebody saved since the tree was read.
    """
    from qmstool.templating import Imprint

    now, repository = console.now(config.zone), git.find_repository(options.root)
    if isinstance(repository, git.ShallowRepository):
        repository = repository.repository
    commit, changed = "", False
    if isinstance(repository, git.Repository):
        commit, changed = repository.head[:10], _is_changed(repository, tree)
    tool = f"qmstool {__version__}"
    return Imprint(config.organization, day or now.date(), now, commit, changed, tool)


def _is_changed(repository: git.Repository, tree: Tree) -> bool:
    """Whether anything of the manual that was read is not as the newest commit has it."""
    changed = uncommitted_paths(repository)
    if isinstance(tree, ReadOnceTree):
        tree.require_unsaved()
    return bool(changed)
