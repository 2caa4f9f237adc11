"""What is not as it was committed is told, whatever git was told to pass over or to run."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

import pytest

from qmstool import process
from qmstool.git import presence
from qmstool.git import repository as git
from qmstool.git.saving import make_tag, save
from qmstool.git.uncommitted import ATTRIBUTES_OF, uncommitted_paths
from qmstool.i18n import QmsError
from tests.support import clones
from tests.support.repository import Repo

if TYPE_CHECKING:
    from pathlib import Path

    from qmstool.git.absence import Absence

PATH, OTHER = "procedures/qt kiểm.md", "procedures/b.md"
BITS = ("--assume-unchanged", "--skip-worktree")


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    made = Repo.make(tmp_path / "kho")
    made.commit("một", {PATH: "một\n", OTHER: "hai\n"})
    return made


def found(repo: Repo) -> git.Repository:
    return git.require_history(git.find_repository(repo.folder))


def listed(repo: Repo) -> dict[str, Absence]:
    return presence.find_uncommitted(found(repo), [PATH, OTHER])


@pytest.mark.parametrize("bits", [BITS[:1], BITS[1:], BITS], ids=" ".join)
def test_a_changed_file_that_git_was_told_to_pass_over_is_told_with_its_cure(
    repo: Repo, tmp_path: Path, bits: tuple[str, ...]
) -> None:
    for bit in bits:
        repo.git("update-index", bit, "--", PATH)
    assert uncommitted_paths(found(repo)) == ()
    repo.write({PATH: "một\r\n"})  # what differs for a machine alone
    assert uncommitted_paths(found(repo)) == ()
    repo.write({PATH: "khác\n"})
    assert repo.git("status", "--porcelain") == ""
    assert uncommitted_paths(found(repo)) == (PATH,)
    told = listed(repo)[PATH]
    assert told.kind == "passed-over"
    clones.run_cure(told.text.en, repo.folder, repo.folder, tmp_path)
    assert listed(repo) == {}
    assert repo.git("show", f"HEAD:{PATH}") == "khác"


def test_what_a_sparse_checkout_leaves_out_is_not_changed_and_what_is_gone_is(repo: Repo) -> None:
    repo.git("update-index", "--skip-worktree", "--", PATH)
    (repo.folder / PATH).unlink()
    assert uncommitted_paths(found(repo)) == ()
    repo.git("update-index", "--no-skip-worktree", "--", PATH)
    repo.git("update-index", "--assume-unchanged", "--", PATH)
    assert uncommitted_paths(found(repo)) == (PATH,)


def test_a_file_that_is_gone_is_not_said_to_be_on_disk(repo: Repo, tmp_path: Path) -> None:
    (repo.folder / PATH).unlink()
    told = listed(repo)[PATH]
    assert told.kind == "changed"
    clones.run_cure(told.text.en, repo.folder, repo.folder, tmp_path)
    assert presence.find_uncommitted(found(repo), [OTHER]) == {}


# --- programs that the repository's settings name ------------------------------------------------


def with_filter(repo: Repo, name: str, settings: str) -> Path:
    """A filter of the repository's own for every file; it would leave a mark."""
    mark = repo.folder.parent / "đã-chạy"
    program = repo.folder.parent / "chay.sh"
    program.write_text(f"#!/bin/sh\ntouch '{mark}'\ncat\n")
    program.chmod(0o755)
    repo.commit("thuộc tính", {".gitattributes": f"* filter={name}\n"})
    home = repo.folder / ".git" / "config"
    if settings == "included":
        home = repo.folder / ".git" / "riêng"
        repo.git("config", "include.path", "riêng")
    if settings == "of one work tree":
        home = repo.folder / ".git" / "config.worktree"
        repo.git("config", "core.repositoryformatversion", "1")
        repo.git("config", "extensions.worktreeConfig", "true")
    for which in ("clean", "smudge"):
        repo.git("config", "--file", str(home), f"filter.{name}.{which}", str(program))
    repo.git("config", "--file", str(home), f"filter.{name}.required", "true")
    for path in (PATH, OTHER):  # git has to look into them again
        (repo.folder / path).touch()
    mark.unlink(missing_ok=True)
    return mark


@pytest.mark.parametrize("settings", ["its own", "included", "of one work tree"])
def test_no_filter_of_the_repository_is_run_to_compare(repo: Repo, settings: str) -> None:
    mark = with_filter(repo, "la", settings)
    repo.write({OTHER: "khác\n"})
    assert uncommitted_paths(found(repo)) == (OTHER,)
    assert not mark.exists()


def test_no_filter_or_signer_of_the_repository_is_run_to_save(repo: Repo) -> None:
    """What such a filter is for is refused: without it, other bytes would be committed."""
    mark = with_filter(repo, "la", "its own")
    repo.write({OTHER: "khác\n"})
    with pytest.raises(QmsError, match="la"):
        save(repo.folder, [OTHER], "Ghi lại")
    assert not mark.exists()
    (repo.folder / ".gitattributes").unlink()
    repo.commit("không thuộc tính")
    repo.write({OTHER: "khác nữa\n"})
    mark.unlink(missing_ok=True)
    repo.git("config", "user.name", "A")
    repo.git("config", "user.email", "a@example.org")
    repo.git("config", "commit.gpgsign", "true")
    repo.git("config", "gpg.format", "ssh")
    repo.git("config", "user.signingkey", "none")
    repo.git("config", "gpg.ssh.program", str(repo.folder.parent / "chay.sh"))
    with pytest.raises(QmsError):
        save(repo.folder, [OTHER], "Ghi lại")
    assert not mark.exists()
    repo.git("config", "commit.gpgsign", "false")
    save(repo.folder, [OTHER], "Ghi lại")
    assert repo.git("show", f"HEAD:{OTHER}") == "khác nữa"


def test_a_filter_of_an_odd_name_is_refused_and_that_of_git_lfs_is_left(repo: Repo) -> None:
    repo.git("config", "filter.lfs.clean", "git-lfs clean -- %f")
    assert uncommitted_paths(found(repo)) == ()
    mark = with_filter(repo, "a=b", "its own")
    with pytest.raises(QmsError, match="a=b"):
        uncommitted_paths(found(repo))
    assert not mark.exists()


def test_a_tag_asks_for_no_signature_and_no_editor(repo: Repo) -> None:
    mark = with_filter(repo, "la", "its own")
    program = str(repo.folder.parent / "chay.sh")
    for name, value in {
        "tag.gpgSign": "true",
        "gpg.program": program,
        "core.editor": program,
    }.items():
        repo.git("config", name, value)
    make_tag(found(repo), "release/0001", repo.git("rev-parse", "HEAD"))
    assert repo.git("cat-file", "-t", "release/0001") == "commit"
    assert not mark.exists()


def test_no_program_that_a_sub_module_names_is_run(repo: Repo) -> None:
    """git would start another git in it, which goes by the settings that lie there."""
    inner = Repo.make(repo.folder / "kho con")
    inner.commit("một", {PATH: "một\n", OTHER: "hai\n"})
    repo.commit("kho con")
    mark = with_filter(inner, "la", "its own")
    assert mark.parent == repo.folder
    for name in ("core.fsmonitor", "diff.external"):
        inner.git("config", name, str(mark.with_name("chay.sh")))
    mark.unlink(missing_ok=True)
    (repo.folder / ".git/info").mkdir(exist_ok=True)
    (repo.folder / ".git/info/exclude").write_text("chay.sh\n")
    assert uncommitted_paths(found(repo)) == ("kho con",)  # another commit than was recorded
    assert not mark.exists()


# --- what git takes for unchanged by itself ------------------------------------------------------

CONVERSIONS: dict[str, tuple[str, str | bytes, str]] = {
    "ident": ("procedures/qt* ident\n", "một $Id: giám đốc miễn kiểm $\n", "một $Id$\n"),
    "encoding": ("procedures/qt* working-tree-encoding=UTF-16LE\n", "mot\n".encode("utf-16-le"), "mot\n"),
    "letters": ("procedures/qt* working-tree-encoding=ISO646-DE\n", "mot }\n", "mot ü\n"),
    "both": ("procedures/qt* ident working-tree-encoding=UTF-16LE\n", "$Id: a $\n".encode("utf-16-le"), "$Id$\n"),
}  # fmt: skip


@pytest.mark.parametrize("home", [".gitattributes", ".git/info/attributes"])
@pytest.mark.parametrize("kind", CONVERSIONS)
def test_a_folder_that_reads_otherwise_than_git_is_told(repo: Repo, kind: str, home: str) -> None:
    attributes, here, held = CONVERSIONS[kind]
    (repo.folder / ".git/info").mkdir(exist_ok=True)
    repo.write({home: attributes})
    repo.commit("thuộc tính", {PATH: here})
    assert repo.git("show", f"HEAD:{PATH}") == held.strip()
    assert repo.git("status", "--porcelain") == ""
    assert PATH in uncommitted_paths(found(repo))
    told = listed(repo)[PATH]
    assert told.kind == "converted"
    assert told.command == f'git check-attr {" ".join(ATTRIBUTES_OF[2:])} -- "{PATH}"'.replace(
        '"', "'"
    )
    (repo.folder / home).unlink()
    repo.git("rm", "-q", "--cached", PATH)
    repo.commit("không thuộc tính")
    assert uncommitted_paths(found(repo)) == ()


def test_a_file_with_its_size_and_time_set_back_is_told(repo: Repo) -> None:
    repo.git("config", "core.trustctime", "false")
    repo.git("config", "core.checkStat", "minimal")
    place = repo.folder / PATH
    os.utime(place, ns=(10**18, 10**18))
    repo.git("update-index", "--refresh")
    place.write_bytes("mọt\n".encode())  # as many bytes
    os.utime(place, ns=(10**18, 10**18))
    assert repo.git("status", "--porcelain") == ""
    assert uncommitted_paths(found(repo)) == (PATH,)


def test_line_ends_of_texts_may_be_another_machines_and_of_papers_may_not(repo: Repo) -> None:
    paper = "releases/evidence/qd.pdf"
    repo.commit("lời và giấy", {".gitattributes": "* text\n", PATH: "a\r\nb\r\n", paper: "%PDF-1.7\r\n"})  # fmt: skip
    assert repo.git("status", "--porcelain") == ""
    assert uncommitted_paths(found(repo)) == (paper,)


def test_nothing_is_saved_with_other_bytes_than_were_written(repo: Repo) -> None:
    repo.git("config", "user.name", "A")
    repo.git("config", "user.email", "a@example.org")
    before = repo.commit("thuộc tính", {".gitattributes": "*.pdf text\n"})
    paper = "releases/evidence/qd.pdf"
    repo.write({paper: "%PDF-1.7\r\n", OTHER: "khác\n"})
    with pytest.raises(QmsError, match=r"qd\.pdf"):
        save(repo.folder, [OTHER, paper], "Ghi lại")
    assert repo.git("rev-parse", "HEAD") == before
    assert repo.git("diff", "--cached", "--name-only") == ""
    repo.write({".gitattributes": "*.pdf -text\n"})
    save(repo.folder, [OTHER, paper], "Ghi lại")
    assert uncommitted_paths(found(repo)) == (".gitattributes",)


def test_what_git_lfs_keeps_is_compared_by_its_content(repo: Repo) -> None:
    content = b"%PDF-1.7 mot\r\n"
    digest = hashlib.sha256(content).hexdigest()
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize 14\n"
    store = repo.folder / ".git/lfs/objects" / digest[:2] / digest[2:4]
    store.mkdir(parents=True)
    (store / digest).write_bytes(content)
    repo.commit("con trỏ", {"a.pdf": pointer})
    assert uncommitted_paths(found(repo)) == ()
    repo.git("update-index", "--assume-unchanged", "a.pdf")  # as the filter of LFS has it
    repo.write({"a.pdf": content})
    assert uncommitted_paths(found(repo)) == ()
    repo.write({"a.pdf": content + b" "})
    assert uncommitted_paths(found(repo)) == ("a.pdf",)


def test_git_is_asked_for_many_files_at_once(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 0
    run = process.run

    def counted(*given: object, **more: object) -> process.Outcome:
        nonlocal asked
        asked += 1
        return run(*given, **more)  # type: ignore[arg-type]

    def told(count: int) -> list[str]:
        paths = [f"procedures/mới {at}.md" for at in range(count)]
        repo.write(dict.fromkeys((*paths, "bỏ qua/a.md", "bỏ qua/b.md"), "mới\n"))
        repo.write({".gitignore": "bỏ qua/\n"})
        hidden = ["bỏ qua/a.md", "bỏ qua/b.md"]
        reasons = presence.explain_outside(repo.folder, [*paths, *hidden, PATH])
        assert list(reasons) == [*paths, *hidden]
        return [reason.kind for reason in reasons.values()]

    monkeypatch.setattr(process, "run", counted)
    assert told(3) == ["untracked"] * 3 + ["ignored"] * 2
    once, asked = asked, 0
    assert told(30) == ["untracked"] * 30 + ["ignored"] * 2
    assert asked == once
    monkeypatch.setattr(presence, "MOST_NAMED", 40)
    assert told(30) == ["untracked"] * 30 + ["ignored"] * 2
