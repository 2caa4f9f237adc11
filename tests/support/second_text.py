"""The second text, three invented organisations, against what was planted in them.

`python -m tests.support.second_text` prints the table of docs/expected-findings.md.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from tests.support.manuals import check_tree
from tests.support.memory import MemoryTree

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qmstool.findings import Finding, Location

ROOT = Path(__file__).parents[2]
SECOND = ROOT / "tests" / "data" / "second"
CATALOGUE = "clauses/catalogues/iso-9001-2015.yml"


@dataclass(frozen=True, slots=True)
class Place:
    """Words that a file holds once: columns from 1, the end past the last."""

    organisation: str
    path: str
    line: int
    column: int
    end: int


@dataclass(frozen=True, slots=True)
class PlantedDefect:
    """One defect, or a look-alike: its places, and `reach`: "" where a machine is asked to tell,
    "out" or "ask" where not.
    """

    kind: str
    name: str
    places: tuple[Place, ...]
    reach: str


@dataclass(frozen=True, slots=True)
class Score:
    """One kind: planted and found, of them in reach; look-alikes and those a finding touched.

    Findings and those that are so.
    """

    planted: int
    found: int
    in_reach: int
    found_in_reach: int
    traps: int
    false_alarms: int
    findings: int
    true: int

    @property
    def recall(self) -> float:
        """Of the defects in reach, how many were told; 1 where there are none."""
        return self.found_in_reach / self.in_reach if self.in_reach else 1.0

    @property
    def precision(self) -> float:
        """Of what was told, how much is so; 1 where nothing was told."""
        return self.true / self.findings if self.findings else 1.0


@cache
def expected() -> dict[str, Any]:
    """The file as text: every scalar a string."""
    read: dict[str, Any] = yaml.load(
        (SECOND / "expected.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
    )
    return read


@cache
def planted(part: str) -> tuple[PlantedDefect, ...]:
    """The `defects` or the `traps`."""
    return tuple(
        PlantedDefect(
            kind,
            f"{kind}: {each['quote']}",
            tuple(map(_place, (each, *each.get("also", ())))),
            each.get("reach", ""),
        )
        for kind, entries in expected()[part].items()
        for each in entries
    )


def _place(read: dict[str, str]) -> Place:
    organisation, _, path = read["path"].partition("/")
    text = (SECOND / read["path"]).read_text(encoding="utf-8")
    if text.count(read["quote"]) != 1:
        msg = f"{read['path']} holds «{read['quote']}» {text.count(read['quote'])} times"
        raise AssertionError(msg)
    before, _, _ = text.partition(read["quote"])
    column = len(before) - before.rfind("\n")
    return Place(organisation, path, before.count("\n") + 1, column, column + len(read["quote"]))


@cache
def findings_in(organisation: str) -> tuple[Finding, ...]:
    """What the checker says of one organisation, answered by the catalogue of the real manual."""
    folder = SECOND / organisation
    files: dict[str, bytes] = {
        each.relative_to(folder).as_posix(): each.read_bytes()
        for each in sorted(folder.rglob("*"))
        if each.is_file()
    }
    return check_tree(MemoryTree({**files, CATALOGUE: (ROOT / CATALOGUE).read_bytes()})).findings


@cache
def all_findings() -> tuple[tuple[str, Finding], ...]:
    """The findings of the rules that serve a kind, each with its organisation."""
    slugs = {slug for kind in expected()["kinds"].values() for slug in kind}
    names = sorted(each.name for each in SECOND.iterdir() if each.is_dir())
    return tuple((name, each) for name in names for each in findings_in(name) if each.slug in slugs)


def touches_entry(entry: PlantedDefect, organisation: str, finding: Finding) -> bool:
    """Whether a finding, or a related place of it, touches the words of an entry, and its rule is
    one for that kind.
    """
    if finding.slug not in expected()["kinds"][entry.kind]:
        return False
    places = (finding.location, *finding.related)
    return any(
        _touches(place, each)
        for each in entry.places
        if each.organisation == organisation
        for place in places
    )


def _touches(place: Location, words: Place) -> bool:
    if place.path != words.path or not place.line <= words.line <= place.end_line:
        return False
    return (place.line < words.line or place.column < words.end) and (
        place.end_line > words.line or words.column < place.end_column
    )


def is_true(organisation: str, finding: Finding) -> bool:
    """Whether a finding is one that was planted."""
    return any(touches_entry(entry, organisation, finding) for entry in planted("defects"))


def is_found(entry: PlantedDefect) -> bool:
    """Whether some finding tells an entry."""
    return any(touches_entry(entry, name, each) for name, each in all_findings())


def false_alarms(trap: PlantedDefect) -> list[str]:
    """The prose findings that touch a look-alike."""
    return [each.message.vi for name, each in prose_findings() if touches_entry(trap, name, each)]


def prose_findings() -> tuple[tuple[str, Finding], ...]:
    """Those of family 6."""
    return tuple((name, each) for name, each in all_findings() if each.rule.startswith("QMS6"))


@cache
def scores() -> dict[str, Score]:
    """Each kind's score. A rule is counted with the first kind that it serves."""
    return {kind: _score(kind) for kind in expected()["kinds"]}


def _score(kind: str) -> Score:
    own = [each for each in planted("defects") if each.kind == kind]
    near = [each for each in planted("traps") if each.kind == kind]
    reach = [each for each in own if not each.reach]
    findings = [(name, each) for name, each in prose_findings() if _home(each.slug) == kind]
    true = [each for each in findings if is_true(*each)]
    return Score(
        len(own),
        _sum(own),
        len(reach),
        _sum(reach),
        len(near),
        sum(bool(false_alarms(each)) for each in near),
        len(findings),
        len(true),
    )


def _home(slug: str) -> str:
    kinds: dict[str, list[str]] = expected()["kinds"]
    return next(
        (kind for kind, slugs in kinds.items() if slugs[0] == slug),
        next(kind for kind, slugs in kinds.items() if slug in slugs),
    )


def _sum(entries: Iterable[PlantedDefect]) -> int:
    return sum(is_found(each) for each in entries)


def table() -> str:
    """The scores as a Markdown table, the sum in the last row."""
    rows = [
        "| kind | in reach | planted | look-alikes sprung | findings | true |",
        "|---|---|---|---|---|---|",
    ]
    rows += [_row(kind, [each]) for kind, each in scores().items()]
    rows.append(_row("**all**", list(scores().values())))
    return "\n".join(rows)


def _row(name: str, scores: list[Score]) -> str:
    def total(part: str) -> int:
        return sum(getattr(each, part) for each in scores)

    reach, all_, traps = (
        f"{total(one)} / {total(of)}"
        for one, of in (
            ("found_in_reach", "in_reach"),
            ("found", "planted"),
            ("false_alarms", "traps"),
        )
    )
    return f"| {name} | {reach} | {all_} | {traps} | {total('findings')} | {total('true')} |"


def missed_defects() -> list[str]:
    """The defects that nothing told."""
    return [
        f"{each.name}{' (' + each.reach + ')' if each.reach else ''}"
        for each in planted("defects")
        if not is_found(each)
    ]


def false_findings() -> list[str]:
    """The findings that nobody planted."""
    return [
        (
            f"{name}/{each.location.path}:{each.location.line}:{each.location.column} "
            f"{each.slug}: {each.message.vi}"
        )
        for name, each in prose_findings()
        if not is_true(name, each)
    ]


if __name__ == "__main__":
    sys.stdout.write(
        "\n".join([table(), "", "missed:", *missed_defects(), "", "false:", *false_findings(), ""])
    )
