"""What sections are: titled like their clause, more than a reference, and honest about exclusions."""

from __future__ import annotations

import pytest

from tests.support.marked import assert_marked
from tests.support.memory import CATALOGUE, MAPPING

SLUG = "title-not-of-clause"


def titled(title: str, standard: str) -> dict[str, str]:
    return {
        "manual/1/4.10.md": f"# {title}\n\nLàm.\n",
        "clauses/catalogues/small.yml": CATALOGUE.replace("vi: Điều mười", f"vi: {standard}"),
    }


@pytest.mark.parametrize(
    ("title", "standard"),
    [
        ("‹4.10. Mua sắm›", "Bán hàng"),
        ("4.10. Bán hàng", "Bán hàng"),
        ("4.10. Việc bán hàng", "Bán hàng"),
        ("4.10. Mua sắm", "Khái quát"),
        ("4.9. Mua sắm", "Bán hàng"),
        # One word in three that the standard's title does not have, and not all of its own.
        ("4.10. Bán hàng hóa lẻ", "Bán hàng hóa sỉ tốt"),
        ("‹4.10. Bán hàng lẻ›", "Bán hàng sỉ"),
        ("4.10. Bán hàng sỉ lẻ", "Bán hàng sỉ"),
        # Idle words count for neither.
        ("‹4.10. Bán các lẻ và của›", "Bán hàng"),
        ("4.10. Bán các hàng", "Bán hàng những"),
        ("4.10. Và các", "Bán hàng"),
    ],
)
def test_a_title_is_the_clauses_but_for_few_words(title: str, standard: str) -> None:
    told = assert_marked(SLUG, **titled(title, standard))
    if "‹" in title:
        assert told.suggestions == [f"4.10. {standard}"]
        assert told.value("title") == [standard]
        assert told.value("standard") == ["NORM:1"]


def test_abbreviations_are_read_out_in_titles() -> None:
    short = {"manual/abbreviations.yml": "schema: 1\nabbreviations:\n  BH: {expansion: Bán hàng}\n"}
    assert_marked(SLUG, **titled("4.10. BH", "Bán hàng"), **short)
    assert_marked(SLUG, **titled("‹4.10. BH›", "Mua sắm"), **short)


def test_only_a_section_of_the_first_level_answers_and_not_one_that_stands_twice() -> None:
    assert_marked(SLUG, "## 4.10. Mua sắm\n\nLàm.\n")
    twice = titled("4.10. Mua sắm", "Bán hàng")
    assert_marked(SLUG, **twice, **{"manual/1/4.11.md": "# 4.10. Mua sắm\n\nLàm.\n"})


ONLY = "reference-only"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("## ‹2. Việc›\n\nThực hiện theo ⟦QT A 01⟧.", ["QT A 01"]),
        ("## ‹2. Việc›\n\nThực hiện theo ⟦QT A 01⟧ và ⟦ST⟧.", ["QT A 01"]),
        ("## ‹2. Việc›\n\n⟦QT A 01⟧", ["QT A 01"]),
        ("## 2. Việc\n\nThực hiện theo QT A 01 khi cần.", []),
        ("## 2. Việc\n\nKhi cần thực hiện theo QT A 01.", []),
        ("## 2. Việc\n\nTheo QT A 01 khi cần, theo ST.", []),
        ("## 2. Việc\n\nĐược QT A 01.", []),  # a word of a phrase is no phrase
        ("## 2. Việc\n\nThực hiện theo.", []),
        ("## 2. Việc\n\nLàm.\n\n## ‹3. Khác›\n\nTheo ⟦QT A 01⟧.", ["QT A 01"]),
        ("## ‹2. Việc›\n\nTheo ⟦QT A 01⟧.\n\n## 3. Khác\n\nLàm.", ["QT A 01"]),
        # A list of documents is meant to be one.
        ("## 2. Tài liệu liên quan\n\nQT A 01", []),
        ("## 2. Biểu mẫu kèm theo\n\nQT A 01", []),
        # Neither a picture nor a keeper's note is a text.
        ("## 2. Việc\n\n![Sơ đồ](so-do.png)", []),
        ('## 2. Việc\n\n!!! note "Ghi"\n    Theo QT A 01.', []),
        ('## ‹2. Việc›\n\nTheo ⟦ST⟧.\n\n!!! note "Ghi"\n    Theo QT A 01.', ["ST"]),
    ],
)
def test_a_section_that_is_only_a_reference(text: str, words: list[str]) -> None:
    assert assert_marked(ONLY, text + "\n", **{"so-do.png": ""}).value("words") == words


EXCLUDED = "exclusion-stated-differently"
REASON = "Không thiết kế."


def excluded(section: str = "") -> dict[str, str]:
    answer = f'section: "{section}", ' if section else ""
    row = f'  "4.10": {{{answer}excluded: {{reason: {REASON}}}}}\n'
    return {"clauses/mapping/small.yml": MAPPING.replace('  "4.10": {section: "4.1"}\n', row)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Không áp dụng ‹4.10 Việc ấy›.", ["4.10 Việc ấy"]),
        ("Không áp dụng 4.10 Điều mười: không thiết kế.", []),
        (
            "Không áp dụng ‹4.10 Điều mười vì lười›.",
            ["4.10 Điều mười vì lười"],
        ),
        ("Không áp dụng ‹4.10 Việc ấy: không thiết kế›.", ["4.10 Việc ấy: không thiết kế"]),
        ("Áp dụng 4.10 Việc ấy.", []),
        ("Không áp dụng 4.10.1, 14.10, 4.101 Việc ấy.", []),
        ("Không áp dụng ‹4.10›.\n\nViệc ấy.", ["4.10"]),
    ],
)
def test_a_clause_that_does_not_apply_is_told_in_the_words_of_the_mapping(
    text: str, said: list[str]
) -> None:
    told = assert_marked(EXCLUDED, text + "\n", **excluded())
    assert told.value("said") == said
    assert set(told.value("title")) <= {"Điều mười"}
    assert set(told.value("reason")) <= {REASON}


def test_its_own_section_bears_the_title_of_the_clause() -> None:
    own = "# ‹4.10. Mua sắm›\n\nKhông áp dụng 4.10.\n"
    told = assert_marked(EXCLUDED, **excluded("4.10"), **{"manual/1/4.10.md": own})
    assert told.value("said") == ["Mua sắm"]
    right = own.replace("‹4.10. Mua sắm›", "4.10. Điều mười")
    assert_marked(EXCLUDED, **excluded("4.10"), **{"manual/1/4.10.md": right})


def test_what_the_mapping_says_stands_beside() -> None:
    given = excluded()
    given = {path: text.replace(REASON, f"⟦{REASON}⟧") for path, text in given.items()}
    assert_marked(EXCLUDED, "Không áp dụng ‹4.10 Việc ấy›.\n", **given)
