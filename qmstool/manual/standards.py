"""Define standards and how a manual answers them: catalogues of clauses, transitions, coverage."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qmstool.i18n import Text
    from qmstool.manual.values import Day
    from qmstool.parsing.source import SourceFile
    from qmstool.parsing.yaml.nodes import LocatedText


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered node of a catalogue.

    `maintain`, `retain`: whether a document or a record is demanded: "", "always" or "conditional";
    `unverified`: the languages in which its title is not verified; `checked`: in how many public
    sources number and title were read alike, "two", "one", "unverified", or "" where a person who
    holds the text compared it, or nobody said.
    """

    number: str
    parent: str
    title: Text | None
    maintain: str
    retain: str
    comment: Text | None
    unverified: tuple[str, ...]
    checked: str
    mark: LocatedText

    @property
    def is_control(self) -> bool:
        """Whether it stands in an annex, whose letter begins its number."""
        return self.number[:1].isalpha()

    @property
    def level(self) -> int:
        """1 for a chapter."""
        return self.number.count(".") + 1


@dataclass(frozen=True)
class Catalogue:
    """One standard and edition, or an amendment of one.

    `amends`: the catalogue that it amends; `changes`: kind and comment of each change, by clause;
    `open_questions`: by clause, what a manual cannot prove of it and people have to be asked.
    """

    key: str
    standard: str
    edition: str
    title: Text
    cited_as: tuple[str, ...]
    note: Text | None
    unverified: bool
    clauses: Mapping[str, Clause]
    amends: str | None = None
    changes: Mapping[str, tuple[str, Text | None]] = field(default_factory=dict)
    open_questions: Mapping[str, Text] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """How people call it: «ISO 9001:2015»."""
        return f"{self.standard}:{self.edition}"

    @cached_property
    def controls(self) -> tuple[str, ...]:
        """The controls of its annexes: the numbers below which there is none."""
        last = (clause for clause in self.clauses.values() if clause.number not in self.children)
        return tuple(clause.number for clause in last if clause.is_control and clause.parent)

    @cached_property
    def children(self) -> Mapping[str, tuple[str, ...]]:
        """The numbers of the next level by clause number; the chapters under ""."""
        below: dict[str, list[str]] = {}
        for clause in self.clauses.values():
            below.setdefault(clause.parent, []).append(clause.number)
        return {number: tuple(numbers) for number, numbers in below.items()}

    def clauses_under(self, number: str) -> tuple[str, ...]:
        """Return every clause under a clause, at any depth."""
        opening = f"{number}."
        return tuple([clause for clause in self.clauses if clause.startswith(opening)])


@dataclass(frozen=True, slots=True)
class TransitionLine:
    """What becomes of clauses from one edition to the next."""

    kind: str
    old: tuple[LocatedText, ...]
    new: tuple[LocatedText, ...]
    comment: Text | None
    unverified: bool


@dataclass(frozen=True, slots=True)
class Transition:
    """One edition to the next."""

    key: str
    old: str
    new: str
    unverified: bool
    note: Text | None
    lines: tuple[TransitionLine, ...]


@dataclass(frozen=True)
class Harmonized:
    """Which clauses of several standards and editions mean the same.

    `meanings`: for each a slug with its clauses, number by catalogue; `names`: what to call each,
    "" in a language in which nobody has named it.
    """

    meanings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    names: Mapping[str, Text] = field(default_factory=dict)

    @cached_property
    def _by_clause(self) -> Mapping[tuple[str, str], str]:
        found = {}
        for slug, clauses in self.meanings.items():
            for catalogue, number in clauses.items():
                found[catalogue, number] = slug
        return found

    def meaning(self, catalogue: str, number: str) -> str:
        """Return the slug of what a clause means; "" where nobody has called it the same."""
        return self._by_clause.get((catalogue, number), "")

    def same_clause(self, catalogue: str, number: str, other: str) -> str:
        """Return the number of the clause that means the same in another catalogue, or ""."""
        meaning = self.meaning(catalogue, number)
        return self.meanings[meaning].get(other, "") if meaning else ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a control is applicable: by law, contract or risk, and which one."""

    by: str
    what: str


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """This manual's answer to one clause.

    `excluded` is None where it applies; its `text` is the reason ("" if none). Of a control also
    `because`: why it applies; `implemented`: yes, partly, planned or ""; `planned`: by which day.
    """

    clause: LocatedText
    section: LocatedText | None
    documents: tuple[LocatedText, ...]
    external: tuple[LocatedText, ...]
    records: tuple[LocatedText, ...]
    role: LocatedText | None
    covers: tuple[LocatedText, ...]
    excluded: LocatedText | None
    note: str
    because: tuple[Reason, ...] = ()
    implemented: str = ""
    planned: Day | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """The mapping of one catalogue: its rows by clause.

    `follows`: the catalogue whose mapping answers what this one leaves open, where the clauses mean
    the same; `borrowed_from`: the clauses with a row of that one, each with the clause it is taken
    from; `repeated`: those of them whose row was taken for the clause above too.
    """

    catalogue: LocatedText
    rows: Mapping[str, CoverageRow]
    source: SourceFile
    follows: LocatedText | None = None
    borrowed_from: Mapping[str, str] = field(default_factory=dict)
    repeated: frozenset[str] = frozenset()

    def rows_answering(self, catalogue: Catalogue, number: str) -> tuple[CoverageRow, ...]:
        """Return the rows that answer a clause: that of `row_of`, or those of all clauses below.

        Empty where neither it nor every clause below it has one. A chapter needs no answer.
        """
        row = self.row_of(number)
        if row is not None:
            return (row,)
        if not catalogue.clauses[number].parent:
            return ()
        found: dict[str, CoverageRow] = {}
        for below in catalogue.children.get(number, ()):
            rows = self.rows_answering(catalogue, below)
            if not rows:
                return ()
            found.update((each.clause.text, each) for each in rows)
        return tuple(found.values())

    def row_of(self, number: str) -> CoverageRow | None:
        """Return the row that answers a clause.

        Its own row, or that of a clause above which covers it or is excluded.
        """
        if number in self.rows:
            return self.rows[number]
        above = number
        while "." in above:
            above = above.rpartition(".")[0]
            row = self.rows.get(above)
            if row is None:
                continue
            if row.excluded or any(mark.text == number for mark in row.covers):
                return row
        return None
