"""Names that are missing only because a file is broken: that file's own fault is told, what follows from it is not.

A name that nothing defines is a consequence, and no finding of its own, where

- it stands in those words of a file that ought to define such names which could not be read;
- it is the name of a document's file, while the document in it bears another code (`renamed-code` tells that);
- it is close to a code that does not fit its type's shape (`code-shape` tells that);
- it is close to a clause number that is itself none (`clause-number` tells that);
- it is a section of a document whose one-word code, just before it, has a slip (`misspelt-name` tells that);
- it is an anchor or section of a file in which an anchor stands twice (`duplicate-anchor` tells that);
- it is a section of the manual whose file, named after it, opens with no heading or with the number of another section
  (`section-without-heading` and `duplicate-section` tell that).
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
    from qmstool.parsing.markdown.scanner import Heading
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.references.model import Reference

MAIN = "manual/index.md"
CAPITALS = re.compile(r"(?<!\w)[A-ZĐ]{4,}(?!\w)")
CLAUSE = re.compile(r"[A-Z0-9]+(?:\.\d+)*")
# How much of a Markdown file without a readable head may hold the code it was to define.
HEAD = 2000
# What is told of a file that should be a document and is none.
UNREAD = frozenset(
    {"no-front-matter", "broken-yaml", "missing-key", "unknown-key", "wrong-value", "not-utf8"}
)
MARKER = re.compile(r"^(?:<{7}|={7}|>{7})(?: .*)?$", re.MULTILINE)
_WORD = re.compile(r"\w+")
# How far before a number, in characters, the code may stand that it is a section of.
REACH = 40
_SENTENCE_END = re.compile(r"\.\s|\x00")


class Lost:
    """What one manual's broken files ought to define."""

    def __init__(self, manual: Manual) -> None:
        self.manual = manual
        self._kept: dict[str, str] = {}
        self._met: dict[str, list[LoadError]] = {}
        for each in manual.problems:
            if each.lost is not None or each.slug == "missing-key":
                self._met.setdefault(each.violation.location.path, []).append(each)
        self._lost: dict[str, list[LoadError]] = {}
        for each in manual.problems:
            if each.lost is not None:
                self._lost.setdefault(each.lost.path, []).append(self._root(each))
        self.broken = frozenset(self._lost)

    @cached_property
    def _markers(self) -> Mapping[str, tuple[int, ...]]:
        """Lines by which git parts two versions of a passage: `merge-marker` tells them, by path."""
        marked = (
            (path, source)
            for path, source in self.manual.sources.items()
            if "<<<<<<<" in source.text
        )
        found = {
            path: tuple(
                source.line_and_column(each.start())[0] for each in MARKER.finditer(source.text)
            )
            for path, source in marked
        }
        return {path: lines for path, lines in found.items() if lines}

    @cached_property
    def mended(self) -> Mapping[str, frozenset[int]]:
        """Lines that were read as they were meant, not as they stand, and markers of a merge; by path."""
        found: dict[str, set[int]] = {path: set(lines) for path, lines in self._markers.items()}
        for problem in self.manual.problems:
            if problem.slug == "broken-yaml" and problem.lost is not None:
                found.setdefault(problem.lost.path, set()).update(
                    range(problem.lost.line, problem.lost.end_line + 1)
                )
        return {path: frozenset(lines) for path, lines in found.items()}

    def _root(self, problem: LoadError) -> LoadError:
        """A problem of data, or the marker of a merge that made it: that is what is told."""
        lines = (
            self._markers.get(problem.violation.location.path)
            if problem.slug == "broken-yaml"
            else None
        )
        place = problem.violation.location
        return (
            replace(
                problem,
                slug="merge-marker",
                violation=Violation(Location(place.path, lines[0], 1, lines[0], 1)),
            )
            if lines
            else problem
        )

    def hurt(
        self, keys: Collection[LocatedText], about: str | None = None
    ) -> Mapping[str, LoadError]:
        """Of the entries of one mapping, known by their keys, those of which something was not read as it stands, each with why.

        `about`: the key of an entry that somebody misses; what certainly concerns another one is no reason.
        """
        starts = sorted(
            (place.line, place.column, mark.text) for mark in keys for place in (mark.location,)
        )
        found: dict[str, LoadError] = {}
        path = next((mark.source.path for mark in keys), "")
        for problem in self._met.get(path, ()):
            place = problem.violation.location
            at = bisect_right(starts, (place.line, place.column, "\uffff")) - 1
            if at >= 0 and concerns(problem, about):
                found.setdefault(starts[at][2], problem)
        return found

    def document(self, name: str) -> bool:
        """Whether a code or key is missing because its document could not be read, or bears another code now."""
        return (
            fold_code(name) in self.renamed
            or bool(nearest_name(name, self._misshapen))
            or _stands(name, self._unread)
        )

    def why(self, path: str, names: Collection[str] = ()) -> LoadError | None:
        """The first problem for which something of a file was left out; of `names` given, on whose lines one of them stands."""
        for problem in self._lost.get(path, ()):
            source, lost = self.manual.sources.get(path), problem.lost
            lines = range(lost.line, lost.end_line + 1) if lost and names else ()
            words = _words("\n".join(source.line(each) for each in lines)) if source else ""
            if not names or any(_stands(name, words) for name in names):
                return problem
        return None

    def about(self, path: str, key: str) -> LoadError | None:
        """The first problem of a document's data that may be why a key of it is not there."""
        return next(
            (problem for problem in self._lost.get(path, ()) if concerns(problem, key)), None
        )

    @cached_property
    def first(self) -> LoadError | None:
        """The first problem for which something of any file was left out."""
        return next((problems[0] for problems in self._lost.values()), None)

    @cached_property
    def in_releases(self) -> tuple[LoadError, ...]:
        """The problems for which something of a release was left out."""
        return tuple(
            each
            for path, problems in self._lost.items()
            if RELEASE_PATH.fullmatch(path)
            for each in problems
        )

    def behind(self, mark: LocatedText) -> NotChecked:
        """What is told of a code that no document bears: the fault of the file that should, or the code itself."""
        files = (
            each
            for each in self.manual.problems
            if each.violation.location.path.endswith(".md") and each.slug in UNREAD
        )
        problem = next(files, None) if self.document(mark.text) else None
        return (
            NotChecked("unknown-code", mark.location) if problem is None else NotChecked.of(problem)
        )

    def record(self, path: str, name: str) -> bool:
        """Whether a name is missing because the register at `path` is broken."""
        source = self.manual.sources.get(path)
        empty = source is not None and not source.text.strip()
        return empty or (path in self.broken and _stands(name, self._lost_words(path)))

    def clause(self, catalogue: Catalogue, number: str) -> bool:
        """Whether a clause is missing because its number is mistyped in the catalogue, or its catalogue could not be read."""
        return self.record(f"clauses/catalogues/{catalogue.key}.yml", number) or bool(
            nearest_name(number, misnumbered(catalogue))
        )

    def section(self, document: Document | None) -> bool:
        """Whether sections of a document may be missing because an anchor of it stands twice."""
        return document is None or (
            bool(self.doubled) and any(self.doubled.get(file.path) for file in document.files)
        )

    def unheaded(self, number: str) -> bool:
        """Whether a section of the manual is missing because its file opens with no number, or with that of another."""
        return number in self._unheaded

    def stem(self, file: TextFile) -> str:
        """The number that a file of the manual is named after; "" for a name that is none."""
        stem = PurePosixPath(file.path).stem
        return stem if CLAUSE.fullmatch(stem) else ""

    @cached_property
    def _unheaded(self) -> frozenset[str]:
        main = self.manual.main
        found = set()
        for file in main.files[1:] if main else ():
            first = next(iter(file.page.headings), None)
            earlier = main.by_number.get(first.number) if main and first and first.number else None
            if (
                first is None
                or first.level != 1
                or (earlier is not None and earlier.file is not file)
            ):
                found.add(self.stem(file))
        return frozenset(found - {""})

    def slip(self, word: str) -> str | None:
        """The one-word code in capitals, such as STCL, that a word differs from in one letter; None for an abbreviation."""
        if word in self._plain or word in self.manual.abbreviations:
            return None
        alike = (code for code in self._plain if len(code) == len(word))
        close = [
            code for code in alike if sum(a != b for a, b in zip(code, word, strict=True)) == 1
        ]
        return close[0] if len(close) == 1 else None

    def after_slip(self, reference: Reference) -> bool:
        """Whether a number is looked for in the wrong document, because the code before it has a slip."""
        before = reference.file.page.prose[max(0, reference.start - REACH) : reference.start]
        sentence = _SENTENCE_END.split(before)[-1]
        return any(self.slip(found[0]) for found in CAPITALS.finditer(sentence))

    @cached_property
    def _plain(self) -> tuple[str, ...]:
        """Codes that are one word in capitals: no shape would know a slip in them."""
        return tuple(
            document.code
            for document in self.manual.documents.values()
            if CAPITALS.fullmatch(document.code)
        )

    @cached_property
    def renamed(self) -> Mapping[str, Document]:
        """Documents whose file is named after another code, which no document bears; by that code, folded."""
        found = {}
        for document in self.manual.documents.values():
            stem = fold_code(PurePosixPath(document.path).stem)
            if document.path != MAIN and stem not in self.manual.documents:
                found[stem] = document
        return found

    @cached_property
    def _misshapen(self) -> tuple[str, ...]:
        return tuple(
            document.code
            for document in self.manual.documents.values()
            if misshapen(self.manual, document)
        )

    @cached_property
    def doubled(self) -> Mapping[str, tuple[tuple[Heading, Heading], ...]]:
        """Headings whose anchor an earlier heading of the same file has, each with that one; by path."""
        files = (file for document in self.manual.documents.values() for file in document.files)
        return {file.path: pairs for file in files if (pairs := _doubled(file))}

    def _lost_words(self, path: str) -> str:
        """The words of a file that were left out."""
        source = self.manual.sources.get(path)
        if path not in self._kept:
            places = [
                problem.lost for problem in self._lost.get(path, ()) if problem.lost is not None
            ]
            self._kept[path] = (
                _words("\n".join(source.at(place) for place in places)) if source else ""
            )
        return self._kept[path]

    @cached_property
    def _unread(self) -> str:
        """The words of every file that ought to be a document and is none."""
        read = {document.path for document in self.manual.documents.values()}
        heads = (
            f"{PurePosixPath(path).stem} {source.text[:HEAD]}"
            for path, source in self.manual.sources.items()
            if path.endswith(".md")
            and path not in read
            and (path == MAIN or path.startswith("procedures/"))
        )
        lost = (self._lost_words(path) for path in self._lost if path.endswith(".md"))
        return _words(" ".join((*heads, *lost)))


def concerns(problem: LoadError, key: str | None) -> bool:
    """Whether a problem may be why a key of its entry is not there; of None, any."""
    values = problem.violation.values
    if key is None or problem.slug == "broken-yaml":
        return True
    if problem.slug == "unknown-key":
        return problem.violation.suggestion in {None, key} or bool(values.get("slip"))
    return values.get("key") == key


def misshapen(manual: Manual, document: Document) -> bool:
    """Whether a document's code does not fit the shape of its type."""
    kind = manual.config.types.get(document.type)
    return (
        bool(document.code)
        and kind is not None
        and kind.code is not None
        and not fits_shape(document.code, kind.code.text)
    )


def misnumbered(catalogue: Catalogue) -> tuple[str, ...]:
    """The clauses of a catalogue whose number is none."""
    return tuple(number for number in catalogue.clauses if not CLAUSE.fullmatch(number))


def _doubled(file: TextFile) -> tuple[tuple[Heading, Heading], ...]:
    if len({heading.anchor for heading in file.page.headings}) == len(file.page.headings):
        return ()
    first: dict[str, Heading] = {}
    for heading in file.page.headings:
        first.setdefault(heading.anchor, heading)
    return tuple(
        (each, first[each.anchor])
        for each in file.page.headings
        if each.anchor and first[each.anchor] is not each
    )


def _words(text: str) -> str:
    """A text as its bare words, so that «QT-BIS-01» and «"QT BIS 01"» read alike."""
    return " ".join(_WORD.findall(text.casefold().replace("_", " ")))


def _stands(name: str, words: str) -> bool:
    return bool(words) and f" {_words(name)} " in f" {words} "
