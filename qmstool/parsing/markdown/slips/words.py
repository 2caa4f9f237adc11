"""Find signs of Markdown in running text that a reader sees as they were typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.parsing.markdown.inlines import Inlines, SoftBreak, TextRun
from qmstool.parsing.markdown.plain import walk
from qmstool.parsing.markdown.slips.slip import Slip
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.parsing.markdown.containers import Paragraph, Term
    from qmstool.parsing.markdown.document import MarkdownDocument

_NO_BREAK = regex(r"^[ \t>]*(?P<sign>(?:[-*+]|\d{1,9}[.)])\u00a0)", re.MULTILINE)
_COLON = regex(r"^[ \t>]*(?P<sign>:)[ \t]+\S", re.MULTILINE)
_BAR_LINE = regex(
    r"^[ \t>]*(?P<sign>\|[^\n]*\||:?-{2,}:?(?:[ \t]*\|[ \t]*:?-{2,}:?)+)[ \t\r]*$", re.MULTILINE
)
# «(**)» is the mark of a note.
_STARS = regex(r"(?<!\\)\*\*(?=[^\s*)\]])(?:[^*\n]{1,300}\*\*(?=\w))?|(?<=[^\s*\\(\[])\*\*(?!\*)")
_LINK_OPEN = regex(r"\]\(|\][ \t]\((?=[^\s()]{0,200}[./#])")
_SIGNS = (("stars", _STARS), ("link-open", _LINK_OPEN), ("comment-open", regex("<!--")))
_ANY_SIGN = regex(r"\*\*|\][ \t]?\(|<!--")
_HEADS = (("no-break-marker", _NO_BREAK), ("colon-line", _COLON), ("no-table", _BAR_LINE))


def paragraph_slips(source: str, paragraph: Paragraph) -> Iterator[Slip]:
    """Yield slips at the heads of a paragraph's lines.

    `no-break-marker` is the mark of an item with a no-break space behind it, `colon-line` a line
    that begins with `: ` and defines nothing, `no-table` a line between bars that is no row,
    `table-glued` the first of a whole table that stands within an item or a quotation's sentence.
    """
    words = source[paragraph.start : paragraph.end]
    for cause, pattern in _HEADS:
        found = pattern.search(words)
        if found:
            start, end = (paragraph.start + place for place in found.span("sign"))
            glued = cause == "no-table" and _whole_table(words[found.start("sign") :])
            yield Slip(start, end, "table-glued" if glued else cause, {"sign": found["sign"]})


def _whole_table(words: str) -> bool:
    """Tell whether a row is followed by a line of hyphens with as many columns."""
    row, _, rest = words.partition("\n")
    rule = rest.partition("\n")[0].strip(" \t\r>")
    fits = row.strip().count("|") == rule.count("|")
    return fits and "-" in rule and not rule.strip("|-: \t")


def term_slips(source: str, term: Term) -> Iterator[Slip]:
    """Yield `term-colon` for a term that ends with a colon, `term-lines` for one of two lines."""
    if source[term.start : term.end].endswith(":"):
        yield Slip(term.start, term.end, "term-colon", {})
    if any(isinstance(node, SoftBreak) for node in term.children):
        yield Slip(term.start, term.end, "term-lines", {})


def has_signs(document: MarkdownDocument) -> bool:
    """Tell whether `text_slips` may find anything in a document."""
    words = document.words
    if "*" not in words and "]" not in words and "<" not in words:  # one sign is found soonest
        return False
    return "**" in words or "<!--" in words or "](" in words or "] (" in words or "]\t(" in words


def text_slips(source: str, inlines: Inlines) -> Iterator[Slip]:
    """Yield `stars`, `link-open` and `comment-open` for signs that made no markup."""
    if not _ANY_SIGN.search(source, inlines[0].start, inlines[-1].end):
        return
    for node in walk(inlines):
        if isinstance(node, TextRun) and node.literal and _ANY_SIGN.search(node.text):
            for cause, pattern in _SIGNS:
                for found in pattern.finditer(source, node.start, node.end):
                    yield Slip(*found.span(), cause, {})
