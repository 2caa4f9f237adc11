"""Check that pages show what somebody typed or pasted: lists, tables, notes and links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.rules.base.rule import Rule, rule
from qmstool.rules.base.values import bilingual
from qmstool.rules.input.misread_markup import FINDERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.rules.base.facts import Facts

# Why the page shows something else, and what to do; each completes «the page does not show this as
# typed: …».
WHY = {
    "bullet": Text(
        (
            "dấu «{sign}» không làm thành danh sách, các dòng dính liền nhau; mở đầu mỗi dòng "
            "bằng «- », để một dòng trống ở trên"
        ),
        (
            "«{sign}» makes no list, the lines run together; begin each with «- », and leave an "
            "empty line above"
        ),
    ),
    "list": Text(
        "phía trên danh sách thiếu một dòng trống, nên các dòng này dính liền đoạn trước",
        "an empty line above the list is missing, so these lines run on from the paragraph",
    ),
    "letters": Text(
        (
            "các dòng «{sign}» dính liền thành một đoạn; để một dòng trống giữa các ý, hoặc mở "
            "đầu mỗi ý bằng «- »"
        ),
        (
            "the lines «{sign}» run together; leave an empty line between them, or begin each "
            "with «- »"
        ),
    ),
    "table": Text(
        (
            "các dòng «|» này không thành bảng; cần một dòng trống ở trên và dòng |---|---| ngay "
            "dưới hàng tiêu đề"
        ),
        (
            "these lines with «|» make no table; it takes an empty line above and a line "
            "|---|---| under the row of titles"
        ),
    ),
    "tabs": Text(
        (
            "bảng chép từ Word hay Excel mất hết cột; ngăn các cột bằng dấu «|» và thêm dòng "
            "|---|---| dưới hàng tiêu đề"
        ),
        (
            "a table from Word or Excel loses its columns; put «|» between them and a line "
            "|---|---| under the row of titles"
        ),
    ),
    "more": Text(
        "hàng này có {said} ô mà hàng tiêu đề có {head}; ô thừa bị bỏ, người đọc không thấy",
        (
            "this row has {said} cells and the row of titles {head}; the cells too many are left "
            "out, and nobody reads them"
        ),
    ),
    "fewer": Text(
        (
            "hàng này có {said} ô mà hàng tiêu đề có {head}; các ô cuối hàng để trống, có thể "
            "chữ nằm lệch cột"
        ),
        (
            "this row has {said} cells and the row of titles {head}; the last ones stay empty, "
            "and words may stand in a wrong column"
        ),
    ),
    "bold": Text(
        "dấu ** mở ra mà không đóng, nên hai dấu sao hiện nguyên; thêm ** vào cuối phần chữ đậm",
        "** is opened and not closed, so two stars are shown; put ** at the end of the bold words",
    ),
    "link-blank": Text(
        "giữa ] và ( có dấu cách nên không thành liên kết; bỏ dấu cách ấy",
        "a blank stands between ] and (, so this is no link; take it out",
    ),
    "link-open": Text("liên kết thiếu dấu ) ở cuối", "the link lacks its ) at the end"),
    "note-title": Text(
        'dòng mở khung ghi chú không đúng dạng; viết !!! note "Tiêu đề", với dấu nháy thẳng',
        (
            'the line that opens a note is not in shape; write !!! note "Title", with straight '
            "quotation marks"
        ),
    ),
    "note-flat": Text(
        "lời của khung ghi chú không thụt vào bốn dấu cách, nên nằm ngoài khung",
        "the words of the note are not indented by four blanks, so they stand outside it",
    ),
    "code": Text(
        "đoạn thụt đầu dòng bằng phím Tab hay bốn dấu cách hiện ra như mã máy; bỏ khoảng thụt ấy",
        "a paragraph indented by a tab or four blanks is shown as code; take the indent out",
    ),
    "rule": Text(
        (
            "dòng gạch ngay bên dưới biến đoạn này thành tiêu đề; để một dòng trống ở giữa, hoặc "
            "xóa dòng gạch"
        ),
        (
            "the line of hyphens right below makes a heading of this paragraph; leave an empty "
            "line between, or delete the hyphens"
        ),
    ),
    "number": Text(
        "danh sách được đánh số liên tiếp: số {said} gõ ở đây sẽ hiện là {shown}",
        "a list is numbered one by one: the {said} typed here is shown as {shown}",
    ),
    "comment": Text(
        "chú thích mở bằng <!-- mà không đóng bằng -->, nên người đọc thấy nó",
        "a comment is opened with <!-- and not closed with -->, so readers see it",
    ),
    "office": Text(
        "ở đây có thẻ định dạng của Word; chép lại, chọn dán chữ thuần, không định dạng",
        "tags of a text processor stand here; paste it again as plain text",
    ),
    "heading": Text(
        (
            "dòng mang số {number} không phải tiêu đề, nên viện dẫn không đến được; mở đầu dòng "
            "bằng các dấu #"
        ),
        (
            "the line numbered {number} is no heading, so no citation can lead there; begin it "
            "with # signs"
        ),
    ),
}


@rule(
    "QMS027",
    "shown-otherwise",
    Severity.WARNING,
    title=Text("Trang hiện không như người viết gõ", "The page does not show what was typed"),
    message=Text(
        "Trang sẽ không hiện như đã gõ: {why_vi}.",
        "The page does not show this as typed: {why_en}.",
    ),
)
def shown_otherwise(facts: Facts) -> Iterator[Violation]:
    """Find passages that the page shows otherwise than the writer saw them while typing."""
    for document in facts.manual.documents.values():
        for file in document.files:
            if "not-utf8" in file.source.flaws:
                continue
            for find in FINDERS:
                for cause, start, end, values in find(file):
                    why = WHY[cause].fill(values)
                    yield Violation(file.source.locate(start, end), bilingual(why=why))
    for line in facts.plain_headings.values():
        why = WHY["heading"].fill({"number": line.number})
        yield Violation(line.file.source.locate(*line.place), bilingual(why=why), line.line)


RULES: tuple[Rule, ...] = (shown_otherwise,)
