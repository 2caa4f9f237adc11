"""Find signs that were to be seen and made markup: stars, blanks to fill in, «>», backslashes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.parsing.markdown.containers import Item, Paragraph
from qmstool.parsing.markdown.inlines import Emphasis, HardBreak, Inlines, Strong, TextRun
from qmstool.parsing.markdown.plain import walk
from qmstool.parsing.markdown.slips.slip import Slip
from qmstool.patterns import regex

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from qmstool.parsing.markdown.containers import Block, Quote
    from qmstool.parsing.markdown.document import MarkdownDocument

_LOST = {"_": regex(r"_[/.:-]"), "*": regex(r"\*(?:[)\]]|(?<=[\w)]\*)\*?[\w(])")}
"""One stands in every text in which blanks, stars of notes or stars that multiply are lost."""

_MORE = regex(r">[ \t]?(?:=|(?<=>)\d+(?![\d.])|(?P<number>\d[\d.,]*)(?P<share>[ \t]?%)?)")
_LETTERS = regex(r"[^\W_]")
_PATH = regex(r"(?P<share>\\(?=\\[^\W_][^\s\\]*\\))?(?(share)|[A-Za-z]:\\)[^\s\"”»]*")
_CLOSING = ".,;:!?)]}"
_OPENING = "\"'“«("


def may_lose_signs(document: MarkdownDocument) -> bool:
    """Tell whether `lost_sign_slips` may find anything in a document."""
    text, start = document.text, document.start
    if text.find("\\", start) >= 0:
        return True
    return any(
        text.find(sign, start) >= 0 and shape.search(text, start) for sign, shape in _LOST.items()
    )


def lost_sign_slips(source: str, inlines: Inlines) -> Iterator[Slip]:
    """Yield the first `signs-lost` and the first `path` of what stands in a line.

    `signs-lost` are blanks to fill in (`__/__/2024`), the stars of notes («(*)» twice) and those
    that multiply (`S*O*D`), where they made words bold; `path` is the path of a file that is shown
    with a backslash less.
    """
    first = inlines[0]
    if len(inlines) == 1 and first.__class__ is TextRun and source[first.start - 1] != "\\":
        return  # most lines are words alone
    told: set[str] = set()
    paths = _Paths(source)
    for node in walk(inlines):
        if isinstance(node, Strong | Emphasis):
            slip = _lost_marks(source, node)
        elif isinstance(node, TextRun) and source[node.start - 1 : node.start] == "\\":
            slip = paths.slip(node.start)
        elif isinstance(node, HardBreak) and source[node.start] == "\\":
            slip = paths.slip(node.start + 1)
        else:
            continue
        if slip and slip.cause not in told:
            told.add(slip.cause)
            yield slip


def lost_more(source: str, quote: Quote, parent: Block | None) -> Iterator[Slip]:
    """Yield `more-lost` for a sign «more than» that made a quotation: `- > 90 %`, `>= 5`, `>5`.

    A number may well begin what is quoted; not in an item, and not with a sign of per cent.
    """
    found = _MORE.match(source, quote.start)
    first = quote.children[0] if quote.children else None
    if found is None or not isinstance(first, Paragraph):
        return
    in_item = isinstance(parent, Item) and parent.children[0] is quote
    if in_item or found["number"] is None or found["share"]:
        yield Slip(quote.start, quote.start + 1, "more-lost", {})


def _lost_marks(source: str, node: Strong | Emphasis) -> Slip | None:
    """Return the slip of markup around what nobody makes bold."""
    sign = source[node.start]
    words = source[node.start : node.end].strip(sign)
    if sign == "_":
        is_lost = words[:1] == "/" or not _LETTERS.search(words)
    else:
        is_lost = words[:1] in {")", "]"} or _multiplies(source, node, words)
    if not is_lost:
        return None
    end = node.start
    while source[end] == sign:
        end += 1
    return Slip(node.start, end, "signs-lost", {"said": source[node.start : end]})


def _multiplies(source: str, node: Strong | Emphasis, words: str) -> bool:
    """Tell whether stars stand between figures or letters on both sides: `2*3 + 4*5`, `S*O*D`.

    What a text processor makes bold may begin and end within words too: it has blanks in it, and no
    figures at its edge.
    """
    before, after = source[node.start - 1 : node.start], source[node.end : node.end + 1]
    if not ((before.isalnum() or before == ")") and (after.isalnum() or after == "(")):
        return False
    has_figures = words[:1].isdigit() and (before.isdigit() or after.isdigit())
    return has_figures or (isinstance(node, Emphasis) and " " not in words)


class _Paths:
    """Finds paths of files in a text; where a word begins is looked for once, however long."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._seen = -1
        self._found: re.Match[str] | None = None

    def slip(self, end: int) -> Slip | None:
        """Return the slip of a path in which a backslash that is not shown ends at an offset.

        Offsets are asked about in their order.
        """
        self._go_to(end - 1)
        found = self._found
        meant = self._source[end : end + 1] == "\\"  # who doubles one knows that one is not shown
        if found is None or found.end() < end or (meant and not found["share"]):
            return None
        said = found[0].rstrip(_CLOSING)
        return Slip(found.start(), found.start() + len(said), "path", {"said": said})

    def _go_to(self, place: int) -> None:
        """Look for the beginning of the word at a place, not behind what was seen of that word."""
        source, start = self._source, place
        if place < self._seen:
            self._seen = -1
        while start > 0 and start != self._seen and not _parts(source[start - 1]):
            start -= 1
        if start != self._seen:
            self._found = _PATH.match(source, start)
        self._seen = place


def _parts(sign: str) -> bool:
    return sign.isspace() or sign in _OPENING
