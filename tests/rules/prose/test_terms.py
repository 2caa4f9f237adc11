"""The choice of words: an older edition's, tone marks placed in two ways, names where there is a code."""

from __future__ import annotations

import pytest

from tests.support.marked import assert_marked
from tests.support.memory import PROCEDURE

HEAD = "---\ncode: QT A {:02}\ntype: procedure\ntitle: {}\n---\n# Việc\n\n"


def test_words_of_an_older_edition_are_told_once_for_each_that_took_their_place() -> None:
    text = "Về ‹khắc phục, phòng ngừa›, ⟦khắc phục và phòng ngừa⟧; ‹hành động phòng ngừa›.\n"
    told = assert_marked("old-edition-word", text)
    assert told.value("words") == ["khắc phục, phòng ngừa", "hành động phòng ngừa"]
    assert told.value("instead")[1] == "hành động giải quyết rủi ro và cơ hội (6.1)"


@pytest.mark.parametrize(
    ("text", "usual"),
    [
        ("Hòa, hòa; ‹hoà›, ⟦thuỷ⟧.", ["hòa"]),
        ("Hoà, hoà, hoà; ‹Hòa› và ⟦thủy⟧.", ["Hoà"]),
        ("Hòa, ‹hoà›.", ["hòa"]),  # of equals the first way
        ("Hòa, thủy, quý, quỹ.", []),
        ("Hòa, hòan, toàn.", []),
        ("Xếp ‹xoà›, xòa, xòa.", ["xòa"]),
    ],
)
def test_the_less_used_way_to_place_a_tone_mark(text: str, usual: list[str]) -> None:
    told = assert_marked("mixed-tone-marks", text + "\n")
    assert told.suggestions == usual
    assert told.value("usual") == usual


def test_tone_marks_are_counted_in_a_document_and_told_once_a_file() -> None:
    more = {
        "manual/1/4.2.md": "# 4.2. Khác\n\nRồi ‹hoà› và ⟦hoà⟧; hòa.\n",
        "procedures/b.md": HEAD.format(2, "Việc") + "Hoà.\n",
    }
    assert_marked("mixed-tone-marks", "Hòa, hòa, ‹hoà›.\n", **more)


SLUG = "cited-by-name-and-code"
OTHER = {"procedures/b.md": HEAD.format(2, "Kiểm kê kho hàng") + "Làm.\n"}


@pytest.mark.parametrize(
    "text",
    [
        "Theo ⟦QT A 01⟧. Xem ‹quy trình chung của nhóm A›.",
        "Xem ‹quy trình chung của nhóm A›. Theo ⟦QT A 01⟧, QT A 01.",
        "Xem quy trình chung của nhóm A.",
        "Theo QT A 01.",
        "Theo QT A 02. Xem quy trình chung của nhóm A.",
        # The code stands beside the name, before or after it.
        "Theo QT A 01. Xem quy trình chung của nhóm A (QT A 01).",
        "Theo QT A 01. Xem QT A 01 – quy trình chung của nhóm A.",
        "Theo ⟦QT A 01⟧ và ‹quy trình chung của nhóm A›.",
        "Theo quy trình chung của nhóm A, QT A 01.",
        "Theo QT A 01. Xem ‹quy trình chung của nhóm A›, ‹quy trình chung của nhóm A›.",
        # A link leads there already.
        "Theo QT A 01. Xem [quy trình chung của nhóm A](../../procedures/qt-a-01.md).",
    ],
)
def test_a_name_alone_where_the_text_has_the_code(text: str) -> None:
    told = assert_marked(SLUG, text + "\n", **OTHER)
    assert set(told.suggestions) <= {"quy trình chung của nhóm A (QT A 01)"}
    assert set(told.value("code")) <= {"QT A 01"}


def test_the_code_may_stand_in_another_file_of_the_document() -> None:
    assert_marked(
        SLUG,
        "Theo ⟦QT A 01⟧.\n",
        **{"manual/1/4.2.md": "# 4.2. Khác\n\nXem ‹quy trình chung của nhóm A›.\n"},
    )
    assert_marked(
        SLUG,
        "Theo QT A 01.\n",
        **{"procedures/b.md": HEAD.format(2, "Khác") + "Xem quy trình chung của nhóm A.\n"},
    )


def test_a_document_calls_itself_by_its_name() -> None:
    own = PROCEDURE + "\nQT A 01, tức quy trình chung của nhóm A.\n"
    assert_marked(SLUG, **{"procedures/qt-a-01.md": own + "\nXem quy trình chung của nhóm A.\n"})
