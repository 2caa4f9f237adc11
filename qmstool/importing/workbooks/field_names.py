"""Name what a column of a register holds, for people; read what they say of a column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import QmsError, Text
from qmstool.importing.workbooks.found_tables import FIELDS, RegisterKind
from qmstool.importing.workbooks.headings import fold_head
from qmstool.parsing.similar import not_found_error

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qmstool.importing.workbooks.registers import ReadRegister

KINDS = {
    RegisterKind.RECORDS: Text("danh mục hồ sơ", "register of records"),
    RegisterKind.ABBREVIATIONS: Text("bảng chữ viết tắt", "list of abbreviations"),
    RegisterKind.EXTERNAL: Text("danh mục tài liệu bên ngoài", "register of external documents"),
    RegisterKind.DISTRIBUTION: Text("sổ phân phối tài liệu", "register of distribution"),
    RegisterKind.DOCUMENTS: Text("danh mục tài liệu", "register of documents"),
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
FIELD = Text("trường", "field")


def read_columns(written: Sequence[str]) -> dict[str, str]:
    """Return head, folded → field, "" to leave a column out, of what somebody says.

    Raises QmsError for what cannot be read, with the fields that there are.
    """
    said = {}
    for text in written:
        head, sign, field = text.rpartition("=")
        if not sign or not fold_head(head):
            raise QmsError(ODD_COLUMN.fill({"written": text}))
        said[fold_head(head)] = read_field(field)
    return said


def read_field(written: str) -> str:
    """Return the field that is meant, "" for none. Raises QmsError for an unknown one."""
    bare = " ".join(written.split()).casefold()
    if bare in {"", LEAVE}:
        return ""
    for key, name in NAMES.items():
        if bare in {key, name.vi, name.en}:
            return key
    raise not_found_error(written.strip(), FIELD, NAMES)


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


def fields_of(kind: RegisterKind) -> Mapping[str, Text]:
    """Return the fields that a register of some kind may have."""
    return {field: NAMES[field] for field in FIELDS[kind]}
