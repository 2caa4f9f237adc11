"""Abbreviations: what counts as one, what explains it, where, and which of the list nobody uses."""

from __future__ import annotations

import pytest

from tests.support.marked import assert_marked
from tests.support.memory import MANIFEST

UNDEFINED, INFERRED, UNUSED = (
    "abbreviation-undefined",
    "abbreviation-inferred",
    "abbreviation-unused",
)
LIST = "manual/abbreviations.yml"


@pytest.mark.parametrize(
    "text",
    [
        "Theo ‹KSNK› mà làm.",
        "Theo ‹KS-NK› và ‹KS&NK› mà làm.",
        # A number in Roman figures, a word in capitals with its tone, a common one.
        "Phụ lục XVII; dấu «MẬT»; tệp PDF.",
        # In a phrase in capitals, nobody can tell.
        "SƠ ĐỒ KSNK treo ở đây.",
        "KSNK SƠ ĐỒ treo ở đây.",
        "Về ‹KSNK› Sơ đồ treo ở đây.",
        "Về ‹KSNK› S1 treo ở đây.",
        "Về ‹KSNK› AB1 treo ở đây.",
        # Part of a code, an address, another word.
        "Theo KSNK/A1, x.KSNK và KSNKa mà làm.",
        "Theo QT A 01 và QT A 09.",
        "Theo QTA 01, theo QT A 01, theo QT A 01.",  # the first is told as a miswritten code
        # Explained here, in the ways of offices.
        "Kiểm soát nhiễm khuẩn (KSNK) là việc của khoa. Theo KSNK mà làm.",
        "Việc ấy (KSNK) là việc của khoa. Theo KSNK mà làm.",
        "Việc ấy ( KSNK) là của khoa.",
        "Việc ấy (xem ‹KSNK›) là của khoa.",
        "Việc ấy (‹KSNK› xem) là của khoa.",
        "Việc ấy, sau đây gọi tắt là KSNK, là của khoa.",
        "Việc ấy, sau đây gọi tắt là «KSNK», là của khoa.",
        "Việc ấy, viết tắt là KSNK.",
        "Việc ấy, nói là ‹KSNK›.",
        "Chữ viết tắt: KSNK là kiểm soát nhiễm khuẩn.",
        "Việc: ‹KSNK› là kiểm soát nhiễm khuẩn.",
        "Chữ viết tắt: ‹KSNK› và kiểm soát nhiễm khuẩn.",
        "Chữ viết tắt ở đây. ‹KSNK› là kiểm soát nhiễm khuẩn.",
        "## 2. Từ ngữ\n\nViệc KSNK là khó.",
        "## 2. Từ ngữ\n\nViệc.\n\n## 3. Khác\n\nViệc ‹KSNK› là khó.",
    ],
)
def test_what_is_an_abbreviation_and_what_explains_it(text: str) -> None:
    assert_marked(UNDEFINED, text + "\n")


def test_each_is_told_once_a_document_with_its_other_places() -> None:
    more = "Theo ⟦KSNK⟧. " * 5
    told = assert_marked(UNDEFINED, f"Theo ‹KSNK›. {more}Theo KSNK.\n")
    assert told.suggestions == ["  KSNK: {expansion: …}"]
    head = "---\ncode: QT A 02\ntype: procedure\ntitle: Khác\n---\n# Khác\n\n"
    assert_marked(UNDEFINED, "Theo ‹KSNK›.\n", **{"procedures/b.md": f"{head}Theo ‹KSNK›.\n"})


def test_initials_explain_for_every_document_and_brackets_alone_for_their_own() -> None:
    head = "---\ncode: QT A 02\ntype: procedure\ntitle: Khác\n---\n# Khác\n\n"
    other = {"procedures/b.md": f"{head}Theo KSNK.\n"}
    assert_marked(UNDEFINED, "Kiểm soát nhiễm khuẩn (KSNK) là khó.\n", **other)
    assert_marked(UNDEFINED, "Việc kiểm soát nhiễm khuẩn (KSNK) là khó.\n", **other)
    other = {"procedures/b.md": f"{head}Theo ‹KSNK›.\n"}
    assert_marked(UNDEFINED, "Soát nhiễm khuẩn (KSNK) là khó.\n", **other)
    assert_marked(UNDEFINED, "Nhiễm kiểm soát khuẩn (KSNK) là khó.\n", **other)
    other = {"procedures/b.md": f"{head}Theo KS-NN.\n"}
    assert_marked(UNDEFINED, "Khoa sơ nội nhi (KS-NN) là khó.\n", **other)


def test_what_is_said_plainly_in_few_words_explains_for_every_document() -> None:
    head = "---\ncode: QT A 02\ntype: procedure\ntitle: Khác\n---\n# Kiểm\n\n"
    all_four = {"procedures/b.md": f"{head}Soát nhiễm khuẩn (KSNK) là khó.\n"}
    assert_marked(UNDEFINED, "Theo KSNK.\n", **all_four)
    defined = {"procedures/b.md": f"{head}Việc ấy, viết tắt là KSNK.\n"}
    assert_marked(UNDEFINED, "Theo KSNK.\n", **defined)
    too_few = {"procedures/b.md": f"{head}Soát nhiễm (KSNK) là khó.\n"}
    assert_marked(UNDEFINED, "Theo ‹KSNK›.\n", **too_few)


def test_an_entry_of_a_glossary_explains_for_every_document_and_its_words_for_their_own() -> None:
    head = "---\ncode: QT A 02\ntype: procedure\ntitle: Khác\n---\n# Khác\n\n## 2. Từ ngữ\n\n"
    assert_marked(UNDEFINED, "Theo KSNK.\n", **{"procedures/b.md": f"{head}- KSNK: kiểm soát\n"})
    assert_marked(UNDEFINED, "Theo ‹KSNK›.\n", **{"procedures/b.md": f"{head}Việc KSNK là khó\n"})


def test_how_far_an_explanation_may_stand_from_its_short_form() -> None:
    wide = "chữ viết tắt " + "nữa " * 15
    assert_marked(UNDEFINED, f"Các {wide}KSNK là kiểm soát.\n")
    wide = "chữ viết tắt " + "nữa " * 20
    assert_marked(UNDEFINED, f"Các {wide}‹KSNK› là kiểm soát.\n")


def test_codes_units_and_standards_need_no_explaining() -> None:
    head = "---\ncode: QT BIS 02\ntype: procedure\ntitle: Khác\n---\n# Khác\n\n"
    units = "units: {BGD: {name: Ban giám đốc}}\n"
    given = {"procedures/b.md": head, "qms.yml": MANIFEST + units}
    assert_marked(UNDEFINED, "Theo BIS, QT, BGD và NORM; theo ‹BISS›.\n", **given)


def entries(*lines: str) -> dict[str, str]:
    return {LIST: "schema: 1\nabbreviations:\n" + "".join(f"  {line}\n" for line in lines)}


def test_what_the_keeper_inferred_is_told_at_its_first_use_until_a_text_explains_it() -> None:
    known = entries(
        "⟦KSNK⟧: {expansion: Kiểm soát nhiễm khuẩn, inferred: true}",
        "TKB: {expansion: Thời khóa biểu}",
    )
    told = assert_marked(INFERRED, "Theo ‹KSNK› và TKB. Theo KSNK.\n", **known)
    assert told.value("expansion") == ["Kiểm soát nhiễm khuẩn"]
    known = {LIST: known[LIST].replace("⟦", "").replace("⟧", "")}
    assert_marked(INFERRED, "Kiểm soát nhiễm khuẩn (KSNK). Theo KSNK.\n", **known)
    assert_marked(INFERRED, "Không dùng.\n", **known)


def test_what_the_list_has_and_no_text_uses_is_told_in_the_list() -> None:
    known = entries(
        "KSNK: {expansion: Kiểm soát nhiễm khuẩn}", "‹TKB›: {expansion: Thời khóa biểu}"
    )
    assert_marked(UNUSED, "Theo KSNK; theo TKBX, ATKB.\n", **known)


GLOSSARY = "## 2. Từ ngữ\n\n"


@pytest.mark.parametrize(
    "text",
    [
        "- ‹KSNK›: kiểm soát\n- TKB: thời khóa biểu\n\n## 3. Khác\n\nTheo TKB.",
        "- ‹KSNK› – kiểm soát",
        "- ‹KSNK› = kiểm soát",
        "- **‹KSNK›**: kiểm soát",
        "‹KSNK›: kiểm soát; ‹TKB›: thời khóa biểu",
        "| Chữ | Nghĩa |\n|---|---|\n| ‹KSNK› | kiểm soát |",
        "Việc KSNK: kiểm soát",
        "- KSNK kiểm soát",
        "- KSNK-kiểm soát",
        "- ‹KSNK› - kiểm soát",
        "- KS-NK: kiểm soát\n\n## 3. Khác\n\nTheo NK.",
        "- ‹KS-NK›: kiểm soát\n\n## 3. Khác\n\nTheo TKB.",
        # Three that nobody uses list something else: the letters that codes are made of.
        "- ‹AB›: một\n- ‹CD›: hai\n- EF: ba\n\n## 3. Khác\n\nTheo EF.",
        "- AB: một\n- CD: hai\n- EF: ba",
    ],
)
def test_the_entries_of_a_texts_own_glossary(text: str) -> None:
    assert_marked(UNUSED, f"{GLOSSARY}{text}\n")


def test_a_use_in_another_document_is_a_use() -> None:
    head = "---\ncode: QT A 02\ntype: procedure\ntitle: Khác\n---\n# Khác\n\n"
    assert_marked(
        UNUSED, f"{GLOSSARY}- KSNK: kiểm soát\n", **{"procedures/b.md": f"{head}Theo KSNK.\n"}
    )


def test_an_entry_that_the_manuals_list_has_is_told_there_alone() -> None:
    assert_marked(
        UNUSED, f"{GLOSSARY}- KSNK: kiểm soát\n", **entries("KSNK: {expansion: Kiểm soát}")
    )


def test_a_glossary_after_a_glossary_and_one_that_is_a_whole_file() -> None:
    assert_marked(UNUSED, f"{GLOSSARY}- ‹KSNK›: kiểm soát\n\n## 3. Định nghĩa\n\n- ‹TKB›: khóa\n")
    assert_marked(UNUSED, **{"manual/1/4.2.md": "# 4.2. Từ ngữ\n\n- ‹KSNK›: kiểm soát\n"})


def test_a_glossary_within_a_glossary_is_one() -> None:
    text = f"{GLOSSARY}### 2.1. Định nghĩa\n\n- ‹KSNK›: kiểm soát\n\n### 2.2. Thuật ngữ\n\n- ‹TKB›: khóa\n"
    assert_marked(UNUSED, text)
