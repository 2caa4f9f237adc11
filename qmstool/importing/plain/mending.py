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
        whole = ""
        for line in lines:
            if whole.endswith(HYPHENATED):
                whole = self._without_hyphen(whole, line)
                continue
            tail, head = _TAIL.search(whole), _HEAD.match(line)
            if not whole or tail is None or head is None:
                whole = f"{whole} {line}".strip()
            else:
                whole += self._between(tail[0], head[0]) + line
        return whole.replace(HYPHENATED, "-")

    def _between(self, tail: str, head: str) -> str:
        """Return what stands between the last word of a line and the first of the next."""
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

    def _without_hyphen(self, above: str, line: str) -> str:
        """Return two lines as one, of which the first ends with a hyphen that a program put."""
        above = above.removesuffix(HYPHENATED).rstrip()
        tail, head = _TAIL.search(above), _HEAD.match(line)
        first, end = tail[0] if tail else "", _bare(head[0]) if head else ""
        for between in ("-", ""):
            if first and end and self._known[first + between + end]:
                self._tell(f"{first}- {end}", first + between + end)
                return above + between + line
        self.unsure.append(f"{first}-{end}")
        return f"{above}-{line}"

    def _tell(self, before: str, after: str) -> None:
        self.told.append((before, after))


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
