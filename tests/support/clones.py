"""Clones as people, forges and containers make them, each lacking something of its repository."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

from tests.support.repository import ISOLATED, Repo

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

SOMEBODY = 65534  # «nobody» on every Linux


def clone(repo: Repo, folder: Path, *options: str) -> Repo:
    """A clone by git's own protocol, as from a forge; partial clones may be had from the origin."""
    repo.git("config", "uploadpack.allowFilter", "true")
    repo.git("config", "uploadpack.allowAnySHA1InWant", "true")
    repo.git("clone", "-q", *options, f"file://{repo.folder}", str(folder))
    return Repo(folder, repo.minute)


def whole(repo: Repo, folder: Path) -> Repo:
    return clone(repo, folder)


def shallow(repo: Repo, folder: Path) -> Repo:
    return clone(repo, folder, "--depth", "1")


def shallow_without_remote(repo: Repo, folder: Path) -> Repo:
    made = Repo.make(folder)
    made.git("fetch", "-q", "--depth", "1", f"file://{repo.folder}", "main")
    made.git("checkout", "-q", "-B", "main", "FETCH_HEAD")
    return made


def partial(repo: Repo, folder: Path) -> Repo:
    return clone(repo, folder, "--filter=blob:none")


def treeless(repo: Repo, folder: Path) -> Repo:
    return clone(repo, folder, "--filter=tree:0")


def shallow_and_partial(repo: Repo, folder: Path) -> Repo:
    return clone(repo, folder, "--depth", "1", "--filter=blob:none")


def narrow(repo: Repo, folder: Path) -> Repo:
    return clone(repo, folder, "--single-branch", "--no-tags")


def borrowing(repo: Repo, folder: Path) -> Repo:
    """A clone that borrows its objects from a folder that goes; its remote stays."""
    lender = folder.parent / "nơi cho mượn"
    shutil.copytree(repo.folder, lender)
    repo.git("clone", "-q", "--shared", str(lender), str(folder))
    made = Repo(folder, repo.minute)
    made.git("remote", "set-url", "origin", f"file://{repo.folder}")
    shutil.rmtree(lender)
    return made


def borrowing_from_its_remote(repo: Repo, folder: Path) -> Repo:
    """A clone that borrows its objects from its remote, which goes."""
    lender = folder.parent / "kho chung"
    shutil.copytree(repo.folder, lender)
    repo.git("clone", "-q", "--shared", str(lender), str(folder))
    shutil.rmtree(lender)
    return Repo(folder, repo.minute)


def of_another_owner(repo: Repo, folder: Path) -> Repo:
    made = clone(repo, folder)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, SOMEBODY, SOMEBODY, follow_symlinks=False)
    return made


def without_git(repo: Repo, folder: Path) -> Repo:
    """The files alone, as a forge hands them out in a ZIP."""
    made = clone(repo, folder)
    shutil.rmtree(folder / ".git")
    return made


def linked(repo: Repo, folder: Path) -> Repo:
    repo.git("worktree", "add", "-q", "--detach", str(folder), "HEAD")
    return Repo(folder, repo.minute)


def bare(repo: Repo, folder: Path) -> Repo:
    return clone(repo, folder, "--bare")


def as_submodule(repo: Repo, folder: Path) -> Repo:
    """A clone that is a sub-module of another repository."""
    outer = Repo.make(folder)
    add = ("-c", "protocol.file.allow=always", "submodule", "add", "-q")
    outer.git(*add, f"file://{repo.folder}", "so-tay")
    outer.git("commit", "-q", "-m", "Thêm kho con")
    return Repo(folder / "so-tay", repo.minute)


def with_submodule(repo: Repo, folder: Path) -> Repo:
    """A clone among whose documents lies a sub-module that is not filled."""
    other = Repo.make(folder.parent / "kho chung")
    other.commit("một", {"qt-vp-88.md": "---\ncode: QT VP 88\ntype: procedure\n---\n"})
    middle = clone(repo, folder.parent / "kho có kho con")
    add = ("-c", "protocol.file.allow=always", "submodule", "add", "-q")
    middle.git(*add, f"file://{other.folder}", "procedures/chung")
    middle.git("commit", "-q", "-m", "Thêm kho con", day="2024-08-02")
    return clone(middle, folder)


# The text that the clone with pointers lacks.
POINTED = "procedures/qt-vp-31.md"


def with_pointers(repo: Repo, folder: Path) -> Repo:
    """A clone where one text is a pointer of Git LFS; its content lies in the origin."""
    middle = clone(repo, folder.parent / "kho có LFS")
    content = (middle.folder / POINTED).read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    head = f"version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\n"
    held = f".git/lfs/objects/{digest[:2]}/{digest[2:4]}/{digest}"
    middle.write({POINTED: f"{head}size {len(content)}\n", held: content})
    middle.commit(
        "Để Git LFS giữ", {".gitattributes": f"{POINTED} filter=lfs -text\n"}, day="2024-08-02"
    )
    return clone(middle, folder)


KINDS: Mapping[str, Callable[[Repo, Path], Repo]] = {
    "whole": whole,
    "linked work tree": linked,
    "bare": bare,
    "shallow": shallow,
    "shallow, without a remote": shallow_without_remote,
    "partial (blobless)": partial,
    "partial (treeless)": treeless,
    "shallow and partial": shallow_and_partial,
    "one branch, no tags": narrow,
    "borrowed objects gone": borrowing,
    "borrowed from a remote that is gone": borrowing_from_its_remote,
    "another owner's": of_another_owner,
    "a copy without .git": without_git,
    "a sub-module of another": as_submodule,
    "with a sub-module in it": with_submodule,
    "Git LFS pointers": with_pointers,
}


def run_cure(words: str, folder: Path, address: Path, home: Path) -> None:
    """Run the command that a message ends with, as its reader would, in the manual's folder.

    Words in capitals are filled in: the address of the repository, and a folder.
    """
    command = re.split(r"(?:Hãy chạy|Run): ", words.strip())[-1].splitlines()[0]
    command = command.replace("ADDRESS", f"'file://{address}'").replace("FOLDER", "'bản sao mới'")
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    people = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org"}
    people |= {"GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org"}
    isolated = {"GIT_CONFIG_SYSTEM": "/dev/null", "LC_ALL": ISOLATED["LC_ALL"]}
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env=kept | people | isolated | {"HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command}: {done.stderr}"
