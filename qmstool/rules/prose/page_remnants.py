"""Find what a printed page or Word left behind in a text: page numbers, signs of a list."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.patterns import regex
from qmstool.rules.base.rule import file_rule
from qmstool.rules.base.text.wording import alternatives

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.findings import Location
    from qmstool.rules.base.rule import Rule
    from qmstool.rules.base.text.prose_text import Writing
    from qmstool.rules.base.text.wording import Wording

SHOWN = 5
_BLANKS = " \t\n\r\v\f\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000"
_ENDING = "\0\x01" + _BLANKS + "".join(map(chr, range(0x2000, 0x200B)))


@file_rule(
    "QMS631",
    "page-remnant",
    Severity.INFO,
    Text("Dấu vết của trang giấy", "Left over from a printed page"),
    Text(
        "«{words}» là số trang hoặc dấu đầu dòng của tệp cũ còn sót lại. Hãy bỏ số trang; mỗi ý "
        "của danh sách thì mở đầu bằng «- ».",
        "«{words}» is a page number or a bullet left over from the old file. Take the number "
        "out; begin each item of a list with «- ».",
    ),
)
def page_remnant(writing: Writing) -> Iterator[Violation]:
    """Find paragraphs that are a page number, and lines that begin with the sign of a list.

    Each of the two is reported once a file.
    """
    page, sign = writing.wording.prepared(_patterns)
    for remnants in (_page_numbers(writing, page), _signs(writing, sign)):
        first = next(remnants, None)
        if first is not None:
            words, place = first
            others = tuple(other for _, other in islice(remnants, SHOWN))
            yield Violation(place, {"words": words}, related=others)


def _patterns(wording: Wording) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of a page number, and of a sign at the beginning of a line."""
    lists = wording.lists
    page = regex(
        rf"(?:{alternatives(lists['page_marks'])})[\s:]*\d{{1,4}}"
        rf"(?:\s*(?:/|\w{{2,4}})\s*\d{{1,4}})?",
        re.IGNORECASE,
    )
    # A letter is a sign only before a capital: «o Lập danh sách», not «o bế».
    sign = regex(
        rf"[\n\0][ \t]*(?P<sign>{alternatives(lists['bullets'])})(?=[ \t]+(?P<next>[^\W\d_]))"
    )
    return page, sign


def _page_numbers(writing: Writing, page: re.Pattern[str]) -> Iterator[tuple[str, Location]]:
    """Yield the paragraphs that are nothing but a page number."""
    for passage in writing.blocks:
        if passage.kind != "paragraph" or passage.note:
            continue
        end = writing.words[passage.start : passage.end].rstrip(_ENDING)[-1:]
        if not end.isdigit():
            continue
        words = writing.plain_words(passage.start, passage.end)
        if words and page.fullmatch(words):
            yield words, writing.locate(passage.start, passage.end)


def _signs(writing: Writing, sign: re.Pattern[str]) -> Iterator[tuple[str, Location]]:
    """Yield the letters that were signs of a list, each with the word after it.

    A line begins where one ends, or behind what is no running text.
    """
    bullets = writing.wording.lists["bullets"]
    if all(bullet.isalnum() and bullet.lower() not in writing.vocabulary for bullet in bullets):
        return
    for found in sign.finditer(f"\n{writing.words}"):
        if not found["next"].isupper():
            continue
        line, start, after = found.start(), found.start("sign") - 1, found.end("sign")
        at = bisect_right(writing.blocks, line, key=attrgetter("start")) - 1
        passage = writing.blocks[at] if at >= 0 else None
        if passage is None or passage.note or passage.kind not in {"paragraph", "item"}:
            continue
        if found.start("next") <= passage.end:
            _, end = writing.whole_words(after, after)
            yield writing.plain_words(start, end), writing.locate(start, end)


RULES: tuple[Rule, ...] = (page_remnant,)
