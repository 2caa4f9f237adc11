from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qmstool.manual.loading.loader import load
from qmstool.references.resolver import resolve
from qmstool.references.sections import section_named
from tests.support.memory import files, manual

if TYPE_CHECKING:
    from qmstool.references.model import Reference


def references(body: str) -> list[Reference]:
    return list(resolve(manual(body=body)).of("manual/1/4.1.md"))


def references_in(body: str) -> list[tuple[str, str, str | None]]:
    """Words, target as kind:key#anchor, fault."""
    rows = []
    for each in references(body):
        target = each.target
        where = (
            ""
            if target is None
            else f"{target.kind}:{target.key}" + (f"#{target.anchor}" if target.anchor else "")
        )
        rows.append((each.words, where, each.violation))
    return rows


@pytest.mark.parametrize(
    ("body", "rows"),
    [
        ("theo QT A 01", [("QT A 01", "document:qt-a-01", None)]),
        ("theo qt-a-01", [("qt-a-01", "document:qt-a-01", None)]),
        ("theo QT A 09", [("QT A 09", "", "unknown-code")]),
        (
            "theo quy trình chung của nhóm A",
            [("quy trình chung của nhóm A", "document:qt-a-01", None)],
        ),
        ("Nghị định 83/2006/NĐ-CP", [("83/2006/NĐ-CP", "external:nd-83", None)]),
        ("Nghị định 99/2006/NĐ-CP", [("99/2006/NĐ-CP", "", "unknown-external")]),
        ("theo mục 4.1", [("mục 4.1", "section:st#muc-4-1", None)]),
        ("theo mục 4.10", [("mục 4.10", "section:st#muc-4-1", None)]),
        ("theo mục 9.9", [("mục 9.9", "", "unknown-section")]),
        ("phụ lục 1 đính kèm", [("phụ lục 1", "section:st#phu-luc-01", None)]),
        ("phụ lục 7", [("phụ lục 7", "", "unknown-section")]),
        ("điều khoản 4.10", [("điều khoản 4.10", "clause:4.10", None)]),
        ("điều khoản 4.11", [("điều khoản 4.11", "", "unknown-clause")]),
        ("8.3 – Thiết kế", []),
    ],
)
def test_plain_prose_cites(body: str, rows: list[tuple[str, str, str | None]]) -> None:
    assert references_in(body) == rows


@pytest.mark.parametrize(
    "body",
    [
        "QT A 01, mục 5.2",
        "QT A 01 mục 5.2",
        "QT A 01 (mục 5.2)",
        "**QT A 01**, mục 5.2",
        "`QT A 01`, **mục 5.2**",
        "QT A 01,\nmục 5.2",
        "mục 5.2 của QT A 01",
        "mục 5.2 QT A 01",
        "mục\u00a05.2 của **QT A 01**",
    ],
)
def test_a_section_belongs_to_the_document_beside_it(body: str) -> None:
    assert ("section:qt-a-01#muc-5-2", None) in [row[1:] for row in references_in(body)]


def test_each_section_of_a_list_is_checked_in_the_document_it_belongs_to() -> None:
    rows = references_in("xem QT A 01, mục 5.2 và 5.9")
    assert [row[1:] for row in rows] == [
        ("document:qt-a-01", None),
        ("section:qt-a-01#muc-5-2", None),
        ("", "unknown-section"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "mục 5 Nghị định số 83/2006/NĐ-CP",
        "83/2006/NĐ-CP, mục 5",
        "mục 2 Phụ lục I của Nghị định 83/2006/NĐ-CP",
    ],
)
def test_a_part_of_somebody_elses_document_is_not_ours_to_check(body: str) -> None:
    assert [row for row in references_in(body) if row[2]] == []


def test_a_clause_of_a_named_standard_is_looked_up_there() -> None:
    assert ("mục 4.10", "clause:4.10", None) in references_in("mục 4.10 của NORM 1")


def test_a_full_stop_parts_a_section_from_the_next_sentence() -> None:
    assert ("mục 4.1", "section:st#muc-4-1", None) in references_in(
        "theo mục 4.1. QT A 01 quy định khác"
    )


@pytest.mark.parametrize(
    ("body", "target", "fault", "suggestion"),
    [
        ("[a](../../procedures/qt-a-01.md)", "document:qt-a-01", None, None),
        ("[a](../../procedures/qt-a-01.md#muc-5-2)", "section:qt-a-01#muc-5-2", None, None),
        ("[a](../../procedures/qt-a-01.md#muc-5-3)", "", "broken-anchor", "#muc-5-2"),
        ("[a](../../procedures/qt-a-02.md)", "", "broken-link", "../../procedures/qt-a-01.md"),
        ("[a](../../procedures/QT-A-01.md)", "", "broken-link", "../../procedures/qt-a-01.md"),
        ("[a](../2/01.md)", "section:st#phu-luc-01", None, None),
        ("[a](#muc-4-1)", "section:st#muc-4-1", None, None),
        ("[a](https://example.org/x)", "outside:https://example.org/x", None, None),
        ("[a](javascript:alert(1))", "", "unsafe-link", None),
        ("[a](JaVaScRiPt:x)", "", "unsafe-link", None),
        ("[a](data:text/html,x)", "", "unsafe-link", None),
        ("[a](/etc/passwd)", "", "broken-link", None),
        ("[a](../../../../etc/passwd)", "", "broken-link", None),
        ("![a](khong-co.png)", "", "broken-image", None),
        ("![a](qt-a-01.png)", "", "broken-image", None),  # an image for an image
        ("[a](../../procedures/qt-a-01.pdf)", "", "broken-link", None),
        ("[a](../../qt-a-01.md)", "", "broken-link", "../../procedures/qt-a-01.md"),
        ("[a](../../procedures/quy-trinh.md)", "", "broken-link", None),
        ("[a](../../procedures/)", "", "broken-link", None),
        ("[a](../../manual/)", "", "broken-link", "../index.md"),
    ],
)
def test_links_lead_somewhere_or_say_why_not(
    body: str, target: str, fault: str | None, suggestion: str | None
) -> None:
    (reference,) = references(body)
    (row,) = references_in(body)
    assert row[1:] == (target, fault)
    assert reference.suggestion == suggestion


def test_the_place_is_that_of_the_very_words() -> None:
    (reference,) = references("Dòng một\ntheo **QT A 09** nữa")
    where = reference.location
    assert (where.path, where.line, where.column, where.end_column) == ("manual/1/4.1.md", 4, 8, 15)


def test_a_section_of_a_document_whose_text_is_not_held_is_a_doubt_and_no_error() -> None:
    small = files(
        body="QT B 02, mục 9",
        procedures__b_dot_md="---\ncode: QT B 02\ntype: procedure\ntitle: B\ntext: not-held\n---\n",
    )
    row = resolve(load(small)).of("manual/1/4.1.md")[1]
    assert (row.violation, row.target and row.target.key) == ("section-not-held", "qt-b-02")


def test_cited_by_counts_a_section_for_its_document_too() -> None:
    answer = resolve(manual(body="QT A 01, mục 5.2"))
    assert len(answer.by_target["document", "qt-a-01"]) == 2
    assert len(answer.by_target["section", "qt-a-01"]) == 1


def test_a_mapping_names_a_section_by_number_and_anchor() -> None:
    small = manual(body="## Nhân lực {#nhan-luc}\n")
    section = section_named(small, "4.1#nhan-luc")
    assert section is not None
    assert section.title == "Nhân lực"
    assert section_named(small, "4.1#khac") is None
    assert section_named(small, "9") is None
