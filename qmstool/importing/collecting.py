"""Take files in: read each, understand it, and make of all of them files of one manual.

What goes in: names and bytes, and what is known of the manual they come into. What comes out: a
`Taken`; nothing is written here. A file that cannot be read does not keep the others out.
"""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.i18n import QmsError, Text
from qmstool.importing.draft import make_draft
from qmstool.importing.files.converting import SHEET_SUFFIXES
from qmstool.importing.filing.filing import Filing
from qmstool.importing.old_letters import TURNED
from qmstool.importing.readers import read_source, reads
from qmstool.importing.result import LEFT_OUT, READ, UNSURE, Line
from qmstool.importing.workbooks.field_names import describe_columns
from qmstool.importing.workbooks.found_tables import TableKind, find_tables
from qmstool.importing.workbooks.registers import read_matrix, read_register
from qmstool.importing.workbooks.sheets import read_sheets

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from qmstool.importing.draft import DraftDocument
    from qmstool.importing.known import Known
    from qmstool.importing.result import Taken
    from qmstool.importing.types import Types
    from qmstool.importing.word.reader import Draw
    from qmstool.importing.workbooks.field_names import SaidOfColumns
    from qmstool.importing.workbooks.registers import ReadRegister
    from qmstool.importing.workbooks.sheets import Sheet

OFFICE_FORMS = (".docx", ".docm", ".xlsx", ".xlsm", ".doc", ".xls", ".pdf", ".odt", ".ods")
SHEETS = (".xlsx", ".xlsm", ".csv", *SHEET_SUFFIXES)
MOST_ABOVE = 15  # rows of a sheet among which the heads of a table are looked for, if unknown
WHOLE = Text("cả tệp", "the whole file")
UNCHANGED = Text(
    "Tệp này đã nhập trước đây và không đổi từ đó; bỏ qua.",
    "This file was taken in before and has not changed since; passed over.",
)
FORM_STAYS = Text(
    "Biểu mẫu giữ nguyên là tệp Word/Excel, chỉ có một trang giới thiệu.",
    "The form stays the Word or Excel file it is, with a page that refers to it.",
)
NO_REGISTER = Text(
    "Bảng tính này không có cột nào nhận ra được (mã, tên, thời gian lưu…) nên coi là biểu mẫu.",
    "No column of this workbook was recognized (code, title, retention …): taken for a form.",
)
# Of words that are not taken: so many pieces are shown, each so long.
MOST_SHOWN, LONGEST_WORDS = 5, 200
NO_TABLE = Text(
    "Trang tính này không có bảng nào nhận ra được, không lấy {count} dòng: «{words}»",
    "No table of this sheet was recognized; {count} rows are not taken: «{words}»",
)
ABOVE = Text(
    "Chữ phía trên bảng, không lấy {count} dòng: «{words}»",
    "Words above the table, {count} rows not taken: «{words}»",
)
NO_HEAD = Text(
    "Chữ ở cột không có tiêu đề, không lấy {count} ô: «{words}»",
    "Words in columns without a head, {count} cells not taken: «{words}»",
)
STRUCK = Text("chữ bị gạch bỏ, không lấy: «{words}»", "struck out, not taken: «{words}»")
ROW_LEFT = Text(
    "Dòng không lấy, vì thiếu mã hoặc tên: {row}", "Not taken, it has no code or title: {row}"
)


@dataclass(frozen=True, slots=True)
class Given:
    """A file to be taken in: its name below what was named, and its bytes."""

    name: str
    data: bytes

    @property
    def digest(self) -> str:
        """The SHA-256 of the bytes."""
        return hashlib.sha256(self.data).hexdigest()


def take_in(given: Sequence[Given], known: Known, draw: Draw | None = None) -> Taken:
    """Return what the files make; `draw`: what makes pictures of drawings.

    Raises QmsError when only one was named and cannot be read.
    """
    filing = Filing(known)
    drafts: list[DraftDocument] = []
    forms: list[Given] = []
    for file in given:
        if file.digest in known.taken_codes:
            filing.tell(Line(READ, file.name, WHOLE, "", UNCHANGED, 2))
            continue
        try:
            draft = _sort_file(file, known, filing, forms, draw)
            drafts += [draft] if draft is not None else []
            filing.digests.append(file.digest)
        except QmsError as error:
            if len(given) == 1:
                raise
            filing.refuse(file.name, error.text)
    drafts = _only_one_manual(drafts, filing, has_manual=bool(known.sections))
    filing.learn(drafts, [code for form in forms if (code := _code_of(form, known.types))])
    for draft in drafts:
        filing.file_draft(draft)
    for form in forms:
        filing.file_form(form.name, form.data)
    return filing.result()


def _sort_file(
    file: Given, known: Known, filing: Filing, forms: list[Given], draw: Draw | None
) -> DraftDocument | None:
    """Decide what a file is: a form that stays as it is, a register; or return the document."""
    suffix = PurePosixPath(file.name).suffix.casefold()
    stem = PurePosixPath(file.name).stem
    code, title = known.types.split_file_name(stem)
    kind, _ = known.types.kind_of(code, title, stem)
    if _may_be_register(file, known.types):
        sheets = read_sheets(file.data, file.name)
        others = [sheet for sheet in sheets if not _take_sheet(file.name, sheet, known, filing)]
        if len(others) < len(sheets):
            for sheet in others:
                _tell_words(filing, file.name, sheet.place, NO_TABLE, map(" ".join, sheet.rows))
            return None
        filing.tell(Line(UNSURE, file.name, WHOLE, "", NO_REGISTER))
        forms.append(file)
    elif known.types.is_form(kind) and suffix in OFFICE_FORMS:
        filing.tell(Line(LEFT_OUT, file.name, WHOLE, "", FORM_STAYS, 2))
        forms.append(file)
    elif not reads(suffix):
        raise QmsError(unread_kind(suffix))
    else:
        source = read_source(file.data, file.name, changes=known.changes, draw=draw)
        return make_draft(source, known.types)
    return None


def _take_sheet(name: str, sheet: Sheet, known: Known, filing: Filing) -> bool:
    """Take the rows of a sheet; return whether any table on it is a register."""
    if sheet.coding is not None:
        message = TURNED.fill({"coding": sheet.coding.value})
        filing.tell(Line(UNSURE, name, sheet.place, "", message))
    for number, words in sheet.struck:
        place = Text(f"{sheet.place.vi}, dòng {number}", f"{sheet.place.en}, row {number}")
        filing.tell(Line(LEFT_OUT, name, place, "", STRUCK.fill({"words": words})))
    found = read_registers(sheet, known.columns.of(name, sheet.place), name)
    # Of a workbook without a register all is kept: it stays the file it is.
    for where, message in sheet.left if found else ():
        place = Text(f"{sheet.place.vi}, {where.vi}", f"{sheet.place.en}, {where.en}")
        filing.tell(Line(LEFT_OUT, name, place, "", message, 0))
    for read in found:
        filing.tell(Line(UNSURE, name, read.table.place, "", describe_columns(read)))
        _tell_words(filing, name, read.table.place, ABOVE, read.table.title.split("\n"))
        _tell_words(filing, name, read.table.place, NO_HEAD, read.table.without_head())
        for row in read.left:
            words = " · ".join(filter(None, (" ".join(cell.split()) for cell in row.cells)))
            message = ROW_LEFT.fill({"row": words})
            filing.tell(Line(LEFT_OUT, name, read.table.place_of(row), "", message))
        if read.kind is TableKind.DISTRIBUTION:
            filing.holders.add(name, read)
        elif not filing.rows.add_register(name, read):
            for entry in read.entries:
                filing.register(name, entry.place, entry.values)
    return bool(found)


def _tell_words(
    filing: Filing, name: str, place: Text, message: Text, words: Iterable[str]
) -> None:
    """Tell words of a workbook that are not taken, by the first of them."""
    said = [" ".join(each.split()) for each in words if each.strip()]
    if said:
        shown = "» «".join(each[:LONGEST_WORDS] for each in said[:MOST_SHOWN])
        values = {"words": shown, "count": str(len(said))}
        filing.tell(Line(LEFT_OUT, name, place, "", message.fill(values)))


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A table of a workbook as it was understood: `read` is None where it is no register.

    `heads`: column and text of each head.
    """

    name: str
    place: Text
    heads: tuple[tuple[int, str], ...]
    read: ReadRegister | None


def read_workbooks(given: Sequence[Given], types: Types) -> list[tuple[str, list[Sheet]]]:
    """Return the sheets of each workbook among files; a file that cannot be read is passed over."""
    found = []
    for file in given:
        if _may_be_register(file, types):
            with contextlib.suppress(QmsError):  # told when it is taken in
                found.append((file.name, read_sheets(file.data, file.name)))
    return found


def find_registers(
    workbooks: Sequence[tuple[str, list[Sheet]]], said: SaidOfColumns
) -> list[ReadSheet]:
    """Return the tables of workbooks as they are understood."""
    found = []
    for name, sheets in workbooks:
        for sheet in sheets:
            reads = read_registers(sheet, said.of(name, sheet.place), name)
            found += [
                ReadSheet(name, sheet.place, _shown(read.table.heads), read) for read in reads
            ]
            widest = max(sheet.rows[:MOST_ABOVE], key=_filled, default=[])
            if not reads and _filled(widest) > 1:
                found.append(ReadSheet(name, sheet.place, _shown(widest), None))
    return found


def _shown(heads: Sequence[str]) -> tuple[tuple[int, str], ...]:
    texts = enumerate(" ".join(head.split()) for head in heads)
    return tuple((column, text) for column, text in texts if text)


def _filled(row: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in row)


def _may_be_register(file: Given, types: Types) -> bool:
    """Whether a file is a workbook that is no form by its name."""
    stem = PurePosixPath(file.name).stem
    code, title = types.split_file_name(stem)
    kind, _ = types.kind_of(code, title, stem)
    return PurePosixPath(file.name).suffix.casefold() in SHEETS and not types.is_form(kind)


def read_registers(sheet: Sheet, said: Mapping[str, str], name: str) -> list[ReadRegister]:
    """Return the registers on a sheet of a file.

    `said`: head, folded → field, "" for a column to leave out.
    """
    tables = find_tables(sheet.rows, sheet.place, said, name)
    reads = [read(table) for table in tables for read in (read_register, read_matrix)]
    return [read for read in reads if read is not None]


def _code_of(form: Given, types: Types) -> str:
    return types.split_file_name(PurePosixPath(form.name).stem)[0]


def unread_kind(suffix: str) -> Text:
    """Return what to do with a file of a kind that is not read."""
    hint = _HINTS.get(suffix, Text("Hãy lưu thành .docx.", "Save it as .docx."))
    values = {"suffix": suffix or "?", "hint_vi": hint.vi, "hint_en": hint.en}
    return Text(
        "Chưa đọc được tệp dạng {suffix}. {hint_vi}",
        "Files of the kind {suffix} are not read. {hint_en}",
    ).fill(values)


_IN_WORD = Text(
    "Mở trong Word hoặc LibreOffice, chọn Lưu thành (Save As), dạng .docx, rồi làm lại.",
    "Open it in Word or LibreOffice, Save As .docx, then try again.",
)
_HINTS = {
    ".doc": _IN_WORD,
    ".rtf": _IN_WORD,
    ".odt": _IN_WORD,
    ".pdf": Text(
        "Hãy tìm tệp Word của nó; nếu không còn, mở PDF trong Word, lưu thành .docx.",
        "Look for its Word file; where there is none, open the PDF in Word and save as .docx.",
    ),
}
TWO_MANUALS = Text(
    "Có hơn một sổ tay; chỉ lấy tệp dài nhất ({kept}). Tệp này để lại.",
    "There is more than one manual; the longest ({kept}) is taken, this one is not.",
)
HAS_MANUAL = Text(
    "Ở đây đã có sổ tay; qmstool không trộn hai sổ tay. Hãy chạy qmstool init ở thư mục mới với "
    "--from.",
    "There is a manual here already, and two are not mixed. Run qmstool init in a new folder with "
    "--from.",
)


def _only_one_manual(
    drafts: Collection[DraftDocument], filing: Filing, *, has_manual: bool
) -> list[DraftDocument]:
    """Return the drafts, the manual first; a second one is told and left out whole."""
    manuals = [draft for draft in drafts if draft.kind == "manual"]
    others = [draft for draft in drafts if draft.kind != "manual"]
    if has_manual:
        for draft in manuals:
            if not filing.file_manual_again(draft):
                filing.refuse(draft.source.name, HAS_MANUAL)
        return others
    manuals.sort(key=_length, reverse=True)
    for draft in manuals[1:]:
        filing.refuse(draft.source.name, TWO_MANUALS.fill({"kept": manuals[0].source.name}))
    return [*manuals[:1], *others]


def _length(draft: DraftDocument) -> int:
    return sum(len(block.text) for block in draft.blocks)
