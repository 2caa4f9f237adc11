"""`init`: a manual that passes `check` and builds, in an empty folder and in one that is not."""

from __future__ import annotations

import argparse
import io
import re
import shlex
import subprocess
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from qmstool import __version__
from qmstool.cli.first_questions import answers_of
from qmstool.cli.main import COMMANDS, main
from qmstool.scaffold.catalogues import standard_names
from qmstool.scaffold.forge_files import FORGES, forge_files
from qmstool.storage import resources
from tests.support.repository import Repo

if TYPE_CHECKING:
    from pathlib import Path


def _init(folder: Path, *words: str) -> int:
    return main(["init", str(folder), "--yes", *words])


def _errors(folder: Path) -> int:
    return main(["check", "--root", str(folder), "--no-cache"])


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("standard", standard_names())
def test_a_manual_for_every_standard_passes_check(
    tmp_path: Path, standard: str, language: str
) -> None:
    folder = tmp_path / "sổ tay"
    name = "Công ty «A»: #1 & con, 'B' \"C\""
    assert _init(folder, "--name", name, "--standard", standard, "--language", language) == 0
    assert _errors(folder) == 0
    assert yaml.safe_load((folder / "qms.yml").read_text("utf-8"))["organization"]["name"] == name


def test_several_standards_and_units(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--standard", "iso-9001-2026", "--standard", "iso-27001-2022"]
    words += ["--unit", "VP=Văn phòng", "--unit", "KT = Phòng Kỹ thuật"]
    assert _init(tmp_path, "--name", "A", *words) == 0
    assert _errors(tmp_path) == 0
    capsys.readouterr()
    assert main(["matrix", "--root", str(tmp_path), "--format", "csv"]) == 0
    manifest = yaml.safe_load((tmp_path / "qms.yml").read_text("utf-8"))
    assert manifest["units"]["KT"] == {"name": "Phòng Kỹ thuật"}


def test_every_clause_has_a_row_or_is_covered(tmp_path: Path) -> None:
    assert _init(tmp_path, "--name", "A") == 0
    mapping = yaml.safe_load((tmp_path / "clauses/mapping/iso-9001-2015.yml").read_text("utf-8"))
    rows = {str(key): row for key, row in mapping["clauses"].items()}
    assert rows["7.1"]["section"] in {"7.1", 7.1}
    assert "7.1.5" in map(str, rows["7.1"]["covers"])


def test_the_site_is_built(tmp_path: Path) -> None:
    assert _init(tmp_path, "--name", "A") == 0
    assert main(["build", "--root", str(tmp_path)]) == 0
    assert "<html" in (tmp_path / "site/index.html").read_text("utf-8")


def test_nothing_that_is_there_is_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "STCL.docx").write_bytes(b"word")
    (tmp_path / ".gitignore").write_text("của tôi\n", "utf-8")
    assert _init(tmp_path, "--name", "A") == 0
    assert ".gitignore" in capsys.readouterr().err
    assert (tmp_path / ".gitignore").read_text("utf-8") == "của tôi\n"
    assert (tmp_path / "STCL.docx").read_bytes() == b"word"
    assert _init(tmp_path, "--name", "B") == 2


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "--name"),
        (["--name", "  "], "--name"),
        (["--name", "A", "--standard", "iso-9001-2051"], "iso-9001-2015"),
        (["--name", "A", "--unit", "Văn phòng"], "KÝHIỆU="),
        (["--name", "A", "--unit", "V1=Văn phòng"], "V1="),
    ],
)
def test_what_is_missing_or_odd_is_said_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], message: str
) -> None:
    assert _init(tmp_path / "x", *words) == 2
    assert message in capsys.readouterr().err
    assert not (tmp_path / "x").exists()


def test_a_person_at_the_terminal_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("Công ty A\nCTA\n\nVP=Văn phòng; KT=Kỹ thuật\n\n"))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    assert main(["init", str(tmp_path / "x")]) == 0
    assert "Tên cơ quan" in capsys.readouterr().out
    manifest = yaml.safe_load((tmp_path / "x/qms.yml").read_text("utf-8"))
    assert manifest["organization"] == {"name": "Công ty A", "short": "CTA"}
    assert list(manifest["units"]) == ["VP", "KT"]


def test_a_slip_in_an_answer_is_said_and_asked_again_and_nothing_typed_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = (
        "\nTrung tâm Y tế\n\n9001\nTCVN ISO 9001:2015, 27001\n"
        "Phòng TC-HC\nTC-HC=Phòng\nTCHC=Phòng TC-HC\n\n"
    )
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    assert main(["init", str(tmp_path / "x"), "--lang", "vi"]) == 0
    told = capsys.readouterr().err
    assert "Cần có tên cơ quan." in told
    assert "«9001» có nhiều ấn bản; hãy nêu một: iso-9001-2015, iso-9001-2026." in told
    assert "Đơn vị «TC-HC=Phòng» viết chưa đúng." in told
    manifest = yaml.safe_load((tmp_path / "x/qms.yml").read_text("utf-8"))
    assert manifest["organization"] == {"name": "Trung tâm Y tế"}
    assert [standard["catalogue"] for standard in manifest["standards"]] == [
        "iso-9001-2015",
        "iso-27001-2022",
    ]
    assert list(manifest["units"]) == ["TCHC"]


def test_a_name_out_of_a_file_reaches_the_screen_without_its_controls(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    options = argparse.Namespace(
        name="", short="", standard=[], unit=[], url="", edit_url="", timezone="", yes=False
    )
    found: Any = SimpleNamespace(
        organization="Sở\u202eA\x1b[2J", units={}, codes={}, roles={}, people={}
    )
    answers, _ = answers_of(options, "vi", "vi", found)
    asked = capsys.readouterr().out
    assert answers.name == found.organization
    assert "Sở" in asked
    assert "\u202e" not in asked
    assert "\x1b" not in asked


def test_a_terminal_that_closes_before_a_name_begins_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    assert main(["init", str(tmp_path / "x")]) == 2
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("written", ["ISO 9001:2015", "iso 9001-2015", "TCVN ISO 9001:2015"])
def test_a_standard_is_named_as_people_write_it(tmp_path: Path, written: str) -> None:
    assert _init(tmp_path / "x", "--name", "A", "--standard", written) == 0
    assert (tmp_path / "x/clauses/mapping/iso-9001-2015.yml").is_file()


def test_a_first_commit_holds_what_was_written_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "kho"
    folder.mkdir()
    (folder / "STCL.docx").write_bytes(b"word")
    repo = Repo.make(folder)
    repo.git("config", "user.name", "Văn thư")
    repo.git("config", "user.email", "vt@example.org")
    assert _init(folder, "--name", "A", "--commit") == 0
    listed = repo.git("ls-tree", "-r", "--name-only", "HEAD").splitlines()
    assert "qms.yml" in listed
    assert "STCL.docx" not in listed


def test_a_run_that_was_killed_before_its_commit_is_finished_by_the_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "kho"
    words = ("--name", "A", "--yes")
    assert _init(folder, *words) == 0
    (folder / "nháp.txt").write_text("x", "utf-8")
    assert _init(folder, *words) == 2
    repo = Repo.make(folder)
    repo.git("config", "user.name", "Văn thư")
    repo.git("config", "user.email", "vt@example.org")
    capsys.readouterr()
    assert _init(folder, "--name", "B", "--yes", "--commit") == 2
    assert _init(folder, *words, "--commit") == 0
    assert "Lần chạy trước đã tạo sổ tay mà chưa lưu" in capsys.readouterr().err
    assert repo.git("-c", "core.quotepath=off", "status", "--porcelain") == "?? nháp.txt"
    assert _init(folder, *words, "--commit") == 2
    assert len(repo.git("log", "--format=%h").splitlines()) == 1


def test_a_git_that_knows_nobody_is_told_apart_with_the_lines_that_cure_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The files are there; the commit is not, and the command says so and ends as failed."""
    for name in ("HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    repo = Repo.make(tmp_path / "kho")
    repo.git("config", "user.useConfigOnly", "true")  # else git may guess from the machine's name
    assert _init(repo.folder, "--name", "A", "--commit") == 2
    said = capsys.readouterr().err
    assert "git chưa biết ai đang lưu" in said
    *_, name, email = said.rstrip().splitlines()
    command = re.search(r"rồi chạy: (git commit .*)", said)
    assert command is not None
    for line in (name, email.strip(), command[1]):
        subprocess.run(shlex.split(line), cwd=repo.folder, check=True, capture_output=True)
    assert "qms.yml" in repo.git("ls-tree", "-r", "--name-only", "HEAD").splitlines()


@pytest.mark.parametrize("forge", FORGES)
def test_files_of_a_forge_install_the_tool_by_version(tmp_path: Path, forge: str) -> None:
    assert _init(tmp_path, "--name", "A", "--forge", forge) == 0
    made = forge_files(forge)
    assert set(made) == set(FORGES[forge])
    for path, text in made.items():
        assert (tmp_path / path).read_text("utf-8") == text
        for line in re.findall(r"pip install.*", text):
            if ".ci/office.lock" in line:  # packages alone, by their digests
                assert "--require-hashes" in line
                continue
            assert f"qmstool=={__version__}" in line, (path, line)
        if path.endswith(".yml"):
            assert "development" not in yaml.safe_load(text)
            assert ".ci/run" not in text


def test_a_folder_without_a_manual_is_told_how_to_begin(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "QT 01.docx").write_bytes(b"word")
    for command in ("check", "build", "verify", "matrix", "trail", "opinions"):
        assert main([command, "--root", str(tmp_path)]) == 2
        assert "qmstool init" in capsys.readouterr().err, command
    assert "init" in COMMANDS
    assert resources.find(None, "forge/.gitlab-ci.yml")


@pytest.mark.parametrize(("language", "told"), [("de", True), ("pt-BR", True), ("vi", False), ("en", False)])  # fmt: skip
def test_a_language_without_a_beginning_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, told: bool
) -> None:
    assert _init(tmp_path, "--name", "A", "--language", language, "--lang", "en") == 0
    said = capsys.readouterr().err
    sentence = f"There is no beginning in the language «{language}»: names of types, roles"
    assert (sentence in said) is told
    assert ("The time zone is UTC" in said) is told
