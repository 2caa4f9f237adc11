"""What goes round, recorded without YAML: reviews, opinions, copies, readings, tags."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest

from qmstool.manual.loading.loader import load
from qmstool.storage.tree import FolderTree
from tests.support.cli.scenes import (
    COPIES,
    OPINIONS,
    PEOPLE,
    make_scene,
    run_command,
    sign_release,
    tool,
    type_line,
)

if TYPE_CHECKING:
    from pathlib import Path

    from qmstool.manual.model import Manual
    from tests.support.repository import Repo

DAY = ["--date", "2024-05-20"]


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1717200000")  # 2024-06-01
    repo = make_scene(tmp_path / "kho")
    settings = PEOPLE.replace(
        "numbering: issue-revision", "numbering: issue-revision\n    review_months: 12", 1
    )
    repo.commit("Người", {"qms.yml": settings})
    sign_release(repo)
    repo.git("config", "user.name", "Văn thư")
    repo.git("config", "user.email", "vt@example.org")
    return repo


def manual(repo: Repo) -> Manual:
    found = load(FolderTree(repo.folder))
    assert [each.violation for each in found.problems if each.slug != "crlf"] == []
    return found


def rows(repo: Repo, capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, str]]:
    _, out = run_command(capsys, *words, "--root", str(repo.folder), "--format", "json")
    return list(json.loads(out))


def code_of(repo: Repo, capsys: pytest.CaptureFixture[str], code: str) -> str:
    return next(
        row["check_code"]
        for row in rows(repo, capsys, "register", "internal")
        if row["code"] == code
    )


# --- reviews


def due(repo: Repo, capsys: pytest.CaptureFixture[str]) -> str:
    return next(
        row["review_due"]
        for row in rows(repo, capsys, "register", "internal")
        if row["code"] == "QT VP 01"
    )


def with_interval(repo: Repo) -> None:
    """A text with an interval of review, in force from 1 April."""
    path = repo.folder / "procedures/qt-vp-01.md"
    text = path.read_text().replace("owner: VP\n", "owner: VP\nreview_months: 12\n")
    repo.commit("Chu kỳ\n\nReason: x", {"procedures/qt-vp-01.md": text})
    assert tool(repo, "release", "prepare", "dot-3", "--title", "Ba") == 0
    repo.commit("Hồ sơ")
    words = [
        "--kind",
        "decision",
        "--number",
        "13/QĐ",
        "--date",
        "2024-04-01",
        "--person",
        "le-thi-mau",
    ]
    words += [
        "--reference",
        "paper=Sổ",
        "--effective",
        "2024-04-01",
        "--recorder",
        "vt",
        "--recorded",
        "2024-04-01",
    ]
    assert tool(repo, "release", "record", "dot-3", *words) == 0
    repo.commit("Ghi nhận")


def test_what_is_recorded_already_is_recorded_no_second_time(repo: Repo) -> None:
    """Whoever was stopped, or typed it twice, does not know that it had been written."""
    acts = (
        ("review", "--outcome", "stands", "--person", "x", "--date", "2024-03-20"),
        ("reading", "--person", "x", "--date", "2024-03-20"),
        ("copy", "--unit", "VP", "--number", "1", "--handed-out", "2024-03-20"),
    )
    for act, *said in acts:
        assert tool(repo, "record", act, "QT VP 01", *said) == 0
        assert tool(repo, "record", act, "QT VP 01", *said, "--note", "khác") == 0
        written = {path: path.read_bytes() for path in (repo.folder / "releases").glob("*.yml")}
        assert tool(repo, "record", act, "QT VP 01", *said) == 0
        assert {path: path.read_bytes() for path in written} == written


def test_a_review_moves_the_review_date_and_one_of_another_revision_does_not(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    with_interval(repo)
    assert due(repo, capsys) == "2025-04-01"
    # Of the version before: its own day of review lies before it was replaced.
    assert (
        type_line(
            repo, "record review 'QT VP 01' --outcome stands --person le-thi-mau --date 2024-03-20"
        )
        == 0
    )
    assert due(repo, capsys) == "2025-04-01"
    assert (
        tool(
            repo,
            "record",
            "review",
            "QT VP 01",
            "--outcome",
            "returned",
            "--comment",
            "Sửa mục 2",
            "--person",
            "le-thi-mau",
            *DAY,
        )
        == 0
    )
    assert due(repo, capsys) == "2025-04-01"
    assert (
        tool(
            repo,
            "record",
            "review",
            "qt vp 01",
            "--outcome",
            "stands",
            "--person",
            "le-thi-mau",
            *DAY,
        )
        == 0
    )
    assert due(repo, capsys) == "2025-05-20"
    reviews = manual(repo).reviews
    assert [(each.text.issue, each.text.revision, each.outcome) for each in reviews] == [
        ("1", "1", "stands"), ("1", "2", "returned"), ("1", "2", "stands"),
    ]  # fmt: skip
    assert reviews[2].text.check_code == code_of(repo, capsys, "QT VP 01")
    # As of a day before the review it had not been made.
    then = rows(repo, capsys, "register", "internal", "--as-of", "2024-05-19")
    assert next(row["review_due"] for row in then if row["code"] == "QT VP 01") == "2025-04-01"


def test_a_review_by_whom_nobody_knows_moves_no_date_and_says_so_at_once(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    with_interval(repo)
    said = ("record", "review", "QT VP 01", "--outcome", "stands", "--person", "Kẻ Lạ", *DAY)
    assert tool(repo, *said) == 0
    assert "Kẻ Lạ: không tính" in capsys.readouterr().err
    assert due(repo, capsys) == "2025-04-01"
    assert tool(repo, *said, "--comment", "có giấy", "--reference", "paper=Sổ 31") == 0
    assert "không tính" not in capsys.readouterr().err
    assert due(repo, capsys) == "2025-05-20"


def test_verify_says_recorded_and_never_approved(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    with_interval(repo)
    assert (
        tool(
            repo,
            "record",
            "review",
            "QT VP 01",
            "--outcome",
            "stands",
            "--person",
            "x",
            *DAY,
            "--save",
        )
        == 0
    )
    _, out = run_command(capsys, "verify", "--root", str(repo.folder), "--format", "json")
    why = next(each for each in json.loads(out)["answers"] if each["key"] == "reviewed")
    assert why["outcome"] != "no"
    before = repo.git("log", "-1", "--format=%s")
    assert before == "Ghi nhận xem xét QT VP 01"


@pytest.mark.parametrize("missing", ["--outcome", "--person", "--date"])
def test_what_is_missing_is_named_where_nobody_can_be_asked(
    repo: Repo, missing: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    given = {"--outcome": "stands", "--person": "x", "--date": "2024-05-20"}
    words = [word for name, value in given.items() if name != missing for word in (name, value)]
    assert tool(repo, "record", "review", "QT VP 01", *words) == 2
    assert missing in capsys.readouterr().err
    assert not (repo.folder / "releases/reviews.yml").exists()


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_on_a_terminal_it_asks(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", Terminal("le-thi-mau\nhôm qua\n2999-01-01\n\n"))
    assert tool(repo, "record", "reading", "QT VP 01") == 0
    reading = manual(repo).readings[0]
    assert (reading.person, str(reading.date.known if reading.date else "")) == (
        "le-thi-mau",
        "2024-06-01",
    )


def test_nothing_is_recorded_of_what_is_not_in_force(repo: Repo) -> None:
    assert tool(repo, "record", "reading", "QT VP 77", "--person", "x", *DAY) == 2
    assert tool(repo, "record", "reading", "QT KT 01", "--person", "x", "--date", "2024-02-20") == 2


# --- readings


def test_unread_lists_who_has_not_acknowledged_what_is_in_force(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    def unread() -> set[tuple[str, str, str]]:
        found = rows(repo, capsys, "distribution", "--unread")
        return {
            (row["code"], row["unit"], row["person"]) for row in found if row["code"] == "QT VP 01"
        }

    assert unread() == {
        ("QT VP 01", "Văn phòng", ""),
        ("QT VP 01", "Phòng Kỹ thuật", "Trần Văn Thử"),
    }
    # He read the version before: that does not count.
    assert type_line(repo, "record reading 'QT VP 01' --person tran-van-thu --date 2024-02-20") == 0
    assert len(unread()) == 2
    assert tool(repo, "record", "reading", "QT VP 01", "--person", "tran-van-thu", *DAY) == 0
    assert unread() == {("QT VP 01", "Văn phòng", "")}
    assert (
        tool(repo, "record", "reading", "QT VP 01", "--person", "Cô Năm", "--unit", "VP", *DAY) == 0
    )
    assert unread() == set()
    told = [row["what"] for row in rows(repo, capsys, "trail", "--document", "QT VP 01")]
    assert told.count("đã đọc và hiểu") == 3


# --- opinions and copies, in files that people wrote by hand


@pytest.mark.parametrize(
    "before",
    ["", "schema: 1\ncandidate: dot-9\n", "schema: 1\ncandidate: dot-9\nasked: []\nsigned: []\n", OPINIONS.replace("dot-2", "dot-9"), OPINIONS.replace("dot-2", "dot-9").replace("\n", "\r\n"), "schema: 1\ncandidate: dot-9\nasked:\n- unit: KT\n  sent: 2024-05-01\n\n# hết\n"],
)  # fmt: skip
def test_an_opinion_joins_what_is_there(repo: Repo, before: str) -> None:
    path = repo.folder / "releases/opinions/dot-9.yml"
    if before:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(before.encode())
    known = manual(repo).opinions.get("dot-9")
    count = len(known.requests) if known else 0
    assert (
        type_line(
            repo,
            "record opinion dot-9 --unit VP --sent 2024-05-02 --due 2024-05-09 "
            "--document 'QT VP 01'",
        )
        == 0
    )
    requests = manual(repo).opinions["dot-9"].requests
    assert len(requests) == count + 1
    assert (requests[-1].unit.text, str(requests[-1].due and requests[-1].due.known)) == (
        "VP",
        "2024-05-09",
    )
    after = path.read_bytes().decode()
    for line in before.splitlines():
        assert line.replace(": []", ":") in after


@pytest.mark.parametrize(
    "row",
    [
        "  - {unit: VP, sent: 2024-05-02}\n",
        "  - unit: VP\n    sent: 2024-05-02\n",
        "- sent: 2024-05-02\n  unit: VP\n  evidence:\n    - {kind: paper}\n",
    ],
)
def test_an_answer_goes_into_the_request_that_waits_for_it(repo: Repo, row: str) -> None:
    other = row.replace("VP", "KT").replace("2024-05-02", "2024-05-03")
    text = f"schema: 1\ncandidate: dot-9\nasked:\n{other}{row}{other}"
    repo.write({"releases/opinions/dot-9.yml": text})
    assert (
        type_line(
            repo,
            "record opinion dot-9 --unit VP --answer comments --answered 2024-05-08 "
            "--comment 'Nên: rõ hơn' --person x",
        )
        == 0
    )
    requests = manual(repo).opinions["dot-9"].requests
    assert [(each.unit.text, each.answer, each.comment) for each in requests] == [
        ("KT", "", ""),
        ("VP", "comments", "Nên: rõ hơn"),
        ("KT", "", ""),
    ]


def test_opinions_on_what_is_recorded_change_no_more(repo: Repo) -> None:
    assert tool(repo, "record", "opinion", "dot-2", "--unit", "VP", "--sent", "2024-05-02") == 2


def test_copies_are_handed_out_and_come_back(repo: Repo) -> None:
    repo.commit("Sổ", {"releases/copies.yml": COPIES})
    assert (
        type_line(
            repo,
            "record copy 'QT VP 01' --unit KT --number 3 --handed-out 2024-05-01 --to "
            "tran-van-thu --save",
        )
        == 0
    )
    copy = manual(repo).copies[-1]
    assert (copy.release, copy.number, copy.unit.text) == (2, "3", "KT")
    assert repo.git("status", "--porcelain") == ""
    # Two copies of the unit are out: which one is meant has to be said.
    assert tool(repo, "record", "copy", "QT VP 01", "--unit", "KT", "--recalled", "2024-05-30") == 2
    assert type_line(repo, "record copy 'QT VP 01' --unit KT --number 2 --recalled 2024-05-30") == 0
    assert [
        str(each.recalled and each.recalled.known)
        for each in manual(repo).copies
        if each.unit.text == "KT"
    ] == ["2024-05-30", "None", "None"]
    assert type_line(repo, "record copy 'QT VP 01' --unit KT --number 2 --lost 2024-05-30") == 2


def test_a_list_laid_out_unusually_is_left_to_a_person(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "schema: 1\nreviews: [{document: QT VP 01, issue: '1', revision: '1', check_code: x, date: 2024-01-01, outcome: stands, person: x}]\n"
    repo.write({"releases/reviews.yml": text})
    assert (
        tool(repo, "record", "review", "QT VP 01", "--outcome", "stands", "--person", "x", *DAY)
        == 2
    )
    assert "document: QT VP 01" in capsys.readouterr().err
    assert (repo.folder / "releases/reviews.yml").read_text() == text


def test_save_commits_what_was_written_and_nothing_else(repo: Repo, tmp_path: Path) -> None:
    (tmp_path / "biên bản.pdf").write_bytes(b"%PDF\r\n")
    repo.write({"procedures/qt-vp-01.md": "đang sửa\n", "nháp.txt": "x"})
    repo.git("add", "nháp.txt")
    (repo.folder / "procedures/qt-vp-01.md").write_text(
        (repo.folder / "procedures/qt-kt-01.md").read_text().replace("QT KT 01", "QT VP 01")
    )
    assert (
        tool(
            repo,
            "record",
            "reading",
            "QT VP 01",
            "--person",
            "x",
            *DAY,
            "--evidence",
            f"scan={tmp_path / 'biên bản.pdf'}",
            "--save",
        )
        == 0
    )
    names = repo.git(
        "-c", "core.quotepath=off", "show", "--name-only", "--format=", "HEAD"
    ).splitlines()
    assert names == ["releases/evidence/biên bản.pdf", "releases/readings.yml"]
    assert (repo.folder / names[0]).read_bytes() == b"%PDF\r\n"
    assert "A  " in repo.git("status", "--porcelain")


def test_save_commits_what_a_run_before_wrote_and_did_not_commit(
    repo: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bb.pdf").write_bytes(b"%PDF")
    words = ["record", "reading", "QT VP 01", "--person", "x", *DAY]
    words += ["--evidence", f"scan={tmp_path / 'bb.pdf'}"]
    before = repo.git("rev-parse", "HEAD")
    assert tool(repo, *words) == tool(repo, *words) == 0
    assert "Hãy lưu vào git nếu chưa lưu." in capsys.readouterr().err
    assert repo.git("rev-parse", "HEAD") == before
    assert tool(repo, *words, "--save") == 0
    assert "nay đã lưu đúng phần ấy:" in capsys.readouterr().err
    assert "releases/" not in repo.git("status", "--porcelain")
    after = repo.git("rev-parse", "HEAD")
    assert tool(repo, *words, "--save") == 0
    assert "lưu" not in capsys.readouterr().err
    assert repo.git("rev-parse", "HEAD") == after


def read_by(person: str) -> list[str]:
    return ["record", "reading", "QT VP 01", *DAY, "--person", person]


@pytest.mark.parametrize("killed", ["before git", "before the commit"])
def test_what_a_killed_run_wrote_is_committed_alone(
    repo: Repo, killed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever the user changed meanwhile, in the same record, beside it or staged, stays his."""
    assert tool(repo, *read_by("a"), "--save") == 0
    assert tool(repo, *read_by("b")) == 0
    assert tool(repo, *read_by("c")) == 0
    if killed == "before the commit":
        repo.git("add", "releases/readings.yml")
        command = "git restore --staged -- releases/readings.yml"
        assert tool(repo, *read_by("b"), "--save") == 2
        assert command in capsys.readouterr().err
        repo.git("reset", "--quiet", "--", "releases/readings.yml")
    repo.write({"nháp.txt": "x", "procedures/qt-vp-02.md": "đang sửa\n"})
    repo.git("add", "nháp.txt")
    held = (repo.folder / "releases/readings.yml").read_bytes()
    capsys.readouterr()
    assert tool(repo, *read_by("b"), "--save") == 0
    said = capsys.readouterr().err
    assert "Lần chạy trước đã ghi mà chưa lưu vào git; nay đã lưu đúng phần ấy" in said
    assert "releases/readings.yml còn sửa đổi khác chưa lưu vào git" in said
    assert (repo.folder / "releases/readings.yml").read_bytes() == held
    committed = repo.git("show", "HEAD:releases/readings.yml")
    assert [f"person: {who}" in committed for who in "abc"] == [True, True, False]
    assert repo.git("show", "--name-only", "--format=", "HEAD") == "releases/readings.yml"
    status = repo.git("-c", "core.quotepath=off", "status", "--porcelain").splitlines()
    assert [line.strip() for line in status] == ["A  nháp.txt", "M procedures/qt-vp-02.md", "M releases/readings.yml"]  # fmt: skip
    commit = repo.git("rev-parse", "HEAD")
    assert tool(repo, *read_by("b"), "--save") == 0
    assert repo.git("rev-parse", "HEAD") == commit
    assert tool(repo, *read_by("c"), "--save") == 0
    assert repo.git("show", "HEAD:releases/readings.yml").encode() == held.strip()
    assert "readings" not in repo.git("status", "--porcelain")


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (
            ("copy", "QT VP 01", "--unit", "VP", "--number", "1", "--handed-out", "2024-03-20"),
            ("copy", "QT VP 01", "--unit", "VP", "--recalled", "2024-05-20"),
        ),
        (
            ("copy", "QT VP 01", "--unit", "VP", "--number", "1", "--handed-out", "2024-03-20"),
            ("copy", "QT VP 01", "--unit", "VP", "--received", "2024-03-21"),
        ),
        (
            ("opinion", "dot-3", "--unit", "KT", "--sent", "2024-05-02"),
            ("opinion", "dot-3", "--unit", "KT", "--answer", "agrees", "--answered", "2024-05-03"),
        ),
    ],
)
def test_what_was_added_to_an_entry_is_finished_by_the_next_run(
    repo: Repo, first: tuple[str, ...], then: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert tool(repo, "record", *first, "--save") == 0
    assert tool(repo, "record", *then) == 0
    held = {path: path.read_bytes() for path in (repo.folder / "releases").rglob("*.yml")}
    capsys.readouterr()
    assert tool(repo, "record", *then, "--save") == 0
    assert "nay đã lưu đúng phần ấy" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in held} == held
    assert repo.git("status", "--porcelain") == ""
    commit = repo.git("rev-parse", "HEAD")
    assert tool(repo, "record", *then, "--save") == 0
    assert repo.git("rev-parse", "HEAD") == commit


def test_an_answer_to_what_is_not_committed_is_committed_with_it(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["record", "opinion", "dot-3", "--unit", "KT"]
    assert tool(repo, *words, "--sent", "2024-05-02") == 0
    answer = ["--answer", "agrees", "--answered", "2024-05-03", "--save"]
    assert tool(repo, *words, *answer) == 0
    assert "nên cả tệp được lưu cùng" in capsys.readouterr().err
    assert repo.git("status", "--porcelain") == ""


def test_days_of_a_copy_take_no_evidence_and_say_so(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["record", "copy", "QT VP 01", "--unit", "VP"]
    assert tool(repo, *words, "--number", "1", "--handed-out", "2024-03-20") == 0
    held = (repo.folder / "releases/copies.yml").read_bytes()
    assert tool(repo, *words, "--recalled", "2024-05-20", "--note", "rách") == 2
    assert "Chưa ghi gì" in capsys.readouterr().err
    assert (repo.folder / "releases/copies.yml").read_bytes() == held


def test_what_is_saved_on_no_branch_is_told_with_the_line_that_keeps_it(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["record", "reading", "QT VP 01", *DAY, "--save", "--person"]
    assert tool(repo, *words, "x") == 0
    assert "detached" not in capsys.readouterr().err
    repo.git("checkout", "--quiet", "--detach")
    assert tool(repo, *words, "y") == 0
    told = capsys.readouterr().err
    assert "(detached HEAD)" in told
    repo.git(*told.splitlines()[-1].split()[1:])
    assert repo.git("branch", "--contains", "HEAD", "--format=%(refname:short)").splitlines()[-1].startswith("qms-")  # fmt: skip


@pytest.mark.parametrize("what", [("review", "--outcome", "stands"), ("reading",)])
def test_evidence_that_changed_since_is_told_whatever_it_is_beside(
    repo: Repo, what: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bb.pdf").write_bytes(b"%PDF-1.4")
    words = ["record", what[0], "QT VP 01", *what[1:], "--person", "x", *DAY, "--save"]
    assert tool(repo, *words, "--evidence", f"scan={tmp_path / 'bb.pdf'}") == 0
    key = "reviewed" if what[0] == "review" else "known"
    root = ["--root", str(repo.folder)]

    def outcome() -> str:
        _, out = run_command(capsys, "verify", *root, "--format", "json")
        answers = {each["key"]: str(each["outcome"]) for each in json.loads(out)["answers"]}
        return answers[key]

    assert outcome() != "no"
    _, out = run_command(capsys, "check", *root, "--no-cache", "--format", "lines")
    assert "releases/re" not in out, "what a command wrote is no stray file"
    repo.commit("Thay tệp", {"releases/evidence/bb.pdf": b"%PDF-1.5"})
    assert outcome() == "no"
    _, out = run_command(capsys, "check", *root, "--no-cache")
    assert "QMS413" in out


@pytest.mark.parametrize(
    ("line", "option"),
    [
        ("record review 'QT VP 01' --outcome stands --person x --date 2024-06-02", "--date"),
        ("record reading 'QT VP 01' --person x --date 2999-01-01", "--date"),
        ("record copy 'QT VP 01' --unit VP --handed-out 2024-07-01", "--handed-out"),
        ("record copy 'QT VP 01' --unit VP --handed-out 2024-05-01 --received 2024-07-01", "--received"),
        ("record opinion dot-9 --unit VP --sent 2025-01-01", "--sent"),
        ("record opinion dot-9 --unit VP --answer agrees --answered 2025-01-01", "--answered"),
    ],
)  # fmt: skip
def test_what_is_still_to_come_is_not_recorded(
    repo: Repo, line: str, option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = repo.git("status", "--porcelain")
    capsys.readouterr()
    assert type_line(repo, line) == 2
    told = capsys.readouterr().err
    assert option in told
    assert "còn ở phía trước" in told
    assert repo.git("status", "--porcelain") == before
    # Until when an answer is due is to come, as it should be.
    assert type_line(repo, "record opinion dot-9 --unit VP --sent 2024-06-01 --due 2024-07-01") == 0


def test_who_joined_since_the_release_is_asked_to_read_too(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    newcomer = (
        "people:\n  cô-mới:\n    name: Cô Mới\n    holds: [{role: truong-kt, from: 2024-05-01}]\n"
    ).replace("cô-mới", "co-moi")
    settings = (repo.folder / "qms.yml").read_text("utf-8").replace("people:\n", newcomer, 1)
    repo.commit("Người mới", {"qms.yml": settings})
    told = {row["person"] for row in rows(repo, capsys, "distribution", "--unread")}
    assert {"Trần Văn Thử", "Cô Mới"} <= told
    register = rows(repo, capsys, "register", "internal")
    names = next(row["unread"] for row in register if row["code"] == "QT VP 01")
    assert set(names.split("; ")) == {"Văn phòng", "Trần Văn Thử", "Cô Mới"}
    # On a day before she came she was not asked.
    then = rows(repo, capsys, "distribution", "--unread", "--as-of", "2024-04-20")
    assert "Cô Mới" not in {row["person"] for row in then}


# --- tags


def test_one_command_sets_the_tags(repo: Repo) -> None:
    assert repo.git("tag") == ""
    assert tool(repo, "release", "tag") == 0
    assert repo.git("tag").split() == ["release/0001", "release/0002"]
    assert tool(repo, "release", "tag") == 0
    assert repo.git("tag").split() == ["release/0001", "release/0002"]
