"""Whether external documents are current: a check counts from the day on which it was made."""

from __future__ import annotations

from datetime import date

import pytest

from qmstool.manual.loading.loader import load
from qmstool.verify.evidence import collect_evidence
from qmstool.verify.verification import verify
from tests.support.manuals import tiny, tiny_with

PATH = "procedures/external.yml"


@pytest.mark.parametrize(
    ("checked_on", "outcome"),
    [
        ("2026-11-22", "yes"),
        ("2026-05-26", "yes"),
        ("2026-05-25", "no"),
        ("unknown", "not-evidenced"),
        # Nobody has checked anything on a day to come.
        ("2026-11-23", "not-evidenced"),
        ("2099-01-01", "not-evidenced"),
    ],
)
def test_external_documents_are_current(checked_on: str, outcome: str) -> None:
    tree = tiny_with({PATH: tiny()[PATH].decode() + f"    checked_on: {checked_on}\n"})
    manual = load(tree)
    found = verify(manual, collect_evidence(tree, (), None, None), date(2026, 11, 22))
    assert [each.outcome for each in found.answers if each.key == "external"] == [outcome]
