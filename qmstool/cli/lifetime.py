"""Hold what a command has made until its process ends, where the process ends with the command.

To take a manual of thousands of documents apart is a twentieth of a short run, and nobody gains by
it: the process ends at once (`main`), and its memory with it.
"""

from __future__ import annotations

_held: list[object] = []
_is_short = False


def end_with_command(*, is_short: bool) -> None:
    """Say whether this process runs one short command and ends with it."""
    global _is_short  # noqa: PLW0603
    _is_short = is_short


def hold(*values: object) -> None:
    """Keep values from being taken apart; in a process that goes on they end as ever."""
    if _is_short:
        _held.extend(values)
