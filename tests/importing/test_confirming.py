"""What was guessed of files is shown and asked for before anything is written; registers of copies."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import yaml

from qmstool.cli.main import main
from qmstool.importing.files.libreoffice import turn
from qmstool.importing.holders import with_holders
from tests.support.machine import needs
from tests.support.word_files import bold, make_docx, paragraph, run, table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

HEADS = ["STT", "Mã tài liệu", "Nơi nhận", "Số bản", "Bản số", "Ngày phát", "Dạng"]
COPIES = [
    [1, "QT-VP-01", "Văn phòng", 2, None, None, "Giấy"],
    [2, "QT-VP-01", "Phòng Kỹ thuật", None, "03", "06/03/2024", "Giấy"],
    [3, "QT-VP-01", "Phòng Kỹ thuật", None, "04", "06/03/2024", "Giấy"],
    [4, "QT-VP-01", "Phòng Nhân sự", 1, None, None, "Điện tử"],
    [5, "QT-VP-01", "Ông A", 1, None, None, "Giấy"],
    [6, "QT-XX-09", "Văn phòng", 1, None, None, "Giấy"],
]
RECEIVED = paragraph("Nơi nhận: Phòng Kỹ thuật (KT);")
HELD = [
    {"unit": "VP", "medium": "paper", "copies": "2"},
    {"unit": "KT", "medium": "paper", "copies": "2"},
    {"unit": "NS", "medium": "electronic", "copies": "1"},
]


def _workbook(rows: Sequence[Sequence[Any]]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "tệp"
    folder.mkdir()
    for code in ("QT-VP-01", "QT-KT-01"):
        head = table(["Mã hiệu", code], ["Lần ban hành", "1"])
        body = make_docx(
            head, bold("QUY TRÌNH X"), bold("1. MỤC ĐÍCH"), paragraph("Như vậy."), RECEIVED
        )
        (folder / f"{code} Quy trình {code}.docx").write_bytes(body)
    (folder / "Phan phoi.xlsx").write_bytes(_workbook([["SỔ PHÂN PHỐI"], HEADS, *COPIES]))
    return folder


def _front(path: Path) -> dict[str, Any]:
    record: dict[str, Any] = yaml.load(path.read_text("utf-8").split("---\n")[1], yaml.BaseLoader)
    return record


def _messages(folder: Path) -> str:
    lines = json.loads((folder / "import-report.json").read_text("utf-8"))["lines"]
    return "\n".join(f"{line['place']}: {line['message']}" for line in lines)


def test_a_register_of_distribution_goes_into_the_heads_of_documents(
    tmp_path: Path, source: Path
) -> None:
    made = tmp_path / "m"
    assert main(["init", str(made), "--name", "A", "--yes", "--from", str(source)]) == 0
    assert _front(made / "procedures/qt-vp-01.md")["distribution"] == HELD
    told = _messages(made)
    assert "trang tính «Sheet», dòng 7: Nơi nhận «Ông A» chưa rõ là đơn vị nào" in told
    assert "dòng 8: Dòng «QT-XX-09 · Văn phòng · 1 · Giấy» không cho biết là tài liệu nào" in told
    assert "qmstool record copy QT-VP-01 --unit KT --number 03 --handed-out 2024-03-06" in told
    assert "«Nơi nhận» → nơi nhận" in told
    assert main(["check", "--root", str(made), "--no-cache"]) == 0


def test_one_taken_in_later_is_proposed_as_a_change_and_never_twice(
    tmp_path: Path, source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    register = source / "Phan phoi.xlsx"
    later = tmp_path / "sau.xlsx"
    register.rename(later)
    made = tmp_path / "m"
    units = ["--unit", "KT=Phòng Kỹ thuật", "--unit", "NS=Phòng Nhân sự"]
    assert main(["init", str(made), "--name", "A", "--yes", *units, "--from", str(source)]) == 0
    file = made / "procedures/qt-vp-01.md"
    before = file.read_text("utf-8")
    main(["import", str(later), "--root", str(made)])
    assert "+  - {unit: KT, medium: paper, copies: 2}" in capsys.readouterr().out
    assert file.read_text("utf-8") == before
    main(["import", str(later), "--root", str(made), "--yes"])
    assert _front(file)["distribution"] == HELD
    whole = {path: path.read_bytes() for path in made.rglob("*") if path.is_file()}
    main(["import", str(later), "--root", str(made), "--yes"])
    assert {path: path.read_bytes() for path in made.rglob("*") if path.is_file()} == whole


@pytest.mark.parametrize("between", [";", ",", "\t"])
def test_a_register_of_distribution_as_csv(tmp_path: Path, source: Path, between: str) -> None:
    (source / "Phan phoi.xlsx").unlink()
    rows: list[list[Any]] = [["SỔ PHÂN PHỐI"], [*HEADS], *COPIES]
    lines = [between.join("" if cell is None else str(cell) for cell in row) for row in rows]
    (source / "Phan phoi.csv").write_text("\n".join(lines), "utf-8-sig")
    made = tmp_path / "m"
    assert main(["init", str(made), "--name", "A", "--yes", "--from", str(source)]) == 0
    assert _front(made / "procedures/qt-vp-01.md")["distribution"] == HELD


@pytest.mark.slow
@needs("soffice")
@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_a_register_of_distribution_of_libreoffice_or_an_old_excel(
    tmp_path: Path, source: Path, kind: str
) -> None:
    file = source / "Phan phoi.xlsx"
    converted = turn(file.read_bytes(), ".xlsx", kind=kind)
    assert converted is not None
    (source / f"Phan phoi.{kind}").write_bytes(converted)
    file.unlink()
    made = tmp_path / "m"
    assert main(["init", str(made), "--name", "A", "--yes", "--from", str(source)]) == 0
    assert _front(made / "procedures/qt-vp-01.md")["distribution"] == HELD


def test_a_law_that_a_footnote_names_is_registered(tmp_path: Path) -> None:
    mark = '<w:r><w:footnoteReference w:id="5"/></w:r>'
    note = f'<w:footnote w:id="5">{paragraph("Theo Luật Lưu trữ số 01/2011/QH13.")}</w:footnote>'
    body = (bold("1. MỤC ĐÍCH"), paragraph(run("Như vậy"), mark))
    (tmp_path / "QT-VP-01 X.docx").write_bytes(make_docx(*body, footnotes=note))
    made = tmp_path / "m"
    assert main(["init", str(made), "--name", "A", "--yes", "--from", str(tmp_path)]) == 0
    assert "01/2011/QH13" in (made / "procedures/external.yml").read_text("utf-8")


@pytest.fixture
def at_terminal(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    return monkeypatch


def test_columns_units_and_shapes_are_shown_and_a_person_says_otherwise(
    tmp_path: Path,
    source: Path,
    at_terminal: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    made = tmp_path / "m"
    lines = [
        "4=-; 9=code; nonsense",  # a line that is none is told, and asked for anew
        "4=-",  # the number of copies is left out
        "4=lần",  # no field of that name
        "4=nơi lưu",  # no field of this kind of register
        "",
        "3=-",  # no unit «NS»
        "2=Văn phòng Sở",
        "",
        "1=QT {foo} {nn}",  # no shape
        "1={unit}; 2=???",
        "1=QT {unit} {nn}",
        "",  # shapes
        "Sở A", "", "", "", "",
    ]  # fmt: skip
    at_terminal.setattr("builtins.input", _asked(lines))
    assert main(["init", str(made), "--from", str(source)]) == 0
    said = capsys.readouterr().out
    assert "4  Số bản → số bản (copies)" in said
    assert "4  Số bản → (để ngoài)" in said
    assert "Chưa hiểu «nonsense»" in said
    assert "Không có trường «lần»" in said
    assert "Danh mục này không có trường «place»; chưa đổi gì." in said
    assert "procedure = QT-{unit}-{nn}" in said
    manifest = yaml.safe_load((made / "qms.yml").read_text("utf-8"))
    for shape in ("QT {foo} {nn}", "{unit}"):
        assert f"«{shape}» không phải là một khuôn mã" in said
    assert manifest["types"]["procedure"]["code"] == "QT {unit} {nn}"
    assert manifest["units"] == {
        "VP": {"name": "Văn phòng Sở"}, "KT": {"name": "Phòng Kỹ thuật"},
    }  # fmt: skip
    assert _front(made / "procedures/qt-vp-01.md")["distribution"] == [
        {"unit": "VP", "medium": "paper"}, {"unit": "KT", "medium": "paper", "copies": "2"},
    ]  # fmt: skip


def _asked(lines: Sequence[str]) -> Any:
    left = iter(lines)

    def answer(question: str) -> str:
        sys.stdout.write(question)
        return next(left)

    return answer


def test_a_column_can_be_said_in_the_command(tmp_path: Path, source: Path) -> None:
    rows = [["Ký tự", "Tên gọi", "Ghi chú"], ["QT-VP-09", "Việc khác", "x"]]
    (source / "Linh tinh.xlsx").write_bytes(_workbook(rows))
    made = tmp_path / "m"
    words = ["--column", "Ký tự=code", "--column", "tên gọi = tên"]
    start = ["init", str(made), "--name", "A", "--yes", *words]
    assert main([*start, "--from", str(source)]) == 0
    assert _front(made / "procedures/qt-vp-09.md")["title"] == "Việc khác"


@pytest.mark.parametrize(("words", "told"), [(["--yes"], ""), ([], "--column")])
def test_without_a_terminal_guesses_are_taken_and_that_is_said(
    tmp_path: Path, source: Path, capsys: pytest.CaptureFixture[str], words: list[str], told: str
) -> None:
    made = tmp_path / "m"
    start = ["init", str(made), "--name", "A", *words]
    assert main([*start, "--from", str(source), "--lang", "en"]) == 0
    said = capsys.readouterr().err
    assert told in said
    assert ("are as guessed" in said) is bool(told)


@pytest.mark.parametrize(
    ("head", "after"),
    [
        ("code: A\n", "code: A\ndistribution:\n  - {unit: VP, copies: 2}\n"),
        ("distribution: [{unit: VP}]\ncode: A\n", "distribution:\n  - {unit: VP, copies: 2}\ncode: A\n"),
        (
            "distribution:\n  - {unit: KT}\n- {unit: VP, copies: 9}\ncode: A\n".replace("\n- ", "\n  - "),
            "distribution:\n  - {unit: KT}\n  - {unit: VP, copies: 9}\ncode: A\n",
        ),
        ("distribution:\n- unit: KT\n", "distribution:\n  - {unit: KT}\n  - {unit: VP, copies: 2}\n"),
        ("distribution: VP\n", "distribution: VP\n"),
        ("code: [\n", "code: [\n"),
    ],
)  # fmt: skip
def test_units_join_those_that_a_head_has(head: str, after: str) -> None:
    made = with_holders(f"---\n{head}---\n\n# A\n", [{"unit": "VP", "copies": "2"}])
    assert made == f"---\n{after}---\n\n# A\n"
