"""The real manual, broken: each break is found, once, where it was made, and nothing else is told."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from functools import cache
from typing import TYPE_CHECKING

import pytest

from qmstool.findings import Severity
from qmstool.manual.loading import wordlists
from qmstool.manual.loading.loader import load
from qmstool.references.resolver import resolve
from qmstool.rules import ALL
from qmstool.rules.base.name_uses import collect_name_uses
from tests.support import mutations
from tests.support.manuals import check_tree
from tests.support.memory import MemoryTree
from tests.support.real_manual import ROOT, check_real, kept_readings, real_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qmstool.findings import Finding, Report
    from tests.support.mutations import Break

# Family 6 weighs style: a slip may be, besides, an abbreviation that nobody defines. Of it, only a
# lost citation counts. That a text is no longer the released one is so of every break in one, and
# says nothing of it.
EXACT = tuple(
    rule
    for rule in ALL
    if rule.slug == "misspelt-name"
    or not (rule.id.startswith("QMS6") or rule.slug == "changed-since-release")
)
CATALOGUES = ROOT / "clauses" / "catalogues"
# What no check of this manual reads, and which tests hold it: what an import recognizes
# (tests/importing), what a new manual begins with (tests/scaffold), and the words of pages in
# languages other than this manual's (tests/manual/test_languages.py, tests/editor). A file that is
# not named here has to be broken.
READ_ELSEWHERE = frozenset(
    {
        "templates/importing/recognized.yml",
        *(
            f"templates/scaffold/{language}/{register}.yml"
            for language in ("en", "vi")
            for register in ("abbreviations", "external", "records")
        ),
        *(f"templates/words/site/{language}.yml" for language in ("de", "es")),
    }
)
PARTS = 4  # one test each, so that workers share them
TOGETHER = 10
APART = 20  # lines, further than one entry of a file of data is long


def news(before: Report, after: Report) -> list[Finding]:
    """The findings that a break brought.

    One that was there stays the same one where its words or its column follow the break.
    """
    left = Counter((each.rule, each.location.path, each.location.line) for each in before.findings)
    new = []
    for each in after.findings:
        known = (each.rule, each.location.path, each.location.line)
        if not left[known]:
            new.append(each)
        left[known] -= 1
    return new


def told(finding: Finding) -> str:
    where = finding.location
    return f"{finding.slug} {where.path}:{where.line}:{where.column}"


@cache
def report_before() -> Report:
    return check_tree(MemoryTree({**real_files()}), EXACT)


def fresh_report_after(each: Break) -> Report:
    return check_tree(MemoryTree({**real_files(), each.source.path: each.file}), EXACT)


def report_after(*breaks: Break) -> Report:
    """The same from what is kept of the files that are whole; under `kept_readings`.

    Several breaks lie apart, and leave the lines of their files as they were.
    """
    broken = {each.source.path: each.source.text for each in breaks}
    for each in sorted(breaks, key=lambda one: one.start, reverse=True):
        text = broken[each.source.path]
        broken[each.source.path] = text[: each.start] + each.text + text[each.end :]
    return check_real(
        {**real_files(), **{path: text.encode() for path, text in broken.items()}}, EXACT
    )


def places_of(finding: Finding, each: Break) -> set[tuple[str, int, int]]:
    """Where a finding points.

    Of two headings with one anchor the second is told and the first related: the break may be
    either.
    """
    told_at = (finding.location, *finding.related[: each.kind == "anchor"])
    return {(place.path, place.line, place.column) for place in told_at}


def are_told(breaks: Sequence[Break]) -> bool:
    """Whether breaks that lie apart, made at once, are told once each and nothing else is."""
    with kept_readings():
        new = news(report_before(), report_after(*breaks))
    if len(new) != len(breaks):
        return False
    for each in breaks:
        found = [finding for finding in new if each.place in places_of(finding, each)]
        if len(found) != 1:
            return False
        new.remove(found[0])
    return True


def misses(breaks: Iterable[Break]) -> Iterator[str]:
    """What went otherwise than one finding at the place of the break.

    Breaks that lie apart are made together; where these are not told as they should be, each is
    made alone, as one may hide another.
    """
    for together in parcels_of(breaks):
        if are_told(together):
            continue
        for each in together:
            if are_told((each,)):
                continue
            with kept_readings():
                new = news(report_before(), report_after(each))
            yield f"{each}: {[told(finding) for finding in new]}"


def parcels_of(breaks: Iterable[Break]) -> Iterator[list[Break]]:
    """Parcels of breaks of one kind that lie apart, at most `TOGETHER` in each."""
    parcels: dict[str, list[list[Break]]] = defaultdict(list)
    for each in breaks:
        for parcel in parcels[each.kind]:
            if len(parcel) < TOGETHER and all(lie_apart(each, other) for other in parcel):
                parcel.append(each)
                break
        else:
            parcels[each.kind].append([each])
    for of_a_kind in parcels.values():
        yield from of_a_kind


def lie_apart(one: Break, other: Break) -> bool:
    """Whether two breaks are in different files, or in one far from each other, its lines kept."""
    if one.source.path != other.source.path:
        return True
    lines = one.source.text[one.start : one.end] + other.source.text[other.start : other.end]
    if "\n" in lines + one.text + other.text:
        return False
    return abs(one.place[1] - other.place[1]) > APART


@cache
def every_break() -> tuple[Break, ...]:
    real = real_files()
    with pytest.MonkeyPatch.context() as patch:
        watched = mutations.watch(patch)
        manual = load(MemoryTree({**real}))
        # Here the package's lists lie where a manual's own would, and as they are they add nothing:
        # loading passes them over. Broken in one place they are a manual's own, and read.
        for path in filter(wordlists.OWN_LIST_PATH.fullmatch, manual.sources):
            wordlists.read_word_lists(manual.sources[path])
    return (
        *mutations.of_references(resolve(manual)),
        *mutations.of_codes(manual),
        *mutations.of_names(manual, collect_name_uses(manual)),
        *mutations.of_clauses(manual),
        *mutations.of_anchors(manual),
        *mutations.of_keys(
            [(shape, entry) for shape, entry in watched if entry.mark.source.path in real]
        ),
    )


@cache
def asked_breaks() -> tuple[Break, ...]:
    """Every break; of a key that entries of one file repeat, the first, one amid and the last.

    QMS_BREAKS=all asks all of these too.
    """
    if os.environ.get("QMS_BREAKS") == "all":
        return every_break()
    alike: dict[tuple[str, ...], list[Break]] = defaultdict(list)
    for number, each in enumerate(every_break()):
        said = each.source.text[each.start : each.end]
        own = said if each.kind == "required key" else str(number)
        alike[each.kind, each.source.path, own].append(each)
    chosen: list[Break] = []
    for ones in alike.values():
        chosen += ones if len(ones) <= 3 else [ones[0], ones[len(ones) // 2], ones[-1]]
    return tuple(chosen)


def test_every_file_of_data_is_broken() -> None:
    real = real_files()
    broken = {each.source.path for each in asked_breaks() if each.kind == "required key"}
    # What the package offers and this manual does not follow is not read for it; tests/manual
    # holds those files.
    followed = load(MemoryTree({**real})).catalogues
    offered = {f"clauses/catalogues/{path.stem}.yml" for path in CATALOGUES.glob("*.yml")}
    unread = offered - {f"clauses/catalogues/{key}.yml" for key in followed}
    unread.add("clauses/harmonized.yml")
    assert real.keys() >= READ_ELSEWHERE
    assert broken & READ_ELSEWHERE == set()
    unread |= READ_ELSEWHERE
    assert {path for path in real if path.endswith(".yml")} - broken - unread == set()


def test_what_is_kept_of_unchanged_files_changes_no_report() -> None:
    of_each_kind = {each.kind: each for each in every_break()}
    for each in of_each_kind.values():
        fresh = fresh_report_after(each)
        with kept_readings():
            assert report_after(each) == fresh, each


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_every_break_is_found_once_where_it_is(
    capsys: pytest.CaptureFixture[str], part: int
) -> None:
    breaks = asked_breaks()[part::PARTS]
    wrong = list(misses(breaks))
    with capsys.disabled():
        counts = Counter(each.kind for each in breaks)
        summary = ", ".join(f"{count} × {kind}" for kind, count in sorted(counts.items()))
        print(f"\nbroken, part {part + 1} of {PARTS}: {summary}")  # noqa: T201 - the count is what the issue asks to see
    assert not wrong, "\n".join(wrong)


# Each of its clauses, 7.1.1 to 7.1.6, has a row of its own, so it stays answered without one.
ANSWERED_BELOW = frozenset({"7.1"})


def test_deleting_any_row_of_the_mapping_is_one_error_at_the_row_before() -> None:
    real = real_files()
    before = report_before()
    known = {(each.rule, each.location.path, each.message.vi) for each in before.findings}
    for coverage in load(MemoryTree({**real})).coverage.values():
        rows = list(coverage.rows.values())
        starts = [coverage.source.text.rindex("\n", 0, row.clause.start) + 1 for row in rows] + [
            len(coverage.source.text)
        ]
        for at, row in enumerate(rows):
            text = coverage.source.text[: starts[at]] + coverage.source.text[starts[at + 1] :]
            with kept_readings():
                after = check_real({**real, coverage.source.path: text.encode()}, EXACT)
            errors = [each for each in after.findings if each.severity == Severity.ERROR]
            new = [
                each
                for each in after.findings
                if (each.rule, each.location.path, each.message.vi) not in known
            ]
            assert new == errors
            if row.clause.text in ANSWERED_BELOW:
                assert not errors
                continue
            assert [(each.slug, each.values["clause"]) for each in errors] == [
                ("uncovered-clause", row.clause.text)
            ]
            assert (
                errors[0].location == (rows[at - 1].clause if at else coverage.catalogue).location
            )
