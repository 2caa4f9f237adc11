"""What paper and workbooks cost: CPU seconds, side by side in one run.

    python benchmarks/export.py [MANUAL]

- the whole manual as PDF, against `check --no-cache` of it and Typst alone on the finished source;
- 10,000 rows as a workbook, against XlsxWriter alone writing the same cells.
"""

from __future__ import annotations

import io
import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import xlsxwriter

from qmstool.checking.runner import check
from qmstool.export.pdf import as_pdf
from qmstool.export.sheets import SheetWriter
from qmstool.export.xlsx import as_xlsx
from qmstool.i18n import Text
from qmstool.manual.loading.loader import load
from qmstool.references.resolver import resolve
from qmstool.register.status import register
from qmstool.storage.tree import FolderTree
from qmstool.tables.registers import Table

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]
DAY = date(2026, 11, 22)
ROWS = 10_000


def cpu(work: Callable[[], object], runs: int = 3) -> float:
    """The least CPU seconds of some runs."""
    least = float("inf")
    for _ in range(runs):
        start = time.process_time()
        work()
        least = min(least, time.process_time() - start)
    return least


def paper(root: Path) -> None:
    def read() -> None:
        tree = FolderTree(root)
        manual = load(tree)
        check(manual, resolve(manual), root=str(root), day=DAY, read=tree.read)

    def export() -> None:
        tree = FolderTree(root)
        manual = load(tree)
        made(manual, tree)

    def made(manual: object, tree: FolderTree) -> object:
        loaded = load(tree) if manual is None else manual
        held = [document for document in loaded.documents.values() if document.held]  # type: ignore[attr-defined]
        standing = register(loaded, loaded.releases, DAY)  # type: ignore[arg-type, attr-defined]
        papers = SheetWriter(loaded, standing, "vi").documents(held, tree, {}, whole=True)  # type: ignore[arg-type]
        return as_pdf(papers.data, papers.pictures, DAY)

    tree = FolderTree(root)
    manual = load(tree)
    held = [document for document in manual.documents.values() if document.held]
    standing = register(manual, manual.releases, DAY)
    source = SheetWriter(manual, standing, "vi").documents(held, tree, {}, whole=True)
    engine = cpu(lambda: as_pdf(source.data, source.pictures, DAY))
    checked, whole = cpu(read), cpu(export)
    limit = checked + 2 * engine
    print(
        f"PDF of the whole manual: {whole:.2f} s; one check {checked:.2f} s, Typst alone {engine:.2f} s"
    )
    print(f"  {whole / limit:.2f} x of one check + 2 x Typst (limit 1)")


def workbook() -> None:
    keys = ("code", "title", "type", "issue", "revision", "state", "effective", "approver")
    columns = tuple((key, Text(key, key)) for key in keys)
    rows = tuple(
        (
            f"QT VP {number:05}",
            f"Quy trình số {number}",
            "Quy trình",
            "1",
            "0",
            "hiệu lực",
            "2026-03-01",
            "Giám đốc",
        )
        for number in range(ROWS)
    )
    table = Table(Text("Danh mục", "Register"), columns, rows)

    def alone() -> None:
        with xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True}) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    sheet.write_string(number, column, cell)

    ours, bare = cpu(lambda: as_xlsx(table, (), DAY, "vi")), cpu(alone)
    print(f"{ROWS} rows as a workbook: {ours:.2f} s; XlsxWriter alone {bare:.2f} s")
    print(f"  {ours / bare:.2f} x (limit 1.5)")


if __name__ == "__main__":
    paper(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT)
    workbook()
