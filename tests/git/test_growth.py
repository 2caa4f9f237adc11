"""A text of many versions is asked for each of them, and its life is told once.

Time of this process alone is measured, for some versions and for four times as many.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.git.history import History
from tests.support.grown import grows_with_its_square

if TYPE_CHECKING:
    from collections.abc import Callable

PATH = "procedures/a.md"
MOMENT = "2024-01-01T00:00:00+07:00"


def versions(count: int) -> Callable[[], object]:
    """A history of so many commits, each of which changed one text."""
    headers = [
        f"{at:040x}\n{at + 1:040x}\nA\na@example.org\n{MOMENT}\n{MOMENT}\nx\n".encode()
        for at in range(count)
    ]
    head = ":100644 100644 {0:040x} {1:040x} M"
    name = PATH.encode()
    life = [(at, head.format(at + 1, at).encode(), name, name) for at in range(count)]
    history = History(headers, {name: life})
    blobs = [f"{at:040x}" for at in range(count)]

    def ask() -> None:
        for blob in blobs:
            assert len(history.life_of_text(PATH, blob)) == count

    return ask


def test_time_does_not_grow_with_the_square_of_versions() -> None:
    assert not grows_with_its_square(versions, 400)
