"""A manual in a sub-folder of a repository: forges get paths from the repository's top.

Text and lines are read at the manual, by people and by the editor that has it open: there a path is
as the manual's own data and messages write it.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest

from qmstool.cli.main import main
from tests.support.repository import Repo

TINY = Path(__file__).parents[1] / "data" / "tiny"
INSIDE = "phòng/so tay"
BROKEN = "manual/2.1.md"


def _manual(top: Path, inside: str = INSIDE) -> Path:
    manual = Path(shutil.copytree(TINY, top / inside, dirs_exist_ok=True))
    with (manual / BROKEN).open("a", encoding="utf-8") as text:
        text.write(
            "\nTheo QT VP 77.\n\n<!-- qms: allow unknown-code, because it is written next month -->\n\nTheo QT VP 88.\n"
        )
    return manual


@pytest.fixture
def manual(tmp_path: Path) -> Path:
    """In a repository, as every clone has it: `.git` is a folder with a HEAD."""
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git/HEAD").write_text("ref: refs/heads/main\n", "utf-8")
    return _manual(tmp_path)


def _report(manual: Path, capsys: pytest.CaptureFixture[str], name: str, *more: str) -> str:
    assert main(["check", "--no-cache", "--root", str(manual), "--format", name, *more]) == 1
    return capsys.readouterr().out


def _paths(name: str, text: str) -> set[str]:
    """The paths of the places in a report."""
    if name == "json":
        return {each["path"] for each in json.loads(text)["findings"]}
    if name == "sarif":
        results = json.loads(text)["runs"][0]["results"]
        places = [place["physicalLocation"] for each in results for place in each["locations"]]
        return {unquote(place["artifactLocation"]["uri"]) for place in places}
    if name == "gitlab":
        return {each["location"]["path"] for each in json.loads(text)}
    if name == "junit":
        cases = ET.fromstring(text).iter("testcase")
        return {case.attrib["file"] for case in cases if "file" in case.attrib}
    if name == "github":
        return set(re.findall(r"^::error file=(.*?),line=", text, re.MULTILINE))
    if name == "markdown":
        return set(re.findall(r"<code>(.*?):\d+:\d+</code>", text))
    return set(re.findall(r"^(\S*/\S*?):\d+:\d+", text, re.MULTILINE))


@pytest.mark.parametrize("name", ["json", "sarif", "gitlab", "junit", "github", "markdown"])
def test_what_a_forge_reads_has_paths_from_the_top(
    manual: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert _paths(name, _report(manual, capsys, name)) == {f"{INSIDE}/{BROKEN}"}


@pytest.mark.parametrize("name", ["text", "lines"])
def test_what_is_read_at_the_manual_has_its_own_paths(
    manual: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert _paths(name, _report(manual, capsys, name)) == {BROKEN}


def test_root_and_path_are_still_the_file(manual: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = json.loads(_report(manual, capsys, "json"))
    assert Path(report["root"], report["findings"][0]["path"]) == manual.resolve() / BROKEN
    assert [each["path"] for each in report["suppressed"]] == [f"{INSIDE}/{BROKEN}"]


def test_the_folder_where_one_stands_does_not_matter(
    manual: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(manual / "manual")
    assert main(["check", "--no-cache", "--format", "gitlab"]) == 1
    assert _paths("gitlab", capsys.readouterr().out) == {f"{INSIDE}/{BROKEN}"}


@pytest.mark.parametrize("mark", ["file", "none", "no head"])
def test_work_trees_and_copies_without_a_repository(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], mark: str
) -> None:
    if mark == "file":
        (tmp_path / ".git").write_text("gitdir: /elsewhere\n", "utf-8")
    elif mark == "no head":
        (tmp_path / ".git").mkdir()
    manual = _manual(tmp_path)
    wanted = f"{INSIDE}/{BROKEN}" if mark == "file" else BROKEN
    assert _paths("sarif", _report(manual, capsys, "sarif")) == {wanted}


def test_a_manual_at_the_top_keeps_its_paths(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Repo.make(tmp_path)
    manual = _manual(tmp_path, ".")
    assert _paths("github", _report(manual, capsys, "github")) == {BROKEN}


def test_who_is_affected_by_a_change_has_paths_from_the_top(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = Repo.make(tmp_path)
    manual = Path(shutil.copytree(TINY, tmp_path / INSIDE))
    with (manual / BROKEN).open("a", encoding="utf-8") as text:
        text.write("\nTheo QT VP 01.\n")
    repo.commit("all")
    path = manual / "procedures/qt-vp-01.md"
    path.write_text(path.read_text("utf-8").replace("Mọi người", "Ai nấy"), "utf-8")
    main(["check", "--root", str(manual), "--format", "markdown", "--since", "HEAD"])
    assert f"<code>{INSIDE}/{BROKEN}:" in capsys.readouterr().out
