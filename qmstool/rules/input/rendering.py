"""The rule on lay-out: what somebody typed or pasted, and the page shows as something else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.rules.base.rule import Facts, Rule
from qmstool.rules.input.tables import uneven_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qmstool.manual.documents import TextFile

Slip = tuple[str, int, int, dict[str, str]]

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

_BULLETS = "•▪●○◦■□➢❖✓·"
# A line within a passage that opens like an item.
_LINE = re.compile(r"\n[ \t]*(?:[-+*–—]|\d{1,2}[.)][ \t]|[a-zđ]\)[ \t])")
_BULLET = re.compile(rf"(?:(?<=[\0\n])|\A)[ \t]*([{_BULLETS}])(?=[ \t\u00a0]*\S)")
_DASHES = re.compile(
    r"(?:(?<=\0)|\A)(?:[^\0]*?\n)??([-–—])[ \t\u00a0]?(?=[^\W\d_])[^\n\0]*\n\1[ \t\u00a0]?(?=[^\W\d_])"
)
_LIST = re.compile(r"(?P<before>[:;])[ \t\x01]*\n[ \t]*(?P<sign>[-+*]|\d{1,2}\.)[ \t]+(?=\S)")
_LIST_TWICE = re.compile(r"\n[ \t]*(?P<sign>[-+*])[ \t]+\S[^\n\0]*\n[ \t]*(?P=sign)[ \t]+(?=\S)")
_LETTERS = re.compile(
    r"(?:(?<=[\0\n])|\A)[ \t]*((?:[a-zđ]|\d{1,2})\))[ \t]+\S[^\n\0]*\n[ \t]*(?:[a-zđ]|\d{1,2})\)[ \t]"
)
_TABLE = re.compile(r"(?:(?<=[\0\n])|\A)[ \t]*(\|[^\n\0]*\|)")
_TABS = re.compile(r"(?:(?<=[\0\n])|\A)([^\n\0\t]*\w[^\n\0\t]*\t[^\n\0]*)\n[^\n\0\t]+\t")
_BOLD = re.compile(r"(?<![\\(*\w])\*\*(?=\w)|(?<=\w)\*\*(?![)*\w])")
_LINK_BLANK = re.compile(r"\][ \t]+\((?=[^\s()\0]{1,200}[./][^\s()\0]{0,200}\))")
_LINK_OPEN = re.compile(r"\]\((?=[^)\n\0]{0,300}(?:[\n\0]|\Z))")
_NOTE_TITLE = re.compile(r"(?:(?<=[\0\n])|\A)[ \t]*((?:!!!|\?\?\?\+?)[ \t]+\w[^\n\0]*)")
# What begins with a line's end is found several times faster than what begins with ^.
_NOTE = re.compile(
    r"\n(?P<lead>[ \t]*)(?:!!!|\?\?\?\+?)[ \t]+\w[^\n]*\n(?:[ \t]*\n)*(?P<indent>[ \t]*)(?P<words>[^\s][^\n]*)"
)
_CODE = re.compile(r"\n[ \t]*\n(?P<indent>\t| {4,7})(?P<words>[^\s][^\n]*)")
_SENTENCE = re.compile(r"\b[^\W\d_]+(?:[,;:]?[ \u00a0]+[^\W\d_]+){4,}")
_MACHINE = re.compile(r"[{}=<>|\\$`]|::|^[-+*] |^\d+\. ")
_FENCE = re.compile(r"\n[ \t]*(?:```|~~~)")
_ITEM = re.compile(r"\n(?P<lead>[ \t]*)(?P<number>\d{1,3})\.[ \t]+\S")
_OFFICE = re.compile(r"</?[ovw]:\w+|\bclass=[\"']?Mso\w*|\bstyle=[\"'][^\"'\n]*mso-")
INDENT = 4


def shown_otherwise(facts: Facts) -> Iterator[Violation]:
    """Passages whose page is not what the writer saw while typing."""
    for document in facts.manual.documents.values():
        for file in document.files:
            if "not-utf8" in file.source.flaws:
                continue
            for look in LOOKS:
                for cause, start, end, values in look(file):
                    yield _fault(file, cause, start, end, values)
    for file, place, number, suggestion in facts.plain_headings.values():
        yield _fault(file, "heading", *place, {"number": number}, suggestion)


def _fault(
    file: TextFile,
    cause: str,
    start: int,
    end: int,
    values: dict[str, str],
    suggestion: str | None = None,
) -> Violation:
    why = WHY[cause].fill(values)
    return Violation(
        file.source.locate(start, end), {"why_vi": why.vi, "why_en": why.en}, suggestion
    )


def _lists(file: TextFile) -> Iterator[Slip]:
    """Lists that are none, each told once for its passage."""
    prose = file.page.prose
    told: set[int] = set()
    found = [
        ("bullet", hit)
        for hit in (
            _BULLET.finditer(prose)
            if file.source.rare_bytes and any(sign in prose for sign in _BULLETS)
            else ()
        )
    ]
    if _LINE.search(prose):
        found += [
            ("bullet", hit)
            for hit in _DASHES.finditer(prose)
            if hit[1] != "-" or not prose.startswith("- ", hit.start(1))
        ]
        found += [
            ("list", hit) for pattern in (_LIST, _LIST_TWICE) for hit in pattern.finditer(prose)
        ]
        found += [("letters", hit) for hit in _LETTERS.finditer(prose)]
    for cause, hit in found:
        block = prose.rfind("\0", 0, hit.start(hit.lastindex or 0))
        if block not in told:
            told.add(block)
            sign = hit["sign"] if cause == "list" else hit[1]
            start = hit.start("sign") if cause == "list" else hit.start(1)
            yield cause, start, start + len(sign), {"sign": sign}


def _tables(file: TextFile) -> Iterator[Slip]:
    """Tables that are none, and rows that do not fit theirs."""
    prose, text = file.page.prose, file.source.text
    last = -1
    for cause, pattern, sign in (("table", _TABLE, "|"), ("tabs", _TABS, "\t")):
        for hit in pattern.finditer(prose) if sign in prose else ():
            block = prose.rfind("\0", 0, hit.start(1))
            if block != last:
                last = block
                yield cause, hit.start(1), hit.end(1), {}
    for start, end, said, head in uneven_rows(text, prose, file.body):
        yield "more" if said > head else "fewer", start, end, {"said": str(said), "head": str(head)}


def _signs(file: TextFile) -> Iterator[Slip]:
    """Signs of Markdown that the page shows as they are."""
    prose, text = file.page.prose, file.source.text
    for cause, sign, pattern in (
        ("bold", "*", _BOLD),
        ("link-blank", "]", _LINK_BLANK),
        ("link-open", "]", _LINK_OPEN),
    ):
        for hit in pattern.finditer(prose) if sign in prose else ():
            yield cause, hit.start(), hit.end(), {}
    at = prose.find("<!--") if "<" in prose else -1
    if at >= 0:
        yield "comment", at, at + 4, {}
    if "<" in text and ("Mso" in text or "<o:" in text or "mso-" in text):
        tag = _OFFICE.search(text, file.body)
        if tag is not None:
            yield "office", *tag.span(), {}


def _notes(file: TextFile) -> Iterator[Slip]:
    """Notes out of shape, or whose words are not in them."""
    prose, text = file.page.prose, file.source.text
    # A single sign is found ten times sooner than three.
    first = min(
        (at for sign in "!?" if sign in text and (at := text.find(sign * 3)) >= 0), default=-1
    )
    if first < 0:
        return
    if "!" in prose or "?" in prose:
        yield from (("note-title", *hit.span(1), {}) for hit in _NOTE_TITLE.finditer(prose))
    for hit in _NOTE.finditer(text, max(file.body, text.rfind("\n", 0, first))):
        shallow = (
            len(hit["indent"].expandtabs(INDENT)) < len(hit["lead"].expandtabs(INDENT)) + INDENT
        )
        if (
            shallow
            and not prose[hit.start() : hit.start() + 6].strip("\0 \t\n")
            and hit["words"][0] != "#"
        ):
            yield "note-flat", *hit.span("words"), {}


def _indented(file: TextFile) -> Iterator[Slip]:
    """Sentences that an indent makes code of."""
    prose, text = file.page.prose, file.source.text
    tab = text.find("\n\t", file.body) if "\t" in text else -1
    first = min((at for at in (tab, text.find("\n    ", file.body)) if at >= 0), default=-1)
    # From the line above the first that is indented.
    for hit in (
        _CODE.finditer(text, max(file.body, text.rfind("\n", 0, first))) if first >= 0 else ()
    ):
        start, end = hit.span("words")
        hidden = not prose[start:end].strip("\0")
        if (
            hidden
            and _SENTENCE.search(hit["words"])
            and not _MACHINE.search(hit["words"])
            and not _apart(file, start)
        ):
            yield "code", start, end, {}


def _apart(file: TextFile, at: int) -> bool:
    """Whether a place is in fenced code or in a comment."""
    text = file.source.text
    fenced = len(_FENCE.findall(text, max(0, file.body - 1), at)) % 2
    return bool(fenced) or text.rfind("<!--", 0, at) > text.rfind("-->", 0, at)


def _ruled(file: TextFile) -> Iterator[Slip]:
    """Paragraphs that a line of hyphens below makes headings of."""
    text = file.source.text
    for heading in file.page.headings:
        if text.find("\n", heading.start, heading.line_end - 1) < 0:
            continue
        if "\n" in text[heading.start : heading.line_end].rstrip("\n") and "<<<<<<<" not in text:
            yield "rule", heading.start, heading.end, {}


def _numbers(file: TextFile) -> Iterator[Slip]:
    """Items whose number is not the one that is shown."""
    prose, text = file.page.prose, file.source.text
    typed: dict[str, tuple[int, int]] = {}
    end, fenced = 0, "`" in text or "~" in text
    for hit in _ITEM.finditer(text, file.body):
        lead, said = hit["lead"], int(hit["number"])
        if prose[hit.start("number")] != "\0" or (fenced and _FENCE.search(text, end, hit.start())):
            continue
        between = text[end : hit.start()].split("\n")[1:] if typed else ()
        if any(line.strip() and not line.startswith((" ", "\t")) for line in between):
            typed.clear()
        first, shown = typed.get(lead, (said, said - 1))
        typed[lead] = (first, shown + 1)
        if said != shown + 1 and said != first:
            yield "number", *hit.span("number"), {"said": str(said), "shown": str(shown + 1)}
        end = hit.end()


LOOKS: tuple[Callable[[TextFile], Iterator[Slip]], ...] = (
    _lists,
    _tables,
    _signs,
    _notes,
    _indented,
    _ruled,
    _numbers,
)

# fmt: off
RULES = (
    Rule(
        "QMS027", "shown-otherwise", Severity.WARNING,
        Text("Trang hiện không như người viết gõ", "The page does not show what was typed"),
        Text("Trang sẽ không hiện như đã gõ: {why_vi}.", "The page does not show this as typed: {why_en}."),
        shown_otherwise,
    ),
)
