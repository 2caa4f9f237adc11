"""Find what is not finished: cut off, trailing away, left blank, put off."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.frozen import NamedTuple
from qmstool.i18n import Text
from qmstool.parsing.codes import fold_name
from qmstool.parsing.signs import holds
from qmstool.patterns import regex
from qmstool.rules.base.rule import file_rule
from qmstool.rules.base.text.wording import folded, whole_words, words_of

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from qmstool.parsing.markdown.inlines import Span
    from qmstool.parsing.markdown.running_text import TextBlock
    from qmstool.rules.base.rule import Rule
    from qmstool.rules.base.text.prose_text import Writing
    from qmstool.rules.base.text.wording import Wording

_DOTS = regex(r"(?<![.…])(?:\.{4,5}|…\.{1,2})(?![.…])")
_BLANK_CELL = regex(r"(?:…+|\.{3,}|_{3,}|\?{2,})\Z")
_BLANK_SIGNS = ("…", "...", "___", "??")
# One of these is in a text that has one of those, markup between them or not; quickly told.
_SIGNS_OF_BLANKS = ("…", "_", "?", "..", ".\x01")
_LAST_LETTERS = regex(r"[^\W\d_]+\Z")
_ENDING = " .:\x01\n\t"
# What joins the parts of a code.
_JOINTS = frozenset("-‐‑–_/")
_FIGURE = regex(r"(?<!\w)x{2,4}(?!\w)")
_FIGURES = frozenset({"xx", "xxx", "xxxx"})
_ONLY_X = regex(r"[xX]{2,}")
# What opens a blank of a template, to be filled in: «<xxx>», «[XXX]».
_OPENS_BLANK = regex(r"(?:\\?<|\\?\[|&lt;)\Z")
# A blank of a template, to be filled in, somewhere in a file: «\\<name of the device\\>».
_BLANK = regex(r"(?:\\<|&lt;)[^\W\d_]")
# How many words of a place a finding shows.
SHOWN_WORDS = 5
# How far from a phrase, in characters, the bracket may stand that holds it.
BRACKET_REACH = 5
LONGEST_WORD = 40


@file_rule(
    "QMS604",
    "unfinished-text",
    Severity.INFO,
    Text("Câu chữ bỏ lửng", "Unfinished text"),
    Text(
        "Chỗ này chưa viết xong: «{words}». Viết cho hết ý, hoặc bỏ đi.",
        "This is not finished: «{words}». Complete it, or take it out.",
    ),
)
def unfinished_text(writing: Writing) -> Iterator[Violation]:
    """Find items cut off in mid-phrase, sentences that trail away, and blanks to be filled in."""
    if writing.is_form:
        return
    endings = writing.wording.prepared(_endings)
    yield from _trailing(writing)
    passages = list(_endable(writing))
    yield from _cut_off(writing, passages, endings)
    yield from _open_brackets(writing, passages, endings)
    yield from _blank_cells(writing)
    crossed: list[Span] = []
    may_stand = any(each <= writing.vocabulary for each in endings.of_placeholders)
    for found in endings.placeholder.finditer(writing.words) if may_stand else ():
        if _ONLY_X.fullmatch(found[0]):
            crossed.append(found.span())
        elif not _is_in_code(writing.words, *found.span()):
            yield Violation(writing.locate(*found.span()), {"words": found[0]})
    for span in _put_off(writing):
        yield Violation(writing.locate(*span), {"words": writing.plain_words(*span)})
    if not _FIGURES.isdisjoint(writing.vocabulary):
        crossed += [figure.span() for figure in _FIGURE.finditer(writing.words)]
    yield from _crossed(writing, sorted(crossed))


def _crossed(writing: Writing, spans: list[Span]) -> Iterator[Violation]:
    """Find letters x that stand for words or figures to come; XX alone is a century.

    Not those of a code or in the brackets of a template's blank, and none where a file has such
    blanks: it is a template, and they are blanks too. One finding for a file.
    """
    if spans and _BLANK.search(writing.file.source.text):
        return
    open_places = [
        span
        for span in spans
        if not _is_in_code(writing.words, *span)
        and not _OPENS_BLANK.search(writing.words, 0, span[0])
    ]
    if open_places:
        first, *others = [writing.locate(*span) for span in open_places]
        words = writing.plain_words(*open_places[0])
        yield Violation(first, {"words": words}, related=tuple(others))


def _is_in_code(words: str, start: int, end: int) -> bool:
    """Whether a placeholder stands for the number in a code: «UN-XXX», «XXX-2026»."""
    before, after = words[max(0, start - 2) : start], words[end : end + 2]
    joined_before = before[-1:] in _JOINTS and (before[:1].isalnum() or before[:1] in "})]>")
    return joined_before or (after[:1] in _JOINTS and after[1:].isalnum())


class Endings(NamedTuple):
    """The words of a language that demand another, and those that do not.

    `dangling`: those that cannot end a passage; `whole`: phrases of two words that can all the
    same; `joins`: words that join items of a list. `placeholder` matches words that stand for
    others to come, `of_placeholders` are the words of each.
    """

    dangling: frozenset[str]
    whole: frozenset[str]
    joins: frozenset[str]
    placeholder: re.Pattern[str]
    of_placeholders: tuple[frozenset[str], ...]


def _endings(wording: Wording) -> Endings:
    lists = wording.lists
    return Endings(
        folded(lists["dangling"]),
        folded(lists["dangling_whole"]),
        frozenset(lists["suspended"]),
        whole_words(lists["placeholders"]),
        words_of(lists["placeholders"]),
    )


def _put_off(writing: Writing) -> Iterator[Span]:
    """Yield words in brackets that put the writing off: «(bổ sung sau)»."""
    words = writing.words
    for hit in writing.hits.get("unfinished", ()):
        before = words[max(0, hit.start - BRACKET_REACH) : hit.start].rstrip(" \u00a0\x01")[-1:]
        after = words[hit.end : hit.end + BRACKET_REACH].lstrip(" \u00a0\x01")[:1]
        if before in {"(", "[", "…"} and after in {")", "]", "…"}:
            yield hit.start, hit.end


def _trailing(writing: Writing) -> Iterator[Violation]:
    """Find sentences that trail away in four or five dots."""
    if ".." not in writing.words and not holds(writing.words, "…."):
        return
    for dots in _DOTS.finditer(writing.words):
        yield Violation(writing.locate(*dots.span()), {"words": dots[0]})


class _LastWord(NamedTuple):
    """The word that a passage ends with."""

    word: str
    start: int
    end: int


def _endable(writing: Writing) -> Iterator[tuple[int, _LastWord | None]]:
    """Yield the passages that ought to be whole, by their index, each with its last word.

    Not headings and cells, and not a passage whose sentence the next one finishes.
    """
    words, passages = writing.words, writing.blocks
    for at, passage in enumerate(passages):
        if passage.note or passage.kind in {"heading", "cell"} or _goes_on(passages, at):
            continue
        yield at, _last_word(words, passage)


def _last_word(words: str, passage: TextBlock) -> _LastWord | None:
    """Return the word that a passage ends with; None where another sign ends it."""
    reach = max(passage.start, passage.end - LONGEST_WORD)
    ending = words[reach : passage.end].rstrip("\x01 ")
    if not ending[-1:].isalpha():
        return None
    last = ending.rpartition(" ")[2]
    if not last.isalpha():  # another sign than a blank stands before the word
        found = _LAST_LETTERS.search(last)
        last = found[0] if found else ""
    end = reach + len(ending)
    return _LastWord(last, end - len(last), end)


def _cut_off(
    writing: Writing, ends: list[tuple[int, _LastWord | None]], endings: Endings
) -> Iterator[Violation]:
    """Find passages whose last word demands another, unless the last two words are a phrase."""
    for at, last in ends:
        if last is None or last.word.casefold() not in endings.dangling:
            continue
        passage = writing.blocks[at]
        text = writing.words[passage.start : passage.end]
        start, end = last.start, last.end
        if any(map(str.isalnum, writing.file.source.text[end : passage.end])):
            continue  # code follows, whose words are no prose: «set to `draft`»
        lead = writing.words[passage.start : start]
        if lead.endswith("/"):
            continue  # «N/A»
        if last.word.casefold() in endings.joins and _has_sibling(writing.blocks, at):
            continue  # the next item goes on: «10 days if injury occurred or»
        phrase = fold_name(" ".join(text.replace("\x01", " ").split()[-2:]))
        if phrase not in endings.whole:
            ending = " ".join(writing.plain_words(passage.start, end).split()[-SHOWN_WORDS:])
            yield Violation(writing.locate(start, end), {"words": ending})


def _open_brackets(
    writing: Writing, ends: list[tuple[int, _LastWord | None]], endings: Endings
) -> Iterator[Violation]:
    """Find brackets that their passage leaves open, from there to its end.

    Not where the passage is reported as cut off.
    """
    for at, last in ends:
        passage = writing.blocks[at]
        opened = writing.words.rfind("(", passage.start, passage.end)
        if opened < 0 or writing.words.find(")", opened, passage.end) >= 0:
            continue
        if last is not None and last.word.casefold() in endings.dangling:
            continue
        text = writing.words[passage.start : passage.end]
        if text.rstrip(" \x01\n").endswith((",", ":")):
            continue
        end = passage.start + len(text.rstrip(_ENDING))
        words = " ".join(writing.plain_words(opened, end).split()[:SHOWN_WORDS])
        yield Violation(writing.locate(opened, max(end, opened + 1)), {"words": words})


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
    """Find cells that hold nothing but dots; one finding for a file.

    Not where no cell of the row has words: there they say «and so on».
    """
    if not any(sign in writing.words for sign in _SIGNS_OF_BLANKS):
        return
    plain = writing.words.replace("\x01", "")
    if not any(sign in plain for sign in _BLANK_SIGNS):
        return
    blank = [
        passage
        for passage in writing.blocks
        if passage.kind == "cell" and not passage.note and _is_blank(writing, passage)
    ]
    filled = Counter(cell.row for cell in writing.blocks if cell.kind == "cell")
    filled.subtract(cell.row for cell in blank)
    blank = [cell for cell in blank if filled[cell.row] > 0]
    if blank:
        first, *others = [writing.locate(cell.start, cell.end) for cell in blank]
        words = writing.plain_words(blank[0].start, blank[0].end)
        yield Violation(first, {"words": words}, related=tuple(others))


def _is_blank(writing: Writing, cell: TextBlock) -> bool:
    return _BLANK_CELL.match(writing.plain_words(cell.start, cell.end)) is not None


RULES: tuple[Rule, ...] = (unfinished_text,)
