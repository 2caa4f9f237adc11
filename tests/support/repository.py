"""A real git repository in a temporary folder: fixed names and days, deaf to the machine's own git
settings.
"""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ISOLATED = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null", "LC_ALL": "C.UTF-8"}
AUTHOR = "Nguyễn Văn A <a@example.org>"


@dataclass
class Repo:
    """One repository; every commit is a minute after the one before, from 1 January 2024 on, unless
    a day is given.
    """

    folder: Path
    minute: int = field(default=0)

    @classmethod
    def make(cls, folder: Path) -> Repo:
        folder.mkdir(parents=True, exist_ok=True)
        repo = cls(folder)
        repo.git("init", "-q", "-b", "main")
        return repo

    def git(
        self,
        *arguments: str,
        author: str = AUTHOR,
        day: str = "2024-01-01",
        stdin: str | None = None,
    ) -> str:
        name, _, email = author.rstrip(">").partition(" <")
        self.minute += 1
        when = f"{day}T{self.minute // 60 % 24:02d}:{self.minute % 60:02d}:00+07:00"
        people = {
            f"GIT_{who}_{what}": value
            for who in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", name), ("EMAIL", email), ("DATE", when))
        }
        kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            env=kept | ISOLATED | people,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"git {arguments}: {done.stderr}"
        return done.stdout.strip()

    def write(self, files: Mapping[str, str | bytes]) -> None:
        for path, data in files.items():
            full = self.folder / path
            full.parent.mkdir(parents=True, exist_ok=True)
            full.write_bytes(data if isinstance(data, bytes) else data.encode())

    def commit(
        self,
        message: str,
        files: Mapping[str, str | bytes] | None = None,
        *,
        author: str = AUTHOR,
        day: str = "2024-01-01",
    ) -> str:
        self.write(files or {})
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message, author=author, day=day)
        return self.git("rev-parse", "HEAD")

    def move(self, old: str, new: str) -> None:
        (self.folder / new).parent.mkdir(parents=True, exist_ok=True)
        self.git("mv", old, new)


def set_language(repo: Repo, tag: str) -> None:
    """Make a manual in Vietnamese one in another language, and commit that."""
    manifest = (repo.folder / "qms.yml").read_text("utf-8")
    if f"language: {tag}\n" in manifest:
        return
    assert "language: vi\n" in manifest
    changed = manifest.replace("language: vi\n", f"language: {tag}\n")
    repo.commit(f"language: {tag}", {"qms.yml": changed}, day="2024-02-13")
