"""Repositories by SHA-256 and with reftable; line ends and contents that git keeps otherwise."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.support.cli.forgery import TODAY, run_command
from tests.support.cli.scenes import FIRST, MANIFEST, SECOND
from tests.support.manuals import tiny
from tests.support.repository import Repo

if TYPE_CHECKING:
    from pathlib import Path

PATH = "procedures/qt-vp-01.md"
SIGNED = (
    "--kind", "decision", "--number", "2/QĐ-VD", "--date", "2024-03-01", "--person", "le-thi-mau",
    "--role", "giam-doc", "--effective", "2024-03-01", "--recorder", "van-thu", "--reference", "paper=Sổ",
)  # fmt: skip


def has_reftable() -> bool:
    done = subprocess.run(["git", "init", "-h"], capture_output=True, text=True, check=False)
    return "--ref-format" in done.stdout + done.stderr


FORMATS = [
    pytest.param(("--object-format=sha256",), 64, id="sha256"),
    pytest.param(
        ("--ref-format=reftable",),
        40,
        id="reftable",
        marks=pytest.mark.skipif(not has_reftable(), reason="this git knows no reftable"),
    ),
    pytest.param((), 40, id="plain"),
]


def make(folder: Path, *options: str) -> Repo:
    folder.mkdir()
    repo = Repo(folder)
    repo.git("init", "-q", "-b", "main", *options)
    return repo


def live(repo: Repo) -> None:
    """Two releases, the second prepared, signed and recorded, and tagged."""
    root = ("--root", str(repo.folder))
    assert run_command("release", "adopt", *root)[0] == 0
    repo.commit("Ghi nhận bản tiếp nhận", day="2024-01-06")
    repo.commit("Sửa\n\nReason: phiếu 7", {PATH: SECOND}, day="2024-02-10")
    said = ("--title", "Đợt 2", "--number", "QT VP 01=1/1", "--only", "QT VP 01")
    assert run_command("release", "prepare", "dot-2", *root, *said)[0] == 0
    repo.commit("Lập hồ sơ", day="2024-02-20")
    assert run_command("release", "record", "dot-2", *root, *SIGNED)[0] == 0
    repo.commit("Ghi nhận đợt 2", day="2024-03-01")
    repo.git("tag", "release/0002", "HEAD~2")


def pins(repo: Repo) -> list[str]:
    found = []
    for path in sorted((repo.folder / "releases").glob("0*.yml")):
        lines = path.read_text(encoding="utf-8").splitlines()
        found += [
            line.split("blob: ")[1].split(",")[0].strip(' "}') for line in lines if "blob: " in line
        ]
    return found


def asked(repo: Repo) -> list[int]:
    words = (
        ("check", "--history"), ("verify",), ("diff", "QT VP 01", "1", "2"), ("trail",),
        ("history", "QT VP 01"), ("as-of", "2024-03-02"),
        ("register", "internal", "--as-of", "2024-03-02"), ("check", "--since", "HEAD~1"),
    )  # fmt: skip
    return [run_command(*command, "--root", str(repo.folder))[0] for command in words]


@pytest.mark.parametrize(("options", "digits"), FORMATS)
def test_a_life_in_a_repository_of_another_format(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], digits: int
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY)
    repo = make(tmp_path / "kho", *options)
    repo.commit("Bản đầu", {**tiny(), "qms.yml": MANIFEST, PATH: FIRST}, day="2024-01-05")
    live(repo)
    found = pins(repo)
    assert {len(blob) for blob in found} == {digits}
    assert all(repo.git("cat-file", "-t", blob) == "blob" for blob in found)
    assert asked(repo) == [0] * 8
    status, out = run_command("verify", "--root", str(repo.folder), "--format", "json")
    assert status == 0
    assert [doubt for each in json.loads(out)["answers"] for doubt in each["doubts"]] == []


def test_core_autocrlf_accuses_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A checkout as Windows has it: every text with CRLF on disk, LF in git."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY)
    origin = make(tmp_path / "gốc")
    origin.commit("Bản đầu", {**tiny(), "qms.yml": MANIFEST, PATH: FIRST}, day="2024-01-05")
    origin.git("-c", "core.autocrlf=true", "clone", "-q", str(origin.folder), str(tmp_path / "kho"))
    repo = Repo(tmp_path / "kho", 50)
    repo.git("config", "core.autocrlf", "true")
    (repo.folder / PATH).unlink()
    repo.git("checkout", "-q", "--", ".")
    assert b"\r\n" in (repo.folder / PATH).read_bytes()
    live(repo)
    assert all(repo.git("cat-file", "-t", blob) == "blob" for blob in pins(repo))
    assert asked(repo) == [0] * 8
    for command in (("check",), ("check", "--history"), ("check", "--since", "HEAD")):
        _, out = run_command(*command, "--root", str(repo.folder), "--format", "json", "--no-cache")
        assert [each["slug"] for each in json.loads(out)["findings"]] == []
