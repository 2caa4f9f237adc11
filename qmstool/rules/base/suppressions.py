"""Where the text beside a finding silences a rule: comments in Markdown for the next block or their line, in YAML for a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.parsing.suppressions import parse_comment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qmstool.findings import Location
    from qmstool.manual.documents import TextFile
    from qmstool.manual.model import Manual
    from qmstool.parsing.source import SourceFile

_COMMENT = re.compile(
    r"(?P<before>^[ \t]*|[ \t])#(?P<words>[ \t]*qms[^\n]*)$", re.MULTILINE | re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Allowed:
    """A rule silenced from `first` to `last` line of a file, and why; `location` is the place of the rule's name.

    A comment that could not be understood has no `slug`; `location` is its own place, and `words` what it says.
    """

    slug: str
    reason: str
    location: Location
    first: int
    last: int
    words: str = ""


def allowances(manual: Manual, ids: Mapping[str, str]) -> Iterator[Allowed]:
    """Every allowance of every file of a manual; a rule may be called by its id, which `ids` turn into its slug."""
    for document in manual.documents.values():
        for file in document.files:
            if _speaks(file.source, file.body):
                yield from _blocks(file, ids)
                yield from _comments(file.source, file.body, ids)
    for path, source in manual.sources.items():
        if path.endswith(".yml") and _speaks(source, len(source.text)):
            yield from _comments(source, len(source.text), ids)


def slug_of(name: str, ids: Mapping[str, str]) -> str:
    """The slug of a rule that somebody calls by its id or its slug, in any case; any other name as it is."""
    return ids.get(name.upper()) or name.lower()


def _speaks(source: SourceFile, end: int) -> bool:
    """Whether comments may speak of a rule: of Markdown anywhere, of YAML before `end`."""
    # One sign is found ten times sooner than three.
    commented = "<" in source.text or source.text.find("#", 0, end) >= 0
    return commented and ("qms" in source.text or "QMS" in source.text)


def _blocks(file: TextFile, ids: Mapping[str, str]) -> Iterator[Allowed]:
    """The allowances of Markdown, as the scanner read them."""
    source = file.source
    for each in file.page.allowances:
        first, last = (
            source.line_and_column(each.covers_start)[0],
            source.line_and_column(each.covers_end)[0],
        )
        words = (
            ""
            if each.slug
            else source.text[each.start : each.end].removeprefix("<!--").removesuffix("-->")
        )
        yield Allowed(
            slug_of(each.slug, ids),
            each.reason,
            source.locate(each.start, each.end),
            first,
            last,
            words,
        )


def _comments(source: SourceFile, end: int, ids: Mapping[str, str]) -> Iterator[Allowed]:
    """The allowances of YAML text: on a line of its own each covers the next line that is no comment, else the line it ends."""
    for found in _COMMENT.finditer(source.text, 0, end):
        words = parse_comment(source.text, *found.span("words"))
        if words is None:
            continue
        line = source.line_and_column(found.start("words"))[0]
        if not source.line(line).partition("#")[0].strip():
            line += 1
            while source.line(line).lstrip().startswith("#"):
                line += 1
        place = found.start("words") - 1, found.end()
        for name, *span in words.rules or (("", *place),):
            unclear = "" if name else found["words"]
            yield Allowed(
                slug_of(name, ids), words.reason, source.locate(*span), line, line, unclear
            )
