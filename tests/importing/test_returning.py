"""`import --update`: an exported document comes back from Word; what changed changes, no more."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.oxml.ns import qn

from qmstool.cli.main import main
from qmstool.cli.returning import update
from qmstool.importing.returning.taking import take_back
from qmstool.storage import files
from tests.support.machine import needs
from tests.support.manuals import tiny
from tests.support.real_manual import real_files
from tests.support.repository import Repo
from tests.support.word_edits import (
    AUTHOR,
    BODY,
    EDITS,
    HEAD,
    edited,
    expected,
    paragraph_with,
    put,
)
from tests.support.word_gallery import FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

PATH = "procedures/qt-vp-07.md"
TOGETHER = [name for name in EDITS if name not in {"tracked changes", "a row less"}]
GALLERY = sorted(path.name.removesuffix(".md") for path in FOLDER.glob("*.md"))
REAL = ("STCL", "QT BIS 01")


def _write(folder: Path, manual: Mapping[str, bytes | str]) -> Path:
    for path, data in manual.items():
        files.write(folder, path, data)
    return folder


def _gallery() -> dict[str, str]:
    """Code → text of documents that hold every text of the gallery.

    Those with footnotes are alone, for two notes of one text may not bear one label.
    """
    texts = {name: (FOLDER / f"{name}.md").read_text("utf-8") for name in GALLERY}
    alone = [[name] for name, text in texts.items() if "[^" in text]
    others = [name for name, text in texts.items() if "[^" not in text]
    groups = alone + [others[at : at + 12] for at in range(0, len(others), 12)]
    made = {}
    for number, names in enumerate(groups, 10):
        parts = [f"<!-- {name} -->\n\n{texts[name]}" for name in names]
        head = HEAD.replace("QT VP 07", f"QT VP {number}").replace("Mua sắm", "Mẫu")
        made[f"QT VP {number}"] = f"{head}# Mẫu\n\n" + "\n".join(parts)
    return made


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A manual with the text to edit and every text of the gallery, as `manual`; the real one."""
    home = tmp_path_factory.mktemp("office")
    manual: dict[str, bytes | str] = {**tiny(), PATH: HEAD + BODY}
    for code, text in _gallery().items():
        manual[f"procedures/{code.replace(' ', '-').lower()}.md"] = text
    _write(home / "manual", manual)
    _write(home / "real", real_files())
    return home


@pytest.fixture(scope="module")
def exported(office: Path) -> dict[str, bytes]:
    """Every document as a Word file, by the name of its manual and its code."""
    codes = [("manual", code) for code in ("QT VP 07", *_gallery())]
    codes += [("real", code) for code in REAL]
    made = {}
    for manual, code in codes:
        target = office / f"{manual}-{code}.docx"
        arguments = ["export", "docx", code, "--root", str(office / manual)]
        assert main([*arguments, "--output", str(target)]) == 0
        made[f"{manual}-{code}"] = target.read_bytes()
    return made


@pytest.fixture(scope="module")
def saved(exported: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same files, and the edited ones, as LibreOffice saves them; it is started once."""
    folder = tmp_path_factory.mktemp("saved")
    for name, data in exported.items():
        (folder / f"{name}.docx").write_bytes(data)
    for name in EDITS:
        (folder / f"{name}.docx").write_bytes(edited(exported["manual-QT VP 07"], name))
    together = edited(exported["manual-QT VP 07"], *TOGETHER)
    (folder / "together.docx").write_bytes(together)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "docx:MS Word 2007 XML"]
    given = sorted(path.name for path in folder.glob("*.docx"))
    subprocess.run(
        [*command, "--outdir", "out", *given],
        cwd=folder,
        check=True,
        capture_output=True,
        timeout=600,
    )
    return folder / "out"


def _update(
    tmp_path: Path,
    data: bytes,
    *options: str,
    before: str = HEAD + BODY,
    name: str = "sua.docx",
    status: int = 0,
) -> str:
    """Take a file back into the tiny manual and return what the text is then."""
    folder = tmp_path / "m"
    _write(folder, {**tiny(), PATH: before})
    (tmp_path / name).write_bytes(data)
    arguments = ["import", "--update", str(tmp_path / name), "--root", str(folder), *options]
    assert main(arguments) == status
    return (folder / PATH).read_bytes().decode("utf-8")


@pytest.fixture(scope="module")
def word(exported: dict[str, bytes]) -> bytes:
    return exported["manual-QT VP 07"]


def _changed(
    office: Path, exported: dict[str, bytes], folder: Path, capsys: pytest.CaptureFixture[str]
) -> list[str]:
    """Take every file of a folder back, and return the lines that tell of a change."""
    for manual in ("manual", "real"):
        given = [str(folder / f"{name}.docx") for name in exported if name.startswith(manual)]
        root = str(office / manual)
        assert main(["import", "--update", *given, "--root", root, "--yes", "--lang", "en"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert len(said) >= len(exported)
    return [line for line in said if not line.endswith("nothing changed.")]


def test_out_and_back_changes_nothing(
    office: Path, exported: dict[str, bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    assert _changed(office, exported, office, capsys) == []
    assert (office / "manual" / PATH).read_text("utf-8") == HEAD + BODY


@needs("soffice")
def test_a_copy_saved_by_libreoffice_changes_nothing(
    office: Path,
    exported: dict[str, bytes],
    saved: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert _changed(office, exported, saved, capsys) == []


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_in_word_is_that_change_and_no_other(
    name: str, word: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = _update(tmp_path, edited(word, name), "--yes", "--lang", "en")
    head = HEAD.replace("Mua sắm", "Mua sắm và thuê") if name == "the title" else HEAD
    assert text == head + expected(name)
    said = capsys.readouterr().out
    assert "not taken" not in said
    # A second time there is nothing left to do: the text says what Word says.
    assert _update(tmp_path, edited(word, name), "--yes", before=text) == text


@needs("soffice")
@pytest.mark.parametrize("name", EDITS)
def test_an_edit_is_the_same_change_when_libreoffice_saved_it(
    name: str, saved: Path, tmp_path: Path
) -> None:
    text = _update(tmp_path, (saved / f"{name}.docx").read_bytes(), "--yes")
    head = HEAD.replace("Mua sắm", "Mua sắm và thuê") if name == "the title" else HEAD
    assert text == head + expected(name)


def _number_deeper(document: Any) -> None:
    level = next(paragraph_with(document, "Duyệt phiếu").iter(qn("w:ilvl")))
    level.set(qn("w:val"), "1")


def _bullet_higher(document: Any) -> None:
    level = next(paragraph_with(document, "hai mốt").iter(qn("w:ilvl")))
    level.set(qn("w:val"), "0")


def _head_said_otherwise(document: Any) -> None:
    put(document.sections[-1].header._element, "Cơ quan Ví dụ", "Cơ quan Khác")


def _foot_said_otherwise(document: Any) -> None:
    foot = document.sections[-1].footer._element
    put(foot, next(foot.iter(qn("w:t"))).text, "Bản chính")


def _head_cleared(document: Any) -> None:
    for text in document.sections[-1].header._element.iter(qn("w:t")):
        text.text = ""


@pytest.mark.parametrize(
    ("edit", "words", "status"),
    [
        (_number_deeper, "Duyệt phiếu.", 0),
        (_bullet_higher, "hai mốt", 0),
        (_head_said_otherwise, "{+Khác+}", 1),
        (_foot_said_otherwise, "{+chính+}", 1),
        (_head_cleared, "Cơ quan Ví dụ", 1),
    ],
)
def test_what_is_not_taken_is_told(
    edit: Callable[[Any], None],
    words: str,
    status: int,
    word: bytes,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    document = docx.Document(io.BytesIO(word))
    edit(document)
    written = io.BytesIO()
    document.save(written)
    arguments = ("--yes", "--lang", "en")
    assert _update(tmp_path, written.getvalue(), *arguments, status=status) == HEAD + BODY
    said = capsys.readouterr().out
    assert words in said
    assert ("not taken" in said) or ("This part is not in the text" in said)


def test_many_edits_are_as_many_changes(
    word: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = _update(tmp_path, edited(word, *TOGETHER), "--yes", "--lang", "en")
    assert text == HEAD.replace("Mua sắm", "Mua sắm và thuê") + expected(*TOGETHER)
    said = capsys.readouterr().out
    counts = re.search(r": (.*)\.\n", said)
    assert counts is not None
    assert sum(map(int, re.findall(r"\d+", counts[1]))) == len(TOGETHER)


@needs("soffice")
def test_many_edits_through_libreoffice(saved: Path, tmp_path: Path) -> None:
    text = _update(tmp_path, (saved / "together.docx").read_bytes(), "--yes")
    assert text == HEAD.replace("Mua sắm", "Mua sắm và thuê") + expected(*TOGETHER)


def test_a_drawing_stays_what_it_was_named(tmp_path: Path) -> None:
    text = (
        f"{HEAD}# Mua sắm\n\nSơ đồ: ![Các bước](so-do.svg) giữ 5 ngày.\n\n"
        "| A | B |\n|---|---|\n| ![Các bước](so-do.svg) | b |\n"
    )
    drawing = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    )
    folder = tmp_path / "m"
    _write(folder, {**tiny(), PATH: text, "procedures/so-do.svg": drawing})
    target = tmp_path / "out.docx"
    arguments = ["export", "docx", "QT VP 07", "--root", str(folder), "--output", str(target)]
    assert main(arguments) == 0
    data = target.read_bytes()
    assert [name for name in zipfile.ZipFile(target).namelist() if "/media/" in name]
    assert _update(tmp_path, data, "--yes", before=text) == text
    document = docx.Document(str(target))
    put(paragraph_with(document, "5 ngày"), "5 ngày", "7 ngày")
    document.save(str(target))
    changed = _update(tmp_path, target.read_bytes(), "--yes", before=text)
    assert changed == text.replace("5 ngày", "7 ngày")


def test_nothing_is_written_unless_told(
    word: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _update(tmp_path, edited(word, "words"), "--lang", "en") == HEAD + BODY
    captured = capsys.readouterr()
    assert "-Đoạn cuối, giữ trong 5 ngày.\n+Đoạn cuối, giữ trong 7 ngày làm việc.\n" in captured.out
    assert "[-5 ngày-]{+7 ngày làm việc+}" in captured.out.replace(
        "5-]{+7+} ngày{+", "5 ngày-]{+7 ngày"
    )
    assert "Add --yes to write." in captured.err
    assert not (tmp_path / "m/import-update").exists()


def test_who_tracked_changes_is_told_and_goes_into_the_commit(
    word: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _update(tmp_path, edited(word, "tracked changes"), "--yes", "--lang", "en")
    said = capsys.readouterr().out
    assert f"Tracked changes by {AUTHOR}: 2 marks, 2026-03-01." in said
    assert (
        "git commit -m 'QT VP 07: as edited in Word' "
        f"-m 'Edited in Word by: {AUTHOR} 2026-03-01'" in said
    )


def test_rejected_tracked_changes_change_nothing(word: bytes, tmp_path: Path) -> None:
    data = edited(word, "tracked changes")
    assert _update(tmp_path, data, "--reject", "--yes") == HEAD + BODY


def test_a_name_in_a_file_is_no_command(
    word: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = _with_part(
        edited(word, "tracked changes"),
        "word/document.xml",
        lambda text: text.replace(AUTHOR, "B$(rm -rf .)`x`\\&quot;; y"),
    )
    _update(tmp_path, data, "--yes")
    line = next(line for line in capsys.readouterr().out.split("\n") if "git commit" in line)
    assert not set("$`;\\()") & set(line)


# --- the draft has moved on


def _draft(word: bytes, tmp_path: Path, draft: str, *options: str, status: int = 0) -> str:
    """Take an edit of «5 ngày» back into a draft that has moved on since its export."""
    repo = Repo.make(tmp_path / "m")
    repo.commit("Bản đầu", {**tiny(), PATH: HEAD + BODY})
    return _update(tmp_path, edited(word, "words"), *options, before=draft, status=status)


def test_what_the_draft_changed_elsewhere_stays(word: bytes, tmp_path: Path) -> None:
    draft = HEAD + BODY.replace("Lập phiếu", "Viết phiếu")
    text = _draft(word, tmp_path, draft, "--yes")
    assert text == draft.replace("5 ngày", "7 ngày làm việc")


def test_a_conflict_is_shown_side_by_side_and_nothing_is_lost(
    word: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = HEAD + BODY.replace("5 ngày", "9 ngày")
    assert _draft(word, tmp_path, draft, "--yes", "--lang", "en", status=1) == draft
    assert "CONFLICT in 1 places" in capsys.readouterr().err
    page = (tmp_path / "m/import-update/QT-VP-07.html").read_text("utf-8")
    for words in ("giữ trong 5 ngày", "<ins>9</ins> ngày", "<ins>7</ins>"):
        assert words in page
    proposal = (tmp_path / "m/import-update" / PATH).read_text("utf-8")
    assert proposal == HEAD + expected("words")


@pytest.mark.parametrize(
    ("choice", "line"),
    [
        ("word", "Đoạn cuối, giữ trong 7 ngày làm việc.\n"),
        ("draft", "Đoạn cuối, giữ trong 9 ngày.\n"),
        (
            "both",
            """<<<<<<< ban-nhap
Đoạn cuối, giữ trong 9 ngày.
=======
Đoạn cuối, giữ trong 7 ngày làm việc.
>>>>>>> word
""",
        ),
    ],
)
def test_a_conflict_is_settled_as_the_user_says(
    choice: str, line: str, word: bytes, tmp_path: Path
) -> None:
    draft = HEAD + BODY.replace("5 ngày", "9 ngày")
    text = _draft(word, tmp_path, draft, "--yes", "--take", choice)
    assert text == draft.replace("Đoạn cuối, giữ trong 9 ngày.\n", line)


def test_a_file_that_was_moved_since_is_found_by_its_code(word: bytes, tmp_path: Path) -> None:
    repo = Repo.make(tmp_path / "m")
    repo.commit("Bản đầu", {**tiny(), PATH: HEAD + BODY})
    repo.move(PATH, "procedures/mua-sam.md")
    repo.commit("Đổi tên tệp")
    (tmp_path / "sua.docx").write_bytes(edited(word, "words"))
    arguments = ["import", "--update", str(tmp_path / "sua.docx"), "--root", str(tmp_path / "m")]
    assert main([*arguments, "--yes"]) == 0
    moved = (tmp_path / "m/procedures/mua-sam.md").read_text("utf-8")
    assert moved == HEAD + expected("words")


# --- what other programs lose


def _with_part(data: bytes, part: str, change: object) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(written, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                content = change(content.decode("utf-8")).encode("utf-8")  # type: ignore[operator]
            target.writestr(name, content)
    return written.getvalue()


def _without_keywords(data: bytes) -> bytes:
    return _with_part(
        data,
        "docProps/core.xml",
        lambda text: re.sub(r"<cp:keywords>.*?</cp:keywords>", "", text),
    )


def test_without_properties_the_bookmark_tells_the_text(word: bytes, tmp_path: Path) -> None:
    data = _without_keywords(edited(word, "words"))
    assert _update(tmp_path, data, "--yes", name="x.docx") == HEAD + expected("words")


def test_without_either_the_header_names_the_document_and_words_are_compared(
    word: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = _without_keywords(edited(word, "words"))
    data = _with_part(
        data, "word/document.xml", lambda text: re.sub(r"<w:bookmark\w+ [^>]*/>", "", text)
    )
    text = _update(tmp_path, data, "--yes", "--lang", "en", name="x.docx")
    assert text == HEAD + expected("words")
    assert "compared with the newest one by its words" in capsys.readouterr().err


def test_styles_and_numbers_that_are_lost_change_nothing(
    word: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = _with_part(
        edited(word, "words"),
        "word/document.xml",
        lambda text: re.sub(r"<w:numPr>.*?</w:numPr>|<w:b/>|<w:pStyle [^>]*/>", "", text),
    )
    assert _update(tmp_path, data, "--yes", "--lang", "en") == HEAD + expected("words")
    assert "only its look" in capsys.readouterr().out


def test_an_unknown_file_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = docx.Document()
    document.add_paragraph("Không của ai cả.")
    document.save(str(tmp_path / "la.docx"))
    _write(tmp_path / "m", {**tiny(), PATH: HEAD + BODY})
    arguments = ["import", "--update", str(tmp_path / "la.docx"), "--root", str(tmp_path / "m")]
    assert main([*arguments, "--lang", "en"]) == 2
    assert "Name the file by the code" in capsys.readouterr().err


def test_a_sheet_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write(tmp_path / "m", {**tiny(), PATH: HEAD + BODY})
    (tmp_path / "a.txt").write_text("x")
    arguments = ["import", "--update", str(tmp_path / "a.txt"), "--root", str(tmp_path / "m")]
    assert main([*arguments, "--lang", "en"]) == 2
    assert "is neither" in capsys.readouterr().err


# --- bytes


def test_line_ends_and_marks_of_the_file_stay(word: bytes, tmp_path: Path) -> None:
    before = "\ufeff" + (HEAD + BODY).replace("\n", "\r\n")
    names = ["words", "a paragraph more", "an item more", "a row more", "a note"]
    text = _update(tmp_path, edited(word, *names), "--yes", before=before)
    assert text == "\ufeff" + (HEAD + expected(*names)).replace("\n", "\r\n")


def test_control_data_is_not_taken_and_told(
    word: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = docx.Document(io.BytesIO(word))
    put(paragraph_with(document, "QT VP 07"), "QT VP 07", "QT VP 08")
    document.save(str(tmp_path / "doi-ma.docx"))
    data = (tmp_path / "doi-ma.docx").read_bytes()
    assert _update(tmp_path, data, "--yes", "--lang", "en", status=1) == HEAD + BODY
    assert "1 not taken" in (said := capsys.readouterr().out)
    assert "change it at the head of the file" in said


def test_a_text_that_is_saved_while_it_is_read_is_left_as_it_was_saved(
    word: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Places that were found in what it said before are others in what it says now."""
    found, saved = take_back, f"{HEAD}Một đoạn mới.\n\n{BODY}"

    def save_then(*given: Any) -> Any:
        (tmp_path / "m" / PATH).write_text(saved, "utf-8")
        return found(*given)

    monkeypatch.setattr(update, "take_back", save_then)
    data = edited(word, "words")
    assert _update(tmp_path, data, "--yes", "--lang", "en", status=2) == saved
    assert "Run the command again" in capsys.readouterr().err
    monkeypatch.undo()
    assert "7 ngày làm việc" in _update(tmp_path, data, "--yes", before=saved)
