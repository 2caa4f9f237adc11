"""Prose rules on what is not there: announced and absent, cut off, left blank."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.findings import Violation
from qmstool.parsing.codes import fold_name
from qmstool.rules.prose.figures import Figures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.rules.base.prose_blocks import Passage
    from qmstool.rules.base.prose_text import Writing
    from qmstool.rules.base.rule import Facts

_DOTS = re.compile(r"(?<![.…])(?:\.{4,5}|…\.{1,2})(?![.…])")
_BLANK_CELL = re.compile(r"(?:…+|\.{3,}|_{3,}|\?{2,})\Z")
_SOLID = re.compile(r"```|~~~|<(?!!--)|!\[")
_LAST_WORD = re.compile(r"(?P<word>[^\W\d_]+)[\x01 ]*\Z")
_ENDING = " .:\x01\n\t"
_FIGURE = re.compile(r"(?<!\w)x{2,4}(?!\w)")
SHOWN = 5
LONGEST = 40


def announced_missing(facts: Facts) -> Iterator[Violation]:
    """Words that announce a list, figure or table where none follows, and numbers of figures that nobody can find."""
    words = sorted(
        (fold_name(each) for each in facts.prose.lists["announce"]), key=len, reverse=True
    )
    figures = Figures(facts)
    for writings in facts.prose.by_document.values():
        written = tuple(writing for writing in writings if not writing.is_form)
        told: dict[str, set[int]] = {}
        for writing in written:
            for start, end in _announced(writing, words):
                told.setdefault(writing.file.path, set()).add(writing.sentence(start)[0])
                yield Violation(writing.locate(start, end), {"words": writing.said(start, end)})
        for (writing, first), *rest in figures.missing(written):
            if writing.sentence(first.start)[0] not in told.get(writing.file.path, ()):
                related = tuple(other.locate(each.start, each.end) for other, each in rest[:SHOWN])
                yield Violation(
                    writing.locate(first.start, first.end),
                    {"words": writing.said(first.start, first.end)},
                    related=related,
                )


def _announced(writing: Writing, words: list[str]) -> Iterator[tuple[int, int]]:
    """The words at the end of a passage that announce what does not follow."""
    for at, passage in enumerate(writing.passages):
        if passage.note or passage.kind in {"heading", "cell"}:
            continue
        place = _announcement(writing, passage, words)
        if place is not None and not _kept(writing, writing.passages, at):
            yield place


def _announcement(writing: Writing, passage: Passage, words: list[str]) -> tuple[int, int] | None:
    """The announcing words at the end of a passage: a listed phrase, or the last word before a colon."""
    text = writing.words[passage.start : passage.end]
    bare = text.rstrip(_ENDING)
    end = passage.start + len(text.rstrip(" \x01\n\t"))
    listed = next((each for each in words if bare[-len(each) :].casefold() == each), None)
    if listed is not None:
        return passage.start + len(bare) - len(listed), end
    last = (
        _LAST_WORD.search(bare, max(0, len(bare) - LONGEST))
        if text[: end - passage.start].endswith(":")
        else None
    )
    return (passage.start + last.start(), end) if last else None


def _kept(writing: Writing, passages: tuple[Passage, ...], at: int) -> bool:
    """Whether something stands where a passage announced it; a keeper's note in that place says that it is lost."""
    text = writing.file.source.text
    following = passages[at + 1] if at + 1 < len(passages) else None
    if _SOLID.search(text, passages[at].end, following.start if following else len(text)):
        return True
    own = next(
        (passages[place] for place in range(at + 1, len(passages)) if not passages[place].note),
        None,
    )
    if following is None or own is None or own.kind == "heading":
        return False
    return own.kind != "paragraph" or not following.note or text.startswith("![", own.start)


def unfinished_text(facts: Facts) -> Iterator[Violation]:
    """Items cut off in mid-phrase, sentences that trail away in four dots, and cells or words still to be filled in."""
    whole = {fold_name(each) for each in facts.prose.lists["dangling_whole"]}
    dangling = {fold_name(each) for each in facts.prose.lists["dangling"]}
    placeholder = re.compile(
        rf"(?<!\w)(?:{'|'.join(map(re.escape, facts.prose.lists['placeholders'])) or '(?!)'})(?!\w)"
    )
    for writing in facts.prose.writings:
        if not writing.is_form:
            yield from _trailing(writing)
            yield from _cut_off(writing, dangling, whole)
            yield from _open_brackets(writing, dangling)
            yield from _blanks(writing)
            found = placeholder.finditer(writing.words)
            yield from (
                Violation(writing.locate(*each.span()), {"words": each[0]}) for each in found
            )
            yield from (_fault(writing, place) for place in _later(writing))


def _later(writing: Writing) -> Iterator[tuple[int, int]]:
    """Words in brackets that put the writing off, and a figure still to come: «(bổ sung sau)», «trong xx ngày»; XX is a century."""
    for hit in writing.hits.get("unfinished", ()):
        before = writing.words[max(0, hit.start - SHOWN) : hit.start].rstrip(" \u00a0\x01")[-1:]
        after = writing.words[hit.end : hit.end + SHOWN].lstrip(" \u00a0\x01")[:1]
        if before in {"(", "[", "…"} and after in {")", "]", "…"}:
            yield hit.start, hit.end
    if "xx" in writing.words:
        yield from (found.span() for found in _FIGURE.finditer(writing.words))


def _fault(writing: Writing, place: tuple[int, int]) -> Violation:
    return Violation(writing.locate(*place), {"words": writing.said(*place)})


def _trailing(writing: Writing) -> Iterator[Violation]:
    for dots in _DOTS.finditer(writing.words):
        yield Violation(writing.locate(*dots.span()), {"words": dots[0]})


def _cut_off(writing: Writing, dangling: set[str], whole: set[str]) -> Iterator[Violation]:
    passages, joins = writing.passages, set(writing.vocabulary.lists["suspended"])
    for at, passage in enumerate(passages):
        text = writing.words[passage.start : passage.end]
        last = _LAST_WORD.search(text, max(0, len(text) - LONGEST))
        if last is None or passage.note or passage.kind in {"heading", "cell"}:
            continue
        if last["word"].casefold() not in dangling or _goes_on(passages, at):
            continue
        if (
            last["word"].casefold() in joins
            and text[: last.start()].rstrip(" \x01\n").endswith((",", ";"))
            and _sibling(passages, at)
        ):
            continue
        phrase = fold_name(" ".join(text.replace("\x01", " ").split()[-2:]))
        if phrase not in whole:
            place = passage.start + last.start("word"), passage.start + last.end("word")
            ending = " ".join(writing.said(passage.start, place[1]).split()[-SHOWN:])
            yield Violation(writing.locate(*place), {"words": ending})


def _open_brackets(writing: Writing, dangling: set[str]) -> Iterator[Violation]:
    """A bracket that its passage opens and leaves open, from there to its end; not where the passage is told as cut off."""
    for at, passage in enumerate(writing.passages):
        if passage.note or passage.kind in {"heading", "cell"} or _goes_on(writing.passages, at):
            continue
        text = writing.words[passage.start : passage.end]
        last = _LAST_WORD.search(text, max(0, len(text) - LONGEST))
        if last is not None and last["word"].casefold() in dangling:
            continue
        opened = text.rfind("(")
        if (
            opened >= 0
            and ")" not in text[opened:]
            and not text.rstrip(" \x01\n").endswith((",", ":"))
        ):
            start, end = passage.start + opened, passage.start + len(text.rstrip(_ENDING))
            words = " ".join(writing.said(start, end).split()[:SHOWN])
            yield Violation(writing.locate(start, max(end, start + 1)), {"words": words})


def _goes_on(passages: tuple[Passage, ...], at: int) -> bool:
    """Whether a list under a passage finishes its sentence."""
    this, following = passages[at], passages[at + 1 : at + 2]
    deeper = any(
        this.kind != "item" or each.start - each.row > this.start - this.row for each in following
    )
    return any(each.kind == "cell" or (each.kind == "item" and deeper) for each in following)


def _sibling(passages: tuple[Passage, ...], at: int) -> bool:
    """Whether an item is followed by another, as in «a; và»."""
    return all(each.kind == "item" for each in passages[at : at + 2]) and at + 1 < len(passages)


def _blanks(writing: Writing) -> Iterator[Violation]:
    """Cells that hold nothing but dots, told once for each run of rows."""
    cells = [each for each in writing.passages if each.kind == "cell" and not each.note]
    blank = [each for each in cells if _BLANK_CELL.match(writing.said(each.start, each.end))]
    if blank:
        places = [writing.locate(each.start, each.end) for each in blank]
        yield Violation(
            places[0],
            {"words": writing.said(blank[0].start, blank[0].end)},
            related=tuple(places[1:]),
        )
