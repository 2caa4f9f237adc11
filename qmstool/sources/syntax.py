"""Data that cannot be read → the cause in one word and its place: where somebody slipped, not where the parser gave up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.findings import Fault, Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml import MarkedYAMLError

    from qmstool.sources.text import Source

# What PyYAML says → the cause that the rule's message names in plain words.
_CAUSES = (
    ("cannot start any token", "token"),
    ("found character '\\t'", "tab"),
    ("found a tab character", "tab"),
    ("mapping values are not allowed", "colon"),
    ("could not find expected ':'", "no-colon"),
    ("did not find expected key", "indent"),
    ("expected <block end>", "indent"),
    ("did not find expected '-' indicator", "indent"),
    ("block sequence entries are not allowed", "indent"),
    ("did not find expected ',' or", "bracket"),
    ("expected ',' or", "bracket"),
    ("while scanning a quoted scalar", "quote"),
    ("undefined alias", "alias"),
    ("found undefined alias", "alias"),
    ("but found another document", "second"),
)
# How many lines above the place where the parser gave up the slip may stand.
REACH = 3
_SPACES = re.compile(r"[ \t]*([\u00a0\u2000-\u200a\u202f\u3000]+)")
_JOINED = re.compile(r"[ \t]*(?:- )?(?P<said>(?P<key>[a-z][\w-]*):[^\s/:\"']\S*)[ \t]*\Z")
_OPENED = re.compile(r"(?:\A[ \t]*|[:,\[{-][ \t]+|[\[{])(\")[^\"]*\Z")
_QUOTED_TWICE = re.compile(r"[:-][ \t]+\"[^\"]*\"(?=[^\s,}\]#:])")
_VALUE = re.compile(r"(?P<head>[ \t]*(?:- )?[^\s:#\"'{\[][^:#\"'{\[]*:[ \t]+)(?P<value>[^\s\"'{\[|>&*#][^\n]*:[^\n]*\S)[ \t]*\Z")
_LAST_WORD = re.compile(r" [a-z_]+\Z")
_DASHES = re.compile(r"[ \t]*[-–—‐‑−]{1,6}[ \t]*\Z")
_KEY = re.compile(r"^(?:code|key|type|title)[ \t]*:", re.MULTILINE)
HEAD = 40


def syntax(source: Source, start: int, error: MarkedYAMLError) -> Problem:
    """Why YAML that begins at `start` could not be read, as a problem at the place to look at."""
    said = f"{error.context or ''} {error.problem or ''}"
    cause = next((name for words, name in _CAUSES if words in said), "other")
    mark = error.problem_mark or error.context_mark
    at = min(start + (mark.index if mark else 0), max(len(source.text) - 1, 0))
    opened = start + (error.context_mark.index if error.context_mark else 0)
    slip = _slip(source.text, start, at, opened) if cause not in {"alias", "second"} else None
    if slip is not None:
        return _problem(source, slip[0], slip[1], slip[2])
    related: tuple[Location, ...] = ()
    if error.context_mark and error.problem_mark and error.context_mark.line != error.problem_mark.line:
        related = (source.locate(opened, opened + 1),)
    if source.text[at : at + 1] == "\t" and cause == "token":
        cause = "tab"
    if cause == "bracket" and source.text[at : at + 1] == ":" and "\n" not in source.text[opened:at]:
        # {title: one: two} and {title: one owner: two}; on a later line it is the bracket that was forgotten
        cause = "comma" if _LAST_WORD.search(source.text, opened, at) else "colon"
    if cause == "bracket" and related and source.text[opened : opened + 1] in "[{":
        at, related = opened, (source.locate(at, at + 1),)
    suggestion = _quoted(source.text, at) if cause == "colon" else None
    return _problem(source, cause, at, at + 1, related, suggestion)


def _problem(
    source: Source, cause: str, start: int, end: int, related: tuple[Location, ...] = (), suggestion: str | None = None
) -> Problem:
    return Problem("broken-yaml", Fault(source.locate(start, end), {"cause": cause, "detail": ""}, suggestion, related))


def _slip(text: str, start: int, at: int, opened: int) -> tuple[str, int, int] | None:
    """Something that a person mistypes and a parser meets only later: cause, start, end."""
    first = text.rfind("\n", 0, max(min(opened, at), start)) + 1
    last = text.find("\n", at)
    lines = list(_lines(text, max(first, start), last if last >= 0 else len(text)))
    near = lines[-REACH:]
    for begin, line in near:
        if spaces := _SPACES.match(line):
            return "nbsp", begin + spaces.start(1), begin + spaces.end(1)
    if quote := _left_open(list(_lines(text, start, last if last >= 0 else len(text)))):
        return "quote", quote, quote + 1
    begin, line = lines[-1]
    if twice := _QUOTED_TWICE.search(line):
        return "quotes", begin + twice.end() - 1, begin + twice.end()
    for begin, line in near:
        if joined := _JOINED.match(line):
            return "blank", begin + joined.start("said"), begin + joined.end("said")
    return None


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    for line in text[start:end].split("\n"):
        yield start, line
        start += len(line) + 1


def _left_open(lines: list[tuple[int, str]]) -> int | None:
    """Where a quotation mark opens a value and no line after it closes one."""
    opening = None
    for begin, line in lines:
        odd = (line.count('"') - line.count('\\"')) % 2
        if odd:
            found = _OPENED.search(line)
            opening = begin + found.start(1) if found else None
    return opening


def _quoted(text: str, at: int) -> str | None:
    """The line of a value with a colon in it, with the value in quotation marks."""
    first = text.rfind("\n", 0, at) + 1
    last = text.find("\n", at)
    found = _VALUE.match(text[first : last if last >= 0 else len(text)])
    return f'{found["head"].strip()} "{found["value"]}"' if found and '"' not in found["value"] else None


def front_matter_slip(text: str) -> tuple[str, int, int, str]:
    """Why a document opens with no readable block of data: cause, the place to look at, and what belongs there."""
    empty = "---\ncode: \ntype: \ntitle: \n---"
    lines = list(_lines(text, 0, len(text)))[:HEAD]
    written = [(begin, line) for begin, line in lines if line.strip()]
    if not written or not _KEY.search(text[: lines[-1][0]]):
        return "none", 0, 0, empty
    begin, line = written[0]
    if line.rstrip() != "---":
        opens = bool(_DASHES.match(line))
        return "first" if opens else "fences", begin, begin + len(line) if opens else begin, "---"
    if begin:
        return "above", begin, begin + len(line.rstrip()), "---"
    for begin, line in written[1:]:
        if _DASHES.match(line):
            return "last", begin, begin + len(line), "---"
    return "open", 0, len(lines[0][1]), "---"
