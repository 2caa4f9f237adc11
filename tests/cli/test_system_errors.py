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


def test_a_reason_without_a_translation_keeps_the_words_of_the_system() -> None:
    assert "(odd {thing})" in os_error_text(OSError(99_999, "odd {thing}", "a")).vi
