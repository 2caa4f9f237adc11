from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from qmstool.candidates.candidate import NOTHING_TO_SIGN
from qmstool.cli.main import main
from qmstool.findings import Severity
from qmstool.manual.loading.loader import load
from qmstool.storage import files
from qmstool.storage.tree import FolderTree
from tests.support.cli.scenes import (
    FIRST,
    MANIFEST,
    SECOND,
    change,
    make_scene,
    prepare,
    record,
    run_command,
    sign_release,
)
from tests.support.keys import KeyPairs
from tests.support.manuals import tiny
from tests.support.repository import Repo
from tests.support.second_text import findings_in

if TYPE_CHECKING:
    from qmstool.manual.releases import Release


ROOT = Path(__file__).parents[2]


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return make_scene(tmp_path / "kho")


def newest(repo: Repo) -> Release:
    manual = load(FolderTree(repo.folder))
    assert [
        each for each in manual.problems if each.violation.location.path.startswith("releases/")
    ] == []
    return manual.releases[-1]


def test_prepare_freezes_a_commit_and_main_moves_on(repo: Repo, tmp_path: Path) -> None:
    change(repo)
    assert prepare(repo, "--dossier", str(tmp_path / "in")) == 0
    assert (tmp_path / "in/1-to-trinh.html").is_file()
    assert not (repo.folder / "build").exists()
    repo.commit("Lập hồ sơ", {"procedures/qt-vp-01.md": SECOND.replace("hằng tháng", "hằng tuần")})
    assert record(repo) == 0
    item = next(each for each in newest(repo).items if each.code == "QT VP 01")
    assert repo.git("cat-file", "blob", item.files[0].blob) == SECOND.strip()


def test_what_follows_an_unknown_number_has_to_be_said(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    change(repo)
    words = ["release", "prepare", "dot-2", "--root", str(repo.folder), "--title", "x"]
    assert run_command(capsys, *words)[0] == 2
    assert main(words) == 2
    assert "--number 'QT VP 01=1/1'" in capsys.readouterr().err
    assert not (repo.folder / "releases/candidates").exists()


def test_a_candidate_is_not_written_twice_nor_with_errors_nor_for_nothing(repo: Repo) -> None:
    assert prepare(repo) == 2
    change(repo)
    assert prepare(repo) == 0
    assert prepare(repo) == 2
    repo.commit(
        "Hỏng",
        {
            "procedures/qt-kt-01.md": (repo.folder / "procedures/qt-kt-01.md").read_text()
            + "\nTheo QT VP 77.\n"
        },
    )
    assert prepare(repo, key="dot-3") == 2
    assert prepare(repo, "--commit", "HEAD~1", key="dot-3") == 0


def second_text(organisation: str) -> dict[str, str | bytes]:
    """The files of one organisation with the catalogue shipped; its planted errors put up with."""
    folder = ROOT / "tests/data/second" / organisation
    files: dict[str, str | bytes] = {
        each.relative_to(folder).as_posix(): each.read_bytes()
        for each in folder.rglob("*")
        if each.is_file()
    }
    catalogue = "clauses/catalogues/iso-9001-2015.yml"
    errors = {each.slug for each in findings_in(organisation) if each.severity is Severity.ERROR}
    off = f"check:\n  off: [{', '.join(errors)}]\n"
    manifest = (folder / "qms.yml").read_text("utf-8").replace("check:\n", off)
    return {**files, catalogue: (ROOT / catalogue).read_bytes(), "qms.yml": manifest}


def test_of_the_real_manual_what_was_changed_is_offered_and_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Words of STCL were mended since the import; of QT BIS 01 it recorded no text."""
    repo = Repo.make(tmp_path / "kho")
    files: dict[str, str | bytes] = {"qms.yml": (ROOT / "qms.yml").read_bytes()}
    for folder in ("manual", "procedures", "clauses", "releases", "site"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file():
                files[path.relative_to(ROOT).as_posix()] = path.read_bytes()
    repo.commit("Sổ tay", files)
    assert main(["release", "prepare", "dot-2", "--root", str(repo.folder), "--title", "x"]) == 2
    assert "STCL, QT BIS 01. " in capsys.readouterr().err


LINKED = """
Theo [mẫu](m%E1%BA%ABu%20s%E1%BB%95.docx), [mẫu](<mẫu sổ.docx>), ![hình](<hình 1.png>), [mẫu][m],
<a href="m%E1%BA%ABu%20s%E1%BB%95.docx">mẫu</a> và https://example.vn/s%E1%BB%95.

> [!NOTE]
> Xem [hình](h%C3%ACnh%201.png).

[m]: m%E1%BA%ABu%20s%E1%BB%95.docx

!!! note "Cũ"
    ![hình](h%C3%ACnh%201.png)
"""


@pytest.mark.parametrize("organisation", ["", "factory", "hospital", "laboratory", "school"])
def test_what_nobody_changed_since_its_release_is_not_offered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], organisation: str
) -> None:
    repo = Repo.make(tmp_path / "kho")
    files: dict[str, str | bytes] = {**tiny(), "qms.yml": MANIFEST}
    files["procedures/qt-vp-01.md"] = FIRST + LINKED
    files |= {"procedures/mẫu sổ.docx": b"PK", "procedures/hình 1.png": b"\x89PNG"}
    if organisation:
        files = second_text(organisation)
    repo.commit("Bản đầu", files, day="2024-01-05")
    assert main(["release", "adopt", "--root", str(repo.folder)]) == 0
    repo.commit("Ghi nhận bản tiếp nhận", day="2024-01-06")
    assert main(["release", "prepare", "dot-2", "--root", str(repo.folder), "--title", "x"]) == 2
    assert NOTHING_TO_SIGN.vi in capsys.readouterr().err


def test_what_is_not_committed_and_what_has_no_reason_are_said(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    repo.commit("Không nói vì sao", {"procedures/qt-vp-01.md": SECOND})
    repo.write({"procedures/qt-vp-01.md": SECOND + "\nThêm.\n"})
    assert prepare(repo) == 0
    told = capsys.readouterr().err
    assert "QT VP 01: chưa có lý do" in told
    assert "procedures/qt-vp-01.md" in told


@pytest.mark.parametrize(
    "words", [["--act", "QT VP 01=sua"], ["--act", "QT VP 09=revise"], ["--number", "QT VP 01=mot"]]
)
def test_a_slip_of_the_secretary_is_refused(repo: Repo, words: list[str]) -> None:
    change(repo)
    assert prepare(repo, *words) == 2


def test_evidence_is_kept_byte_for_byte(repo: Repo, tmp_path: Path) -> None:
    data = b"%PDF-1.7\r\n\x00\xff da ky\n"
    (tmp_path / "quyet dinh.pdf").write_bytes(data)
    sign_release(
        repo, "--evidence", f"signed-file={tmp_path / 'quyet dinh.pdf'}", "--reference", "paper=Sổ văn bản đi 2024, số 12",
        "--original", "Văn thư, tủ A", "--capacity", "KT.",
    )  # fmt: skip
    path = "releases/evidence/0002-quyet dinh.pdf"
    assert (repo.folder / path).read_bytes() == data
    file, paper, candidate = newest(repo).evidence
    assert (file.file, file.digest) == (path, hashlib.sha256(data).hexdigest())
    assert (file.original, file.publish) == ("Văn thư, tủ A", False)
    assert (paper.kind, paper.reference) == ("paper", "Sổ văn bản đi 2024, số 12")
    assert candidate.file == "releases/candidates/dot-2.yml"
    signer = newest(repo).signer
    assert signer is not None
    assert (signer.person, signer.role, signer.capacity) == ("le-thi-mau", "giam-doc", "KT.")


@pytest.mark.parametrize(
    "more",
    [
        ["--evidence", "anh=x.pdf"],
        ["--evidence", "scan=khong-co.pdf"],
        ["--role", "giamdoc"],
        ["--mends", "9"],
    ],
)
def test_a_wrong_record_is_refused_before_anything_is_written(repo: Repo, more: list[str]) -> None:
    change(repo)
    assert prepare(repo) == 0
    before = sorted((repo.folder / "releases").rglob("*"))
    assert record(repo, *more) == 2
    assert sorted((repo.folder / "releases").rglob("*")) == before
    assert record(repo, key="dot-9") == 2


@pytest.mark.parametrize(
    ("old", "new"), [("candidate: dot-2", "candidate: dot-3"), ("\ncommit: ", "\ncommits: ")]
)
def test_a_candidate_that_is_not_whole_or_bears_another_name_is_not_recorded(
    repo: Repo, capsys: pytest.CaptureFixture[str], old: str, new: str
) -> None:
    change(repo)
    assert prepare(repo) == 0
    path = repo.folder / "releases/candidates/dot-2.yml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    capsys.readouterr()
    assert record(repo) == 2
    assert "không đúng mẫu hồ sơ trình ký" in capsys.readouterr().err


def test_a_hotfix_that_would_cancel_a_scheduled_release_is_told(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    change(repo)
    assert prepare(repo) == 0
    repo.commit("Lập hồ sơ", day="2024-02-20")
    assert record(repo, "--recorded", "2024-03-05", effective="2999-01-01") == 0
    repo.commit(
        "Ghi nhận đợt 2",
        {"procedures/qt-vp-01.md": SECOND.replace("hằng tháng", "hằng tuần")},
        day="2024-03-05",
    )
    capsys.readouterr()
    assert prepare(repo, "--number", "QT VP 01=1/2", key="gap") == 0
    assert "QT VP 01 còn nằm trong đợt 2, đến 2999-01-01 mới có hiệu lực" in capsys.readouterr().err
    repo.commit("Lập hồ sơ gấp")
    assert record(repo, key="gap", effective="2024-04-01") == 0
    told = capsys.readouterr().err
    assert "sẽ không có hiệu lực đối với QT VP 01" in told
    assert "--cancels 2" in told
    assert newest(repo).cancels == ()
    (repo.folder / "releases/0003.yml").unlink()
    assert record(repo, "--cancels", "1", key="gap", effective="2024-04-01") == 2
    capsys.readouterr()
    assert record(repo, "--cancels", "2", key="gap", effective="2024-04-01") == 0
    assert "sẽ không có hiệu lực" not in capsys.readouterr().err
    assert [cancelled.count for cancelled in newest(repo).cancels] == [2]
    _, out = run_command(
        capsys, "register", "internal", "--root", str(repo.folder), "--format", "json"
    )
    assert (
        "đang có hiệu lực; đợt 2 sẽ không có hiệu lực, vì đợt 3, ghi nhận sau, có hiệu lực trước"
        in out
    )


@pytest.mark.parametrize(("recorded", "tells"), [("2024-02-29", True), ("2024-03-01", False)])
def test_a_day_of_recording_before_that_of_signing_is_told(
    repo: Repo, capsys: pytest.CaptureFixture[str], recorded: str, tells: bool
) -> None:
    change(repo)
    assert prepare(repo) == 0
    repo.commit("Lập hồ sơ", day="2024-02-20")
    capsys.readouterr()
    assert record(repo, "--recorded", recorded, "--lang", "en") == 0
    note = "the day of recording, 2024-02-29, lies before that of signing, 2024-03-01"
    assert (note in capsys.readouterr().err) is tells


def test_a_seal_is_made_and_checked(
    repo: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keys = KeyPairs(tmp_path)
    (tmp_path / "tin-cay").write_text(keys.line("khoa"))
    sign_release(repo, "--seal", str(keys.private("khoa")))
    words = ["verify", "--root", str(repo.folder), "--trust", str(tmp_path / "tin-cay")]
    assert run_command(capsys, *words)[0] == 0
    record_file = repo.folder / "releases/0002.yml"
    record_file.write_bytes(record_file.read_bytes().replace(b"van-thu", b"ai-khac"))
    status, out = run_command(capsys, *words)
    assert status == 1
    assert "releases/seals/0002.sig" in out


def test_a_wrong_record_is_mended_by_a_later_one(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    sign_release(repo)
    assert (
        record(
            repo,
            "--mends",
            "2",
            "--recorded",
            "2024-03-20",
            effective="2024-03-15",
            number="13/QĐ-VD",
        )
        == 0
    )
    repo.commit("Ghi lại", day="2024-03-20")
    _, before = run_command(capsys, "as-of", "2024-03-10", "--root", str(repo.folder))
    _, after = run_command(capsys, "as-of", "2024-03-15", "--root", str(repo.folder))
    assert "13/QĐ-VD" not in before
    assert "13/QĐ-VD" in after
    assert "12/QĐ-VD" not in after
    assert run_command(capsys, "verify", "--root", str(repo.folder))[0] == 0


def test_what_a_record_undoes_that_puts_another_right_is_said_at_once(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    sign_release(repo)
    again = ("--mends", "1", "--mends", "2", "--recorded", "2024-03-20")
    assert record(repo, *again, effective="2024-03-15", number="13/QĐ-VD") == 0
    (note,) = [line for line in capsys.readouterr().err.split("\n") if "không còn tính" in line]
    assert "bản ghi đợt 1 " in note
    assert "STCL" in note
    assert "QT VP 01" not in note


def test_the_first_act_is_an_import_and_only_once(repo: Repo) -> None:
    assert main(["release", "--root", str(repo.folder), "import"]) == 2
    assert main(["release", "adopt", "--root", str(repo.folder)]) == 2


def test_a_new_file_that_is_not_committed_is_said(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    change(repo)
    repo.write({"procedures/moi.md": "mới\n"})
    assert prepare(repo) == 0
    assert "procedures/moi.md" in capsys.readouterr().err


def test_a_manual_in_a_folder_of_a_repository(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inner = make_scene(tmp_path / "kho" / "so-tay")
    (inner.folder / ".git").rename(tmp_path / "bo")
    outer = type(inner).make(tmp_path / "kho")
    outer.commit("Sổ tay trong một thư mục", day="2024-01-06")
    inner.write({"procedures/qt-vp-01.md": SECOND})
    outer.commit("Sửa\n\nReason: phiếu 7", day="2024-02-10")
    assert prepare(inner) == 0
    outer.commit("Lập hồ sơ", day="2024-02-11")
    assert record(inner) == 0
    outer.commit("Ghi nhận", day="2024-03-01")
    status, out = run_command(capsys, "diff", "QT VP 01", "1", "2", "--root", str(inner.folder))
    assert status == 0
    assert "làm việc" in out
    assert run_command(capsys, "verify", "--root", str(inner.folder))[0] == 0


def test_what_lies_before_the_signer_is_shown_as_that(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    change(repo)
    words = ["register", "internal", "--root", str(repo.folder), "--format", "csv"]
    assert "đang trình ký" not in run_command(capsys, *words)[1]
    assert prepare(repo) == 0
    assert "đang trình ký" in run_command(capsys, *words)[1]
    assert record(repo) == 0
    assert "đang trình ký" not in run_command(capsys, *words)[1]


def test_one_decision_is_recorded_once_however_often_it_is_said(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    change(repo)
    assert prepare(repo) == 0
    assert record(repo) == 0
    before = {path: path.read_bytes() for path in (repo.folder / "releases").rglob("*.*")}
    capsys.readouterr()
    assert record(repo) == 0
    assert "releases/0002.yml" in capsys.readouterr().err
    assert record(repo, effective="2024-05-01") == 2
    assert "--mends 2" in capsys.readouterr().err
    after = {path: path.read_bytes() for path in (repo.folder / "releases").rglob("*.*")}
    assert after == before


@pytest.mark.parametrize("at", [1, 2])
def test_a_record_that_was_killed_between_its_writes_is_made_by_the_next_run(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    change(repo)
    assert prepare(repo) == 0
    (tmp_path / "scan.pdf").write_bytes(b"%PDF")
    told = ["--evidence", f"scan={tmp_path / 'scan.pdf'}"]
    real, count = files.write, []

    def killed(*arguments: Any, **options: Any) -> Any:
        count.append(1)
        if len(count) == at:
            real(*arguments, **options)
            raise KeyboardInterrupt
        return real(*arguments, **options)

    monkeypatch.setattr(files, "write", killed)
    assert record(repo, *told) == 130
    monkeypatch.setattr(files, "write", real)
    assert record(repo, *told) == 0
    assert record(repo, *told) == 0
    names = sorted(path.name for path in (repo.folder / "releases").rglob("*.*"))
    assert [name for name in names if name[:4].isdigit() and name[4] == "."] == [
        "0001.yml",
        "0002.yml",
    ]
    assert len([name for name in names if name.endswith(".pdf")]) == 1
    assert not list(repo.folder.rglob(".qms-unfinished-*"))


def test_who_approved_before_the_signer_is_recorded_in_order(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    change(repo)
    text = SECOND.replace("approver: giam-doc", "approver: [truong-kt, qmr, giam-doc]")
    manifest = (repo.folder / "qms.yml").read_text()
    roles = "roles:\n  truong-kt: {name: Trưởng phòng Kỹ thuật, unit: KT}\n  qmr: {name: QMR}\n"
    repo.commit(
        "Ba cấp phê duyệt",
        {"procedures/qt-vp-01.md": text, "qms.yml": manifest.replace("roles:\n", roles)},
    )
    assert prepare(repo) == 0
    with pytest.raises(SystemExit):
        record(repo, "--approval", "Trần B:truong-kt@hôm nay")
    assert record(repo, "--approval", "Trần B:truong") == 2
    assert record(repo, "--approval", "Trần B: truong-kt @2024-02-27", "--approval", "C") == 0
    recorded = newest(repo)
    assert [(each.person, each.role, str(each.date)) for each in recorded.approvals] == [
        ("Trần B", "truong-kt", "2024-02-27"),
        ("C", "unknown", "unknown"),
    ]
    assert recorded.signer is not None
    assert recorded.signer.person == "le-thi-mau"
    repo.commit("Ghi nhận")
    capsys.readouterr()
    words = ["opinions", "--signed", "dot-2", "--root", str(repo.folder), "--format", "csv"]
    _, out = run_command(capsys, *words)
    rows = [line.split(",")[2:6] for line in out.splitlines() if line.startswith("QT VP 01")]
    assert rows[-3] == ["Trần B", "Trưởng phòng Kỹ thuật", "Phòng Kỹ thuật", "2024-02-27"]
    assert [row[0] for row in rows[-2:]] == ["C", "Lê Thị Mẫu"]
    _, out = run_command(capsys, "verify", "--root", str(repo.folder), "--lang", "en")
    assert "release 2 records no approval by «QMR»" in out
    assert "no approval by «Trưởng phòng Kỹ thuật»" not in out
