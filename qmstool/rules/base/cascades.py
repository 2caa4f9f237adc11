"""Suppress cascading findings: report a broken file, not every name that it would have defined.

A name that nothing defines follows from another finding, and is none of its own, where

- it stands in the words of a file that could not be read and ought to define such names;
- it is the name of a document's file, while the document in it bears another code
  (`renamed-code` reports that);
- it is close to a code that does not fit its type's shape (`code-shape`);
- it is close to a clause number that is itself none (`clause-number`);
- it is a section of a document whose one-word code, just before it, has a slip (`misspelt-name`);
- it is an anchor or section of a file in which an anchor stands twice (`duplicate-anchor`);
- it is a section of the manual whose file, named after it, opens with no heading or with the number
  of another section (`section-without-heading`, `duplicate-section`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from qmstool.findings import Location, NotChecked, Violation
from qmstool.frozen import replace
from qmstool.manual.loading.releases import RELEASE_PATH
from qmstool.parsing.codes import fits_shape, fold_code
from qmstool.parsing.similar import nearest_name

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from qmstool.findings import LoadError
    from qmstool.manual.documents import Document, TextFile
    from qmstool.manual.model import Manual
    from qmstool.manual.standards import Catalogue
    from qmstool.parsing.markdown.headings import NamedHeading
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.references.model import Reference

# A code that is one word in capitals, such as STCL.
CAPITALS = re.compile(r"(?<!\w)[A-ZĐ]{4,}(?!\w)")
CLAUSE_NUMBER = re.compile(r"[A-Z0-9]+(?:\.\d+)*")
# How much of a Markdown file without readable front matter, in characters, may hold its code.
HEAD = 2000
# The slugs of what is reported of a file that should be a document and is none.
UNREAD = frozenset(
    {"no-front-matter", "broken-yaml", "missing-key", "unknown-key", "wrong-value", "not-utf8"}
)
# How far before a number, in characters, the code may stand that it is a section of.
REACH = 40
_MERGE_MARKER = re.compile(r"^(?:<{7}|={7}|>{7})(?: .*)?$", re.MULTILINE)
_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"\.\s|\x00")

MAIN = "manual/index.md"


class CascadeFilter:
    """What one manual's broken files ought to define."""

    def __init__(self, manual: Manual) -> None:
        self.manual = manual
        self._lost_words_by_path: dict[str, str] = {}
        # Problems for which something of a file was left out, or a key is not there; by the path
        # of the problem.
        self._met: dict[str, list[LoadError]] = {}
        # Problems for which something of a file was left out, or the merge marker that made them;
        # by the path of what was left out.
        self._lost: dict[str, list[LoadError]] = {}
        for problem in manual.problems:
            if problem.lost is not None or problem.slug == "missing-key":
                self._met.setdefault(problem.violation.location.path, []).append(problem)
            if problem.lost is not None:
                self._lost.setdefault(problem.lost.path, []).append(self._root(problem))
        self.broken = frozenset(self._lost)

    @cached_property
    def _markers(self) -> Mapping[str, tuple[int, ...]]:
        """Lines by which git parts two versions of a passage, by path: `merge-marker` has them."""
        lines_by_path = {}
        for path, source in self.manual.sources.items():
            if "<<<<<<<" not in source.text:
                continue
            markers = _MERGE_MARKER.finditer(source.text)
            lines = tuple(source.line_and_column(marker.start())[0] for marker in markers)
            if lines:
                lines_by_path[path] = lines
        return lines_by_path

    @cached_property
    def mended(self) -> Mapping[str, frozenset[int]]:
        """Lines read as they were meant, not as they stand, and markers of a merge; by path."""
        lines_by_path = {path: set(lines) for path, lines in self._markers.items()}
        for problem in self.manual.problems:
            if problem.slug == "broken-yaml" and problem.lost is not None:
                lines = range(problem.lost.line, problem.lost.end_line + 1)
                lines_by_path.setdefault(problem.lost.path, set()).update(lines)
        return {path: frozenset(lines) for path, lines in lines_by_path.items()}

    def _root(self, problem: LoadError) -> LoadError:
        """Return the problem, or the merge marker that made it: that is what is reported."""
        path = problem.violation.location.path
        lines = self._markers.get(path)
        if problem.slug != "broken-yaml" or not lines:
            return problem
        marker = Violation(Location(path, lines[0], 1, lines[0], 1))
        return replace(problem, slug="merge-marker", violation=marker)

    def hurt(
        self, keys: Collection[LocatedText], about: str | None = None
    ) -> Mapping[str, LoadError]:
        """Return the entries of which something was not read as it stands, each with why.

        `keys` are the keys of the entries of one mapping. `about` is the key within an entry that
        somebody misses: what certainly concerns another one is no reason.
        """
        starts = []
        for mark in keys:
            place = mark.location
            starts.append((place.line, place.column, mark.text))
        starts.sort()
        reasons: dict[str, LoadError] = {}
        path = next((mark.source.path for mark in keys), "")
        for problem in self._met.get(path, ()):
            place = problem.violation.location
            following = bisect_right(starts, (place.line, place.column, "\uffff"))
            if following and may_explain(problem, about):
                reasons.setdefault(starts[following - 1][2], problem)
        return reasons

    def document(self, name: str) -> bool:
        """Whether a document is missing because it could not be read, or bears another code."""
        if fold_code(name) in self.renamed or nearest_name(name, self._misshapen):
            return True
        return _stands_in(name, self._unread)

    def why(self, path: str, names: Collection[str] = ()) -> LoadError | None:
        """Return the first problem for which something of a file was left out.

        With `names`, the first on whose lines one of them stands.
        """
        for problem in self._lost.get(path, ()):
            if not names:
                return problem
            words = self._words_of_lines(path, problem)
            if any(_stands_in(name, words) for name in names):
                return problem
        return None

    def _words_of_lines(self, path: str, problem: LoadError) -> str:
        """Return the words of the lines that a problem left out."""
        source, lost = self.manual.sources.get(path), problem.lost
        if source is None or lost is None:
            return ""
        lines = [source.line(line) for line in range(lost.line, lost.end_line + 1)]
        return _bare_words("\n".join(lines))

    def about(self, path: str, key: str) -> LoadError | None:
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

    def behind(self, mark: LocatedText) -> NotChecked:
        """Return what is reported of a code that no document bears.

        That is the problem of the file that should bear it, or the code itself.
        """
        if self.document(mark.text):
            for problem in self.manual.problems:
                if problem.violation.location.path.endswith(".md") and problem.slug in UNREAD:
                    return NotChecked.of(problem)
        return NotChecked("unknown-code", mark.location)

    def record(self, path: str, name: str) -> bool:
        """Whether a name is missing because the register at `path` is broken or empty."""
        source = self.manual.sources.get(path)
        if source is not None and not source.text.strip():
            return True
        return path in self.broken and _stands_in(name, self._lost_words(path))

    def clause(self, catalogue: Catalogue, number: str) -> bool:
        """Whether a clause is missing because the catalogue mistypes it or could not be read."""
        if self.record(f"clauses/catalogues/{catalogue.key}.yml", number):
            return True
        return bool(nearest_name(number, misnumbered_clauses(catalogue)))

    def section(self, document: Document | None) -> bool:
        """Whether sections of a document may be missing because an anchor of it stands twice."""
        if document is None:
            return True
        if not self.doubled:
            return False
        return any(self.doubled.get(file.path) for file in document.files)

    def unheaded(self, number: str) -> bool:
        """Whether a section is missing because its file opens without its number."""
        return number in self._unheaded

    def stem(self, file: TextFile) -> str:
        """Return the number that a file of the manual is named after; "" where that is none."""
        stem = PurePosixPath(file.path).stem
        return stem if CLAUSE_NUMBER.fullmatch(stem) else ""

    @cached_property
    def _unheaded(self) -> frozenset[str]:
        """The numbers of files that open with no heading, or with another section's number."""
        main = self.manual.main
        if main is None:
            return frozenset()
        numbers = set()
        for file in main.files[1:]:
            heading = next(iter(file.page.headings), None)
            if heading is not None and heading.level == 1:
                same_number = main.by_number.get(heading.number) if heading.number else None
                if same_number is None or same_number.file is file:
                    continue
            numbers.add(self.stem(file))
        return frozenset(numbers - {""})

    def slip(self, word: str) -> str | None:
        """Return the one-word code in capitals that a word differs from in one letter.

        None for an abbreviation, and where several codes are as close.
        """
        if word in self._plain or word in self.manual.abbreviations:
            return None
        close = [code for code in self._plain if _differs_in_one(code, word)]
        return close[0] if len(close) == 1 else None

    def after_slip(self, reference: Reference) -> bool:
        """Whether a number is looked for in the wrong document: the code before it has a slip."""
        before = reference.file.page.prose[max(0, reference.start - REACH) : reference.start]
        sentence = _SENTENCE_END.split(before)[-1]
        return any(self.slip(word[0]) for word in CAPITALS.finditer(sentence))

    @cached_property
    def _plain(self) -> tuple[str, ...]:
        """Codes that are one word in capitals: no shape would know a slip in them."""
        codes = [document.code for document in self.manual.documents.values()]
        return tuple(code for code in codes if CAPITALS.fullmatch(code))

    @cached_property
    def renamed(self) -> Mapping[str, Document]:
        """Documents whose file is named after a code that none bears; by that code, folded."""
        renamed = {}
        for document in self.manual.documents.values():
            stem = fold_code(PurePosixPath(document.path).stem)
            if document.path != MAIN and stem not in self.manual.documents:
                renamed[stem] = document
        return renamed

    @cached_property
    def _misshapen(self) -> tuple[str, ...]:
        documents = self.manual.documents.values()
        return tuple(
            document.code for document in documents if has_misshapen_code(self.manual, document)
        )

    @cached_property
    def doubled(self) -> Mapping[str, tuple[tuple[NamedHeading, NamedHeading], ...]]:
        """Headings whose anchor an earlier one of the same file has, each with it; by path."""
        doubled = {}
        for document in self.manual.documents.values():
            for file in document.files:
                pairs = _doubled_anchors(file)
                if pairs:
                    doubled[file.path] = pairs
        return doubled

    def _lost_words(self, path: str) -> str:
        """Return the words of a file that were left out."""
        if path not in self._lost_words_by_path:
            source = self.manual.sources.get(path)
            places = [problem.lost for problem in self._lost.get(path, ()) if problem.lost]
            text = "\n".join([source.at(place) for place in places]) if source else ""
            self._lost_words_by_path[path] = _bare_words(text)
        return self._lost_words_by_path[path]

    @cached_property
    def _unread(self) -> str:
        """The words of every file that ought to be a document and is none."""
        read = {document.path for document in self.manual.documents.values()}
        parts = []
        for path, source in self.manual.sources.items():
            if not path.endswith(".md") or path in read:
                continue
            if path == MAIN or path.startswith("procedures/"):
                parts.append(f"{PurePosixPath(path).stem} {source.text[:HEAD]}")
        parts += [self._lost_words(path) for path in self._lost if path.endswith(".md")]
        return _bare_words(" ".join(parts))


def may_explain(problem: LoadError, key: str | None) -> bool:
    """Whether a problem may be why a key of its entry is not there; of None, any key."""
    values = problem.violation.values
    if key is None or problem.slug == "broken-yaml":
        return True
    if problem.slug == "unknown-key":
        return problem.violation.suggestion in {None, key} or bool(values.get("slip"))
    return values.get("key") == key


def has_misshapen_code(manual: Manual, document: Document) -> bool:
    """Whether a document's code does not fit the shape of its type."""
    document_type = manual.config.types.get(document.type)
    if not document.code or document_type is None or document_type.code is None:
        return False
    return not fits_shape(document.code, document_type.code.text)


def misnumbered_clauses(catalogue: Catalogue) -> tuple[str, ...]:
    """Return the clauses of a catalogue whose number is none."""
    return tuple(number for number in catalogue.clauses if not CLAUSE_NUMBER.fullmatch(number))


def _differs_in_one(code: str, word: str) -> bool:
    """Whether two words of one length differ in exactly one letter."""
    if len(code) != len(word):
        return False
    return sum(one != other for one, other in zip(code, word, strict=True)) == 1


def _doubled_anchors(file: TextFile) -> tuple[tuple[NamedHeading, NamedHeading], ...]:
    headings = file.page.headings
    if len({heading.anchor for heading in headings}) == len(headings):
        return ()
    first: dict[str, NamedHeading] = {}
    doubled = []
    for heading in headings:
        earlier = first.setdefault(heading.anchor, heading)
        if heading.anchor and earlier is not heading:
            doubled.append((heading, earlier))
    return tuple(doubled)


def _bare_words(text: str) -> str:
    """Return a text as its bare words, so that «QT-BIS-01» and «"QT BIS 01"» read alike."""
    return " ".join(_WORD.findall(text.casefold().replace("_", " ")))


def _stands_in(name: str, words: str) -> bool:
    """Whether a name stands in bare words, as whole words."""
    return bool(words) and f" {_bare_words(name)} " in f" {words} "
