"""A table + what a sheet says of itself → a page to print on A4: its head on every sheet, wide tables lying."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.templating import TemplatePrinter, format_print_dates

if TYPE_CHECKING:
    from qmstool.i18n import Lang
    from qmstool.storage.tree import Tree
    from qmstool.tables.registers import Table
    from qmstool.templating import Imprint

UPRIGHT = 6  # columns that fit across a standing sheet


def page(table: Table, imprint: Imprint, lang: Lang, tree: Tree) -> str:
    """Return the page; `tree` may hold a template of the manual's own, `templates/print/table.html.j2`."""
    title = format_print_dates(table.title.get(lang), lang)
    printer = TemplatePrinter(tree, lang, "print")
    printer.environment.filters["longest_word"] = lambda text: max(
        map(len, text.split()), default=0
    )
    return printer(
        "table", title=title, table=table, imprint=imprint, lying=len(table.columns) > UPRIGHT
    )
