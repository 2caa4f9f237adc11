"""Name the headings of a document: number, words, our anchor, GitHub's, and each one's place."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from qmstool.frozen import NamedTuple
from qmstool.parsing.markdown.containers import Heading
from qmstool.parsing.markdown.footnotes import footnotes
from qmstool.parsing.markdown.plain import plain
from qmstool.patterns import regex
from qmstool.unseen import COMPARED

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Mapping, Sequence

    from qmstool.parsing.markdown.document import MarkdownDocument
    from qmstool.parsing.markdown.inlines import Span

# Letters of an anchor made of words, before it is numbered: no id of a page has over 200.
LONGEST_ANCHOR = 180
_ROMAN = "(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})"
# «A.1» is how ISO numbers what stands in an annex, «II.1» how offices number what stands in «II».
_DOTTED = rf"(?:\d{{1,3}}|[A-Z]|{_ROMAN})(?:\.\d{{1,2}})+"
_NUMBER = regex(
    rf"({_DOTTED}(?=[.):]?(?:\s|$)|[.):][^\W\d_])|\d{{1,3}}(?=[.)](?:\s|$|[^\W\d_]))"
    rf"|{_ROMAN}(?=[.)](?:\s|$)))[.):]?\s*"
)
# Parted by another sign, or by a blank and a sign: «1/ Mục đích», «1 – Mục đích», «(1) Mục đích».
_PARTED = regex(
    rf"\(?({_DOTTED}|\d{{1,3}}|{_ROMAN})"
    r"(?:\s*[.):/–—-]\s+|\s+[.):/–—-]|(?<=\d)[/):])\s*(?=[^\W\d_])"
)
# A whole number without a sign behind it, as ISO and Word's outline write it: «1 Mục đích».
_BARE = regex(r"(\d{1,2})\s+(?=[^\W\d_])")
# Nothing for what nobody sees; and figures as wide as Chinese characters.
_PLAIN = {**COMPARED, **{0xFF10 + figure: str(figure) for figure in range(10)}, 0xFF0E: "."}
_NOT_PLAIN = regex("[" + "".join(map(chr, _PLAIN)) + "]")
_ACCENTS = regex("[\u0300-\u036f]+")
_NOT_WORD = regex(r"[\W_]+")
# Superscripts, fractions and numbers in circles are no words there, though Python has them as such.
_DROPPED_BY_GITHUB = regex(
    r"[^\w\- ]|[\u00b2\u00b3\u00b9\u00bc-\u00be\u2070\u2074-\u2079\u2080-\u2089\u2150-\u215f"
    r"\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u3220-\u3229\u3248-\u325f\u3280-\u3289\u32b1-\u32bf]"
)
_KEPT_BY_GITHUB = frozenset({"Mn", "Mc", "Me", "Pc"})
_ATTRIBUTES = regex(r"\{[^{}\n]*\}[ \t]*\Z")


class NamedHeading(NamedTuple):
    """A heading with its names and places.

    `start` to `end` is its title, `line_start` to `line_end` the whole construct, and the place of
    its id that of the title where none is typed. `number` is what is typed at its head ("5.2" of
    "5.2. Title"); `anchor` is the id that the site gives it, `github_anchor` the one that GitHub
    would.
    """

    level: int
    text: str
    number: str | None
    anchor: str
    github_anchor: str
    start: int
    end: int
    id_start: int
    id_end: int
    line_start: int
    line_end: int


def headings(document: MarkdownDocument) -> tuple[NamedHeading, ...]:
    """Return the headings of a document in order."""
    found = [block for block, _ in document.blocks if block.__class__ is Heading]
    if not found:
        return ()
    ours = _Anchors(heading.id for heading in found if heading.id)
    github = _Anchors(())
    typed = [plain(heading.children) for heading in found]
    numbers = _numbers([heading.level for heading in found], typed)
    notes = _note_numbers(document, found)
    return tuple(
        [
            _named(document.text, heading, words, number, ours, github, notes)
            for heading, words, number in zip(found, typed, numbers, strict=True)
        ]
    )


def nesting(headings: Sequence[NamedHeading]) -> tuple[list[int], list[int]]:
    """Return of each heading which one it stands below, and which one ends what is below it.

    By their places among all: -1 where none is above, and behind the last where none follows.
    """
    above: list[int] = []
    ended_by = [len(headings)] * len(headings)
    open_ones: list[int] = []
    for index, heading in enumerate(headings):
        while open_ones and headings[open_ones[-1]].level >= heading.level:
            ended_by[open_ones.pop()] = index
        above.append(open_ones[-1] if open_ones else -1)
        open_ones.append(index)
    return above, ended_by


def _note_numbers(document: MarkdownDocument, found: Iterable[Heading]) -> Mapping[str, int]:
    """Return the numbers of footnotes, as first called, by label; none where no heading calls one.

    GitHub takes the number that stands in a heading for a word of it.
    """
    if not any("[^" in document.text[heading.start : heading.end] for heading in found):
        return {}
    labels = dict.fromkeys(call.label.casefold() for call in footnotes(document).calls)
    return {label: number for number, label in enumerate(labels, 1)}


def _numbers(levels: Sequence[int], titles: Sequence[str]) -> list[str | None]:
    """Return the number typed at the head of each title.

    A bare number could be a count («3 Nguyên tắc»): it is a heading's number where a capital
    follows, and it goes on from the one before on its level, or stands first in the file.
    """
    last: dict[int, int] = {}
    numbers: list[str | None] = []
    for level, title in zip(levels, titles, strict=True):
        words = " ".join(_plainly(title).split())
        number = _number_of(words, words)[0]
        bare = _BARE.match(words) if number is None else None
        if bare and words[bare.end()].isupper():
            follows = int(bare[1]) == last.get(level, 0) + 1
            number = bare[1] if follows or not numbers else None
        if number is not None and number.isdigit():
            last[level] = int(number)
        last = {known: count for known, count in last.items() if known <= level}
        numbers.append(number)
    return numbers


def _plainly(title: str) -> str:
    """Return a title with plain figures, and without what nobody sees; few titles have any."""
    return title.translate(_PLAIN) if _NOT_PLAIN.search(title) else title


def number_of(title: str) -> tuple[str | None, str]:
    """Split a title into the number typed at its head, if there is one, and the rest."""
    return _number_of(title, _plainly(title))


def _number_of(title: str, words: str) -> tuple[str | None, str]:
    """Split a title, whose `words` are plain, likewise."""
    number = _NUMBER.match(words)
    if number and not (words[number.end() - 1] in ".):" and words[number.end() :][:1].islower()):
        return number[1], words[number.end() :]
    parted = _PARTED.match(words)
    if parted and words[parted.end()].isupper():
        return parted[1], words[parted.end() :]
    return None, title


def after_number(title: str, number: str) -> str:
    """Return the words of a title behind the number typed at its head, and behind its signs."""
    words = _plainly(title).lstrip(" (")
    return words[len(number) :].lstrip(" .):/–—-\u00a0")


def fold(text: str) -> str:
    """Return a text as a slug: small letters without accents, digits, hyphens; never empty."""
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", text.lower().replace("đ", "d")))
    return _NOT_WORD.sub("-", bare).strip("-") or "muc"


def _automatic(words: str) -> str:
    """Return the anchor of a heading without a number; a page keeps none that is longer."""
    return fold(words)[:LONGEST_ANCHOR].rstrip("-")


def github_slug(text: str) -> str:
    """Return the anchor that GitHub gives a heading, before repeated ones are numbered.

    Each of several blanks is a hyphen, and `<br>` is nothing.
    """
    kept = _DROPPED_BY_GITHUB.sub(_mark, text.lower())
    return kept.replace(" ", "-")


def _mark(sign: re.Match[str]) -> str:
    """Return a sign that GitHub keeps though Python takes it for no part of a word."""
    kept = unicodedata.category(sign[0]) in _KEPT_BY_GITHUB
    return sign[0] if kept else ""


class _Anchors:
    """Gives each heading an anchor, and those that repeat one a number.

    `typed` are ids that an author wrote. One of them that is another heading's own anchor leaves
    that heading its anchor, so that the two can be told as one id used twice.
    """

    def __init__(self, typed: Iterable[str]) -> None:
        self._typed = frozenset(typed)
        self._given: set[str] = set()
        self._counts: dict[str, int] = {}

    def unique(self, anchor: str) -> str:
        """Return an anchor, numbered on where an earlier heading has it."""
        numbered = anchor
        count = self._counts.get(anchor, 0)
        while numbered in self._given or (count and numbered in self._typed):
            count += 1
            numbered = f"{anchor}-{count}"
        self._counts[anchor] = count
        self._given.add(numbered)
        return numbered


def _named(
    text: str,
    heading: Heading,
    typed: str,
    number: str | None,
    ours: _Anchors,
    github: _Anchors,
    notes: Mapping[str, int],
) -> NamedHeading:
    """Return a heading, whose words are `typed`, with its names and places."""
    words = " ".join(typed.split())
    start = heading.children[0].start if heading.children else heading.end
    end = heading.children[-1].end if heading.children else heading.end
    automatic = f"muc-{number.replace('.', '-').lower()}" if number else _automatic(words)
    id_place = id_span(text, heading)
    shown = typed
    if len(heading.children) > 1:  # a blank beside a picture or a tag is a hyphen there
        shown = plain(heading.children, notes, ends=True)
    return NamedHeading(
        heading.level,
        words,
        number,
        heading.id or ours.unique(automatic),
        github.unique(github_slug(shown + _typed_behind(text, heading))),
        start,
        end,
        *(id_place or (start, end)),
        text.rfind("\n", 0, heading.start) + 1,
        heading.end,
    )


def _typed_behind(text: str, heading: Heading) -> str:
    """Return the braces behind a heading's words, which GitHub takes for words of its title."""
    if not (heading.id or heading.classes or heading.attributes):
        return ""
    braces = attributes_span(text, heading)
    return f" {text[slice(*braces)]}" if braces else ""


def attributes_span(text: str, heading: Heading) -> Span | None:
    """Return where the braces behind a heading's words stand, None where there are none."""
    words_end = heading.children[-1].end if heading.children else heading.start
    line_end = text.find("\n", words_end, heading.end)
    last = text[words_end : line_end if line_end >= 0 else heading.end].rstrip(" \t\r#")
    found = _ATTRIBUTES.search(last)
    return (words_end + found.start(), words_end + found.end()) if found else None


def id_span(text: str, heading: Heading) -> Span | None:
    """Return where the id that a heading goes by stands, None where none is typed."""
    if not heading.id:
        return None
    braces = attributes_span(text, heading)
    if braces is None:
        return None
    at = text.rfind(f"#{heading.id}", *braces)
    return (at + 1, at + 1 + len(heading.id)) if at >= 0 else None
