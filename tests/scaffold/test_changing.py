"""`new`, `rename`, `renumber`: many files at once, nothing lost, nothing that releases hold."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from qmstool.cli.main import main

TINY = Path(__file__).parents[1] / "data" / "tiny"
PROCEDURE = "procedures/qt-vp-01.md"


@pytest.fixture
def manual(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TINY, tmp_path / "sổ tay"))


def _put(manual: Path, path: str, text: str, *, newline: str = "\n") -> None:
    (manual / path).parent.mkdir(parents=True, exist_ok=True)
    (manual / path).write_bytes(text.replace("\n", newline).encode())


def _text(manual: Path, path: str) -> str:
    return (manual / path).read_bytes().decode()


def _run(manual: Path, *words: str) -> int:
    return main([*words, "--root", str(manual)])


def _passes(manual: Path) -> bool:
    return _run(manual, "check", "--no-cache") == 0


# --- new


@pytest.mark.parametrize(
    ("words", "path", "line"),
    [
        (("procedure", "QT VP 07", "Tên: có dấu"), "procedures/qt-vp-07.md", 'title: "Tên: có dấu"'),
        (("form", "BM VP 01.03", "Phiếu"), "procedures/bm-vp-01-03.md", "parent: QT VP 01"),
        (("form", "BM KT 09.03", "Phiếu", "--parent", "QT VP 02"), "procedures/bm-kt-09-03.md", "parent: QT VP 02"),
    ],
)  # fmt: skip
def test_a_new_document_passes_check(
    manual: Path, words: tuple[str, ...], path: str, line: str
) -> None:
    assert _run(manual, "new", *words) == 0
    assert line in _text(manual, path).splitlines()
    assert _passes(manual)
    assert _run(manual, "new", *words) == 2


@pytest.mark.parametrize("written", ["QT-VP-07", "qt vp 07", "QT VP 7", " QT  VP.07 ", "QTVP07"])
def test_a_code_is_written_as_its_shape_has_it(
    manual: Path, capsys: pytest.CaptureFixture[str], written: str
) -> None:
    assert _run(manual, "new", "procedure", written, "Tên") == 0
    assert "code: QT VP 07" in _text(manual, "procedures/qt-vp-07.md").splitlines()
    assert "QT VP 07" in capsys.readouterr().err
    assert _run(manual, "rename", "QT VP 07", written.replace("7", "8"), "--yes") == 0
    assert "code: QT VP 08" in _text(manual, "procedures/qt-vp-08.md").splitlines()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("proceduer", "QT VP 07", "Tên"), "procedure"),
        (("procedure", "QT VP 01", "Tên"), "QT VP 01"),
        (("procedure", "qt vp 1x", "Tên"), "QT {unit} {nn}"),
        (("procedure", "a\nb: c", "Tên"), ""),
        (("procedure", "../../x", "Tên"), ""),
        (("procedure", "QT VP 07", "   "), "tên"),
        (("form", "BM KT 09.03", "Phiếu"), "--parent"),
        (("form", "BM KT 09.03", "Phiếu", "--parent", "QT VP 99"), "QT VP"),
    ],
)
def test_a_document_that_cannot_be_is_said_and_not_made(
    manual: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], message: str
) -> None:
    before = sorted(manual.rglob("*"))
    assert _run(manual, "new", *words) == 2
    assert message in capsys.readouterr().err
    assert sorted(manual.rglob("*")) == before


# --- rename

CITED = """# 1.2. Thông tin

Theo QT VP 01, mục 2; xem `QT VP 01`, [QT VP 01](../procedures/qt-vp-01.md#2-cách-làm) và
[đây](../procedures/qt-vp-01.md "QT VP 01"). Cũng theo QT VP 02.

| Mã | Tên |
|---|---|
| QT-VP-01 | x |

Không đổi: QT VP 011, BM VP 01.01, <https://example.org/qt-vp-01>, qt-vp-01.docx
"""


def test_a_code_is_changed_everywhere_it_is_named(manual: Path) -> None:
    _put(manual, "manual/1.2.md", CITED)
    assert _run(manual, "rename", "qt vp 01", "QT KT 05", "--yes") == 0
    text = _text(manual, "manual/1.2.md")
    assert (
        "Theo QT KT 05, mục 2; xem `QT KT 05`, [QT KT 05](../procedures/qt-kt-05.md#2-cách-làm)"
        in text
    )
    assert '[đây](../procedures/qt-kt-05.md "QT KT 05")' in text
    assert "| QT KT 05 | x |" in text
    assert CITED.splitlines()[-1] in text
    assert not (manual / PROCEDURE).exists()
    assert "code: QT KT 05" in _text(manual, "procedures/qt-kt-05.md")
    assert "documents: [QT KT 05]" in _text(manual, "clauses/mapping/tiny-1.yml")


@pytest.mark.parametrize(
    ("old", "new", "after"),
    [
        ("QT VP 02", "QT KT 05", "Theo QT VP 01, QT KT 05 và QT VP 09; QT VP 07, 09."),
        ("QT VP 01", "QT KT 05", "Theo QT KT 05, QT VP 02 và QT VP 09; QT VP 07, 09."),
        ("QT VP 09", "QT VP 10", "Theo QT VP 01, 02 và QT VP 10; QT VP 07, QT VP 10."),
    ],
)
def test_a_code_named_by_its_end_is_written_out_where_another_stands_before_it(
    manual: Path, old: str, new: str, after: str
) -> None:
    """«09» says something else behind another code; QT VP 07, which none bears, stays."""
    before = "Theo QT VP 01, 02 và 09; QT VP 07, 09."
    _run(manual, "new", "procedure", "QT VP 09", "Tên")
    _put(manual, "manual/1.2.md", f"# 1.2. Thông tin\n\n{before}\n")
    assert _run(manual, "rename", old, new, "--yes") == 0
    assert _text(manual, "manual/1.2.md") == f"# 1.2. Thông tin\n\n{after}\n"


def test_an_end_that_none_bears_is_written_out_too(manual: Path) -> None:
    _put(manual, "manual/1.2.md", "# 1.2. Thông tin\n\nTheo QT VP 01, 07.\n")
    assert _run(manual, "rename", "QT VP 01", "QT KT 05", "--yes") == 0
    assert _text(manual, "manual/1.2.md").endswith("Theo QT KT 05, QT VP 07.\n")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_line_ends_and_letters_apart_stay_as_they_are(manual: Path, newline: str) -> None:
    text = "# 1.2. Thông tin\n\nQuye\u0302\u0301t định theo QT VP 01.\n"
    _put(manual, "manual/1.2.md", text, newline=newline)
    assert _run(manual, "rename", "QT VP 01", "QT KT 05", "--yes") == 0
    wanted = text.replace("QT VP 01", "QT KT 05").replace("\n", newline)
    assert _text(manual, "manual/1.2.md") == wanted


def test_without_a_yes_the_diff_is_shown_and_nothing_written(
    manual: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in manual.rglob("*") if path.is_file()}
    assert _run(manual, "rename", "QT VP 01", "QT KT 05") == 0
    shown = capsys.readouterr()
    assert "+code: QT KT 05" in shown.out
    assert "--yes" in shown.err
    assert {path: path.read_bytes() for path in manual.rglob("*") if path.is_file()} == before


def test_what_somebody_saves_while_it_is_asked_is_not_written_over(
    manual: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def save(_: object) -> bool:
        _put(manual, PROCEDURE, _text(manual, PROCEDURE) + "\nThêm.\n")
        return True

    monkeypatch.setattr("qmstool.cli.changing._agrees", save)
    before = {path: path.read_bytes() for path in manual.rglob("*.md")}
    assert _run(manual, "rename", "QT VP 01", "QT KT 05") == 2
    assert PROCEDURE in capsys.readouterr().err
    after = {path: path.read_bytes() for path in manual.rglob("*.md")}
    assert [path for path in before if after.get(path) != before[path]] == [manual / PROCEDURE]
    assert "Thêm." in _text(manual, PROCEDURE)


RECORD = """schema: 1
release: 1
title: Đợt 1
items:
  - {code: QT VP 01, key: qt-vp-01, title: Quy trình, act: import, issue: unknown, revision: unknown}
"""


@pytest.mark.parametrize(
    ("front", "line"),
    [
        ("", 'replaces: ["QT VP 01"]'),
        ("replaces: [QT VP 00]\n", 'replaces: [QT VP 00, "QT VP 01"]'),
    ],
)
def test_an_issued_code_is_kept_under_replaces_and_records_stay(
    manual: Path, front: str, line: str
) -> None:
    _put(manual, "releases/0001.yml", RECORD)
    text = _text(manual, PROCEDURE).replace("owner: VP\n", f"owner: VP\n{front}")
    _put(manual, PROCEDURE, text)
    assert _run(manual, "rename", "QT VP 01", "QT KT 05", "--yes") == 0
    assert line in _text(manual, "procedures/qt-kt-05.md").splitlines()
    assert _text(manual, "releases/0001.yml") == RECORD


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("QT VP 09", "QT KT 05"), "QT VP 0"),
        (("QT VP 01", "QT VP 02"), "QT VP 02"),
        (("QT VP 01", "QT VP 01"), ""),
        (("QT VP 01", "a: b"), "a: b"),
        (("QT VP 01", "QT 08"), "QT {unit} {nn}"),  # `check` would refuse it a moment later
    ],
)
def test_a_renaming_that_cannot_be_is_said(
    manual: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, str], message: str
) -> None:
    assert _run(manual, "rename", *words, "--yes") == 2
    assert message in capsys.readouterr().err
    assert (manual / PROCEDURE).exists()


# --- renumber

LONG = """---
code: QT VP 01
type: procedure
title: Quy trình kiểm soát tài liệu
owner: VP
---

# Quy trình kiểm soát tài liệu

## 1. Mục đích

Xem mục 2, 2.1 và 2.1.1; [cách làm](#2-cách-làm).

## 2. Cách làm

### 2.1. Lập

#### 2.1.1 Nháp

Theo mục 1.

### 2.10. Hủy
"""


def test_a_section_and_those_below_it_get_their_numbers_everywhere(manual: Path) -> None:
    _put(manual, PROCEDURE, LONG)
    cited = "# 1.2. Thông tin\n\nTheo QT VP 01, mục 2.1 và mục 1.1; [xem](../procedures/qt-vp-01.md#21-lập).\n"
    _put(manual, "manual/1.2.md", cited)
    assert _run(manual, "renumber", "QT VP 01", "2", "3", "--yes") == 0
    text = _text(manual, PROCEDURE)
    for line in (
        "## 3. Cách làm",
        "### 3.1. Lập",
        "#### 3.1.1 Nháp",
        "### 3.10. Hủy",
        "Theo mục 1.",
    ):
        assert line in text.splitlines()
    assert "Xem mục 3, 3.1 và 3.1.1; [cách làm](#muc-3)." in text
    other = _text(manual, "manual/1.2.md")
    assert "QT VP 01, mục 3.1 và mục 1.1; [xem](../procedures/qt-vp-01.md#muc-3-1)." in other
    assert _passes(manual)


ROMAN = """\
---
code: QT VP 01
type: procedure
title: Quy trình kiểm soát tài liệu
owner: VP
approver: giam-doc
---

# Quy trình kiểm soát tài liệu

## I. Mục đích

Xem mục II và mục III; ISI và [VI](#muc-ii) khác mục IV, mục II.1 khác mục III.1.

## II. Cách làm

Theo mục I.

### II.1. Bước một

## III. Hồ sơ

### III.1. Nơi lưu

## IV. Phụ trách
"""


def test_a_roman_number_is_changed_as_another_is(manual: Path) -> None:
    _put(manual, PROCEDURE, ROMAN)
    _put(manual, "manual/1.2.md", "# 1.2. Thông tin\n\nTheo QT VP 01, mục II và mục I.\n")
    assert _run(manual, "renumber", "QT VP 01", "II", "VI", "--yes") == 0
    text = _text(manual, PROCEDURE)
    assert "Xem mục VI và mục III; ISI và [VI](#muc-vi) khác mục IV, mục VI.1" in text
    assert "\n## VI. Cách làm\n\nTheo mục I.\n\n### VI.1. Bước một\n" in text
    assert "QT VP 01, mục VI và mục I." in _text(manual, "manual/1.2.md")
    assert _run(manual, "renumber", "QT VP 01", "I", "IV", "--yes") == 2
    assert _run(manual, "renumber", "QT VP 01", "I", "5", "--yes") == 0
    assert "Theo mục 5." in _text(manual, PROCEDURE)
    assert _passes(manual)


def test_a_file_named_by_its_number_and_the_mapping_follow(manual: Path) -> None:
    assert _run(manual, "renumber", "STCL", "1.2", "1.3", "--yes") == 0
    assert _text(manual, "manual/1.3.md").startswith("# 1.3. ")
    assert not (manual / "manual/1.2.md").exists()
    assert 'section: "1.3"' in _text(manual, "clauses/mapping/tiny-1.yml")
    assert _passes(manual)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("STCL", "1.2", "2.1"), "2.1"),
        (("STCL", "7.7", "7.8"), "7.7"),
        (("STCL", "1.2", "một"), "một"),
        (("STCL", "1.2", "IIII"), "IIII"),
        (("STCL", "1.2", "II "), "II"),
        (("STCL", "1.2", ""), "«»"),
        (("QT VP 77", "1", "2"), "QT VP 0"),
    ],
)
def test_a_number_that_cannot_be_is_said(
    manual: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], message: str
) -> None:
    assert _run(manual, "renumber", *words, "--yes") == 2
    assert message in capsys.readouterr().err
