"""How dear `qmstool check` is against an earlier build of it, side by side in one run.

    python -m benchmarks.against --base ../basevenv/bin/python [--documents 10000]
        [--repeats 3] [--rows cold core edited unchanged sides manual]

`--base` is the Python of an environment of its own that has the earlier build installed: of commit
279ac74, `git worktree add ../base 279ac74 && python -m venv ../basevenv &&
../basevenv/bin/pip install ../base`.

    cold       a made-up manual, all rules, nothing kept from before
    core       the same without the rules on prose
    edited     a sentence added to one of its documents since the last check, a new process
    unchanged  the same asked again
    sides      cold, all rules, this build alone: the time on the wall on two processors against one
    manual     the manual beside this package, a sentence added to one text, a new process, against
               `python -c pass`: without the rules on prose, and with all

Each is run of random words (`benchmarks.corpus`) and of real sentences. Each round runs the earlier
build, then this one; the table shows the medians of CPU (user and system) and of the ratios, and the
most memory of one process. All but `sides` run on one processor, so that nobody is helped by a
second process, whose start would count as well. Kept reports and facts lie in folders of this run's own, one for each build. Both run
from a folder that holds neither, so that each imports what its environment has.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.check import PASS, Use, manual_of, this_manual

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
ROWS = ("cold", "core", "edited", "unchanged", "sides", "manual")


class Build(NamedTuple):
    """A build of the tool: its Python, where its package lies, and a home of its own."""

    python: str
    package: str
    home: Path

    @property
    def environment(self) -> dict[str, str]:
        """What a user's shell would hand on, and where this build lies and keeps what it keeps."""
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("PYTHON") and name != "CI"
        }
        return environment | {
            "PYTHONSAFEPATH": "1",
            "PYTHONPATH": self.package,
            "XDG_CACHE_HOME": str(self.home / "cache"),
            "XDG_STATE_HOME": str(self.home / "state"),
        }

    def command(self, root: Path, *more: str) -> list[str]:
        """The command that checks a manual."""
        return [self.python, "-m", "qmstool", "check", "--root", str(root), *more]

    def check(self, root: Path, *more: str, processors: int = 1) -> Use:
        """Check a manual as a user would; its report is thrown away."""
        return run(self.command(root, *more), self.environment, self.home, processors)


def run(command: list[str], environment: dict[str, str], folder: Path, processors: int = 1) -> Use:
    """Run a command and return what it took; findings are no failure."""
    everywhere = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(everywhere)[:processors])  # a child has what its parent has
    try:
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=folder, env=environment)
    finally:
        os.sched_setaffinity(0, everywhere)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in {0, 1}:
        raise SystemExit(f"{command} ended with status {child.returncode}")
    return Use(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def builds(base: str, folder: Path) -> tuple[Build, Build]:
    """Return the earlier build, by its Python, and this one, with homes of their own in a folder."""
    homes = folder / "base-home", folder / "own-home"
    for home in homes:
        home.mkdir()
    return Build(base, "", homes[0]), Build(sys.executable, str(ROOT), homes[1])


def edit(root: Path, name: str) -> None:
    """Add a sentence to a text, as an author does."""
    with (root / name).open("a", encoding="utf-8") as text:
        text.write("\nThêm một câu.\n")


class Comparison:
    """Runs both builds, round by round."""

    def __init__(self, base: Build, own: Build, repeats: int) -> None:
        self.base, self.own, self.repeats = base, own, repeats

    def row(self, what: str, root: Path, *more: str, edited: str = "") -> str:
        """One line of the table; with `edited`, a text is edited before each check."""
        rounds: list[tuple[Use, Use]] = []
        for _ in range(self.repeats):
            if edited:
                edit(root, edited)
            rounds.append((self.base.check(root, *more), self.own.check(root, *more)))
        return line(what, rounds)

    def sides(self, what: str, root: Path) -> str:
        """One line: the time on the wall on two processors against one, both of this build."""
        walls: list[tuple[float, float]] = []
        for _ in range(self.repeats):
            taken = []
            for processors in (1, 2):
                begun = time.monotonic()
                self.own.check(root, "--no-cache", processors=processors)
                taken.append(time.monotonic() - begun)
            walls.append((taken[0], taken[1]))
        one, two = (median(pair[side] for pair in walls) for side in (0, 1))
        ratios = [two / one for one, two in walls]
        spread = f"{min(ratios):.2f}-{max(ratios):.2f}"
        return f"{what:52} {one:8.2f} {two:8.2f} {median(ratios):8.2f} x {spread:>12}"

    def against_pass(self, what: str, root: Path, edited: str) -> Iterator[str]:
        """Two lines: each build against `python -c pass`, a text being edited before each check."""
        for build, name in ((self.base, "279ac74"), (self.own, "now")):
            build.check(root)
            rounds = []
            for _ in range(3 * self.repeats):
                edit(root, edited)
                nothing = run([build.python, *PASS[1:]], dict(os.environ), build.home)
                rounds.append((nothing, build.check(root)))
            yield line(f"{what}, {name} against pass", rounds)


def line(what: str, rounds: list[tuple[Use, Use]]) -> str:
    """Medians of both sides, and of their ratios with the least and the greatest."""
    ratios = [own.cpu / base.cpu for base, own in rounds]
    base, own = (median(used[side].cpu for used in rounds) for side in (0, 1))
    memory = [max(used[side].memory for used in rounds) for side in (0, 1)]
    spread = f"{min(ratios):.2f}-{max(ratios):.2f}"
    return (
        f"{what:52} {base:8.2f} {own:8.2f} {median(ratios):8.2f} x {spread:>12} "
        f"{memory[0]:6.0f} {memory[1]:6.0f} MB"
    )


def corpus_lines(
    compare: Comparison, rows: list[str], folder: Path, count: int, *, sentences: bool
) -> Iterator[str]:
    kind = "sentences" if sentences else "words"
    root = folder / kind
    manual_of(root, count, prose=True, sentences=sentences)
    edited = "procedures/000/qt-00001.md"
    if "cold" in rows:
        yield compare.row(f"{kind}: all rules, cold", root, "--no-cache")
    if "core" in rows:
        core = manual_of(folder / f"{kind}-core", count, prose=False, sentences=sentences)
        yield compare.row(f"{kind}: families 0-4, cold", core, "--no-cache")
    if "sides" in rows:
        yield compare.sides(f"{kind}: cold, wall on two processors against one", root)
    if "edited" in rows or "unchanged" in rows:
        compare.base.check(root)
        compare.own.check(root)
    if "edited" in rows:
        yield compare.row(f"{kind}: one document edited", root, edited=edited)
    if "unchanged" in rows:
        yield compare.row(f"{kind}: nothing changed", root)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--base", required=True, help="Python of the earlier build's environment")
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--rows", nargs="+", choices=ROWS, default=list(ROWS))
    parser.add_argument("--corpora", nargs="+", default=["words", "sentences"])
    options = parser.parse_args()
    print(
        f"{'qmstool check':52} {'279ac74':>8} {'now':>8} {'ratio':>10} {'least-most':>12}  memory"
    )
    with tempfile.TemporaryDirectory(prefix="qms-against-") as name:
        folder = Path(name)
        compare = Comparison(*builds(options.base, folder), options.repeats)
        if "manual" in options.rows:
            for prose in (False, True):
                root = this_manual(folder / f"manual-{prose}", prose=prose)
                what = f"this manual, families 0-{6 if prose else 4}, a text edited"
                for text in compare.against_pass(what, root, "manual/index.md"):
                    print(text, flush=True)
        for kind in options.corpora:
            for text in corpus_lines(
                compare, options.rows, folder, options.documents, sentences=kind == "sentences"
            ):
                print(text, flush=True)


if __name__ == "__main__":
    main()
