from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.cli.scenes import SECOND, make_scene, run_command, sign_release

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_two_releases_word_by_word(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    repo = make_scene(tmp_path / "kho")
    sign_release(repo)
    status, out = run_command(capsys, "diff", "QT VP 01", "1", "2", "--root", str(repo.folder))
    assert status == 0
    assert "── 2. Cách làm (sửa đổi)" in out
    assert "[-10-]{+3+} ngày{+ làm việc+}" in out
    assert (
        "   | Bước | Việc | Người làm |\n   …\n   | 2 | Xem xét | Trưởng đơn vị{+, trong 2 "
        "ngày+} |\n"
    ) in out
    assert "| {+3+} | {+Phê duyệt+} | {+Giám đốc+} |" in out
    assert "Mục đích" not in out
    assert run_command(capsys, "diff", "QT VP 01", "1", "1/1", "--root", str(repo.folder))[1] == out
    assert (
        run_command(
            capsys, "diff", "QT VP 01", "2024-02-29", "2024-03-01", "--root", str(repo.folder)
        )[1]
        == out
    )


def test_what_is_in_force_against_the_text_at_hand(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = make_scene(tmp_path / "kho")
    sign_release(repo)
    _, out = run_command(capsys, "diff", "QT VP 01", "--root", str(repo.folder))
    assert out == "Hai bản như nhau.\n"
    repo.write({"procedures/qt-vp-01.md": SECOND.replace("hằng tháng", "hằng <b>tuần</b>")})
    _, html = run_command(
        capsys, "diff", "QT VP 01", "--root", str(repo.folder), "--format", "html"
    )
    assert "<title>QT VP 01: đợt 2 → bản đang soạn</title>" in html
    assert "<ins>&lt;b&gt;tuần&lt;/b&gt;</ins>" in html


def test_a_page_of_a_comparison_speaks_the_manuals_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = make_scene(tmp_path / "kho")
    sign_release(repo)
    manifest = (repo.folder / "qms.yml").read_text("utf-8")
    repo.write({"qms.yml": manifest.replace("language: vi", "language: de")})
    repo.write({"procedures/qt-vp-01.md": SECOND.replace("hằng tháng", "hằng tuần")})
    words = ["diff", "QT VP 01", "--root", str(repo.folder), "--format"]
    _, html = run_command(capsys, *words, "html")
    assert "<title>QT VP 01: Freigabe 2 → der Text in Arbeit</title>" in html
    assert '<html lang="de">' in html
    assert "geändert" in html
    assert "(changed)" in run_command(capsys, *words, "text")[1]


def test_a_version_that_is_not_there_and_one_that_is_lost(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = make_scene(tmp_path / "kho")
    sign_release(repo)
    assert run_command(capsys, "diff", "QT VP 01", "9", "--root", str(repo.folder))[0] == 2
    blob = repo.git("rev-parse", "HEAD:procedures/qt-vp-01.md")
    (repo.folder / ".git/objects" / blob[:2] / blob[2:]).unlink()
    assert run_command(capsys, "diff", "QT VP 01", "2", "--root", str(repo.folder))[0] == 2
