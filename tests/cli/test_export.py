"""`export pdf` as a secretary meets it: what is named, what is not, where the file goes."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from typing import TYPE_CHECKING

import docx
import pypdf
import pytest

from qmstool.cli.main import main
from qmstool.i18n import QmsError, Text
from tests.support.cli.scenes import SECOND, make_scene, record, run_command, sign_release

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Only looked at."""
    repo = make_scene(tmp_path_factory.mktemp("kho") / "kho")
    sign_release(repo)
    later = SECOND.replace("hằng tháng", "hằng tuần")
    repo.commit("Dự thảo sau", {"procedures/qt-vp-01.md": later})
    return repo.folder


@pytest.fixture(scope="module")
def revised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two issues of one document are recorded; only looked at."""
    repo = make_scene(tmp_path_factory.mktemp("lan") / "kho")
    sign_release(repo)
    later = SECOND.replace("hằng tháng", "hằng tuần")
    repo.commit("Sau\n\nReason: phiếu 9", {"procedures/qt-vp-01.md": later}, day="2024-04-01")
    assert (
        main(["release", "prepare", "dot-3", "--root", str(repo.folder), "--title", "Đợt 3"]) == 0
    )
    repo.commit("Lập hồ sơ 3", day="2024-04-10")
    assert (
        record(
            repo, "--recorded", "2024-05-01", key="dot-3", effective="2024-05-01", number="13/QĐ-VD"
        )
        == 0
    )
    repo.commit("Ghi nhận đợt 3", day="2024-05-01")
    return repo.folder


def _words(path: Path) -> str:
    pages = pypdf.PdfReader(io.BytesIO(path.read_bytes())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def _export(
    capsys: pytest.CaptureFixture[str], root: Path, target: Path, *words: str
) -> tuple[int, str]:
    command = ["export", "pdf", *words, "--root", str(root), "--output", str(target)]
    return run_command(capsys, *command)


def test_a_document_as_it_lies_here_and_as_it_was_in_force(
    signed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    now, then = tmp_path / "nay.pdf", tmp_path / "xưa.pdf"
    assert _export(capsys, signed, now, "qt vp 01")[0] == 0
    assert "hằng tuần" in _words(now)
    assert _export(capsys, signed, then, "QT VP 01", "--as-of", "2024-03-02")[0] == 0
    assert "hằng tháng" in _words(then)
    assert "hằng tuần" not in _words(then)


@pytest.mark.parametrize(
    ("issue", "word", "state"),
    [("1/1", "hằng tháng", "đã được thay thế"), ("1/2", "hằng tuần", "đang có hiệu lực"), ("1", "hằng tuần", "đang có hiệu lực")],
)  # fmt: skip
def test_a_past_issue_by_its_number_says_what_became_of_it(
    revised: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    issue: str,
    word: str,
    state: str,
) -> None:
    target = tmp_path / "lan.pdf"
    assert _export(capsys, revised, target, "QT VP 01", "--issue", issue)[0] == 0
    words = _words(target)
    assert f"cập nhật {word}" in words
    assert f"{state} – Bản in không kiểm soát" in words
    # Its changes end with itself: what came later is not known on its sheets.
    assert words.count("13/QĐ-VD") == (0 if issue == "1/1" else 1)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["QT VP 01", "--issue", "9"], "1/1, 1/2"),
        (["--issue", "1"], "--issue"),
        (["QT VP 01", "--issue", "1", "--as-of", "2"], "--as-of"),
        (["QT XX 99", "--issue", "1"], "QT XX 99"),
    ],
)
def test_an_issue_that_is_not_recorded_is_told_with_those_that_are(
    revised: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    message: str,
) -> None:
    target = tmp_path / "lan.pdf"
    command = ["export", "pdf", *words, "--root", str(revised), "--output", str(target)]
    assert main(command) == 2
    assert message in capsys.readouterr().err
    assert not target.exists()


def test_the_whole_manual_has_a_cover_and_every_document(
    signed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "sổ tay.pdf"
    assert _export(capsys, signed, target)[0] == 0
    words = _words(target)
    assert "Sổ tay hệ thống quản lý chất lượng" in words
    assert "Mã: QT VP 01" in words
    assert "Bản in không kiểm soát" in words


def test_a_register_and_a_day_of_printing(
    signed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "danh-mục.pdf"
    asked = ("--register", "internal", "--printed", "2026-03-01")
    assert _export(capsys, signed, target, *asked)[0] == 0
    assert "QT VP 01" in _words(target)
    assert "In ngày 01/03/2026" in _words(target)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["QT XX 99"], "QT XX 99"),
        (["QT VP 01", "--register", "forms"], "--register"),
        (["--fonts", "không-có"], "không-có"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(
    signed: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    message: str,
) -> None:
    target = tmp_path / "ra.pdf"
    command = ["export", "pdf", *words, "--root", str(signed), "--output", str(target)]

    assert main(command) == 2
    assert message in capsys.readouterr().err
    assert not target.exists()


def test_without_the_extra_the_line_that_installs_it_is_said(
    signed: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing(_module: str, package: str) -> None:
        raise QmsError(Text(f"pip install {package}", f"pip install {package}"))

    monkeypatch.setattr("qmstool.export.pdf.load_extra", missing)

    target = str(tmp_path / "ra.pdf")
    assert main(["export", "pdf", "--root", str(signed), "--output", target]) == 2
    assert "pip install typst" in capsys.readouterr().err


def test_a_word_file_with_what_changed_since_a_release(
    signed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "QT VP 01.docx"
    command = ["export", "docx", "QT VP 01", "--compare", "2", "--root", str(signed)]
    assert run_command(capsys, *command, "--output", str(target))[0] == 0
    body = zipfile.ZipFile(target).read("word/document.xml").decode()
    assert re.search(r"<w:del [^>]*>.*?tháng.*?</w:del>", body)
    assert re.search(r"<w:ins [^>]*>.*?tuần.*?</w:ins>", body)
    assert main([*command[:4], "77", "--root", str(signed), "--output", str(target)]) == 2
    assert "77" in capsys.readouterr().err


def test_a_version_whose_record_pins_no_settings_is_not_compared(
    signed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = shutil.copytree(signed, tmp_path / "kho")
    recorded = root / "releases/0002.yml"
    unpinned = re.sub(r"  - \{path: qms\.yml, [^\n]*\n", "", recorded.read_text("utf-8"))
    recorded.write_text(unpinned, "utf-8")
    target = str(tmp_path / "QT VP 01.docx")
    command = ["export", "docx", "QT VP 01", "--compare", "2", "--root", str(root)]
    assert main([*command, "--output", target]) == 2
    assert "bản «2» không ghi mã nội dung của qms.yml" in capsys.readouterr().err


def test_each_change_bears_who_made_it_when_and_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = make_scene(tmp_path / "kho")
    sign_release(repo)
    path = "procedures/qt-vp-01.md"
    weekly = SECOND.replace("hằng tháng", "hằng tuần")
    repo.commit(
        "Xem lại hằng tuần\n\nReason: đoàn đánh giá yêu cầu",
        {path: weekly},
        author="Trần Thị B <b@example.org>",
        day="2024-05-02",
    )
    shorter = weekly.replace("| 2 | Xem xét | Trưởng đơn vị, trong 2 ngày |\n", "")
    repo.commit("Bỏ bước xem xét", {path: shorter}, author="Lê C <c@example.org>", day="2024-05-03")
    repo.write({path: shorter.replace("hằng tuần", "hằng tuần, thứ sáu")})
    target = tmp_path / "QT VP 01.docx"
    command = ["export", "docx", "QT VP 01", "--compare", "2", "--root", str(repo.folder)]
    assert run_command(capsys, *command, "--output", str(target))[0] == 0
    with zipfile.ZipFile(target) as archive:
        body = archive.read("word/document.xml").decode()
        comments = archive.read("word/comments.xml").decode()
    made: dict[str, set[str]] = {}
    change = r'<w:(?:ins|del) w:id="\d+" w:author="([^"]*)" w:date="([^"T]*)T[^>]*[^/>]>(.*?)</w:(?:ins|del)>'
    for author, day, words in re.findall(change, body):
        made.setdefault(f"{author} {day}", set()).update(re.findall(r">([^<>]+)<", words))
    assert {"tháng", "tuần"} <= made["Trần Thị B 2024-05-01"]  # of the day in UTC
    assert "Xem xét" in made["Lê C 2024-05-02"]
    assert any(", thứ sáu" in words for name, words in made.items() if "chưa lưu vào git" in name)
    assert "đoàn đánh giá yêu cầu" in comments
    assert "Bỏ bước xem xét" in comments


def test_the_dossier_as_pdf_and_as_word_files(
    signed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "hồ sơ.pdf"
    assert _export(capsys, signed, target, "--dossier", "dot-2")[0] == 0
    words = _words(target)
    for wanted in ("QUYẾT ĐỊNH", "TỜ TRÌNH", "QT VP 01", "Mã kiểm tra", "BẢNG SO SÁNH"):
        assert wanted in words
    folder = tmp_path / "hồ sơ"
    command = ["export", "docx", "--dossier", "dot-2", "--root", str(signed)]
    assert run_command(capsys, *command, "--output", str(folder))[0] == 0
    names = sorted(path.name for path in folder.iterdir())
    assert names[:2] == ["1-to-trinh.docx", "2-du-thao-quyet-dinh.docx"]
    decision = docx.Document(str(folder / names[1]))
    assert "QUYẾT ĐỊNH:" in [paragraph.text for paragraph in decision.paragraphs]
    assert main([*command[:3], "dot-9", "--root", str(signed)]) == 2
    assert "dot-2" in capsys.readouterr().err
