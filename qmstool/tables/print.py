"""Make a page to print on A4 of a table: its head on every sheet, wide tables lying."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.templating import TemplatePrinter, format_print_dates

if TYPE_CHECKING:
    from qmstool.i18n import Lang
    from qmstool.storage.tree import Tree
    from qmstool.tables.registers import Table
    from qmstool.templating import Imprint

UPRIGHT = 6  # columns that fit across a standing sheet


def print_table(table: Table, imprint: Imprint, lang: Lang, tree: Tree) -> str:
    """Return the page as HTML, without the columns that nobody filled.

    `imprint` is what each sheet says of itself.

    `tree` may hold a template of the manual's own, `templates/print/table.html.j2`.
    """
    title = format_print_dates(table.title.get(lang), lang)
    table = table.filled()
    printer = TemplatePrinter(tree, lang, "print")
    printer.environment.filters["longest_word"] = _longest_word
    lying = len(table.columns) > UPRIGHT
    return printer("table", title=title, table=table, imprint=imprint, lying=lying)


def _longest_word(text: str) -> int:
    return max(map(len, text.split()), default=0)
