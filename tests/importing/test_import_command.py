"""`init --from` and `import`: a folder of Word files becomes a manual, and nothing is overwritten."""

from __future__ import annotations

import html
import json
import re
import shlex
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from qmstool.cli.main import main
from qmstool.importing.files import converting
from qmstool.rendering import Renderer
from tests.support.office_folder import CLAUSES, FORMS, PROCEDURES, office_folder
from tests.support.word_files import bold, make_docx, paragraph, run, table
from tests.support.word_gallery import gallery

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("source")
    for name, data in office_folder().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def taken(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("manual")
    assert main(["init", str(folder), "--from", str(source), "--yes"]) == 0
    return folder


def _front(path: Path) -> dict[str, Any]:
    front = path.read_text(encoding="utf-8").split("---\n")[1]
    record: dict[str, Any] = yaml.load(front, Loader=yaml.BaseLoader)
    return record


def _report(folder: Path) -> dict[str, Any]:
    report: dict[str, Any] = json.loads((folder / "import-report.json").read_text("utf-8"))
    return report


def test_a_folder_passes_check_without_errors(taken: Path) -> None:
    assert main(["check", "--root", str(taken), "--no-cache"]) == 0


def test_every_clause_is_a_section_with_its_heading(taken: Path) -> None:
    for number, title in CLAUSES.items():
        text = (taken / f"manual/{number}.md").read_text("utf-8")
        assert text.startswith(f"# {number}. {title}\n")
    mapping = yaml.load(
        (taken / "clauses/mapping/iso-9001-2015.yml").read_text("utf-8"), yaml.BaseLoader
    )
    assert mapping["clauses"]["7.5"]["section"] == "7.5"


def test_control_data_comes_from_the_page_header_and_the_signers(taken: Path) -> None:
    front = _front(taken / "procedures/qt-kt-01.md")
    assert front["code"] == "QT-KT-01"
    assert front["paper"] == {"issue": "02", "revision": "01", "effective": "2024-03-05"}
    assert (front["authors"], front["reviewers"]) == (["nguyen-van-mot"], ["tran-thi-hai"])
    assert (front["approver"], front["owner"]) == ("giam-doc", "unknown")


def test_automatic_numbers_are_typed(taken: Path) -> None:
    text = (taken / "procedures/qt-vp-01.md").read_text("utf-8")
    assert re.findall(r"^(?:#+ )?(\d+(?:\.\d+)*\.|[a-z]\))", text, re.MULTILINE) == [
        "1.", "2.", "3.", "4.", "5.", "5.1.", "a)", "b)", "5.2.", "6.",
    ]  # fmt: skip


def test_forms_stay_the_files_they_are(taken: Path, source: Path) -> None:
    for code, title in FORMS:
        key = code.lower().replace(".", "-")
        front = _front(taken / f"procedures/{key}.md")
        file = taken / "procedures" / front["file"]
        assert file.read_bytes() == (source / f"Bieu mau/{code} {title}.docx").read_bytes()
        assert front["parent"] == code.replace("BM", "QT")[:8]


def test_registers_are_filled(taken: Path) -> None:
    records = (taken / "procedures/records.yml").read_text("utf-8")
    assert "title: Hồ sơ hiệu chuẩn, retention: 007 tháng" in records
    external = (taken / "procedures/external.yml").read_text("utf-8")
    assert "number: 04/2011/QH13, type: Luật, issuer: Quốc hội" in external
    assert "HTQLCL: {expansion: Hệ thống quản lý chất lượng}" in (
        taken / "manual/abbreviations.yml"
    ).read_text("utf-8")
    assert _front(taken / "manual/index.md")["distribution"] == [{"unit": "VP"}, {"unit": "KT"}]


def test_every_word_is_accounted_for(taken: Path) -> None:
    words = _report(taken)["words"]
    assert len(words) == 1 + len(PROCEDURES)
    for name, count in words.items():
        assert (count["missing"], count["extra"]) == ([], []), name
        assert count["words"] == count["placed"] + count["left_out"] > 100, name


def test_the_report_leads_from_source_to_file(taken: Path) -> None:
    lines = _report(taken)["lines"]
    weights = [line["weight"] for line in lines if line["group"] == "unsure"]
    assert weights == sorted(weights)
    found = [line for line in lines if line["message"] == "mục «5. NỘI DUNG»"]
    path, number = found[0]["target"].split(":")
    text = (taken / path).read_text("utf-8").splitlines()
    assert text[int(number) - 1] == "## 5. NỘI DUNG"


def test_a_second_run_changes_nothing(
    taken: Path, source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in taken.rglob("*") if path.is_file()}
    main(["import", str(source / "Quy trinh"), str(source / "Bieu mau"), "--root", str(taken)])
    assert {path: path.read_bytes() for path in taken.rglob("*") if path.is_file()} == before
    assert "Viết 0 tệp" in capsys.readouterr().err


def test_nothing_is_overwritten(tmp_path: Path, source: Path) -> None:
    (tmp_path / "manual").mkdir()
    (tmp_path / "manual/7.5.md").write_text("# 7.5. Của tôi\n", encoding="utf-8")
    main(["init", str(tmp_path), "--from", str(source), "--yes"])
    assert (tmp_path / "manual/7.5.md").read_text("utf-8") == "# 7.5. Của tôi\n"


def test_import_adds_a_document_to_a_manual(tmp_path: Path) -> None:
    assert main(["init", str(tmp_path / "m"), "--name", "A", "--yes"]) == 0
    file = tmp_path / "QT VP 07 Kiểm kê.docx"
    file.write_bytes(make_docx(bold("1. MỤC ĐÍCH"), paragraph("Kiểm kê tài sản.")))
    main(["import", str(file), "--root", str(tmp_path / "m")])
    front = _front(tmp_path / "m/procedures/qt-vp-07.md")
    assert (front["code"], front["title"]) == ("QT VP 07", "Kiểm kê")
    assert "authors" not in front


@pytest.mark.parametrize("language", ["vi", "en"])
def test_tracked_changes_are_refused_unless_somebody_decides(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    file = tmp_path / "QT-01.docx"
    file.write_bytes(gallery()["53-inserted-and-deleted.accept"][0])
    words = [
        "init",
        str(tmp_path / "m"),
        "--name",
        "A",
        "--yes",
        "--lang",
        language,
        "--from",
        str(file),
    ]
    assert main(words) == 2
    assert "--accept" in capsys.readouterr().err
    assert not (tmp_path / "m").exists()
    assert main([*words, "--reject"]) == 0
    assert "Giới hạn 5 mg" in (tmp_path / "m/procedures/qt-01.md").read_text("utf-8")


def test_what_was_not_read_is_taken_in_by_the_line_that_is_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made, given = tmp_path / "m", tmp_path / "Tệp cũ"
    given.mkdir()
    (given / "QT-01 Một.docx").write_bytes(make_docx(paragraph("Một.")))
    (given / "QT-02 Hai.docx").write_bytes(gallery()["53-inserted-and-deleted.accept"][0])
    assert main(["init", str(made), "--name", "A", "--yes", "--from", str(given)]) == 1
    line = f"qmstool import {shlex.quote(str(given))} --root {made}"
    said = capsys.readouterr().err
    assert "--accept, --reject thì viết thêm ở cuối dòng" in said
    assert f"\n  {line}\n" in said
    assert main([*shlex.split(line)[1:], "--accept"]) == 0
    said = capsys.readouterr().err
    assert "1 tệp đã lấy từ trước và không đổi từ đó: bỏ qua." in said
    assert (made / "procedures/qt-02.md").exists()
    assert main([*shlex.split(line)[1:], "--accept"]) == 0
    said = capsys.readouterr().err
    assert "2 tệp đã lấy từ trước" in said
    assert "đọc báo cáo" not in said
    assert "Sửa những tệp chưa đọc" not in said


def test_a_file_that_cannot_be_read_does_not_keep_the_others_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/QT-01 Một.docx").write_bytes(make_docx(paragraph("Một.")))
    (tmp_path / "in/QT-02 Hai.docx").write_bytes(b"PK\x03\x04 rubbish")
    status = main(
        ["init", str(tmp_path / "m"), "--name", "A", "--yes", "--from", str(tmp_path / "in")]
    )
    assert status == 1
    assert "QT-02 Hai.docx" in capsys.readouterr().err
    assert (tmp_path / "m/procedures/qt-01.md").exists()


def test_a_clause_table_is_the_manual(tmp_path: Path) -> None:
    rows = table(
        ["Điều khoản ISO", "Tài liệu viện dẫn"],
        ["4. Bối cảnh của tổ chức", ""],
        ["4.1. Hiểu tổ chức", "Theo quy định của cơ quan."],
        ["4.2. Các bên quan tâm", "Xem xét hằng năm."],
    )
    file = tmp_path / "Sổ tay chất lượng.docx"
    file.write_bytes(
        make_docx(
            bold("I. GIỚI THIỆU"),
            paragraph("Giới thiệu."),
            bold("II. HỆ THỐNG"),
            rows,
            bold("PHỤ LỤC 01. SƠ ĐỒ"),
            paragraph("Xem."),
        )
    )
    main(["init", str(tmp_path / "m"), "--name", "A", "--yes", "--from", str(file)])
    made = sorted(
        path.relative_to(tmp_path / "m").as_posix()
        for path in (tmp_path / "m/manual").rglob("*.md")
    )
    assert made == [
        "manual/1-phan-dau/01-i.md", "manual/1-phan-dau/02-ii.md", "manual/2-dieu-khoan/4.1.md",
        "manual/2-dieu-khoan/4.2.md", "manual/2-dieu-khoan/4.md", "manual/3-phu-luc/06-phu-luc-01.md", "manual/index.md",
    ]  # fmt: skip
    text = (tmp_path / "m/manual/2-dieu-khoan/4.1.md").read_text("utf-8")
    assert text == "# 4.1. Hiểu tổ chức\n\nTheo quy định của cơ quan.\n"
    assert main(["check", "--root", str(tmp_path / "m"), "--no-cache"]) == 0


def test_pictures_lie_beside_the_text(tmp_path: Path) -> None:
    data, _ = gallery()["36-picture"]
    (tmp_path / "QT-09 Ảnh.docx").write_bytes(data)
    main(
        [
            "init",
            str(tmp_path / "m"),
            "--name",
            "A",
            "--yes",
            "--from",
            str(tmp_path / "QT-09 Ảnh.docx"),
        ]
    )
    text = (tmp_path / "m/procedures/qt-09.md").read_text("utf-8")
    assert "![Sơ đồ](pictures/qt-09-1.png)" in text
    assert (tmp_path / "m/procedures/pictures/qt-09-1.png").exists()


def test_what_is_not_read_is_told_with_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(converting, "find_libreoffice", str)
    file = tmp_path / "a.xls"
    start = ["init", str(tmp_path / "m"), "--name", "A", "--yes", "--from", str(file)]
    for data, told in ((b"\xd0\xcf\x11\xe0 x", ".xlsx"), (b"x", "a.xls")):
        file.write_bytes(data)
        assert main(start) == 2
        assert told in capsys.readouterr().err


def test_a_value_that_looks_like_yaml_or_html_stays_text(tmp_path: Path) -> None:
    words = "{{ 7*7 }} <script>alert(1)</script> *a* | b: [c]"
    (tmp_path / "QT-03 x.docx").write_bytes(
        make_docx(paragraph(run(words)), header=paragraph("Tên tài liệu: " + words))
    )
    main(
        [
            "init",
            str(tmp_path / "m"),
            "--name",
            "A",
            "--yes",
            "--from",
            str(tmp_path / "QT-03 x.docx"),
        ]
    )
    front = _front(tmp_path / "m/procedures/qt-03.md")
    assert front["title"] == words
    text = (tmp_path / "m/procedures/qt-03.md").read_text("utf-8")
    assert "\\<script>alert(1)\\</script> \\*a\\* | b: \\[c\\]" in text


def test_a_file_edited_in_word_proposes_only_what_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    manual, file = tmp_path / "m", tmp_path / "QT-01 Một.docx"
    lines = [
        bold("1. MỤC ĐÍCH"),
        paragraph("Giữ năm năm."),
        bold("2. PHẠM VI"),
        paragraph("Cả sở."),
    ]
    file.write_bytes(make_docx(*lines))
    main(["init", str(manual), "--name", "A", "--yes", "--from", str(file)])
    page = manual / "procedures/qt-01.md"
    page.write_text(
        page.read_text("utf-8").replace("owner: unknown", "owner: unknown\nnote: Của tôi"), "utf-8"
    )
    before = page.read_text("utf-8")
    capsys.readouterr()
    main(["import", str(file), "--root", str(manual)])
    assert capsys.readouterr().out == ""
    lines[1] = paragraph("Giữ sáu năm.")
    file.write_bytes(make_docx(*lines))
    main(["import", str(file), "--root", str(manual)])
    shown = capsys.readouterr().out.splitlines()
    assert [line for line in shown if line[:1] in "+-" and line[:3] not in {"+++", "---"}] == [
        "-Giữ năm năm.", "+Giữ sáu năm.",
    ]  # fmt: skip
    assert page.read_text("utf-8") == before
    main(["import", str(file), "--root", str(manual), "--yes"])
    assert page.read_text("utf-8") == before.replace("năm năm", "sáu năm")


def test_what_people_marked_up_since_stays_where_word_says_the_same(tmp_path: Path) -> None:
    manual, file = tmp_path / "m", tmp_path / "QT-01 Một.docx"
    lines = [
        bold("1. MỤC ĐÍCH"),
        paragraph("Giữ năm năm theo quy định."),
        paragraph("Xem danh mục ở văn thư."),
        table(["Mã", "Tên"], ["M1", "Phiếu"]),
    ]
    file.write_bytes(make_docx(*lines))
    main(["init", str(manual), "--name", "A", "--yes", "--from", str(file)])
    page = manual / "procedures/qt-01.md"
    text = page.read_text("utf-8")
    for old, new in (
        ("Giữ năm năm theo quy định", "Giữ *năm* năm theo **quy định**"),
        ("danh mục", "[danh mục](https://example.org/d)"),
        ("| M1 | Phiếu |", "|  M1 | `Phiếu` |"),
        ("## 1. MỤC ĐÍCH", "## 1. MỤC ĐÍCH {#muc-dich}"),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    page.write_text(text, "utf-8")
    lines[1] = paragraph("Giữ năm năm theo quy định mới.")
    lines.append(paragraph(run("Đoạn "), run("thêm", "<w:b/>"), run(".")))
    file.write_bytes(make_docx(*lines))
    assert main(["import", str(file), "--root", str(manual), "--yes"]) == 0
    wanted = text.replace("**quy định**.", "**quy định** mới.").rstrip("\n")
    assert page.read_text("utf-8") == f"{wanted}\n\nĐoạn **thêm**.\n"


def test_a_manual_edited_in_word_proposes_only_the_section_that_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    manual, file = tmp_path / "m", tmp_path / "Sổ tay chất lượng.docx"
    lines = [paragraph(f"4.{number} Mục", style="u2") + paragraph("Chữ.") for number in range(1, 5)]
    file.write_bytes(make_docx(*lines))
    main(["init", str(manual), "--name", "A", "--yes", "--from", str(file)])
    lines[2] = paragraph("4.3 Mục", style="u2") + paragraph("Chữ khác.")
    file.write_bytes(make_docx(*lines, paragraph("4.5 Mới", style="u2"), paragraph("Chữ.")))
    capsys.readouterr()
    main(["import", str(file), "--root", str(manual), "--yes"])
    shown = capsys.readouterr().out
    assert "+Chữ khác." in shown
    assert "4.1" not in shown
    assert (manual / "manual/4.3.md").read_text("utf-8") == "# 4.3 Mục\n\nChữ khác.\n"
    assert (manual / "manual/4.5.md").exists()


def test_a_register_alone_begins_a_manual(tmp_path: Path) -> None:
    """No text of a document is given: the codes of the register say what shape they have."""
    file = tmp_path / "Danh mục tài liệu.csv"
    file.write_text("Mã hiệu;Tên tài liệu\nQT-VP-01;Kiểm soát\nQT-KT-02;Hiệu chuẩn\n", "utf-8")
    folder = tmp_path / "m"
    assert main(["init", str(folder), "--name", "A", "--yes", "--from", str(file)]) == 0
    assert _front(folder / "procedures/qt-kt-02.md")["title"] == "Hiệu chuẩn"
    assert main(["check", "--root", str(folder), "--no-cache"]) == 0


def test_files_beside_the_manual_are_taken_and_its_own_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = make_docx(bold("1. MỤC ĐÍCH"), paragraph("Như vậy."))
    (tmp_path / "QT-VP-01 Kiểm soát.docx").write_bytes(body)
    monkeypatch.chdir(tmp_path)
    assert main(["init", "--name", "A", "--yes", "--from", "."]) == 0
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert tmp_path / "procedures/qt-vp-01.md" in before
    assert main(["import", "."]) == 0
    assert main(["init", "--name", "A", "--yes", "--from", "."]) == 2
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_title_ends_where_a_table_or_the_first_heading_follows(tmp_path: Path) -> None:
    signers = table(["", "Biên soạn", "Phê duyệt"], ["Họ và tên", "Nguyễn An", "Lê Bình"])
    for name, between in (("QT-VP-01", signers), ("QT-VP-02", "")):
        body = (bold("QUY TRÌNH"), bold("KIỂM SOÁT HỒ SƠ"), between, bold("LỜI NÓI ĐẦU"))
        (tmp_path / f"{name}.docx").write_bytes(make_docx(*body, paragraph("Như vậy.")))
    made = tmp_path / "m"
    assert main(["init", str(made), "--name", "A", "--yes", "--from", str(tmp_path)]) == 0
    for name in ("qt-vp-01", "qt-vp-02"):
        text = (made / f"procedures/{name}.md").read_text("utf-8")
        assert "title: QUY TRÌNH KIỂM SOÁT HỒ SƠ\n" in text
        assert "LỜI NÓI ĐẦU" in text.split("---\n")[2]


@pytest.mark.parametrize(
    "words", ["Error! Reference source not found.", "Lỗi! Không tìm thấy nguồn tham chiếu."]
)
def test_a_broken_reference_of_word_is_told(tmp_path: Path, words: str) -> None:
    file = tmp_path / "QT-VP-01 Kiểm soát.docx"
    file.write_bytes(make_docx(bold("1. MỤC ĐÍCH"), paragraph(f"Xem {words}")))
    made = tmp_path / "m"
    assert main(["init", str(made), "--name", "A", "--yes", "--from", str(file)]) == 0
    told = [line for line in _report(made)["lines"] if "Tham chiếu trong Word" in line["message"]]
    assert [line["group"] for line in told] == ["unsure"]


@pytest.mark.parametrize(
    ("name", "title", "code", "kept"),
    [
        ("ghi chu", "QT-TCHC-04 Quy trình họp xem xét", "QT-TCHC-04", "Quy trình họp xem xét"),
        ("ghi chu", "QT.5: Quy trình mua sắm", "QT.5", "Quy trình mua sắm"),
        ("QT-06", "QT 06 mua sắm", "QT-06", "mua sắm"),
        ("ghi chu", "COVID 19 và cách phòng", "unknown", "COVID 19 và cách phòng"),
        ("QT-06", "QT 06", "QT-06", "QT 06"),
        ("QT-07", "QT-08 mua sắm", "QT-07", "QT-08 mua sắm"),
    ],
)
def test_a_code_before_the_title_is_the_code_and_no_part_of_the_title(
    tmp_path: Path, name: str, title: str, code: str, kept: str
) -> None:
    (tmp_path / f"{name}.md").write_text(f"# {title}\n\n## 1. Mục đích\n\nNhư vậy.\n", "utf-8")
    made = tmp_path / "m"
    words = ["--name", "A", "--yes", "--from", str(tmp_path / f"{name}.md")]
    assert main(["init", str(made), *words]) == 0
    [page] = (made / "procedures").glob("*.md")
    assert (_front(page)["code"], _front(page)["title"]) == (code, kept)
    assert f"\n# {kept}\n" in page.read_text("utf-8")


def test_a_title_and_a_report_say_the_words_of_a_file_and_no_more(tmp_path: Path) -> None:
    """A title that holds signs of Markdown lost words, and was a link and a tag on its page."""
    odd = "Quy trình <b>in</b> [đây](x.md) `mã` *A* &lt; {#neo} ##[error]x \u202e"
    (tmp_path / "den").mkdir()
    (tmp_path / "den/QT-07 x.docx").write_bytes(
        make_docx(bold(f"1. {odd}"), paragraph(odd), header=paragraph(f"Tên tài liệu: {odd}"))
    )
    folder = tmp_path / "so-tay"
    words = ["--from", str(tmp_path / "den"), "--yes", "--name", "A"]
    assert main(["init", str(folder), *words]) == 0
    (path,) = (folder / "procedures").glob("*07*.md")
    page = Renderer("vi").render(path.read_text("utf-8").split("---\n", 2)[2]).html
    assert not re.search(r"<b>|href=.x", page)
    first = html.unescape(re.sub(r"<[^<>]*>", "", page)).split("\n")[0]
    assert first.startswith(odd[:-1].strip())
    report = _report(folder)
    assert not any(line["weight"] == 0 for line in report["lines"] if line["group"] == "unsure")
    for name in ("import-report.md", "import-report.html", "import-report.json"):
        text = (folder / name).read_text("utf-8")
        assert "\u202e" not in text
        assert "##[" not in text
    assert "[đây](" not in (folder / "import-report.md").read_text("utf-8")
