"""Read a Word file that came back: its text, what names it, who changed it, what they remarked.

What goes in: the bytes of a file. What comes out: a `ReturnedFile`; tracked changes are accepted or
rejected in its text, and told with their authors. Nothing it says of people is evidence.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.importing.files import converting
from qmstool.importing.returning.result import Editor
from qmstool.importing.word.changes import change_marks, words_of
from qmstool.importing.word.package import Package
from qmstool.importing.word.reader import read_word
from qmstool.importing.word.xml import W, value
from qmstool.releases.exported import read_bookmarks, read_keywords

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.importing.blocks import Source
    from qmstool.importing.word.xml import Element
    from qmstool.releases.exported import ExportedText

OWN_COMMENTS = "qmstool"  # initials of the reasons that `export docx --compare` writes
_DAY = 10  # letters of an ISO day
_TEXTS = ("footnotes", "endnotes", "header", "footer")


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """A Word file that came back.

    `named`: the text that it was exported from, None where its properties do not say; `code`: the
    check code in a bookmark, ""; `saved_on`: ISO day; `comments`: who and what.
    """

    source: Source
    named: ExportedText | None
    code: str
    editors: tuple[Editor, ...]
    saved_by: str
    saved_on: str
    comments: tuple[tuple[str, str], ...]

    @property
    def header(self) -> str:
        """The words of its page headers."""
        blocks = [block.text for _, part in self.source.headers for block in part]
        return "\n".join(blocks)


def read_returned(data: bytes, name: str, *, reject: bool) -> ReturnedFile:
    """Read a file; `reject`: tracked changes are rejected in its text. Raises QmsError."""
    suffix = PurePosixPath(name).suffix.casefold()
    if suffix in converting.SUFFIXES:
        data = converting.convert(data, name)
    package = Package(data, name)
    properties = _properties(package)
    body = package.root(package.main)
    texts = [package.main, *(path for kind in _TEXTS for path in package.parts(kind))]
    editors = _editors(mark for path in texts for mark in change_marks(package.root(path)))
    return ReturnedFile(
        source=read_word(data, name, changes="reject" if reject else "accept"),
        named=read_keywords(properties.get("keywords", "")),
        code=read_bookmarks(value(mark, "name") for mark in body.iter(W + "bookmarkStart")),
        editors=editors,
        saved_by=properties.get("lastModifiedBy", ""),
        saved_on=properties.get("modified", "")[:_DAY],
        comments=tuple(_comments(package)),
    )


def _properties(package: Package) -> dict[str, str]:
    """Return the core properties, by the local names of their elements."""
    path = next((path for path in package.files if path.endswith("core.xml")), "")
    if not path:
        return {}
    root = package.root(path)
    return {child.tag.rpartition("}")[2]: (child.text or "").strip() for child in root}


def _editors(marks: Iterator[Element]) -> tuple[Editor, ...]:
    """Return who tracked changes, those with most first."""
    counts: Counter[str] = Counter()
    days: defaultdict[str, set[str]] = defaultdict(set)
    for mark in marks:
        name = value(mark, "author")
        counts[name] += 1
        day = value(mark, "date")[:_DAY]
        if day:
            days[name].add(day)
    return tuple(
        Editor(name, count, tuple(sorted(days[name]))) for name, count in counts.most_common()
    )


def _comments(package: Package) -> Iterator[tuple[str, str]]:
    for path in package.parts("comments"):
        for comment in package.root(path):
            words = " ".join(words_of(comment).split())
            if words and value(comment, "initials") != OWN_COMMENTS:
                yield value(comment, "author"), words
