"""Put together words that a line's end or a PDF tore apart, where the same text has them whole.

What goes in: the lines of a text. What comes out: lines and paragraphs with such words whole, what
was put together, and what could not be told. Nothing is guessed from a dictionary: «Đ iều» is one
word because «Điều» stands elsewhere and «iều» nowhere by itself.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HYPHENATED = "\ufffe"  # a hyphen that a program put at the end of a line
_TOKEN = re.compile(r"[^\s«»\"'“”‘’()\[\]{},;:!?…]+")
_TAIL, _HEAD = re.compile(r"[^\s«»\"“”(\[,;:]+$"), re.compile(r"[^\s«»\"“”)\],;:]+")
_END = ".!?…"
LONGEST_WORD = 200
FEWEST_LETTERS = 3  # of a word that is put together


class Mender:
    """Knows the words of a text; `told`: what it put together, `unsure`: where it cannot tell."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.told: list[tuple[str, str]] = []
        self.unsure: list[str] = []
        self._known: Counter[str] = Counter()
        for line in lines:
            self._known.update(_bare(token) for token in _TOKEN.findall(line))
        tokens = [token for line in lines for token in line.split()]
        paired = _paired(tokens, self._known)
        self._alone = Counter(
            _bare(token) for number, token in enumerate(tokens) if number not in paired
        )
        self._apart = Counter(
            (tokens[number], _bare(tokens[number + 1])) for number in range(len(tokens) - 1)
        )

    def mend(self, line: str) -> str:
        """Return a line whose words have no blank inside."""
        tokens = re.split(r"(\s+)", line)
        number = 0
        while number + 2 < len(tokens):
            first, gap, second = tokens[number : number + 3]
            if gap == " " and self._is_torn(first, second):
                self._tell(f"{first} {second}", first + second)
                tokens[number : number + 3] = [first + second]
            else:
                number += 2
        return "".join(tokens)

    def join(self, lines: Iterable[str]) -> str:
        """Return lines as one; a word or code that goes over two of them is whole."""
        pieces: list[str] = []  # lines, and what stands between two of them; a line is the last
        for line in lines:
            if pieces and line.strip() == HYPHENATED:
                pieces[-1] = f"{pieces[-1].rstrip()}{HYPHENATED}"
                continue
            if pieces:
                is_cut = pieces[-1].endswith(HYPHENATED)
                pieces[-1] = pieces[-1].removesuffix(HYPHENATED).rstrip()
                tail = _matched(_TAIL.search(pieces[-1][-LONGEST_WORD:]))
                between = self._hyphen if is_cut else self._between
                pieces.append(between(tail, _matched(_HEAD.match(line))))
            pieces.append(line)
        return "".join(pieces).strip().replace(HYPHENATED, "-")

    def _between(self, tail: str, head: str) -> str:
        """Return what stands between the last word of a line and the first of the next."""
        if not tail or not head:
            return " "
        end = _bare(head)
        if len(tail) > 1 and tail[-1] in "-./" and tail[-2].isalnum() and head[0].isalnum():
            if self._known[tail + end] or tail[-1] == "/":
                self._tell(f"{tail} {end}", tail + end)
                return ""
            if tail[-1] == "-":
                self.unsure.append(f"{tail} {end}")
                return ""
        if self._is_torn(tail, head):
            self._tell(f"{tail} {end}", tail + end)
            return ""
        return " "

    def _is_torn(self, first: str, second: str) -> bool:
        """Whether two words are one: more often whole than apart, and one of them never alone."""
        end = _bare(second)
        apart = self._apart[first, end]
        if not _is_pair(first, end, self._known) or apart > self._known[first + end]:
            return False
        return not (self._alone[first] and self._alone[end])

    def _hyphen(self, tail: str, head: str) -> str:
        """Return the hyphen between two such words where it is their own, "" where it is not."""
        end = _bare(head)
        for between in ("-", ""):
            if tail and end and self._known[tail + between + end]:
                self._tell(f"{tail}- {end}", tail + between + end)
                return between
        self.unsure.append(f"{tail}-{end}")
        return "-"

    def _tell(self, before: str, after: str) -> None:
        self.told.append((before, after))


def _matched(match: re.Match[str] | None) -> str:
    """Return what a pattern found, "" for nothing."""
    if match is None:
        return ""
    return match[0]


def _bare(token: str) -> str:
    """Return a word without what ends a sentence or a line behind it."""
    return token.rstrip(f"{_END},;:{HYPHENATED}")


def _paired(tokens: Sequence[str], known: Counter[str]) -> set[int]:
    """Return the places of words that would be whole together with a neighbour."""
    paired: set[int] = set()
    for number in range(len(tokens) - 1):
        if _is_pair(tokens[number], _bare(tokens[number + 1]), known):
            paired |= {number, number + 1}
    return paired


def _is_pair(first: str, second: str, known: Counter[str]) -> bool:
    whole = first + second
    return (
        len(whole) >= FEWEST_LETTERS
        and first.isalpha()
        and second.isalpha()
        and second.islower()
        and bool(known[whole])
    )
