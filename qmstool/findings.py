"""Define what the stages of a check hand on: places in files, violations, findings, the report."""

from __future__ import annotations

from collections import Counter
from enum import IntEnum
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass, field, replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from qmstool.i18n import Text


class Severity(IntEnum):
    """How much a finding weighs; greater is worse."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """The severity as written on the command line and in JSON: error, warning, info."""
        return self.name.lower()


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A stretch of a file.

    Lines and columns are 1-based and count code points of the file as it stands on disk; the end
    column is exclusive.
    """

    path: str
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1


@dataclass(frozen=True, slots=True)
class Subject:
    """What a violation is about: another finding about the same may hide it.

    `name`: a code, a number, the name of an entry, a key. `searched_in`: where it is looked for:
    the key of a document or catalogue, or the path of a file. `span_in_file`: of words in a text,
    the path of its file, and where they start and end.
    """

    name: str = ""
    searched_in: str = ""
    span_in_file: tuple[str, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Violation:
    """A place that breaks a rule, the values for its message, and what would mend it.

    `suggestion`: what was probably meant. `related`: other places that belong to it. `fix`: what
    certainly belongs in the place of the very words, so that nobody has to decide. `subjects`: what
    the rule's `hidden_by` is asked of.
    """

    location: Location
    values: Mapping[str, str] = field(default_factory=dict)
    suggestion: str | None = None
    related: tuple[Location, ...] = ()
    fix: str | None = None
    subjects: tuple[Subject, ...] = ()


@dataclass(frozen=True, slots=True)
class LoadError:
    """A violation met while reading, with the slug of the rule that explains it.

    `lost_location`: the stretch of its file that was left out, or read as it was probably meant.
    """

    slug: str
    violation: Violation
    lost_location: Location | None = None


@dataclass(frozen=True, slots=True)
class NotChecked:
    """A place that a rule could not check, because of a violation that another rule explains.

    `slug`: that other rule.
    """

    slug: str
    location: Location

    @classmethod
    def because_of(cls, error: LoadError) -> NotChecked:
        """Return what an error met while reading leaves unchecked."""
        return cls(error.slug, error.violation.location)


@dataclass(frozen=True, slots=True)
class Finding:
    """A violation with its rule stamped on: what every report prints."""

    rule: str
    slug: str
    severity: Severity
    location: Location
    message: Text
    values: Mapping[str, str]
    suggestion: str | None = None
    related: tuple[Location, ...] = ()
    fix: str | None = None


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A finding that the text beside it silences, and the reason given there."""

    finding: Finding
    reason: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A rule that could not check anything, or not everything, and why."""

    rule: str
    why: Text


@dataclass(frozen=True, slots=True)
class NotLookedUp:
    """A number of a standard, law or document that is not held here, and was not looked up.

    `owner`: the words that call what it is a part of, "" where none stand near it.
    """

    location: Location
    words: str
    owner: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The counts of one check."""

    errors: int
    warnings: int
    infos: int
    documents: int
    clauses: int
    citations: int


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """Findings of a rule in a file that are put up with for now.

    They are recognised by the words under them, not by their lines, which move.
    """

    rule: str
    path: str
    words: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class KnownFindings:
    """The findings that a file of known findings lists, and its entries that no longer occur."""

    known: tuple[Finding, ...]
    fixed: tuple[KnownEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Affected:
    """A section or document that a change touches, with what cites it.

    `citing`: keys of documents, each with the place where it cites; `clauses`: their numbers.
    """

    reason: Text
    citing: tuple[tuple[str, Location], ...]
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangeImpact:
    """What changed since a revision, named as the user did, and what the change affects."""

    revision: str
    affected: tuple[Affected, ...]


class SourceLines:
    """The lines of the files of a report, each read when somebody asks for it.

    Two reports never differ in them: each reads the files that it was made of.
    """

    __slots__ = ("_line_of",)

    def __init__(self, line_of: Callable[[str, int], str | None]) -> None:
        self._line_of = line_of

    def get(self, place: tuple[str, int]) -> str:
        """Return a line by the path of its file and its number, from 1; "" where there is none."""
        return self._line_of(*place) or ""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SourceLines)

    def __hash__(self) -> int:
        return hash(SourceLines)


NO_LINES = SourceLines(lambda _path, _line: None)


@dataclass(frozen=True, slots=True)
class Report:
    """The whole outcome of one check, worst finding first.

    `lines`: those of the files that it is about. The known findings are there where they were to be
    set apart, `impact` where only what a change brings was to be told. `outside`: numbers of what
    is not held here; `in_full`: whether to list them.
    """

    root: str
    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...]
    skipped: tuple[Skipped, ...]
    summary: Summary
    lines: SourceLines = NO_LINES
    known_findings: KnownFindings | None = None
    impact: ChangeImpact | None = None
    outside: tuple[NotLookedUp, ...] = ()
    in_full: bool = False

    def with_findings(self, findings: Iterable[Finding]) -> Report:
        """Return the same report with some of its findings only, counted anew."""
        kept = tuple(findings)
        counts = Counter(finding.severity for finding in kept)
        summary = replace(
            self.summary,
            errors=counts[Severity.ERROR],
            warnings=counts[Severity.WARNING],
            infos=counts[Severity.INFO],
        )
        return replace(self, findings=kept, summary=summary)

    @property
    def worst(self) -> Severity | None:
        """The greatest severity present, or None when nothing was found."""
        return max((finding.severity for finding in self.findings), default=None)
