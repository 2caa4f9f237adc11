r"""Find the citations in running text: codes, outside numbers, names, and announced numbers.

What counts comes in as an argument (`CitationShapes`); nothing here knows an organisation or a
language. The text is a `Page.prose`: same offsets as the file, \\x00 where
nothing is running text, \\x01 for inline markup.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING

from qmstool.frozen import NamedTuple, dataclass
from qmstool.parsing.at_hand import FILES_AT_HAND
from qmstool.parsing.citation_numbers import (
    AnnouncedNumber,
    CitationKind,
    NumberFinder,
    NumberWords,
)
from qmstool.parsing.code_lists import CodeLists
from qmstool.parsing.codes import fold_name, shape_pattern
from qmstool.parsing.designations import Designation, DesignationFinder
from qmstool.parsing.number_lists import NumberLists
from qmstool.parsing.scripts import NOT_UNPARTED, WORD_END, begins_word, compiled, is_plain
from qmstool.parsing.spans import Spans
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# A longer one is no name that anybody cites, and its pattern would be nested too deep.
LONGEST_NAME = 300
BLANK = "[ \\t\\n\\u00a0\\u202f\\x01]"
_BLANKS = regex(f"{BLANK}+")
# «30/2020/NĐ- CP», «30/2020/NĐ–CP»: what a blank or a word processor's dash tears off an outside
# number.
_TORN = regex(r"[ \u00a0]*[-–—‐‑][ \u00a0]*[A-ZĐ][A-ZĐ0-9]*(?![\w/])")
# A code goes on behind no slash, save in a list: «QT VP 01/02», not «12/QĐ-UBND».
_NOT_LISTED = r"(?!/(?![0-9]{1,4}(?![\w/%]|[.:-]\w)))"
# It is not whole before «-1_», as in a file's name: «QF-0023-1_Approval.docx».
_NOT_IN_NAME = r"(?!-\w+_)"
_ANY_LETTERS = ("{unit}", "{abc}")
_DASHED = regex(r"[–—][A-ZĐ][A-ZĐ0-9]*(?![\w/])")


@dataclass(frozen=True, slots=True)
class Citation:
    """A stretch of running text that names something.

    `text`: its words without markup, of a code that a list names by its end the whole code.
    `number`: what a word announced, "" for other kinds; `list_start`: where the list of numbers
    begins that it belongs to. `sure`: False for what is a citation only where there is such a
    document.
    """

    kind: CitationKind
    text: str
    start: int
    end: int
    number: str = ""
    list_start: int = -1
    sure: bool = True


@dataclass(frozen=True, slots=True)
class CitationShapes:
    """What counts as a citation.

    `codes` and `external`: shapes of codes and of the numbers of outside documents; `names`: what
    documents are called; `words`: those around announced numbers; `standards`: which names are of
    standards; `bodies`, `laws`: how standards and laws are called, held here or not; `editions`:
    numbers of standards held here, with their years; `kinds`, `own_bodies`: see
    `DesignationFinder`.
    """

    codes: tuple[str, ...]
    external: tuple[str, ...]
    names: tuple[str, ...]
    words: NumberWords
    standards: frozenset[str] = frozenset()
    bodies: tuple[str, ...] = ()
    laws: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    own_bodies: tuple[str, ...] = ()


class _Pattern(NamedTuple):
    """The pattern of a kind of citation; texts without its `sign` need not be searched."""

    kind: CitationKind
    sign: str
    expression: str


class CitationFinder:
    """Finds the citations of texts by some `CitationShapes`.

    Patterns run on the lower-cased text and open with plain letters wherever they can: the regular
    expression engine then skips to them, which is several times faster than a case-blind search or
    one that opens with a look-behind.
    """

    def __init__(self, shapes: CitationShapes) -> None:
        self._patterns: list[_Pattern] = []
        self._add_shapes("code", shapes.codes)
        self._add_shapes("external", shapes.external)
        names = names_pattern(shapes.names)
        if names:
            self._patterns.append(_Pattern("name", "", names))
        words = shapes.words
        lists = NumberLists(words.range_to, words.joined, words.after_numbers)
        self._numbers = NumberFinder(words, lists)
        self._code_lists = CodeLists(shapes.codes, words)
        self._standards = shapes.standards
        self._designations = DesignationFinder(
            shapes.bodies, shapes.laws, shapes.editions, shapes.kinds, shapes.own_bodies
        )

    def _add_shapes(self, kind: CitationKind, shapes: Iterable[str]) -> None:
        for shape in dict.fromkeys(shapes):
            sign = "/" if "/" in shape else ""
            pattern = shape_pattern(lower_in_place(shape))
            if shape.startswith(_ANY_LETTERS):
                # Where no blank parts words, nobody can tell which letters are the code's.
                pattern = f"{NOT_UNPARTED}{pattern}"
            more = f"{_NOT_LISTED}{_NOT_IN_NAME}" if kind == "code" else "(?!/)"
            self._patterns.append(_Pattern(kind, sign, f"{pattern}{more}{WORD_END}"))

    def find(self, prose: str, links: Sequence[tuple[int, int]] = ()) -> list[Citation]:
        """Return every citation, in the order of the text; where two overlap the longer one.

        `links`: the places of the text's links; their addresses part no list of codes.
        """
        low = lower_in_place(prose)
        plain = is_plain(prose)
        citations = []
        for kind, sign, expression in self._patterns:
            if sign not in low:  # most texts have no slash
                continue
            for match in compiled(expression, plain=plain).finditer(low):
                start, end = match.span()
                if begins_word(low, start):
                    citations.append(_citation(kind, prose, start, end))
        citations = self._with_listed_codes(prose, low, _longest(citations), links, plain=plain)
        designations = self._add_designations(prose, citations, plain=plain)
        numbers = [
            *self._numbers.find(prose, low, plain=plain),
            *self._behind_standards(prose, low, citations),
        ]
        named = Spans((each.start, each.end) for each in designations)
        for found in numbers:
            start, end = found.start, found.end
            # In a standard's or law's own name it is none: «… and 21 CFR Part 820».
            if found.list_start == start or not named.holds(start):
                words = _clean(prose[start:end])
                citations.append(
                    Citation(found.kind, words, start, end, found.number, found.list_start)
                )
        return _longest(citations)

    def _with_listed_codes(
        self,
        prose: str,
        low: str,
        citations: list[Citation],
        links: Sequence[tuple[int, int]],
        *,
        plain: bool,
    ) -> list[Citation]:
        """Return the citations and the codes that lists behind them name by their ends."""
        listed = [
            Citation("code", further.code, further.start, further.end, sure=further.sure)
            for code in citations
            if code.kind == "code"
            for further in self._code_lists.further(
                prose, low, (code.start, code.end), code.text, links, plain=plain
            )
        ]
        return _longest([*citations, *listed]) if listed else citations

    def _add_designations(
        self, prose: str, citations: list[Citation], *, plain: bool
    ) -> list[Designation]:
        """Add the standards and laws that nothing found so far names; return all there are."""
        taken = [(citation.start, citation.end) for citation in citations]
        designations = list(self._designations.find(prose, plain=plain))
        for each in designations:
            first = bisect_right(taken, each.start, key=_end)
            if first == len(taken) or taken[first][0] >= each.end:
                words = _clean(prose[each.start : each.end])
                citations.append(Citation("designation", words, each.start, each.end))
        return designations

    def _behind_standards(
        self, prose: str, low: str, citations: Iterable[Citation]
    ) -> Iterator[AnnouncedNumber]:
        """Yield the numbers that stand without a word right behind a standard."""
        for citation in citations:
            is_standard = citation.kind == "designation"
            if is_standard or fold_name(citation.text) in self._standards:
                yield from self._numbers.find_behind(prose, low, citation.end)


def _end(span: tuple[int, int]) -> int:
    return span[1]


def _citation(kind: CitationKind, prose: str, start: int, end: int) -> Citation:
    if kind == "external":
        end = _end_of_number(prose, start, end)
    sure = kind != "code" or prose[end : end + 1] != "/"
    return Citation(kind, _clean(prose[start:end]), start, end, sure=sure)


def _end_of_number(prose: str, start: int, end: int) -> int:
    """Return where an outside number really ends.

    A part that a blank or a longer dash tore off belongs to it.
    """
    if prose[end - 1].isalpha() and "-" not in prose[start:end]:
        torn = _TORN.match(prose, end)
        if torn:
            end = torn.end()
    while dashed := _DASHED.match(prose, end):
        end = dashed.end()
    return end


@lru_cache(maxsize=FILES_AT_HAND)  # of a text it is asked for its citations, and for its words
def lower_in_place(text: str) -> str:
    """Return a text in lower case, every blank a space, all offsets kept.

    The few characters whose lower case is longer stay as they are. The two small sigmas are one:
    which of them a capital becomes depends on what stands beside it.
    """
    low = text.lower().replace("ς", "σ")
    if len(low) != len(text):
        low = "".join(_lower_character(character) for character in text)
    for blank in "\t\n\u00a0\u202f\x01":
        low = low.replace(blank, " ")
    return low


def _lower_character(character: str) -> str:
    low = character.lower()
    return low if len(low) == 1 else character


def _clean(text: str) -> str:
    if text.isprintable() and "  " not in text:
        return text.strip()
    return _BLANKS.sub(" ", text).strip()


def _longest(citations: list[Citation]) -> list[Citation]:
    """Return the citations in order; of those that overlap the longest."""
    citations.sort(key=lambda citation: (citation.start, -citation.end))
    kept: list[Citation] = []
    for citation in citations:
        if not kept or citation.start >= kept[-1].end:
            kept.append(citation)
        elif citation.end - citation.start > kept[-1].end - kept[-1].start:
            kept[-1] = citation
    return kept


class _TrieNode:
    """The pieces of a pattern that may follow, and whether a name ends here."""

    __slots__ = ("below", "ends_name")

    def __init__(self) -> None:
        self.below: dict[str, _TrieNode] = {}
        self.ends_name = False


def names_pattern(names: Iterable[str]) -> str:
    """Return one pattern for many names, to be run on lowered text; "" without names.

    `scripts.compiled` compiles it.

    Names share their beginnings, so its time does not grow with their number, as that of a plain
    alternation does. `lower_in_place` lowers the text.
    """
    root = _TrieNode()
    for name in names:
        if len(name) > LONGEST_NAME:
            continue
        node = root
        for token in _tokens(name):
            node = node.below.setdefault(token, _TrieNode())
        node.ends_name = True
    if not root.below and not root.ends_name:
        return ""
    return f"(?:{_branch(root)}){WORD_END}"


def _tokens(name: str) -> list[str]:
    """Return a name as the pattern pieces of its characters; blanks vary, dashes are one."""
    pieces = []
    normal = unicodedata.normalize("NFC", name).strip()
    for character in lower_in_place(_BLANKS.sub(" ", normal)):
        if character == " ":
            pieces.append(" +")
        elif character in "-–—‐‑":
            pieces.append(" *[-–—‐‑] *")
        else:
            pieces.append(character if character.isalnum() else re.escape(character))
    return pieces


def _branch(node: _TrieNode) -> str:
    """Return the pattern of all names that go on from a node."""
    branches = [piece + _branch(below) for piece, below in node.below.items()]
    if not branches:
        return ""
    body = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    return f"(?:{body})?" if node.ends_name else body
