"""Follow documents by the codes that their texts bear, whatever git made of their moves.

Git guesses a move from likeness. A document rewritten while it was moved looks deleted and added;
of two alike, one dropped and one new look like a move; two that change places look edited. What a
document is, its code says. What goes in: lives as the log gives them, and the code of each text.
What comes out: lives again, cut where a text turned into another document's, joined where one
document goes on. Texts without a code keep the lives that git gave them. Pure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from qmstool.git.commits import RawChange

# The data of a document stand at its head; no author's head is longer.
_HEAD_BYTES = 8192
_CODE = re.compile(rb"^code:[ \t]*([^\r\n#]+)", re.MULTILINE)
_START = re.compile(rb"\A(?:\xef\xbb\xbf)?---[ \t]*\r?\n")
_BETWEEN = re.compile(r"[\s._\-\"']+")


def read_code(text: bytes) -> str:
    """Return the code that a document's text bears, as it is compared; "" where it bears none."""
    start = _START.match(text)
    if not start:
        return ""
    head = text[start.end() : _HEAD_BYTES].partition(b"\n---")[0]
    code = _CODE.search(head)
    return _BETWEEN.sub("", code[1].decode("utf-8", "replace")).casefold() if code else ""


@dataclass(frozen=True, slots=True)
class _Step:
    """One change of a file, with the codes of its text before and after; "" where there is none."""

    raw: RawChange
    before: str
    after: str

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the documents that the change concerns."""
        return tuple({self.before, self.after} - {""})


def text_blobs(lives: Mapping[bytes, Sequence[RawChange]]) -> frozenset[str]:
    """Return the ids of all texts whose codes have to be known."""
    blobs: set[bytes] = set()
    for name, life in lives.items():
        if _is_text(name):
            for _, head, _, _ in life:
                blobs.update(head.split(b" ")[2:4])
    return frozenset(blob.decode("ascii") for blob in blobs if blob.strip(b"0"))


def _is_text(name: bytes) -> bool:
    return name.partition(b"\0")[0].endswith(b".md")


def follow_codes(
    lives: Mapping[bytes, Sequence[RawChange]], codes: Mapping[str, str]
) -> dict[bytes, list[RawChange]]:
    """Return lives by their names, each that of one document.

    `codes`: blob → code, of the texts that bear one. A document's life is named by the path that it
    has, or had last.
    """
    texts = {name: _steps(life, codes) for name, life in lives.items() if _is_text(name)}
    followed = {name: list(life) for name, life in lives.items() if name not in texts}
    renamed = _codes_set_right(texts)
    documents: dict[str, list[_Part]] = {}
    for name, steps in texts.items():
        for part in _cut(name, steps, renamed, texts):
            code = next((step.after or step.before for step in part.steps if step.codes), "")
            while code in renamed:
                code = renamed[code]
            documents.setdefault(code or f"\0{part.name!r}", []).append(part)
    for parts in documents.values():
        followed |= _join(parts)
    return followed


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of the life of one path, newest first."""

    name: bytes
    steps: list[_Step]

    @property
    def rank(self) -> tuple[bool, bool, int]:
        """What a document is called by, smallest first: a path it still has, then the newest."""
        newest = self.steps[0]
        is_gone = newest.raw[1].endswith(b" D") or (newest.before != "" and newest.after == "")
        return b"\0" in self.name, is_gone, newest.raw[0]


def _steps(life: Sequence[RawChange], codes: Mapping[str, str]) -> list[_Step]:
    steps = []
    for raw in life:
        _, _, old, new, *_ = raw[1].decode("ascii").split(" ")
        steps.append(_Step(raw, codes.get(old, ""), codes.get(new, "")))
    return steps


def _codes_set_right(texts: Mapping[bytes, Sequence[_Step]]) -> dict[str, str]:
    """Return old code → new code of documents whose code was set right where they stood.

    That is a change of one file in its place, when no other file bore the old code from then on,
    nor the new one until then. Commits are counted from the newest.
    """
    spans: dict[str, list[tuple[int, int, bytes]]] = {}
    turns = []
    for name, steps in texts.items():
        until = -1
        for step in steps:
            index, _, path, old_path = step.raw
            if step.after:
                spans.setdefault(step.after, []).append((until, index, name))
            if step.before and step.after and step.before != step.after and path == old_path:
                turns.append((index, name, step.before, step.after))
            until = index
    renamed: dict[str, str] = {}
    for index, name, before, after in sorted(turns, key=lambda turn: turn[0]):
        lived_on = any(until < index for until, _, other in spans.get(before, ()) if other != name)
        was_there = any(since >= index for _, since, other in spans.get(after, ()) if other != name)
        if not lived_on and not was_there:
            renamed.setdefault(before, after)
    return {old: new for old, new in renamed.items() if not _leads_back(renamed, old)}


def _leads_back(renamed: Mapping[str, str], code: str) -> bool:
    """Whether following new codes from one leads to it again: A became B, and B became A."""
    passed = {code}
    while code in renamed:
        code = renamed[code]
        if code in passed:
            return True
        passed.add(code)
    return False


def _cut(
    name: bytes, steps: Sequence[_Step], renamed: Mapping[str, str], names: Container[bytes]
) -> list[_Part]:
    """Part a life where its text turned into another document's; that change concerns both."""
    parts = [_Part(name, [])]
    for step in steps:
        parts[-1].steps.append(step)
        differs = step.before and step.after and step.before != step.after
        if differs and renamed.get(step.before) != step.after:
            index, _, path, old_path = step.raw
            is_free = path != old_path and old_path not in names
            old_name = old_path if is_free else b"%s\0%d" % (name.partition(b"\0")[0], index)
            parts.append(_Part(old_name, [_Step(step.raw, step.before, "")]))
    return parts


def _join(parts: Sequence[_Part]) -> dict[bytes, list[RawChange]]:
    """Return the life of a document from its parts; a second file that is there keeps its own."""
    first, *others = sorted(parts, key=lambda part: part.rank)
    lives = {}
    whole = dict.fromkeys(step.raw for step in first.steps)
    for part in others:
        beside, gone, _ = part.rank
        if beside or gone:
            whole |= dict.fromkeys(step.raw for step in part.steps)
        else:
            lives[part.name] = [step.raw for step in part.steps]
    lives[first.name] = sorted(whole, key=lambda raw: raw[0])
    return lives
