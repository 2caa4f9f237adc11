"""Take a register back that was exported to Excel and edited there (`import --update`)."""

from __future__ import annotations

import re
import sys
from datetime import date
from typing import TYPE_CHECKING

from qmstool.cli.changing import show_and_make
from qmstool.cli.papers import draft_register
from qmstool.cli.tables import CHECK_CODE, DAY, table_code
from qmstool.frozen import replace
from qmstool.git.absence import is_refusal
from qmstool.i18n import QmsError, Text
from qmstool.importing.returning.document_heads import HeadKeeper
from qmstool.importing.returning.edits import apply_to_file
from qmstool.importing.returning.kept_registers import FILES, FileKeeper
from qmstool.importing.returning.registers import LANGS, read_rows, take_rows
from qmstool.importing.returning.telling import change_lines, counts
from qmstool.importing.returning.told import NO_PLACE
from qmstool.importing.workbooks.sheets import read_sheets
from qmstool.manual.loading.loader import load
from qmstool.parsing.source import SourceFile
from qmstool.scaffold.changes import Change as FilesChange
from qmstool.storage.pinned_tree import commit_tree
from qmstool.storage.tree import ChangedTree
from qmstool.tables.by_name import register_by_name
from qmstool.tables.registers import form_keys
from qmstool.terminal import escape_lines

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from qmstool.cli.context import HistoryContext
    from qmstool.importing.collecting import Given
    from qmstool.importing.returning.registers import Keeper, Rows, SheetRows
    from qmstool.importing.returning.result import ReturnedChange
    from qmstool.importing.workbooks.sheets import Sheet
    from qmstool.manual.model import Manual
    from qmstool.storage.tree import Tree
    from qmstool.tables.registers import Table

SUFFIXES = {".xlsx", ".xlsm", ".csv"}
_COMMIT = re.compile(r"[0-9a-f]{7,64}")
NO_REGISTER = Text(
    "«{name}» không phải danh mục mà --update nhận lại: tài liệu nội bộ (register internal), tài "
    "liệu bên ngoài (register external), biểu mẫu (register forms) hay hồ sơ (register records), "
    "giữ nguyên dòng tiêu đề.",
    "«{name}» is no register that --update takes back: controlled documents (register internal), "
    "external documents (register external), forms (register forms) or records (register records), "
    "their row of heads as it was.",
)
NOT_THE_SAME = Text(
    "Không dựng lại được đúng bảng mà «{name}» đã xuất ra, nên không biết ô nào do người sửa: tệp "
    "mất trang «Xuất xứ», xuất từ bản chưa lưu vào git, của một ngày khác, hay bằng bản qmstool "
    "khác. Hãy lưu vào git, xuất lại bằng qmstool register {which} --format xlsx, rồi sửa trong "
    "tệp mới.",
    "The table that «{name}» was made from cannot be made again, so nobody knows which cells were "
    "edited: its sheet «About» is gone, or it was exported from what was not committed, for "
    "another day, or by another qmstool. Commit, export anew with qmstool register {which} "
    "--format xlsx, and edit that file.",
)
HEAD = Text("{path} từ «{file}»: {counts}.", "{path} from «{file}»: {counts}.")
_LABELS = {text.get(lang): text for text in (DAY, CHECK_CODE) for lang in LANGS}


def take_register(options: argparse.Namespace, context: HistoryContext, file: Given) -> int:
    """Take a workbook back; return 1 where something could not be taken, else 0."""
    sheets = read_sheets(file.data, file.name)
    found = next((rows for sheet in sheets if (rows := read_rows(sheet.rows)) is not None), None)
    if found is None:
        raise QmsError(NO_REGISTER.fill({"name": file.name}))
    exported = _exported(options, context, found, sheets, file.name)
    day = _day_told(sheets) or context.today
    keeper, path = _keeper(context, found, file.name)
    now = _rows(found, context.manual, context.tree, day)
    changes, edits = take_rows(found, exported, now, keeper)
    data = context.tree.read_all(edits)
    sources = _sources(context.manual)
    after = {
        name: apply_to_file(sources[name], data[name], made.sorted())
        for name, made in edits.items()
    }
    if after:
        tree = ChangedTree(context.tree, after)
        changes = _checked(changes, _rows(found, load(tree), tree, day))
    lang = context.lang
    values = {"path": path, "file": file.name, "counts": counts(changes, lang)}
    lines = [HEAD.fill(values).get(lang), *change_lines(changes, lang)]
    sys.stdout.write(escape_lines("\n".join(lines)) + "\n")
    if after:
        texts = {name: (data[name].decode(), made.decode()) for name, made in after.items()}
        show_and_make(options, FilesChange(texts, {}), lang)
    return 1 if any(not change.taken for change in changes) else 0


def _sources(manual: Manual) -> dict[str, SourceFile]:
    """Return the files that a manual was read from, by path, as they were then."""
    texts = (file for document in manual.documents.values() for file in document.files)
    return {**manual.sources, **{file.path: file.source for file in texts}}


def _keeper(context: HistoryContext, sheet: SheetRows, name: str) -> tuple[Keeper, str]:
    """Return who knows where a register's facts are, and how that place is called."""
    if sheet.kind.of_documents:
        return HeadKeeper(context.manual), f"register {sheet.kind.name}"
    path, entries = FILES[sheet.kind.name]
    data = context.tree.read_all([path]).get(path)
    if data is None:
        raise QmsError(NO_REGISTER.fill({"name": name}))
    return FileKeeper(context.manual, SourceFile(path, data), entries, sheet.lang), path


def _exported(
    options: argparse.Namespace,
    context: HistoryContext,
    sheet: SheetRows,
    sheets: Sequence[Sheet],
    name: str,
) -> Rows:
    """Return the rows as they were exported: of the commit that the workbook names, else of today.

    Raises QmsError for a register of documents that cannot be made again as it was: much in it
    follows from releases and days, and what differs would be taken for an edit.
    """
    day = _day_told(sheets) or context.today
    manual: Manual = context.manual
    tree: Tree = context.tree
    told = [cell.strip() for each in sheets[1:] for row in each.rows for cell in row]
    commit = next((cell for cell in told if _COMMIT.fullmatch(cell)), "")
    if commit:
        try:
            tree = commit_tree(options.root, commit)
            manual = load(tree)
        except QmsError as error:
            if is_refusal(error):
                raise
            manual, tree = context.manual, context.tree
    if sheet.kind.of_documents:
        made = _table(sheet, manual, tree, day)
        if table_code(made, sheet.lang) != _value_under(sheets, CHECK_CODE):
            values = {"name": name, "which": sheet.kind.name}
            raise QmsError(NOT_THE_SAME.fill(values))
    return _rows(sheet, manual, tree, day)


def _value_under(sheets: Sequence[Sheet], label: Text) -> str:
    """Return what the sheet about a workbook says under a label."""
    rows = (row for sheet in sheets[1:] for row in sheet.rows if len(row) > 1)
    return next((row[1].strip() for row in rows if _LABELS.get(row[0].strip()) is label), "")


def _day_told(sheets: Sequence[Sheet]) -> date | None:
    try:
        return date.fromisoformat(_value_under(sheets, DAY))
    except ValueError:
        return None


def _table(sheet: SheetRows, manual: Manual, tree: Tree, day: date) -> Table:
    standing = draft_register(manual, tree, day)
    name, lang = sheet.kind.name, sheet.lang
    return register_by_name(name, manual, standing, lang, tip=manual, today=day)


def _rows(sheet: SheetRows, manual: Manual, tree: Tree, day: date) -> Rows:
    """Return the rows of a register by the keys of their entries."""
    match sheet.kind.name:
        case "internal":
            keys = tuple(draft_register(manual, tree, day).statuses)
        case "forms":
            keys = form_keys(manual)
        case "external":
            keys = tuple(manual.externals)
        case _:
            keys = tuple(manual.records)
    table = _table(sheet, manual, tree, day)
    columns = [key for key, _ in table.columns]
    rows = zip(keys, table.rows, strict=False)
    return {key: dict(zip(columns, row, strict=True)) for key, row in rows}


def _checked(changes: Sequence[ReturnedChange], rows: Rows) -> list[ReturnedChange]:
    """Return the changes, those not taken that the changed register does not show."""
    shown = {cell for row in rows.values() for cell in row.values()}
    return [_if_shown(change, shown) for change in changes]


def _if_shown(change: ReturnedChange, shown: set[str]) -> ReturnedChange:
    """Return a change; as one not taken where its words are not among the shown ones."""
    if not change.taken or not change.after or change.after in shown:
        return change
    return replace(change, path="", line=0, note=NO_PLACE)
