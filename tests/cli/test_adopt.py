"""Taking over what was signed on paper: any release, with what the texts claim, and replaced."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest

from qmstool.cli.main import main
from qmstool.manual.loading.loader import load
from qmstool.storage.tree import FolderTree
from tests.support.cli.scenes import FIRST, make_scene, run_command, tool

if TYPE_CHECKING:
    from pathlib import Path

    from qmstool.manual.releases import Release
    from tests.support.repository import Repo

IMPORTED = "bản tiếp nhận – chưa có bằng chứng phê duyệt"


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1717200000")  # 2024-06-01
    repo = make_scene(tmp_path / "kho")
    for number in (31, 32, 33):
        repo.commit("Tìm thấy bản giấy", {f"procedures/qt-vp-{number}.md": text(f"QT VP {number}")})
    return repo


def text(code: str) -> str:
    return (
        FIRST.replace("QT VP 01", code)
        .replace("names: [quy trình kiểm soát tài liệu]\n", "")
        .replace("Quy trình kiểm soát tài liệu", f"Quy trình {code}")
    )


def releases(repo: Repo) -> tuple[Release, ...]:
    manual = load(FolderTree(repo.folder))
    assert manual.problems == ()
    return manual.releases


def rows(repo: Repo, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, dict[str, str]]:
    status, out = run_command(capsys, *words, "--root", str(repo.folder), "--format", "json")
    assert status == 0, out
    return {row["code"]: row for row in json.loads(out)}


TABLES = {
    "comma": "code,issue,revision,date,effective,signer,level,stood\nQT VP 31,2,3,2019-04-20,2019-05-01,Ông Giám đốc cũ,scan,bìa\n",
    "excel": "\ufeffMã tài liệu;Lần ban hành;Lần sửa đổi;Ngày ký;Ngày hiệu lực;Người ký;Mức bằng chứng;Ghi ở đâu\r\nqt vp 31;2;3;20/04/2019;1/5/2019;Ông Giám đốc cũ;scan;bìa\r\n;;;;;;;\r\n",
    "each": "code\tissue\tissue_stood\trevision\trevision_stood\tdate\tdate_stood\teffective\teffective_stood\tsigner\tsigner_stood\tlevel\nQT-VP-31\t2\tbìa\t3\tbìa\t20.4.2019\tbìa\t2019-05-01\tbìa\tÔng Giám đốc cũ\tbìa\tscan\n",
}


@pytest.mark.parametrize("table", [*TABLES, ""])
def test_claims_come_from_a_table_or_from_options(
    repo: Repo, table: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--level", "QT VP 31=scan"]
    for claim in (
        "issue=2",
        "revision=3",
        "date=20/4/2019",
        "effective=2019-05-01",
        "signer=Ông Giám đốc cũ",
    ):
        words += ["--claim", f"QT VP 31:{claim}@bìa"]
    if table:
        (tmp_path / "bang.csv").write_text(TABLES[table], newline="")
        words = ["--from", str(tmp_path / "bang.csv")]
    assert tool(repo, "release", "adopt", *words, "--title", "Tìm thấy ở kho") == 0
    first, second = releases(repo)
    assert first.imported
    assert (second.number, second.imported, second.takes_over) == (2, False, True)
    assert [item.code for item in second.items] == ["QT VP 31", "QT VP 32", "QT VP 33"]
    taken = second.items[0].taken_over
    assert taken is not None
    assert [(claim.what, claim.value, claim.stated_in) for claim in taken.claims] == [
        ("issue", "2", "bìa"), ("revision", "3", "bìa"), ("date", "2019-04-20", "bìa"),
        ("effective", "2019-05-01", "bìa"), ("signer", "Ông Giám đốc cũ", "bìa"),
    ]  # fmt: skip
    repo.commit("Tiếp nhận")
    found = rows(repo, capsys, "as-of", "2024-06-01")["QT VP 31"]
    assert (found["issue"], found["revision"], found["effective"], found["state"]) == (
        "2",
        "3",
        "2019-05-01",
        IMPORTED,
    )
    assert found["approver"] == "Ông Giám đốc cũ (văn bản tự ghi)"
    assert found["grounds"] == "bản tiếp nhận, không theo văn bản nào; chỉ có bản chụp"
    assert rows(repo, capsys, "register", "internal")["QT VP 32"]["state"] == IMPORTED
    # Its own word counts from its own day; the record of another release stays what it was.
    assert "QT VP 31" in rows(repo, capsys, "as-of", "2019-05-01")
    assert "QT VP 31" not in rows(repo, capsys, "as-of", "2019-04-30")
    _, out = run_command(capsys, "verify", "--root", str(repo.folder), "--format", "json")
    assert "no" not in {answer["outcome"] for answer in json.loads(out)["answers"]}


def test_the_chain_goes_on_and_the_next_revision_counts_on(repo: Repo) -> None:
    assert (
        tool(
            repo,
            "release",
            "adopt",
            "QT VP 31",
            "--claim",
            "QT VP 31:issue=2",
            "--claim",
            "QT VP 31:revision=9",
        )
        == 0
    )
    data = (repo.folder / "releases/0001.yml").read_bytes()
    assert (
        f"previous: {hashlib.sha256(data).hexdigest()}"
        in (repo.folder / "releases/0002.yml").read_text()
    )
    assert (repo.folder / "releases/0002.yml").read_text().startswith("schema: 2\n")
    repo.commit("Tiếp nhận")
    repo.commit("Sửa\n\nReason: x", {"procedures/qt-vp-31.md": text("QT VP 31") + "\nThêm.\n"})
    assert tool(repo, "release", "prepare", "a", "--title", "A", "--only", "QT VP 31") == 0
    item = load(FolderTree(repo.folder)).candidates["releases/candidates/a.yml"].items[0]
    assert (item.act, item.issue, item.revision, item.follows) == ("revise", "2", "10", 2)


def test_what_a_record_holds_is_not_taken_over_again(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tool(repo, "release", "adopt", "QT VP 01") == 2
    assert "--replaces-record 1" in capsys.readouterr().err
    assert tool(repo, "release", "adopt") == 0
    repo.commit("Tiếp nhận")
    assert tool(repo, "release", "adopt") == 2


@pytest.mark.parametrize("number", ["1", "2"])
def test_a_mistaken_take_over_is_replaced_and_shown(
    repo: Repo, number: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = "QT VP 01" if number == "1" else "QT VP 31"
    assert tool(repo, "release", "adopt", "--claim", "QT VP 31:issue=1") == 0
    repo.commit("Tiếp nhận")
    path = f"procedures/{code.lower().replace(' ', '-')}.md"
    repo.commit("Bản đúng", {path: (repo.folder / path).read_text() + "\nBản đúng.\n"})
    words = ["--replaces-record", number, "--claim", f"{code}:issue=4", "--recorder", "van-thu"]
    assert tool(repo, "release", "adopt", code, *words) == 2
    assert tool(repo, "release", "adopt", code, *words, "--reason", "nhầm bản cũ") == 0
    repo.commit("Thay")
    found = rows(repo, capsys, "as-of", "2024-06-01")
    assert (found[code]["release"], found[code]["issue"]) == ("3", "4")
    assert found["QT VP 32"]["release"] == "2"
    _, out = run_command(capsys, "history", code, "--root", str(repo.folder), "--format", "json")
    states = [(row["release"], row["state"]) for row in json.loads(out)]
    assert states == [("3", IMPORTED), (number, "tiếp nhận nhầm, đợt 3 thay: nhầm bản cũ")]
    status, out = run_command(capsys, "verify", "--root", str(repo.folder))
    assert status == 0
    assert f"{code}: tiếp nhận nhầm ở đợt {number}, đợt 3 thay: nhầm bản cũ" in out
    assert tool(repo, "release", "adopt", code, *words, "--reason", "lại") == 2


def test_a_lost_text_of_what_was_replaced_is_no_no(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tool(repo, "release", "adopt") == 0
    record = repo.folder / "releases/0002.yml"
    broken = record.read_text().replace("digest: ", "digest: f", 1)
    first = next(line for line in broken.splitlines() if "digest: f" in line and "sha" not in line)
    assert first
    repo.commit("Tiếp nhận")
    repo.commit("Bản đúng", {"procedures/qt-vp-31.md": text("QT VP 31") + "\nĐúng.\n"})
    assert (
        tool(repo, "release", "adopt", "QT VP 31", "--replaces-record", "2", "--reason", "nhầm")
        == 0
    )
    repo.commit("Thay")
    status, _ = run_command(capsys, "verify", "--root", str(repo.folder))
    assert status == 0


def test_a_forged_take_over_of_what_is_recorded_is_a_no(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tool(repo, "release", "adopt", "QT VP 31") == 0
    record = repo.folder / "releases/0002.yml"
    record.write_text(record.read_text().replace("code: QT VP 31", "code: QT VP 01"))
    repo.commit("Giả")
    status, out = run_command(capsys, "verify", "--root", str(repo.folder))
    assert status == 1
    assert "QT VP 01: đợt trước đã ghi nhận" in out


@pytest.mark.parametrize(
    "words",
    [["--claim", "QT VP 31:ngay=1"], ["--claim", "QT VP 77:issue=1"], ["--claim", "QT VP 31:date=hôm qua"], ["--level", "QT VP 31=tốt"], ["--from", "không-có.csv"], ["QT VP 01", "--replaces-record", "7", "--reason", "x"]],
)  # fmt: skip
def test_a_slip_is_refused_before_anything_is_written(repo: Repo, words: list[str]) -> None:
    assert tool(repo, "release", "adopt", *words) == 2
    assert len(releases(repo)) == 1


def test_it_needs_a_repository_and_takes_nothing_untracked(
    repo: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repo.write({"procedures/qt-vp-40.md": text("QT VP 40")})
    assert tool(repo, "release", "adopt") == 2
    assert "procedures/qt-vp-40.md" in capsys.readouterr().err
    for name in ("qms.yml", "procedures/qt-vp-01.md"):
        target = tmp_path / "rời" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((repo.folder / name).read_bytes())
    assert main(["release", "adopt", "--root", str(tmp_path / "rời")]) == 2


@pytest.mark.parametrize(
    ("paper", "told"),
    [
        ('{issue: "02", revision: "01", effective: 2019-03-05}', {"issue": "02", "revision": "01", "effective": "2019-03-05"}),
        ('{issue: "02", effective: unknown}', {"issue": "02"}),
        ("{effective: 2019-03-05}", {"effective": "2019-03-05"}),
        ("{issue: unknown, revision: unknown}", {}),
    ],
)  # fmt: skip
def test_what_an_import_read_from_the_paper_is_claimed(
    repo: Repo, paper: str, told: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    path = "procedures/qt-vp-31.md"
    repo.commit(
        "Từ Word", {path: text("QT VP 31").replace("owner: VP", f"owner: VP\npaper: {paper}")}
    )
    assert tool(repo, "release", "adopt", "QT VP 31") == 0
    taken = releases(repo)[-1].items[0].taken_over
    assert taken is not None
    assert {claim.what: claim.value for claim in taken.claims} == told
    assert all(claim.stated_in == f"{path}: paper.{claim.what}" for claim in taken.claims)
    repo.commit("Tiếp nhận")
    found = rows(repo, capsys, "register", "internal")["QT VP 31"]
    assert (found["issue"], found["effective"]) == (
        told.get("issue", "chưa rõ"),
        told.get("effective", "chưa rõ"),
    )
    assert found["state"] == IMPORTED


def test_what_is_said_when_taking_over_outranks_the_paper_read(repo: Repo) -> None:
    head = 'owner: VP\npaper: {issue: "02", revision: "01", effective: 2019-03-05}'
    repo.commit("Từ Word", {"procedures/qt-vp-31.md": text("QT VP 31").replace("owner: VP", head)})
    said = ["--claim", "QT VP 31:issue=3@bìa", "--claim", "QT VP 31:effective=2020-01-01@bìa"]
    assert tool(repo, "release", "adopt", "QT VP 31", *said) == 0
    taken = releases(repo)[-1].items[0].taken_over
    assert taken is not None
    assert {claim.what: (claim.value, claim.stated_in) for claim in taken.claims} == {
        "issue": ("3", "bìa"),
        "effective": ("2020-01-01", "bìa"),
        "revision": ("01", "procedures/qt-vp-31.md: paper.revision"),
    }


@pytest.mark.parametrize("more", [[], ["QT VP 31"], ["--title", "Bản đầu", "--claim", "QT VP 31:issue=2"]])  # fmt: skip
@pytest.mark.parametrize(("lang", "words"), [("vi", "nay tên là"), ("en", "now called")])
def test_the_old_name_does_nothing_but_say_the_new_one(
    repo: Repo, lang: str, words: str, more: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert tool(repo, "release", "import", *more, "--lang", lang) == 2
    told = capsys.readouterr().err
    assert f"{words} «qmstool release adopt»" in told
    assert not repo.git("status", "--porcelain")


def test_what_a_text_says_of_itself_is_a_claim_unless_another_is_given(repo: Repo) -> None:
    manifest = (repo.folder / "qms.yml").read_text()
    head = "version: 3\nvalid: 01.05.2019\napproved_by: Ông Giám đốc cũ\n"
    repo.commit(
        "Từ công cụ khác",
        {
            "qms.yml": manifest
            + "front_matter: {version: revision, valid: effective, approved_by: signer}\n",
            "procedures/qt-vp-31.md": text("QT VP 31").replace("type:", f"{head}type:", 1),
        },
    )
    assert tool(repo, "release", "adopt", "--claim", "QT VP 31:revision=4@bìa") == 0
    items = releases(repo)[1].items
    taken = items[0].taken_over
    assert taken is not None
    path = "procedures/qt-vp-31.md"
    assert (items[0].revision, taken.level) == ("4", "none")
    assert [(claim.what, claim.value, claim.stated_in) for claim in taken.claims] == [
        ("revision", "4", "bìa"),
        ("effective", "2019-05-01", f"{path}: valid"),
        ("signer", "Ông Giám đốc cũ", f"{path}: approved_by"),
    ]
    assert items[1].taken_over is not None
    assert items[1].taken_over.claims == ()
