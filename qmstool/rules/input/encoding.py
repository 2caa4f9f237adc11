"""Rules on how a file is stored: its encoding, byte-order mark, line ends, and accents apart from their letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Severity
from qmstool.frozen import replace
from qmstool.i18n import Text
from qmstool.rules.base.rule import Facts, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qmstool.findings import Violation
    from qmstool.i18n import Lang

RECORDED = "releases/"  # what is recorded there is never mended, for digests are of its bytes
LANGS: tuple[Lang, ...] = ("vi", "en")
MENDED = Text(
    " Lệnh «qmstool check --fix» sửa hết một lượt.", " «qmstool check --fix» mends them all."
)
MORE = Text(" Còn {count} chỗ nữa trong tệp.", " There are {count} more in this file.")
UTF_16 = Text("UTF-16 (Notepad gọi là «Unicode»)", "UTF-16 (Notepad calls it «Unicode»)")
OTHER = Text(
    "khác UTF-8, nên từ đây có chữ đọc sai",
    "another encoding than UTF-8, so from here on some letters are lost",
)
ALL_LINES = Text("Cả {count} dòng của tệp", "All {count} lines of the file end")
THIS_LINE = Text("Dòng này và {more} dòng nữa của tệp", "This line and {more} more of the file end")
ONE_LINE = Text("Dòng này", "This line ends")


def told(slug: str) -> Callable[[Facts], Iterator[Violation]]:
    """Return the check that passes on what the loader met under a slug."""

    def check(facts: Facts) -> Iterator[Violation]:
        for problem in facts.manual.problems:
            place = problem.violation.location
            # What does not fit on a line that had to be mended to be read at all follows from that.
            if problem.slug == slug and (
                slug == "broken-yaml" or place.line not in facts.lost.mended.get(place.path, ())
            ):
                yield problem.violation

    return check


def stored(slug: str) -> Callable[[Facts], Iterator[Violation]]:
    """Return the check that passes on how a file is stored: where it begins, how often it is so, and whether a command mends it."""

    def check(facts: Facts) -> Iterator[Violation]:
        for fault in told(slug)(facts):
            certain = slug != "not-utf8" and not fault.location.path.startswith(RECORDED)
            cure = MENDED if certain else Text("", "")
            count, lines = int(fault.values["count"]), int(fault.values["lines"])
            more = MORE.fill({"count": str(count - 1)}) if count > 1 else Text("", "")
            how = UTF_16 if fault.values["encoding"] else OTHER
            which = (
                ALL_LINES.fill({"count": str(count)})
                if count >= lines
                else THIS_LINE.fill({"more": str(count - 1)})
            )
            if count == 1 and lines > 1:
                which = ONE_LINE
            said = {"more": more, "cure": cure, "how": how, "which": which}
            yield replace(
                fault,
                values={
                    f"{name}_{lang}": text.get(lang)
                    for name, text in said.items()
                    for lang in LANGS
                },
            )

    return check


E, W = Severity.ERROR, Severity.WARNING

# fmt: off
RULES = (
    Rule(
        "QMS010", "not-utf8", E,
        Text("Tệp không lưu bằng UTF-8", "A file that is not UTF-8"),
        Text(
            (
                "Tệp được lưu bằng bảng mã {how_vi}.{more_vi} Hãy lưu lại (Save As), chọn bảng "
                "mã UTF-8."
            ),
            "The file is saved in {how_en}.{more_en} Save it again (Save As) as UTF-8.",
        ),
        stored("not-utf8"),
    ),
    Rule(
        "QMS011", "bom", W,
        Text("Tệp mở đầu bằng ký tự ẩn (BOM)", "A file that opens with a byte-order mark"),
        Text(
            (
                "Tệp mở đầu bằng một ký tự ẩn (BOM). Không hại gì cho người đọc, nhưng nên lưu "
                "lại thành «UTF-8 không BOM».{cure_vi}"
            ),
            (
                "The file opens with a hidden character (BOM). It does readers no harm; save it "
                "as «UTF-8 without BOM».{cure_en}"
            ),
        ),
        stored("bom"),
    ),
    Rule(
        "QMS012", "crlf", W,
        Text("Dòng kết thúc kiểu Windows", "Line ends of Windows"),
        Text(
            (
                "{which_vi} kết thúc kiểu Windows (CRLF). Nên lưu kiểu LF để khi so hai bản chỉ "
                "thấy chỗ sửa thật.{cure_vi}"
            ),
            (
                "{which_en} as on Windows (CRLF). Save with LF, so that a comparison shows only "
                "what was changed.{cure_en}"
            ),
        ),
        stored("crlf"),
    ),
    Rule(
        "QMS013", "not-nfc", W,
        Text("Chữ có dấu viết tách rời", "Letters stored apart from their accents"),
        Text(
            "Ở đây có chữ mà dấu được lưu tách khỏi chữ cái (thường do chép từ máy Mac hoặc "
            "PDF): nhìn giống nhau nhưng tìm không "
            "ra.{more_vi} Hãy gõ lại.{cure_vi}",
            "Accents are stored apart from their letters here (text from a Mac or a PDF): it "
            "looks the same, but searches miss "
            "it.{more_en} Type it anew.{cure_en}",
        ),
        stored("not-nfc"),
    ),
)
