"""Family 0, reading: files that cannot be read, or say what no file of a manual may say; most is met by the loader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Fault, Severity, Text
from qmstool.rules.lost import misnumbered
from qmstool.rules.reading_signs import merge_places
from qmstool.rules.rule import Facts, Rule
from qmstool.sources.entries import nearest
from qmstool.values import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Why YAML could not be read, in words for somebody who knows Word and Excel.
CAUSES = {
    "token": Text("một ký hiệu đặc biệt (như @, ` hoặc %) mở đầu giá trị", "a special sign (such as @, ` or %) opens a value"),
    "tab": Text("có phím Tab ở đầu dòng; chỉ dùng dấu cách", "a Tab stands where only spaces may"),
    "nbsp": Text(
        "dòng này thụt vào bằng dấu cách đặc biệt (thường do chép từ Word hay trang web); xóa đi, gõ lại bằng dấu cách thường",
        "this line is indented with special blanks (text from Word or a web page); type ordinary ones",
    ),
    "colon": Text(
        "có thêm một dấu hai chấm trong giá trị; đặt cả giá trị giữa hai dấu nháy kép thẳng",
        "there is one more colon inside the value; put the whole value between straight quotation marks",
    ),
    "comma": Text(
        "thiếu dấu phẩy trước một trường, hoặc có thêm một dấu hai chấm trong giá trị",
        "a comma before a key is missing, or there is one more colon inside the value",
    ),
    "blank": Text("thiếu dấu cách sau dấu hai chấm", "the blank after the colon is missing"),
    "no-colon": Text("thiếu dấu hai chấm sau tên trường", "the colon after the name of a key is missing"),
    "indent": Text("dòng này thụt vào sai so với các dòng cạnh nó", "this line is not indented like its neighbours"),
    "bracket": Text("một ngoặc [ hoặc { chưa đóng, hoặc thiếu dấu phẩy", "a bracket [ or { is not closed, or a comma is missing"),
    "quote": Text("một dấu nháy mở ra mà không đóng lại", "a quotation mark is opened and not closed"),
    "quotes": Text(
        "có dấu nháy kép nằm trong giá trị đã đặt giữa hai dấu nháy kép; bên trong hãy dùng « »",
        "quotation marks stand inside a value that is itself between them; use « » inside",
    ),
    "alias": Text(
        "dấu & hoặc * đứng đầu giá trị, mà ở đây không dùng cách viết ấy", "a value begins with & or *, which are not used here"
    ),
    "second": Text("có dòng --- bắt đầu một phần thứ hai trong cùng tệp", "a line --- opens a second part in the same file"),
    "character": Text("có một ký tự không nhìn thấy được", "there is a character that cannot be seen"),
    "depth": Text("lồng quá nhiều tầng", "it is nested too deep"),
    "key": Text("tên trường phải là một dòng chữ", "the name of a key must be plain text"),
    "other": Text("dòng này không đúng cách viết «tên: giá trị»", "this line is not written as «key: value»"),
}

EXCLUDED = "excluded"
# Why a document opens with no data.
FRONTS = {
    "none": Text("Ở đây chưa có", "There are none"),
    "fences": Text("Ở đây có thông tin nhưng thiếu dòng --- mở đầu", "They are here, without the line --- that opens them"),
    "first": Text("Dòng mở đầu không phải đúng ba dấu gạch ngang ---", "The line that opens them is not three plain hyphens ---"),
    "above": Text("Phía trên dòng --- mở đầu còn dòng trống", "Empty lines stand above the first ---"),
    "last": Text("Dòng đóng không phải đúng ba dấu gạch ngang ---", "The line that closes them is not three plain hyphens ---"),
    "open": Text("Phần thông tin mở ra mà thiếu dòng --- để đóng lại", "They are opened, and no line --- closes them"),
}


def told(slug: str) -> Callable[[Facts], Iterator[Fault]]:
    """Return the check that passes on what the loader met under a slug."""

    def check(facts: Facts) -> Iterator[Fault]:
        return (problem.fault for problem in facts.manual.problems if problem.slug == slug)

    return check


def broken_yaml(facts: Facts) -> Iterator[Fault]:
    """Pass on YAML that cannot be read, its cause in words; merge markers and a wrong encoding are told in its place."""
    for fault in told("broken-yaml")(facts):
        source = facts.manual.sources.get(fault.location.path)
        if source is not None and ("not-utf8" in source.flaws or any(merge_places(source))):
            continue
        cause = CAUSES[fault.values["cause"]]
        detail = f" ({fault.values['detail']})" if fault.values["detail"] else ""
        yield replace(fault, values={"cause_vi": cause.vi + detail, "cause_en": cause.en + detail})


def no_front_matter(facts: Facts) -> Iterator[Fault]:
    """Pass on documents without data at their head, with what is amiss there."""
    for fault in told("no-front-matter")(facts):
        why = FRONTS[fault.values["cause"]]
        yield replace(fault, values={"why_vi": why.vi, "why_en": why.en})


def wrong_value(facts: Facts) -> Iterator[Fault]:
    """Pass on values that do not fit; that an exclusion gives no reason has a rule of its own."""
    return (fault for fault in told("wrong-value")(facts) if fault.values["key"] != EXCLUDED)


def clause_without_parent(facts: Facts) -> Iterator[Fault]:
    """Pass on orphans, save those whose parent is there under a mistyped number."""
    mistyped = [number for catalogue in facts.manual.catalogues.values() for number in misnumbered(catalogue)]
    return (fault for fault in told("clause-without-parent")(facts) if not nearest(fault.values["parent"], mistyped))


def clause_number(facts: Facts) -> Iterator[Fault]:
    """Clauses of a catalogue whose number is none."""
    for catalogue in facts.manual.catalogues.values():
        for number in misnumbered(catalogue):
            yield Fault(catalogue.clauses[number].mark.location, {"number": number})


def duplicate_anchor(facts: Facts) -> Iterator[Fault]:
    """Headings with an anchor that the file already has."""
    for path, pairs in facts.lost.doubled.items():
        source = facts.manual.sources[path]
        for heading, earlier in pairs:
            place = source.locate(heading.id_start, heading.id_end)
            yield Fault(place, {"anchor": heading.anchor}, related=(source.locate(earlier.id_start, earlier.id_end),))


def duplicate_section(facts: Facts) -> Iterator[Fault]:
    """Two files of the manual whose level-1 headings bear one number."""
    main = facts.manual.main
    for section in main.sections if main else ():
        first = main.by_number.get(section.number) if main else None
        if section.heading.level == 1 and first and first is not section and first.heading.level == 1:
            stem = facts.lost.stem(section.file)
            meant = stem if stem and main and stem not in main.by_number else None
            yield Fault(section.location, {"number": section.number}, meant, (first.location,))


def section_without_heading(facts: Facts) -> Iterator[Fault]:
    """Section files of the manual that do not open with a level-1 heading."""
    main = facts.manual.main
    for file in main.files[1:] if main else ():
        if not file.page.headings or file.page.headings[0].level != 1:
            yield Fault(file.source.locate(0, 0), {"path": file.path})


E, W = Severity.ERROR, Severity.WARNING

# A table reads best as one.
# fmt: off
RULES = (
    Rule(
        "QMS001", "broken-yaml", E,
        Text("Phần dữ liệu không đọc được", "Data that cannot be read"),
        Text(
            "Không đọc được phần dữ liệu từ chỗ này: {cause_vi}. Các dòng sau nó chưa được kiểm tra.",
            "The data cannot be read from here on: {cause_en}. What follows was not checked.",
        ),
        broken_yaml,
    ),
    Rule(
        "QMS002", "no-front-matter", E,
        Text("Tài liệu không có phần thông tin đầu tệp", "A document without front matter"),
        Text(
            "Tệp phải mở đầu bằng thông tin (mã, loại, tên tài liệu) giữa hai dòng ---. {why_vi}, nên tệp không được tính là tài "
            "liệu. Hãy sửa lại.",
            "The file must open with its data (code, type, title) between two lines ---. {why_en}, so it counts as no document. "
            "Put that right.",
        ),
        no_front_matter,
    ),
    Rule(
        "QMS003", "unknown-key", E,
        Text("Tên trường không có trong mẫu", "A key that the file may not have"),
        Text(
            "Ở đây không có trường nào tên «{key}».{hint_vi} Các trường dùng được: {known}.",
            "There is no key «{key}» here.{hint_en} The keys are: {known}.",
        ),
        told("unknown-key"),
    ),
    Rule(
        "QMS004", "missing-key", E,
        Text("Thiếu một trường bắt buộc", "A required key is missing"),
        Text(
            "Ở đây thiếu trường «{key}» ({what_vi}). Chưa biết thì ghi unknown, ở nơi được phép.",
            "The key «{key}» ({what_en}) is missing here. Where it is not known, write unknown if that is permitted.",
        ),
        told("missing-key"),
    ),
    Rule(
        "QMS005", "wrong-value", E,
        Text("Giá trị không đúng dạng", "A value of the wrong kind"),
        Text(
            "{said_vi} không dùng được cho trường «{key}»: cần {expected_vi}.",
            "{said_en} does not fit the key «{key}»: it must be {expected_en}.",
        ),
        wrong_value,
    ),
    Rule(
        "QMS006", "duplicate-key", E,
        Text("Một trường ghi hai lần", "A key written twice"),
        Text(
            "Trường «{key}» đã có ở trên. Chỉ chỗ đầu được dùng; hãy gộp hai chỗ làm một.",
            "The key «{key}» already stands above. Only the first counts; make them one.",
        ),
        told("duplicate-key"),
    ),
    Rule(
        "QMS007", "duplicate-code", E,
        Text("Hai tài liệu mang một mã", "Two documents with one code"),
        Text(
            "Mã «{code}» đã thuộc về một tài liệu khác. Một mã đã cấp thì không cấp cho tài liệu thứ hai; hãy đặt mã mới.",
            "The code «{code}» already belongs to another document. A code once given is never given again; choose a new one.",
        ),
        told("duplicate-code"),
    ),
    Rule(
        "QMS008", "duplicate-anchor", E,
        Text("Hai tiêu đề chung một địa chỉ", "Two headings with one address"),
        Text(
            "Trong tệp này đã có tiêu đề mang địa chỉ «{anchor}», nên viện dẫn đến đó không biết đi đâu. Hãy sửa số mục, hoặc "
            "ghi địa chỉ riêng {{#…}} sau tiêu đề.",
            "Another heading of this file has the address «{anchor}», so a citation cannot tell which is meant. Fix the "
            "number, or give the heading an address of its own with {{#…}}.",
        ),
        duplicate_anchor,
    ),
    Rule(
        "QMS009", "duplicate-section", E,
        Text("Hai mục của sổ tay chung một số", "Two sections of the manual with one number"),
        Text(
            "Sổ tay đã có mục {number} ở một tệp khác, nên không rõ «mục {number}» là mục nào. Hãy đánh số lại một trong hai.",
            "The manual already has a section {number} in another file, so «section {number}» could mean either. Renumber one of "
            "them.",
        ),
        duplicate_section,
    ),
    Rule(
        "QMS010", "not-utf8", E,
        Text("Tệp không lưu bằng UTF-8", "A file that is not UTF-8"),
        Text(
            "Tệp được lưu bằng bảng mã khác UTF-8 nên có chữ đọc sai. Hãy lưu lại, chọn bảng mã UTF-8.",
            "The file is saved in another encoding than UTF-8, so some letters are lost. Save it again as UTF-8.",
        ),
        told("not-utf8"),
    ),
    Rule(
        "QMS011", "bom", W,
        Text("Tệp mở đầu bằng ký tự ẩn (BOM)", "A file that opens with a byte-order mark"),
        Text(
            "Tệp mở đầu bằng một ký tự ẩn (BOM). Không hại gì cho người đọc, nhưng nên lưu lại thành «UTF-8 không BOM».",
            "The file opens with a hidden character (BOM). It does readers no harm; save it as «UTF-8 without BOM».",
        ),
        told("bom"),
    ),
    Rule(
        "QMS012", "crlf", W,
        Text("Dòng kết thúc kiểu Windows", "Line ends of Windows"),
        Text(
            "Các dòng kết thúc kiểu Windows (CRLF). Nên lưu kiểu LF để khi so hai bản chỉ thấy chỗ sửa thật.",
            "Lines end as on Windows (CRLF). Save them with LF, so that a comparison shows only what was changed.",
        ),
        told("crlf"),
    ),
    Rule(
        "QMS013", "not-nfc", W,
        Text("Chữ có dấu viết tách rời", "Letters stored apart from their accents"),
        Text(
            "Có chữ mà dấu được lưu tách khỏi chữ cái (thường do chép từ máy Mac hoặc PDF): nhìn giống nhau nhưng tìm không ra. "
            "Hãy gõ lại.",
            "Some accents are stored apart from their letters (text from a Mac or a PDF): it looks the same, but searches miss "
            "it. Type it again.",
        ),
        told("not-nfc"),
    ),
    Rule(
        "QMS014", "no-catalogue", E,
        Text("Thiếu danh mục điều khoản", "No such catalogue"),
        Text(
            "qms.yml nêu «{name}», nhưng sổ tay không có tệp {path}, và công cụ cũng không kèm sẵn. Hãy sửa tên, hoặc thêm tệp.",
            "qms.yml names «{name}», but there is no {path} in the manual, and the tool does not bring one. Fix the name, or "
            "add the file.",
        ),
        told("no-catalogue"),
    ),
    Rule(
        "QMS015", "clause-without-parent", E,
        Text("Điều khoản không có điều khoản mẹ", "A clause without its parent"),
        Text(
            "Danh mục có điều khoản {clause} mà không có điều khoản {parent} ở trên. Hãy thêm điều khoản {parent}, hoặc sửa số.",
            "The catalogue has clause {clause} but no clause {parent} above it. Add clause {parent}, or fix the number.",
        ),
        clause_without_parent,
    ),
    Rule(
        "QMS016", "clause-number", E,
        Text("Số điều khoản viết sai", "Not a clause number"),
        Text(
            "«{number}» không phải số điều khoản: hãy viết các số cách nhau bằng dấu chấm, như 7.1.5.",
            "«{number}» is not a clause number: write numbers joined by dots, such as 7.1.5.",
        ),
        clause_number,
    ),
    Rule(
        "QMS017", "release-misnamed", E,
        Text("Số đợt ban hành khác tên tệp", "A release that is not its file's number"),
        Text(
            "Tệp {path} ghi là đợt ban hành số {number}. Số trong tệp phải trùng với số ở tên tệp.",
            "{path} says that it is release {number}. The number inside must be that of the file's name.",
        ),
        told("release-misnamed"),
    ),
    Rule(
        "QMS018", "section-without-heading", W,
        Text("Mục của sổ tay không có tiêu đề", "A section file without its heading"),
        Text(
            "Tệp {path} không mở đầu bằng một dòng tiêu đề «# số. tên mục», nên không viện dẫn được mục này. Hãy thêm dòng ấy.",
            "{path} does not open with a heading «# number. title», so nothing can cite it as a section of the manual. Add that "
            "line.",
        ),
        section_without_heading,
    ),
    Rule(
        "QMS026", "curly-quotes", W,
        Text("Dấu nháy cong của Word trong phần dữ liệu", "A text processor's quotation marks in data"),
        Text(
            "{said} đặt giữa dấu nháy cong của Word; phần dữ liệu chỉ nhận dấu nháy thẳng. Hãy gõ lại dấu nháy.",
            "{said} stands between a text processor's quotation marks; data take straight ones only. Type the marks anew.",
        ),
        told("curly-quotes"),
    ),
)
