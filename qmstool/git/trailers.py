"""Read the trailers of a commit's message («Reason: …») as `git interpret-trailers` does. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Trailer = tuple[str, str]
# trailer.c: a key is ASCII letters, digits and hyphens; blanks may stand between it and the colon.
_TRAILER = re.compile(r"([A-Za-z0-9-]+)[ \t]*:(.*)")
_OF_GIT = ("Signed-off-by: ", "(cherry picked from commit ")
# Where one of these stands, a paragraph is made of trailers if a quarter of its lines are.
_SHARE = 3
_DIVIDER = re.compile(r"^---(?:\s.*)?$", re.MULTILINE)
_SQUASHED_BY_GIT = "Squashed commit of the following:"
_SQUASHED_BY_FORGE = re.compile(r"(?:(?<=\n\n)|\A)(?=\* \S)")


def read_trailers(message: str) -> tuple[Trailer, ...]:
    """Return key and value of each trailer of a message, in order.

    They stand in the last paragraph, before a line `---` if there is one. A squash holds several
    messages; each has its own at its end, whatever paragraphs of trailers the forge put behind.
    """
    text = message.replace("\r\n", "\n")
    parts = _split_squash(text)
    if len(parts) > 1:
        trailers: list[Trailer] = []
        for part in parts:
            trailers += _closing_trailers(part)
        return tuple(trailers)
    read = _last_trailers(text)
    if not read and _DIVIDER.search(text):
        read = _last_trailers(_DIVIDER.split(text, maxsplit=1)[0])
    return tuple(read)


def _split_squash(text: str) -> list[str]:
    """Return the messages that a squash put together; the text alone where it is none.

    A forge begins each with `* `; `git merge --squash` indents them below the head of a commit.
    """
    if _SQUASHED_BY_GIT in text:
        head, _, rest = text.partition(_SQUASHED_BY_GIT)
        own = re.split(r"^commit [0-9a-f]{40,64}\n(?:\w+: .*\n)*", rest, flags=re.MULTILINE)
        return [head, *(re.sub(r"^ {4}", "", part, flags=re.MULTILINE) for part in own)]
    return _SQUASHED_BY_FORGE.split(text)


def _closing_trailers(text: str) -> list[Trailer]:
    """Return the trailers of all paragraphs at the end that hold trailers."""
    collected: list[Trailer] = []
    for paragraph in reversed(_paragraphs(text)[1:]):
        trailers = _trailers_of(paragraph)
        if not trailers:
            break
        collected = trailers + collected
    return collected


def _last_trailers(text: str) -> list[Trailer]:
    """Return the trailers of the last paragraph, which is not the first: that is the title."""
    paragraphs = _paragraphs(text)
    return _trailers_of(paragraphs[-1]) if len(paragraphs) > 1 else []


def _paragraphs(text: str) -> list[list[str]]:
    """Return the lines of each paragraph, without comments: git leaves those out of a message."""
    paragraphs: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line.strip():
            paragraphs[-1].append(line.rstrip())
        elif paragraphs[-1]:
            paragraphs.append([])
    return [lines for lines in paragraphs if lines]


def _trailers_of(lines: Sequence[str]) -> list[Trailer]:
    """Return the trailers of a paragraph; none where git would not take it for one of trailers."""
    kept = [line for line in lines if not line.startswith("#")]
    counted, others = _count(kept)
    known = any(line.startswith(_OF_GIT) for line in kept)
    if not counted or (others and not (known and counted * _SHARE >= others)):
        return []
    return list(_read(kept))


def _count(lines: Sequence[str]) -> tuple[int, int]:
    """Return how many lines are trailers, and how many are neither those nor their folded rest."""
    counted = others = 0
    belongs = False
    for line in lines:
        if line[0] in " \t":
            others += not belongs
            continue
        belongs = line.startswith(_OF_GIT) or bool(_TRAILER.match(line))
        counted += belongs
        others += not belongs
    return counted, others


def _read(lines: Sequence[str]) -> Iterator[Trailer]:
    """Yield the trailers of some lines; a line that begins with a blank continues the one above."""
    key = value = ""
    for line in lines:
        if line[0] in " \t":
            value = f"{value} {line.strip()}" if key else ""
            continue
        if key:
            yield key, value.strip()
        trailer = _TRAILER.match(line)
        key, value = (trailer[1], trailer[2].strip()) if trailer else ("", "")
    if key:
        yield key, value.strip()
