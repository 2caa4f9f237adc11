"""Lives of files through real repositories: renames, merges, squashes, returns, odd names, hostile settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks.history import make
from qmstool.git import log
from qmstool.git import repository as git
from qmstool.git.commits import Commit, Identity
from qmstool.git.uncommitted import uncommitted_paths
from qmstool.i18n import QmsError
from tests.support.repository import Repo

if TYPE_CHECKING:
    from pathlib import Path

    from qmstool.git.history import History

BODY = "".join(f"dòng {number} của quy trình\n" for number in range(30))


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo.make(tmp_path / "kho")


def read(repo: Repo) -> History:
    return log.read_history(git.require_history(git.find_repository(repo.folder)))


def life(repo: Repo, path: str) -> list[tuple[str, str, str]]:
    return [(touch.commit.subject, touch.kind, touch.path) for touch in read(repo).life(path)]


def test_a_life_with_a_rename(repo: Repo) -> None:
    repo.commit("một", {"procedures/a.md": BODY})
    repo.commit("hai", {"procedures/a.md": BODY + "thêm\n"})
    repo.move("procedures/a.md", "procedures/bis/b.md")
    repo.commit("ba")
    repo.commit("bốn", {"procedures/bis/b.md": BODY + "thêm nữa\n"})
    assert life(repo, "procedures/bis/b.md") == [
        ("bốn", "changed", "procedures/bis/b.md"),
        ("ba", "renamed", "procedures/bis/b.md"),
        ("hai", "changed", "procedures/a.md"),
        ("một", "added", "procedures/a.md"),
    ]
    assert read(repo).life("procedures/a.md") == ()
    assert read(repo).paths == ("procedures/bis/b.md",)


def test_blobs_are_those_of_git(repo: Repo) -> None:
    repo.commit("một", {"a.md": BODY})
    first = repo.git("rev-parse", "HEAD:a.md")
    repo.commit("hai", {"a.md": BODY + "x\n"})
    changed, added = read(repo).life("a.md")
    assert (changed.blob, added.blob) == (repo.git("rev-parse", "HEAD:a.md"), first)


def test_a_file_deleted_and_brought_back_has_one_life(repo: Repo) -> None:
    repo.commit("thêm", {"a.md": BODY})
    (repo.folder / "a.md").unlink()
    repo.commit("bỏ")
    repo.commit("lấy lại", {"a.md": BODY})
    assert [(subject, kind) for subject, kind, _ in life(repo, "a.md")] == [
        ("lấy lại", "added"),
        ("bỏ", "deleted"),
        ("thêm", "added"),
    ]


def test_a_name_given_to_another_file_begins_another_life(repo: Repo) -> None:
    repo.commit("một", {"a.md": BODY})
    repo.move("a.md", "b.md")
    repo.commit("đổi tên")
    other = "".join(f"{number} khác hẳn\n" for number in range(40))
    repo.commit("tệp khác", {"a.md": other})
    assert [subject for subject, _, _ in life(repo, "a.md")] == ["tệp khác"]
    assert [subject for subject, _, _ in life(repo, "b.md")] == ["đổi tên", "một"]


def test_a_name_taken_over_by_a_rename_keeps_the_two_lives_apart(repo: Repo) -> None:
    other = "".join(f"{number} khác hẳn\n" for number in range(40))
    repo.commit("b cũ", {"b.md": other})
    (repo.folder / "b.md").unlink()
    repo.commit("bỏ b cũ")
    repo.commit("một", {"a.md": BODY})
    repo.move("a.md", "b.md")
    repo.commit("đổi tên")
    assert [subject for subject, _, _ in life(repo, "b.md")] == ["đổi tên", "một"]


def test_renamed_on_a_branch_and_changed_on_main_meanwhile(repo: Repo) -> None:
    repo.commit("gốc", {"a.md": BODY})
    repo.git("checkout", "-q", "-b", "nhánh")
    repo.move("a.md", "b.md")
    repo.commit("nhánh đổi tên")
    repo.commit("nhánh sửa", {"b.md": BODY + "cuối\n"})
    repo.git("checkout", "-q", "main")
    repo.commit("main sửa", {"a.md": "đầu\n" + BODY})
    repo.git("merge", "-q", "--no-ff", "-m", "nhập", "nhánh")
    subjects = [subject for subject, _, _ in life(repo, "b.md")]
    assert subjects[0] == "nhập"
    assert sorted(subjects) == sorted(["nhập", "nhánh sửa", "nhánh đổi tên", "main sửa", "gốc"])
    assert read(repo).paths == ("b.md",)


def test_renamed_on_main_and_changed_on_a_branch_meanwhile(repo: Repo) -> None:
    repo.commit("gốc", {"a.md": BODY})
    repo.git("checkout", "-q", "-b", "nhánh")
    repo.commit("nhánh sửa", {"a.md": BODY + "cuối\n"})
    repo.git("checkout", "-q", "main")
    repo.move("a.md", "b.md")
    repo.commit("main đổi tên")
    repo.git("merge", "-q", "--no-ff", "-m", "nhập", "nhánh")
    subjects = [subject for subject, _, _ in life(repo, "b.md")]
    assert sorted(subjects) == sorted(["nhập", "nhánh sửa", "main đổi tên", "gốc"])
    assert read(repo).paths == ("b.md",)


def test_an_octopus_merge(repo: Repo) -> None:
    repo.commit("gốc", {f"{name}.md": BODY + name for name in "abc"})
    for name in "abc":
        repo.git("checkout", "-q", "-b", f"nhánh-{name}", "main")
        repo.commit(f"sửa {name}", {f"{name}.md": BODY + name * 3})
    repo.git("checkout", "-q", "main")
    repo.git("merge", "-q", "--no-ff", "-m", "nhập ba nhánh", "nhánh-a", "nhánh-b", "nhánh-c")
    history = read(repo)
    assert len(history.commits[0].parents) == 4
    for name in "abc":
        assert [touch.commit.subject for touch in history.life(f"{name}.md")] == [
            "nhập ba nhánh",
            f"sửa {name}",
            "gốc",
        ]


def test_a_squash_keeps_trailers_and_co_authors(repo: Repo) -> None:
    message = (
        "Sửa QT BIS 01 (#12)\n\n* sửa mục 5\n\nChange: mục 5.2\nReason: phiếu 7,\n  theo NĐ "
        "30\n\n* sửa mục 6\n\n"
        "thân bài: không phải trailer\nvì có dòng này\n\n"
        "Change: mục 6\nCo-authored-by: Trần Thị B <b@example.org>\nCo-authored-by: hỏng"
    )
    repo.commit(message, {"a.md": BODY})
    commit = read(repo).commits[0]
    assert commit.trailer_values("change") == ("mục 5.2", "mục 6")
    assert commit.trailer_values("Reason") == ("phiếu 7, theo NĐ 30",)
    assert commit.people == (
        Identity("Nguyễn Văn A", "a@example.org"),
        Identity("Trần Thị B", "b@example.org"),
    )


def test_a_subject_is_no_trailer() -> None:
    who = Identity("A", "a@x")
    assert Commit("0", (), who, "", "", "Change: tất cả").trailers == ()


def test_a_cherry_pick_and_a_rebase_are_commits_like_others(repo: Repo) -> None:
    repo.commit("gốc", {"a.md": BODY, "b.md": BODY + "b"})
    repo.git("checkout", "-q", "-b", "nhánh")
    picked = repo.commit("sửa a", {"a.md": BODY + "x\n"}, author="Trần Thị B <b@example.org>")
    repo.git("checkout", "-q", "main")
    repo.commit("sửa b", {"b.md": BODY + "bb"})
    repo.git("cherry-pick", picked)
    first = read(repo).life("a.md")[0].commit
    assert first.author.name == "Trần Thị B"
    repo.git("checkout", "-q", "nhánh")
    repo.git("rebase", "-q", "main")
    assert [subject for subject, _, _ in life(repo, "a.md")] == ["sửa a", "gốc"]


@pytest.mark.parametrize(
    "name",
    [
        "quy trình số 1.md",
        "đơn vị/Ê-đê.md",
        "dấu\tthẻ.md",
        'ngoặc".md',
        "xuống\ndòng.md",
        "-x.md",
        ":mốc.md",
    ],
)
def test_odd_names(repo: Repo, name: str) -> None:
    repo.commit("thêm", {name: BODY})
    repo.commit("sửa", {name: BODY + "x\n"})
    assert [(subject, path) for subject, _, path in life(repo, name)] == [
        ("sửa", name),
        ("thêm", name),
    ]


def test_a_message_that_looks_like_the_log_itself(repo: Repo) -> None:
    message = ":100644 100644 " + "0" * 40 + " " + "1" * 40 + " M\n\n" + "a" * 40 + "\n:x"
    repo.commit(message, {"a.md": BODY})
    repo.commit("hai", {"a.md": BODY + "x\n"})
    history = read(repo)
    assert [commit.message for commit in history.commits] == ["hai", message]
    assert len(history.life("a.md")) == 2


def test_no_message_and_nothing_changed(repo: Repo) -> None:
    repo.commit("gốc", {"a.md": BODY})
    repo.git("commit", "-q", "--allow-empty", "--allow-empty-message", "-m", "")
    assert [commit.subject for commit in read(repo).commits] == ["", "gốc"]


SETTINGS = {
    "log.showRoot": "false", "log.follow": "true", "log.date": "relative", "log.showSignature": "true", "log.decorate": "full",
    "log.diffMerges": "separate", "log.mailmap": "true", "diff.renames": "false", "diff.relative": "true",
    "diff.orderFile": "không-có",
    "diff.renameLimit": "1", "diff.noprefix": "true", "format.pretty": "oneline", "core.quotePath": "true", "color.ui": "always",
    "color.diff": "always", "i18n.logOutputEncoding": "ISO-8859-1",
    "core.abbrev": "4", "diff.external": "false", "core.pager": "false",
    "notes.displayRef": "refs/notes/*", "log.excludeDecoration": "*", "diff.ignoreSubmodules": "all", "core.commitGraph": "false",
}  # fmt: skip


@pytest.mark.parametrize("setting", [*SETTINGS, "mailmap", "replace", "graft", "notes", "copies"])
def test_no_setting_changes_the_answer(repo: Repo, setting: str) -> None:
    first = repo.commit("một", {"a.md": BODY, "c.md": BODY + "c"})
    repo.git("checkout", "-q", "-b", "nhánh")
    repo.commit("hai", {"a.md": BODY + "ê\n"})
    repo.git("checkout", "-q", "main")
    repo.move("c.md", "b.md")
    repo.commit("ba", {"d.md": BODY})
    repo.git("merge", "-q", "--no-ff", "-m", "nhập", "nhánh")
    last = repo.git("rev-parse", "HEAD")
    before = answer(repo)
    match setting:
        case "mailmap":
            (repo.folder / ".mailmap").write_text("Người Khác <k@example.org> <a@example.org>\n")
        case "replace":
            other = repo.git("commit-tree", "-m", "thay", f"{first}^{{tree}}")
            repo.git("replace", last, other)
        case "graft":
            (repo.folder / ".git/info/grafts").write_text(f"{last}\n")
        case "notes":
            repo.git("notes", "add", "-m", "ghi chú", last)
        case "copies":
            repo.git("config", "diff.renames", "copies")
        case _:
            repo.git("config", setting, SETTINGS[setting])
    assert answer(repo) == before


def answer(repo: Repo) -> list[object]:
    history = read(repo)
    return [history.commits, *((path, history.life(path)) for path in history.paths)]


def test_a_manual_in_a_folder_of_a_repository(repo: Repo) -> None:
    repo.commit("ngoài", {"docs/manual/index.md": BODY, "README.md": "x"})
    repo.move("docs/manual/index.md", "qms/manual/index.md")
    repo.commit("dời vào qms")
    found = git.require_history(git.find_repository(repo.folder / "qms"))
    assert found.prefix == "qms/"
    history = log.read_history(found)
    assert history.paths == ("manual/index.md",)
    assert [touch.commit.subject for touch in history.life("manual/index.md")] == [
        "dời vào qms",
        "ngoài",
    ]


def test_a_clone_a_bare_repository_and_no_remote_say_the_same(repo: Repo, tmp_path: Path) -> None:
    repo.commit("một", {"a.md": BODY})
    repo.move("a.md", "b.md")
    repo.commit("hai")
    repo.git("clone", "-q", str(repo.folder), str(tmp_path / "sao"))
    repo.git("clone", "-q", "--bare", str(repo.folder), str(tmp_path / "trần.git"))
    assert answer(Repo(tmp_path / "sao")) == answer(Repo(tmp_path / "trần.git")) == answer(repo)


def test_a_shallow_clone_is_refused_with_what_mends_it(repo: Repo, tmp_path: Path) -> None:
    repo.commit("một", {"a.md": BODY})
    repo.commit("hai", {"a.md": BODY + "x"})
    repo.git("clone", "-q", "--depth=1", f"file://{repo.folder}", str(tmp_path / "nông"))
    found = git.find_repository(tmp_path / "nông")
    assert isinstance(found, git.ShallowRepository)
    with pytest.raises(QmsError, match="git fetch --unshallow"):
        git.require_history(found)


def test_no_repository_is_an_answer(tmp_path: Path) -> None:
    assert git.find_repository(tmp_path) == git.NoRepository(tmp_path)
    with pytest.raises(QmsError, match="git init"):
        git.require_history(git.find_repository(tmp_path))


def test_an_unborn_branch_has_an_empty_history(repo: Repo) -> None:
    assert len(read(repo)) == 0
    assert read(repo).paths == ()


def test_dirty_tells_what_is_not_committed(repo: Repo) -> None:
    repo.commit("một", {"qms/a.md": BODY, "b.md": "b"})
    repo.write({"qms/a.md": "khác", "qms/mới ạ.md": "x", "b.md": "bb"})
    assert uncommitted_paths(git.require_history(git.find_repository(repo.folder / "qms"))) == (
        "a.md",
        "mới ạ.md",
    )


def test_tags_stand_on_commits(repo: Repo) -> None:
    head = repo.commit("một", {"a.md": BODY})
    repo.git("tag", "release/0001")
    repo.git("tag", "-a", "-m", "hai", "release/0002")
    assert git.list_tags(git.require_history(git.find_repository(repo.folder)), "release/*") == {
        "release/0001": head,
        "release/0002": head,
    }


def test_every_commit_that_touches_a_path_is_found(tmp_path: Path) -> None:
    """Against `git log` for each path, on a repository of a few hundred commits with merges and renames."""
    folder = tmp_path / "made"
    make(folder, 40, 400)
    repo = Repo(folder)
    history = read(repo)
    assert len(history) == int(repo.git("rev-list", "--count", "HEAD"))
    for path in history.paths:
        names = {path} | {touch.old_path for touch in history.life(path)}
        said = repo.git("log", "-m", "--first-parent", "--format=%H", "--", *names).split()
        spine = set(repo.git("rev-list", "--first-parent", "HEAD").split())
        assert [touch.commit.id for touch in history.life(path) if touch.commit.id in spine] == said
