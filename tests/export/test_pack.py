"""The audit pack: whole, checked without this tool, the same bytes wherever it is made."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from qmstool.cli.main import main
from qmstool.export.pack import (
    FIRST_PAGE,
    SUMS,
    PackFacts,
    PackNames,
    make_pack,
    told_of_proof,
)
from qmstool.frozen import replace
from qmstool.site.build.memory import SiteMemory
from qmstool.site.build.reuse import digest_file
from tests.support import simulator
from tests.support.cli.scenes import SECOND, make_scene, sign_release
from tests.support.repository import Repo

ROOT = Path(__file__).parents[2]
FACTS = PackFacts("Nơi thử", "2026-03-01", "0123456789", "qmstool", with_site=False, proved=())


def _names(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.namelist()


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("procedures/quy trình – đánh giá.md", "procedures/quy-trinh-danh-gia.md"),
        ("a/../b/./c.md", "a/b/c.md"),
        ("/etc/x", "etc/x"),
        ("日本.md", "md"),
        ("...", "file"),
    ],
)
def test_names_are_ascii_and_stay_inside(path: str, name: str) -> None:
    assert PackNames().name(path) == name


def test_two_paths_of_one_name_stay_two_files() -> None:
    names = PackNames()
    made = [names.name(path) for path in ("é/a.md", "e/a.md", "E/A.md", "e/a")]
    assert made == ["e/a.md", "e/a-2.md", "E/A-3.md", "e/a"]


def test_the_same_files_give_the_same_bytes_and_their_sums() -> None:
    files = {"b.txt": b"2", "a.txt": b"1"}
    content = make_pack(files, FACTS)
    assert content == make_pack(dict(sorted(files.items())), FACTS)
    assert _names(content) == [SUMS, FIRST_PAGE, "a.txt", "b.txt"]


def test_a_pack_says_of_itself_what_is_not_proved() -> None:
    (whole,) = told_of_proof(0, {"QT 01": True})
    assert whole.en.startswith("By the records, every document in this pack is proved")
    against, open_ones = told_of_proof(2, {"QT 01": True, "QT\n02": False})
    assert against.en.startswith("WARNING: 2 things speak against the records")
    assert "1 of the 2 documents" in open_ones.en
    assert open_ones.vi.endswith("index.csv): QT 02")
    (many,) = told_of_proof(0, {f"QT {number}": False for number in range(99)})
    assert many.en.endswith("QT 49, …")
    facts = replace(FACTS, proved=(against,))
    with zipfile.ZipFile(io.BytesIO(make_pack({}, facts))) as archive:
        page = archive.read(FIRST_PAGE).decode("utf-8")
    assert against.vi in page
    assert against.en in page


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    repo = make_scene(tmp_path_factory.mktemp("kho") / "kho")
    sign_release(repo)
    repo.commit("Hồ sơ", {})
    later = SECOND.replace("hằng tháng", "hằng tuần")
    repo.commit("Dự thảo sau", {"procedures/qt-vp-01.md": later})
    return repo.folder


def _pack(root: Path, target: Path, zone: str, *words: str) -> bytes:
    command = [sys.executable, "-m", "qmstool", "export", "pack", "--root", str(root)]
    command += ["--as-of", "2024-03-02", "--output", str(target), *words]
    environment = os.environ | {"TZ": zone, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
    environment.pop("SOURCE_DATE_EPOCH", None)
    subprocess.run(command, env=environment, cwd=target.parent, check=True, capture_output=True)
    return target.read_bytes()


def test_a_pack_is_the_same_from_another_clone_zone_and_folder(
    signed: Path, tmp_path: Path
) -> None:
    other = tmp_path / "bản sao"
    subprocess.run(["git", "clone", "-q", str(signed), str(other)], check=True)
    first = _pack(signed, tmp_path / "a.zip", "UTC", "--no-site")
    assert first == _pack(other, tmp_path / "b.zip", "Asia/Ho_Chi_Minh", "--no-site")


def test_a_pack_with_the_site_holds_what_was_in_force_and_is_checked_without_us(
    signed: Path, tmp_path: Path
) -> None:
    content = _pack(signed, tmp_path / "a.zip", "UTC")
    folder = tmp_path / "giải nén"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)
    assert all(name.isascii() for name in _names(content))
    assert (folder / "texts/procedures/qt-vp-01.md").read_text("utf-8") == SECOND
    for name in ("manual.pdf", "registers/internal.xlsx", "releases/0002.yml", "site/index.html"):
        assert (folder / name).stat().st_size
    assert (folder / "verify.txt").read_text("utf-8").strip()
    # Nobody sealed this scene's records: the first page and the index say what that means.
    assert "NOT proved" in (folder / FIRST_PAGE).read_text("utf-8")
    index = (folder / "index.csv").read_text("utf-8")
    assert index.count(",chưa có bằng chứng\n") == 5
    assert index.count(',"chưa hỏi: không có khóa, chứng thư tin cậy hay mã đối chứng"\n') == 2
    check = ["sha256sum", "--check", "--quiet", SUMS]
    assert subprocess.run(check, cwd=folder, check=False).returncode == 0
    listed = {line.split("  ", 1)[1] for line in (folder / SUMS).read_text().splitlines()}
    assert listed == {*_names(content)} - {SUMS}
    (folder / "index.csv").write_text("x")
    changed = subprocess.run(check, cwd=folder, check=False, capture_output=True)
    assert b"index.csv" in changed.stdout


def test_what_another_user_made_and_signed_goes_into_no_pack(
    signed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """His kept facts and the memory of his site, and his pack where ours is to lie."""
    for user in ("khac", "minh"):
        for variable in ("CACHE", "STATE"):
            monkeypatch.setenv(f"XDG_{variable}_HOME", str(tmp_path / user / variable))
        target = tmp_path / f"{user}.zip"
        if user == "minh":
            shutil.copytree(tmp_path / "khac/CACHE", tmp_path / "minh/CACHE")
            # The secret that he knows, laid where this user keeps his own.
            shutil.copytree(tmp_path / "khac/STATE", tmp_path / "minh/STATE")
            (tmp_path / "minh/STATE/qmstool/secret").chmod(0o644)
            target.write_bytes(b"PK of somebody else")
        made = _pack(signed, target, "UTC")
        subprocess.run(
            [sys.executable, "-m", "qmstool", "build", "--root", signed, "--output", tmp_path / "site"],
            env=os.environ | {"PYTHONPATH": str(ROOT)}, check=True, capture_output=True,
        )  # fmt: skip
        page = tmp_path / "site/index.html"
        if user == "khac":
            first, honest = made, page.read_bytes()
            page.write_bytes(honest + b"<p>of somebody else</p>")
            _remember(tmp_path / "site", "index.html")
    assert made == first
    assert page.read_bytes() == honest


def _remember(site: Path, name: str) -> None:
    """Sign a memory in which a page that was changed is as it was written."""
    memory = SiteMemory(site)
    versions = memory.recall()
    assert name in versions[""].files
    digest = digest_file(site / name)
    changed = {**versions[""].files, name: digest}
    memory.keep(versions | {"": replace(versions[""], files=changed)})
    assert memory.recall()[""].files[name] == digest


def test_what_was_recorded_since_the_day_of_a_pack_is_no_day_to_come(tmp_path: Path) -> None:
    life = simulator.plant(releases=4)
    repo = Repo.make(tmp_path / "kho")
    simulator.write(life, repo)
    assert life.events[2].recorded.isoformat() > "2019-03-01"
    command = ["export", "pack", "--root", str(repo.folder), "--as-of", "2019-03-01", "--no-site"]
    assert main([*command, "--output", str(tmp_path / "a.zip")]) == 0
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        answers = json.loads(archive.read("verify.json"))
    assert answers["day"] == "2019-03-01"
    assert [answer["doubts"] for answer in answers["answers"] if answer["doubts"]] == []
    assert answers["holds"]


def test_what_is_not_committed_is_told_and_no_pack_made(
    signed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "bản sao"
    subprocess.run(["git", "clone", "-q", str(signed), str(other)], check=True)
    (other / "qms.yml").write_text((other / "qms.yml").read_text("utf-8") + "\n", "utf-8")
    target = tmp_path / "a.zip"
    assert main(["export", "pack", "--root", str(other), "--output", str(target)]) == 2
    assert "qms.yml" in capsys.readouterr().err
    assert not target.exists()


def test_evidence_that_may_not_be_published_stays_out_unless_asked_for(
    signed: Path, tmp_path: Path
) -> None:
    without = _names(_pack(signed, tmp_path / "a.zip", "UTC", "--no-site"))
    whole = _names(_pack(signed, tmp_path / "b.zip", "UTC", "--no-site", "--all-evidence"))
    added = {*whole} - {*without}
    assert added
    assert all(name.startswith("releases/") for name in added)


@pytest.mark.parametrize(
    ("said", "is_in"),
    [
        ("publish: true", True),
        ("publish: false", False),
        ("kind: scan", False),  # saying nothing does not allow it
        ("", False),  # nothing names it
    ],
)
def test_nor_does_evidence_of_what_goes_round_or_what_nothing_names(
    signed: Path, tmp_path: Path, said: str, *, is_in: bool
) -> None:
    repo = Repo(tmp_path / "kho")
    subprocess.run(["git", "clone", "-q", str(signed), str(repo.folder)], check=True)
    file = "releases/evidence/phieu.pdf"
    row = "{document: QT VP 01, release: 1, unit: VP, handed_out: 2024-01-10, evidence: "
    named = f"{row}[{{file: {file}, {said}, digest: abc}}]}}\n"
    files: dict[str, str | bytes] = {file: b"%PDF"}
    if said:
        files["releases/copies.yml"] = f"schema: 1\ncopies:\n  - {named}"
    repo.commit("Phiếu", files)
    names = _names(_pack(repo.folder, tmp_path / "a.zip", "UTC", "--no-site"))
    assert (file in names) == is_in
    assert file in _names(
        _pack(repo.folder, tmp_path / "b.zip", "UTC", "--no-site", "--all-evidence")
    )
    assert "releases/0001.yml" in names
