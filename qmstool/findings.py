"""Define places in files, findings, and the report that holds them: what every stage of a check hands on."""

from __future__ import annotations

from collections import Counter
from enum import IntEnum
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass, field, replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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
    """A stretch of a file: 1-based lines and columns in code points of the file as it is; the end column is exclusive."""

    path: str
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1


@dataclass(frozen=True, slots=True)
class Violation:
    """What a rule or the loader saw: the place, the values for the message, and what would mend it.

    `fix`: what certainly belongs in the place of the very words, so that nobody has to decide.
    """

    location: Location
    values: Mapping[str, str] = field(default_factory=dict)
    suggestion: str | None = None
    related: tuple[Location, ...] = ()
    fix: str | None = None


@dataclass(frozen=True, slots=True)
class LoadError:
    """A fault met while reading, with the slug of the rule that explains it.

    `lost`: the stretch of its file that was left out, or read as it was probably meant.
    """

    slug: str
    violation: Violation
    lost: Location | None = None


@dataclass(frozen=True, slots=True)
class NotChecked:
    """What a rule could not be asked of, because a place has a fault that another rule, known by its slug, explains."""

    slug: str
    location: Location

    @classmethod
    def of(cls, problem: LoadError) -> NotChecked:
        """Return what a problem met while reading leaves unasked."""
        return cls(problem.slug, problem.violation.location)


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault with its rule stamped on: what every report prints."""

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
    """A rule that could not be asked, or not of everything, and why."""

    rule: str
    why: Text


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
class Debt:
    """Findings of a rule in a file that are put up with for now, known by the words under them and not by their lines."""

    rule: str
    path: str
    words: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Debts:
    """What a baseline file set apart: the findings that it lists, and the debts of it that no longer occur."""

    known: tuple[Finding, ...]
    paid: tuple[Debt, ...] = ()


@dataclass(frozen=True, slots=True)
class Affected:
    """A section or document that a change touches, with those who cite it: documents at their places, and clauses."""

    touched: Text
    citing: tuple[tuple[str, Location], ...]
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangeImpact:
    """What a report was compared with: the revision as the user named it, and whom the change since then concerns."""

    revision: str
    affected: tuple[Affected, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The whole outcome of one check, worst finding first; `lines` holds the source line under each finding's place.

    `debts` and `since` are there where somebody asked to set known findings apart, or for what a change brings.
    """

    root: str
    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...]
    skipped: tuple[Skipped, ...]
    summary: Summary
    lines: Mapping[tuple[str, int], str] = field(default_factory=dict)
    debts: Debts | None = None
    since: ChangeImpact | None = None

    def of(self, findings: Iterable[Finding]) -> Report:
        """The same report with some of its findings only, counted anew."""
        kept = tuple(findings)
        counts = Counter(each.severity for each in kept)
        errors, warnings, infos = (
            counts[each] for each in (Severity.ERROR, Severity.WARNING, Severity.INFO)
        )
        return replace(
            self,
            findings=kept,
            summary=replace(self.summary, errors=errors, warnings=warnings, infos=infos),
        )

    @property
    def worst(self) -> Severity | None:
        """The greatest severity present, or None when nothing was found."""
        return max((finding.severity for finding in self.findings), default=None)
