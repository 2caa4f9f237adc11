"""What paper and workbooks cost: CPU seconds, side by side in one run.

    python benchmarks/export.py [MANUAL]

- the whole manual as PDF, against `check --no-cache` of it and Typst alone on the finished source;
- Typst setting these sheets in a process of its own, against Chromium printing the same texts;
- 100, 200 and 300 made-up documents as one PDF, each in a process of its own, with its memory;
- 10,000 rows as a workbook, against XlsxWriter alone writing the same cells.
"""

from __future__ import annotations

import io
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import xlsxwriter

from benchmarks.corpus import make
from qmstool.checking.runner import check
from qmstool.dossier.text import document_html
from qmstool.export.pdf_in_parts import as_pdf
from qmstool.export.sheets import SheetWriter
from qmstool.export.xlsx import as_xlsx
from qmstool.i18n import Text
from qmstool.manual.loading.loader import load
from qmstool.references.resolver import resolve
from qmstool.register.status import register
from qmstool.storage.tree import FolderTree
from qmstool.tables.registers import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).parents[1]
DAY = date(2026, 11, 22)
ROWS = 10_000
SIZES = (100, 200, 300)
CHROMIUM = (
    "/usr/bin/chromium",
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--print-to-pdf={target}",
    "{page}",
)
STYLE = "section{break-before:page} table{border-collapse:collapse} td,th{border:1px solid}"
# In a new process, as a browser is one: what is kept from one document to the next does not count.
SET_ALONE = """
import pickle, sys, time
import typst
from qmstool.export.pdf_in_parts import as_pdf
data, pictures, day = pickle.load(open(sys.argv[1], "rb"))
start = time.process_time()
as_pdf(data, pictures, day)
print(time.process_time() - start)
"""
# Each document as a file of its own, as the audit pack has them.
SET_EACH = """
import resource, sys
from pathlib import Path
from benchmarks.export import set_each
print(set_each(Path(sys.argv[1])), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


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


def processes(command: Sequence[str], runs: int = 3) -> tuple[float, int]:
    """The least CPU seconds of a command and what it started, and the most memory, in MB."""
    least = float("inf")
    for _ in range(runs):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        least = min(least, spent)
    return least, after.ru_maxrss // 1024


def said(program: str, *words: str) -> str:
    """What a program of ours prints in a new process."""
    command = [sys.executable, "-c", program, *words]
    return subprocess.run(command, check=True, capture_output=True, cwd=ROOT, text=True).stdout


def set_each(root: Path) -> float:
    """The CPU seconds of every document of a manual as a PDF of its own."""
    start = time.process_time()
    tree = FolderTree(root)
    manual = load(tree)
    standing = register(manual, manual.releases, DAY)
    for document in manual.documents.values():
        source = SheetWriter(manual, standing, "vi").documents([document], tree, {}, whole=False)
        as_pdf(source.data, source.pictures, DAY)
    return time.process_time() - start


def beside_a_browser(root: Path) -> None:
    tree = FolderTree(root)
    manual = load(tree)
    held = [document for document in manual.documents.values() if document.held]
    standing = register(manual, manual.releases, DAY)
    source = SheetWriter(manual, standing, "vi").documents(held, tree, {}, whole=True)
    texts = (f"<section>{document_html(each, tree, 'vi')}</section>" for each in held)
    with tempfile.TemporaryDirectory() as folder:
        page, sheets = Path(folder, "all.html"), Path(folder, "sheets.pickle")
        page.write_text(f"<meta charset=utf-8><style>{STYLE}</style>{''.join(texts)}", "utf-8")
        sheets.write_bytes(pickle.dumps((source.data, source.pictures, DAY)))
        values = {"target": f"{folder}/c.pdf", "page": page.as_uri()}
        browser, _ = processes([word.format_map(values) for word in CHROMIUM])
        ours = min(float(said(SET_ALONE, str(sheets))) for _ in range(3))
    print(f"Typst on these sheets: {ours:.2f} s; Chromium on the same texts {browser:.2f} s")
    print(f"  {ours / browser:.2f} x (limit 0.2)")


def many() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            root, target = Path(folder, str(size)), Path(folder, f"{size}.pdf")
            make(root, size)
            command = [sys.executable, "-m", "qmstool", "export", "pdf", "--root", str(root)]
            spent, memory = processes([*command, "--output", str(target)], runs=1)
            each = 1000 * spent / size
            print(f"{size} documents in one PDF: {spent:.2f} s, {each:.0f} ms each, {memory} MB")
            alone, most = map(float, said(SET_EACH, str(root)).split())
            each = 1000 * alone / size
            print(f"{size} documents, a PDF each: {alone:.2f} s, {each:.0f} ms each, {most:.0f} MB")


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
    beside_a_browser(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT)
    many()
    workbook()
