"""The prose rules against three invented organisations: what was planted is found, look-alikes stay silent, floors held."""

from __future__ import annotations

import sys

import pytest

from tests.support.second_text import (
    PlantedDefect,
    expected,
    false_alarms,
    false_findings,
    is_found,
    missed_defects,
    planted,
    scores,
    table,
)

IN_REACH = [each for each in planted("defects") if not each.reach]


def test_every_quote_stands_once_in_its_file() -> None:
    assert len(planted("defects")) > 70
    assert len(planted("traps")) > 80
    assert {each.kind for part in ("defects", "traps") for each in planted(part)} <= set(
        expected()["kinds"]
    )
    assert {each.reach for each in planted("defects")} == {"", "ask", "out"}


@pytest.mark.parametrize("entry", IN_REACH, ids=lambda each: each.name)
def test_what_was_planted_is_found(entry: PlantedDefect) -> None:
    assert is_found(entry)


@pytest.mark.parametrize("trap", planted("traps"), ids=lambda each: each.name)
def test_a_look_alike_stays_silent(trap: PlantedDefect) -> None:
    assert false_alarms(trap) == []


def test_nothing_else_is_said() -> None:
    assert false_findings() == []


@pytest.mark.parametrize("kind", expected()["kinds"])
def test_recall_of_all_that_was_planted_holds_its_floor(kind: str) -> None:
    score = scores()[kind]
    assert score.precision == score.recall == 1
    assert score.planted - score.found == sum(
        each.kind == kind and each.reach != "" for each in planted("defects")
    )


def test_the_table_is_shown() -> None:
    sys.stdout.write(f"\n{table()}\n\nmissed: {'; '.join(missed_defects())}\n")
    assert "**all**" in table()
