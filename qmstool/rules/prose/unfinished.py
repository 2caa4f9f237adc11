"""Find what is not finished: cut off, trailing away, left blank, put off."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.parsing.codes import fold_name
from qmstool.rules.base.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.parsing.markdown.page import TextBlock
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.prose_blocks import Span
    from qmstool.rules.base.prose_text import Writing
    from qmstool.rules.base.rule import Rule

_DOTS = re.compile(r"(?<![.…])(?:\.{4,5}|…\.{1,2})(?![.…])")
_BLANK_CELL = re.compile(r"(?:…+|\.{3,}|_{3,}|\?{2,})\Z")
_LAST_WORD = re.compile(r"(?P<word>[^\W\d_]+)[\x01 ]*\Z")
_ENDING = " .:\x01\n\t"
_FIGURE = re.compile(r"(?<!\w)x{2,4}(?!\w)")
# How many words of a place a finding shows.
SHOWN_WORDS = 5
# How far from a phrase, in characters, the bracket may stand that holds it.
BRACKET_REACH = 5
LONGEST_WORD = 40


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
def unfinished_text(facts: Facts) -> Iterator[Violation]:
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
            yield Violation(writing.locate(*found.span()), {"words": found[0]})
        for span in _put_off(writing):
            yield Violation(writing.locate(*span), {"words": writing.said(*span)})


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


def _trailing(writing: Writing) -> Iterator[Violation]:
    """Find sentences that trail away in four or five dots."""
    for dots in _DOTS.finditer(writing.words):
        yield Violation(writing.locate(*dots.span()), {"words": dots[0]})


def _cut_off(writing: Writing, dangling: set[str], whole: set[str]) -> Iterator[Violation]:
    """Find passages whose last word demands another, unless the last two words are a phrase."""
    passages, joins = writing.blocks, set(writing.prose.lists["suspended"])
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
            ending = " ".join(writing.said(passage.start, end).split()[-SHOWN_WORDS:])
            yield Violation(writing.locate(start, end), {"words": ending})


def _last_word(text: str) -> re.Match[str] | None:
    return _LAST_WORD.search(text, max(0, len(text) - LONGEST_WORD))


def _open_brackets(writing: Writing, dangling: set[str]) -> Iterator[Violation]:
    """Find brackets that their passage leaves open, from there to its end.

    Not where the passage is reported as cut off.
    """
    for at, passage in enumerate(writing.blocks):
        if passage.note or passage.kind in {"heading", "cell"} or _goes_on(writing.blocks, at):
            continue
        text = writing.words[passage.start : passage.end]
        last = _last_word(text)
        if last is not None and last["word"].casefold() in dangling:
            continue
        opened = text.rfind("(")
        if opened < 0 or ")" in text[opened:] or text.rstrip(" \x01\n").endswith((",", ":")):
            continue
        start, end = passage.start + opened, passage.start + len(text.rstrip(_ENDING))
        words = " ".join(writing.said(start, end).split()[:SHOWN_WORDS])
        yield Violation(writing.locate(start, max(end, start + 1)), {"words": words})


def _goes_on(passages: tuple[TextBlock, ...], at: int) -> bool:
    """Whether a list or table under a passage finishes its sentence."""
    if at + 1 == len(passages):
        return False
    passage, following = passages[at], passages[at + 1]
    if following.kind != "item":
        return following.kind == "cell"
    deeper = following.start - following.row > passage.start - passage.row
    return passage.kind != "item" or deeper


def _has_sibling(passages: tuple[TextBlock, ...], at: int) -> bool:
    """Whether an item is followed by another, as in «a; và»."""
    if at + 1 == len(passages):
        return False
    return passages[at].kind == passages[at + 1].kind == "item"


def _blank_cells(writing: Writing) -> Iterator[Violation]:
    """Find cells that hold nothing but dots; one finding for a file."""
    blank = [
        passage
        for passage in writing.blocks
        if passage.kind == "cell" and not passage.note and _is_blank(writing, passage)
    ]
    if blank:
        first, *others = [writing.locate(cell.start, cell.end) for cell in blank]
        words = writing.said(blank[0].start, blank[0].end)
        yield Violation(first, {"words": words}, related=tuple(others))


def _is_blank(writing: Writing, cell: TextBlock) -> bool:
    return _BLANK_CELL.match(writing.said(cell.start, cell.end)) is not None


RULES: tuple[Rule, ...] = (unfinished_text,)
