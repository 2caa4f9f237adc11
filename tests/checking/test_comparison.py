"""What a change brings: findings in files that it never touched, and those whom it concerns."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from qmstool.cli.main import main
from tests.support.manuals import tiny as tiny_files
from tests.support.repository import Repo

if TYPE_CHECKING:
    from pathlib import Path

OLD = (
    "# 1.1. Phạm vi\n\nTheo QT VP 09.\n\n- 2.2 Thiết kế: không áp dụng. Cơ quan không thiết kế "
    "sản phẩm nào.\n"
)
PROCEDURE = tiny_files()["procedures/qt-vp-01.md"].decode()


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """The tiny manual with one old fault, committed."""
    made = Repo.make(tmp_path / "kho")
    made.commit("Bản đầu", {**tiny_files(), "manual/1.1.md": OLD})
    return made


def since(repo: Repo, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, dict[str, Any]]:
    status = main(
        ["check", "--root", str(repo.folder), "--since", "HEAD", "--format", "json", *more]
    )
    return status, json.loads(capsys.readouterr().out)


def places(data: dict[str, Any]) -> list[str]:
    return [f"{each['slug']} {each['path']}:{each['line']}" for each in data["findings"]]


def test_no_change_brings_nothing(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    status, data = since(repo, capsys)
    assert (status, data["findings"], data["since"]) == (
        0,
        [],
        {"revision": "HEAD", "affected": []},
    )


def test_a_dropped_section_is_told_where_it_is_cited(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    repo.write({"procedures/qt-vp-01.md": PROCEDURE.replace("## 2. Cách làm", "## 3. Cách làm")})
    status, data = since(repo, capsys)
    assert status == 1
    assert places(data) == ["unknown-section manual/1.2.md:3"]
    assert [each["touched"]["vi"] for each in data["since"]["affected"]] == [
        "QT VP 01, Quy trình kiểm soát tài liệu",
        "QT VP 01, mục 2",
    ]


def test_with_the_log_too(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    repo.write({"manual/1.1.md": tiny_files()["manual/1.1.md"]})
    repo.commit("Bản đầu")
    assert main(["release", "adopt", "--root", str(repo.folder)]) == 0
    repo.commit("Ghi nhận bản tiếp nhận")
    repo.write({"procedures/qt-vp-01.md": PROCEDURE.replace("Văn phòng giữ", "Phòng Tổng hợp giữ")})
    capsys.readouterr()
    found = places(since(repo, capsys, "--history")[1])
    assert found == ["changed-since-release procedures/qt-vp-01.md:2"]


def test_lines_that_moved_bring_nothing(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    repo.write({"manual/1.1.md": OLD.replace("Theo QT", "Một đoạn mới.\n\nTheo QT")})
    assert since(repo, capsys)[0] == 0


def test_a_file_that_moved_brings_nothing(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    repo.move("manual/1.1.md", "manual/1-chuong/1.1.md")
    assert since(repo, capsys)[0] == 0


def test_the_same_fault_once_more_is_new(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    repo.write({"manual/1.1.md": OLD.replace("QT VP 09.", "QT VP 09. Và QT VP 09.")})
    assert places(since(repo, capsys)[1]) == ["unknown-code so-tay/manual/1.1.md:3"]


def test_who_cites_what_changed(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    repo.write({"procedures/qt-vp-01.md": PROCEDURE.replace("Văn phòng giữ", "Phòng Tổng hợp giữ")})
    affected = {each["touched"]["en"]: each for each in since(repo, capsys)[1]["since"]["affected"]}
    assert affected["QT VP 01, section 2"]["citing"] == [
        {"document": "STCL", "path": "manual/1.2.md", "line": 3, "column": 40}
    ]
    assert affected["QT VP 01, section 2"]["clauses"] == ["1.2"], (
        "the section that cites it answers 1.2"
    )
    assert affected["QT VP 01, Quy trình kiểm soát tài liệu"]["clauses"] == ["1.2"]
    assert list(affected) == ["QT VP 01, Quy trình kiểm soát tài liệu", "QT VP 01, section 2"]


def test_a_section_of_the_manual_concerns_its_clause_and_those_beside_it(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    repo.write(
        {
            "manual/1.2.md": tiny_files()["manual/1.2.md"]
            .decode()
            .replace("Tài liệu được", "Mọi tài liệu được")
        }
    )
    (affected,) = since(repo, capsys)[1]["since"]["affected"]
    assert (affected["touched"]["vi"], affected["clauses"]) == ("STCL, mục 1.2", ["1.2", "2.1"])
    assert [each["path"] for each in affected["citing"]] == ["manual/2.1.md"]


def test_a_clause_called_otherwise_concerns_those_who_answer_and_cite_it(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    catalogue = "clauses/catalogues/tiny-1.yml"
    text = tiny_files()["manual/1.1.md"].decode() + "\nXem điều khoản 2.1.\n"
    repo.commit("Viện dẫn", {"manual/1.1.md": text})
    repo.write(
        {
            catalogue: tiny_files()[catalogue]
            .decode()
            .replace("Đánh giá nội bộ", "Đánh giá nội bộ định kỳ")
        }
    )
    (affected,) = since(repo, capsys)[1]["since"]["affected"]
    assert affected["touched"] == {
        "vi": "Tiêu chuẩn Nhỏ:2020, điều khoản 2.1",
        "en": "Tiêu chuẩn Nhỏ:2020, clause 2.1",
    }
    assert affected["clauses"] == ["2.1", "1.1"]
    assert [each["path"] for each in affected["citing"]] == [
        "manual/1.1.md",
        "procedures/qt-vp-02.md",
    ]


def test_an_external_document_that_moved_on_concerns_those_who_cite_it(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    register = "procedures/external.yml"
    repo.write(
        {register: tiny_files()[register].decode().replace("status: in_force", "status: expired")}
    )
    (affected,) = since(repo, capsys)[1]["since"]["affected"]
    assert (affected["touched"]["vi"], affected["clauses"]) == ("Nghị định 30/2020/NĐ-CP", ["1.2"])
    assert [each["path"] for each in affected["citing"]] == ["manual/1.2.md"]


def test_the_comment_ends_with_the_table(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    repo.write({"procedures/qt-vp-01.md": PROCEDURE.replace("Văn phòng giữ", "Phòng Tổng hợp giữ")})
    assert (
        main(["check", "--root", str(repo.folder), "--since", "HEAD", "--format", "markdown"]) == 0
    )
    out = capsys.readouterr().out
    assert out.startswith("**Mới so với HEAD: 0 lỗi")
    assert out.endswith(
        "### Văn bản bị ảnh hưởng\n\n"
        "| Nơi thay đổi | Văn bản viện dẫn đến | Điều khoản |\n|---|---|---|\n"
        "| QT VP 01, Quy trình kiểm soát tài liệu | STCL <code>manual/1.2.md:3:30</code> | 1.2 |\n"
        "| QT VP 01, mục 2 | STCL <code>manual/1.2.md:3:40</code> | 1.2 |\n"
    )


def test_a_folder_of_a_repository(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outer = Repo.make(tmp_path / "kho")
    outer.commit("Bản đầu", {f"so-tay/{path}": data for path, data in tiny_files().items()})
    inner = Repo(outer.folder / "so-tay")
    inner.write({"manual/1.1.md": OLD})
    assert places(since(inner, capsys)[1]) == ["unknown-code so-tay/manual/1.1.md:3"]


@pytest.mark.parametrize("case", ["no repository", "shallow", "no revision", "unborn", "an option"])
def test_what_cannot_be_compared_is_refused(
    case: str, repo: Repo, tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root, revision = tiny, "HEAD"
    if case == "shallow":
        repo.commit("Sau")
        repo.git("clone", "-q", "--depth", "1", f"file://{repo.folder}", str(tiny / "nong"))
        root = tiny / "nong"
    elif case == "unborn":
        Repo.make(tiny)
    elif case != "no repository":
        root, revision = repo.folder, {"no revision": "khong-co", "an option": "--output=x"}[case]
    assert main(["check", "--root", str(root), f"--since={revision}"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1


def test_the_change_since_a_branch_is_what_this_one_brings(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    repo.commit("gốc")
    repo.git("checkout", "-q", "-b", "sửa")
    repo.commit("nhánh", {"manual/2.1.md": "# 2.1. Đánh giá nội bộ\n\nTheo theo kế hoạch.\n"})
    repo.git("checkout", "-q", "main")
    other = "# 1.1. Phạm vi\n\nMọi việc việc của đơn vị.\n"
    repo.commit("sau đó, trên main", {"manual/1.1.md": other})
    fixed = "# 1.1. Phạm vi\n\nMọi việc của đơn vị.\n"
    repo.git("checkout", "-q", "sửa")
    words = ["check", "--root", str(repo.folder), "--format", "json", "--since", "main"]
    main(words)
    told = json.loads(capsys.readouterr().out)
    assert {each["path"] for each in told["findings"]} == {"manual/2.1.md"}
    # What main has and this branch has not is no change of this branch.
    assert [each["key"] for each in told["since"]["affected"] if "1.1" in str(each)] == []
    repo.git("checkout", "-q", "main")
    repo.commit("main sửa lại", {"manual/1.1.md": fixed})
    main(["check", "--root", str(repo.folder), "--format", "json", "--since", "sửa"])
    told = json.loads(capsys.readouterr().out)
    assert {each["path"] for each in told["findings"]} & {"manual/2.1.md"} == set()
