"""Tell what files left out when they were read: lines that could not be, and keys not there.

In: a manual with the problems met in reading it. Out: for a name, key or entry that somebody
misses, the problem that may be why; a name is looked for in the words of the lines left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from qmstool.findings import Location, Violation
from qmstool.frozen import replace
from qmstool.manual.releases import RELEASE_PATH
from qmstool.parsing.source import MERGE_MARKER
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from qmstool.findings import LoadError
    from qmstool.manual.model import Manual
    from qmstool.parsing.yaml.nodes import LocatedText

_MERGE_MARKER = regex(r"^(?:<{7}|={7}|>{7})(?: .*)?$", re.MULTILINE)
_WORD = regex(r"\w+")


class LostLines:
    """What one manual's files left out."""

    def __init__(self, manual: Manual) -> None:
        self.manual = manual
        self._words_by_path: dict[str, str] = {}
        # Problems for which something of a file was left out, or a key is not there; by the path
        # of the problem.
        self._met: dict[str, list[LoadError]] = {}
        # Problems for which something of a file was left out, or the merge marker that made them;
        # by the path of what was left out.
        self._lost: dict[str, list[LoadError]] = {}
        for problem in manual.problems:
            if problem.lost_location is not None or problem.slug == "missing-key":
                self._met.setdefault(problem.violation.location.path, []).append(problem)
            if problem.lost_location is not None:
                self._lost.setdefault(problem.lost_location.path, []).append(self._root(problem))
        self.broken = frozenset(self._lost)

    @cached_property
    def _markers(self) -> Mapping[str, tuple[int, ...]]:
        """Lines by which git parts two versions of a passage, by path: `merge-marker` has them."""
        lines_by_path = {}
        for path, source in self.manual.sources.items():
            if not source.holds(MERGE_MARKER):
                continue
            markers = _MERGE_MARKER.finditer(source.text)
            lines = tuple(source.line_and_column(marker.start())[0] for marker in markers)
            if lines:
                lines_by_path[path] = lines
        return lines_by_path

    @cached_property
    def mended_lines(self) -> Mapping[str, frozenset[int]]:
        """Lines read as they were meant, not as they stand, and markers of a merge; by path."""
        lines_by_path = {path: set(lines) for path, lines in self._markers.items()}
        for problem in self.manual.problems:
            if problem.slug == "broken-yaml" and problem.lost_location is not None:
                lines = range(problem.lost_location.line, problem.lost_location.end_line + 1)
                lines_by_path.setdefault(problem.lost_location.path, set()).update(lines)
        return {path: frozenset(lines) for path, lines in lines_by_path.items()}

    def _root(self, problem: LoadError) -> LoadError:
        """Return the problem, or the merge marker that made it: that is what is reported."""
        path = problem.violation.location.path
        lines = self._markers.get(path)
        if problem.slug != "broken-yaml" or not lines:
            return problem
        marker = Violation(Location(path, lines[0], 1, lines[0], 1))
        slug = "recorded-twice" if RELEASE_PATH.fullmatch(path) else "merge-marker"
        return replace(problem, slug=slug, violation=marker)

    def damaged_entries(
        self, keys: Collection[LocatedText], about: str | None = None
    ) -> Mapping[str, LoadError]:
        """Return the entries of which something was not read as it stands, each with why.

        `keys` are the keys of the entries of one mapping. `about` is the key within an entry that
        somebody misses: what certainly concerns another one is no reason.
        """
        path = next((mark.source.path for mark in keys), "")
        problems = self._met.get(path, ())
        if not problems:
            return {}
        starts = []
        for mark in keys:
            place = mark.location
            starts.append((place.line, place.column, mark.text))
        starts.sort()
        reasons: dict[str, LoadError] = {}
        for problem in problems:
            place = problem.violation.location
            following = bisect_right(starts, (place.line, place.column, "\uffff"))
            if following and may_explain(problem, about):
                reasons.setdefault(starts[following - 1][2], problem)
        return reasons

    def first_problem(self, path: str, names: Collection[str] = ()) -> LoadError | None:
        """Return the first problem for which something of a file was left out.

        With `names`, the first on whose lines one of them stands.
        """
        for problem in self._lost.get(path, ()):
            if not names:
                return problem
            words = self._words_of_lines(path, problem)
            if any(stands_in(name, words) for name in names):
                return problem
        return None

    def _words_of_lines(self, path: str, problem: LoadError) -> str:
        """Return the words of the lines that a problem left out."""
        source, lost = self.manual.sources.get(path), problem.lost_location
        if source is None or lost is None:
            return ""
        lines = [source.line(line) for line in range(lost.line, lost.end_line + 1)]
        return bare_words("\n".join(lines))

    def first_reason(self, path: str, key: str) -> LoadError | None:
        """Return the first problem of a document's data that may be why a key is not there."""
        for problem in self._lost.get(path, ()):
            if may_explain(problem, key):
                return problem
        return None

    @cached_property
    def first(self) -> LoadError | None:
        """The first problem for which something of any file was left out."""
        for problems in self._lost.values():
            return problems[0]
        return None

    @cached_property
    def in_releases(self) -> tuple[LoadError, ...]:
        """The problems for which something of a release was left out."""
        problems: list[LoadError] = []
        for path in self._lost:
            if RELEASE_PATH.fullmatch(path):
                problems += self._lost[path]
        return tuple(problems)

    def record(self, path: str, name: str) -> bool:
        """Whether a name is missing because the register at `path` is broken or empty."""
        source = self.manual.sources.get(path)
        if source is not None and not source.text.strip():
            return True
        return path in self.broken and stands_in(name, self.words(path))

    def words(self, path: str) -> str:
        """Return the words of a file that were left out."""
        if path not in self._words_by_path:
            source = self.manual.sources.get(path)
            places = [
                problem.lost_location
                for problem in self._lost.get(path, ())
                if problem.lost_location
            ]
            text = "\n".join([source.words_at(place) for place in places]) if source else ""
            self._words_by_path[path] = bare_words(text)
        return self._words_by_path[path]


def may_explain(problem: LoadError, key: str | None) -> bool:
    """Whether a problem may be why a key of its entry is not there; of None, any key."""
    values = problem.violation.values
    if key is None or problem.slug == "broken-yaml":
        return True
    if problem.slug == "unknown-key":
        return problem.violation.suggestion in {None, key} or bool(values.get("slip"))
    return values.get("key") == key


def bare_words(text: str) -> str:
    """Return a text as its bare words, so that «QT-BIS-01» and «"QT BIS 01"» read alike."""
    return " ".join(_WORD.findall(text.casefold().replace("_", " ")))


def stands_in(name: str, words: str) -> bool:
    """Whether a name stands in bare words, as whole words."""
    return bool(words) and f" {bare_words(name)} " in f" {words} "
