"""The rows of a change table: what each record did, and how much of the text it changed."""

from __future__ import annotations

from datetime import date

import pytest

from qmstool.register.change_rows import change_rows
from qmstool.register.versions import life_of
from tests.support.planted import item, planted, record
from tests.support.proved import blob, issued

ONE = "# Việc\n\n## 1. Phạm vi\n\nMọi phòng.\n\n## 2. Cách làm\n\nGhi sổ.\n".encode()
OTHER = ONE.replace("Ghi sổ".encode(), "Ghi vào phiếu".encode())
HELD = {blob(ONE): ONE, blob(OTHER): OTHER}
CLAIMED = "{level: none, claims: []}"


def extents(*records: tuple[str, str], lost: bytes = b"") -> list[tuple[str, str, list[str]]]:
    manual = planted(*records)
    blobs = {name: data for name, data in HELD.items() if data != lost}
    life = life_of(manual.releases, "qt-a-01")
    rows = change_rows(manual.releases, life, date(2024, 12, 1), blobs)
    return [(row.act, row.extent, [each.new_title for each in row.sections]) for row in rows]


FIRST = record(1, "2024-01-01", "2024-01-01", issued(text=ONE))
SECOND = record(2, "2024-02-01", "2024-02-01", issued("revise", text=OTHER))


def test_a_new_text_is_whole_and_a_revision_names_its_sections() -> None:
    assert extents(FIRST, SECOND) == [("new", "whole", []), ("revise", "sections", ["2. Cách làm"])]
    same = record(2, "2024-02-01", "2024-02-01", issued("reissue", text=ONE))
    assert extents(FIRST, same)[1] == ("reissue", "none", [])


def test_a_withdrawal_changes_nothing_and_what_follows_it_is_whole() -> None:
    ended = record(2, "2024-02-01", "2024-02-01", item("withdraw"))
    anew = record(3, "2024-03-01", "2024-03-01", issued("reissue", text=ONE))
    told = extents(FIRST, ended, anew)
    assert told[1:] == [("withdraw", "none", []), ("reissue", "whole", [])]


@pytest.mark.parametrize("lost", [ONE, OTHER])
def test_where_a_text_of_either_side_is_lost_nothing_is_compared(lost: bytes) -> None:
    assert extents(FIRST, SECOND, lost=lost)[1] == ("revise", "lost", [])


def test_what_was_taken_over_is_told_as_that() -> None:
    baseline = record(1, "2024-01-01", "2024-01-01", issued(text=ONE), imported="true")
    assert [act for act, _, _ in extents(baseline, SECOND)] == ["imported", "revise"]
    taken = record(1, "2024-01-01", "2024-01-01", issued(text=ONE, taken_over=CLAIMED))
    assert [act for act, _, _ in extents(taken, SECOND)] == ["imported", "revise"]
