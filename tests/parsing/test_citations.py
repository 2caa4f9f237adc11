from __future__ import annotations

import unicodedata

import pytest

from qmstool.parsing.citation_numbers import NumberWords
from qmstool.parsing.citations import CitationFinder, CitationShapes
from qmstool.parsing.codes import fits_shape, fold_code

FINDER = CitationFinder(
    CitationShapes(
        codes=("QT {unit} {nn}", "BM {unit} {nn}.{nn}", "STCL"),
        external=("{n}/{yyyy}/{abc}", "{n}/{abc}"),
        names=("Quy trình văn bản đi–đến", "quy trình văn bản", "ISO 9001:2015"),
        words=NumberWords(
            ("điều khoản", "clause"),
            ("mục", "section"),
            ("phụ lục",),
            range_to=("đến",),
            joined=("và",),
            other=("danh mục",),
        ),
    )
)


def citations_of(text: str) -> list[tuple[str, str]]:
    return [(each.kind, each.number or each.text) for each in FINDER.find(text)]


SPELLINGS = [
    "QT BIS 01",
    "QT-BIS-01",
    "qt.bis.01",
    "QT_BIS_01",
    "QT\u00a0BIS\u00a001",
    "QT\nBIS 01",
    "QT \x01\x01BIS\x01\x01 01",
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_of_a_code_is_one_code(spelling: str) -> None:
    (citation,) = FINDER.find(f"theo {spelling}, và")
    assert (citation.kind, fold_code(citation.text), citation.start) == ("code", "qt-bis-01", 5)


@pytest.mark.parametrize(
    "text", ["QT BIS 012", "XQT BIS 01", "a/QT BIS 01", "QT 01", "QTBIS01", "STCLX"]
)
def test_what_only_contains_a_code_is_none(text: str) -> None:
    assert citations_of(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("theo mục 5.2 và", [("section", "5.2")]),
        ("Mục 5", [("section", "5")]),
        ("mục tiêu 5", []),
        ("danh mục 7.4", []),
        ("điều khoản 7.1.5.2.", [("clause", "7.1.5.2")]),
        (
            "các điều khoản 8.1, 8.2 và 8.4",
            [("clause", "8.1"), ("clause", "8.2"), ("clause", "8.4")],
        ),
        ("mục 7.1 đến 7.5", [("section", "7.1"), ("section", "7.5")]),
        ("mục 7.1–7.5", [("section", "7.1"), ("section", "7.5")]),
        ("mục 4.1, 12/2024", [("section", "4.1")]),
        ("phụ lục 1", [("annex", "1")]),
        ("Phụ lục A", [("annex", "A")]),
        ("phụ lục a", []),
        ("mục II", [("section", "II")]),
        ("mục II.1 và mục IV.2.3.", [("section", "II.1"), ("section", "IV.2.3")]),
        ("các mục II.1, II.2 và III", [("section", number) for number in ("II.1", "II.2", "III")]),
        ("phụ lục II.1", [("annex", "II.1")]),
        ("8.3 – Thiết kế", []),
        ("Nghị định số 83/2006/NĐ-CP", [("external", "83/2006/NĐ-CP")]),
        ("nghị định 83/2006/nđ-cp.", [("external", "83/2006/nđ-cp")]),
        ("101/QĐ-BKHCN", [("external", "101/QĐ-BKHCN")]),
        ("BM BIS 01.02", [("code", "BM BIS 01.02")]),
    ],
)
def test_numbers_count_where_a_word_announces_them(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert citations_of(text) == expected


def test_of_two_names_at_one_place_the_longer_counts_and_dashes_are_one() -> None:
    assert citations_of("quy trình văn bản đi - đến") == [("name", "quy trình văn bản đi - đến")]
    assert citations_of("Quy trình văn bản khác") == [("name", "Quy trình văn bản")]


def test_a_long_row_of_letters_is_no_trap() -> None:
    assert citations_of("1/2024/" + "a" * 5000 + "_") == []
    assert citations_of("QT " + "a" * 5000 + "_") == []


def test_decomposed_text_is_the_scanners_business_but_keys_fold_it() -> None:
    assert fold_code(unicodedata.normalize("NFD", "QĐ  01")) == "qđ-01"


@pytest.mark.parametrize(
    ("code", "shape", "verdict"),
    [
        ("QT BIS 01", "QT {unit} {nn}", True),
        ("QT BIS 1", "QT {unit} {nn}", False),
        ("83/2006/NĐ-CP", "{n}/{yyyy}/{abc}", True),
        ("STCL", "STCL", True),
    ],
)
def test_a_code_is_of_a_shape_or_not(code: str, shape: str, verdict: bool) -> None:
    assert fits_shape(code, shape) is verdict
