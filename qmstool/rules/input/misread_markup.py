"""Find what looks like markup in a text and is shown as words, or hides them.

`page.slips` tells what the parser's tree shows; what is asked here besides is tags that a text
processor left, and which underlined sentences were no titles. Each finder takes one file and yields
what it found: the cause, a key of `rendering.WHY`, where it stands, and the values of the text that
explains it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import NamedTuple
from qmstool.patterns import regex
from qmstool.rules.base.file_answers import any_question

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qmstool.manual.text_files import TextFile
    from qmstool.parsing.markdown.slips import Slip
    from qmstool.rules.base.text.prose_text import Writing


class Misread(NamedTuple):
    """A stretch of a text that the page shows otherwise than it was typed, and why."""

    cause: str
    start: int
    end: int
    values: Mapping[str, str] = {}


_SENTENCE_ENDS = (".", ":", ";", ",")
_OFFICE = regex(r"</?[ovw]:\w+|\bclass=[\"']?Mso\w*|\bstyle=[\"'][^\"'\n]*mso-")
# One of them stands in every such tag, and is found sooner than a tag is not.
_OFFICE_SIGNS = ("Mso", "mso-", "o:", "v:", "w:")
# Slips that rules of their own tell, and `underlined`, which is asked of headings here.
TOLD_ELSEWHERE = frozenset(
    {"underlined", "id-twice", "footnote-missing", "footnote-twice", "footnote-unused"}
)


def _find_office_tags(file: TextFile) -> Iterator[Misread]:
    """Find the first tag of a text processor."""
    text = file.source.text
    if "<" in text and any(sign in text for sign in _OFFICE_SIGNS):
        tag = _OFFICE.search(text, file.body)
        if tag is not None:
            yield Misread("office", *tag.span())


def _find_slips(file: TextFile) -> Iterator[Misread]:
    """Find what the parser reads otherwise than was meant, less what rules of its own tell."""
    source = file.source
    last_closing: dict[int, int] = {}
    for slip in file.page.slips:
        if slip.cause in TOLD_ELSEWHERE:
            continue
        cause: str = slip.cause
        if cause == "link-open":
            line = source.line_and_column(slip.end)[0]
            if line not in last_closing:  # of a line it is looked for once, however many it has
                end = _line_end(source.text, slip.end)
                last_closing[line] = source.text.rfind(")", slip.end, end)
            cause = _open_link(source.text, slip, last_closing[line])
        yield Misread(cause, *slip[:2], slip.values)


def _open_link(text: str, slip: Slip, last_closing: int) -> str:
    """Return the cause of a link that was not read, told apart by what stands around it.

    `last_closing`: where the last bracket of its line closes.
    """
    if text[slip.end - 2] in " \t":
        return "link-blank"
    return "link-spaces" if last_closing >= slip.end else slip.cause


def _line_end(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    return end if end >= 0 else len(text)


def _find_underlined(file: TextFile) -> Iterator[Misread]:
    """Find sentences that a line of hyphens below makes headings of."""
    text = file.source.text
    headings = file.page.headings
    if headings and "<<<<<<<" in text:
        return
    for heading in headings:
        if text.find("\n", heading.start, heading.line_end - 1) < 0:
            continue
        words = text[heading.start : heading.end]
        if "\n" in words or words.endswith(_SENTENCE_ENDS):
            yield Misread("underlined", heading.start, heading.end)


@any_question
def misread_passages(writing: Writing) -> tuple[Misread, ...]:
    """Return the passages of a file that the page shows otherwise than they were typed."""
    file = writing.file
    if "not-utf8" in file.source.flaws:
        return ()
    return *_find_slips(file), *_find_underlined(file), *_find_office_tags(file)
