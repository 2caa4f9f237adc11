"""How dear `qmstool check` is: its CPU against that of reading the same files, its memory by size,
and its start on a real manual.

    python -m benchmarks.check [--documents 10000] [--repeats 5] [--rows cold prose again memory
        manual]

    cold    families 0-4 of a made-up manual (`benchmarks.corpus`), nothing kept from before,
            against `cat` of its files
    prose   the same with family 6 as well; its text is of random words, so that this family finds
            thousands of slips
    again   the made-up manual asked again, nothing changed, against `cat`
    memory  the most that a cold check holds, at a tenth, a half and the whole of the documents
    manual  the manual beside this package against `python -c pass`: families 0-4 (a copy whose
            manifest switches 6 off), and all;
            with nothing kept from before, after an edit of one text, after one under `--watch`
            (only what the check after a save
            takes of a process that runs already), and asked again

The command line is run as a user would run it, its report thrown away. Each round measures the
baseline, then the command; the table shows medians, and of the ratios also the least and the
greatest. CPU is user and system time of the process, not the wall's. Python may keep its compiled
modules, as an installed package does: variables that forbid it are not handed on, and each row
begins with a run that is not measured. Verdicts are kept in a folder of this run's own; where
nothing may be kept, `--no-cache` says so.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.corpus import make
from qmstool.rules import ALL
from qmstool.storage.tree import FolderTree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parent.parent
PROSE = tuple(rule.slug for rule in ALL if rule.id.startswith("QMS6"))
ON_REQUEST = tuple(rule.slug for rule in ALL if rule.on_request)
PASS = [sys.executable, "-c", "pass"]
ENVIRONMENT = {
    name: value
    for name, value in os.environ.items()
    if not name.startswith("PYTHON") and name != "CI"
}
COLD = ("--no-cache",)


class Use(NamedTuple):
    """What one run took: CPU in seconds, most memory in MB."""

    cpu: float
    memory: float


def run(command: list[str], stdin: bytes = b"", *, allowed: tuple[int, ...] = (0,)) -> Use:
    """Run a command, its output thrown away, and return what it and the processes it waited for
    took.
    """
    child = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, cwd=ROOT, env=ENVIRONMENT
    )
    if child.stdin:
        child.stdin.write(stdin)
        child.stdin.close()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in allowed:
        raise SystemExit(f"{command[:4]} ended with status {child.returncode}")
    return Use(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def check(folder: Path, *more: str) -> Use:
    return run(
        [sys.executable, "-m", "qmstool", "check", "--root", str(folder), *more], allowed=(0, 1)
    )


def cat(folder: Path) -> Use:
    names = [str(path) for path in sorted(folder.rglob("*")) if path.is_file()]
    return run(["xargs", "-0", "cat"], "\0".join(names).encode())


def manual_of(folder: Path, documents: int, *, prose: bool, sentences: bool = False) -> Path:
    """Make a manual whose manifest asks for every rule; without `prose` it switches family 6 off."""
    make(folder, documents, sentences=sentences)
    key, slugs = ("ask", ON_REQUEST) if prose else ("off", PROSE)
    with (folder / "qms.yml").open("a", encoding="utf-8") as manifest:
        manifest.write(f"check: {{{key}: [{', '.join(slugs)}]}}\n")
    return folder


def this_manual(folder: Path, *, prose: bool) -> Path:
    """A copy of the manual beside this package; without `prose` its manifest switches family 6 off."""
    for name, data in (tree := FolderTree(ROOT)).read_all(tree.list()).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    manifest = (folder / "qms.yml").read_text(encoding="utf-8")
    assert "off: []" in manifest
    if not prose:
        (folder / "qms.yml").write_text(
            manifest.replace("off: []", f"off: [{', '.join(PROSE)}]"), encoding="utf-8"
        )
    return folder


def check_after_an_edit(folder: Path) -> Use:
    """Check once more, a sentence having been added to one text, as an author does."""
    with (folder / "manual" / "index.md").open("a", encoding="utf-8") as text:
        text.write("\nThêm một câu.\n")
    return check(folder)


WATCHED = """
import io, os, sys, time
from pathlib import Path
from qmstool.cli.main import main
text, saves, took = Path(sys.argv[1], "manual/index.md"), 8, []
sys.stdout, real = io.StringIO(), sys.stdout
def save_until_done(_):
    took.append(time.process_time())
    if len(took) > saves:
        raise KeyboardInterrupt
    with text.open("a", encoding="utf-8") as file:
        file.write("\\nThêm một câu.\\n")
time.sleep = save_until_done
main(["check", "--watch", "--root", sys.argv[1]])
print((took[-1] - took[1]) / (saves - 1), file=real)
"""


def check_under_watch(folder: Path) -> Use:
    """The mean of a few checks after saves in one process, the first of which warms it up."""
    command = [sys.executable, "-c", WATCHED, str(folder)]
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, cwd=ROOT, env=ENVIRONMENT
    )
    return Use(float(done.stdout), 0)


def compared(what: str, baseline: Callable[[], Use], own: Callable[[], Use], repeats: int) -> str:
    """One line of the table: a check against its baseline, round by round."""
    own()
    rounds = [(baseline(), own()) for _ in range(repeats)]
    ratios = [ours.cpu / base.cpu for base, ours in rounds]
    spread = f"{min(ratios):.1f}-{max(ratios):.1f}"
    base_cpu, own_cpu = (median(used[side].cpu for used in rounds) for side in (0, 1))
    return f"{what:48} {own_cpu:8.3f} {base_cpu:8.3f} {median(ratios):8.1f} x  {spread:>12}"


def lines(options: argparse.Namespace, folder: Path) -> Iterator[str]:
    count, repeats = options.documents, options.repeats
    for row, prose, more in (("cold", False, COLD), ("prose", True, COLD), ("again", False, ())):
        if row in options.rows:
            made = manual_of(folder / row, count, prose=prose)
            what = f"{count} documents, families 0-{6 if prose else 4}{'' if more else ', asked again'}"
            yield compared(what, partial(cat, made), partial(check, made, *more), repeats)
    for prose in (False, True) if "manual" in options.rows else ():
        made = this_manual(folder / f"manual-{prose}", prose=prose)
        ways = {
            "nothing kept": partial(check, made, *COLD),
            "a text edited": partial(check_after_an_edit, made),
            "a text edited, --watch": partial(check_under_watch, made),
            "asked again": partial(check, made),
        }
        for way, own in ways.items():
            yield compared(
                f"this manual, families 0-{6 if prose else 4}, {way}",
                partial(run, PASS),
                own,
                repeats,
            )
    for size in (count // 10, count // 2, count) if "memory" in options.rows else ():
        most = check(manual_of(folder / f"memory-{size}", size, prose=False), *COLD).memory
        yield f"{f'{size} documents':48} {most:5.0f} MB at most, {most * 1024 / size:.0f} kB each"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--repeats", type=int, default=5)
    rows = ("cold", "prose", "again", "memory", "manual")
    parser.add_argument("--rows", nargs="+", choices=rows, default=rows)
    options = parser.parse_args()
    print(f"{'qmstool check':48} {'CPU s':>8} {'baseline':>8} {'ratio':>10}  {'least-most':>12}")
    with tempfile.TemporaryDirectory(prefix="qms-check-") as folder:
        ENVIRONMENT.update(
            {name: f"{folder}/{name}" for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME")}
        )
        for line in lines(options, Path(folder)):
            print(line, flush=True)


if __name__ == "__main__":
    main()
