"""Prose rules on typing: doubled words, torn words, stray blanks and punctuation, and slips of the pen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.findings import Violation
from qmstool.parsing.citations import BLANK, lower_in_place
from qmstool.parsing.codes import fold_name
from qmstool.rules.base.prose_blocks import inside
from qmstool.rules.base.prose_text import alternatives

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.wordlists import WordLists
    from qmstool.rules.base.prose_text import Writing
    from qmstool.rules.base.rule import Facts

_LETTER = r"[^\W\d_]"
_WORD = re.compile(rf"{_LETTER}+")
_NEXT = re.compile(rf"{BLANK}+({_LETTER}+)")
LONGEST = 40
SHORT = 6
_DOUBLED = re.compile(
    rf"(?<![\w-])(?P<one>{_LETTER}{{2,}}){BLANK}+(?P<two>(?P=one))(?![\w-])", re.IGNORECASE
)
_ADDRESS = re.compile(r"\S*?(?:://|www\.|@)")
_STRAY = re.compile(
    rf"""(?P<before>(?<=[^\W\d_])[ \u00a0\u202f]+(?:[,;:!?]|\.(?![.\w…])))      # «đề ra .»
    |(?P<open>\([ \u00a0]+(?=\w))                                               # «( nếu»
    |(?P<close>(?<=\w)[ \u00a0]+\))                                             # «cần )»
    |(?P<hyphen>(?<=[^\W\d_])-[ \u00a0]+(?=(?P<next>{_LETTER}+)))              # «đi- đến»
    |(?P<slash>(?<=[^\W\d_])(?:[ \u00a0]+/|/[ \u00a0]+)(?={_LETTER}))           # «phẩm /kết»
    |(?P<joined>(?<=[^\W\d_])[,;](?={_LETTER}))                                 # «thư,lưu»
    |(?P<twice>(?:\.\.|,,|;;)(?<=[^\W\d_]..)(?<!v\.v..)(?![.…\w/\\]))           # «nghiêm trọng..»
    """,
    re.VERBOSE,
)


def likely_slip(facts: Facts) -> Iterator[Violation]:
    """Phrases that are nearly always slips of the pen; a person decides."""
    meant = {fold_name(said): right for said, right in facts.prose.lists.slips}
    for writing in facts.prose.writings:
        for hit in writing.hits.get("slips", ()):
            values = {"words": writing.said(hit.start, hit.end)}
            yield Violation(
                writing.locate(hit.start, hit.end),
                values,
                _cased(writing.words[hit.start], meant[hit.phrase]),
            )


def _cased(first: str, right: str) -> str:
    return right[0].upper() + right[1:] if first.isupper() else right


def doubled_word(facts: Facts) -> Iterator[Violation]:
    """A word typed twice; reduplication and two compounds that meet («cơ quan quan trọng») are none."""
    twice = {fold_name(word) for word in facts.prose.lists["reduplication"]}
    compounds = {
        " ".join(fold_name(phrase).split()[:2]) for phrase in facts.prose.lists["compounds"]
    }
    for writing in facts.prose.writings:
        found = [
            hit for hit in _DOUBLED.finditer(writing.words) if fold_name(hit["one"]) not in twice
        ]
        before = _before(writing) if found else {}
        for hit in found:
            if hit["one"].islower() and hit["two"].istitle():  # «trưởng phòng Phòng Tổ chức»
                continue
            if not _meets(writing, hit, compounds, before):
                yield Violation(
                    writing.locate(*hit.span()), {"words": writing.said(*hit.span())}, hit["one"]
                )


def _before(writing: Writing) -> dict[str, set[str]]:
    """Each pair of neighbouring words of a file, and the words that stand before it."""
    found: dict[str, set[str]] = {}
    words = [word.casefold() for word in _WORD.findall(writing.words)]
    for first, second, third in zip(words, words[1:], words[2:], strict=False):
        found.setdefault(f"{second} {third}", set()).add(first)
    return found


def _meets(
    writing: Writing, hit: re.Match[str], compounds: set[str], before: dict[str, set[str]]
) -> bool:
    """Whether the second word begins a compound: a listed one, or one that this file uses after other words too."""
    after = _NEXT.match(writing.words, hit.end())
    if after is None:
        return False
    pair = f"{hit['two']} {after[1]}".casefold()
    earlier = _WORD.findall(writing.words[max(0, hit.start() - LONGEST) : hit.start()])
    own = {hit["one"].casefold(), *(word.casefold() for word in earlier[-1:])}
    return pair in compounds or bool(before.get(pair, set()) - own)


def split_word(facts: Facts) -> Iterator[Violation]:
    """Words torn apart by extraction: a rhyme that cannot stand open, a blank, and the consonant it lost («chấ t lượ ng»)."""
    tears = Tears(facts.prose.lists)
    for writing in facts.prose.writings:
        for start, *edges in tears.of(writing):
            whole = "".join(writing.words[one:other] for one, other in _kept(start, edges))
            yield Violation(
                writing.locate(start, edges[-1]), {"words": writing.said(start, edges[-1])}, whole
            )


class Tears:
    """Finds the places where extraction tore words of a language apart."""

    def __init__(self, lists: WordLists) -> None:
        self.rhymes = tuple(lists["open_rhymes"])
        self.pairs = {tuple(pair.split()) for pair in lists["torn_pairs"]}
        orphans = alternatives({*lists["orphans"], *(last for _, last in self.pairs)})
        self.orphan = re.compile(rf"{BLANK}(?={_LETTER}{{1,2}}(?!\w))(?P<orphan>{orphans})(?!\w)")
        self.vowel = re.compile(
            rf"(?<={_LETTER}){BLANK}(?:{alternatives(lists['semivowels'])})(?={BLANK}\Z)"
        )

    def of(self, writing: Writing) -> list[list[int]]:
        """Each torn run: where it starts, then the gap and the end of each orphan."""
        low = lower_in_place(writing.words)
        torn: list[list[int]] = []
        end = -2
        for found in self.orphan.finditer(low):
            if not self._torn(low, found):
                continue
            start = writing.around(found.start(), found.end())[0]
            if end + 1 != start:
                vowel = self.vowel.search(low, max(0, start - SHORT), start)
                torn.append([writing.around(*vowel.span())[0], *vowel.span()] if vowel else [start])
            end = found.end()
            torn[-1] += [found.start(), end]
        return torn

    def _torn(self, low: str, found: re.Match[str]) -> bool:
        """Whether what stands before a lone consonant needs one."""
        before = low[max(0, found.start() - 3) : found.start()]
        return before.endswith(self.rhymes) or (
            before[1:].isalpha() and (before[-1:], found["orphan"]) in self.pairs
        )


def _kept(start: int, edges: list[int]) -> Iterator[tuple[int, int]]:
    """The stretches of a torn run that stay: each word up to its gap, then its orphan and the blank after it."""
    for gap, following in zip(edges[::2], [*edges[1::2]], strict=True):
        yield start, gap
        yield gap + 1, following
        start = following


def stray_punctuation(facts: Facts) -> Iterator[Violation]:
    """Blanks on the wrong side of a sign, signs without theirs, and headings that end in a colon."""
    suspended = set(facts.prose.lists["suspended"])
    for writing in facts.prose.writings:
        codes = [
            each.whole
            for each in facts.references.by_path.get(writing.file.path, ())
            if each.kind == "code"
        ]
        for found in _STRAY.finditer(writing.words):
            if inside(codes, found.start()):
                continue  # «NĐ- CP» in a number is another spelling of it
            hanging = found["next"] is not None and found["next"].casefold() in suspended
            if not hanging and not (found["joined"] and _in_address(writing.words, found.start())):
                yield _stray(writing, found)
        for heading in writing.file.page.headings:
            title = writing.words[heading.start : heading.end].rstrip("\x01 ")
            if "\n" in writing.file.source.text[heading.line_start : heading.line_end].rstrip("\n"):
                continue  # a line of hyphens made a heading of it: that is told
            if title.endswith(":") and title[-2:-1].isalnum():
                words = writing.said(heading.start, heading.end)
                yield Violation(
                    writing.locate(heading.start, heading.end), {"words": words}, words.rstrip(":")
                )


def _in_address(words: str, at: int) -> bool:
    """Whether a sign stands in a web or mail address."""
    start = max(
        at - LONGEST,
        *(words.rfind(blank, max(0, at - LONGEST), at) + 1 for blank in " \n\0\x01\u00a0"),
    )
    return bool(_ADDRESS.match(words, start, at + LONGEST))


def _stray(writing: Writing, found: re.Match[str]) -> Violation:
    """The fault of a stray sign, with the words that touch it put right."""
    start, end = found.span()
    sign = re.sub(r"[ \u00a0\u202f]+", "", found[0])[: 1 if found["twice"] else None]
    first, last = writing.around(start, end)
    before = " " if sign == "-" else ""
    after = " " if sign in ",;:!?-" and writing.words[end : end + 1].isalpha() else ""
    tidy = writing.said(first, start) + before + sign + after + writing.said(end, last)
    return Violation(writing.locate(first, last), {"words": writing.said(first, last)}, tidy)
