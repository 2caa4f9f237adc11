"""Find errors of typing: slips, doubled words, torn words, stray blanks and punctuation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.findings import Fault, Severity
from qmstool.i18n import Text
from qmstool.parsing.citations import BLANK, lowered
from qmstool.parsing.codes import fold_name
from qmstool.rules.base.prose_blocks import inside
from qmstool.rules.base.prose_text import alternatives
from qmstool.rules.base.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.wordlists import WordLists
    from qmstool.rules.base.prose_text import Writing
    from qmstool.rules.base.rule import Facts, Rule

_LETTER = r"[^\W\d_]"
_WORD = re.compile(rf"{_LETTER}+")
_NEXT = re.compile(rf"{BLANK}+({_LETTER}+)")
LONGEST_WORD = 40
# How far before a tear, in characters, a semivowel may stand that was torn off too.
SEMIVOWEL_REACH = 6
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


@rule(
    "QMS602",
    "likely-slip",
    Severity.WARNING,
    Text("Cụm chữ có lẽ viết nhầm", "A phrase that looks like a slip"),
    Text(
        "«{words}» có lẽ là một chỗ viết nhầm. Công cụ không tự sửa; người có thẩm quyền quyết "
        "định.",
        "«{words}» looks like a slip of the pen. Nothing is fixed by itself; somebody must decide.",
    ),
)
def likely_slip(facts: Facts) -> Iterator[Fault]:
    """Find phrases that are nearly always slips of the pen; a person decides."""
    corrections = {fold_name(slip): right for slip, right in facts.prose.lists.slips}
    for writing in facts.prose.writings:
        for hit in writing.hits.get("slips", ()):
            values = {"words": writing.said(hit.start, hit.end)}
            suggestion = corrections[hit.phrase]
            if writing.words[hit.start].isupper():
                suggestion = suggestion[0].upper() + suggestion[1:]
            yield Fault(writing.locate(hit.start, hit.end), values, suggestion)


@rule(
    "QMS605",
    "doubled-word",
    Severity.WARNING,
    Text("Lặp từ", "A word typed twice"),
    Text(
        "«{words}»: một chữ viết hai lần liền. Hãy bỏ một chữ.",
        "«{words}»: one word stands twice. Take one out.",
    ),
)
def doubled_word(facts: Facts) -> Iterator[Fault]:
    """Find words typed twice.

    Not reduplication, and not two compounds that meet («cơ quan quan trọng»).
    """
    lists = facts.prose.lists
    reduplication = {fold_name(word) for word in lists["reduplication"]}
    compounds = {" ".join(fold_name(phrase).split()[:2]) for phrase in lists["compounds"]}
    for writing in facts.prose.writings:
        doubles = [
            double
            for double in _DOUBLED.finditer(writing.words)
            if fold_name(double["one"]) not in reduplication
        ]
        if not doubles:
            continue
        words_before = _words_before_pairs(writing)
        for double in doubles:
            if double["one"].islower() and double["two"].istitle():
                continue  # «trưởng phòng Phòng Tổ chức»
            if not _begins_compound(writing, double, compounds, words_before):
                span = double.span()
                values = {"words": writing.said(*span)}
                yield Fault(writing.locate(*span), values, double["one"])


def _words_before_pairs(writing: Writing) -> dict[str, set[str]]:
    """Return each pair of neighbouring words of a file, with the words that stand before it."""
    words_before: dict[str, set[str]] = {}
    words = [word.casefold() for word in _WORD.findall(writing.words)]
    for first, second, third in zip(words, words[1:], words[2:], strict=False):
        words_before.setdefault(f"{second} {third}", set()).add(first)
    return words_before


def _begins_compound(
    writing: Writing,
    double: re.Match[str],
    compounds: set[str],
    words_before: dict[str, set[str]],
) -> bool:
    """Whether the second word begins a compound.

    A listed one, or one that this file uses after other words too.
    """
    following = _NEXT.match(writing.words, double.end())
    if following is None:
        return False
    pair = f"{double['two']} {following[1]}".casefold()
    if pair in compounds:
        return True
    lead = writing.words[max(0, double.start() - LONGEST_WORD) : double.start()]
    own = {double["one"].casefold()}
    own.update(word.casefold() for word in _WORD.findall(lead)[-1:])
    return bool(words_before.get(pair, set()) - own)


@rule(
    "QMS606",
    "split-word",
    Severity.WARNING,
    Text("Chữ bị tách rời", "A word torn apart"),
    Text(
        "«{words}» là chữ bị tách rời, thường do rút chữ từ tệp PDF. Hãy nối lại.",
        "«{words}» is torn apart, as happens when text is taken out of a PDF. Join it.",
    ),
)
def split_word(facts: Facts) -> Iterator[Fault]:
    """Find words torn apart by the extraction of text («chấ t lượ ng»).

    A rhyme that cannot stand open, a blank, and the consonant that it lost.
    """
    finder = TornWordFinder(facts.prose.lists)
    for writing in facts.prose.writings:
        for start, *edges in finder.of(writing):
            end = edges[-1]
            stretches = _kept_stretches(start, edges)
            whole = "".join(writing.words[first:last] for first, last in stretches)
            yield Fault(writing.locate(start, end), {"words": writing.said(start, end)}, whole)


class TornWordFinder:
    """Finds the places where extraction tore words of a language apart."""

    def __init__(self, lists: WordLists) -> None:
        self._rhymes = tuple(lists["open_rhymes"])
        self._pairs = {tuple(pair.split()) for pair in lists["torn_pairs"]}
        orphans = alternatives({*lists["orphans"], *(last for _, last in self._pairs)})
        self._orphan = re.compile(rf"{BLANK}(?={_LETTER}{{1,2}}(?!\w))(?P<orphan>{orphans})(?!\w)")
        self._semivowel = re.compile(
            rf"(?<={_LETTER}){BLANK}(?:{alternatives(lists['semivowels'])})(?={BLANK}\Z)"
        )

    def of(self, writing: Writing) -> list[list[int]]:
        """Return each torn run: where it starts, then the gap and the end of each orphan."""
        lower = lowered(writing.words)
        torn: list[list[int]] = []
        end = -2
        for orphan in self._orphan.finditer(lower):
            if not self._is_torn(lower, orphan):
                continue
            start, _ = writing.around(*orphan.span())
            if end + 1 != start:
                torn.append(self._begin_run(writing, lower, start))
            end = orphan.end()
            torn[-1] += [orphan.start(), end]
        return torn

    def _begin_run(self, writing: Writing, lower: str, start: int) -> list[int]:
        """Begin a torn run at a word, or before it where a semivowel was torn off there."""
        semivowel = self._semivowel.search(lower, max(0, start - SEMIVOWEL_REACH), start)
        if semivowel is None:
            return [start]
        first, _ = writing.around(*semivowel.span())
        return [first, *semivowel.span()]

    def _is_torn(self, lower: str, orphan: re.Match[str]) -> bool:
        """Whether what stands before a lone consonant needs one."""
        before = lower[max(0, orphan.start() - 3) : orphan.start()]
        if before.endswith(self._rhymes):
            return True
        return before[1:].isalpha() and (before[-1:], orphan["orphan"]) in self._pairs


def _kept_stretches(start: int, edges: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a torn run that stay.

    Each word up to its gap, then its orphan and the blank after it.
    """
    for gap, following in zip(edges[::2], edges[1::2], strict=True):
        yield start, gap
        yield gap + 1, following
        start = following


@rule(
    "QMS607",
    "stray-punctuation",
    Severity.INFO,
    Text("Dấu câu, khoảng trắng lệch chỗ", "Stray punctuation or blanks"),
    Text(
        "«{words}»: dấu câu hoặc khoảng trắng không đúng chỗ.",
        "«{words}»: punctuation or a blank stands in the wrong place.",
    ),
)
def stray_punctuation(facts: Facts) -> Iterator[Fault]:
    """Find blanks on the wrong side of a sign, signs without theirs, headings that end in a colon."""
    suspended = set(facts.prose.lists["suspended"])
    for writing in facts.prose.writings:
        cited = facts.references.by_path.get(writing.file.path, ())
        codes = [reference.whole for reference in cited if reference.how == "code"]
        for found in _STRAY.finditer(writing.words):
            if inside(codes, found.start()):
                continue  # «NĐ- CP» in a number is another spelling of it
            following = found["next"]
            if following is not None and following.casefold() in suspended:
                continue  # «pre- and post-market»: the hyphen stands for the rest of a word
            if not (found["joined"] and _is_in_address(writing.words, found.start())):
                yield _stray(writing, found)
        yield from _colon_headings(writing)


def _colon_headings(writing: Writing) -> Iterator[Fault]:
    """Find headings that end in a colon."""
    for heading in writing.file.page.headings:
        line = writing.file.source.text[heading.line_start : heading.line_end]
        if "\n" in line.rstrip("\n"):
            continue  # a line of hyphens made a heading of it: another rule reports that
        title = writing.words[heading.start : heading.end].rstrip("\x01 ")
        if title.endswith(":") and title[-2:-1].isalnum():
            words = writing.said(heading.start, heading.end)
            place = writing.locate(heading.start, heading.end)
            yield Fault(place, {"words": words}, words.rstrip(":"))


def _is_in_address(words: str, at: int) -> bool:
    """Whether a sign stands in a web or mail address."""
    first = at - LONGEST_WORD
    after_blanks = (words.rfind(blank, max(0, first), at) + 1 for blank in " \n\0\x01\u00a0")
    return _ADDRESS.match(words, max(first, *after_blanks), at + LONGEST_WORD) is not None


def _stray(writing: Writing, found: re.Match[str]) -> Fault:
    """Report a stray sign, with the words that touch it put right."""
    start, end = found.span()
    sign = re.sub(r"[ \u00a0\u202f]+", "", found[0])
    if found["twice"]:
        sign = sign[:1]
    first, last = writing.around(start, end)
    before = " " if sign == "-" else ""
    after = " " if sign in ",;:!?-" and writing.words[end : end + 1].isalpha() else ""
    tidy = writing.said(first, start) + before + sign + after + writing.said(end, last)
    return Fault(writing.locate(first, last), {"words": writing.said(first, last)}, tidy)


RULES: tuple[Rule, ...] = (
    likely_slip,
    doubled_word,
    split_word,
    stray_punctuation,
)
