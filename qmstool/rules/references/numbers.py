"""Compare the numbers of sections and clauses."""

from __future__ import annotations


def on_one_branch(one: str, other: str) -> bool:
    """Whether one number is the other or stands above or below it, as 7.1 and 7.1.5 do."""
    return f"{one}.".startswith(f"{other}.") or f"{other}.".startswith(f"{one}.")
