"""«QT VP 01, 09 và 12»: codes that a list names by their ends are citations like any other.

Held are QT VP 01, 02, 09 and 12. Each answer is the whole code of what is cited, with ✗ where no
document bears it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qmstool.checking.impact import ResolvedManual, find_affected
from qmstool.manual.loading.loader import load
from qmstool.references.resolver import resolve
from tests.support.manuals import check_tree, finding_lines, tiny, tiny_with

if TYPE_CHECKING:
    from tests.support.memory import MemoryTree

PATH = "manual/2.1.md"
LINE = tiny()[PATH].decode().count("\n") + 2


def _procedure(code: str, title: str) -> str:
    head = f"---\ncode: {code}\ntype: procedure\ntitle: {title}\nowner: VP\n---\n\n# {title}\n\n"
    return f"{head}## 1. Mục đích\n\nGiữ gìn {title.lower()}.\n"


HELD = {
    "procedures/qt-vp-09.md": _procedure("QT VP 09", "Quy trình lưu trữ"),
    "procedures/qt-vp-12.md": _procedure("QT VP 12", "Quy trình mua sắm"),
}


def _with(text: str, **more: str) -> MemoryTree:
    manual = {name.replace("__", "/"): content for name, content in more.items()}
    return tiny_with({**HELD, **manual, PATH: f"{tiny()[PATH].decode()}\n{text}\n"})


def _cited(tree: MemoryTree) -> list[str]:
    begin = len(tiny()[PATH].decode())
    return [
        each.words if each.target else f"✗{each.words}"
        for each in resolve(load(tree)).of(PATH)
        if each.kind == "code" and each.start > begin
    ]


ALL = ["QT VP 01", "QT VP 09", "QT VP 12"]
LISTS = [
    ("Theo QT VP 01, 09 và 12.", ALL),
    ("Theo QT VP 01; 09; 12", ALL),
    ("QT VP 01,09,12", ALL),
    ("QT VP 01 & 09 hoặc 12", ALL),
    ("QT VP 01,<br>09 và<br/>12.", ALL),
    ("QT VP<br>01, 09<br>và 12.", ALL),
    ("QT VP 01,\n09\nvà 12.", ALL),
    ("QT\u00a0VP\u00a001,\u00a009\u00a0và\u00a012.", ALL),
    ("QT VP&nbsp;01,&nbsp;09&nbsp;và 12.", ALL),
    ("**QT VP 01**, **09** và *12*", ALL),
    ("[QT VP 01](../procedures/qt-vp-01.md), 09 và [12](../procedures/qt-vp-12.md)", ALL),
    ("| Tài liệu | Bản |\n|---|---|\n| QT VP 01, 09 và 12 | 02 |", ALL),
    ("(theo QT VP 01, 09 và 12)", ALL),
    ("QT VP 01, 09 và 12 được áp dụng", ALL),
    ("QT VP 01, 09 và 12, mục 1", ALL),
    ("QT VP 01, 09 và 12 mục 1", ALL),
    ("QT VP 01, 09 và 12 do Văn phòng giữ", ALL),
    ("Các quy trình QT VP 01 và 09 do Văn phòng giữ", ["QT VP 01", "QT VP 09"]),
    ("QT VP 01 và QT VP 02, 09", ["QT VP 01", "QT VP 02", "QT VP 09"]),
    ("từ QT VP 01 đến 09.", ["QT VP 01", "QT VP 09"]),
    ("QT VP 01–09", ["QT VP 01", "QT VP 09"]),
    ("QT VP 01 ÷ 09", ["QT VP 01", "QT VP 09"]),
    ("QT VP 01-09.", ["QT VP 01", "QT VP 09"]),
    ("QT VP 01 - 09", ["QT VP 01", "QT VP 09"]),
    ("QT VP 01\u201109", ["QT VP 01", "QT VP 09"]),
    ("QT VP 01 → 09", ["QT VP 01", "QT VP 09"]),
    ("QT.VP.01 & 09", ["QT.VP.01", "QT.VP.09"]),
    ("QT VP 01/02", ["QT VP 01", "QT VP 02"]),
    ("QT VP 01, VP 09", ["QT VP 01", "QT VP 09"]),
    ("QT VP 01, 9 và 12", ["QT VP 01", "QT VP 12"]),
    # what none bears
    ("QT VP 01, 05", ["QT VP 01", "✗QT VP 05"]),
    ("QT VP 07, 09", ["✗QT VP 07", "QT VP 09"]),
    ("QT VP 01 đến 05.", ["QT VP 01", "✗QT VP 05"]),
    ("BM VP 01.01, 02 và 02.03", ["✗BM VP 01.01", "✗BM VP 01.02", "✗BM VP 02.03"]),
]
NO_LISTS = [
    "QT VP 01, 02 người",
    "QT VP 01 và 02 bản sao",
    "QT VP 01, 05 ngày",
    "QT VP 01, 30%",
    "QT VP 01, 12/2024",
    "QT VP 01, 12-05-2024",
    "QT VP 01, 12.05.2024",
    "QT VP 01, 12:30",
    "QT VP 01, 12.5 kg",
    "QT VP 01, 09-QĐ",
    "QT VP 01, 2024",
    "QT VP 01, ngày 02",
    "QT VP 01, MỤC 02",
    "QT VP 01, mục 1 và 02",
    "QT VP 01, KT 09",
    "QT VP 01 – 02 người",
    "QT VP 01-02 bản",
    "QT VP 01-02-2024",
    "QT VP 01-24",
    "QT VP 01 (02)",
    "QT VP 01/24",
    "1) QT VP 01, 02) khác",
    "QT VP 01\n\nvà 02",
    "- QT VP 01,\n- 02",
    "| Tài liệu | Bản |\n|---|---|\n| QT VP 01 | 02 |",
    "| Tài liệu | Bản |\n|---|---|\n| QT VP 01, | 02 |",
]


@pytest.mark.parametrize(("text", "codes"), LISTS)
def test_a_list_names_each_of_its_codes(text: str, codes: list[str]) -> None:
    assert _cited(_with(text)) == codes


@pytest.mark.parametrize("text", NO_LISTS)
def test_a_number_that_may_be_something_else_is_no_code(text: str) -> None:
    assert _cited(_with(text)) == ["QT VP 01"]


@pytest.mark.parametrize("text", ["QT VP 01/02/2024", "12/QT VP 01"])
def test_a_code_within_another_number_is_none(text: str) -> None:
    assert _cited(_with(text)) == []


def test_a_list_in_english() -> None:
    """Where the manual has English words."""
    manifest = tiny()["qms.yml"].decode()
    english = manifest.replace("check:", "    en: {and: [and], to: [to]}\ncheck:")
    for text in (
        "QT VP 01, 09 and 12",
        "QT VP 01, 09, and 12 describe it",
        "QT VP 01, 09 and 12.",
    ):
        assert _cited(_with(text, **{"qms.yml": english})) == ALL
    assert _cited(_with("QT VP 01 and 12 people", **{"qms.yml": english})) == ["QT VP 01"]


def test_codes_without_a_shape_are_named_so_only_where_they_are_held() -> None:
    own = {
        f"procedures/so-{number}.md": _procedure(f"Sổ {number}", f"Quy trình sổ {number}")
        for number in ("01", "02")
    }
    assert _cited(_with("Sổ 01, 02 và 03", **own)) == ["Sổ 01", "Sổ 02"]


def test_a_broken_one_is_told_with_its_whole_code_at_its_own_place() -> None:
    report = check_tree(_with("Theo QT VP 01, 05 và 12."))
    (finding,) = [each for each in report.findings if each.location.path == PATH]
    assert (finding.slug, finding.location.line) == ("unknown-code", LINE)
    assert (finding.location.column, finding.location.end_column) == (16, 18)
    assert "«QT VP 05»" in finding.message.vi
    assert "«QT VP 05»" in finding.message.en


def test_a_list_that_is_right_is_told_nothing_of() -> None:
    quiet = finding_lines(check_tree(_with("Không.")))
    assert finding_lines(check_tree(_with("Theo QT VP 01, 09 và 12."))) == quiet
    assert finding_lines(check_tree(_with("Theo qt-vp-01, 09 và 12."))) == [
        *quiet,
        f"code-spelled-otherwise {PATH}:{LINE}:6",
    ]


def test_who_cites_by_a_list_is_concerned_by_a_change() -> None:
    text = "Theo QT VP 01, 09 và 12."
    changed = HELD["procedures/qt-vp-09.md"].replace("Giữ gìn", "Giữ kỹ")
    before, after = (
        ResolvedManual(manual, resolve(manual))
        for manual in (
            load(_with(text)),
            load(_with(text, **{"procedures/qt-vp-09.md": changed})),
        )
    )
    places = [
        (place.path, place.line, place.column)
        for affected in find_affected(before, after)
        for _, place in affected.citing
    ]
    assert (PATH, LINE, 16) in places


def test_the_section_behind_a_list_is_the_last_ones() -> None:
    numbers = [
        each.words + (" " + each.target.key if each.target else "")
        for each in resolve(load(_with("Theo QT VP 01, 09, mục 1."))).of(PATH)
        if each.kind == "number"
    ]
    assert numbers[-1] == "mục 1 qt-vp-09"
