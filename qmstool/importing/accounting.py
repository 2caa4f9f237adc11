"""Hold what was written against what the source holds: no word may be lost without a reason.

What goes in: the raw words of every part of the source, the Markdown that was written, what was
left out, what was added. What comes out: the words that are missing. The Markdown is read here by
its signs alone, apart from everything that wrote it.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.parsing.scripts import WORD
from qmstool.unseen import COMPARED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_TAG = re.compile(r"<(/?)(table|tr|th|td|br|strong|em|del|sup|sub|img)\b([^<>]*)>")
_LINK = re.compile(r"(?<!\\)\]\((?:[^()\s]*)\)")
_NOTE = re.compile(r"(?<!\\)\[\^\d+\]:?")
_ALT = re.compile(r'alt="([^"]*)"')
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_INLINE_TAGS = {"strong", "em", "del", "sup", "sub"}
_KEPT = 0xE000  # escaped signs wait here while the bare ones go


@dataclass(frozen=True, slots=True)
class Account:
    """How many words a source has, how many are in files, left out and missing."""

    source: int
    placed: int
    left_out: int
    missing: tuple[str, ...]
    extra: tuple[str, ...]


def words(text: str) -> list[str]:
    """Return the words of a text: runs of letters and digits, composed."""
    clean = unicodedata.normalize("NFC", text).translate(COMPARED)
    return WORD.findall(clean)


def markdown_words(text: str) -> list[str]:
    """Return the words that a Markdown text shows."""
    text = _ESCAPED.sub(lambda sign: chr(_KEPT + ord(sign[1])), text)
    text = _NOTE.sub("", text)
    text = _LINK.sub("", text)
    text = _TAG.sub(_shown_of_tag, text)
    text = re.sub(r"[*`~]", "", text)
    text = html.unescape(text)
    return words("".join(_freed(letter) for letter in text))


def _freed(letter: str) -> str:
    """Return the sign that waits as a letter of the private area."""
    place = ord(letter) - _KEPT
    return chr(place) if 0 <= place < 128 else letter  # noqa: PLR2004 (ASCII)


def _shown_of_tag(tag: re.Match[str]) -> str:
    if tag[2] in _INLINE_TAGS:
        return ""
    alt = _ALT.search(tag[3])
    return f" {alt[1]} " if alt else " "


def account(
    raw: Iterable[str],
    placed: Iterable[str],
    left_out: Iterable[str],
    added: Iterable[str],
    converted: Sequence[tuple[str, str]] = (),
) -> Account:
    """Return the account of a source.

    `added`: what the text has besides; `converted`: words as kept and as read, where these differ.
    Where a word is cut by something left out in its middle, words differ and letters do not: then
    nothing is missing.
    """
    source = _counted(raw)
    there = Counter[str]()
    for text in placed:
        there.update(markdown_words(text))
    gone, more = _counted(left_out), _counted(added)
    kept, shown = (_counted(pair[side] for pair in converted) for side in (0, 1))
    missing = source + more + shown - there - gone - kept
    extra = there + gone + kept - source - more - shown
    if _letters(missing) == _letters(extra):
        missing, extra = Counter(), Counter()
    return Account(
        source=source.total(),
        placed=source.total() - gone.total() - missing.total(),
        left_out=gone.total(),
        missing=tuple(missing.elements()),
        extra=tuple(extra.elements()),
    )


def _counted(texts: Iterable[str]) -> Counter[str]:
    counted = Counter[str]()
    for text in texts:
        counted.update(words(text))
    return counted


def _letters(counted: Counter[str]) -> Counter[str]:
    letters = Counter[str]()
    for word, times in counted.items():
        for letter in word:
            letters[letter] += times
    return letters
