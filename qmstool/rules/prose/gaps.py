"""Find what is not there: announced and absent, cut off, left blank."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.findings import Fault, Severity
from qmstool.i18n import Text
from qmstool.parsing.codes import fold_name
from qmstool.rules.base.rule import rule
from qmstool.rules.prose.figures import FigureIndex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.findings import Location
    from qmstool.rules.base.prose_blocks import Passage, Span
    from qmstool.rules.base.prose_text import Writing
    from qmstool.rules.base.rule import Facts, Rule

_DOTS = re.compile(r"(?<![.…])(?:\.{4,5}|…\.{1,2})(?![.…])")
_BLANK_CELL = re.compile(r"(?:…+|\.{3,}|_{3,}|\?{2,})\Z")
_SOLID = re.compile(r"```|~~~|<(?!!--)|!\[")
_LAST_WORD = re.compile(r"(?P<word>[^\W\d_]+)[\x01 ]*\Z")
_ENDING = " .:\x01\n\t"
_FIGURE = re.compile(r"(?<!\w)x{2,4}(?!\w)")
# How many more places, or words, a finding shows.
SHOWN = 5
# How far from a phrase, in characters, the bracket may stand that holds it.
BRACKET_REACH = 5
LONGEST_WORD = 40


@rule(
    "QMS603",
    "announced-missing",
    Severity.WARNING,
    Text("Báo trước danh sách, hình, bảng mà không có", "Announced and not there"),
    Text(
        "«{words}» báo trước một danh sách, hình hay bảng, nhưng sau đó không có. Hãy bổ sung, "
        "hoặc bỏ câu ấy.",
        "«{words}» announces a list, a figure or a table, and none follows. Add it, or take the "
        "announcement out.",
    ),
)
def announced_missing(facts: Facts) -> Iterator[Fault]:
    """Find words that announce a list, figure or table where none follows.

    Also the numbers of figures and tables that nobody can find. Forms are left out.
    """
    phrases = sorted(map(fold_name, facts.prose.lists["announce"]), key=len, reverse=True)
    figures = FigureIndex(facts)
    for writings in facts.prose.by_document.values():
        written = tuple(writing for writing in writings if not writing.is_form)
        reported: set[tuple[str, int]] = set()
        for writing in written:
            for start, end in _announced(writing, phrases):
                reported.add((writing.file.path, writing.sentence(start)[0]))
                yield _fault(writing, (start, end))
        for (writing, first), *rest in figures.missing(written):
            if (writing.file.path, writing.sentence(first.start)[0]) in reported:
                continue
            others = tuple(other.locate(each.start, each.end) for other, each in rest[:SHOWN])
            yield _fault(writing, (first.start, first.end), others)


def _fault(writing: Writing, span: Span, related: tuple[Location, ...] = ()) -> Fault:
    return Fault(writing.locate(*span), {"words": writing.said(*span)}, related=related)


def _announced(writing: Writing, phrases: list[str]) -> Iterator[Span]:
    """Yield the words at the end of a passage that announce what does not follow."""
    for at, passage in enumerate(writing.passages):
        if passage.note or passage.kind in {"heading", "cell"}:
            continue
        span = _announcement(writing, passage, phrases)
        if span is not None and not _is_kept(writing, writing.passages, at):
            yield span


def _announcement(writing: Writing, passage: Passage, phrases: list[str]) -> Span | None:
    """Return the announcing words at the end of a passage.

    A listed phrase, or the last word before a colon.
    """
    text = writing.words[passage.start : passage.end]
    bare = text.rstrip(_ENDING)
    stripped = text.rstrip(" \x01\n\t")
    end = passage.start + len(stripped)
    for phrase in phrases:
        if bare[-len(phrase) :].casefold() == phrase:
            return passage.start + len(bare) - len(phrase), end
    if not stripped.endswith(":"):
        return None
    last = _last_word(bare)
    return (passage.start + last.start(), end) if last else None


def _is_kept(writing: Writing, passages: tuple[Passage, ...], at: int) -> bool:
    """Whether something stands where a passage announced it.

    A keeper's note in that place says that it is lost.
    """
    text = writing.file.source.text
    following = passages[at + 1] if at + 1 < len(passages) else None
    if _SOLID.search(text, passages[at].end, following.start if following else len(text)):
        return True
    own = _next_own(passages, at)
    if following is None or own is None or own.kind == "heading":
        return False
    return own.kind != "paragraph" or not following.note or text.startswith("![", own.start)


def _next_own(passages: tuple[Passage, ...], at: int) -> Passage | None:
    """Return the next passage that is no keeper's note."""
    for place in range(at + 1, len(passages)):
        if not passages[place].note:
            return passages[place]
    return None


@rule(
    "QMS604",
    "unfinished-text",
    Severity.WARNING,
    Text("Câu chữ bỏ lửng", "Unfinished text"),
    Text(
        "Chỗ này chưa viết xong: «{words}». Viết cho hết ý, hoặc bỏ đi.",
        "This is not finished: «{words}». Complete it, or take it out.",
    ),
)
def unfinished_text(facts: Facts) -> Iterator[Fault]:
    """Find items cut off in mid-phrase, sentences that trail away, and blanks to be filled in."""
    lists = facts.prose.lists
    whole = set(map(fold_name, lists["dangling_whole"]))
    dangling = set(map(fold_name, lists["dangling"]))
    placeholders = "|".join(map(re.escape, lists["placeholders"])) or "(?!)"
    placeholder = re.compile(rf"(?<!\w)(?:{placeholders})(?!\w)")
    for writing in facts.prose.writings:
        if writing.is_form:
            continue
        yield from _trailing(writing)
        yield from _cut_off(writing, dangling, whole)
        yield from _open_brackets(writing, dangling)
        yield from _blank_cells(writing)
        for found in placeholder.finditer(writing.words):
            yield Fault(writing.locate(*found.span()), {"words": found[0]})
        for span in _put_off(writing):
            yield _fault(writing, span)


def _put_off(writing: Writing) -> Iterator[Span]:
    """Yield words in brackets that put the writing off, and figures still to come.

    «(bổ sung sau)», «trong xx ngày»; XX is a century.
    """
    words = writing.words
    for hit in writing.hits.get("unfinished", ()):
        before = words[max(0, hit.start - BRACKET_REACH) : hit.start].rstrip(" \u00a0\x01")[-1:]
        after = words[hit.end : hit.end + BRACKET_REACH].lstrip(" \u00a0\x01")[:1]
        if before in {"(", "[", "…"} and after in {")", "]", "…"}:
            yield hit.start, hit.end
    if "xx" in words:
        for figure in _FIGURE.finditer(words):
            yield figure.span()


def _trailing(writing: Writing) -> Iterator[Fault]:
    """Find sentences that trail away in four or five dots."""
    for dots in _DOTS.finditer(writing.words):
        yield Fault(writing.locate(*dots.span()), {"words": dots[0]})


def _cut_off(writing: Writing, dangling: set[str], whole: set[str]) -> Iterator[Fault]:
    """Find passages whose last word demands another, unless the last two words are a phrase."""
    passages, joins = writing.passages, set(writing.prose.lists["suspended"])
    for at, passage in enumerate(passages):
        text = writing.words[passage.start : passage.end]
        last = _last_word(text)
        if last is None or passage.note or passage.kind in {"heading", "cell"}:
            continue
        word = last["word"].casefold()
        if word not in dangling or _goes_on(passages, at):
            continue
        lead = text[: last.start()].rstrip(" \x01\n")
        if word in joins and lead.endswith((",", ";")) and _has_sibling(passages, at):
            continue
        phrase = fold_name(" ".join(text.replace("\x01", " ").split()[-2:]))
        if phrase not in whole:
            start, end = passage.start + last.start("word"), passage.start + last.end("word")
            ending = " ".join(writing.said(passage.start, end).split()[-SHOWN:])
            yield Fault(writing.locate(start, end), {"words": ending})


def _last_word(text: str) -> re.Match[str] | None:
    return _LAST_WORD.search(text, max(0, len(text) - LONGEST_WORD))


def _open_brackets(writing: Writing, dangling: set[str]) -> Iterator[Fault]:
    """Find brackets that their passage leaves open, from there to its end.

    Not where the passage is reported as cut off.
    """
    for at, passage in enumerate(writing.passages):
        if passage.note or passage.kind in {"heading", "cell"} or _goes_on(writing.passages, at):
            continue
        text = writing.words[passage.start : passage.end]
        last = _last_word(text)
        if last is not None and last["word"].casefold() in dangling:
            continue
        opened = text.rfind("(")
        if opened < 0 or ")" in text[opened:] or text.rstrip(" \x01\n").endswith((",", ":")):
            continue
        start, end = passage.start + opened, passage.start + len(text.rstrip(_ENDING))
        words = " ".join(writing.said(start, end).split()[:SHOWN])
        yield Fault(writing.locate(start, max(end, start + 1)), {"words": words})


def _goes_on(passages: tuple[Passage, ...], at: int) -> bool:
    """Whether a list or table under a passage finishes its sentence."""
    if at + 1 == len(passages):
        return False
    passage, following = passages[at], passages[at + 1]
    if following.kind != "item":
        return following.kind == "cell"
    deeper = following.start - following.row > passage.start - passage.row
    return passage.kind != "item" or deeper


def _has_sibling(passages: tuple[Passage, ...], at: int) -> bool:
    """Whether an item is followed by another, as in «a; và»."""
    if at + 1 == len(passages):
        return False
    return passages[at].kind == passages[at + 1].kind == "item"


def _blank_cells(writing: Writing) -> Iterator[Fault]:
    """Find cells that hold nothing but dots; one finding for a file."""
    blank = [
        passage
        for passage in writing.passages
        if passage.kind == "cell" and not passage.note and _is_blank(writing, passage)
    ]
    if blank:
        first, *others = [writing.locate(cell.start, cell.end) for cell in blank]
        words = writing.said(blank[0].start, blank[0].end)
        yield Fault(first, {"words": words}, related=tuple(others))


def _is_blank(writing: Writing, cell: Passage) -> bool:
    return _BLANK_CELL.match(writing.said(cell.start, cell.end)) is not None


RULES: tuple[Rule, ...] = (
    announced_missing,
    unfinished_text,
)
