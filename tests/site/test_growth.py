"""Pages of a site do not cost the square of what they show, in steps of their templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.sandbox import Sandbox
from tests.support.manuals import tiny
from tests.support.memory import MemoryTree
from tests.support.site.scenes import rendered

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

MUCH = 6
DOCUMENT = tiny()["procedures/qt-vp-02.md"].decode()
MAPPING = tiny()["clauses/mapping/tiny-1.yml"].decode()


def steps(count: int, monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """The most steps of each template, for a clause that so many documents answer."""
    most: dict[str, int] = {}
    pieces = Sandbox.pieces

    def counted(sandbox: Sandbox, name: str, values: dict[str, object]) -> Iterator[str]:
        yield from pieces(sandbox, name, values)
        most[name] = max(most.get(name, 0), sandbox._steps)

    codes = [f"QT VP {number}" for number in range(100, 100 + count)]
    files = {
        f"procedures/qt-vp-{code[-3:]}.md": DOCUMENT.replace("QT VP 02", code) for code in codes
    }
    files["clauses/mapping/tiny-1.yml"] = MAPPING.replace("[QT VP 02]", f"[{', '.join(codes)}]")
    with monkeypatch.context() as patch:
        patch.setattr(Sandbox, "pieces", counted)
        rendered(MemoryTree({**tiny(), **files}))
    return most


def test_no_page_takes_steps_with_the_square_of_the_documents(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    few, many = steps(40, monkeypatch), steps(160, monkeypatch)
    assert "matrix.md.jinja" in many
    assert [name for name, count in many.items() if count > MUCH * few.get(name, count)] == []
