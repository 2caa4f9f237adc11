"""Whether two records rest on one paper: by the number as it is spelt, its day and its kind."""

from __future__ import annotations

from datetime import date

import pytest

from qmstool.manual.releases import IssuingInstrument
from qmstool.manual.values import Unknown
from qmstool.verify.records.papers import SignedPaper, is_same_paper, paper_of

DAY = date(2024, 6, 10)


def paper(number: str, day: date | Unknown = DAY, kind: str = "decision") -> SignedPaper:
    found = paper_of(IssuingInstrument(kind, number, day))
    assert found is not None
    return found


@pytest.mark.parametrize(
    "number",
    [
        *("4/QĐ-VD", "số 4/QĐ-VD", "Số: 04/QĐ–VD", "No. 4/QĐ-VD", "Nr.4/QĐ-VD", "n.º 4 / QĐ - VD"),
        *("n° 4/QĐ-VD", "№4/QĐ-VD", "číslo 4/QĐ-VD", "Quyết định số 4/QĐ-VD", "4/qd.vd", "#4/QĐ-VD"),
        *("\uff14\uff0fQĐ\uff0dVD", "4/Q\u0110\u2010VD", "4\u2044QĐ\u2014VD", "4/QĐ-V\u200dD", "٤/QĐ-VD"),
        *("(4/QĐ-VD)", "«4/QĐ-VD»", "4_QĐ_VD", "4\u00a0/\u2009QĐ-VD", "thông báo 4/QĐ-VD"),
    ],
)  # fmt: skip
def test_a_number_in_another_spelling_is_of_the_same_paper(number: str) -> None:
    assert is_same_paper(paper("4/QĐ-VD"), paper(number), {})
    assert is_same_paper(paper(number), paper("4/QĐ-VD"), {})


@pytest.mark.parametrize(
    "number",
    [
        *(
            "5/QĐ-VD",
            "4/TB-VD",
            "14/QĐ-VD",
            "4/QĐ-VD-2",
            "4-1/QĐ-VD",
            "4a/QĐ-VD",
            "HC 4/QĐ-VD",
            "4",
        ),
        *("4/QĐ", "VD/4/QĐ-VD", "số năm/QĐ-VD"),
    ],
)
def test_another_number_is_of_another_paper(number: str) -> None:
    assert not is_same_paper(paper("4/QĐ-VD"), paper(number), {})


def test_a_series_of_letters_begins_anew_each_year() -> None:
    last, first = date(2023, 12, 31), date(2024, 1, 1)
    assert is_same_paper(paper("4/QĐ-VD"), paper("4/QĐ-VD", first), {})
    assert is_same_paper(paper("4/QĐ-VD"), paper("4/QĐ-VD", DAY, "notice"), {})
    assert not is_same_paper(paper("4/QĐ-VD"), paper("4/QĐ-VD", last), {})
    assert not is_same_paper(paper("4/QĐ-VD"), paper("4/QĐ-VD", Unknown.UNKNOWN), {})


def test_a_bare_number_is_of_its_kind_and_day() -> None:
    assert is_same_paper(paper("4"), paper("số 04"), {})
    assert not is_same_paper(paper("4"), paper("4", DAY, "notice"), {})
    assert not is_same_paper(paper("4"), paper("4", date(2024, 6, 11)), {})


def test_a_number_of_ten_thousand_figures_is_compared_as_any_other() -> None:
    long = "9" * 10_000
    assert is_same_paper(paper(f"{long}/QĐ-VD"), paper(f"số 00{long}/QĐ-VD"), {})
    assert not is_same_paper(paper(f"{long}/QĐ-VD"), paper(f"{long}9/QĐ-VD"), {})


def test_a_letter_put_in_between_keeps_numbers_apart_and_is_given_once_in_a_year() -> None:
    """Records offices number what comes in between «12a», «12b»: two papers never are both «12a».

    So one that is there twice in a year is recorded twice, or numbered wrongly; both are to be told.
    """
    later = date(2024, 11, 3)
    assert is_same_paper(paper("12a/QĐ-VD"), paper("Số: 12A/QĐ–VD", later), {})
    assert not is_same_paper(paper("12a/QĐ-VD"), paper("12b/QĐ-VD"), {})
    assert not is_same_paper(paper("12a/QĐ-VD"), paper("12/QĐ-VD"), {})
    assert not is_same_paper(paper("12a/QĐ-VD"), paper("12a/TB-VD"), {})
    assert not is_same_paper(paper("12a/QĐ-VD"), paper("12a/QĐ-VD", date(2025, 1, 2)), {})


def test_letters_that_signs_keep_apart_are_read_as_one_word_and_figures_never() -> None:
    assert is_same_paper(paper("4/Q.Đ-VD"), paper("4/QĐ-VD"), {})
    assert is_same_paper(paper("H.C 4/QĐ-VD"), paper("HC 4/QĐ-VD"), {})
    assert is_same_paper(paper("4/QĐ-V D-2"), paper("4/QĐ-VD-2"), {})
    assert not is_same_paper(paper("4/1-2"), paper("4/12"), {})
    assert not is_same_paper(paper("4/QĐ-1-2"), paper("4/QĐ-12"), {})


def test_two_letters_tell_of_a_series() -> None:
    assert is_same_paper(paper("12/QĐ"), paper("12/QĐ", DAY, "notice"), {})
    assert not is_same_paper(paper("12/Q"), paper("12/Q", DAY, "notice"), {})


def test_a_letter_alone_tells_of_no_series() -> None:
    assert is_same_paper(paper("12a"), paper("số 12A"), {})
    assert not is_same_paper(paper("12a"), paper("12a", DAY, "notice"), {})
    assert not is_same_paper(paper("12a"), paper("12a", date(2024, 6, 11)), {})
