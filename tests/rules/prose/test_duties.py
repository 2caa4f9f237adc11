"""Duties: which words weaken one, where a period is looked for, and which two bodies are meant."""

from __future__ import annotations

import pytest

from tests.support.marked import assert_marked
from tests.support.memory import MANIFEST


def test_each_weak_phrase_is_told_where_it_stands() -> None:
    told = assert_marked("weak-obligation", "‹Nếu cần thiết›, đơn vị báo cáo ‹khi có thể›.\n")
    assert told.value("words") == ["Nếu cần thiết", "khi có thể"]
    assert_marked("weak-obligation", "Mũ bảo hộ để dùng khi cần thiết.\n")


@pytest.mark.parametrize(
    "text",
    [
        # The period stands in the sentence, or in the one after it, but not farther off.
        "Kho được xem ‹định kỳ›. Sổ ghi ngay. Mỗi tháng họp.",
        "Kho được xem định kỳ. Mỗi tháng ghi sổ.",
        "Mỗi tháng kho được xem định kỳ.",
        "Mỗi tháng họp. Kho được xem ‹định kỳ›.",
        "Kho được xem ‹định kỳ›.\n\nMỗi tháng họp.",
        "Kho được xem định kỳ, 3 tháng.",
        "Kho được xem ‹định kỳ›, gồm 3 phòng.",
        # Of two one may lack it.
        "Mỗi tháng kho được xem định kỳ. Sổ ghi ngay. Xe được xem ‹thường kỳ›.",
        # A heading names, and promises nothing; nor does the name of a paper.
        "## 4.2. Xem định kỳ\n\nLàm ngay.",
        "Ghi vào phiếu bảo dưỡng định kỳ.",
        "Ghi vào phiếu định kỳ.",
        "Ghi phiếu rồi xem xét ‹định kỳ›.",
        # In a table the whole row counts, and no other.
        "| Việc | Kỳ |\n|---|---|\n| Xem định kỳ | mỗi tháng |",
        "| Việc | Kỳ |\n|---|---|\n| mỗi tháng | Xem định kỳ |",
        "| Việc | Kỳ |\n|---|---|\n| Xem ‹định kỳ› | kho |\n| Họp | mỗi tháng |",
        "| Việc | Kỳ |\n|---|---|\n| Họp | mỗi tháng |\n| Xem ‹định kỳ› | kho |",
        "Mỗi tháng họp.\n\n| Việc | Kỳ |\n|---|---|\n| Xem ‹định kỳ› | kho |",
        # A document that is cited may say how often, also one that does not exist.
        "Kho được xem định kỳ theo QT A 01.",
        "Kho được xem định kỳ theo QT A 09.",
        "Kho được xem định kỳ theo mục 5.2 của QT A 01.",
        "Kho được xem ‹định kỳ› theo điều khoản 4.1.",
        "Kho được xem ‹định kỳ› theo 83/2006/NĐ-CP.",
        "Theo QT A 01. Kho được xem ‹định kỳ›.",
        "Kho được xem định kỳ. Cách làm theo QT A 01.",
    ],
)
def test_periodic_wants_its_period_near(text: str) -> None:
    assert_marked("period-missing", text + "\n")


def test_in_a_file_that_begins_with_the_sentence() -> None:
    given = {"manual/1/4.2.md": "Kho được xem ‹định kỳ›.\n\n## 4.3. Khác\n\nMỗi tháng họp.\n"}
    assert_marked("period-missing", **given)


def test_how_far_the_period_may_stand() -> None:
    before = "mỗi tháng " + "kho " * 70
    assert_marked("period-missing", f"Việc {before}được xem định kỳ.\n")
    before = "mỗi tháng " + "kho " * 80
    assert_marked("period-missing", f"Việc {before}được xem ‹định kỳ›.\n")
    after = "kho " * 147
    assert_marked("period-missing", f"Xem định kỳ {after}mỗi tháng.\n")
    after = "kho " * 152
    assert_marked("period-missing", f"Xem ‹định kỳ› {after}mỗi tháng.\n")


def test_periodic_in_the_name_of_a_report() -> None:
    english = {"qms.yml": _english()}
    assert_marked("period-missing", "See the Periodic Safety Update of it.\n", **english)
    assert_marked("period-missing", "‹Periodic› Safety checks are made.\n", **english)
    assert_marked("period-missing", "The ‹periodic› Safety Update is made.\n", **english)


def _english() -> str:
    return MANIFEST.replace("language: vi", "language: en")


EITHER = "alternative-authorities"


@pytest.mark.parametrize(
    "text",
    [
        "⟦Giám đốc⟧ ‹hoặc› ⟦hội đồng⟧ phê duyệt.",
        "⟦Giám đốc⟧ xem rồi ‹hoặc› ⟦hội đồng⟧ phê duyệt.",
        "Văn phòng, ⟦giám đốc⟧ ‹hoặc› ⟦hội đồng⟧, trưởng phòng phê duyệt.",
        "Giám đốc hoặc một hội đồng phê duyệt.",  # words stand between
        "Giám đốc hoặc hội đồng dự họp.",  # no duty
        "Giám đốc hoặc hội đồng dự họp. Văn phòng phê duyệt.",
        "Hoặc hội đồng phê duyệt.",
        "Giám đốc hoặc tùy nghi phê duyệt.",
        "Giám đốc đến. Hoặc hội đồng phê duyệt.",
        "⟦Giám đốc⟧ ‹hoặc› («⟦hội đồng⟧») phê duyệt.",
    ],
)
def test_two_bodies_with_one_duty(text: str) -> None:
    told = assert_marked(EITHER, text + "\n")
    assert told.value("other") == ["hội đồng"] * ("‹" in text)
    if "‹" in text:
        assert told.value("one")[0].lower() == "giám đốc"


TWO = {
    "procedures/qt-a-02.md": "---\ncode: QT A 02\ntype: procedure\ntitle: Khác\n---\n# Khác\n",
}


@pytest.mark.parametrize(
    "text",
    [
        "Theo ⟦QT A 01⟧ ‹hoặc› ⟦QT A 02⟧.",
        "Theo **⟦QT A 01⟧** ‹hoặc› «⟦QT A 02⟧».",
        "Theo ⟦QT A 01⟧, ‹hoặc› ⟦QT A 02⟧.",
        "Theo QT A 01 và QT A 02.",
        "Theo QT A 01 hoặc QT A 01.",
        "Theo QT A 01 hoặc theo QT A 02.",
        "Theo QT A 01 hoặc QT A 09.",
        "Theo QT A 01 hoặc điều khoản 4.1.",
        "Theo ⟦QT A 01⟧ ‹hoặc› ⟦QT A 02⟧; theo ⟦QT A 02⟧ ‹hoặc› ⟦QT A 01⟧.",
    ],
)
def test_two_documents_to_go_by(text: str) -> None:
    told = assert_marked(EITHER, text + "\n", **TWO)
    if text.count("‹") == 1:
        assert (told.value("one"), told.value("other")) == (["QT A 01"], ["QT A 02"])


def test_an_or_of_documents_and_of_bodies_is_told_once() -> None:
    head = "---\ncode: QT A 02\ntype: procedure\ntitle: Khác\nnames: [Giám đốc]\n---\n# Khác\n"
    more = {"procedures/qt-a-02.md": head}
    assert_marked(EITHER, "⟦QT A 01⟧ ‹hoặc› ⟦Giám đốc⟧ phê duyệt.\n", **more)
