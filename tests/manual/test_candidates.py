"""Candidates are read with the manual, and of one that does not fit its form a finding tells."""

from __future__ import annotations

from datetime import date

from tests.support.manuals import check_tree
from tests.support.memory import files, manual

WHOLE = """schema: 1
candidate: dot-2
title: Đợt 2
commit: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
prepared: 2026-11-01
basis: []
items:
  - {code: QT A 01, act: new, title: Quy trình mẫu, issue: "1", revision: "0"}
"""
BROKEN = WHOLE.replace("2026-11-01", "tháng 11").replace("title: Đợt 2\n", "")
PATH = "releases/candidates/dot-2.yml"


def test_a_candidate_is_part_of_the_manual() -> None:
    candidate = manual(**{PATH: WHOLE}).candidates[PATH]
    assert (candidate.key, candidate.title) == ("dot-2", "Đợt 2")
    assert candidate.prepared == date(2026, 11, 1)
    assert candidate.keys == {"qt-a-01"}
    assert candidate.is_whole


def test_what_does_not_fit_is_one_problem_of_the_manual() -> None:
    read = manual(**{PATH: BROKEN})
    assert not read.candidates[PATH].is_whole
    assert [problem.slug for problem in read.problems] == ["candidate-unreadable"]
    report = check_tree(files(**{PATH: BROKEN}))
    here = [finding for finding in report.findings if finding.location.path == PATH]
    assert [finding.slug for finding in here] == ["candidate-unreadable"]


def test_other_files_beside_candidates_are_none() -> None:
    assert manual(**{"releases/candidates/ghi-chu.md": "# Ghi chú\n"}).candidates == {}
