"""What each fault does to each command: the matrix of docs/reliability.md, made of what tests print.

`QMS_FAULTS=8 python -m pytest tests/faults/test_every_step.py -n 0 -s 2> rows.log` breaks commands
and prints a row for each fault; `python -m tests.support.fault_matrix rows.log` puts them into the
page, in the place of what it said of the same command and fault.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.fault_commands import COMMANDS
from tests.support.fault_kinds import Fault
from tests.support.page_tables import read_cells, write_cells

if TYPE_CHECKING:
    from collections.abc import Sequence

NAME = "faults"
ANYWHERE = [each for each in Fault if not each.while_read and not each.of_kept_state]
FAULTS = tuple(each.value for each in ANYWHERE)
NOWHERE = "–"  # the fault can strike at no step of the command
_ROW = re.compile(
    r"^[.F]*\| (?P<command>[^|]+) \| (?P<fault>[^|]+) \| (?P<cell>[^|]*) \|$", re.MULTILINE
)


def row(command: str, fault: str, ends: Sequence[str], steps: int) -> str:
    """What tests print of a command broken by a fault: how it ended, of each time, of how many steps."""
    how = "; ".join(sorted(set(ends)))
    return f"| {command} | {fault} | {f'{how} ({len(ends)} of {steps})' if how else NOWHERE} |\n"


def write(printed: str) -> None:
    """Put the rows among what was printed into the page."""
    known = read_cells(NAME)
    for found in _ROW.finditer(printed):
        if found["command"] in COMMANDS and found["fault"] in FAULTS:
            known.setdefault(found["command"], {})[found["fault"]] = found["cell"]
    write_cells(
        NAME,
        {
            command: {fault: known.get(command, {}).get(fault, "") for fault in FAULTS}
            for command in COMMANDS
        },
    )


if __name__ == "__main__":
    write("".join(Path(name).read_text("utf-8") for name in sys.argv[1:]))
