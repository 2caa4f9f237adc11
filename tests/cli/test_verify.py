from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import pytest

from qmstool.releases.record import check_code
from tests.support.cli.scenes import make_scene, run_command, sign_release

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.repository import Repo


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    made = make_scene(tmp_path / "kho")
    (tmp_path / "12-qd.pdf").write_bytes(b"%PDF-1.7 da ky\r\n")
    sign_release(
        made,
        "--evidence",
        f"signed-file={tmp_path / '12-qd.pdf'}",
        "--original",
        "Hệ thống văn bản điện tử",
    )
    return made


def verified(
    repo: Repo, capsys: pytest.CaptureFixture[str], *words: str
) -> tuple[int, dict[str, Any]]:
    status, out = run_command(
        capsys, "verify", "--root", str(repo.folder), "--format", "json", *words
    )
    return status, json.loads(out)


def outcomes(found: dict[str, Any]) -> dict[str, str]:
    return {each["key"]: each["outcome"] for each in found["answers"]}


def test_an_honest_repository_has_no_no(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    status, found = verified(repo, capsys)
    assert (status, found["holds"]) == (0, True)
    assert outcomes(found)["whole"] == "not-evidenced"
    assert [each["level"]["vi"].split(",")[0] for each in found["releases"]] == [
        "chưa có bằng chứng phê duyệt",
        "tệp có chữ ký số chuyên dùng công vụ",
    ]
    status, text = run_command(capsys, "verify", "--root", str(repo.folder))
    assert status == 0
    assert "chưa có bằng chứng    Phê duyệt có gắn với đúng nội dung không?" in text
    assert "releases/evidence/0002-12-qd.pdf" in text
    assert "0 không" in text.splitlines()[-1]


@pytest.mark.parametrize("form", ["digest", "code", "numbered", "file", "copy"])
def test_a_witness_kept_outside(
    repo: Repo, capsys: pytest.CaptureFixture[str], tmp_path: Path, form: str
) -> None:
    data = (repo.folder / "releases/0002.yml").read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    (tmp_path / "nhan-chung.txt").write_text(f"Đợt 0002 {check_code(digest)}\n", encoding="utf-8")
    (tmp_path / "ban-sao.yml").write_bytes(data)
    given = {
        "digest": digest.upper(),
        "code": check_code(digest),
        "numbered": f"0002 {check_code(digest)}",
        "file": str(tmp_path / "nhan-chung.txt"),
        "copy": str(tmp_path / "ban-sao.yml"),
    }[form]
    status, found = verified(repo, capsys, "--witness", given)
    assert (status, outcomes(found)["whole"]) == (0, "yes")
    repo.git("reset", "-q", "--hard", "HEAD~1")
    status, found = verified(repo, capsys, "--witness", given)
    assert (status, outcomes(found)["whole"]) == (1, "no")


def test_tamperings_are_told_with_their_place(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    path = repo.folder / "releases/evidence/0002-12-qd.pdf"
    path.write_bytes(b"%PDF-1.7 da sua\r\n")
    status, found = verified(repo, capsys)
    assert (status, outcomes(found)["proof"]) == (1, "no")
    (doubt,) = next(each["doubts"] for each in found["answers"] if each["key"] == "proof")
    assert (doubt["slug"], doubt["path"]) == ("evidence-differs", "releases/0002.yml")
    assert doubt["line"] > 1


def test_a_file_that_cannot_be_read_is_said(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(capsys, "verify", "--root", str(repo.folder), "--trust", "khong-co")[0] == 2
