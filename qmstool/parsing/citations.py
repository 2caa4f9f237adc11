r"""Running text → the citations in it: codes, outside numbers, names, and numbers announced by a word («mục 5.2»).

What counts comes in as an argument (`Shapes`); nothing here knows an organisation or a language. The text is the
scanner's `Page.prose`: same offsets as the file, \\x00 where nothing is running text, \\x01 for inline markup.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.parsing.citation_numbers import CitationKind, NumberFinder, NumberWords, begins_word
from qmstool.parsing.codes import shape_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

BLANK = "[ \\t\\n\\u00a0\\u202f\\x01]"
_BLANKS = re.compile(f"{BLANK}+")
# «30/2020/NĐ- CP», «30/2020/NĐ–CP»: what a blank or a word processor's dash tears off an outside
# number.
_TORN = re.compile(r"[ \u00a0]*[-–—‐‑][ \u00a0]*[A-ZĐ][A-ZĐ0-9]*(?![\w/])")
_DASHED = re.compile(r"[–—][A-ZĐ][A-ZĐ0-9]*(?![\w/])")


@dataclass(frozen=True, slots=True)
class Citation:
    """A stretch of running text that names something.

    `text` are its words, markup out. `number` is what a word announced, and `lead` where the list
    begins that it is of.
    """

    kind: CitationKind
    text: str
    start: int
    end: int
    number: str = ""
    lead: int = -1


@dataclass(frozen=True, slots=True)
class CitationShapes:
    """What to look for: code shapes, outside-number shapes, names, and the words around announced numbers."""

    codes: tuple[str, ...]
    external: tuple[str, ...]
    names: tuple[str, ...]
    words: NumberWords


class CitationFinder:
    """A compiled `Shapes`: ask it for the citations of a text.

    Patterns run on the lower-cased text and open with plain letters wherever they can: the regular
    expression engine then skips to them, which is several times faster than a case-blind search or
    one that opens with a look-behind.
    """

    def __init__(self, shapes: CitationShapes) -> None:
        self._patterns: list[tuple[CitationKind, str, re.Pattern[str]]] = []
        kinds: tuple[tuple[CitationKind, tuple[str, ...]], ...] = (
            ("code", shapes.codes),
            ("external", shapes.external),
        )
        for kind, each in kinds:
            self._patterns += [
                (kind, "/" if "/" in shape else "", _compile(shape)) for shape in _once(each)
            ]
        names = names_pattern(shapes.names)
        self._patterns += [("name", "", names)] if names else []
        self._numbers = NumberFinder(shapes.words)

    def find(self, prose: str) -> list[Citation]:
        """Every citation, in the order of the text; where two overlap the longer one stays."""
        low = lower_in_place(prose)
        found = [
            _citation(kind, prose, hit.start(), hit.end())
            for kind, sign, pattern in self._patterns
            if sign in low  # most texts have no slash: do not look for shapes that need one
            for hit in pattern.finditer(low)
            if begins_word(low, hit.start())
        ]
        for each in self._numbers.find(prose, low):
            words = _clean(prose[each.start : each.end])
            found.append(Citation(each.kind, words, each.start, each.end, each.number, each.lead))
        return _longest(found)


def _citation(kind: CitationKind, prose: str, start: int, end: int) -> Citation:
    end = _mended(prose, start, end) if kind == "external" else end
    return Citation(kind, _clean(prose[start:end]), start, end)


def _mended(prose: str, start: int, end: int) -> int:
    """Where an outside number really ends: a part that a blank or a longer dash tore off belongs to it."""
    torn = prose[end - 1].isalpha() and "-" not in prose[start:end] and _TORN.match(prose, end)
    if torn:
        end = torn.end()
    while more := _DASHED.match(prose, end):
        end = more.end()
    return end


def lower_in_place(text: str) -> str:
    """The text in lower case, every blank a space, offsets kept: the few characters whose lower case is longer stay as they are."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    for blank in "\t\n\u00a0\u202f\x01":
        low = low.replace(blank, " ")
    return low


def _compile(shape: str) -> re.Pattern[str]:
    return re.compile(rf"{shape_pattern(shape.lower())}(?![\w/])")


def _once(shapes: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(shapes))


def _clean(text: str) -> str:
    if text.isprintable() and "  " not in text:
        return text.strip()
    return _BLANKS.sub(" ", text).strip()


def _longest(found: list[Citation]) -> list[Citation]:
    found.sort(key=lambda each: (each.start, -each.end))
    kept: list[Citation] = []
    for each in found:
        if kept and each.start < kept[-1].end:
            if each.end - each.start > kept[-1].end - kept[-1].start:
                kept[-1] = each
            continue
        kept.append(each)
    return kept


def names_pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """One pattern for many names, sharing their beginnings, to be run on `lowered` text; None without names.

    Its time does not grow with their number, as that of a plain alternation does.
    """
    root: dict[str, dict[str, object]] = {}
    for name in names:
        node: dict[str, object] = root  # type: ignore[assignment]
        for token in _tokens(name):
            node = node.setdefault(token, {})  # type: ignore[assignment]
        node[""] = {}
    return re.compile(rf"(?:{_branch(root)})(?!\w)") if root else None


def _tokens(name: str) -> list[str]:
    """A name as the pattern pieces of its characters; blanks vary, dashes are one."""
    pieces = []
    for char in lower_in_place(_BLANKS.sub(" ", unicodedata.normalize("NFC", name).strip())):
        if char == " ":
            pieces.append(" +")
        elif char in "-–—‐‑":
            pieces.append(" *[-–—‐‑] *")
        else:
            pieces.append(re.escape(char))
    return pieces


def _branch(node: Mapping[str, object]) -> str:
    ends = "" in node
    branches = [
        piece + _branch(below) for piece, below in node.items() if piece and isinstance(below, dict)
    ]
    if not branches:
        return ""
    body = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    return f"(?:{body})?" if ends else body
