"""Read plain text, typed or taken out of a PDF, as paragraphs and headings.

What goes in: the bytes of a .txt, or pages of lines. What comes out: a `Source`. Lines that a page
broke are joined; headings are those whose numbers follow one another; page numbers stay outside.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.importing.blocks import Doubt, LeftOut, Source, SourceParagraph, Span, some_of
from qmstool.importing.old_letters import TURNED, coding_of_text, read_old_letters
from qmstool.importing.plain.decoding import decode
from qmstool.importing.plain.mending import HYPHENATED, Mender
from qmstool.importing.plain.running import running_places, without_digits
from qmstool.importing.recognized import expression
from qmstool.importing.structure import is_capital
from qmstool.parsing.spans import Spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmstool.importing.blocks import Block
    from qmstool.importing.old_letters import Coding

_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(?=[^\W\d_])")
_PART = re.compile(
    rf"(?:[IVXL]{{1,5}}\s*[.)]\s+|(?:{expression('parts_of_text')})\s+(?:[IVXL]+|\d+)\b)",
    re.IGNORECASE,
)
_ITEM = re.compile(r"(?:[-–•●▪*+\uf0b7\uf0a7]|[a-zđ]\)|\d{1,2}\))\s+")
_PAGE = re.compile(
    r"\s*(?:(?:(?:trang|page)\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?|trang|page)\s*", re.IGNORECASE
)
_ADDRESS = re.compile(r"https?://\S+")
_LABELLED = re.compile(r"[^\W\d_a-z][^.:;\n]{2,40}:\s")
_END = re.compile(r"[.;:!?…]\s*$")
_TORN = re.compile(r"(?<!\S)[^\W\d_]{1,3}(?: [^\W\d_]{1,2}){4,}(?!\S)")
LARGEST_CHAPTER = 15
LONGEST_HEADING_LINES = 4
MOST_NAMED = 12  # words in one line of the report
FULL_LINE = 0.75  # of the usual width: a line as long as that was broken by the page
PAGE_NUMBER = Text("số trang", "page number")
RUNNING = Text("dòng đầu, chân trang lặp lại", "running head or foot of a page")
FROM_TEXT = Text(
    "Đọc từ văn bản thuần, không có kiểu chữ: đề mục nhận theo số thứ tự, đoạn nối theo độ dài "
    "dòng. Bảng và hình không còn. Hãy so với bản in.",
    "Read from plain text, which has no type: headings are known by numbers that follow one "
    "another, paragraphs by the length of lines. Tables and figures are gone. Compare with paper.",
)
MENDED = Text(
    "Đã nối {count} chỗ chữ hoặc mã bị ngắt (nơi khác trong bài có nguyên chữ): {text}",
    "{count} words or codes that were torn are whole again (the text has them elsewhere): {text}",
)
UNSURE_HYPHEN = Text(
    "Gạch nối ở cuối dòng được giữ, vì không rõ thuộc về chữ hay chỉ để ngắt dòng: {text}",
    "A hyphen at the end of a line was kept; whether it belongs to the word is not clear: {text}",
)
TORN = Text(
    "Có chữ bị tách rời khi lấy từ PDF: «{text}». Hãy sửa theo bản in.",
    "Words were torn apart when the PDF was read: «{text}». Mend them from paper.",
)


def read_text(data: bytes, name: str) -> Source:
    """Return what a text file holds."""
    return from_pages([page.splitlines() for page in decode(data).split("\f")], name)


def from_pages(pages: Sequence[Sequence[str]], name: str) -> Source:
    """Return what pages of lines hold; lines that most pages repeat are their heads and feet."""
    doubts = [Doubt(FROM_TEXT, Text("cả tệp", "the whole file"), 1)]
    raw = unicodedata.normalize("NFC", "\n".join(line for page in pages for line in page))
    coding = coding_of_text(raw)
    if coding is not None:
        told = TURNED.fill({"coding": coding.value})
        doubts.append(Doubt(told, Text("cả tệp", "the whole file"), 1))
    read = _Lines(pages, coding)
    mender = Mender([line for _, line in read.own])
    lines = [(place, mender.mend(line)) for place, line in read.own]
    blocks = tuple(_blocks(lines, mender))
    doubts += _mended(mender)
    for block in blocks:
        torn = _TORN.search(block.text)
        if torn:
            doubts.append(Doubt(TORN.fill({"text": torn[0]}), block.place, 1))
    text = raw if coding is None else read_old_letters(raw, coding)
    return Source(
        name=name,
        blocks=blocks,
        raw=((name, text),),
        headers=((name, tuple(read.heads.values())),) if read.heads else (),
        left_out=tuple(read.left_out),
        doubts=tuple(doubts),
        plain=True,
        converted=tuple(mender.told),
    )


def _mended(mender: Mender) -> list[Doubt]:
    """Return what has to be told of words that were put together, and of those that were not."""
    whole = Text("cả tệp", "the whole file")
    doubts = []
    if mender.told:
        pairs = dict.fromkeys(f"{before} → {after}" for before, after in mender.told)
        values = {"count": str(len(mender.told)), "text": some_of(pairs, MOST_NAMED)}
        doubts.append(Doubt(MENDED.fill(values), whole, 2))
    if mender.unsure:
        values = {"text": some_of(dict.fromkeys(mender.unsure), MOST_NAMED)}
        doubts.append(Doubt(UNSURE_HYPHEN.fill(values), whole, 1))
    return doubts


class _Lines:
    """The lines of pages: those of the text, heads of pages once, and what was left out."""

    def __init__(self, pages: Sequence[Sequence[str]], coding: Coding | None) -> None:
        self.heads: dict[str, SourceParagraph] = {}
        self.left_out: list[LeftOut] = []
        self.own: list[tuple[Text, str]] = []  # an empty line is a gap
        running = running_places(pages)
        for page_number, page in enumerate(pages):
            for number, line in enumerate(page):
                text = unicodedata.normalize("NFC", line)
                if coding is not None:
                    text = read_old_letters(text, coding)
                bare = " ".join(text.split())
                place = _place(page_number, number, pages=len(pages))
                if bare and _PAGE.fullmatch(bare):
                    self.left_out.append(LeftOut(bare, PAGE_NUMBER, place))
                elif bare and (page_number, number) in running:
                    self._leave_out(bare, place)
                else:
                    self.own.append((place, bare))

    def _leave_out(self, text: str, place: Text) -> None:
        """Keep the head or foot of a page once, for what it says of the document."""
        key = without_digits(text)
        if key in self.heads:
            self.left_out.append(LeftOut(text, RUNNING, place))
        else:
            self.heads[key] = SourceParagraph((Span(text),), place)


def _place(page: int, line: int, *, pages: int) -> Text:
    if pages == 1:
        return Text(f"dòng {line + 1}", f"line {line + 1}")
    return Text(f"trang {page + 1}, dòng {line + 1}", f"page {page + 1}, line {line + 1}")


def _blocks(lines: Sequence[tuple[Text, str]], mender: Mender) -> Iterator[Block]:
    headings = _heading_lines(lines)
    ends, in_headings = frozenset(headings.values()), Spans(headings.items())
    spaced = _is_double_spaced([text for _, text in lines])
    width = _usual_width([text for _, text in lines])
    gathered: list[str] = []
    first = Text("", "")
    gap = False
    for number, (place, text) in enumerate(lines):
        if not text:
            gap = not spaced or gap
            continue
        if number in headings or number in ends or _begins(gathered, text, gap=gap, width=width):
            yield from _paragraph(gathered, first, mender)
            gathered = []
        if number in headings:
            words = mender.join(line for _, line in lines[number : headings[number]] if line)
            yield _heading(words, place)
        elif not in_headings.holds(number):
            if not gathered:
                first = place
            gathered.append(text)
        gap = False
    yield from _paragraph(gathered, first, mender)


def _paragraph(lines: list[str], place: Text, mender: Mender) -> Iterator[Block]:
    if lines:
        yield SourceParagraph((Span(mender.join(lines)),), place)


def _heading(text: str, place: Text) -> Block:
    match = _NUMBER.match(text)
    level = 1 if match is None else match[1].count(".") + 1
    return SourceParagraph((Span(text),), place, level=level)


def _begins(gathered: list[str], text: str, *, gap: bool, width: int) -> bool:
    """Whether a line begins a paragraph: an item, an address, or after a line that had ended."""
    if not gathered or gathered[-1].endswith(HYPHENATED):
        return False
    if gap or _ITEM.match(text) or _ADDRESS.match(text) or _ADDRESS.match(gathered[-1]):
        return True
    last = gathered[-1]
    short = len(last) < FULL_LINE * width
    ended = bool(_END.search(last) or _LABELLED.match(text))
    return short and ended and text[0].isupper()


def _is_double_spaced(texts: Sequence[str]) -> bool:
    """Whether a line is empty after nearly each, as some programs take text out of a PDF."""
    filled = [place for place, text in enumerate(texts) if text]
    alone = [place for place in filled if place + 1 < len(texts) and not texts[place + 1]]
    return len(filled) > 20 and len(alone) * 10 > len(filled) * 6  # noqa: PLR2004


def _usual_width(texts: Sequence[str]) -> int:
    widths = sorted(len(text) for text in texts if text)
    return widths[len(widths) * 4 // 5] if widths else 0


def _heading_lines(lines: Sequence[tuple[Text, str]]) -> dict[int, int]:
    """Return first line → end of each heading: a part in capitals, or a number that follows."""
    headings: dict[int, int] = {}
    last: tuple[int, ...] = (0,)
    starts = {match[1] for _, text in lines if (match := _NUMBER.match(text))}
    for place, (_, text) in enumerate(lines):
        part, number = _PART.match(text), _NUMBER.match(text)
        if part and is_capital(text[part.end() :] or text):
            headings[place] = _end_of_capitals(lines, place)
        elif part and _is_annex(text, part):
            headings[place] = place + 1
        elif number:
            now = tuple(int(step) for step in number[1].split("."))
            sure = len(now) > 1 or f"{now[0]}.1" in starts or is_capital(text[number.end() :])
            if _follows(now, last) and sure:
                headings[place] = _end_of_heading(lines, place)
                last = now
    return headings


def _is_annex(text: str, part: re.Match[str]) -> bool:
    """Whether a line such as «PHỤ LỤC 01» or «Phụ lục 1. Sơ đồ» is a heading and no mention."""
    named = part[0].split()[0]
    rest = text[part.end() :]
    return (named.isupper() and len(named) > 1) or (named[:1].isupper() and rest[:1] in {".", ":"})


def _follows(now: tuple[int, ...], last: tuple[int, ...]) -> bool:
    """Whether a number may come next: 4.1 after 4, 4.2 after 4.1.3, 5 after 4.4."""
    if now[0] > LARGEST_CHAPTER or now <= last:
        return False
    depth = 0
    while depth < min(len(now), len(last)) and now[depth] == last[depth]:
        depth += 1
    if last == (0,):
        return len(now) == 1
    before = last[depth] if depth < len(last) else 0
    return now[depth] == before + 1 and all(step == 1 for step in now[depth + 1 :])


def _end_of_capitals(lines: Sequence[tuple[Text, str]], place: int) -> int:
    end = place + 1
    while end < min(len(lines), place + 2 * LONGEST_HEADING_LINES):
        text = lines[end][1]
        if text and (not is_capital(text) or _PART.match(text) or _ITEM.match(text)):
            break
        end += 1
    return _trimmed(lines, place, end)


def _end_of_heading(lines: Sequence[tuple[Text, str]], place: int) -> int:
    """Return where a heading ends that a narrow column broke: its next lines begin small."""
    end = place + 1
    taken = 1
    while end < len(lines) and taken < LONGEST_HEADING_LINES:
        text = lines[end][1]
        if text:
            before = lines[end - 1][1]
            if not text[0].islower() or _END.search(before) or len(text) > 24:  # noqa: PLR2004
                break
            taken += 1
        end += 1
    return _trimmed(lines, place, end)


def _trimmed(lines: Sequence[tuple[Text, str]], place: int, end: int) -> int:
    while end > place + 1 and not lines[end - 1][1]:
        end -= 1
    return end
