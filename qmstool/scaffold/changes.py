"""Hold a change that touches several files: new contents, files that move, and its diff."""

from __future__ import annotations

import posixpath
from bisect import bisect_left, insort
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from qmstool.frozen import dataclass
from qmstool.parsing.edits import Edit, apply_edits, stored_lines
from qmstool.parsing.matching import unified_lines
from qmstool.storage.tree import read_each
from qmstool.storage.whole_file import decode_to_change

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from qmstool.findings import Location
    from qmstool.references.model import Reference
    from qmstool.storage.beside import Beside
    from qmstool.storage.tree import Tree
    from qmstool.storage.whole_file import Refusal

_Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be written: path → text before and after; `moves`: old path → new path.

    A path is that before the move. The texts stand in the order of writing: where that is broken
    off, the command finds what is left to do if what it asks for is written last.
    """

    texts: Mapping[str, tuple[str, str]]
    moves: Mapping[str, str]

    @property
    def empty(self) -> bool:
        """Whether nothing would change."""
        return not self.texts and not self.moves

    def files(self) -> dict[str, str]:
        """Return path → text of the files to write, moved ones at their new place."""
        return {self.moves.get(path, path): after for path, (_, after) in self.texts.items()}


class Edits:
    """Collects edits by file; the same words are changed once."""

    def __init__(self) -> None:
        self._by_path: dict[str, dict[Location, str]] = {}
        # Where those of a file begin and end, in order: none of them overlaps another.
        self._spans: dict[str, list[tuple[_Point, _Point]]] = {}

    def add(self, place: Location, words: str) -> None:
        """Put words in a place; the first edit of overlapping ones stays."""
        spans = self._spans.setdefault(place.path, [])
        start, end = (place.line, place.column), (place.end_line, place.end_column)
        at = bisect_left(spans, (end,)) - 1
        if at < 0 or spans[at][1] <= start:
            self._by_path.setdefault(place.path, {})[place] = words
            insort(spans, (start, end))

    def apply(self, read: Callable[[str], bytes]) -> dict[str, tuple[str, str]]:
        """Return path → text before and after, of the files that change."""
        texts = {}
        for path, edits in sorted(self._by_path.items()):
            before = decode_to_change(path, read(path))
            after, _ = apply_edits(before, [Edit(place, words) for place, words in edits.items()])
            if after != before:
                texts[path] = before, after
        return texts


class TreeAfterChange:
    """A tree as it will be when a change is made."""

    def __init__(self, tree: Tree, change: Change) -> None:
        self._tree = tree
        self._change = change
        self._places = {change.moves.get(path, path): path for path in tree.list()}

    def list(self) -> tuple[str, ...]:
        """Return the paths."""
        return tuple(sorted(self._places))

    def read(self, path: str) -> bytes:
        """Return the bytes of a file. Raises KeyError where there is none."""
        before = self._places[path]
        changed = self._change.texts.get(before)
        return changed[1].encode() if changed else self._tree.read(before)

    def read_all(self, paths: Iterable[str]) -> dict[str, bytes]:
        """Return the bytes of those files that are there and may be read."""
        return read_each(self.read, paths)

    def refused(self) -> Mapping[str, Refusal]:
        """Return what may not be read, as before the change."""
        return self._tree.refused()

    def beside(self) -> tuple[Beside, ...]:
        """Return what lies beside the manual's folders, as before the change."""
        return self._tree.beside()


def lead_links(
    edits: Edits,
    links: Iterable[Reference],
    moves: Mapping[str, str],
    anchor: Callable[[Reference], str | None],
) -> None:
    """Lead links to files that move to their new place.

    `anchor` gives the new anchor of a link, None where it stays.
    """
    for link in links:
        if link.kind not in {"link", "image"}:
            continue
        path, sign, fragment = link.words.partition("#")
        folder = posixpath.dirname(link.file.path)
        target = posixpath.normpath(posixpath.join(folder, unquote(path))) if path else ""
        new_anchor = anchor(link) if fragment else None
        if target in moves:
            path = quote(posixpath.relpath(moves[target], folder or "."), safe="/-_.~")
        if new_anchor is not None:
            fragment = new_anchor
        words = path + sign + fragment
        if words != link.words:
            edits.add(link.location, words)


def unified_diff(change: Change) -> str:
    """Return a change as a unified diff, moved files with both names."""
    parts: list[str] = []
    for path, (before, after) in change.texts.items():
        new = change.moves.get(path, path)
        parts += unified_lines(stored_lines(before), stored_lines(after), (path, new), 1)
    for path, new in change.moves.items():
        if path not in change.texts:
            parts.append(f"rename from {path}\nrename to {new}\n")
    return "".join(parts)
