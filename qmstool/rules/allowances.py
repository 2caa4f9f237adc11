"""Where the text beside a finding silences a rule: comments in Markdown for the next block, in YAML for the next line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.findings import Location
    from qmstool.model import Manual, TextFile
    from qmstool.sources.text import Source

_COMMENT = re.compile(
    r"^[ \t]*#[ \t]*qms:[ \t]*allow[ \t]+(?P<slug>[\w-]+)(?:[ \t]*,?[ \t]*(?:because|vì)[ \t]+(?P<reason>\S.*?))?[ \t]*$",
    re.MULTILINE,
)
_BARE = re.compile(r"^<!--\s*qms:\s*allow\s+(?P<slug>[\w-]+)\s*(?:,?\s*(?:because|vì)\s*)?-->", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Allowed:
    """A rule silenced from `first` to `last` line of a file, and why; `location` is the place of the rule's name."""

    slug: str
    reason: str
    location: Location
    first: int
    last: int


def allowances(manual: Manual) -> Iterator[Allowed]:
    """Every allowance of every file of a manual."""
    for document in manual.documents.values():
        for file in document.files:
            if "qms:" in file.source.text:
                yield from _blocks(file)
                yield from _comments(file.source, file.body)
    for path, source in manual.sources.items():
        if path.endswith(".yml") and "qms:" in source.text:
            yield from _comments(source, len(source.text))


def _blocks(file: TextFile) -> Iterator[Allowed]:
    """The allowances of Markdown, as the scanner read them, and those without a reason, which it does not take for any."""
    for each in file.page.allowances:
        first, last = file.source.point(each.covers_start)[0], file.source.point(each.covers_end)[0]
        yield Allowed(each.slug, each.reason, file.source.locate(each.start, each.end), first, last)
    for found in _BARE.finditer(file.source.text, file.body):
        line = file.source.point(found.start())[0]
        yield Allowed(found["slug"], "", file.source.locate(*found.span("slug")), line, line)


def _comments(source: Source, end: int) -> Iterator[Allowed]:
    """The allowances of YAML text; each covers the next line that is not itself a comment."""
    for found in _COMMENT.finditer(source.text, 0, end):
        line = source.point(found.start("slug"))[0] + 1
        while source.line(line).lstrip().startswith("#"):
            line += 1
        yield Allowed(found["slug"], found["reason"] or "", source.locate(*found.span("slug")), line, line)
