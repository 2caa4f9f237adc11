"""Say what a reader sees of a text, as its pages and papers show it: words and numbers of lists.

What goes in: a text's bytes. What comes out: what is compared with another text's. Two texts that
differ in a comment alone are one where nothing shows the comment, and where it hides nothing and
shows nothing that it did not before.
"""

from __future__ import annotations

from qmstool.parsing.yaml.composer import find_front_matter
from qmstool.rendering import Renderer
from qmstool.sanitizing.html_reader import HtmlReader

# A comment parts a paragraph or a list in two; which they are says nothing of their words.
_PARTED = frozenset({"p", "ul", "ol", "br", "div", "span"})


def shown(text: bytes) -> tuple[str, ...]:
    """Return the head of a text as it is written, then what a reader sees of the rest, in order."""
    words = text.decode("utf-8", errors="replace")
    front = find_front_matter(words)
    start = front[2] if front else 0
    reader = _Reader()
    reader.feed(Renderer("vi").render_plain(words, start, title="", notes=""))
    reader.close()
    return words[:start], *reader.seen()


class _Reader(HtmlReader):
    """Collects the words of clean HTML, its elements, and the number before each item of a list."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[str] = []
        self._numbers: list[int | None] = []

    def seen(self) -> list[str]:
        """Return what was collected, blanks and line ends all alike."""
        return "".join(self._parts).split()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element, and count the items of a list."""
        said = dict(attrs)
        if tag in {"ol", "ul"}:
            self._numbers.append(_number(said.get("start"), 1) if tag == "ol" else None)
        elif tag == "li" and self._numbers:
            number = self._numbers[-1]
            if number is not None:
                number = _number(said.get("value"), number)
                self._numbers[-1] = number + 1
            self._parts.append(f" <{number or '•'}> ")
        elif tag not in _PARTED:
            more = " ".join(value or "" for _, value in attrs)
            self._parts.append(f" <{tag} {more}> ")
        else:
            self._parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """Note where an element ends."""
        if tag in {"ol", "ul"} and self._numbers:
            self._numbers.pop()
        self._parts.append(" " if tag in _PARTED or tag == "li" else f" </{tag}> ")

    def handle_data(self, data: str) -> None:
        """Collect words."""
        self._parts.append(data)


def _number(written: str | None, otherwise: int) -> int:
    """Return the number that a list or an item says it has."""
    try:
        return int(written or "")
    except ValueError:
        return otherwise
