"""What records pin is here and as recorded; what a witness bears out; the day by which a record is judged."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qmstool.frozen import replace
from qmstool.git.absence import make_absence
from qmstool.releases.record import check_code, digest_parts, sha256
from qmstool.verify.standing import judge_records
from qmstool.verify.texts import check_basis, check_texts, pinned_data
from qmstool.verify.witness import check_witness, witness_codes, witnessed_number
from tests.support.memory import MANIFEST
from tests.support.planted import item, record
from tests.support.proved import (
    FIRST,
    OTHER,
    SECOND,
    TEXT,
    THIRD,
    TODAY,
    blob,
    chained,
    issued,
    pin,
    proved,
    slugs,
)

if TYPE_CHECKING:
    from qmstool.git.absence import AbsenceKind
    from qmstool.verify.evidence import HistoryExtent


def test_texts_are_here_kept_and_as_recorded() -> None:
    manual, held = proved(FIRST)
    assert slugs(check_texts(manual.releases, held)) == []
    answers: tuple[tuple[AbsenceKind | None, str], ...] = (
        (None, "text-missing"),
        ("gone", "text-missing"),
        ("shallow", "text-elsewhere"),
        ("ignored", "text-outside"),
    )
    for answer, slug in answers:
        absences = {blob(TEXT): make_absence(answer)} if answer else {}
        lost = replace(held, blobs={}, absences=absences)
        assert slugs(check_texts(manual.releases, lost)) == [f"{slug} 0001.yml"]
    for branch, told in (("", ["text-unkept 0001.yml"]), ("nhánh", [])):
        assert (
            slugs(check_texts(manual.releases, replace(held, loose_blobs={blob(TEXT): branch})))
            == told
        )
    other = replace(held, blobs={blob(TEXT): OTHER})
    assert slugs(check_texts(manual.releases, other)) == ["digest-differs 0001.yml"]
    manual, held = proved(record(1, "2024-01-01", "2024-01-01", item(digest=digest_parts([], []))))
    assert slugs(check_texts(manual.releases, held)) == ["digest-differs 0001.yml"]
    manual, held = proved(record(1, "2024-01-01", "2024-01-01", item("withdraw")))
    assert slugs(check_texts(manual.releases, held)) == []


def test_what_was_taken_over_by_mistake_needs_no_text() -> None:
    claimed = "{level: none, claims: []}"
    first = record(1, "2024-01-01", "2024-01-01", item(taken_over=claimed))
    manual, held = proved(
        *chained(
            first,
            record(2, "2024-02-01", "2024-02-01", issued(), replaces_record="1", reason="nhầm"),
        )
    )
    assert slugs(check_texts(manual.releases, held)) == []
    manual, held = proved(first)
    assert slugs(check_texts(manual.releases, held)) == ["digest-differs 0001.yml"]


def test_the_data_beside_the_texts_are_here_and_as_recorded() -> None:
    settings = MANIFEST.encode()
    with_basis = record(
        1,
        "2024-01-01",
        "2024-01-01",
        issued(),
        basis=f"[{pin('qms.yml', settings)}, {pin('x.yml', OTHER)}]",
    )
    manual, held = proved(with_basis)
    assert slugs(check_basis(manual.releases, held)) == []
    assert pinned_data(manual.releases[0], "qms.yml", held) == settings
    assert pinned_data(manual.releases[0], "y.yml", held) is None
    false = replace(held, blobs={**held.blobs, blob(settings): OTHER})
    assert slugs(check_basis(manual.releases, false)) == ["basis-differs 0001.yml"]
    assert pinned_data(manual.releases[0], "qms.yml", false) is None
    less = {name: data for name, data in held.blobs.items() if name != blob(OTHER)}
    kinds: tuple[tuple[AbsenceKind | None, str], ...] = (
        (None, "basis-missing"),
        ("gone", "basis-missing"),
        ("shallow", "basis-elsewhere"),
        ("ignored", "basis-outside"),
    )
    for kind, slug in kinds:
        absences = {blob(OTHER): make_absence(kind)} if kind else {}
        assert slugs(
            check_basis(manual.releases, replace(held, blobs=less, absences=absences))
        ) == [f"{slug} 0001.yml"]
    # What is here is here, whatever was said of it.
    assert (
        slugs(
            check_basis(
                manual.releases, replace(held, absences={blob(OTHER): make_absence("shallow")})
            )
        )
        == []
    )
    manual, held = proved(FIRST)
    assert slugs(check_basis(manual.releases, held)) == ["basis-missing 0001.yml"]


def test_a_witness_is_of_the_newest_record_that_it_names() -> None:
    manual, held = proved(*chained(FIRST, SECOND, THIRD))
    digests = [sha256(held.files[f"releases/000{number}.yml"]) for number in (1, 2, 3)]
    assert witnessed_number(manual.releases, held, digests[1]) == 2
    assert witnessed_number(manual.releases, held, f"{digests[2]} {digests[0]}") == 3
    assert witnessed_number(manual.releases, held, f"đợt 2: {check_code(digests[1])}.") == 2
    assert witnessed_number(manual.releases, held, f"{digests[1]} {'a' * 64}") == 0
    assert witnessed_number(manual.releases, held, "chưa có") == 0
    assert witness_codes(f"{digests[0].upper()} {digests[0]}") == (digests[0],)
    assert slugs(check_witness(manual.releases, held, digests[0])) == []
    assert slugs(check_witness(manual.releases, held, "a" * 64)) == ["witness-differs 0003.yml"]
    assert [each.location.path for each in check_witness((), held, "a" * 64)] == ["releases/"]


def test_a_witness_bears_out_the_records_back_to_the_first_break() -> None:
    one, two, three = chained(FIRST, SECOND, THIRD)
    manual, held = proved(one, two, three)
    newest = sha256(held.files["releases/0003.yml"])
    standings = judge_records(manual.releases, held, TODAY, witness=newest)
    assert [(each.covered, each.proved, each.seal) for each in standings] == [
        (True, True, "none")
    ] * 3
    alone = judge_records(manual.releases, held, TODAY)
    assert [(each.covered, each.proved) for each in alone] == [(False, False)] * 3
    second = sha256(held.files["releases/0002.yml"])
    assert [
        each.covered for each in judge_records(manual.releases, held, TODAY, witness=second)
    ] == [True, True, False]
    manual, held = proved((one[0], one[1].replace("Đợt 1", "Đợt một")), two, three)
    assert [
        each.covered for each in judge_records(manual.releases, held, TODAY, witness=newest)
    ] == [False, True, True]
    manual, held = proved(one, three)
    assert [
        each.covered for each in judge_records(manual.releases, held, TODAY, witness=newest)
    ] == [False, True]


def test_the_day_of_a_record_is_its_own_else_gits_first_sight_and_none_to_come() -> None:
    undated = record(1, "2024-01-01", "unknown", issued())
    manual, held = proved(undated)

    def day(seen: dict[str, date], extent: HistoryExtent = "whole") -> date | None:
        told = replace(held, first_seen=seen, extent=extent)
        return judge_records(manual.releases, told, TODAY)[0].day

    path = "releases/0001.yml"
    assert day({path: date(2024, 5, 1)}) == date(2024, 5, 1)
    assert day({path: date(2025, 5, 1)}) == TODAY
    assert day({}) == TODAY
    assert day({}, "none") is None
    manual, held = proved(FIRST)
    assert day({path: date(2024, 5, 1)}) == date(2024, 1, 1)
    manual, held = proved(record(1, "2024-01-01", "2025-01-01", issued()))
    assert day({}) == TODAY
