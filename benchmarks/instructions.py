"""How many instructions `qmstool check` takes against an earlier build: the same on a busy machine.

    python -m benchmarks.instructions --base ../basevenv/bin/python [--rows document edit]

`--base` is as for `benchmarks.against`, whose ratios of CPU are what counts; these tell a hundredth
more or less apart, which on a machine shared with others no clock does. Valgrind counts (`apt-get
install valgrind`), fifty times as slow as the processor itself: so manuals are small.

    document   a cold check, by document: what 220 take more than 20
    edit       the manual beside this package, a sentence added to one text, a new process, and as
               many times `python -c pass`

Each with all rules, and without those on prose; documents of random words and of real sentences.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.against import builds, edit
from benchmarks.check import PASS, manual_of, this_manual

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.against import Build

ROWS = ("document", "edit")
FEW, MANY = 20, 220
COUNTED = re.compile(r"I +refs: +([\d,]+)")
COUNTING = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]


def instructions(build: Build, command: list[str]) -> float:
    """Return the millions of instructions that a command takes; findings are no failure."""
    environment = build.environment | {"PYTHONHASHSEED": "0"}
    done = subprocess.run(
        [*COUNTING, *command],
        check=False,
        capture_output=True,
        text=True,
        cwd=build.home,
        env=environment,
    )
    counted = COUNTED.findall(done.stderr)
    if done.returncode not in {0, 1} or not counted:
        raise SystemExit(f"{command[:4]} ended with status {done.returncode}: {done.stderr}")
    return int(counted[-1].replace(",", "")) / 1e6


def by_document(build: Build, folder: Path, *, prose: bool, sentences: bool) -> float:
    """Return what one document more costs a cold check."""
    taken = []
    for count in (FEW, MANY):
        root = folder / f"{count}-{prose}-{sentences}"
        if not root.exists():
            manual_of(root, count, prose=prose, sentences=sentences)
        build.check(root, "--no-cache")
        taken.append(instructions(build, build.command(root, "--no-cache")))
    return (taken[1] - taken[0]) / (MANY - FEW)


def after_an_edit(build: Build, root: Path) -> tuple[float, float]:
    """Return what a check after an edit costs, and how many times Python's own start that is."""
    build.check(root)
    for _ in range(2):  # what is compiled in the first is kept for the next
        edit(root, "manual/index.md")
        build.check(root)
    edit(root, "manual/index.md")
    taken = instructions(build, build.command(root))
    return taken, taken / instructions(build, [build.python, *PASS[1:]])


def lines(base: Build, own: Build, rows: list[str], folder: Path) -> Iterator[str]:
    """Yield the lines of the table."""
    for prose in (True, False):
        rules = "all rules" if prose else "families 0-4"
        for kind in ("words", "sentences") if "document" in rows else ():
            old, new = (
                by_document(build, folder, prose=prose, sentences=kind == "sentences")
                for build in (base, own)
            )
            yield f"{f'{kind}: {rules}, cold, by document':48} {old:9.2f} {new:9.2f} {new / old:7.3f} x"
        if "edit" in rows:
            root = this_manual(folder / f"manual-{prose}", prose=prose)
            (old, many), (new, few) = (after_an_edit(build, root) for build in (base, own))
            yield (
                f"{f'this manual, {rules}, a text edited':48} {old:9.0f} {new:9.0f} {new / old:7.3f} x"
                f"   {many:.1f} and {few:.1f} x pass"
            )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--base", required=True, help="Python of the earlier build's environment")
    parser.add_argument("--rows", nargs="+", choices=ROWS, default=list(ROWS))
    options = parser.parse_args()
    print(f"{'millions of instructions':48} {'279ac74':>9} {'now':>9} {'ratio':>9}")
    with tempfile.TemporaryDirectory(prefix="qms-instructions-") as name:
        folder = Path(name)
        for text in lines(*builds(options.base, folder), options.rows, folder):
            print(text, flush=True)


if __name__ == "__main__":
    main()
