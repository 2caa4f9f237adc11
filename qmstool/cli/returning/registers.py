"""Take a register back that was exported to Excel and edited there (`import --update`)."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from qmstool.cli.changing import show_and_make
from qmstool.frozen import replace
from qmstool.git.absence import AbsenceError
from qmstool.i18n import QmsError, Text
from qmstool.importing.returning.edits import apply_to_file
from qmstool.importing.returning.registers import read_rows, take_rows
from qmstool.importing.returning.telling import change_lines, counts
from qmstool.importing.returning.told import NO_PLACE
from qmstool.importing.workbooks.sheets import read_sheets
from qmstool.manual.loading.loader import load
from qmstool.parsing.source import SourceFile
from qmstool.scaffold.changes import Change as FilesChange
from qmstool.storage.pinned_tree import commit_tree
from qmstool.storage.tree import ChangedTree
from qmstool.terminal import escape_lines

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from qmstool.cli.context import HistoryContext
    from qmstool.importing.collecting import Given
    from qmstool.importing.returning.registers import SheetRows
    from qmstool.importing.returning.result import ReturnedChange
    from qmstool.importing.workbooks.sheets import Sheet
    from qmstool.manual.model import Manual

SUFFIXES = {".xlsx", ".xlsm", ".csv"}
_COMMIT = re.compile(r"[0-9a-f]{7,64}")
NO_REGISTER = Text(
    "«{name}» không phải danh mục mà --update nhận lại: tài liệu bên ngoài (register external) hay "
    "hồ sơ (register records), giữ nguyên dòng tiêu đề.",
    "«{name}» is no register that --update takes back: external documents (register external) or "
    "records (register records), their row of heads as it was.",
)
HEAD = Text("{path} từ «{file}»: {counts}.", "{path} from «{file}»: {counts}.")


def take_register(options: argparse.Namespace, context: HistoryContext, file: Given) -> int:
    """Take a workbook back; return 1 where something could not be taken, else 0."""
    sheets = read_sheets(file.data, file.name)
    found = next((rows for sheet in sheets if (rows := read_rows(sheet.rows)) is not None), None)
    path = found.kind.path if found is not None else ""
    data = context.tree.read_all([path]).get(path) if path else None
    if found is None or data is None:
        raise QmsError(NO_REGISTER.fill({"name": file.name}))
    exported = _exported(options, context, sheets)
    source = SourceFile(path, data)
    changes, edits = take_rows(found, exported, context.manual, source)
    after = apply_to_file(source, data, edits.sorted()) if len(edits) else data
    if after != data:
        read = load(ChangedTree(context.tree, {path: after}))
        changes = _checked(found, changes, read)
    lang = context.lang
    values = {"path": path, "file": file.name, "counts": counts(changes, lang)}
    lines = [HEAD.fill(values).get(lang), *change_lines(changes, lang)]
    sys.stdout.write(escape_lines("\n".join(lines)) + "\n")
    if after != data:
        texts = {path: (data.decode("utf-8"), after.decode("utf-8"))}
        show_and_make(options, FilesChange(texts, {}), lang)
    return 1 if any(not change.taken for change in changes) else 0


def _exported(
    options: argparse.Namespace, context: HistoryContext, sheets: Sequence[Sheet]
) -> Manual:
    """Return the manual that a workbook was made of, by the commit that it names; else today's."""
    about = (cell for sheet in sheets[1:] for row in sheet.rows for cell in row)
    for cell in about:
        if _COMMIT.fullmatch(cell.strip()):
            try:
                return load(commit_tree(options.root, cell.strip()))
            except (AbsenceError, QmsError):
                break
    return context.manual


def _checked(
    sheet: SheetRows, changes: Sequence[ReturnedChange], read: Manual
) -> list[ReturnedChange]:
    """Return the changes, those not taken that the changed register does not show."""
    shown = {cell for row in sheet.kind.table(read, sheet.lang).rows for cell in row}
    return [
        change
        if not change.taken or change.after in shown or not change.after
        else replace(change, path="", line=0, note=NO_PLACE)
        for change in changes
    ]
