"""Heads of documents as other tools write them: foreign keys, keys left alone, editors' values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qmstool.manual.values import known_day
from tests.support.memory import MANIFEST, manual

if TYPE_CHECKING:
    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual

KEYS = """\
front_matter: {doc_id: code, version: revision, approved_by: signer, valid: effective, kind: type}
front_matter_unread: [layout, tags]
units: {A: {name: Phòng A}}
roles: {truong-a: {name: Trưởng phòng A, unit: A}, giam-doc: {name: Giám đốc}}
people: {an: {name: An, holds: [{role: truong-a, from: 2020-01-01}]}}
"""
HEAD = """---
doc_id: QT A 02
kind: procedure
title: Two
layout: page
tags: [a, {deep: b}]
x-editor: {any: thing}
X-Order: 3
version: "3.10"
approved_by: Jane Doe
valid: 20/02/2026
---
# Two
"""


def read(head: str, keys: str = KEYS) -> tuple[Manual, Document]:
    made = manual(qms_dot_yml=MANIFEST + keys, procedures__two_dot_md=head)
    return made, made.documents["qt-a-02"]


def own(lines: str) -> str:
    return f"---\ncode: QT A 02\ntype: procedure\ntitle: Two\n{lines}---\n# Two\n"


def slips(made: Manual) -> list[tuple[str, str, str | None]]:
    return [
        (each.slug, each.violation.values.get("key", ""), each.violation.suggestion)
        for each in made.problems
    ]


def test_foreign_keys_are_ours_and_others_are_left_alone() -> None:
    made, document = read(HEAD)
    assert made.problems == ()
    assert (document.code, document.type, document.title) == ("QT A 02", "procedure", "Two")
    assert [(own.what, own.mark.text, own.key) for own in document.front_matter.claims] == [
        ("revision", "3.10", "version"),
        ("effective", "2026-02-20", "valid"),
        ("signer", "Jane Doe", "approved_by"),
    ]
    assert document.mark.location.line == 2


def test_a_key_that_nobody_declared_is_told_with_what_to_declare() -> None:
    made, _ = read(own("sidebar_label: Two\n"), "")
    (problem,) = made.problems
    assert problem.slug == "unknown-key"
    assert "front_matter_unread" in problem.violation.values["hint_en"]
    assert "x-" in problem.violation.values["hint_vi"]


def test_a_meaning_that_is_no_key_of_ours_is_told_with_the_nearest() -> None:
    made, _ = read(own(""), "front_matter: {version: revison}\n")
    assert slips(made) == [("wrong-value", "version", "revision")]


def test_two_keys_that_mean_the_same_are_told() -> None:
    made, document = read(own("version: 2\nrevision: 3\n"), KEYS)
    assert slips(made) == [("duplicate-key", "revision", None)]
    assert [own.mark.text for own in document.front_matter.claims] == ["2"]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-02-20", "2026-02-20"),
        ("20/02/2026", "2026-02-20"),
        ("02/20/2026", "2026-02-20"),
        ("20.2.2026", "2026-02-20"),
        ("03.04.2026", "2026-04-03"),
        ("20-02-2026", "2026-02-20"),
        ("2026/2/20", "2026-02-20"),
        ("04/04/2026", "2026-04-04"),
        ("2026-02-20T00:00:00Z", "2026-02-20"),
        ("2026-02-20T00:00:00.000Z", "2026-02-20"),
        ("2026-02-19T17:00:00.000Z", "2026-02-20"),  # midnight in the manual's time zone
        ("2026-02-20T08:30:00+07:00", "2026-02-20"),
        ("2026-02-20 08:30", "2026-02-20"),
        ("null", None),
        ("~", None),
        ("unknown", None),
    ],
)
def test_days_as_form_editors_write_them(written: str, day: str | None) -> None:
    made, document = read(own(f"paper: {{effective: {written!r}}}\neffective: {written}\n"), "")
    if written in {"null", "~"}:  # between quotation marks it is a word, and no day
        assert [slug for slug, _, _ in slips(made)] == ["wrong-value"]
    else:
        assert made.problems == ()
    claims = [own.mark.text for own in document.front_matter.claims]
    assert claims == ([day] if day else [])
    paper = document.front_matter.paper
    assert paper is not None
    assert str(known_day(paper.effective)) == str(day)


@pytest.mark.parametrize(
    ("written", "readings"),
    [
        ("03/04/2026", "2026-04-03 or 2026-03-04"),
        ("3-4-2026", "2026-04-03 or 2026-03-04"),
        ("2026-02-20T20:30:00Z", "2026-02-20 or 2026-02-21"),
    ],
)
def test_a_day_with_two_readings_is_asked(written: str, readings: str) -> None:
    made, document = read(own(f"effective: {written}\n"), "")
    assert slips(made) == [("wrong-value", "effective", None)]
    assert readings in made.problems[0].violation.values["expected_en"]
    assert document.front_matter.claims == ()


@pytest.mark.parametrize(
    ("written", "months"),
    [("12.0", "12"), ("12,00", "12"), ("12", "12"), ("null", "None"), ("12.5", "None")],
)
def test_whole_numbers_with_a_point(written: str, months: str) -> None:
    made, document = read(own(f"review_months: {written}\n"), "")
    assert str(document.front_matter.review_months) == months
    assert [slug for slug, _, _ in slips(made)] == (["wrong-value"] if written == "12.5" else [])


def test_null_is_as_if_the_key_were_not_there() -> None:
    made, document = read(own("owner: null\nauthors: [an, null]\napprover: ~\n"), KEYS)
    assert made.problems == ()
    assert document.front_matter.owner is None
    assert [mark.text for mark in document.front_matter.authors] == ["an"]
    assert "owner" not in document.front_matter.keys


@pytest.mark.parametrize(
    ("owner", "unit"), [("A", "A"), ("truong-a", "A"), ("an", "A"), ("giam-doc", "")]
)
def test_an_owner_is_a_unit_a_role_or_a_person(owner: str, unit: str) -> None:
    made, document = read(own(f"owner: {owner}\n"))
    assert made.problems == ()
    mark = document.front_matter.owner
    assert mark is not None
    assert made.config.owning_unit(mark.text) == unit


def test_approvers_in_their_order_the_last_puts_in_force() -> None:
    made, document = read(own("approver: [truong-a, giam-doc]\n"))
    assert made.problems == ()
    assert [mark.text for mark in document.front_matter.approvers] == ["truong-a", "giam-doc"]
    last = document.front_matter.approver
    assert last is not None
    assert last.text == "giam-doc"


@pytest.mark.parametrize(
    ("types", "kind"),
    [
        ("", "procedure"),
        ('  rule: {name: Rule, code: "QT {unit} {n}"}\n', None),  # two shapes fit: it is asked
        ('  rule: {name: Rule, code: "QC {unit} {n}"}\n', "procedure"),
    ],
)
def test_a_head_without_a_type_has_the_one_whose_shape_its_code_has(
    types: str, kind: str | None
) -> None:
    manifest = MANIFEST.replace("types:\n", f"types:\n{types}")
    head = own("").replace("type: procedure\n", "")
    made = manual(qms_dot_yml=manifest, procedures__two_dot_md=head)
    assert made.documents["qt-a-02"].type == (kind or "")
    assert [slug for slug, _, _ in slips(made)] == ([] if kind else ["missing-key"])


def test_a_code_of_no_shape_has_no_type() -> None:
    made = manual(procedures__two_dot_md="---\ncode: X 1\ntitle: Two\n---\n")
    assert slips(made) == [("missing-key", "type", "type: ")]
