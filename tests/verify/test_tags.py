"""What keeps a release's text: the tip's own history, its tag, a branch alone, or nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from qmstool.digest import name_blob
from qmstool.git import repository as git
from qmstool.git.log import read_history
from qmstool.verify.tags import _holds, find_loose
from tests.support.cli.scenes import change, make_scene, prepare, record, run_command
from tests.support.repository import Repo

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def signed_on_a_branch(folder: Path, *, squash: bool) -> Repo:
    """Texts are frozen and signed on a branch; main takes them: merged, or squashed, mended."""
    repo = make_scene(folder)
    repo.git("checkout", "-q", "-b", "đợt-2")
    change(repo)
    assert prepare(repo) == 0
    repo.commit("Lập hồ sơ trình ký", day="2024-02-20")
    repo.git("checkout", "-q", "main")
    repo.git(
        "merge",
        "-q",
        *(["--squash"] if squash else ["--no-ff", "-m", "Nhập đợt 2"]),
        "đợt-2",
        day="2024-02-21",
    )
    if squash:
        text = (repo.folder / "procedures/qt-kt-01.md").read_text(encoding="utf-8")
        repo.commit(
            "Đợt 2 (#5)", {"procedures/qt-kt-01.md": text + "\nSửa lúc nhập.\n"}, day="2024-02-21"
        )
    return repo


def obsolete(repo: Repo, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    status, out = run_command(capsys, "verify", "--root", str(repo.folder), "--format", "json")
    found = next(each for each in json.loads(out)["answers"] if each["key"] == "obsolete")
    assert status == int(found["outcome"] == "no")
    return dict(found)


def recorded(repo: Repo, capsys: pytest.CaptureFixture[str]) -> str:
    """Record what was signed; what the secretary is told."""
    capsys.readouterr()
    assert record(repo, "--recorded", "2024-03-05") == 0
    told = capsys.readouterr().err
    repo.commit("Ghi nhận đợt 2", day="2024-03-05")
    return told


def test_texts_of_a_merged_branch_need_no_branch(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = signed_on_a_branch(tmp_path / "kho", squash=False)
    frozen = repo.git("rev-parse", "đợt-2~1")
    told = recorded(repo, capsys)
    assert f"\n  git tag release/0002 {frozen[:10]}\n  git push origin release/0002\n" in told
    repo.git("branch", "-D", "đợt-2")
    assert obsolete(repo, capsys)["outcome"] == "yes"


def test_texts_that_only_a_branch_holds_are_not_evidenced_until_they_are_tagged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = signed_on_a_branch(tmp_path / "kho", squash=True)
    frozen = repo.git("rev-parse", "đợt-2~1")
    told = recorded(repo, capsys)
    found = obsolete(repo, capsys)
    assert (found["outcome"], found["doubts"]) == ("not-evidenced", [])
    mend = f"git tag release/0002 {frozen[:10]}"
    why = (
        "Nội dung đợt 2 chỉ còn nhánh «đợt-2» giữ, xóa nhánh là mất. Hãy gắn thẻ: «{}», rồi «git "
        "push origin release/0002»."
    )
    assert found["why"]["vi"] == why.format(mend)
    assert f"{mend}\n" in told
    repo.git("tag", "release/0002", frozen[:10])
    repo.git("branch", "-D", "đợt-2")
    assert obsolete(repo, capsys)["outcome"] == "yes"
    repo.git("clone", "-q", str(repo.folder), str(tmp_path / "sao"))
    assert obsolete(Repo(tmp_path / "sao"), capsys)["outcome"] == "yes"


def test_texts_that_nothing_keeps_are_lost_in_every_other_clone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = signed_on_a_branch(tmp_path / "kho", squash=True)
    recorded(repo, capsys)
    repo.git("branch", "-D", "đợt-2")
    found = obsolete(repo, capsys)
    assert (found["outcome"], [each["slug"] for each in found["doubts"]]) == ("no", ["text-unkept"])
    repo.git("clone", "-q", "--no-local", str(repo.folder), str(tmp_path / "sao"))
    found = obsolete(Repo(tmp_path / "sao"), capsys)
    assert (found["outcome"], [each["slug"] for each in found["doubts"]]) == (
        "no",
        ["text-missing"],
    )


def test_a_squash_that_holds_all_texts_is_the_commit_to_tag(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = make_scene(tmp_path / "kho")
    repo.git("checkout", "-q", "-b", "đợt-2")
    change(repo)
    assert prepare(repo) == 0
    repo.commit("Lập hồ sơ trình ký", day="2024-02-20")
    repo.git("checkout", "-q", "main")
    repo.git("merge", "-q", "--squash", "đợt-2")
    squashed = repo.commit("Đợt 2 (#5)", day="2024-02-21")
    repo.git("branch", "-D", "đợt-2")
    repo.commit("Việc khác", {"manual/1.1.md": "# 1.1. Phạm vi\n\nMọi việc.\n"}, day="2024-02-22")
    assert f"git tag release/0002 {squashed[:10]}\n" in recorded(repo, capsys)


def test_a_tag_that_was_moved_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    repo = signed_on_a_branch(tmp_path / "kho", squash=False)
    recorded(repo, capsys)
    repo.git("tag", "-a", "-m", "đợt 2", "release/0002", "đợt-2")
    words = ("verify", "--root", str(repo.folder), "--format", "json")
    assert run_command(capsys, *words)[0] == 0
    repo.git("tag", "-f", "release/0002", "main~3")
    status, out = run_command(capsys, *words)
    (doubt,) = (doubt for each in json.loads(out)["answers"] for doubt in each["doubts"])
    assert (status, doubt["slug"], doubt["path"], doubt["line"], doubt["column"]) == (
        1,
        "tag-strayed",
        "releases/0002.yml",
        2,
        10,
    )


def test_a_commit_that_is_not_here_holds_nothing(tmp_path: Path) -> None:
    repo = make_scene(tmp_path / "kho")
    found = git.require_history(git.find_repository(repo.folder))
    path = "procedures/qt-vp-01.md"
    texts = {path: repo.git("rev-parse", f"HEAD:{path}")}
    assert _holds(found, repo.git("rev-parse", "HEAD"), texts)
    assert not _holds(found, "a" * 40, texts)
    assert not _holds(found, repo.git("rev-parse", "HEAD"), {path: "b" * 40})


def test_what_keeps_a_text_is_the_tip_a_tag_a_branch_by_its_whole_name_or_nothing(
    tmp_path: Path,
) -> None:
    repo = Repo.make(tmp_path)
    names = ("tip", "tagged", "branch", "other")
    texts = {name: f"{name}\n" for name in names}
    repo.commit("Một", {"tip.md": texts["tip"]})
    for name, branch in (("tagged", "bỏ"), ("branch", "nhóm/đợt-2/nháp"), ("other", "z")):
        repo.git("checkout", "-q", "-b", branch, "main")
        repo.commit("Nháp", {f"{name}.md": texts[name]})
    repo.git("tag", "release/0001", "bỏ")
    repo.git("branch", "-D", "bỏ")
    repo.git("checkout", "-q", "main")
    blobs = {name: name_blob(text.encode()) for name, text in texts.items()}
    blobs["gone"] = name_blob(b"gone\n")
    found = git.require_history(git.find_repository(repo.folder))
    told = find_loose(found, read_history(found), blobs.values())
    names_of = {blob: name for name, blob in blobs.items()}
    assert {names_of[blob]: branch for blob, branch in told.items()} == {
        "branch": "nhóm/đợt-2/nháp",
        "other": "z",
        "gone": "",
    }
