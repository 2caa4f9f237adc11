"""Random lives with branches, renames, deletions, merges and squashes: each file's commits against what was planted.

Every file bears its own number in its text, so the truth of who touched what needs no git at all.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from qmstool.git import log
from qmstool.git import repository as git
from tests.support.repository import Repo

if TYPE_CHECKING:
    from pathlib import Path


@dataclass
class Planter:
    """Does random work and keeps, for each file and line of work, which commits touched it."""

    repo: Repo
    rng: random.Random
    paths: dict[int, str] = field(default_factory=dict)
    versions: dict[int, int] = field(default_factory=dict)
    touched: dict[int, set[str]] = field(default_factory=dict)
    born: int = 0
    done: int = 0

    def text(self, number: int) -> str:
        rng = random.Random(number)
        lines = [f"{rng.random()} dòng {line} của tệp {number}" for line in range(40)]
        lines[number % 40] += f" lần {self.versions.get(number, 0)}"
        return "\n".join(lines) + "\n"

    def commit(self, touched: set[int]) -> None:
        self.done += 1
        commit = self.repo.commit(f"việc {self.done}")
        for number in touched:
            self.touched.setdefault(number, set()).add(commit)

    def work(self, numbers: list[int]) -> None:
        """One commit on some of the files: an edit, a rename with or without an edit, a new file, a deletion."""
        number = self.rng.choice(numbers)
        match self.rng.choice(("edit", "edit", "rename", "rename and edit", "add")):
            case "edit":
                self.edit(number)
            case "rename":
                self.rename(number)
            case "rename and edit":
                self.rename(number)
                self.edit(number)
            case "add":
                number = self.add()
        self.commit({number})

    def add(self) -> int:
        self.born += 1
        free = self.rng.choice(
            [f"f{name}.md" for name in range(30) if f"f{name}.md" not in self.paths.values()]
        )
        self.paths[self.born] = free
        self.repo.write({free: self.text(self.born)})
        return self.born

    def edit(self, number: int) -> None:
        self.versions[number] = self.versions.get(number, 0) + 1
        self.repo.write({self.paths[number]: self.text(number)})

    def rename(self, number: int) -> None:
        new = f"d{self.rng.randint(0, 4)}/g{self.done}-{number}.md"
        self.repo.move(self.paths[number], new)
        self.paths[number] = new

    def branch(self) -> None:
        """Some files are worked on beside main, others on main; then the lines join, merged or squashed."""
        numbers = sorted(self.paths)
        self.rng.shuffle(numbers)
        half = len(numbers) // 2
        before = dict(self.paths)
        self.repo.git("checkout", "-q", "-b", "nhánh")
        kept = {number: set(commits) for number, commits in self.touched.items()}
        for _ in range(self.rng.randint(1, 4)):
            self.work(numbers[:half])
        beside, self.paths = self.paths, before
        added = {number: path for number, path in beside.items() if number not in before}
        self.repo.git("checkout", "-q", "main")
        self.paths = before | added  # names taken on the branch are not taken on main
        for _ in range(self.rng.randint(0, 3)):
            self.work(numbers[half:])
        self.paths |= {number: path for number, path in beside.items() if number in numbers[:half]}
        if self.rng.random() < 0.6:
            self.repo.git("merge", "-q", "--no-ff", "-m", "nhập", "nhánh")
        else:
            self.squash(kept, numbers[:half] + list(added))
        self.repo.git("branch", "-q", "-D", "nhánh")

    def squash(self, kept: dict[int, set[str]], numbers: list[int]) -> None:
        """The commits of the branch are gone; one commit did it all."""
        changed = {
            number
            for number in numbers
            if self.touched.get(number, set()) != kept.get(number, set())
        }
        for number in changed:
            self.touched[number] = kept.get(number, set())
        self.repo.git("merge", "-q", "--squash", "nhánh")
        self.commit(changed)


@pytest.mark.parametrize("seed", range(8))
def test_each_file_knows_its_own_commits(tmp_path: Path, seed: int) -> None:
    planter = Planter(Repo.make(tmp_path / "kho"), random.Random(seed))
    for _ in range(5):
        planter.commit({planter.add()})
    for _ in range(12):
        if planter.rng.random() < 0.5:
            planter.branch()
        else:
            planter.work(sorted(planter.paths))
    history = log.read_history(git.require_history(git.find_repository(planter.repo.folder)))
    alone = {commit.id for commit in history.commits if not commit.is_merge}
    for number, path in planter.paths.items():
        assert (planter.repo.folder / path).read_text() == planter.text(number)
        found = {touch.commit.id for touch in history.life(path)} & alone
        assert found == planter.touched[number], (number, path)
    assert set(history.paths) == set(planter.paths.values())
