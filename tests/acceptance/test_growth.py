"""Work that grows with a manual, not with its square: calls are counted, for a manual and for one twice as large."""

from __future__ import annotations

import difflib
from difflib import get_close_matches
from typing import TYPE_CHECKING

import pytest

from benchmarks.corpus import CATALOGUE, HEAD, MANIFEST
from qmstool.checking.runner import check
from qmstool.manual.loading.loader import load
from qmstool.references.resolver import resolve
from qmstool.rules.prose import activities as prose_doings
from qmstool.rules.prose import near_duplicates, near_names
from qmstool.rules.references import titles as references_titles
from tests.support.memory import MemoryTree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

SIZE = 200


def files(count: int, body: Callable[[int], str], name: str = "") -> MemoryTree:
    """A manual of so many procedures."""
    made = {
        "qms.yml": MANIFEST.format(units="VP: {name: Văn phòng}")
        + "check: {ask: [near-duplicate]}\n",
        "manual/index.md": "---\ncode: STCL\ntype: manual\ntitle: Sổ tay\nowner: VP\n---\n",
        "manual/1/4.1.md": "# 4.1. Bối cảnh\n\nNội dung.\n",
        "clauses/catalogues/norm.yml": CATALOGUE,
        "clauses/mapping/norm.yml": 'schema: 1\ncatalogue: norm\nclauses:\n  "4.1": {section: "4.1", role: giam-doc}\n',
    }
    for number in range(count):
        head = HEAD.format(code=f"QT VP {number:04d}", title=str(number), owner="VP")
        named = (
            head.replace("\ntype:", f"\nnames: [{name.format(number)}]\ntype:") if name else head
        )
        made[f"procedures/qt-vp-{number:04d}.md"] = f"{named}\n{body(number)}\n"
    return MemoryTree(dict(made))


def checked(tree: MemoryTree) -> None:
    manual = load(tree)
    check(manual, resolve(manual), root=".")


def unknown(number: int) -> str:
    return f"Theo QT XX {number:04d}, [a](x{number}.md), [b](qt-vp-0000.md#m{number})."


def misspelt(number: int) -> str:
    return f"Theo quy trình kiểm soát hồ xơ {number}."


def paced(number: int) -> str:
    return (
        f"Kho {number} được kiểm tra hằng năm, xem bảng dưới đây. Sổ kho {number} được lưu 5 "
        "năm. Hằng quý, đơn vị đánh giá kho."
    )


def repeated(number: int) -> str:
    return "## 1. Việc\n\n" + " ".join(f"chữ {number // 3} thứ {at}" for at in range(30))


def titles(count: int) -> str:
    one = "## {0}. Việc thứ {0}\n\nTheo mục {0} (Việc nào khác {0}).\n\n"
    return "".join(one.format(number) for number in range(1, count))


def test_what_is_unknown_is_compared_with_a_few(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []

    def counted(word: str, names: Iterable[str], n: int, cutoff: float) -> list[str]:
        compared.append(len(list(names)))
        return get_close_matches(word, names, n=n, cutoff=cutoff)

    monkeypatch.setattr(difflib, "get_close_matches", counted)
    checked(files(2 * SIZE, unknown))
    assert len(compared) > 2 * SIZE
    assert sum(compared) < len(compared) * 100


@pytest.mark.parametrize(
    ("room", "function", "made"),
    [
        (
            near_names,
            "_one_slip",
            lambda count: files(count, misspelt, "quy trình kiểm soát hồ sơ {}"),
        ),
        (references_titles, "fold_name", lambda count: files(1, lambda _: titles(count // 2))),
        (prose_doings, "fold_name", lambda count: files(count, paced)),
        (near_duplicates, "_marks", lambda count: files(count, repeated)),
    ],
)
def test_calls_double_with_the_manual(
    monkeypatch: pytest.MonkeyPatch, room: object, function: str, made: Callable[[int], MemoryTree]
) -> None:
    calls = []
    own = getattr(room, function)

    def counted(*given: object) -> object:
        calls.append(function)
        return own(*given)

    monkeypatch.setattr(room, function, counted)
    checked(made(SIZE))
    once = len(calls)
    checked(made(2 * SIZE))
    assert once >= SIZE // 2
    assert len(calls) - once < 3 * once
