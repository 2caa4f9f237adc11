"""Find what is announced and not there: lists, figures and tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.parsing.codes import fold_name
from qmstool.rules.base.rule import rule
from qmstool.rules.prose.figures import FigureIndex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.findings import Location
    from qmstool.parsing.markdown.page import TextBlock
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.prose_blocks import Span
    from qmstool.rules.base.prose_text import Writing
    from qmstool.rules.base.rule import Rule

_SOLID = re.compile(r"```|~~~|<(?!!--)|!\[")
_LAST_WORD = re.compile(r"(?P<word>[^\W\d_]+)[\x01 ]*\Z")
_ENDING = " .:\x01\n\t"
# How many more places a finding shows.
SHOWN = 5
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
def announced_missing(facts: Facts) -> Iterator[Violation]:
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


def _fault(writing: Writing, span: Span, related: tuple[Location, ...] = ()) -> Violation:
    return Violation(writing.locate(*span), {"words": writing.said(*span)}, related=related)


def _announced(writing: Writing, phrases: list[str]) -> Iterator[Span]:
    """Yield the words at the end of a passage that announce what does not follow."""
    for at, passage in enumerate(writing.blocks):
        if passage.note or passage.kind in {"heading", "cell"}:
            continue
        span = _announcement(writing, passage, phrases)
        if span is not None and not _is_kept(writing, writing.blocks, at):
            yield span


def _announcement(writing: Writing, passage: TextBlock, phrases: list[str]) -> Span | None:
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
    last = _LAST_WORD.search(bare, max(0, len(bare) - LONGEST_WORD))
    return (passage.start + last.start(), end) if last else None


def _is_kept(writing: Writing, passages: tuple[TextBlock, ...], at: int) -> bool:
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


def _next_own(passages: tuple[TextBlock, ...], at: int) -> TextBlock | None:
    """Return the next passage that is no keeper's note."""
    for place in range(at + 1, len(passages)):
        if not passages[place].note:
            return passages[place]
    return None


RULES: tuple[Rule, ...] = (announced_missing,)
