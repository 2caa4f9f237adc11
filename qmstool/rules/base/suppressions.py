"""Find the comments that suppress a rule where they stand.

In Markdown a comment covers the next block or its own line, in YAML its own or the next line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.parsing.suppressions import parse_comment
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qmstool.findings import Location
    from qmstool.manual.model import Manual
    from qmstool.manual.text_files import TextFile
    from qmstool.parsing.source import SourceFile

# It begins with its sign, for a pattern that begins with what stands before is tried everywhere.
_COMMENT = regex(r"#(?<![^ \t\n]#)(?P<words>[ \t]*qms[^\n]*)$", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Suppression:
    """A rule suppressed from the `first` to the `last` line of a file, with the reason.

    `location` is where the comment names the rule. A comment that could not be understood has no
    `slug`; `location` is then the whole comment, and `words` is what it says.
    """

    slug: str
    reason: str
    location: Location
    first: int
    last: int
    words: str = ""


def find_suppressions(manual: Manual, ids: Mapping[str, str]) -> Iterator[Suppression]:
    """Yield the suppressions of every file of a manual.

    A comment may call a rule by its id; `ids` maps each id to its slug.
    """
    for document in manual.documents.values():
        for file in document.files:
            if _may_hold_any(file.source, file.body):
                yield from _in_markdown(file, ids)
                yield from _in_yaml(file.source, file.body, ids)
    for path, source in manual.sources.items():
        if path.endswith(".yml") and _may_hold_any(source, len(source.text)):
            yield from _in_yaml(source, len(source.text), ids)


def slug_of(name: str, ids: Mapping[str, str]) -> str:
    """Return the slug of a rule that is called by its id or slug, in any case; else the name."""
    return ids.get(name.upper()) or name.lower()


def _may_hold_any(source: SourceFile, yaml_end: int) -> bool:
    """Tell quickly whether a file may speak of a rule; its YAML ends at `yaml_end`."""
    if not (source.holds("qms") or source.holds("QMS")):
        return False
    return "<" in source.text or source.text.find("#", 0, yaml_end) >= 0


def _in_markdown(file: TextFile, ids: Mapping[str, str]) -> Iterator[Suppression]:
    """Yield the suppressions of Markdown, as the scanner read them."""
    source = file.source
    for comment in file.page.allowances:
        first, _ = source.line_and_column(comment.covers_start)
        last, _ = source.line_and_column(comment.covers_end)
        words = ""
        if not comment.slug:
            words = source.text[comment.start : comment.end]
            words = words.removeprefix("<!--").removesuffix("-->")
        yield Suppression(
            slug_of(comment.slug, ids),
            comment.reason,
            source.locate(comment.start, comment.end),
            first,
            last,
            words,
        )


def _in_yaml(source: SourceFile, end: int, ids: Mapping[str, str]) -> Iterator[Suppression]:
    """Yield the suppressions of the YAML that ends at `end`."""
    for comment in _COMMENT.finditer(source.text, 0, end):
        parsed = parse_comment(source.text, *comment.span("words"))
        if parsed is None:
            continue
        line = _covered_line(source, source.line_and_column(comment.start("words"))[0])
        if not parsed.rules:
            place = source.locate(comment.start("words") - 1, comment.end())
            words = comment["words"]
            yield Suppression("", parsed.reason, place, line, line, words)
        for name, name_start, name_end in parsed.rules:
            place = source.locate(name_start, name_end)
            yield Suppression(slug_of(name, ids), parsed.reason, place, line, line)


def _covered_line(source: SourceFile, line: int) -> int:
    """Return the line that a comment covers: its own, or the next that holds more than comments."""
    if source.line(line).partition("#")[0].strip():
        return line
    line += 1
    while source.line(line).lstrip().startswith("#"):
        line += 1
    return line
