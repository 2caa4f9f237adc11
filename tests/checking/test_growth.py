"""A check takes no time that grows with the square of a text, however odd the text is.

Time of this process alone is measured: other programs change nothing. A text of four times the
length takes four times as long, and sixteen times where each of its parts is held against all.
"""

from __future__ import annotations

import time
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from qmstool.checking.runner import check
from qmstool.manual.loading.loader import load
from qmstool.parsing import merge_markers
from qmstool.references.resolver import resolve
from qmstool.report.text import render
from qmstool.rules.control.reliance import relies_on_not_held
from qmstool.rules.control.role_holders import role_held_twice
from qmstool.rules.coverage.clauses import uncovered_clause
from qmstool.rules.input import loader_problems
from qmstool.rules.references.code_spelling import code_spelled_otherwise
from tests.support.grown import grows_with_its_square
from tests.support.manuals import TINY, check_tree, tiny_with

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qmstool.findings import Location
    from qmstool.parsing.source import SourceFile
    from qmstool.rules.base.rule import Rule

PATH = "procedures/qt-vp-01.md"
HEAD = "---\ncode: QT VP 01\ntype: procedure\ntitle: Quy trình thử\nowner: VP\n---\n\n# Thử\n\n## 1. Thử\n\n"
MUCH = 8
LEAST = 0.15
"""What is sooner is taken for as long as this, in seconds: it says nothing yet."""


def numbered(pattern: str, count: int) -> str:
    return "".join(pattern.replace("{}", str(each)) for each in range(count))


ODD = {
    "links on one line": ("[a](qt-vp-02.md) ", 20_000),
    "codes on one line": ("QT VP 02, ", 20_000),
    "codes with titles on one line": ("Quy trình đánh giá nội bộ QT VP 02. ", 50_000),
    "numbers in one paragraph": ("xem mục 1; ", 20_000),
    "numbers and what they are of in one sentence": ("mục {}, QT VP 02, điều khoản {} ISO 9001, phụ lục {}, ", 40_000),
    "numbers in one row": ("QT VP 02 | mục {} | ", 20_000),
    "numbers below headings": ("## Việc {}\n\nTheo mục 1.{}\n\n", 20_000),
    "one number of many sections": ("## 1. Việc\n\nXem mục 1.\n\n", 10_000),
    "lists of numbers behind standards": ("ISO {} mục 1, 2; ", 40_000),
    "codes in letters of another alphabet, with numbers": ("QТ VР 02, mục {}; ", 30_000),
    "codes run together beside code": ("`a` QTVP02 ", 30_000),
    "backslashes": ("\\", 15_000),
    "abbreviations that are explained, and notes of the old dialect": ("*[AB{}]: a\n\n!!! note\n    AB1\n\n", 15_000),
    "notes of the old dialect": ("!!! note\n    a\n\n", 60_000),
    "headings above lines": ("a\n===\n\n", 120_000),
    "words twice": ("từ{} a{} a{} ", 60_000),
    "references that nothing defines": ("[a{}][b{}] ", 180_000),
    "links that nothing closes": ("[a](", 250_000),
    "bodies of standards": ("ISO ", 60_000),
    "comments on one line": ("a <!-- chú --> ", 20_000),
    "capitals": ("AB CDE EFGH ISO ", 100_000),
}  # fmt: skip


def seconds(pattern: str, length: int) -> float:
    text = numbered(pattern, length // len(pattern))
    tree = tiny_with({PATH: f"{HEAD}{text}\n"})
    begun = time.process_time()
    report = check_tree(tree)
    render(report, "vi")
    return time.process_time() - begun


@pytest.mark.parametrize("name", ODD)
def test_time_does_not_grow_with_the_square_of_an_odd_text(name: str) -> None:
    pattern, length = ODD[name]
    once = max(LEAST, seconds(pattern, length))
    assert seconds(pattern, 4 * length) < MUCH * once


def chain_of_laws(count: int) -> dict[str, str]:
    """Laws of which each took the place of the one before, the last of the first; all are cited."""
    law = "{{number: {0}/2006/NĐ-CP, type: Luật, issuer: QH, title: Luật {0}, status: superseded"
    laws = "".join(
        f"  a{at}: {law.format(at)}, superseded_by: [a{(at + 1) % count}]}}\n"
        for at in range(count)
    )
    cited = "".join(f"Theo Luật {at}/2006/NĐ-CP.\n" for at in range(count))
    return {
        "procedures/external.yml": f"schema: 1\ndocuments:\n{laws}",
        PATH: f"{HEAD}{cited}",
    }


def long_release(count: int) -> dict[str, str]:
    """A baseline of so many documents."""
    item = (
        "{{code: QT VP {0}, act: new, title: T, issue: unknown, revision: unknown, digest: {1}, "
        "files: [], summary: S, reason: R}}"
    )
    items = "".join(f"  - {item.format(at, '0' * 64)}\n" for at in range(count))
    head = (
        "schema: 1\nrelease: 1\nimported: true\ntitle: T\neffective: unknown\nevidence: []\n"
        "instrument: {kind: unknown, number: unknown, date: unknown}\nrecorder: unknown\n"
        "signer: {person: unknown, role: unknown, capacity: unknown}\ntool: qmstool 0.1.0\n"
        "catalogues: []\nrecorded: unknown\nprevious: none\nbasis: []\n"
    )
    return {"releases/0001.yml": f"{head}items:\n{items}"}


def links_beside_mentions(count: int) -> dict[str, str]:
    """A document that is only registered, linked and named thousands of times."""
    head = "---\ncode: QT VP 03\ntype: procedure\ntitle: Quy trình khác\nowner: VP\ntext: not-held\n---\n"
    uses = "[QT VP 03](qt-vp-03.md) QT VP 03.\n\n" * count
    return {"procedures/qt-vp-03.md": head, PATH: f"{HEAD}{uses}"}


@pytest.mark.parametrize(("made", "count"), [(chain_of_laws, 250), (long_release, 1500)])
def test_time_does_not_grow_with_the_square_of_a_register(
    made: Callable[[int], dict[str, str]], count: int
) -> None:
    def taken(rows: int) -> float:
        tree = tiny_with(made(rows))
        begun = time.process_time()
        check_tree(tree)
        return time.process_time() - begun

    once = max(LEAST, taken(count))
    assert taken(4 * count) < MUCH * once


def codes_spelled_otherwise(count: int) -> dict[str, str]:
    """A code that is spelled otherwise thousands of times."""
    return {PATH: HEAD + "Theo QT-VP-02.\n\n" * count}


def holders_of_one_role(count: int) -> dict[str, str]:
    """People who held an approving role one after the other, and of whom the last two held it at once."""
    manifest = (TINY / "qms.yml").read_text("utf-8")
    days = [date(1960, 1, 1) + timedelta(days=5 * at) for at in range(count + 1)]
    days[-1] += timedelta(days=5)
    holds = "[{{role: giam-doc, from: {0}, to: {1}}}]"
    people = "".join(
        f"  p{at}: {{name: Ông Số {at}, holds: {holds.format(days[at], days[at + 1])}}}\n"
        for at in range(count)
    )
    last = holds.format(days[-2], days[-1])
    return {"qms.yml": f"{manifest}people:\n{people}  p: {{name: Ông Số, holds: {last}}}\n"}


def clauses_without_a_row(count: int) -> dict[str, str]:
    """A catalogue of so many clauses that the mapping says nothing of."""
    path = "clauses/catalogues/tiny-1.yml"
    catalogue = (TINY / path).read_text("utf-8")
    clauses = "".join(f'  "2.{at}": {{vi: Điều {at}, en: Clause {at}}}\n' for at in range(5, count))
    return {path: f"{catalogue}{clauses}"}


@pytest.mark.parametrize(
    ("files", "rule", "count"),
    [
        (holders_of_one_role, role_held_twice, 800),
        (clauses_without_a_row, uncovered_clause, 1000),
        (links_beside_mentions, relies_on_not_held, 900),
        (codes_spelled_otherwise, code_spelled_otherwise, 2000),
    ],
)
def test_time_of_a_rule_does_not_grow_with_the_square_of_what_it_reads(
    files: Callable[[int], dict[str, str]], rule: Rule, count: int
) -> None:
    def made(rows: int) -> Callable[[], object]:
        manual = load(tiny_with(files(rows)))
        references = resolve(manual)
        asked = frozenset({rule.slug})
        return lambda: check(manual, references, root=".", rules=(rule,), asked=asked)

    assert not grows_with_its_square(made, count)


def test_a_file_is_looked_through_once_for_all_its_lines_that_cannot_be_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    searched = []
    own = merge_markers.merge_places

    def counted(source: SourceFile) -> Iterator[tuple[Location, Location]]:
        searched.append(source.path)
        return own(source)

    monkeypatch.setattr(loader_problems, "merge_places", counted)
    rows = numbered("  a{}: &a{} {title: T}\n", 500)
    report = check_tree(tiny_with({"procedures/records.yml": f"schema: 1\nrecords:\n{rows}"}))
    assert len(report.findings) > 400
    assert searched == ["procedures/records.yml"]
