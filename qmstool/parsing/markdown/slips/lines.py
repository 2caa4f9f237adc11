"""Find lines that open like items, rows or headings and run together into one paragraph.

A line's end within a paragraph is shown as a blank, so that what was typed one below the other is
read as one sentence. Each paragraph is told once, for the first such sign in it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from qmstool.frozen import NamedTuple
from qmstool.parsing.markdown.inlines import Code, TextRun
from qmstool.parsing.markdown.mapped_text import MappedText
from qmstool.parsing.markdown.plain import LINE_END, first_node, pieces, walk
from qmstool.parsing.markdown.slips.slip import Slip
from qmstool.patterns import regex

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from qmstool.parsing.markdown.leaves import Paragraph

_NUMBER = r"\d{1,2}"
_BULLET = regex(r"\s*(?P<sign>[•▪●○◦■□➢❖✓·‣⁃])\s*\S")
_DASH = regex(r"(?P<sign>[–—][ \t\u00a0]?|[-+*])(?=[^\W\d_])")
_ARROW = regex(r"(?P<sign>[√→➔►▶]|o(?=[ \t]))[ \t\u00a0]*(?=[^\W_])")
_FLUSH_NUMBER = regex(rf"(?P<sign>{_NUMBER}[.)])(?=[^\W\d_])")
_LATER_NUMBER = regex(rf"(?P<sign>{_NUMBER}[.)])[ \t]+\S")
_STEPS = (
    regex(r"(?P<sign>[(]?(?P<step>[a-zđ]|[A-ZĐ])[.)/])[ \t]+\S"),
    regex(rf"(?P<sign>[(]?(?P<step>{_NUMBER})(?:[)/]|[ \t]\)))[ \t]*(?=[^\W\d_])"),
    regex(r"(?P<sign>[(]?(?P<step>[ivx]{1,4}|[IVX]{1,4})[.)])[ \t]+\S"),
    regex(r"(?P<sign>(?P<step>\d{1,2}(?:\.\d{1,2})+)[.)]?)[ \t]+(?=[^\W\d_])"),
    regex(rf"(?P<sign>[^\W\d_]{{1,8}} (?P<step>{_NUMBER})[.:])[ \t]+\S"),
)
_WORDS = (TextRun, Code)
_SENTENCE_ENDS = (".", ";", ":", "!", "?", "…")
_TABS = regex(r"[^\t]*\w[^\t]*\t.*\S")
_SECOND_TABS = regex(r"[^\t]+\t")
_HEADING = regex(r"(?P<sign>#(?=[^\W\d_a-z])|#{2,6}(?=[^\W_])|#{1,6}(?=\u00a0\S)|＃+)")
_DEEP = regex(r"(?P<sign>#{7,})[ \t]+\S")
_NOTE = regex(r"(?P<sign>(?:!!!|\?\?\?\+?|:::)[ \t]*\w.*)")
_BOX = regex(r"(?P<sign>[-*+]?\[[ xX\u00a0]?\])[ \t\u00a0]+\S")
_ODD_OPENING = regex(
    r"[ \t>]*(?:[^\w\s>\"'“«<`&$%]|\d{1,2}(?:[.):/]| \))|\d+[.)]\u00a0|[a-zđA-ZĐ][.)/]"
    r"|(?:[ivx]{2,4}|[IVX]{2,4})[.)]|o[ \t]|[^\W\d_]{1,8} \d{1,2}[.:])"
)


class _ParagraphLine(NamedTuple):
    """A line of a paragraph; `joined` where its end before is shown as a blank."""

    words: MappedText
    joined: bool


def opens_oddly(source: str, paragraph: Paragraph, *, tabs: bool, angles: bool) -> bool:
    """Tell whether a line of a paragraph may have a slip at its head, or a tab within it.

    Most have none: they open with a word, or with markup before one. `tabs`, `angles`: whether the
    text has any tab or `<`.
    """
    start, end, children, _ = paragraph
    if tabs and source.find("\t", start, end) >= 0:
        return True
    first = first_node(children) if children else None
    is_word = first.__class__ is TextRun and first[2][:1].isalpha()
    if is_word and not angles and children == (first,):  # one stretch of words has one line
        return False
    line_end = source.find("\n", start, end)
    if line_end < 0 and not (angles and source.find("<", start, end) >= 0):
        if is_word:
            return False
        odd = _ODD_OPENING.match(source, start, end) is not None
        return odd and not _first_words(paragraph)[:1].isalpha()
    while not _ODD_OPENING.match(source, start, end):
        if line_end < 0:
            return False
        start = line_end + 1
        line_end = source.find("\n", start, end)
    return True


def _first_words(paragraph: Paragraph) -> str:
    """Return the words that a paragraph opens with, up to the first markup."""
    for node in walk(paragraph.children):
        words = node.text.lstrip() if isinstance(node, _WORDS) else ""
        if words:
            return words
    return ""


def line_slips(source: str, paragraph: Paragraph, *, item: bool) -> Iterator[Slip]:
    """Yield at most one slip of the lines of a paragraph, and one of tabs.

    `bullet`, `letters` (steps of any shape), `list` (a number other than 1 below a sentence),
    `number-flush`, `heading-blank`, `heading-deep`, `note-title`, `box` and `tabs`. `item` tells
    whether an item begins with the paragraph.
    """
    lines = _lines(source, paragraph)
    first = [*_alone(lines), *_boxes(lines, item=item), *_bullets(lines), *_steps(lines)]
    yield from (first or [*_later_list(lines)])[:1]
    yield from _tabs(lines)


def _lines(source: str, paragraph: Paragraph) -> list[_ParagraphLine]:
    """Return the lines of a paragraph with their words as a reader sees them."""
    lines: list[_ParagraphLine] = []
    words: list[TextRun] = []
    joined = False
    for piece in pieces(source, paragraph.children):
        if piece.text == LINE_END or "\n" in source[piece.start : piece.end]:
            lines.append(_ParagraphLine(MappedText(words), joined))
            words, joined = [], piece.text != LINE_END
        else:
            words.append(piece)
    lines.append(_ParagraphLine(MappedText(words), joined))
    return [line for line in lines if _opens_with_words(source, line)]


def _opens_with_words(source: str, line: _ParagraphLine) -> bool:
    """Tell whether the first sign of a line may be a mistake: it is no code, and not escaped."""
    if not line.words.text.strip():
        return False
    start = line.words.pieces[0].start
    return source[start - 1 : start] not in {"`", "\\"}


def _alone(lines: Sequence[_ParagraphLine]) -> Iterator[Slip]:
    """Yield lines that are no heading, note or box, and signs that make no list however few."""
    shapes = (
        ("heading-blank", _HEADING),
        ("heading-deep", _DEEP),
        ("note-title", _NOTE),
        ("bullet", _BULLET),
    )
    for line in lines:
        for cause, shape in shapes:
            found = shape.match(line.words.text)
            if found:
                yield _slip(cause, line, found)


def _boxes(lines: Sequence[_ParagraphLine], *, item: bool) -> Iterator[Slip]:
    """Yield the box that an item begins with, or a paragraph of which another line has one."""
    boxes = [(line, found) for line in lines if (found := _BOX.match(line.words.text))]
    if boxes and boxes[0][0] is lines[0]:
        line, found = boxes[0]
        joined = any(below.joined for below, _ in boxes[1:])
        if item or joined or found["sign"][0] != "[":
            yield _slip("box", line, found)


def _bullets(lines: Sequence[_ParagraphLine]) -> Iterator[Slip]:
    """Yield the first of two lines that begin with one sign or with flush numbers."""
    for shape, cause in ((_DASH, "bullet"), (_ARROW, "bullet"), (_FLUSH_NUMBER, "number-flush")):
        for first, found in _runs(lines, shape):
            yield _slip(cause, first, found)


def _runs(
    lines: Sequence[_ParagraphLine], shape: re.Pattern[str]
) -> Iterator[tuple[_ParagraphLine, re.Match[str]]]:
    """Yield each line that has a shape and is run together with one of the same shape."""
    for first, second in pairwise(lines):
        one, other = shape.match(first.words.text), shape.match(second.words.text)
        if one and other and second.joined:
            same = one["sign"].rstrip() == other["sign"].rstrip()
            if same or one["sign"][-1:] == other["sign"][-1:] != one["sign"]:
                yield first, one


def _steps(lines: Sequence[_ParagraphLine]) -> Iterator[Slip]:
    """Yield the first of two steps that run together: a) and b), (1) and (2), 1.1. and 1.2."""
    for first, second in pairwise(lines):
        if not second.joined:
            continue
        for shape in _STEPS:
            one, other = shape.match(first.words.text), shape.match(second.words.text)
            if one and other and _follow(first.words.text, one, second.words.text, other):
                yield _slip("letters", first, one)


def _follow(above: str, one: re.Match[str], below: str, other: re.Match[str]) -> bool:
    """Tell whether two lines are steps, and not a sentence that was broken before a number."""
    if one["step"] == other["step"] or one["sign"][0].isalpha() != other["sign"][0].isalpha():
        return False
    if len(one["step"]) > 1 and one["step"].isalpha() and one["step"][0] not in "ivxIVX":
        return False
    if one["sign"].partition(" ")[0] != other["sign"].partition(" ")[0] and " " in one["sign"]:
        return False
    if one["sign"][-1] in ")/":
        return True
    words = below[other.end("sign") :].lstrip()
    return above.rstrip().endswith(_SENTENCE_ENDS) or words[0].isupper()


def _later_list(lines: Sequence[_ParagraphLine]) -> Iterator[Slip]:
    """Yield a number below a line that announces a list: only one from 1 needs no empty line."""
    for first, second in pairwise(lines):
        found = _LATER_NUMBER.match(second.words.text)
        if found and second.joined and first.words.text.rstrip().endswith((":", ";")):
            yield _slip("list", second, found)


def _tabs(lines: Sequence[_ParagraphLine]) -> Iterator[Slip]:
    """Yield the first of two lines with tabs in them, which were rows in another program."""
    for first, second in pairwise(lines):
        if "\t" not in first.words.text:  # a long line would be gone through for each of its words
            continue
        if _TABS.match(first.words.text) and _SECOND_TABS.match(second.words.text):
            yield Slip(*first.words.span(0, len(first.words.text)), "tabs", {})
            return


def _slip(cause: str, line: _ParagraphLine, found: re.Match[str]) -> Slip:
    sign = found["sign"].strip()
    start = found.start("sign")
    return Slip(*line.words.span(start, start + len(sign)), cause, {"sign": sign})
