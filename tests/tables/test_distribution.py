"""Who holds which copy, and what comes back after a release."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from qmstool.manual.loading.loader import load
from qmstool.register.status import Register, register
from qmstool.releases import record as release
from qmstool.tables.distribution import holders_table, recall_table
from tests.support.memory import MANIFEST, PROCEDURE, MemoryTree, files

if TYPE_CHECKING:
    from qmstool.manual.model import Manual
    from qmstool.tables.registers import Table

UNITS = MANIFEST + "units:\n  VP: {name: Văn phòng}\n  KT: {name: Phòng Kỹ thuật}\n"


def text(copies: str, body: str = "") -> str:
    return PROCEDURE.replace("title:", f"distribution: [{copies}]\ntitle:") + body


def at(
    source: str, act: str = "revise", revision: int = 0, digest: str = "", copies: str = ""
) -> tuple[Manual, Register]:
    tree = MemoryTree({**files().files, "qms.yml": UNITS, "procedures/qt-a-01.md": source})
    tree.files |= {"releases/copies.yml": copies.encode()} if copies else {}
    digest = digest or release.digest_document(load(tree).documents["qt-a-01"], tree.read)
    record = (
        "schema: 1\nrelease: 1\ntitle: x\ninstrument: {kind: notice}\nsigner: {person: "
        "unknown}\neffective: 2024-01-01\n"
        "recorder: x\nprevious: none\nbasis: []\n"
        f"items: [{{code: QT A 01, act: {act}, title: x, issue: '1', revision: '{revision}', "
        f"digest: {digest}}}]\n"
    )
    manual = load(MemoryTree({**tree.files, "releases/0001.yml": record}))
    return manual, register(manual, manual.releases, date(2024, 2, 1))


def rows(table: Table, *names: str) -> list[tuple[str, ...]]:
    keys = [key for key, _ in table.columns]
    return [tuple(row[keys.index(name)] for name in names) for row in table.rows]


PAPER = "{unit: VP, medium: paper, copies: 2}"


def test_holders_of_what_is_in_force() -> None:
    table = holders_table(*at(text(PAPER + ", {unit: KT}")), "vi")
    assert rows(table, "unit", "medium", "copies", "revision") == [
        ("Văn phòng", "bản giấy", "2", "0"),
        ("Phòng Kỹ thuật", "điện tử", "1", "0"),
    ]
    assert holders_table(*at(text(PAPER), "withdraw"), "vi").rows == ()


@pytest.mark.parametrize("digest", ["", "unknown", "none"])
def test_copies_of_a_text_are_counted_by_its_release_where_its_digest_is_not_known(
    digest: str,
) -> None:
    copies = (
        "schema: 1\ncopies: [{document: QT A 01, release: 1, unit: VP, handed_out: 2024-01-02}]\n"
    )
    manual, standing = at(text(PAPER), digest=digest, copies=copies)
    assert rows(holders_table(manual, standing, "vi", manual.copies), "unit", "handed_out") == [
        ("Văn phòng", "1")
    ]


def test_paper_of_a_revised_text_comes_back() -> None:
    table = recall_table(at(text(PAPER)), at(text(PAPER, "Thêm.\n"), revision=1), "vi")
    assert rows(table, "unit", "revision", "act") == [
        ("Văn phòng", "0", "thu hồi"),
        ("Văn phòng", "1", "phát bản mới"),
    ]


def test_a_withdrawn_document_comes_back_and_nothing_goes_out() -> None:
    table = recall_table(at(text(PAPER)), at(text(PAPER), "withdraw"), "vi")
    assert rows(table, "unit", "act") == [("Văn phòng", "thu hồi")]


def test_nothing_changed_nothing_moves() -> None:
    assert recall_table(at(text(PAPER)), at(text(PAPER)), "vi").rows == ()


def test_a_unit_taken_off_the_list_gives_its_copy_back() -> None:
    table = recall_table(at(text(PAPER)), at(text("{unit: KT, medium: paper}")), "vi")
    assert rows(table, "unit", "act") == [
        ("Văn phòng", "thu hồi"),
        ("Phòng Kỹ thuật", "phát bản mới"),
    ]
