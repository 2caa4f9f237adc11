"""Check how files are stored: their encoding, byte-order mark, line ends, decomposed accents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Severity
from qmstool.frozen import replace
from qmstool.i18n import Text
from qmstool.rules.base.rule import Rule
from qmstool.rules.base.values import bilingual
from qmstool.rules.input.loader_problems import loader_violations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qmstool.findings import Violation
    from qmstool.rules.base.facts import Facts

# Files of recorded releases are never rewritten: digests and signatures are of their bytes.
RECORDED = "releases/"
NOTHING = Text("", "")
FIXABLE = Text(
    " Lệnh «qmstool check --fix» sửa hết một lượt.", " «qmstool check --fix» mends them all."
)
MORE_PLACES = Text(" Còn {count} chỗ nữa trong tệp.", " There are {count} more in this file.")
UTF_16 = Text("UTF-16 (Notepad gọi là «Unicode»)", "UTF-16 (Notepad calls it «Unicode»)")
OTHER_ENCODING = Text(
    "khác UTF-8, nên từ đây có chữ đọc sai",
    "another encoding than UTF-8, so from here on some letters are lost",
)
ALL_LINES = Text("Cả {count} dòng của tệp", "All {count} lines of the file end")
THIS_LINE = Text("Dòng này và {more} dòng nữa của tệp", "This line and {more} more of the file end")
ONE_LINE = Text("Dòng này", "This line ends")


def _stored_as(slug: str) -> Callable[[Facts], Iterator[Violation]]:
    """Return the check for files stored otherwise than they should be, one violation for a file."""

    def check(facts: Facts) -> Iterator[Violation]:
        for violation in loader_violations(facts, slug):
            yield replace(violation, values=_values(slug, violation))

    return check


def _values(slug: str, violation: Violation) -> dict[str, str]:
    """Put in words what the loader counted: how often it is so, of how many lines."""
    count, lines = int(violation.values["count"]), int(violation.values["lines"])
    fixable = slug != "not-utf8" and not violation.location.path.startswith(RECORDED)
    more, cure, how = NOTHING, NOTHING, OTHER_ENCODING
    if count > 1:
        more = MORE_PLACES.fill({"count": str(count - 1)})
    if fixable:
        cure = FIXABLE
    if violation.values["encoding"]:
        how = UTF_16
    return bilingual(more=more, cure=cure, how=how, which=_which_lines(count, lines))


def _which_lines(count: int, lines: int) -> Text:
    if count == 1 and lines > 1:
        return ONE_LINE
    if count >= lines:
        return ALL_LINES.fill({"count": str(count)})
    return THIS_LINE.fill({"more": str(count - 1)})


NOT_UTF8 = Rule(
    "QMS010",
    "not-utf8",
    Severity.ERROR,
    title=Text("Tệp không lưu bằng UTF-8", "A file that is not UTF-8"),
    message=Text(
        "Tệp được lưu bằng bảng mã {how_vi}.{more_vi} Hãy lưu lại (Save As), chọn bảng mã UTF-8.",
        "The file is saved in {how_en}.{more_en} Save it again (Save As) as UTF-8.",
    ),
    check=_stored_as("not-utf8"),
)

BOM = Rule(
    "QMS011",
    "bom",
    Severity.WARNING,
    title=Text("Tệp mở đầu bằng ký tự ẩn (BOM)", "A file that opens with a byte-order mark"),
    message=Text(
        (
            "Tệp mở đầu bằng một ký tự ẩn (BOM). Không hại gì cho người đọc, nhưng nên lưu "
            "lại thành «UTF-8 không BOM».{cure_vi}"
        ),
        (
            "The file opens with a hidden character (BOM). It does readers no harm; save it "
            "as «UTF-8 without BOM».{cure_en}"
        ),
    ),
    check=_stored_as("bom"),
)

CRLF = Rule(
    "QMS012",
    "crlf",
    Severity.WARNING,
    title=Text("Dòng kết thúc kiểu Windows", "Line ends of Windows"),
    message=Text(
        (
            "{which_vi} kết thúc kiểu Windows (CRLF). Nên lưu kiểu LF để khi so hai bản chỉ "
            "thấy chỗ sửa thật.{cure_vi}"
        ),
        (
            "{which_en} as on Windows (CRLF). Save with LF, so that a comparison shows only "
            "what was changed.{cure_en}"
        ),
    ),
    check=_stored_as("crlf"),
)

NOT_NFC = Rule(
    "QMS013",
    "not-nfc",
    Severity.WARNING,
    title=Text("Chữ có dấu viết tách rời", "Letters stored apart from their accents"),
    message=Text(
        (
            "Ở đây có chữ mà dấu được lưu tách khỏi chữ cái (thường do chép từ máy Mac hoặc "
            "PDF): nhìn giống nhau nhưng tìm không ra.{more_vi} Hãy gõ lại.{cure_vi}"
        ),
        (
            "Accents are stored apart from their letters here (text from a Mac or a PDF): it "
            "looks the same, but searches miss it.{more_en} Type it anew.{cure_en}"
        ),
    ),
    check=_stored_as("not-nfc"),
)

RULES: tuple[Rule, ...] = (
    NOT_UTF8,
    BOM,
    CRLF,
    NOT_NFC,
)
