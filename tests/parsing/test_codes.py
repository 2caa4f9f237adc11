"""A title that begins with its document's code: the code is said once."""

from __future__ import annotations

import pytest

from qmstool.parsing.codes import title_without_code


@pytest.mark.parametrize(
    ("title", "code", "left"),
    [
        ("PG 05 - Auditoría", "PG 05", "Auditoría"),
        ("PG-05: Auditoría", "PG 05", "Auditoría"),
        ("PG 05. Auditoría", "PG 05", "Auditoría"),
        ("QT BIS 01 – Kiểm soát", "qt bis 01", "Kiểm soát"),
        # A longer code, another one, the code at the end, the code alone: the title as it is.
        ("QT VP 01.02 Sổ", "QT VP 01", "QT VP 01.02 Sổ"),
        ("QT VP 01-02 Sổ", "QT VP 01", "QT VP 01-02 Sổ"),
        ("PG 051 Auditoría", "PG 05", "PG 051 Auditoría"),
        ("Auditoría, PG 05", "PG 05", "Auditoría, PG 05"),
        ("PG 05", "PG 05", "PG 05"),
        ("Auditoría", "", "Auditoría"),
    ],
)
def test_a_code_before_a_title_is_not_said_twice(title: str, code: str, left: str) -> None:
    assert title_without_code(title, code) == left
