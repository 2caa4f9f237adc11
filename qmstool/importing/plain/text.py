"""Read plain text, typed or taken out of a PDF, as paragraphs and headings.

What goes in: the bytes of a .txt, or pages of lines. What comes out: a `Source`. Lines that a page
broke are joined; headings are those whose numbers follow one another; page numbers stay outside.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.importing.blocks import Doubt, LeftOut, Paragraph, Source, Span
from qmstool.importing.old_letters import TURNED, coding_of_text, read_old_letters
from qmstool.importing.plain.decoding import decode
from qmstool.importing.recognized import expression
from qmstool.importing.structure import is_capital

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
_PAGE = re.compile(r"\s*(?:(?:trang|page)\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?\s*", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+")
_LABELLED = re.compile(r"[^\W\d_a-z][^.:;\n]{2,40}:\s")
_END = re.compile(r"[.;:!?…]\s*$")
_TORN = re.compile(r"(?<!\S)[^\W\d_]{1,3}(?: [^\W\d_]{1,2}){4,}(?!\S)")
LARGEST_CHAPTER = 15
LONGEST_HEADING_LINES = 4
FULL_LINE = 0.75  # of the usual width: a line as long as that was broken by the page
PAGE_NUMBER = Text("số trang", "page number")
RUNNING = Text("dòng đầu, chân trang lặp lại", "running head or foot of a page")
FROM_TEXT = Text(
    "Đọc từ văn bản thuần, không có kiểu chữ: đề mục nhận theo số thứ tự, đoạn nối theo độ dài "
    "dòng. Bảng và hình không còn. Hãy so với bản in.",
    "Read from plain text, which has no type: headings are known by numbers that follow one "
    "another, paragraphs by the length of lines. Tables and figures are gone. Compare with paper.",
)
TORN = Text(
    "Có chữ bị tách rời khi lấy từ PDF: «{text}». Hãy sửa theo bản in.",
    "Words were torn apart when the PDF was read: «{text}». Mend them from paper.",
)


def read_text(data: bytes, name: str) -> Source:
    """Return what a text file holds."""
    return from_pages([decode(data).splitlines()], name)


def from_pages(pages: Sequence[Sequence[str]], name: str) -> Source:
    """Return what pages of lines hold; lines that most pages repeat are their heads and feet."""
    doubts = [Doubt(FROM_TEXT, Text("cả tệp", "the whole file"), 1)]
    raw = unicodedata.normalize("NFC", "\n".join(line for page in pages for line in page))
    coding = coding_of_text(raw)
    if coding is not None:
        told = TURNED.fill({"coding": coding.value})
        doubts.append(Doubt(told, Text("cả tệp", "the whole file"), 1))
    left_out: list[LeftOut] = []
    lines = list(_own_lines(pages, left_out, coding))
    blocks = tuple(_blocks(lines))
    for block in blocks:
        torn = _TORN.search(block.text)
        if torn:
            doubts.append(Doubt(TORN.fill({"text": torn[0]}), block.place, 1))
    text = raw if coding is None else read_old_letters(raw, coding)
    return Source(
        name=name,
        blocks=blocks,
        raw=((name, text),),
        left_out=tuple(left_out),
        doubts=tuple(doubts),
        plain=True,
    )


def _own_lines(
    pages: Sequence[Sequence[str]], left_out: list[LeftOut], coding: Coding | None
) -> Iterator[tuple[int, str]]:
    """Give number and text of the lines that are the text's own; an empty one is a gap."""
    running = _running_lines(pages)
    number = 0
    for page in pages:
        for line in page:
            number += 1
            text = unicodedata.normalize("NFC", line)
            text = text if coding is None else read_old_letters(text, coding)
            bare = " ".join(text.replace("\f", " ").split())
            place = Text(f"dòng {number}", f"line {number}")
            if bare and _PAGE.fullmatch(bare):
                left_out.append(LeftOut(bare, PAGE_NUMBER, place))
            elif _without_digits(bare) in running:
                left_out.append(LeftOut(bare, RUNNING, place))
            else:
                yield number, bare


def _running_lines(pages: Sequence[Sequence[str]]) -> set[str]:
    """Return the lines that stand at the head or foot of most pages, numbers apart."""
    if len(pages) < 3:  # noqa: PLR2004
        return set()
    counted: dict[str, int] = {}
    for page in pages:
        own = [_without_digits(" ".join(line.split())) for line in page if line.strip()]
        for line in {*own[:4], *own[-3:]}:
            counted[line] = counted.get(line, 0) + 1
    return {line for line, times in counted.items() if line and times * 2 > len(pages)}


def _without_digits(line: str) -> str:
    return re.sub(r"\d+", "#", line)


def _blocks(lines: Sequence[tuple[int, str]]) -> Iterator[Block]:
    headings = _heading_lines(lines)
    spaced = _is_double_spaced([text for _, text in lines])
    width = _usual_width([text for _, text in lines])
    gathered: list[str] = []
    first = 0
    gap = False
    for place, (number, text) in enumerate(lines):
        if not text:
            gap = not spaced or gap
            continue
        inside = place in headings.values()
        if place in headings or inside or _begins(gathered, text, gap=gap, width=width):
            yield from _paragraph(gathered, first)
            gathered = []
        if place in headings:
            words = " ".join(line for _, line in lines[place : headings[place]] if line)
            yield _heading(words, number)
        elif not _is_in_heading(place, headings):
            first = number if not gathered else first
            gathered.append(text)
        gap = False
    yield from _paragraph(gathered, first)


def _is_in_heading(place: int, headings: dict[int, int]) -> bool:
    return any(start <= place < end for start, end in headings.items())


def _paragraph(lines: list[str], number: int) -> Iterator[Block]:
    if lines:
        place = Text(f"dòng {number}", f"line {number}")
        yield Paragraph((Span(" ".join(lines)),), place)


def _heading(text: str, number: int) -> Block:
    match = _NUMBER.match(text)
    level = 1 if match is None else match[1].count(".") + 1
    return Paragraph((Span(text),), Text(f"dòng {number}", f"line {number}"), level=level)


def _begins(gathered: list[str], text: str, *, gap: bool, width: int) -> bool:
    """Whether a line begins a paragraph: an item, an address, or after a line that had ended."""
    if not gathered:
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


def _heading_lines(lines: Sequence[tuple[int, str]]) -> dict[int, int]:
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
            if _follows(now, last) and (len(now) > 1 or f"{now[0]}.1" in starts):
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


def _end_of_capitals(lines: Sequence[tuple[int, str]], place: int) -> int:
    end = place + 1
    while end < min(len(lines), place + 2 * LONGEST_HEADING_LINES):
        text = lines[end][1]
        if text and (not is_capital(text) or _PART.match(text) or _ITEM.match(text)):
            break
        end += 1
    return _trimmed(lines, place, end)


def _end_of_heading(lines: Sequence[tuple[int, str]], place: int) -> int:
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


def _trimmed(lines: Sequence[tuple[int, str]], place: int, end: int) -> int:
    while end > place + 1 and not lines[end - 1][1]:
        end -= 1
    return end
