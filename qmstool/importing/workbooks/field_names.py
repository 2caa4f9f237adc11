"""Name what a column of a register holds, for people; read what they say of a column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass, replace
from qmstool.i18n import QmsError, Text
from qmstool.importing.workbooks.found_tables import FIELDS, TableKind
from qmstool.importing.workbooks.headings import fold_head

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qmstool.importing.workbooks.registers import ReadRegister

KINDS = {
    TableKind.RECORDS: Text("danh mục hồ sơ", "register of records"),
    TableKind.ABBREVIATIONS: Text("bảng chữ viết tắt", "list of abbreviations"),
    TableKind.EXTERNAL: Text("danh mục tài liệu bên ngoài", "register of external documents"),
    TableKind.DISTRIBUTION: Text("sổ phân phối tài liệu", "register of distribution"),
    TableKind.DOCUMENTS: Text("danh mục tài liệu", "register of documents"),
}
NAMES = {
    "code": Text("mã tài liệu", "code of the document"),
    "title": Text("tên", "title"),
    "issue": Text("lần ban hành", "issue"),
    "revision": Text("lần sửa đổi", "revision"),
    "date": Text("ngày", "date"),
    "owner": Text("đơn vị chủ trì, người lưu", "owner, who keeps it"),
    "number": Text("số hiệu", "number"),
    "issuer": Text("cơ quan ban hành", "issuer"),
    "issued": Text("ngày ban hành", "date of issue"),
    "effective": Text("ngày hiệu lực", "in force from"),
    "form": Text("mã biểu mẫu", "code of the form"),
    "place": Text("nơi lưu", "where kept"),
    "retention": Text("thời gian lưu", "how long kept"),
    "disposition": Text("cách xử lý khi hết hạn", "what then becomes of it"),
    "unit": Text("nơi nhận", "recipient"),
    "copies": Text("số bản", "number of copies"),
    "copy": Text("bản số", "copy number"),
    "medium": Text("dạng", "medium"),
    "given": Text("ngày phát", "handed out on"),
    "returned": Text("ngày thu hồi", "came back on"),
    "short": Text("chữ viết tắt", "abbreviation"),
    "expansion": Text("nghĩa đầy đủ", "what it means"),
}
LEAVE = "-"
COLUMNS = Text(
    'Hiểu là {kind}. Cột: {columns}.{left} Nếu sai, nhập lại với --column "CỘT=TRƯỜNG".',
    "Taken for a {kind}. Columns: {columns}.{left} If wrong, take it in again with --column "
    '"HEAD=FIELD".',
)
LEFT = Text(" Để ngoài: {heads}.", " Left out: {heads}.")
ODD_COLUMN = Text(
    '--column «{written}» viết chưa đúng. Viết CỘT=TRƯỜNG, như --column "Số hiệu=code"; để ngoài '
    'một cột: --column "Ghi chú=-".',
    '--column «{written}» is not written rightly. Write HEAD=FIELD, as in --column "No.=code"; to '
    'leave a column out: --column "Remarks=-".',
)
NO_FIELD = Text(
    "Không có trường «{written}». Các trường: {vi}.", "There is no field «{written}». Fields: {en}."
)


@dataclass(frozen=True, slots=True)
class SaidOfColumns:
    """What somebody says of columns: head, folded → field, "" to leave a column out.

    `everywhere`: of any register; `by_sheet`: file and place of a sheet → of the registers on it.
    """

    everywhere: Mapping[str, str]
    by_sheet: Mapping[tuple[str, str], Mapping[str, str]]

    def of(self, name: str, place: Text) -> Mapping[str, str]:
        """Return what is said of a sheet."""
        return {**self.everywhere, **self.by_sheet.get((name, place.en), {})}

    def and_of(self, name: str, place: Text, head: str, field: str) -> SaidOfColumns:
        """Return the same, and what a column of a sheet holds."""
        own = {**self.by_sheet.get((name, place.en), {}), fold_head(head): field}
        return replace(self, by_sheet={**self.by_sheet, (name, place.en): own})


def read_columns(written: Sequence[str]) -> SaidOfColumns:
    """Return what is said of columns. Raises QmsError for what cannot be read."""
    said = {}
    for text in written:
        head, sign, field = text.rpartition("=")
        if not sign or not fold_head(head):
            raise QmsError(ODD_COLUMN.fill({"written": text}))
        said[fold_head(head)] = read_field(field)
    return SaidOfColumns(said, {})


def read_field(written: str) -> str:
    """Return the field that is meant, "" for none. Raises QmsError with those that there are."""
    bare = " ".join(written.split()).casefold()
    if bare in {"", LEAVE}:
        return ""
    for key, name in NAMES.items():
        if bare in {key, name.vi, name.en}:
            return key
    fields = {
        lang: ", ".join(f"{key} ({name.get(lang)})" for key, name in NAMES.items())
        for lang in ("vi", "en")
    }
    values = {"written": written.strip(), "vi": fields["vi"], "en": fields["en"]}
    raise QmsError(NO_FIELD.fill(values))


def describe_columns(read: ReadRegister) -> Text:
    """Return what the columns of a register were taken for."""
    used = {column: field for field, column in read.columns.items()}
    shown = {column: " ".join(head.split()) for column, head in enumerate(read.table.heads)}
    left = ", ".join(f"«{head}»" for column, head in shown.items() if head and column not in used)
    told = {}
    for lang in ("vi", "en"):
        pairs = (f"«{shown[column]}» → {NAMES[used[column]].get(lang)}" for column in sorted(used))
        rest = LEFT.fill({"heads": left}).get(lang) if left else ""
        values = {"kind": KINDS[read.kind].get(lang), "columns": "; ".join(pairs), "left": rest}
        told[lang] = COLUMNS.fill(values).get(lang)
    return Text(told["vi"], told["en"])


def fields_of(kind: TableKind) -> Mapping[str, Text]:
    """Return the fields that a register of some kind may have."""
    return {field: NAMES[field] for field in FIELDS[kind]}
