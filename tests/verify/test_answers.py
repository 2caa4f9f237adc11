"""The answers to an auditor's questions: yes, no, not evidenced, nothing to answer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from qmstool.frozen import replace
from qmstool.git.absence import make_absence
from qmstool.manual.named_evidence import receipt_evidence
from qmstool.releases.record import sha256
from qmstool.verify.kept_files import check_kept_files
from qmstool.verify.verification import verify
from tests.support.asked import (
    CODE,
    HOLDS,
    LIST,
    PAPER,
    PDF,
    SETTINGS,
    answered,
    found_witness,
    made,
    outcomes,
    released,
    why,
)
from tests.support.planted import item, record
from tests.support.proved import OTHER, TEXT, blob, chained, issued

if TYPE_CHECKING:
    from qmstool.verify.evidence import HistoryExtent


def test_an_honest_release_with_a_witness_is_answered_yes() -> None:
    manual, held = made(released())
    held = replace(held, signatures={PAPER: HOLDS})
    found = answered(manual, held, witness=found_witness(held))
    open_ones = {key for key, outcome in outcomes(found).items() if outcome != "yes"}
    assert open_ones == {"asked", "operation", "known", "reviewed", "external", "tool"}
    assert (found.doubts, found.holds, found.missing_links) == ((), True, ())
    (document,) = found.documents
    assert (document.proved, document.code, document.issue, document.revision) == (
        True,
        "QT A 01",
        "1",
        "0",
    )
    assert outcomes(answered(manual, held))["whole"] == "not-evidenced"
    assert why(found, "effect").endswith("Recorded after taking effect: 0.")


def test_without_a_release_there_is_nothing_to_answer() -> None:
    manual, held = made()
    found = answered(manual, held)
    nothing = {
        "bound",
        "approver",
        "proof",
        "asked",
        "approved-only",
        "effect",
        "known",
        "printed",
        "obsolete",
        "reviewed",
    }
    assert {key for key, outcome in outcomes(found).items() if outcome == "nothing"} == nothing
    assert found.newest == ""
    assert [answer.key for answer in answered(manual, held, keys=frozenset({"tool"})).answers] == [
        "tool"
    ]


@pytest.mark.parametrize(
    ("given", "key", "outcome"),
    [
        ({"evidence": "[]"}, "proof", "not-evidenced"),
        ({"without_evidence": "true"}, "proof", "not-evidenced"),
        ({"imported": "true"}, "bound", "not-evidenced"),
        ({"basis": "[]"}, "whole", "no"),
    ],
)
def test_what_is_lacking_is_not_evidenced(given: dict[str, object], key: str, outcome: str) -> None:
    manual, held = made(released(**given))
    held = replace(held, signatures={PAPER: HOLDS})
    assert outcomes(answered(manual, held, witness=found_witness(held)))[key] == outcome


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("person: an, role", "person: unknown, role", "approver"),
        ("role: giam-doc", "role: unknown", "approver"),
        ("recorded: 2024-01-25", "recorded: unknown", "effect"),
        ("date: 2024-01-20", "date: unknown", "effect"),
    ],
)
def test_what_a_record_does_not_name(old: str, new: str, key: str) -> None:
    path, text = released()
    manual, held = made((path, text.replace(old, new)))
    held = replace(held, signatures={PAPER: HOLDS})
    assert outcomes(answered(manual, held, witness=found_witness(held)))[key] == "not-evidenced"


def test_records_made_after_they_took_effect_are_counted() -> None:
    path, text = released()
    for recorded, told in (("2024-02-01", "0"), ("2024-02-02", "1")):
        manual, held = made((path, text.replace("recorded: 2024-01-25", f"recorded: {recorded}")))
        assert why(answered(manual, held), "effect").endswith(f"effect: {told}.") or told == "0"
        held = replace(held, signatures={PAPER: HOLDS})
        assert why(answered(manual, held), "effect").endswith(f"effect: {told}.")


def test_a_text_that_is_only_elsewhere_speaks_against_nothing() -> None:
    manual, held = made(released())
    elsewhere = {blob(TEXT): make_absence("shallow")}
    less = {name: data for name, data in held.blobs.items() if name != blob(TEXT)}
    found = answered(manual, replace(held, blobs=less, absences=elsewhere))
    assert outcomes(found)["bound"] == outcomes(found)["approved-only"] == "not-evidenced"
    gone = answered(manual, replace(held, blobs=less))
    assert (
        outcomes(gone)["bound"]
        == outcomes(gone)["approved-only"]
        == outcomes(gone)["obsolete"]
        == "no"
    )
    assert not gone.holds


def test_what_only_a_branch_keeps_is_to_be_tagged() -> None:
    manual, held = made(released())
    found = answered(manual, replace(held, loose_blobs={blob(TEXT): "nhánh"}))
    assert outcomes(found)["obsolete"] == "not-evidenced"
    assert "git tag release/0001 <commit>" in why(found, "obsolete")


@pytest.mark.parametrize(
    ("extent", "outcome"),
    [("whole", "yes"), ("shallow", "not-evidenced"), ("none", "not-evidenced")],
)
def test_the_trail_wants_the_whole_history(extent: HistoryExtent, outcome: str) -> None:
    manual, held = made(released())
    found = answered(manual, replace(held, extent=extent), witness=found_witness(held))
    assert outcomes(found)["trail"] == outcomes(found)["whole"] == outcome


REVIEW = f'schema: 1\nreviews:\n  - {{document: QT A 01, issue: "1", revision: "0", check_code: {CODE}, date: 2024-03-01, outcome: stands, person: an}}\n'


@pytest.mark.parametrize(
    ("months", "reviews", "outcome", "words"),
    [
        ("4", "", "yes", ""),
        ("3", "", "no", "QT A 01"),
        ("3", REVIEW, "yes", "1"),
        ("unknown", "", "not-evidenced", ""),
    ],
)
def test_reviewed_in_time(months: str, reviews: str, outcome: str, words: str) -> None:
    more = {"releases/reviews.yml": reviews} if reviews else {}
    manual, held = made(released(), head=f"review_months: {months}\n", **more)
    found = answered(manual, held)
    assert outcomes(found)["reviewed"] == outcome
    assert words in why(found, "reviewed")
    # On the very day it is due it is not late.
    assert outcomes(verify(manual, held, date(2024, 5, 1)))["reviewed"] != "no"


RECEIPT = f"releases/evidence/ky-nhan.pdf, digest: {sha256(PDF)}"


def copies(*rows: str, release: int = 1) -> dict[str, str]:
    lines = "".join(f"  - {{document: QT A 01, release: {release}, {row}}}\n" for row in rows)
    return {"releases/copies.yml": f"schema: 1\ncopies:\n{lines}"}


PROOF = f"evidence: [{{kind: scan, file: {RECEIPT}}}]"
SIGNED = f"handed_out: 2024-02-01, evidence: [{{kind: scan, file: {RECEIPT}}}]"


def read(row: str) -> dict[str, str]:
    same = f'document: QT A 01, issue: "1", revision: "0", check_code: {CODE}'
    return {"releases/readings.yml": f"schema: 1\nreadings:\n  - {{{same}, {row}}}\n"}


@pytest.mark.parametrize(
    ("more", "lacking"),
    [
        (
            copies(
                f"unit: VP, received: 2024-06-01, {SIGNED}",
                f"unit: KT, received: 2024-02-05, {SIGNED}",
            ),
            None,
        ),
        (
            copies(
                f"unit: VP, received: 2024-06-02, {SIGNED}",
                f"unit: KT, received: 2024-02-05, {SIGNED}",
            ),
            "QT A 01 (Văn phòng)",
        ),
        (
            copies(f"unit: VP, {SIGNED}", f"unit: KT, received: unknown, {SIGNED}"),
            "QT A 01 (Văn phòng), QT A 01 (Kỹ thuật)",
        ),
        (
            copies(
                "unit: VP, received: 2024-02-05, handed_out: 2024-02-01",
                f"unit: KT, received: 2024-02-05, {SIGNED}",
            ),
            "QT A 01 (Văn phòng)",
        ),
        (read("person: binh, date: unknown"), "QT A 01 (Văn phòng), QT A 01 (Kỹ thuật)"),
        (read("person: binh, date: 2024-06-01"), "QT A 01 (Văn phòng)"),
        (read("person: binh, date: 2024-06-02"), "QT A 01 (Văn phòng), QT A 01 (Kỹ thuật)"),
        (read(f"person: x, unit: VP, date: 2024-06-01, {PROOF}"), "QT A 01 (Kỹ thuật)"),
        (read("person: x, unit: VP, date: unknown"), "QT A 01 (Văn phòng), QT A 01 (Kỹ thuật)"),
    ],
)
def test_everybody_on_the_list_signed_for_it_or_read_it(
    more: dict[str, str], lacking: str | None
) -> None:
    manual, held = made(released(), head=LIST, **more)
    held = replace(held, files={**held.files, "releases/evidence/ky-nhan.pdf": PDF})
    # Asked about a day that is over, so that what came on the next is no day to come.
    found = answered(manual, held, today=date(2024, 6, 2))
    assert outcomes(found)["known"] == ("not-evidenced" if lacking else "yes")
    if lacking:
        why_vi = next(answer.why.vi for answer in found.answers if answer.key == "known")
        assert why_vi == f"Chưa có ký nhận bản đang có hiệu lực: {lacking}."


def test_a_copy_of_a_release_that_never_was_is_told_and_signs_for_nothing() -> None:
    row = f"unit: VP, received: 2024-02-05, {SIGNED}"
    manual, held = made(released(), head=LIST, **copies(row, release=9))
    held = replace(held, files={**held.files, "releases/evidence/ky-nhan.pdf": PDF})
    found = answered(manual, held, today=date(2024, 6, 2))
    assert outcomes(found)["known"] == "no"
    assert [point.slug for point in found.doubts] == ["of-no-text"]


@pytest.mark.parametrize(
    ("row", "outcome", "words"),
    [
        # Nobody knows them, and nothing proves what they did.
        ("person: x, unit: VP, date: 2024-03-01", "not-evidenced", "«x»"),
        (
            "person: x, unit: VP, date: 2024-03-01, evidence: [{kind: paper}]",
            "not-evidenced",
            "«x»",
        ),
        (
            "person: x, unit: VP, date: 2024-03-01, evidence: [{kind: paper, reference: Sổ 3}]",
            "",
            "",
        ),
        # Known, of another unit than he says.
        ("person: binh, unit: VP, date: 2024-03-01", "", "Văn phòng"),
        ("person: ông  bình, unit: VP, date: 2024-03-01", "", "Văn phòng"),
        # Known, and of no unit: he read for the one that he names.
        ("person: an, unit: VP, date: 2024-03-01", "", "Kỹ thuật"),
        # Known, and gone or not there yet.
        ("person: cu, unit: VP, date: 2024-03-01", "no", "1"),
        ("person: Cô Mới, unit: VP, date: 2024-03-01", "no", "1"),
        ("person: khong, unit: VP, date: 2024-03-01", "no", "1"),
        # Before anybody had signed what he read.
        ("person: an, unit: VP, date: 2024-01-19", "no", "1"),
        ("person: an, unit: VP, date: 2024-01-20", "", "Kỹ thuật"),
    ],
)
def test_who_is_nobody_or_was_not_there_has_not_read(row: str, outcome: str, words: str) -> None:
    people = SETTINGS + (
        "  cu: {name: Ông Cũ, holds: [{role: tho, from: 2020-01-01, to: 2024-02-29}]}\n"
        "  moi: {name: Cô Mới, holds: [{role: tho, from: 2024-03-02}]}\n"
        "  khong: {name: Ông Không, holds: []}\n"
    )
    manual, held = made(released(), head=LIST, **{"qms.yml": people}, **read(row))
    found = answered(manual, held)
    assert outcomes(found)["known"] == (outcome or "not-evidenced")
    assert words in why(found, "known")
    assert ("«x»" in why(found, "known")) == (words == "«x»")


@pytest.mark.parametrize(
    ("person", "outcome"), [("an", "yes"), ("Bà An", "yes"), ("x", "no"), ("cu", "no")]
)
def test_a_review_by_nobody_moves_no_day(person: str, outcome: str) -> None:
    people = SETTINGS + "  cu: {name: Cũ, holds: [{role: tho, from: 2020-01-01, to: 2024-02-29}]}\n"
    reviews = REVIEW.replace("person: an", f"person: {person}")
    more = {"qms.yml": people, "releases/reviews.yml": reviews}
    manual, held = made(released(), head="review_months: 3\n", **more)
    assert outcomes(answered(manual, held))["reviewed"] == outcome


@pytest.mark.parametrize(
    ("date", "outcome", "is_named"),
    [
        ("2024-03-01", "stands", True),
        ("2024-06-01", "stands", True),
        ("2024-06-02", "stands", False),  # it has not come yet
        ("unknown", "stands", False),
        ("2024-03-01", "returned", False),  # that moves no day
    ],
)
def test_who_would_move_a_day_of_review_and_is_a_stranger_is_named(
    date: str, outcome: str, is_named: bool
) -> None:
    review = REVIEW.replace("person: an", "person: x").replace("2024-03-01", date)
    reviews = review.replace("outcome: stands", f"outcome: {outcome}")
    manual, held = made(released(), head="review_months: 12\n", **{"releases/reviews.yml": reviews})
    assert ("«x»" in why(answered(manual, held), "reviewed")) is is_named


@pytest.mark.parametrize(
    ("day", "given", "told"),
    [
        ("2024-01-19", {}, True),
        ("2024-01-20", {}, False),
        # What was taken over was in use before anybody recorded it.
        ("2024-01-19", {"imported": "true"}, False),
    ],
)
def test_a_text_is_reviewed_and_read_after_its_signature(
    day: str, given: dict[str, object], told: bool
) -> None:
    review = {"releases/reviews.yml": REVIEW.replace("2024-03-01", day)}
    manual, held = made(released(**given), head=LIST, **review, **read(f"person: an, date: {day}"))
    found = answered(manual, held)
    slugs = [each.slug for each in found.doubts if each.location.path in (*review, *read(""))]
    assert slugs == (["before-signature"] * 2 if told else [])


@pytest.mark.parametrize(
    ("row", "slugs"),
    [
        ("unit: VP, handed_out: 2024-01-19", ["before-signature"]),
        ("unit: VP, handed_out: unknown, received: 2024-01-19", ["before-signature"]),
        ("unit: VP, handed_out: 2024-02-01, received: 2024-01-31", ["received-before"]),
        ("unit: VP, handed_out: 2024-01-20, received: 2024-01-20", []),
        ("unit: VP, handed_out: unknown, received: unknown", []),
    ],
)
def test_a_copy_of_what_nobody_had_signed_yet_is_told(row: str, slugs: list[str]) -> None:
    manual, held = made(released(), head=LIST, **copies(row))
    found = answered(manual, held)
    assert [doubt.slug for doubt in found.doubts if doubt.slug.startswith(("b", "rec"))] == slugs
    assert outcomes(found)["known"] == ("no" if slugs else "not-evidenced")


def test_where_nothing_is_in_force_nothing_is_to_be_reviewed() -> None:
    manual, held = made()
    assert why(answered(manual, held), "reviewed") == "No release has been recorded."
    ended = record(2, "2024-03-01", "2024-03-01", item("withdraw"))
    manual, held = made(*chained(released(), ended))
    found = answered(manual, held)
    assert outcomes(found)["reviewed"] == "nothing"
    assert why(found, "reviewed") == "No document is in force."


def test_of_a_document_without_a_list_it_is_said() -> None:
    manual, held = made(released(), **copies(f"unit: VP, received: 2024-02-05, {SIGNED}"))
    held = replace(held, files={**held.files, "releases/evidence/ky-nhan.pdf": PDF})
    assert outcomes(answered(manual, held))["known"] == "not-evidenced"


def test_a_receipt_that_was_changed_or_is_gone_is_told() -> None:
    manual, held = made(
        released(), head=LIST, **copies(f"unit: VP, received: 2024-02-05, {SIGNED}")
    )
    path = "releases/evidence/ky-nhan.pdf"
    for data, slugs in (
        (PDF, []),
        (b"%PDF x", ["kept-file-differs"]),
        (None, ["kept-file-missing"]),
    ):
        files = {**held.files, path: data} if data else held.files
        found = check_kept_files(receipt_evidence(manual), replace(held, files=files))
        assert [each.slug for each in found] == slugs


def test_old_paper_is_overdue_by_the_number_of_its_copies() -> None:
    second = record(
        2, "2024-03-01", "2024-03-01", issued("revise", text=b"---\ntype: procedure\n---\nHai.\n")
    )
    rows = copies("unit: VP, handed_out: 2024-02-01, copies: 3", "unit: KT, handed_out: 2024-02-01")
    manual, held = made(*chained(released(), second), **rows)
    assert "4" in why(answered(manual, held), "obsolete")
    assert outcomes(answered(manual, held))["obsolete"] == "no"


@pytest.mark.parametrize("codes", [("QT A 01", "QT A 02"), ("QT A 02", "QT A 01")])
def test_of_two_documents_with_one_file_the_later_is_told(codes: tuple[str, str]) -> None:
    one, other = codes
    second = record(2, "2024-03-01", "2024-03-01", issued(code=other, text=OTHER))
    manual, held = made(*chained(released(issued(code=one)), second))
    (doubt,) = [each for each in answered(manual, held).doubts if each.slug == "file-contested"]
    assert doubt.location.path == "releases/0002.yml"
    assert doubt.message.en.startswith(f"{other} and {one} both have «a.md»")
