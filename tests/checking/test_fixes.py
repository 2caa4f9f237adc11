"""What is certain is fixed, the rest of a file stays byte for byte, and --diff shows it first."""

from __future__ import annotations

import subprocess
import unicodedata
from typing import TYPE_CHECKING

import pytest

from qmstool.checking.fixes import apply_fixes
from qmstool.cli.checking import run as looking
from qmstool.cli.main import main
from qmstool.findings import Finding, Location, Severity
from qmstool.i18n import Text
from tests.support.manuals import check_tree, tiny, tiny_with
from tests.support.memory import MemoryTree
from tests.support.repository import Repo

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PAGE = "manual/2.1.md"
TEXT = tiny()[PAGE].decode()
BOM = b"\xef\xbb\xbf"


def fixed(overlay: Mapping[str, str | bytes]) -> dict[str, bytes]:
    tree = tiny_with(overlay)
    return {each.path: each.after for each in apply_fixes(check_tree(tree).findings, tree.read)}


@pytest.mark.parametrize(
    "stored",
    [
        BOM + TEXT.encode(),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        unicodedata.normalize("NFD", TEXT).encode(),
        BOM + unicodedata.normalize("NFD", TEXT).replace("\n", "\r\n").encode(),
    ],
)
def test_a_file_is_stored_as_it_should_be(stored: bytes) -> None:
    assert fixed({PAGE: stored}) == {PAGE: TEXT.encode()}


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("../Procedures/QT-VP-02.md", "../procedures/qt-vp-02.md"),
        ("./../procedures/qt-vp-02.MD", "./../procedures/qt-vp-02.md"),
        ("../procedures/Qt-vp-02.md#muc-2", "../procedures/qt-vp-02.md#muc-2"),
        ("../procedures/qt-vp-02.md#Muc-2", "../procedures/qt-vp-02.md#muc-2"),
        ("#MUC-2-1", "#muc-2-1"),
    ],
)
@pytest.mark.parametrize("start", [b"", BOM])
def test_a_link_that_is_wrong_in_capitals_alone(start: bytes, written: str, right: str) -> None:
    tail = "\tThừa  dấu cách \u200b ở đây \t\n\nKhông có xuống dòng"
    page = f"{TEXT}\n{{}}\n{tail}"
    before = page.format(f"Đầu dòng: [một]({written}), [hai]({written}).").encode()
    after = page.format(f"Đầu dòng: [một]({right}), [hai]({right}).").encode()
    assert fixed({PAGE: start + before}) == {PAGE: after}


def test_a_code_is_spelled_as_it_is_registered() -> None:
    said = (
        "Theo QT-VP-01, qt vp 01, **QT VP**-01, QT_VP\n01, QT\u00a0VP\u00a001, [QT-VP-01](x) và "
        "`QT_VP_01`."
    )
    (after,) = fixed({PAGE: f"{TEXT}\n{said}\n"}).values()
    right = (
        said.replace("QT-VP-01,", "QT VP 01,")
        .replace("qt vp 01", "QT VP 01")
        .replace("[QT-VP-01]", "[QT VP 01]")
    )
    assert after.decode() == f"{TEXT}\n{right}\n"


@pytest.mark.parametrize(
    "written",
    [
        "../procedures/qt-vp-03.md",
        "../procedures/qt%2Dvp-02.MD",
        "../procedures/qt-vp-02.md#muc-22",
        "../x.png",
    ],
)
def test_what_is_not_certain_stays(written: str) -> None:
    assert fixed({PAGE: f"{TEXT}\n[một]({written})\n"}) == {}


def test_of_two_files_that_could_be_meant_neither_is_chosen() -> None:
    page = tiny()["procedures/qt-vp-02.md"].decode()
    two = {
        "procedures/Qt-vp-02.md": page.replace("QT VP 02", "QT VP 03"),
        PAGE: f"{TEXT}\n[một](../procedures/QT-VP-02.md)\n",
    }
    assert fixed(two) == {}


def test_what_is_silenced_recorded_or_not_utf_8_stays() -> None:
    silenced = (
        TEXT
        + "\n<!-- qms: allow broken-link, vì đang chờ -->\n\n[một](../procedures/QT-vp-02.md)\n"
    )
    tree = MemoryTree(
        {
            **tiny(),
            "releases/0001.yml": BOM + b"schema: 1\n",
            PAGE: silenced,
            "manual/1.1.md": BOM + b"# 1.1. \xff\n",
        }
    )
    found = check_tree(tree).findings
    assert {"bom", "not-utf8"} <= {each.slug for each in found}
    assert apply_fixes(found, tree.read) == ()


def test_the_diff_changes_nothing_and_git_takes_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = Repo.make(tmp_path / "kho")
    link = "[một](../procedures/QT-VP-02.md)"
    broken = BOM + f"{TEXT}\n{link}".replace("\n", "\r\n").encode()
    repo.commit("Bản đầu", {**tiny(), PAGE: broken, "manual/1.1.md": BOM + tiny()["manual/1.1.md"]})
    assert main(["check", "--root", str(repo.folder), "--diff"]) == 1
    told = capsys.readouterr()
    assert (repo.folder / PAGE).read_bytes() == broken
    assert "\\ No newline at end of file" in told.out
    assert told.err == "--fix sẽ sửa trong 2 tệp: bom × 2, broken-link × 1, crlf × 4.\n"
    subprocess.run(["git", "apply", "-"], cwd=repo.folder, input=told.out.encode(), check=True)
    by_diff = (repo.folder / PAGE).read_bytes()
    repo.write({PAGE: broken, "manual/1.1.md": BOM + tiny()["manual/1.1.md"]})
    assert main(["check", "--root", str(repo.folder), "--fix"]) == 0
    told = capsys.readouterr()
    assert "Đã sửa trong 2 tệp" in told.err
    assert "0 lỗi, 0 cảnh báo" in told.out
    assert (
        (repo.folder / PAGE).read_bytes()
        == by_diff
        == f"{TEXT}\n[một](../procedures/qt-vp-02.md)".encode()
    )
    assert (repo.folder / "manual/1.1.md").read_bytes() == tiny()["manual/1.1.md"]


def test_where_nothing_is_certain_both_say_so(
    tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tiny / "manual/1.2.md"
    page.write_text(page.read_text("utf-8") + "\nTheo QT VP 09.\n", "utf-8")
    before = page.read_bytes()
    assert main(["check", "--root", str(tiny), "--diff"]) == 0
    assert main(["check", "--root", str(tiny), "--fix"]) == 1
    assert capsys.readouterr().err.count("Không có chỗ nào chắc chắn") == 2
    assert page.read_bytes() == before


def test_two_cures_of_the_same_words_are_not_both_applied() -> None:
    place, within = Location("a.md", 1, 1, 1, 4), Location("a.md", 1, 2, 1, 3)
    text = Text("", "")
    cures = [
        Finding("QMS999", "test", Severity.WARNING, where, text, {}, fix=fix)
        for where, fix in ((place, "X"), (within, "Y"))
    ]
    (file,) = apply_fixes(cures, lambda _: b"abc def")
    assert file.after == b"aYc def"
    assert file.places == {"test": 1}


def test_what_is_saved_during_the_check_stays(
    tiny: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Somebody saves between the reading and the writing: the fix is of a text that is gone."""
    page, register = tiny / "manual/1.1.md", tiny / "procedures/records.yml"
    for file in (page, register):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    look, saved = looking.run_check, b"# Ai v\xe1\xbb\xaba s\xe1\xbb\xada\n"

    def slowly(*given: object) -> looking.CheckRun:
        seen = look(*given)  # type: ignore[arg-type]
        page.write_bytes(saved)
        return seen

    monkeypatch.setattr(looking, "run_check", slowly)
    main(["check", "--fix", "--root", str(tiny)])
    assert page.read_bytes() == saved
    assert b"\r" not in register.read_bytes()
    assert "manual/1.1.md" in capsys.readouterr().err
