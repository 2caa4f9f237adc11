"""Files kept beside opinions, copies, readings, reviews and lost keys: told where they are asked for."""

from __future__ import annotations

import pytest

from qmstool.releases.record import sha256
from tests.support.asked import (
    CODE,
    PDF,
    answered,
    made,
    released,
)

LOST = f"evidence: [{{kind: scan, file: releases/evidence/mat.pdf, digest: {sha256(PDF)}}}]"
SAME = f'document: QT A 01, issue: "1", revision: "0", check_code: {CODE}'
BESIDE = {
    "releases/opinions/dot-1.yml": (
        "schema: 1\ncandidate: dot-1\nasked:\n"
        f"  - {{unit: VP, sent: 2024-01-02, {LOST}}}\n"
        f"signed:\n  - {{as: author, person: an, {LOST}}}\n"
    ),
    "releases/copies.yml": (
        "schema: 1\ncopies:\n"
        f"  - {{document: QT A 01, unit: VP, release: 1, handed_out: 2024-02-01, {LOST}}}\n"
    ),
    "releases/readings.yml": (
        f"schema: 1\nreadings:\n  - {{{SAME}, person: an, date: 2024-02-01, {LOST}}}\n"
    ),
    "releases/reviews.yml": (
        f"schema: 1\nreviews:\n  - {{{SAME}, person: an, date: 2024-02-01, outcome: stands, {LOST}}}\n"
    ),
    "releases/revoked.yml": (
        f"schema: 1\nrevoked:\n  - {{key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDemoDemoDemoDemoDemoDemoDemoDemoDemoDemoDe1, from: 2024-01-01, reason: x, {LOST}}}\n"
    ),
}


@pytest.mark.parametrize(
    ("path", "key", "times"),
    [
        ("releases/opinions/dot-1.yml", "asked", 2),
        ("releases/copies.yml", "known", 1),
        ("releases/readings.yml", "known", 1),
        ("releases/reviews.yml", "reviewed", 1),
        ("releases/revoked.yml", "whole", 1),
    ],
)
def test_evidence_that_is_gone_is_told_where_it_is_asked_for(
    path: str, key: str, times: int
) -> None:
    manual, held = made(released(), **{path: BESIDE[path]})
    found = next(answer for answer in answered(manual, held).answers if answer.key == key)
    places = [(each.slug, each.location.path) for each in found.doubts]
    assert places == [("kept-file-missing", path)] * times
    assert found.outcome == "no"
