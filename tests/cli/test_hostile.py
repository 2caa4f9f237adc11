"""Whatever a user, a machine or a stranger set in git: every command answers the same, and nothing
of it is run.
"""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.git.test_log import SETTINGS
from tests.support.cli.forgery import SignedManual, run_command
from tests.support.cli.scenes import FIRST, SECOND, make_scene
from tests.support.machine import needs
from tests.support.repository import Repo

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = needs("ssh-keygen")

ASKED = (
    ("check", "--history", "--format", "json"),
    ("verify", "--format", "json"),
    ("history", "QT VP 01", "--format", "json"),
    ("trail", "--format", "json"),
    ("diff", "QT VP 01", "1", "2"),
    ("as-of", "2024-05-02", "--format", "json"),
    ("register", "internal", "--as-of", "2024-05-02", "--format", "json"),
    ("distribution", "--recall", "3", "--format", "json"),
)
WRITING = (
    ("register", "internal", "--format", "html"),
    ("export", "pack"),
    ("release", "prepare", "dot-5", "--title", "Đợt 5"),
    ("record", "review", "QT VP 01", "--person", "le-thi-mau", "--outcome", "stands", "--date", "2024-11-01", "--save"),
    ("release", "tag"),
)  # fmt: skip
# Each would run a program of the stranger's, were it asked.
PROGRAMS = (
    "diff.external", "core.pager", "core.fsmonitor", "core.sshCommand", "gpg.program", "gpg.ssh.program", "diff.evil.textconv",
    "diff.evil.command", "merge.evil.driver", "credential.helper", "core.editor", "sequence.editor", "core.askPass",
    "alias.log", "alias.cat-file", "alias.rev-parse", "alias.ls-tree", "alias.rev-list", "alias.for-each-ref", "alias.status",
    "uploadpack.packObjectsHook", "trailer.Reason.command", "filter.lfs.process",
    "filter.lfs.clean", "filter.lfs.smudge",
)  # fmt: skip
MORE = {
    "commit.gpgsign": "true", "tag.gpgsign": "true", "user.signingkey": "none", "core.ignoreCase": "true",
    "core.autocrlf": "true",
    "core.precomposeUnicode": "true", "status.showUntrackedFiles": "no", "log.initialDecorationSet": "all",
    "core.attributesFile": "/none",
    "log.forceColor": "true", "column.ui": "always", "pager.log": "true", "tag.sort": "-creatordate",
    "core.warnAmbiguousRefs": "true",
    "extensions.partialClone": "origin", "i18n.commitEncoding": "ISO-8859-1", "rerere.enabled": "true",
    "help.autoCorrect": "immediate",
}  # fmt: skip


@pytest.fixture(scope="module")
def honest(template: SignedManual) -> list[tuple[int, str]]:
    return answers(template.folder)


def answers(folder: Path) -> list[tuple[int, str]]:
    """Status and words of every command; the folder's own name is none of the answer."""
    told = [run_command(*words, "--root", str(folder)) for words in ASKED]
    return [(status, out.replace(str(folder), "")) for status, out in told]


def test_the_commands_have_something_to_say(honest: list[tuple[int, str]]) -> None:
    assert [status for status, _ in honest] == [0] * len(ASKED)
    assert all(len(out) > 100 for _, out in honest)


def marker(kept: SignedManual) -> tuple[Path, str]:
    """A program that leaves a mark, and the mark."""
    mark = kept.folder.parent / "đã-chạy"
    program = kept.folder.parent / "chay.sh"
    program.write_text(f"#!/bin/sh\ntouch '{mark}'\ncat\n")
    program.chmod(0o755)
    return mark, str(program)


def test_settings_of_the_repository(kept: SignedManual, honest: list[tuple[int, str]]) -> None:
    for name, value in {**SETTINGS, **MORE}.items():
        kept.repo.git("config", name, value)
    assert answers(kept.folder) == honest


def test_settings_of_the_user(
    kept: SignedManual,
    honest: list[tuple[int, str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in {**SETTINGS, **MORE}.items():
        kept.repo.git("config", "--file", str(tmp_path / ".gitconfig"), name, value)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    for name, value in (
        ("GIT_DIR", "/none"),
        ("GIT_WORK_TREE", "/none"),
        ("GIT_EXTERNAL_DIFF", "false"),
        ("GIT_TRACE", "1"),
    ):
        monkeypatch.setenv(name, value)
    assert answers(kept.folder) == honest


def test_the_environment_of_a_servers_hook_and_of_gitpython(
    kept: SignedManual,
    honest: list[tuple[int, str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What git gives a hook (`pre-receive`), and what GitPython would take from a profile."""
    mark, program = marker(kept)
    other = Repo.make(tmp_path / "kho khác")
    other.commit("khác", {"qms.yml": "khác\n"})
    for name, value in {
        "GIT_DIR": str(other.folder / ".git"),
        "GIT_COMMON_DIR": str(other.folder / ".git"),
        "GIT_WORK_TREE": str(other.folder),
        "GIT_INDEX_FILE": str(tmp_path / "index"),
        "GIT_OBJECT_DIRECTORY": str(other.folder / ".git/objects"),
        "GIT_ALTERNATE_OBJECT_DIRECTORIES": str(other.folder / ".git/objects"),
        "GIT_QUARANTINE_PATH": str(tmp_path / "incoming"),
        "GIT_NAMESPACE": "khác",
        "GIT_PREFIX": "procedures/",
        "GIT_PUSH_OPTION_COUNT": "1",
        "GIT_CEILING_DIRECTORIES": str(kept.folder.parent),
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "core.worktree",
        "GIT_CONFIG_VALUE_0": str(other.folder),
        "GIT_CONFIG_PARAMETERS": "'core.bare=true'",
        "GIT_DEFAULT_HASH": "sha256",
        "GIT_PYTHON_GIT_EXECUTABLE": program,
        "GIT_PYTHON_REFRESH": "no such word",
        "GIT_PYTHON_TRACE": "full",
        "GIT_ALLOW_PROTOCOL": "file:https:ssh",
    }.items():
        monkeypatch.setenv(name, value)
    assert answers(kept.folder) == honest
    assert not mark.exists()
    assert os.environ["GIT_NAMESPACE"] == "khác"


@pytest.mark.parametrize("how", ["sub-module", "core.worktree", "alternates", "symbolic link"])
def test_a_repository_that_lies_in_parts(
    kept: SignedManual, honest: list[tuple[int, str]], how: str, tmp_path: Path
) -> None:
    folder = kept.folder
    match how:
        case "sub-module":
            outer = Repo.make(tmp_path / "kho ngoài")
            allowed = ("-c", "protocol.file.allow=always", "submodule", "add", "-q")
            outer.git(*allowed, str(kept.folder), "chất lượng")
            folder = outer.folder / "chất lượng"
        case "core.worktree":
            kept.repo.git("init", "-q", "--separate-git-dir", str(tmp_path / "riêng.git"))
            kept.repo.git("config", "core.worktree", str(kept.folder))
        case "alternates":
            kept.repo.git("clone", "-q", "--shared", str(kept.folder), str(tmp_path / "mượn"))
            folder = tmp_path / "mượn"
        case _:
            (tmp_path / "lối tắt").symlink_to(kept.folder, target_is_directory=True)
            folder = tmp_path / "lối tắt"
    assert answers(folder) == honest


def test_branches_named_with_what_ends_a_line_in_unicode_alone(
    kept: SignedManual, honest: list[tuple[int, str]]
) -> None:
    """In a repository whose extensions GitPython does not know; tags of releases among them."""
    kept.repo.git("config", "core.repositoryformatversion", "1")
    kept.repo.git("config", "extensions.worktreeConfig", "true")
    head = kept.repo.git("rev-parse", "HEAD")
    for name in ("heads/a\u2028b", "tags/release/0007\x85b", "heads/c\u2029"):
        kept.repo.git("update-ref", f"refs/{name}", head)
    assert answers(kept.folder) == honest


def test_programs_and_hooks_of_a_stranger_are_never_run(
    kept: SignedManual, honest: list[tuple[int, str]]
) -> None:
    mark, program = marker(kept)
    for name in PROGRAMS:
        kept.repo.git("config", name, f"!{program}" if name.startswith("alias.") else program)
    hooks = kept.folder / "hooks"
    hooks.mkdir()
    names = (
        "post-checkout",
        "pre-commit",
        "post-index-change",
        "reference-transaction",
        "fsmonitor-watchman",
        "pre-auto-gc",
    )
    for home in (hooks, kept.folder / ".git/hooks"):
        home.mkdir(exist_ok=True)
        for name in names:
            shutil.copy(program, home / name)
    kept.repo.git("config", "core.hooksPath", str(hooks))
    (kept.folder / ".git/info").mkdir(exist_ok=True)
    (kept.folder / ".git/info/attributes").write_text("* diff=evil merge=evil filter=lfs\n")
    for path in kept.folder.glob("*/*.*"):  # git has to look into them again
        path.touch()
    mark.unlink(missing_ok=True)
    assert answers(kept.folder) == honest
    for words in WRITING:
        output = ("--output", str(mark.with_name("ra"))) if words[-1] in {"html", "pack"} else ()
        run_command(*words, "--root", str(kept.folder), *output)
    assert not mark.exists()


@pytest.mark.parametrize(
    "what",
    [
        "mailmap",
        "replace",
        "graft",
        "notes",
        "stash",
        "submodule",
        "worktree",
        "packed",
        "detached",
    ],
)
def test_what_bends_the_log_bends_no_answer(
    kept: SignedManual, honest: list[tuple[int, str]], what: str, tmp_path: Path
) -> None:
    repo, folder = kept.repo, kept.folder
    head = repo.git("rev-parse", "HEAD")
    match what:
        case "mailmap":
            (folder / ".git/info/exclude").write_text(".mailmap\n")
            (folder / ".mailmap").write_text("Người Khác <k@example.org> <a@example.org>\n")
        case "replace":
            repo.git("replace", head, repo.git("commit-tree", "-m", "thay", f"{head}^{{tree}}"))
        case "graft":
            (folder / ".git/info").mkdir(exist_ok=True)
            (folder / ".git/info/grafts").write_text(f"{head}\n")
        case "notes":
            repo.git("notes", "add", "-m", "Reason: ghi chú", head)
        case "stash":
            repo.write({"procedures/qt-vp-01.md": FIRST})
            repo.git("stash")
        case "submodule":
            repo.git("update-index", "--add", "--cacheinfo", f"160000,{head},kho-con")
        case "worktree":
            repo.git("worktree", "add", "-q", str(tmp_path / "khác"), "HEAD")
            folder = tmp_path / "khác"
        case "packed":
            repo.git("gc", "-q", "--aggressive")
            repo.git("pack-refs", "--all")
        case "detached":
            repo.git("checkout", "-q", head)
    assert answers(folder) == honest


# --- shapes of history
# --------------------------------------------------------------------------------------------------

ODD = "procedures/đơn vị Ê-đê/quy trình số 1 (bản 2).md"


def shaped(folder: Path) -> Repo:
    """A document through everything that people do to a history; each change gives its reason."""
    repo = make_scene(folder)
    path = "procedures/qt-vp-01.md"
    repo.git("checkout", "-q", "-b", "nhánh")
    repo.commit(
        "Sửa trên nhánh\n\nReason: phiếu 1",
        {path: FIRST.replace("hằng quý", "hằng tháng")},
        day="2024-02-01",
    )
    repo.git("checkout", "-q", "main")
    repo.commit("Việc khác", {"manual/1.1.md": "# 1.1. Phạm vi\n\nMọi việc.\n"}, day="2024-02-02")
    repo.git("checkout", "-q", "nhánh")
    repo.git("rebase", "-q", "main", day="2024-02-03")
    picked = repo.commit(
        "Được chọn sang\n\nReason: phiếu 2",
        {path: SECOND},
        day="2024-02-04",
        author="Trần B <b@example.org>",
    )
    repo.git("checkout", "-q", "main")
    repo.git("merge", "-q", "--squash", "nhánh~1")
    repo.commit(
        "Gộp (#3)\n\n* Sửa trên nhánh\n\nReason: phiếu 1\n\nCo-authored-by: Lê C <c@example.org>",
        day="2024-02-05",
    )
    repo.git("cherry-pick", picked, day="2024-02-06")
    (repo.folder / path).unlink()
    repo.commit("Bỏ nhầm", day="2024-02-07")
    repo.commit("Lấy lại\n\nReason: bỏ nhầm", {path: SECOND}, day="2024-02-08")
    for name in "xyz":
        repo.git("checkout", "-q", "-b", f"nhánh-{name}", "main")
        repo.commit(f"Phụ {name}", {f"manual/{name}.md": f"# Phụ lục {name}\n"}, day="2024-02-09")
    repo.git("checkout", "-q", "nhánh-x")
    repo.move(path, ODD)
    repo.commit("Dời sang đơn vị\n\nReason: phiếu 4", day="2024-02-10")
    repo.git("checkout", "-q", "main")
    repo.git(
        "merge",
        "-q",
        "--no-ff",
        "-m",
        "Nhập ba nhánh",
        "nhánh-x",
        "nhánh-y",
        "nhánh-z",
        day="2024-02-11",
    )
    return repo


def test_a_document_is_followed_through_every_shape_of_history(tmp_path: Path) -> None:
    repo = shaped(tmp_path / "kho")
    repo.git("clone", "-q", "--bare", str(repo.folder), str(tmp_path / "trần"))
    for root in (repo.folder, tmp_path / "trần"):
        status, out = run_command(
            "trail",
            "--document",
            "QT VP 01",
            "--since",
            "2024-02-01",
            "--root",
            str(root),
            "--format",
            "json",
        )
        assert status == 0
        rows = json.loads(out)
        assert [(row["when"][:10], row["subject"], row["why"]) for row in rows] == [
            ("2024-02-11", "Nhập ba nhánh", ""),
            ("2024-02-10", "Dời sang đơn vị", "phiếu 4"),
            ("2024-02-08", "Lấy lại", "bỏ nhầm"),
            ("2024-02-07", "Bỏ nhầm", ""),
            ("2024-02-06", "Được chọn sang", "phiếu 2"),
            ("2024-02-05", "Gộp (#3)", "phiếu 1"),
        ]
        assert [row["who"] for row in rows[4:]] == [
            "Trần B <b@example.org>",
            "Nguyễn Văn A <a@example.org>, Lê C <c@example.org>",
        ]
    found = run_command(
        "release",
        "prepare",
        "dot-2",
        "--root",
        str(repo.folder),
        "--title",
        "x",
        "--number",
        "QT VP 01=1/1",
        "--only",
        "QT VP 01",
    )
    assert found[0] == 0
    candidate = (repo.folder / "releases/candidates/dot-2.yml").read_text(encoding="utf-8")
    assert 'reason: "phiếu 2; phiếu 1; bỏ nhầm; phiếu 4"' in candidate
    assert f"path: {ODD}" in candidate
