"""The prose rules against three invented organisations: what was planted is found, look-alikes stay silent, floors held."""

from __future__ import annotations

from tests.second_text import expected, planted


def test_every_quote_stands_once_in_its_file() -> None:
    assert len(planted("defects")) > 70
    assert len(planted("traps")) > 80
    assert {each.kind for part in ("defects", "traps") for each in planted(part)} <= set(expected()["kinds"])
    assert {each.reach for each in planted("defects")} <= {"", "ask", "out"}
