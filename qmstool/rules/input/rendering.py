"""Check that pages show what somebody typed or pasted: lists, tables, notes and links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.rules.base.rule import Rule, rule
from qmstool.rules.base.values import bilingual
from qmstool.rules.input.misread_markup import misread_passages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.rules.base.facts import Facts

# Why the page shows something else, and what to do; each completes «the page does not show this as
# typed: …».
WHY = {
    "bullet": Text(
        (
            "dấu «{sign}» không làm thành danh sách, các dòng dính liền nhau; mở đầu mỗi dòng "
            "bằng «- »"
        ),
        "«{sign}» makes no list, the lines run together; begin each with «- »",
    ),
    "list": Text(
        (
            "danh sách bắt đầu từ số khác 1 cần một dòng trống ở trên; thiếu dòng ấy nên các "
            "dòng này dính liền đoạn trước"
        ),
        (
            "a list that begins with another number than 1 takes an empty line above; without "
            "it these lines run on from the paragraph"
        ),
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
    "number-flush": Text(
        "sau «{sign}» thiếu dấu cách nên các dòng này không thành danh sách mà dính liền nhau",
        "no blank stands behind «{sign}», so these lines make no list and run together",
    ),
    "box": Text(
        "«{sign}» không thành ô đánh dấu; viết «- [ ] » hoặc «- [x] », có đủ dấu cách",
        "«{sign}» makes no box to tick; write «- [ ] » or «- [x] », with all its blanks",
    ),
    "table-glued": Text(
        "bảng dính vào dòng ở trên nên không thành bảng; để một dòng trống ở trên bảng",
        "the table sticks to the line above, so it makes none; leave an empty line above it",
    ),
    "rule-row": Text(
        "dòng |---|---| này hiện thành một hàng của bảng; mỗi bảng chỉ có một dòng ấy, bỏ dòng này",
        "this line |---|---| is shown as a row; a table has one such line, take this one out",
    ),
    "no-table": Text(
        "các dòng «|» này không thành bảng; cần dòng |---|---| ngay dưới hàng tiêu đề, đủ số cột",
        (
            "these lines with «|» make no table; it takes a line |---|---| under the row of "
            "titles, with as many columns"
        ),
    ),
    "swallowed": Text(
        "câu ngay dưới bảng bị nhận làm một hàng của bảng; để một dòng trống ở giữa",
        "the sentence right below the table is taken for a row of it; leave an empty line between",
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
    "cells-lost": Text(
        "hàng này có {said} ô mà hàng tiêu đề có {head}; ô thừa bị bỏ, người đọc không thấy",
        (
            "this row has {said} cells and the row of titles {head}; the cells too many are left "
            "out, and nobody reads them"
        ),
    ),
    "cells-missing": Text(
        (
            "hàng này có {said} ô mà hàng tiêu đề có {head}; các ô cuối hàng để trống, có thể "
            "chữ nằm lệch cột"
        ),
        (
            "this row has {said} cells and the row of titles {head}; the last ones stay empty, "
            "and words may stand in a wrong column"
        ),
    ),
    "stars": Text(
        (
            "dấu ** này không thành chữ đậm nên hiện nguyên; chữ đậm cần ** sát ở cả hai đầu, và "
            "sau ** đóng là dấu cách"
        ),
        (
            "this ** makes nothing bold and is shown; bold words take ** close by at both ends, "
            "and a blank behind the closing one"
        ),
    ),
    "stars-blank": Text(
        "giữa dấu ** và chữ có dấu cách nên dấu sao hiện nguyên; bỏ dấu cách ấy",
        "a blank stands between ** and the words, so the stars are shown; take it out",
    ),
    "star-left": Text(
        "thừa một dấu * trước chữ đậm nên dấu ấy hiện nguyên; bỏ bớt một dấu sao",
        "there is a * too many before the bold words, and it is shown; take it out",
    ),
    "tick": Text(
        "dấu ` mở ra mà không đóng nên hiện nguyên; thêm ` ở cuối, hoặc bỏ dấu ấy",
        "a ` is opened and not closed, so it is shown; put ` at the end, or take it out",
    ),
    "foreign": Text(
        "«{said}» là cách viết của chương trình khác nên hiện nguyên; viết bằng chữ thường",
        "«{said}» is the way of another program and is shown as typed; write it in plain words",
    ),
    "entity": Text(
        "«{said}» không phải tên của dấu nào nên hiện nguyên; gõ thẳng dấu cần viết",
        "«{said}» is the name of no sign and is shown as typed; type the sign itself",
    ),
    "braces-words": Text(
        "«{said}» hiện nguyên: ngoặc như vậy chỉ có tác dụng ở cuối tiêu đề; bỏ ngoặc ấy",
        "«{said}» is shown as typed: such braces work behind a heading only; take them out",
    ),
    "angle-address": Text(
        "địa chỉ giữa < và > có dấu cách nên đứt đôi; viết %20 thay cho dấu cách",
        "the address between < and > has a blank in it and breaks there; write %20 for the blank",
    ),
    "tag-unknown": Text(
        "«{said}» bị hiểu là thẻ HTML nên người đọc không thấy; viết \\< thay cho <",
        "«{said}» is taken for a tag of HTML, so nobody sees it; write \\< in place of <",
    ),
    "tag-left-out": Text(
        "trang không hiện «{said}» nên người đọc không thấy gì; thay bằng hình hoặc liên kết",
        "«{said}» is left out of the page, so nobody sees it; put a picture or a link there",
    ),
    "lines-in-html": Text(
        (
            "trong thẻ HTML, các dòng từ «{said}» hiện nguyên và dính liền nhau; để một dòng trống "
            "sau thẻ mở và trước thẻ đóng"
        ),
        (
            "within HTML the lines from «{said}» on are shown as typed and run together; leave an "
            "empty line after the opening tag and before the closing one"
        ),
    ),
    "fence-open": Text(
        (
            "khung mã mở ở đây mà không đóng, nên mọi chữ đến hết tệp hiện như mã; thêm dòng ``` ở "
            "cuối mã"
        ),
        (
            "the fence opened here is never closed, so all words to the end of the file are shown "
            "as code; put a line ``` at the end of the code"
        ),
    ),
    "link-blank": Text(
        "giữa ] và ( có dấu cách nên không thành liên kết; bỏ dấu cách ấy",
        "a blank stands between ] and (, so this is no link; take it out",
    ),
    "link-open": Text("liên kết thiếu dấu ) ở cuối", "the link lacks its ) at the end"),
    "link-spaces": Text(
        "địa chỉ có dấu cách nên không thành liên kết; đặt nó giữa < và >, hoặc viết %20",
        "the address has a blank in it, so this is no link; put it between < and >, or write %20",
    ),
    "comment-hides": Text(
        "chú thích mở bằng <!-- mà không đóng bằng -->, nên mọi chữ sau đó bị giấu",
        "a comment is opened with <!-- and not closed with -->, so all that follows is hidden",
    ),
    "heading-blank": Text(
        "sau dấu # thiếu dấu cách nên dòng này không thành tiêu đề; thêm một dấu cách",
        "no blank stands behind the # signs, so this is no heading; put one there",
    ),
    "heading-deep": Text(
        "tiêu đề chỉ có đến sáu cấp; bớt dấu # ở đầu dòng",
        "headings have six levels at most; take # signs away",
    ),
    "hashes-shown": Text(
        "dấu «{said}» ở cuối tiêu đề dính vào chữ nên hiện nguyên; bỏ dấu ấy đi",
        "«{said}» at the end of the heading sticks to its words and is shown; take it out",
    ),
    "note-title": Text(
        "dòng này không mở được khung ghi chú; viết > [!NOTE] và mở đầu mỗi dòng sau bằng «> »",
        "this line opens no note; write > [!NOTE], and begin each line after it with «> »",
    ),
    "note-flat": Text(
        "lời của khung ghi chú không thụt vào bốn dấu cách, nên nằm ngoài khung",
        "the words of the note are not indented by four blanks, so they stand outside it",
    ),
    "alert-words": Text(
        (
            "sau [!{kind}] còn chữ trên cùng dòng nên không thành khung ghi chú; đưa chữ ấy xuống "
            "dòng «> » tiếp theo"
        ),
        (
            "words stand behind [!{kind}] on its line, so this is no note; move them to a line "
            "«> » of their own"
        ),
    ),
    "alert-kind": Text(
        (
            "không có khung ghi chú loại [!{kind}] nên dòng này hiện nguyên; chọn NOTE, TIP, "
            "IMPORTANT, WARNING hoặc CAUTION"
        ),
        (
            "there is no note of the kind [!{kind}], so this line is shown as typed; choose NOTE, "
            "TIP, IMPORTANT, WARNING or CAUTION"
        ),
    ),
    "alert-plain": Text(
        (
            "[!{kind}] không mở được khung ghi chú ở đây; đặt riêng «> [!{kind}]» ở dòng đầu của "
            "một đoạn trích, có dòng trống ở trên"
        ),
        (
            "[!{kind}] opens no note here; give «> [!{kind}]» the first line of a quotation of its "
            "own, with an empty line above"
        ),
    ),
    "alert-empty": Text(
        "khung ghi chú này không có chữ nào; mở đầu mỗi dòng của nó bằng «> », kể cả dòng trống",
        "this note has no words; begin each of its lines with «> », the empty ones too",
    ),
    "alert-nested": Text(
        (
            "GitHub không vẽ khung ghi chú nằm trong danh sách, trích dẫn, chú thích cuối trang "
            "hay khung khác, chỉ hiện chữ [!{kind}]; đưa khung này ra ngoài"
        ),
        (
            "GitHub draws no note within a list, a quotation, a footnote or another note, and "
            "shows the words [!{kind}]; move this note out"
        ),
    ),
    "signs-lost": Text(
        (
            "các dấu «{said}» bị hiểu là chữ đậm hay nghiêng nên không hiện; gõ \\ trước mỗi dấu, "
            "hoặc dùng dấu chấm «.....» cho chỗ để trống và «×» cho dấu nhân"
        ),
        (
            "the signs «{said}» are taken for bold or italic words and are not shown; type \\ "
            "before each, or dots «.....» where something is to be filled in and «×» between "
            "factors"
        ),
    ),
    "more-lost": Text(
        "dấu «>» ở đầu bị hiểu là trích dẫn nên không hiện; viết «trên», hoặc gõ \\>",
        "the sign «>» here makes a quotation and is not shown; write «more than», or type \\>",
    ),
    "footnote-blank": Text(
        (
            "GitHub không nhận chú thích cuối trang mà nhãn có dấu cách, nên hiện nguyên "
            "[^{label}]; bỏ dấu cách, ở cả chỗ gọi"
        ),
        (
            "GitHub takes no label with a blank in it for a footnote, and shows [^{label}] as "
            "typed; take the blank out, where it is called, too"
        ),
    ),
    "tildes": Text(
        "GitHub gạch ngang chữ giữa hai dấu «~» ở «{said}»; gõ «–» cho khoảng, hoặc \\~",
        "GitHub strikes out what stands between the two «~» of «{said}»; type «–» or \\~",
    ),
    "stars-github": Text(
        "GitHub hiện nguyên các dấu «{sign}» này, vì ký hiệu ở cạnh; đặt một dấu cách giữa chúng "
        "và ký hiệu ở ngoài, hoặc đưa dấu «~» ở mép ra ngoài",
        "GitHub shows these «{sign}» as typed, for the sign beside them; put a blank between them "
        "and a sign outside, or take a «~» at the edge out of them",
    ),
    "path": Text(
        "đường dẫn «{said}» hiện thiếu dấu \\; đặt nó giữa hai dấu nháy ngược `…`",
        "the path «{said}» is shown with a \\ less; put it between two backticks `…`",
    ),
    "no-break-marker": Text(
        "sau dấu đầu dòng là dấu cách không ngắt nên không thành danh sách; gõ dấu cách thường",
        "a no-break space follows the mark of the item, so this is no list; type a plain blank",
    ),
    "colon-line": Text(
        (
            "dòng mở đầu bằng «:» không định nghĩa từ nào và hiện nguyên; đặt nó ngay dưới từ cần "
            "định nghĩa, hoặc bỏ dấu ấy"
        ),
        (
            "the line that begins with «:» defines nothing and is shown as typed; put it right "
            "below its term, or take the colon out"
        ),
    ),
    "term-colon": Text(
        (
            "dòng này thành một từ được định nghĩa, vì dòng dưới mở đầu bằng «:»; bỏ dấu «:» ấy "
            "nếu đây là câu thường"
        ),
        (
            "this line becomes a defined term, since the next begins with «:»; take that colon "
            "out if it is a sentence"
        ),
    ),
    "term-lines": Text(
        (
            "cả đoạn nhiều dòng này thành một từ được định nghĩa, vì dòng dưới mở đầu bằng «:»; "
            "tách từ cần định nghĩa ra một dòng riêng"
        ),
        (
            "all these lines become one defined term, since the next begins with «:»; give the "
            "term a line of its own"
        ),
    ),
    "list-cut-by-comment": Text(
        (
            "chú thích ở đầu dòng cắt danh sách làm hai; đặt nó trong dòng của ý, hoặc thụt vào "
            "dưới ý"
        ),
        (
            "the comment at the margin cuts the list in two; put it within an item's line, or "
            "indent it under the item"
        ),
    ),
    "list-not-nested": Text(
        (
            "danh sách con thụt chưa đủ nên nằm ngoài ý ở trên và cắt danh sách đánh số; thụt vào "
            "{needed} dấu cách"
        ),
        (
            "the inner list is not indented enough, so it stands outside the item above and cuts "
            "the numbered list; indent it by {needed} blanks"
        ),
    ),
    "words-not-nested": Text(
        "đoạn này thụt chưa đủ nên nằm ngoài ý ở trên và cắt danh sách; thụt vào {needed} dấu cách",
        (
            "this paragraph is not indented enough, so it stands outside the item above and cuts "
            "the list; indent it by {needed} blanks"
        ),
    ),
    "label-twice": Text(
        "nhãn [{label}] đã được khai ở trên; dòng này không được dùng và không ai thấy",
        "the label [{label}] is defined above; this line is not used, and nobody sees it",
    ),
    "braces-shown": Text(
        "«{said}» hiện nguyên trong tiêu đề; chỉ viết một cặp ngoặc {{#…}} ở cuối dòng, địa chỉ "
        "không có dấu ngoặc kép, < > &, không mở đầu bằng __ và không quá 200 chữ",
        "«{said}» is shown in the heading; write one pair of braces {{#…}} at the end of the line, "
        "with no quotes, < > & in it, no __ at its beginning, and 200 letters at most",
    ),
    "attribute": Text(
        "chữ «{name}» trong ngoặc bị bỏ: địa chỉ {{#…}} không chứa dấu cách",
        "«{name}» within the braces is dropped: an address {{#…}} has no blank in it",
    ),
    "ids": Text(
        "tiêu đề này có hai địa chỉ; chỉ «{used}» được dùng, bỏ «{id}»",
        "this heading has two addresses; only «{used}» is used, take «{id}» out",
    ),
    "class-twice": Text(
        "«{name}» ghi hai lần trong ngoặc sau tiêu đề; bỏ một",
        "«{name}» is typed twice in the braces; take one out",
    ),
    "metadata": Text(
        ("các dòng dữ liệu giữa hai dòng --- hiện ra thành tiêu đề; dữ liệu chỉ đặt ở đầu tệp"),
        "the data between two lines --- are shown as a heading; data belong at the top of the file",
    ),
    "markdown-in-html": Text(
        (
            "trong thẻ HTML, «{said}» hiện nguyên như đã gõ; để một dòng trống sau thẻ mở và "
            "trước thẻ đóng"
        ),
        (
            "within HTML «{said}» is shown as typed; leave an empty line after the opening tag "
            "and before the closing one"
        ),
    ),
    "code": Text(
        "đoạn thụt đầu dòng bằng phím Tab hay bốn dấu cách hiện ra như mã máy; bỏ khoảng thụt ấy",
        "a paragraph indented by a tab or four blanks is shown as code; take the indent out",
    ),
    "underlined": Text(
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
        (
            "số {said} không nối tiếp số ở trên: bản xem trước trên kho đếm liên tiếp nên hiện "
            "{shown}; gõ {shown}, hoặc tách thành danh sách khác"
        ),
        (
            "{said} does not follow the number above: a forge counts on and shows {shown}; type "
            "{shown}, or begin another list"
        ),
    ),
    "comment-open": Text(
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
        "Trang sẽ không hiện như ý người viết: {why_vi}.",
        "The page does not show this as it was meant: {why_en}.",
    ),
    reads=(misread_passages,),
)
def shown_otherwise(facts: Facts) -> Iterator[Violation]:
    """Find passages that the page shows otherwise than the writer saw them while typing."""
    for writing, passages in facts.files.answers_to(misread_passages):
        for cause, start, end, values in passages:
            place = writing.file.source.locate(start, end)
            yield Violation(place, bilingual(why=WHY[cause].fill(values)))
    for line in facts.plain_headings.values():
        why = WHY["heading"].fill({"number": line.number})
        yield Violation(line.file.source.locate(*line.place), bilingual(why=why), line.line)


RULES: tuple[Rule, ...] = (shown_otherwise,)
