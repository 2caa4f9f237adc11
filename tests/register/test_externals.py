"""How a law or standard stood on a day, by its days and those of what followed it."""

from __future__ import annotations

from datetime import date

import pytest

from qmstool.manual.loading.loader import load
from qmstool.register.externals import is_to_come, starts_of, status_on
from tests.support.memory import files

HEAD = "type: Nghị định, issuer: Chính phủ, title: x"
OTHERS = f"""\
  mot: {{number: 1/2024/NĐ-CP, {HEAD}, status: in_force, effective: 2024-06-01}}
  hai: {{number: 2/2024/NĐ-CP, {HEAD}, status: in_force, issued: 2024-08-01}}
  ba: {{number: 3/2024/NĐ-CP, {HEAD}, status: unknown}}
"""


def stands(rest: str, day: str) -> str | None:
    rows = f"  luat: {{number: 9/2010/NĐ-CP, {HEAD}, {rest}}}\n{OTHERS}"
    manual = load(files(**{"procedures/external.yml": f"schema: 1\ndocuments:\n{rows}"}))
    assert not [each for each in manual.problems if each.slug != "unknown-document"], (
        manual.problems
    )
    return status_on(manual.externals["luat"], starts_of(manual.externals), date.fromisoformat(day))


@pytest.mark.parametrize(
    ("rest", "day", "told"),
    [
        # From the day of its effect on, else from its issue.
        ("status: in_force, issued: 2010-01-01, effective: 2010-03-01", "2010-02-28", "not-yet"),
        ("status: in_force, issued: 2010-01-01, effective: 2010-03-01", "2010-03-01", "in_force"),
        ("status: in_force, issued: 2010-01-01", "2009-12-31", "not-yet"),
        ("status: in_force, issued: 2010-01-01", "2010-01-01", "in_force"),
        ("status: in_force", "2010-01-01", None),
        # Until its own end.
        ("status: in_force, issued: 2010-01-01, expired: 2020-01-01", "2019-12-31", "in_force"),
        ("status: in_force, issued: 2010-01-01, expired: 2020-01-01", "2020-01-01", "repealed"),
        ("status: in_force, expired: 2020-01-01", "2019-12-31", "in_force"),
        ("status: superseded, expired: 2020-01-01", "2020-01-01", "superseded"),
        ("status: superseded, issued: 2010-01-01, expired: 2020-01-01", "2019-12-31", "in_force"),
        ("status: repealed, issued: 2010-01-01, expired: 2020-01-01", "2019-12-31", "in_force"),
        ("status: repealed, issued: 2010-01-01, expired: 2020-01-01", "2020-01-01", "repealed"),
        ("status: repealed, issued: 2010-01-01", "2019-12-31", None),
        # Until what took its place, by key or by number, from its effect or its issue.
        ("status: superseded, issued: 2010-01-01, superseded_by: [mot]", "2024-05-31", "in_force"),
        (
            "status: superseded, issued: 2010-01-01, superseded_by: [mot]",
            "2024-06-01",
            "superseded",
        ),
        (
            "status: superseded, issued: 2010-01-01, superseded_by: [1/2024/NĐ-CP]",
            "2024-06-01",
            "superseded",
        ),
        ("status: superseded, issued: 2010-01-01, superseded_by: [hai]", "2024-07-31", "in_force"),
        (
            "status: superseded, issued: 2010-01-01, superseded_by: [hai]",
            "2024-08-01",
            "superseded",
        ),
        (
            "status: superseded, issued: 2010-01-01, superseded_by: [hai, mot]",
            "2024-07-01",
            "superseded",
        ),
        # Whose day nobody knows, of that nobody knows what stood before.
        ("status: superseded, issued: 2010-01-01, superseded_by: [ba]", "2024-06-01", None),
        ("status: superseded, issued: 2010-01-01, superseded_by: [ba, mot]", "2024-05-31", None),
        (
            "status: superseded, issued: 2010-01-01, superseded_by: [ba, mot]",
            "2024-06-01",
            "superseded",
        ),
        (
            "status: superseded, issued: 2010-01-01, superseded_by: [99/2020/NĐ-CP]",
            "2024-06-01",
            None,
        ),
        ("status: superseded, issued: 2010-01-01", "2024-06-01", None),
        # What amends it, likewise.
        ("status: amended, issued: 2010-01-01, amended_by: [mot]", "2024-05-31", "in_force"),
        ("status: amended, issued: 2010-01-01, amended_by: [mot]", "2024-06-01", "amended"),
        ("status: in_force, issued: 2010-01-01, amended_by: [hai, mot]", "2024-06-01", "amended"),
        ("status: amended, issued: 2010-01-01, amended_by: [ba]", "2024-06-01", None),
        ("status: amended, issued: 2010-01-01, amended_by: [ba, mot]", "2024-06-01", "amended"),
        ("status: amended, issued: 2010-01-01", "2024-06-01", None),
        (
            "status: superseded, issued: 2010-01-01, amended_by: [mot], superseded_by: [hai]",
            "2024-06-01",
            "amended",
        ),
        # Halves are not told of by days.
        ("status: partly_superseded, issued: 2010-01-01", "2024-06-01", None),
        ("status: in_transition, issued: 2010-01-01", "2024-06-01", None),
        ("status: unknown, issued: 2010-01-01", "2024-06-01", None),
        ("status: unknown, issued: 2010-01-01, amended_by: [mot]", "2024-06-01", "amended"),
    ],
)
def test_how_it_stood(rest: str, day: str, told: str | None) -> None:
    assert stands(rest, day) == told


@pytest.mark.parametrize(
    ("issued", "to_come"),
    [
        ("issued: 2024-06-02", True),
        ("issued: 2024-06-01", False),
        ("issued: unknown", False),
        ("note: x", False),
    ],
)
def test_what_is_issued_later_is_to_come(issued: str, to_come: bool) -> None:
    rows = f"  luat: {{number: 9/2010/NĐ-CP, {HEAD}, status: unknown, {issued}}}\n"
    manual = load(files(**{"procedures/external.yml": f"schema: 1\ndocuments:\n{rows}"}))
    assert is_to_come(manual.externals["luat"], date(2024, 6, 1)) is to_come
