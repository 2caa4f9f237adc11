"""Several standards side by side on the page of the matrix."""

from __future__ import annotations

import re

import pytest

from tests.support.site.scenes import rendered
from tests.tables.test_standards import two


@pytest.fixture(scope="module")
def table() -> str:
    pages = rendered(two(), "en")
    page = next(html for address, html in pages.items() if "matrix" in address)
    found = re.search(r'<div class="q-table q-beside">.*?</table>', page, re.DOTALL)
    assert found
    return found[0]


def _row(table: str, number: str) -> list[str]:
    row = next(
        row for row in re.findall(r"<tr.*?</tr>", table, re.DOTALL) if f">{number}</a>" in row
    )
    cells = re.findall(r'<td data-label="([^"]*)"[^>]*>(.*?)</td>', row, re.DOTALL)
    return [f"{label}: {' '.join(re.sub('<[^>]+>', ' ', cell).split())}" for label, cell in cells]


def test_a_clause_answered_as_the_one_above_says_so(table: str) -> None:
    assert _row(table, "7.5")[0] == "ISO 9001:2015: 7.5 SOP-001"
    assert _row(table, "7.5.1")[0] == "ISO 9001:2015: 7.5.1 as 7.5"
    assert _row(table, "10.3")[0] == "ISO 9001:2015: 10.3 SOP-002"


def test_every_cell_bears_its_standard_and_an_empty_one_is_told(table: str) -> None:
    assert _row(table, "A.5.1") == [
        "ISO 9001:2015: —",
        "ISO/IEC 27001:2022: A.5.1 SOP-001",
    ]
