"""What a refusal of the system is called, in the reader's language."""

import errno
import os
from pathlib import Path

import pytest

from qmstool.cli.main import main
from qmstool.cli.system_errors import os_error_text


@pytest.mark.parametrize(
    ("lang", "words"),
    [("vi", "Không có tệp hay thư mục «"), ("en", "There is no file or folder «")],
)
def test_a_folder_that_is_not_there_is_told_without_words_of_the_system(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str, words: str
) -> None:
    missing = tmp_path / "so tay"
    assert main(["register", "internal", "--lang", lang, "--root", str(missing)]) == 2
    told = capsys.readouterr().err
    assert f"{words}{missing}»" in told
    assert "No such file" not in told


def test_a_refusal_says_why_in_both_languages() -> None:
    text = os_error_text(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "a.md"))
    assert "«a.md» (đĩa đầy)" in text.vi
    assert f"«a.md» cannot be written or read ({os.strerror(errno.ENOSPC)})" in text.en


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("m/.qms-unfinished-0f3a", "m"),
        (".qms-unfinished-0f3a", "."),
        ("m/.site.new-x_1/qt/index.html", "m"),
        ("m/.vscode/tasks.json", "m/.vscode/tasks.json"),
    ],
)
def test_what_nobody_has_named_is_told_by_its_folder(name: str, shown: str) -> None:
    refused = OSError(errno.EROFS, os.strerror(errno.EROFS), name.replace("/", os.sep))
    assert f"«{shown.replace('/', os.sep)}» (nơi ấy chỉ cho đọc)" in os_error_text(refused).vi


def test_files_of_the_tool_that_are_not_finished_are_known_by_their_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", str(tmp_path / "m"), "--yes", "--name", "A"]) == 0
    capsys.readouterr()

    def refuse(name: object, *_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(name))

    monkeypatch.setattr("qmstool.storage.files.open", refuse, raising=False)
    assert main(["new", "policy", "CS", "Thử", "--root", str(tmp_path / "m")]) == 2
    assert f"«{tmp_path / 'm' / 'procedures'}» (nơi ấy chỉ cho đọc)" in capsys.readouterr().err


@pytest.mark.parametrize(("language", "words"), [("vi", "Không có"), ("de", "There is no")])
def test_a_refusal_is_in_the_language_of_the_manual_as_all_else_is(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    language: str,
    words: str,
) -> None:
    folder = str(tmp_path / "m")
    assert main(["init", folder, "--yes", "--name", "A", "--language", language]) == 0
    capsys.readouterr()
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8" if language == "vi" else "vi_VN.UTF-8")
    assert main(["register", "internal", "--as-of", "7", "--root", folder]) == 2
    assert f"\nqmstool: {words}" in capsys.readouterr().err


def test_a_reason_without_a_translation_keeps_the_words_of_the_system() -> None:
    assert "(odd {thing})" in os_error_text(OSError(99_999, "odd {thing}", "a")).vi


def test_a_disk_that_fills_up_within_a_file_is_told_with_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", str(tmp_path / "m"), "--yes", "--name", "A"]) == 0
    capsys.readouterr()

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))  # no file is named, as by a system

    monkeypatch.setattr("qmstool.storage.files._put_in_place", full)
    assert main(["new", "policy", "CS", "Thử", "--root", str(tmp_path / "m")]) == 2
    told = capsys.readouterr().err
    assert f"«{tmp_path / 'm' / 'procedures' / 'cs.md'}» (đĩa đầy)" in told
    assert not list((tmp_path / "m/procedures").glob(".qms*"))


def test_a_refusal_of_a_file_that_nobody_names_says_what_to_look_at() -> None:
    text = os_error_text(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
    assert "(đĩa đầy). Kiểm tra dung lượng" in text.vi
    assert "«»" not in text.vi + text.en


def test_a_program_for_which_there_is_no_room_is_told_as_that() -> None:
    text = os_error_text(OSError(errno.EAGAIN, os.strerror(errno.EAGAIN), "git"))
    assert "hết chỗ để chạy «git»" in text.vi
    assert "Close other programs" in text.en
