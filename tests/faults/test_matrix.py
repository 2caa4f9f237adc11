"""The page says of every command what becomes of it by every fault, and in every situation."""

from __future__ import annotations

import pytest

from qmstool.cli.main import COMMANDS as OFFERED
from tests.support import fault_matrix, fault_situations
from tests.support.fault_commands import COMMANDS
from tests.support.page_tables import read_cells


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        (fault_matrix.NAME, fault_matrix.FAULTS),
        (fault_situations.NAME, tuple(fault_situations.SITUATIONS)),
    ],
)
def test_every_command_has_an_outcome_in_every_column(table: str, columns: tuple[str, ...]) -> None:
    cells = read_cells(table)
    assert list(cells) == list(COMMANDS)
    assert all(tuple(told) == columns for told in cells.values())
    missing = [
        (command, column)
        for command, told in cells.items()
        for column, cell in told.items()
        if not cell
    ]
    assert missing == []


def test_every_command_is_broken() -> None:
    assert {command.split()[0] for command in COMMANDS} == set(OFFERED)
