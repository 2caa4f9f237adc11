"""How dear a history is, in CPU of one `git log --raw -z -M` over the same repository.

python benchmarks/history.py [--documents 10000] [--commits 20000] [--runs 5] [--follow 5] [--keep
FOLDER]

A repository of made-up procedures is generated with `git fast-import` and packed. Each round
measures the log alone, then the history with every life; the median ratio is printed, and a sample
of `git log --follow` per file beside it. Start-up of Python and its imports is left aside. CPU of
this process and of its children is counted, not the clock on the wall.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from qmstool.git import log
from qmstool.git import repository as git
from qmstool.process import GIT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WORDS = [
    "hồ sơ",
    "quy trình",
    "phòng",
    "xem xét",
    "phê duyệt",
    "tiếp nhận",
    "kết quả",
    "kiểm soát",
    "lưu trữ",
    "rủi ro",
    "cơ hội",
]
MERGES = 36  # every so many commits


def path_of(number: int, moved: int) -> str:
    return f"procedures/{number % 97:02d}/qt-{number:05d}{'-' + str(moved) if moved else ''}.md"


def text_of(number: int, version: int, rng: random.Random) -> str:
    body = "\n".join(f"- {' '.join(rng.choices(WORDS, k=12))}" for _ in range(40))
    front = f"---\ncode: QT {number:05d}\ntype: procedure\ntitle: Quy trình {number}\n---\n"
    return f"{front}# Quy trình {number}\n\nBản {version}.\n\n{body}\n"


class Maker:
    """Writes the stream that `git fast-import` reads: additions first, then changes, some renames,
    a merge now and then.
    """

    def __init__(self, documents: int, commits: int) -> None:
        self.documents, self.commits, self.rng = documents, commits, random.Random(4)
        self.moved = [0] * documents
        self.bodies = [text_of(number, 0, random.Random(number)) for number in range(documents)]

    def blob(self, number: int, version: int) -> str:
        lines = self.bodies[number].split("\n")
        lines[9 + version % 40] = f"- {' '.join(self.rng.choices(WORDS, k=12))}"
        self.bodies[number] = "\n".join(lines)
        return self.bodies[number]

    def commit(
        self, at: int, changes: list[str], parent: str = "", ref: str = "refs/heads/main"
    ) -> str:
        message = f"Sửa đổi {at}\n\nChange: nội dung {at}\nReason: phiếu {at % 300}\n"
        who = f"Người {at % 40} <n{at % 40}@example.org> {1_500_000_000 + at * 600} +0700"
        head = (
            f"commit {ref}\nmark :{at + 1}\nauthor {who}\ncommitter {who}\ndata "
            f"{len(message.encode())}\n{message}{parent}"
        )
        return head + "".join(changes) + "\n"

    def modify(self, number: int, text: str) -> str:
        return (
            f"M 100644 inline {path_of(number, self.moved[number])}\ndata {len(text.encode())}\n"
            f"{text}\n"
        )

    def stream(self) -> Iterator[str]:
        first = max(1, self.commits // 4)
        for at in range(first):
            added = range(at * self.documents // first, (at + 1) * self.documents // first)
            yield self.commit(at, [self.modify(number, self.bodies[number]) for number in added])
        at = first
        while at < self.commits:
            if at % MERGES == 0 and at + 2 < self.commits:
                yield from self.branch(at)
                at += 3
                continue
            yield self.commit(at, self.change(at))
            at += 1

    def branch(self, at: int) -> Iterator[str]:
        """A commit beside main, one on main, and their merge."""
        side = self.rng.randrange(self.documents)
        text = self.blob(side, at)
        yield self.commit(at, [self.modify(side, text)], f"from :{at}\n", "refs/heads/side")
        yield self.commit(at + 1, self.change(at + 1, but=side), f"from :{at}\n")
        yield self.commit(at + 2, [self.modify(side, text)], f"merge :{at + 1}\n")

    def change(self, at: int, but: int = -1) -> list[str]:
        chosen = {
            number for number in self.rng.sample(range(self.documents), 1 + at % 2) if number != but
        }
        made = []
        for number in sorted(chosen):
            if at % 50 == 0:
                old = path_of(number, self.moved[number])
                self.moved[number] += 1
                made.append(f"R {old} {path_of(number, self.moved[number])}\n")
            made.append(self.modify(number, self.blob(number, at)))
        return made


def make(folder: Path, documents: int, commits: int) -> None:
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
    subprocess.run(["git", "init", "-q", "-b", "main", folder], check=True, env=environment)
    with subprocess.Popen(
        ["git", "fast-import", "--quiet"], cwd=folder, stdin=subprocess.PIPE, env=environment
    ) as running:
        assert running.stdin is not None
        for part in Maker(documents, commits).stream():
            running.stdin.write(part.encode())
    subprocess.run(["git", "gc", "-q"], cwd=folder, check=True, env=environment)
    subprocess.run(
        ["git", "commit-graph", "write", "--reachable"],
        cwd=folder,
        check=True,
        env=environment,
        capture_output=True,
    )


def cpu(work: Callable[[], object]) -> float:
    """Seconds of CPU that some work takes, children included."""
    before = os.times()
    work()
    after = os.times()
    return sum(after[:4]) - sum(before[:4])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--commits", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--follow", type=int, default=5, help="files sampled with git log --follow")
    parser.add_argument(
        "--keep",
        type=Path,
        help="make the repository here and leave it, or take the one that is there",
    )
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.keep or Path(temporary, "repository")
        if not (folder / ".git").is_dir():
            make(folder, asked.documents, asked.commits)
        measure(folder, asked.runs, asked.follow)


def measure(folder: Path, runs: int, follow: int) -> None:
    repository = git.require_history(git.find_repository(folder))
    form = f"--format={log.FORMAT}"
    command = [*GIT, "log", "--raw", "-z", "-M", "--no-abbrev", "--diff-merges=first-parent", form]
    alone, whole = [], []
    for _ in range(runs):
        alone.append(
            cpu(lambda: subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, check=True))
        )
        whole.append(cpu(lambda: log.read_history(repository)))
    history = log.read_history(repository)
    print(f"{len(history)} commits, {len(history.paths)} lives")
    print(f"git log alone      {statistics.median(alone):.2f} s CPU")
    print(
        f"history            {statistics.median(whole):.2f} s CPU = "
        f"{statistics.median(map(ratio, whole, alone)):.2f} x git log"
    )
    sample = random.Random(1).sample(history.paths, min(follow, len(history.paths)))
    if sample:
        each = statistics.mean(cpu(lambda path=path: follow_one(folder, path)) for path in sample)  # type: ignore[misc]
        total = each * len(history.paths)
        print(
            f"git log --follow   {total:.0f} s CPU for all (from {len(sample)}) = "
            f"{total / statistics.median(whole):.0f} x history"
        )


def ratio(one: float, other: float) -> float:
    return one / other


def follow_one(folder: Path, path: str) -> None:
    subprocess.run(
        ["git", "log", "--follow", "--format=%H", "--", path],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        check=True,
    )


if __name__ == "__main__":
    main()
