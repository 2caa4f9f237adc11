"""Find signs that were to be seen and that made markup: blanks to fill in, stars, backslashes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.parsing.markdown.inlines import Emphasis, Inlines, Strong, TextRun
from qmstool.parsing.markdown.plain import walk
from qmstool.parsing.markdown.slips.slip import Slip
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.parsing.markdown.document import MarkdownDocument

_SIGNS = ("_/", "_.", "_-", "_:", "*)", "*]")
"""One of them stands in every text with blanks or stars that are lost."""

_LETTERS = regex(r"[^\W_]")
_PATH = regex(r"(?P<share>\\(?=\\[^\W_][^\s\\]*\\))?(?(share)|[A-Za-z]:\\)[^\s\"”»]*")
_CLOSING = ".,;:!?)]}"


def may_lose_signs(document: MarkdownDocument) -> bool:
    """Tell whether `lost_sign_slips` may find anything in a document."""
    text, start = document.text, document.start
    return text.find("\\", start) >= 0 or any(text.find(sign, start) >= 0 for sign in _SIGNS)


def lost_sign_slips(source: str, inlines: Inlines) -> Iterator[Slip]:
    """Yield the first `signs-lost` and the first `path` of what stands in a line.

    `signs-lost` are blanks to fill in (`__/__/2024`) or the stars of notes («(*)» twice) that made
    words bold, `path` the path of a file that is shown with a backslash less.
    """
    told: set[str] = set()
    for node in walk(inlines):
        if isinstance(node, Strong | Emphasis):
            slip = _lost_marks(source, node)
        elif isinstance(node, TextRun) and source[node.start - 1 : node.start] == "\\":
            slip = _path(source, node)
        else:
            continue
        if slip and slip.cause not in told:
            told.add(slip.cause)
            yield slip


def _lost_marks(source: str, node: Strong | Emphasis) -> Slip | None:
    """Return the slip of markup around what nobody makes bold."""
    sign = source[node.start]
    words = source[node.start : node.end].strip(sign)
    if sign == "_":
        is_lost = words[:1] == "/" or not _LETTERS.search(words)
    else:
        is_lost = words[:1] in {")", "]"}
    if not is_lost:
        return None
    end = node.start
    while source[end] == sign:
        end += 1
    return Slip(node.start, end, "signs-lost", {"said": source[node.start : end]})


def _path(source: str, node: TextRun) -> Slip | None:
    """Return the slip of a path in which a backslash stands right before some words."""
    start = node.start - 1
    while start > 0 and not source[start - 1].isspace() and source[start - 1] not in "\"'“«(":
        start -= 1
    found = _PATH.match(source, start)
    meant = source[node.start] == "\\"  # who doubles a backslash knows that one is not shown
    if found is None or found.end() <= node.start or (meant and not found["share"]):
        return None
    said = found[0].rstrip(_CLOSING)
    return Slip(start, start + len(said), "path", {"said": said})
