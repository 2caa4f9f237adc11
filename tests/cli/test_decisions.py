"""Decisions as they really are: withdrawn, scheduled, overtaken, recorded without evidence."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from qmstool.manual.loading.loader import load
from qmstool.storage.tree import FolderTree
from tests.support.cli.scenes import FIRST, SECOND, make_scene, run_command, tool

if TYPE_CHECKING:
    from pathlib import Path

    from qmstool.manual.releases import Release
    from tests.support.repository import Repo

TODAY = "1717200000"  # 2024-06-01
HOTFIX = SECOND.replace("Văn phòng giữ danh mục", "Văn phòng lập và giữ danh mục")
OTHER = """\
---
code: {code}
type: procedure
title: Quy trình {code}
owner: VP
approver: giam-doc
---

# Quy trình {code}

## 1. Mục đích

{text}
"""


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY)
    return make_scene(tmp_path / "kho")


def prepare(repo: Repo, key: str, *more: str) -> int:
    status = tool(repo, "release", "prepare", key, "--title", f"Đợt {key}", *more)
    if status == 0:
        repo.commit(f"Lập hồ sơ {key}")
    return status


def record(repo: Repo, key: str, effective: str, *more: str) -> int:
    words = ["--kind", "decision", "--number", f"{key}/QĐ", "--date", effective]
    words += ["--person", "le-thi-mau", "--role", "giam-doc", "--reference", "paper=Sổ văn bản đi"]
    words += ["--effective", effective, "--recorder", "van-thu", *more]
    status = tool(repo, "release", "record", key, *words)
    if status == 0:
        repo.commit(f"Ghi nhận {key}")
    return status


def releases(repo: Repo) -> tuple[Release, ...]:
    return load(FolderTree(repo.folder)).releases


def issue(repo: Repo, key: str, effective: str, files: dict[str, str], *more: str) -> None:
    """Changed, prepared, recorded on the day it takes effect."""
    repo.commit(f"Sửa {key}\n\nReason: phiếu {key}", files)
    assert prepare(repo, key, *more) == 0
    assert record(repo, key, effective, "--recorded", min(effective, "2024-06-01")) == 0


def new(code: str, text: str = "Lời văn.") -> dict[str, str]:
    path = f"procedures/{code.lower().replace(' ', '-')}.md"
    return {path: OTHER.format(code=code, text=text)}


# --- (a) withdrawn is withdrawn


@pytest.mark.parametrize("code", ["QT KT 05", "QT VP 33", "QT KT 09"])
def test_a_withdrawn_document_comes_back_by_an_explicit_act_alone(
    repo: Repo, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    issue(repo, "a", "2024-03-01", new(code))
    assert tool(repo, "withdraw", code, "--yes") == 0
    repo.commit("Đề nghị bãi bỏ\n\nReason: hết dùng")
    assert prepare(repo, "b") == 0
    assert record(repo, "b", "2024-04-01", "--recorded", "2024-04-01") == 0
    assert [(item.code, item.act) for item in releases(repo)[-1].items] == [(code, "withdraw")]
    # What is withdrawn has no text of its own any more, though its file lies there.
    assert (releases(repo)[-1].items[0].files, releases(repo)[-1].items[0].digest) == ((), "")
    path = next(iter(new(code)))
    assert "withdraw: next" in (repo.folder / path).read_text()
    # The file is there, changed or not, marked or not: it is no candidate.
    assert prepare(repo, "c") == 2
    repo.commit("Sửa chữ", new(code, "Lời văn khác."))
    assert prepare(repo, "c") == 2
    capsys.readouterr()
    assert prepare(repo, "c", "--only", code) == 2
    assert f"--act '{code}=new'" in capsys.readouterr().err
    assert prepare(repo, "c", "--act", f"{code}=new") == 0
    item = load(FolderTree(repo.folder)).candidates["releases/candidates/c.yml"].items[0]
    assert (item.act, item.issue, item.revision, item.follows) == ("new", "2", "0", 0)


def test_a_mark_is_taken_out_again_and_stands_against_bringing_back(repo: Repo) -> None:
    files = new("QT KT 05")
    issue(repo, "a", "2024-03-01", files)
    path, text = next(iter(files.items()))
    assert tool(repo, "withdraw", "qt kt 05", "--yes") == 0
    marked = (repo.folder / path).read_text()
    assert marked == text.replace("code: QT KT 05\n", "code: QT KT 05\nwithdraw: next\n")
    repo.commit("Đánh dấu")
    assert prepare(repo, "b", "--act", "QT KT 05=revise") == 2
    assert tool(repo, "withdraw", "QT KT 05", "--undo", "--yes") == 0
    assert (repo.folder / path).read_text() == text
    assert tool(repo, "withdraw", "QT KT 77") == 2


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_the_mark_keeps_the_line_ends_of_the_file(repo: Repo, ending: str) -> None:
    path, text = next(iter(new("QT KT 05").items()))
    data = text.replace("\n", ending).encode()
    repo.commit("Thêm\n\nReason: x", {path: data})
    assert prepare(repo, "a") == 0
    assert record(repo, "a", "2024-03-01") == 0
    assert tool(repo, "withdraw", "QT KT 05", "--yes") == 0
    line = f"code: QT KT 05{ending}".encode()
    assert (repo.folder / path).read_bytes() == data.replace(
        line, line + f"withdraw: next{ending}".encode()
    )


def test_what_was_never_issued_or_is_withdrawn_cannot_be_withdrawn(repo: Repo) -> None:
    repo.commit("Thêm", new("QT KT 05"))
    assert tool(repo, "withdraw", "QT KT 05", "--yes") == 2


def test_a_file_that_is_gone_is_an_error_with_the_way_to_withdraw_it(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    issue(repo, "a", "2024-03-01", new("QT KT 05"))
    (repo.folder / "procedures/qt-kt-05.md").unlink()
    repo.commit("Mất")
    status, out = run_command(capsys, "check", "--root", str(repo.folder), "--no-cache")
    assert status == 1
    assert "QMS418" in out
    blob = re.search(r"git show (\w{12})", out)
    assert blob
    assert repo.git("cat-file", "-p", blob[1]) == new("QT KT 05")["procedures/qt-kt-05.md"].strip()
    assert prepare(repo, "b") == 2
    assert "--act 'QT KT 05=withdraw'" in capsys.readouterr().err
    assert prepare(repo, "b", "--act", "QT KT 05=withdraw") == 0
    # It lies before the signer: nothing is wrong any more.
    assert "QMS418" not in run_command(capsys, "check", "--root", str(repo.folder), "--no-cache")[1]
    assert record(repo, "b", "2024-04-01") == 0
    assert "QMS418" not in run_command(capsys, "check", "--root", str(repo.folder), "--no-cache")[1]


def test_withdrawing_what_the_same_release_prescribes_is_told(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    both = new("QT KT 05") | new("QT KT 06", "Làm theo QT KT 05.")
    issue(repo, "a", "2024-03-01", both)
    capsys.readouterr()
    assert tool(repo, "withdraw", "QT KT 05", "--yes") == 0
    assert "QT KT 06" in capsys.readouterr().err
    repo.commit("Bãi bỏ", new("QT KT 06", "Luôn làm theo QT KT 05."))
    capsys.readouterr()
    assert prepare(repo, "b") == 0
    assert "bãi bỏ QT KT 05, nhưng QT KT 06 (cùng hồ sơ)" in capsys.readouterr().err


# --- (b) one predecessor


def scheduled(repo: Repo) -> None:
    """Release 2 in force, release 3 scheduled for 1 September."""
    issue(
        repo,
        "a",
        "2024-02-01",
        {"procedures/qt-vp-01.md": FIRST + "\nMột.\n"},
        "--number",
        "QT VP 01=1/1",
    )
    issue(repo, "b", "2024-09-01", {"procedures/qt-vp-01.md": SECOND + "\nMột.\n"})


def test_a_hotfix_is_compared_with_what_is_in_force_and_names_what_it_carries(
    repo: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scheduled(repo)
    repo.commit(
        "Nóng\n\nReason: gấp",
        {
            "procedures/qt-vp-01.md": HOTFIX.replace("## 1. Mục đích", "## 1. Mục đích chung")
            + "\nMột.\n"
        },
    )
    capsys.readouterr()
    assert prepare(repo, "c", "--dossier", str(tmp_path / "in")) == 0
    told = capsys.readouterr().err
    assert "QT VP 01: so sánh với bản có hiệu lực ngày 2024-06-01: đợt 2 (1/1)." in told
    table = (tmp_path / "in/4-bang-so-sanh.html").read_text()
    assert "đợt 2, lần ban hành 1, lần sửa đổi 1" in table
    assert "Chú ý: đợt 3" in table
    assert "Sửa khác với đợt ấy ở các mục: 2. Cách làm" in table
    for name in ("1-to-trinh", "2-du-thao-quyet-dinh", "3-toan-van-qt-vp-01", "5-noi-nhan"):
        page = (tmp_path / f"in/{name}.html").read_text()
        assert re.search(r"đợt 2|Đợt 2", page), name
    # Recorded and printed again, the papers name the same version.
    assert record(repo, "c", "2024-06-05") == 0
    assert tool(repo, "release", "dossier", "c", "--dossier", str(tmp_path / "lai")) == 0
    assert (tmp_path / "lai/4-bang-so-sanh.html").read_text() == table


def test_on_the_day_of_the_scheduled_one_it_is_the_predecessor(
    repo: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scheduled(repo)
    repo.commit("Sửa\n\nReason: x", {"procedures/qt-vp-01.md": HOTFIX + "\nMột.\n"})
    assert prepare(repo, "c", "--effective", "2024-10-01", "--dossier", str(tmp_path / "in")) == 0
    assert "ngày 2024-10-01: đợt 3 (1/2)." in capsys.readouterr().err
    assert "Chú ý: đợt" not in (tmp_path / "in/4-bang-so-sanh.html").read_text()
    decision = (tmp_path / "in/2-du-thao-quyet-dinh.html").read_text()
    assert "kể từ ngày 01/10/2024. Bản trước" in decision
    # Days stand as people write them on every sheet.
    replaced = (tmp_path / "in/5-noi-nhan.html").read_text()
    assert "/QĐ ngày 01/09/2024" in replaced
    assert "2024-09-01" not in replaced


@pytest.mark.parametrize(
    ("prepared", "recorded", "seen", "standing"),
    [("", "2024-09-15", "đợt 2 (1/1)", "đợt 3 (1/2)"), ("2024-10-01", "2024-07-01", "đợt 3 (1/2)", "đợt 2 (1/1)"), ("2024-10-01", "2024-01-15", "đợt 3 (1/2)", "đợt 1 (chưa rõ/chưa rõ)")],
)  # fmt: skip
def test_another_version_in_force_than_the_signer_saw_stops(
    repo: Repo, prepared: str, recorded: str, seen: str, standing: str, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    scheduled(repo)
    repo.commit("Sửa\n\nReason: x", {"procedures/qt-vp-01.md": HOTFIX + "\nMột.\n"})
    assert prepare(repo, "c", *(["--effective", prepared] if prepared else [])) == 0
    capsys.readouterr()
    assert record(repo, "c", recorded) == 2
    told = capsys.readouterr().err
    assert f"so sánh với {seen}" in told
    assert f"là {standing}" in told
    assert "2. Cách làm" in told
    assert "--as-signed" in told
    assert len(releases(repo)) == 3
    assert record(repo, "c", recorded, "--as-signed") == 0
    assert releases(repo)[-1].as_signed
    assert "as_signed: true" in (repo.folder / "releases/0004.yml").read_text()


def test_seen_as_it_is_in_force_nothing_is_said_of_it(repo: Repo) -> None:
    scheduled(repo)
    repo.commit("Sửa\n\nReason: x", {"procedures/qt-vp-01.md": HOTFIX + "\nMột.\n"})
    assert prepare(repo, "c") == 0
    assert record(repo, "c", "2024-06-10", "--as-signed") == 0
    assert not releases(repo)[-1].as_signed
    assert [item.follows for item in releases(repo)[-1].items] == [2]


def test_what_is_scheduled_already_is_no_candidate(repo: Repo) -> None:
    scheduled(repo)
    assert prepare(repo, "c") == 2


# --- (e) without evidence


@pytest.mark.parametrize("missing", ["--number", "--date", "--person", "--reference"])
def test_a_record_that_lacks_something_wants_it_said(
    repo: Repo, missing: str, capsys: pytest.CaptureFixture[str]
) -> None:
    repo.commit("Sửa\n\nReason: x", new("QT KT 05"))
    assert prepare(repo, "a") == 0
    given = {
        "--number": "1/QĐ",
        "--date": "2024-03-01",
        "--person": "le-thi-mau",
        "--reference": "paper=Sổ",
    }
    words = [
        "release",
        "record",
        "a",
        "--kind",
        "decision",
        "--effective",
        "2024-03-01",
        "--recorder",
        "v",
    ]
    for name, value in given.items():
        words += [name, value] if name != missing else []
    capsys.readouterr()
    assert tool(repo, *words) == 2
    assert missing.replace("--reference", "--evidence") in capsys.readouterr().err
    assert tool(repo, *words, "--without-evidence") == 0
    repo.commit("Ghi nhận")
    for command in (["as-of", "2024-06-01"], ["register", "internal"], ["history", "QT KT 05"]):
        _, out = run_command(capsys, *command, "--root", str(repo.folder), "--format", "csv")
        assert "đang có hiệu lực – chưa có bằng chứng phê duyệt" in out, command


def test_signed_on_the_cover_has_no_number(repo: Repo) -> None:
    repo.commit("Sửa\n\nReason: x", new("QT KT 05"))
    assert prepare(repo, "a") == 0
    words = [
        "--kind",
        "cover",
        "--date",
        "2024-03-01",
        "--person",
        "le-thi-mau",
        "--effective",
        "2024-03-01",
    ]
    assert (
        tool(repo, "release", "record", "a", *words, "--recorder", "v", "--reference", "paper=Bìa")
        == 0
    )
    assert not releases(repo)[-1].without_evidence


# --- (c) one answer


def rows(repo: Repo, capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, str]]:
    status, out = run_command(capsys, *words, "--root", str(repo.folder), "--format", "json")
    assert status == 0, out
    return list(json.loads(out))


def test_an_overtaken_release_takes_effect_nowhere(
    repo: Repo, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    scheduled(repo)
    repo.commit("Sửa\n\nReason: x", {"procedures/qt-vp-01.md": HOTFIX + "\nMột.\n"})
    assert prepare(repo, "c") == 0
    assert record(repo, "c", "2024-06-10", "--recorded", "2024-06-05") == 0
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1735700000")  # 2025-01-01
    told = [row["what"] for row in rows(repo, capsys, "trail", "--document", "QT VP 01")]
    assert "có hiệu lực từ 2024-09-01" not in told
    assert "không có hiệu lực từ 2024-09-01 như đã định: đợt 4, ghi nhận sau, đã thay" in told
    assert "có hiệu lực từ 2024-06-10" in told
    states = {row["release"]: row["state"] for row in rows(repo, capsys, "history", "QT VP 01")}
    assert states["3"] == "không có hiệu lực: đợt ghi nhận sau đã thay thế"
    for day in ("2024-06-10", "2024-09-01", "2025-01-01"):
        found = {row["code"]: row["release"] for row in rows(repo, capsys, "as-of", day)}
        assert found["QT VP 01"] == "4", day


def test_a_withdrawal_is_called_so_everywhere(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    issue(repo, "a", "2024-03-01", new("QT KT 05"))
    assert tool(repo, "withdraw", "QT KT 05", "--yes") == 0
    repo.commit("Bãi bỏ\n\nReason: hết dùng")
    assert prepare(repo, "b") == 0
    assert record(repo, "b", "2024-04-01", "--recorded", "2024-04-01") == 0
    told = [row["what"] for row in rows(repo, capsys, "trail", "--document", "QT KT 05")]
    assert "bãi bỏ từ 2024-04-01" in told
    assert "có hiệu lực từ 2024-04-01" not in told
    assert rows(repo, capsys, "history", "QT KT 05")[0]["state"] == "bãi bỏ"
    listed = {row["code"]: row["state"] for row in rows(repo, capsys, "register", "internal")}
    assert listed["QT KT 05"] == "bãi bỏ"
    assert "QT KT 05" not in {row["code"] for row in rows(repo, capsys, "as-of", "2024-04-01")}


def test_a_record_put_right_takes_effect_nowhere(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    repo.commit("Thêm\n\nReason: x", new("QT KT 05"))
    assert prepare(repo, "a") == 0
    assert record(repo, "a", "2024-02-01", "--recorded", "2024-02-01") == 0
    assert record(repo, "a", "2024-03-01", "--recorded", "2024-03-02", "--mends", "2") == 0
    told = [row["what"] for row in rows(repo, capsys, "trail", "--document", "QT KT 05")]
    assert "không tính: bản ghi sai, đợt 3 ghi lại" in told
    assert "có hiệu lực từ 2024-02-01" not in told


def test_two_releases_of_one_day_recall_what_the_signer_saw(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    issue(
        repo,
        "a",
        "2024-05-01",
        {"procedures/qt-vp-01.md": FIRST + "\nMột.\n"},
        "--number",
        "QT VP 01=1/1",
    )
    repo.commit("Sửa\n\nReason: x", {"procedures/qt-vp-01.md": SECOND})
    assert prepare(repo, "b", "--effective", "2024-05-01") == 0
    assert record(repo, "b", "2024-05-01", "--recorded", "2024-05-02") == 0
    back = [
        row
        for row in rows(repo, capsys, "distribution", "--recall", "3")
        if row["act"] == "thu hồi"
    ]
    assert [(row["code"], row["issue"], row["revision"]) for row in back] == [
        ("QT VP 01", "1", "1")
    ]


# --- (d) the past as it was known


@pytest.mark.parametrize("day", ["1990-01-01", "2023-12-31", "2024-01-05"])
def test_a_day_before_anything_is_known_says_so(
    repo: Repo, day: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    issue(repo, "a", "2024-03-01", new("QT KT 05"))
    for command in (["as-of", day], ["register", "internal", "--as-of", day]):
        capsys.readouterr()
        assert tool(repo, *command, "--format", "json") == 0
        out, told = capsys.readouterr()
        assert json.loads(out) == [], command
        assert "ở trước mọi điều đã ghi nhận: sớm nhất là ngày 2024-01-06" in told
    for command in (["export", "pdf"], ["export", "pack"]):
        output = tmp_path / "ra"
        assert tool(repo, *command, "--as-of", day, "--output", str(output)) == 2
        assert day in capsys.readouterr().err
        assert not output.exists()


def test_texts_taken_over_stand_apart(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    issue(repo, "a", "2024-03-01", {"procedures/qt-vp-01.md": SECOND}, "--number", "QT VP 01=1/1")
    found = rows(repo, capsys, "as-of", "2024-03-01")
    assert [row["grounds"] for row in found] == sorted(
        (row["grounds"] for row in found), reverse=True
    )
    assert found[0]["code"] == "QT VP 01"
    assert found[0]["grounds"] == "văn bản ban hành"
    assert {row["state"] for row in found[1:]} == {"bản tiếp nhận – chưa có bằng chứng phê duyệt"}


EXTERNALS = """\
schema: 1
documents:
  cu: {number: 1/2010/X, type: Luật, issuer: QH, title: Cũ, issued: 2010-01-01, effective: 2010-07-01, expired: 2020-01-10, status: superseded, superseded_by: [moi], checked_on: 2024-05-01}
  moi: {number: 2/2019/X, type: Luật, issuer: QH, title: Mới, issued: 2019-06-01, effective: 2020-01-10, status: amended, amended_by: [sua], checked_on: 2024-05-01}
  sua: {number: 3/2022/X, type: Luật, issuer: QH, title: Sửa, issued: 2022-01-01, effective: 2022-03-01, status: in_force, checked_on: 2024-05-01}
  mo: {number: 4/2005/X, type: Luật, issuer: QH, title: Mờ, issued: 2005-01-01, status: repealed, checked_on: 2024-05-01}
"""


@pytest.mark.parametrize(
    ("day", "states"),
    [
        ("2009-01-01", {"4/2005/X": "bị bãi bỏ (theo lần rà soát ngày 2024-05-01)"}),
        ("2010-02-01", {"1/2010/X": "chưa có hiệu lực", "4/2005/X": "bị bãi bỏ (theo lần rà soát ngày 2024-05-01)"}),
        ("2019-12-31", {"1/2010/X": "còn hiệu lực", "2/2019/X": "chưa có hiệu lực", "4/2005/X": "bị bãi bỏ (theo lần rà soát ngày 2024-05-01)"}),
        ("2021-01-01", {"1/2010/X": "đã được thay thế", "2/2019/X": "còn hiệu lực", "4/2005/X": "bị bãi bỏ (theo lần rà soát ngày 2024-05-01)"}),
        ("2023-01-01", {"1/2010/X": "đã được thay thế", "2/2019/X": "đã được sửa đổi", "3/2022/X": "còn hiệu lực", "4/2005/X": "bị bãi bỏ (theo lần rà soát ngày 2024-05-01)"}),
    ],
)  # fmt: skip
def test_external_documents_as_of_a_day(
    repo: Repo, day: str, states: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    repo.commit("Ngoài", {"procedures/external.yml": EXTERNALS})
    found = rows(repo, capsys, "register", "external", "--as-of", day)
    assert {row["number"]: row["status"] for row in found} == states


def test_verify_counts_nothing_as_approved_that_was_recorded_without_evidence(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    codes = ("QT VP 01", "QT VP 02", "STCL")
    numbers = [
        word for code in codes for word in ("--number", f"{code}=1/0", "--act", f"{code}=reissue")
    ]
    assert prepare(repo, "a", *numbers) == 0
    words = [
        "--kind",
        "notice",
        "--effective",
        "2024-03-01",
        "--recorder",
        "v",
        "--without-evidence",
    ]
    assert tool(repo, "release", "record", "a", *words) == 0
    repo.commit("Ghi nhận")
    _, out = run_command(capsys, "verify", "--root", str(repo.folder), "--format", "json")
    answers = json.loads(out)
    outcomes = {answer["key"]: answer["outcome"] for answer in answers["answers"]}
    assert {outcomes[key] for key in ("bound", "approver", "proof")} == {"not-evidenced"}
    assert not any(answer["proved"] for answer in answers["documents"])
