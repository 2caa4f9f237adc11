"""The grammar of citing, phrase by phrase: which numbers are read, of which document, and what is told of them.

Each answer is the number and where it was found, or ✗, the number and what lacks it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from qmstool.manual.loading.loader import load
from qmstool.references.resolver import resolve
from qmstool.storage.tree import FolderTree
from tests.support.manuals import check_tree
from tests.support.memory import MemoryTree

TINY = Path(__file__).parents[1] / "data" / "tiny"
PROCEDURE, MANUAL = "procedures/qt-vp-01.md", "manual/2.1.md"
TINY_2 = """\
schema: 1
standard: Tiêu chuẩn Nhỏ
edition: "2030"
title: {vi: Một tiêu chuẩn nhỏ, en: A small standard}
cited_as: ["Tiêu chuẩn Nhỏ:2030"]
clauses:
  "2": {vi: Thực hiện, en: Operation}
  "2.3": {vi: Mới, en: New}
"""


@cache
def tiny() -> dict[str, bytes]:
    folder = FolderTree(TINY)
    return dict(folder.read_all(folder.list()))


def answers(path: str, phrase: str, *, english: bool = False) -> str:
    """What is said of the numbers of a phrase that stands in a section 1.2 or 1 of a file: «7 QT VP 02», «✗9 STCL»."""
    given: dict[str, str | bytes] = {**tiny(), "clauses/catalogues/tiny-2.yml": TINY_2}
    manifest = given["qms.yml"]
    assert isinstance(manifest, bytes)
    second = "  - catalogue: tiny-1\n  - catalogue: tiny-2\n"
    given["qms.yml"] = manifest.decode().replace("  - catalogue: tiny-1\n", second)
    if english:
        named = str(given["qms.yml"]).replace(
            "check:", "    en: {clause: [clause, clauses], section: [section, sections]}\ncheck:"
        )
        for name, other in (("Sổ tay", "Quality manual"), ("Quy trình", "Procedure")):
            named = named.replace(f"name: {name},", f"name: {{vi: {name}, en: {other}}},")
        given["qms.yml"] = named
    text = given[path]
    assert isinstance(text, bytes)
    begin = len(text.decode())
    given[path] = f"{text.decode()}\n{phrase}\n"
    manual = load(MemoryTree(given))
    told = []
    for each in resolve(manual).of(path):
        if each.start <= begin or each.kind != "number":
            continue
        number = dict(each.values).get("number") or each.words.rpartition(" ")[2]
        values = dict(each.values)
        if each.target is None:
            told.append(f"✗{number} {values.get('document') or values['standard']}")
        elif each.target.kind == "clause":
            told.append(f"{number} {each.target.owner}")
        else:
            told.append(f"{number} {manual.documents[each.target.key].name}")
    return ", ".join(told)


IN_PROCEDURE = [
    # the document after the number
    ("mục 7 của quy trình QT VP 02", "✗7 QT VP 02"),
    ("mục 2 của quy trình QT VP 02", "2 QT VP 02"),
    ("mục 7 Quy trình QT VP 02", "✗7 QT VP 02"),
    ("mục 7 của Quy trình đánh giá nội bộ (QT VP 02)", "✗7 QT VP 02"),
    ("mục 7 trong quy trình đánh giá nội bộ", "✗7 QT VP 02"),
    ("mục 7 thuộc QT VP 02", "✗7 QT VP 02"),
    ("mục 7 tại **QT VP 02**", "✗7 QT VP 02"),
    ("mục 7 được quy định tại QT VP 02", "✗7 QT VP 02"),
    ("mục 7 (QT VP 02)", "✗7 QT VP 02"),
    ("mục 8, QT VP 02", "✗8 QT VP 02"),
    ("mục 8 - QT VP 02", "✗8 QT VP 02"),
    ("mục 8 – Quy trình QT VP 02", "✗8 QT VP 02"),
    ("mục 2.1 của Sổ tay chất lượng (STCL)", "2.1 STCL"),
    ("mục 2.1 của Sổ tay chất lượng", "2.1 STCL"),
    ("mục 2.9 của Sổ tay", "✗2.9 STCL"),
    ("mục 2.1 trong STCL", "2.1 STCL"),
    ("mục 2.1, STCL", "2.1 STCL"),
    ("mục 2.9 thuộc STCL", "✗2.9 STCL"),
    ("mục 2 «Cách làm» của QT VP 02", "2 QT VP 02"),
    ("mục 2 Cách làm của QT VP 02", "2 QT VP 02"),
    ("mục 2.1 (Đánh giá nội bộ) của STCL", "2.1 STCL"),
    ("mục 2.1 về đánh giá nội bộ của STCL", "2.1 STCL"),
    ("mục 7 ở trang 3 của QT VP 02", ""),
    ("mục 7 nói về việc này được làm theo QT VP 02", "✗7 QT VP 01"),
    ("mục 2.1 Sổ tay chất lượng", "2.1 STCL"),
    ("mục 3 Luật Lưu trữ", ""),
    ("mục 7 quy trình này", "✗7 QT VP 01"),
    ("mục 7 quy định rằng", "✗7 QT VP 01"),
    ("QT VP 02 (lần ban hành 2), mục 7", "✗7 QT VP 02"),
    ("mục 7 [QT VP 02](qt-vp-02.md)", "✗7 QT VP 02"),
    ("[QT VP 02](qt-vp-02.md), mục 7", "✗7 QT VP 02"),
    ("[quy trình kia](qt-vp-02.md), mục 7", "✗7 QT VP 02"),
    ("[mục 2.1](../manual/2.1.md)", "2.1 STCL"),
    # the document before the number
    ("QT VP 02, mục 7", "✗7 QT VP 02"),
    ("QT VP 02 - mục 7", "✗7 QT VP 02"),
    ("QT VP 02 – mục 7", "✗7 QT VP 02"),
    ("QT VP 02 tại mục 7", "✗7 QT VP 02"),
    ("QT VP 02 quy định tại mục 7", "✗7 QT VP 02"),
    ("QT VP 02: mục 7", "✗7 QT VP 02"),
    ("QT VP 02 (mục 7)", "✗7 QT VP 02"),
    ("Quy trình đánh giá nội bộ (QT VP 02), mục 7", "✗7 QT VP 02"),
    ("QT VP 02 (Quy trình đánh giá nội bộ), mục 7", "✗7 QT VP 02"),
    ("STCL – Sổ tay chất lượng, mục 2.9", "✗2.9 STCL"),
    ("| Tài liệu | Mục |\n|---|---|\n| QT VP 02 | mục 8 |", "✗8 QT VP 02"),
    ("| Tài liệu | Mục |\n|---|---|\n| STCL | mục 2.1 |", "2.1 STCL"),
    # this document
    ("QT VP 02, mục 2 và mục 1 của quy trình này", "2 QT VP 02, 1 QT VP 01"),
    ("mục 7 của quy trình này", "✗7 QT VP 01"),
    ("mục 7 của tài liệu này", "✗7 QT VP 01"),
    ("Theo QT VP 02, mục 7 của tài liệu này", "✗7 QT VP 01"),
    # lists and ranges
    ("QT VP 02, mục 1, 2 và 7", "1 QT VP 02, 2 QT VP 02, ✗7 QT VP 02"),
    ("QT VP 02 mục 1; 7", "1 QT VP 02, ✗7 QT VP 02"),
    ("QT VP 02, mục 1–8", "1 QT VP 02, ✗8 QT VP 02"),
    ("QT VP 02, các mục 1, 2, 7", "1 QT VP 02, 2 QT VP 02, ✗7 QT VP 02"),
    ("các mục 1, 2, 8 của QT VP 02", "1 QT VP 02, 2 QT VP 02, ✗8 QT VP 02"),
    ("mục 1-8 QT VP 02", "1 QT VP 02, ✗8 QT VP 02"),
    ("QT VP 02, từ mục 1 đến mục 8", "1 QT VP 02, ✗8 QT VP 02"),
    ("QT VP 02, các mục từ 1 đến 8", "1 QT VP 02, ✗8 QT VP 02"),
    ("QT VP 02, mục 1 & 8", "1 QT VP 02, ✗8 QT VP 02"),
    ("QT VP 02, mục 1/8", "1 QT VP 02, ✗8 QT VP 02"),
    ("QT VP 02, mục 1 hoặc 8", "1 QT VP 02, ✗8 QT VP 02"),
    ("QT VP 02, những mục: 1,2,8", "1 QT VP 02, 2 QT VP 02, ✗8 QT VP 02"),
    ("QT VP 02, mục 1, mục 2 và mục 8", "1 QT VP 02, 2 QT VP 02, ✗8 QT VP 02"),
    ("mục 1, mục 2 và mục 8 của QT VP 02", "1 QT VP 02, 2 QT VP 02, ✗8 QT VP 02"),
    ("các điều khoản từ 1.1 đến 1.9", "1.1 tiny-1, ✗1.9 Tiêu chuẩn Nhỏ:2020"),
    ("Từ điều khoản 1.1 đến 1.9", "1.1 tiny-1, ✗1.9 Tiêu chuẩn Nhỏ:2020"),
    ("các điều khoản: 1.1, 1.8", "1.1 tiny-1, ✗1.8 Tiêu chuẩn Nhỏ:2020"),
    ("điều khoản số 1.8", "✗1.8 Tiêu chuẩn Nhỏ:2020"),
    ("những điều khoản 1.1; 1.8", "1.1 tiny-1, ✗1.8 Tiêu chuẩn Nhỏ:2020"),
    ("STCL, Mục số 1.8", "✗1.8 STCL"),
    *(
        (f"STCL, mục 1.1{sign}1.8", "1.1 STCL, ✗1.8 STCL")
        for sign in (
            " ÷ ",
            "÷",
            "~",
            " ~ ",
            "-",
            "–",
            " – ",
            " đến ",
            " tới ",
            " & ",
            "/",
            "; ",
            ", ",
            ",",
            " hoặc ",
            " và ",
            ", và ",
        )
    ),
    ("STCL, mục 1.1, 1.2 và 1.8", "1.1 STCL, 1.2 STCL, ✗1.8 STCL"),
    # other words, and numbers of other things
    ("Theo danh mục 1 và hạng mục 12, danh mục 7.8.", ""),
    ("đề mục 1.8, chuyên mục 5, mục tiêu 3, mục đích 4", ""),
    ("mục 1 và 2 người cùng làm", "1 QT VP 01"),
    ("mục 1, 30 ngày sau", "1 QT VP 01"),
    ("mục 1, 12/2024", "1 QT VP 01"),
    ("mục 1, 2024.", "1 QT VP 01"),
    ("mục 1, 5%", "1 QT VP 01"),
    ("Mục: 5 cái", ""),
    ("làm theo mục 1, 2) rồi", "1 QT VP 01"),
    ("(mục 1, 2) rồi", "1 QT VP 01, 2 QT VP 01"),
    # somebody else's document, and one that nobody can tell
    ("mục 5 của Nghị định 30/2020/NĐ-CP", ""),
    ("mục 5 của Thông tư này", ""),
    ("mục 12 của hợp đồng", ""),
    ("điều khoản 12 của hợp đồng", ""),
    ("mục 5, Nghị định số 30/2020/NĐ-CP", ""),
    ("mục 9, 30/2020/NĐ-CP", ""),
    ("mục 5 và phụ lục I của 30/2020/NĐ-CP", "✗5 QT VP 01"),
    ("mục 2, phụ lục I của 30/2020/NĐ-CP", ""),
    ("mục 5 của QT VP 09", ""),
    # the own document, where nothing is named beside
    ("theo mục 7 trong quá trình làm", "✗7 QT VP 01"),
    ("theo mục 7 theo quy định", "✗7 QT VP 01"),
    ("QT VP 02 và mục 7", "✗7 QT VP 01"),
    ("theo mục 7. QT VP 02 nói khác", "✗7 QT VP 01"),
    ("theo mục 7; QT VP 02", "✗7 QT VP 01"),
    ("- QT VP 02\n- mục 7", "✗7 QT VP 01"),
]
IN_MANUAL = [
    ("Theo QT VP 01, mục 7 của QT VP 02", "✗7 QT VP 02"),
    ("QT VP 02, mục 2 và mục 1.1 của sổ tay này", "2 QT VP 02, 1.1 STCL"),
    ("QT VP 02, mục 2 và mục 1.1", "2 QT VP 02, 1.1 STCL"),
    ("QT VP 02, mục 2 và mục 1.9", "2 QT VP 02, ✗1.9 QT VP 02"),
    ("| Tài liệu | Mục |\n|---|---|\n| QT VP 02 | mục 8 |", "✗8 QT VP 02"),
    ("| Mục | Tài liệu |\n|---|---|\n| mục 1.2 | QT VP 02 |", "1.2 STCL"),
    ("mục 2 «Mục đích» của QT VP 02", "2 QT VP 02"),
    ("mục 1.2, QT VP 01", "1.2 STCL"),
    (
        "mục 1.1 và 1.2 của Sổ tay, QT VP 02 (mục 1 và 7)",
        "1.1 STCL, 1.2 STCL, 1 QT VP 02, ✗7 QT VP 02",
    ),
    (
        "Theo QT VP 01 (mục 1, 2) và QT VP 02 (mục 1, 7).",
        "1 QT VP 01, 2 QT VP 01, 1 QT VP 02, ✗7 QT VP 02",
    ),
    ("mục 1.2, QT VP 01, mục 2", "1.2 STCL, 2 QT VP 01"),
    ("mục 2 của QT VP 01 và mục 1.2", "2 QT VP 01, 1.2 STCL"),
    ("mục 2 của QT VP 01, mục 1.2 và 1.9", "2 QT VP 01, 1.2 STCL, ✗1.9 QT VP 01"),
    ("QT VP 01, mục 2; QT VP 02, mục 7; mục 1.9", "2 QT VP 01, ✗7 QT VP 02, ✗1.9 QT VP 02"),
    ("Theo QT VP 02. Mục 2 của quy trình này", "2 QT VP 02"),
    ("mục 2 của quy trình này", "2 QT VP 02"),  # named last, a paragraph before
    ("mục 2 của quy chế này", ""),
    ("mục 1.1 Phạm vi", "1.1 STCL"),
    ("mục 2.1 Đánh giá nội bộ", "2.1 STCL"),
    ("khoản 2 mục 3 Chương II Nghị định số 30/2020/NĐ-CP", ""),
    ("mục 2.2 của tiêu chuẩn", "2.2 tiny-1"),
    ("mục 2.9 của tiêu chuẩn này", "✗2.9 Tiêu chuẩn Nhỏ:2020"),
    ("mục 2.9 của tiêu chuẩn khác", ""),
    ("điều khoản 2.9 trong QT VP 01", "✗2.9 Tiêu chuẩn Nhỏ:2020"),
    (
        "điều khoản 2.3 của Tiêu chuẩn Nhỏ:2030, điều khoản 2.3 của Tiêu chuẩn Nhỏ:2020",
        "2.3 tiny-2, ✗2.3 Tiêu chuẩn Nhỏ:2020",
    ),
    ("Tiêu chuẩn Nhỏ:2030, điều khoản 2.3", "2.3 tiny-2"),
    ("điều khoản 2.9 của Tiêu chuẩn Nhỏ:2008", ""),
    ("Tiêu chuẩn Nhỏ:2008, điều khoản 2.9", ""),
    ("phụ lục 7", "✗7 STCL"),
]


IN_ENGLISH = [
    ("section 7 of QT VP 02", "✗7 QT VP 02"),
    ("sections 1, 2 and 7 of the procedure QT VP 02", "1 QT VP 02, 2 QT VP 02, ✗7 QT VP 02"),
    ("sections 1 to 7 of QT VP 02", "1 QT VP 02, ✗7 QT VP 02"),
    ("section no. 7 in QT VP 02", "✗7 QT VP 02"),
    ("QT VP 02, sections 1 through 7", "1 QT VP 02, ✗7 QT VP 02"),
    ("section 2.9 of the quality manual", "✗2.9 STCL"),
    ("section 7 of this procedure", "✗7 QT VP 01"),
    ("section 7 of the contract", ""),
    ("clauses 1.1, 1.2 or 1.8", "1.1 tiny-1, 1.2 tiny-1, ✗1.8 Tiêu chuẩn Nhỏ:2020"),
    ("section 1 and 2 people", "1 QT VP 01"),
]


@pytest.mark.parametrize(("phrase", "expected"), IN_ENGLISH)
def test_a_phrase_in_english(phrase: str, expected: str) -> None:
    assert answers(PROCEDURE, phrase, english=True) == expected


@pytest.mark.parametrize(("phrase", "expected"), IN_PROCEDURE)
def test_a_phrase_in_a_procedure(phrase: str, expected: str) -> None:
    assert answers(PROCEDURE, phrase) == expected


@pytest.mark.parametrize(("phrase", "expected"), IN_MANUAL)
def test_a_phrase_in_the_manual(phrase: str, expected: str) -> None:
    assert answers(MANUAL, phrase) == expected


def findings(phrase: str) -> list[tuple[str, str, str | None]]:
    """Slug, words and suggestion of what is said of a phrase in the manual."""
    text = tiny()[MANUAL].decode()
    begin = text.count("\n")
    report = check_tree(MemoryTree({**tiny(), MANUAL: f"{text}\n{phrase}\n"}))
    here = [
        each
        for each in report.findings
        if each.location.path == MANUAL and each.location.line > begin
    ]
    return [(each.slug, each.values.get("words", ""), each.suggestion) for each in here]


@pytest.mark.parametrize(
    "number", ["30/2020/NĐ- CP", "30/2020/NĐ–CP", "30/2020/NĐ -CP", "30/2020/NĐ - CP"]
)
def test_a_number_that_a_word_processor_tore_is_one_finding(number: str) -> None:
    assert findings(f"Theo Nghị định {number}.") == [
        ("code-spelled-otherwise", number, "30/2020/NĐ-CP")
    ]


@pytest.mark.parametrize(
    "phrase",
    [
        "Theo 30/2020/NĐ-CP – Nghị định về văn thư.",
        "Theo 30/2020/NĐ-CP - UBND tỉnh trình Chính phủ.",
    ],
)
def test_what_stands_after_a_dash_is_no_part_of_a_whole_number(phrase: str) -> None:
    assert "unknown-external" not in [slug for slug, _, _ in findings(phrase)]


def test_an_unknown_edition_is_one_finding() -> None:
    assert findings("Theo Tiêu chuẩn Nhỏ:2030.") == [
        ("unknown-edition", "Tiêu chuẩn Nhỏ:2030", "Tiêu chuẩn Nhỏ:2020")
    ]


def test_an_annex_is_called_an_annex() -> None:
    text = tiny()[MANUAL].decode()
    report = check_tree(MemoryTree({**tiny(), MANUAL: f"{text}\nXem phụ lục 7.\n"}))
    (finding,) = [each for each in report.findings if each.slug == "unknown-section"]
    assert "không có phụ lục «7»" in finding.message.vi
    assert "has no annex «7»" in finding.message.en


def test_a_manual_adds_to_the_words() -> None:
    own = "schema: 1\nnot_citing: [hòm mục]\npart_of: [nằm trong]\n"
    given: dict[str, str | bytes] = {**tiny(), "templates/words/vi.yml": own}
    text = tiny()[PROCEDURE].decode()
    given[PROCEDURE] = f"{text}\nTheo hòm mục 9 và mục 7 nằm trong QT VP 02.\n"
    faults = [
        dict(each.values)
        for each in resolve(load(MemoryTree(given))).of(PROCEDURE)
        if each.violation
    ]
    assert [(each["number"], each["document"]) for each in faults] == [("7", "QT VP 02")]
