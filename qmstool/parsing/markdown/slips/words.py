"""Find signs of Markdown in running text that a reader sees as they were typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.parsing.markdown.inlines import Inlines, SoftBreak, TextRun
from qmstool.parsing.markdown.plain import walk
from qmstool.parsing.markdown.slips.slip import Slip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.parsing.markdown.containers import Paragraph, Term

_NO_BREAK = re.compile(r"^[ \t>]*(?P<sign>(?:[-*+]|\d{1,9}[.)])\u00a0)", re.MULTILINE)
_COLON = re.compile(r"^[ \t>]*(?P<sign>:)[ \t]+\S", re.MULTILINE)
_BAR_LINE = re.compile(r"^[ \t>]*(?P<sign>\|[^\n]*\|)[ \t]*$", re.MULTILINE)
_ALERT = re.compile(r"\[!(?P<kind>[A-Za-z]+)\]")
_STARS = re.compile(r"(?<!\\)\*\*(?=[^\s*])(?:[^*\n]{1,300}\*\*(?=\w))?|(?<=[^\s*\\])\*\*(?!\*)")
_LINK_OPEN = re.compile(r"\]\(|\][ \t]\((?=[^\s()]{0,200}[./#])")
_SIGNS = (("stars", _STARS), ("link-open", _LINK_OPEN), ("comment-open", re.compile("<!--")))
_ANY_SIGN = re.compile(r"\*\*|\][ \t]?\(|<!--")
_HEADS = (("no-break-marker", _NO_BREAK), ("colon-line", _COLON), ("no-table", _BAR_LINE))
_ANY_HEAD = re.compile(r"^[ \t>]*(?:[-*+:|]|\d+[.)]\u00a0)|^\[!", re.MULTILINE)


def paragraph_slips(source: str, paragraph: Paragraph) -> Iterator[Slip]:
    """Yield slips at the heads of a paragraph's lines.

    `no-break-marker` is the mark of an item with a no-break space behind it, `colon-line` a line
    that begins with `: ` and defines nothing, `alert-words` an alert with words on its first line,
    `no-table` a line between bars that is no row.
    """
    words = source[paragraph.start : paragraph.end]
    if not _ANY_HEAD.search(words):
        return
    for cause, pattern in _HEADS:
        found = pattern.search(words)
        if found:
            start, end = (paragraph.start + place for place in found.span("sign"))
            yield Slip(start, end, cause, {"sign": found["sign"]})
    alert = _ALERT.match(words)
    if alert:
        end = paragraph.start + alert.end()
        yield Slip(paragraph.start, end, "alert-words", {"kind": alert["kind"]})


def term_slips(source: str, term: Term) -> Iterator[Slip]:
    """Yield `term-colon` for a term that ends with a colon, `term-lines` for one of two lines."""
    if source[term.start : term.end].endswith(":"):
        yield Slip(term.start, term.end, "term-colon", {})
    if any(isinstance(node, SoftBreak) for node in term.children):
        yield Slip(term.start, term.end, "term-lines", {})


def text_slips(source: str, inlines: Inlines) -> Iterator[Slip]:
    """Yield `stars`, `link-open` and `comment-open` for signs that made no markup."""
    if not _ANY_SIGN.search(source, inlines[0].start, inlines[-1].end):
        return
    for node in walk(inlines):
        if isinstance(node, TextRun) and node.literal and _ANY_SIGN.search(node.text):
            for cause, pattern in _SIGNS:
                for found in pattern.finditer(source, node.start, node.end):
                    yield Slip(*found.span(), cause, {})
