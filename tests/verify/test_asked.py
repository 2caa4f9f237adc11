"""Whether units were asked before a release was signed, and who wrote and reviewed; and a record that was altered in its folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qmstool.releases.record import sha256
from qmstool.verify.records.rewritten import check_rewritten
from tests.support.asked import PAPER, PDF, SETTINGS, answered, made, outcomes, released, why
from tests.support.planted import item, planted, record
from tests.support.proved import issued

if TYPE_CHECKING:
    from qmstool.verify.verification import Verification

CANDIDATE, OPINIONS = "releases/candidates/dot-1.yml", "releases/opinions/dot-1.yml"
ISSUED = issued(issue="'1'", revision="'0'")
SIGNED = (
    f"schema: 1\ncandidate: dot-1\ntitle: Đợt 1\ncommit: {'a' * 40}\nprepared: 2024-01-10\nbasis: []\n"
    f"items: [{ISSUED}]\n"
)


def asked(words: str | None, *, named: bool = True, settings: str = SETTINGS) -> Verification:
    """What is told of a release before which opinions were asked for; `named`: it names them."""
    beside = {CANDIDATE: SIGNED}
    if words is not None:
        beside[OPINIONS] = f"schema: 1\ncandidate: dot-1\n{words}\n"
    kinds = {CANDIDATE: "candidate", OPINIONS: "opinions"}
    proofs = [f"{{kind: signed-file, file: {PAPER}, digest: {sha256(PDF)}}}"]
    proofs += [
        f"{{kind: {kinds[path]}, file: {path}, digest: {sha256(text.encode())}}}"
        for path, text in beside.items()
        if named or path == CANDIDATE
    ]
    return answered(
        *made(released(evidence=f"[{', '.join(proofs)}]"), **beside, **{"qms.yml": settings})
    )


def told(found: Verification) -> list[str]:
    (answer,) = [answer for answer in found.answers if answer.key == "asked"]
    return [each.slug for each in answer.doubts]


@pytest.mark.parametrize(
    ("rows", "outcome", "said"),
    [
        ("asked: [{unit: VP, sent: 2024-01-02}]", "yes", "Asked: release 1"),
        ("asked: []", "not-evidenced", "No opinions are recorded for release: 1."),
        (None, "not-evidenced", "No opinions are recorded for release: 1."),
    ],
)
def test_units_were_asked_where_somebody_was(rows: str | None, outcome: str, said: str) -> None:
    found = asked(rows)
    assert outcomes(found)["asked"] == outcome
    assert why(found, "asked").startswith(said)


@pytest.mark.parametrize(
    ("days", "late"),
    [
        ("sent: 2024-01-20", False),
        ("sent: 2024-01-21", True),
        ("sent: 2024-01-02, answered: 2024-01-20, answer: agrees", False),
        ("sent: 2024-01-02, answered: 2024-01-21, answer: agrees", True),
        ("sent: unknown", False),
    ],
)
def test_what_was_asked_or_answered_after_the_signature_is_told(days: str, late: bool) -> None:
    found = asked(f"asked: [{{unit: VP, {days}}}]")
    assert told(found) == (["after-signature"] if late else [])
    assert outcomes(found)["asked"] == ("no" if late else "yes")


@pytest.mark.parametrize(
    ("signed", "slugs", "stranger"),
    [
        ("person: binh, role: tho, date: 2024-01-15", [], False),
        ("person: binh, role: tho, date: 2024-01-20", [], False),
        ("person: binh, role: tho, date: 2024-01-21", ["after-signature"], False),
        ("person: binh, role: giam-doc, date: 2024-01-15", ["not-in-office"], False),
        ("person: binh, date: 2024-01-15", [], False),
        ("person: binh, date: 2023-12-31", ["not-in-office"], False),
        ("person: binh", [], False),
        ("person: x, role: tho, date: 2024-01-15", [], True),
        ("person: x, date: 2024-01-15, evidence: [{kind: paper, reference: Sổ 3}]", [], False),
        # Who was registered since was there then.
        ("person: moi, role: tho, date: 2024-01-15", [], False),
    ],
)
def test_who_wrote_or_reviewed_is_somebody_and_held_his_role(
    signed: str, slugs: list[str], stranger: bool
) -> None:
    people = SETTINGS + "  moi: {name: Cô Mới, holds: [{role: tho, from: 2024-01-01}]}\n"
    rows = f"asked: [{{unit: VP, sent: 2024-01-02}}]\nsigned: [{{as: reviewer, {signed}}}]"
    found = asked(rows, settings=people)
    assert told(found) == slugs
    assert ("«x»" in why(found, "asked")) is stranger
    assert outcomes(found)["asked"] == ("no" if slugs else "not-evidenced" if stranger else "yes")


@pytest.mark.parametrize(
    ("rows", "slugs"),
    [
        ("asked: [{unit: VP, sent: 2024-01-02}]", ["opinions-not-recorded"]),
        ("signed: [{as: author, person: an, date: 2024-01-02}]", ["opinions-not-recorded"]),
        ("signed: [{as: author, person: an}]", []),  # nothing was asked yet, and nobody signed
    ],
)
def test_opinions_that_the_record_does_not_name_are_told(rows: str, slugs: list[str]) -> None:
    assert told(asked(rows, named=False)) == slugs
    assert told(asked(rows)) == []


def test_a_record_that_differs_from_what_was_committed_is_told_at_the_first_word() -> None:
    (release,) = planted(record(1, "2024-01-01", "2024-01-01", item())).releases
    committed = release.source.text.replace("title: Đợt 1", "title: Đợt một").encode()
    (found,) = check_rewritten(release, (), None, committed)
    assert found.slug == "release-rewritten"
    assert release.source.text.splitlines()[found.location.line - 1] == "title: Đợt 1"
    assert list(check_rewritten(release, (), None, None)) == []
