"""Change the code a little, one place at a time, and see whether a test says so.

`python benchmarks/mutants.py [--count 10] [--seed 1] [--most 20] [--kept DIR] [--again FILE]
[ROOM…]`. Of each room so many places are drawn by the seed. All changes of a room are written into
a copy of this checkout at once (`mutant_places.py`), and tried there with the tests of the room that
come to their place (`mutant_trials.py`), not above `--most` seconds of a processor. What no test
noticed is listed on standard error: its line, what was put there, and how many of the tests that
come there were run. `--kept`: a folder for what the tests did without any change, so that the next
run asks only those whose file was changed, unless the room was. `--again`: only what such a list names, by its line. What is
read only while modules load (limits, declarations) is not among the places.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from benchmarks.mutant_places import write_changes  # noqa: E402 - of this checkout
from benchmarks.mutant_trials import Trials  # noqa: E402

COPIED = (
    "qmstool", "tests", "benchmarks", "clauses", "templates", "docs", "manual", "procedures", "releases",
    ".ci", ".github", "findings", "qms.yml", "mkdocs.yml", "pyproject.toml", "README.md",
)  # fmt: skip
WHOLE_MANUAL = ("tests/acceptance/test_expected_findings.py", "tests/acceptance/test_slips.py")
RULE_TESTS = ("tests/rules", *WHOLE_MANUAL)
FORGERIES = tuple(
    f"tests/cli/{file.name}" for file in sorted((ROOT / "tests/cli").glob("test_forge*.py"))
)
# Room → its tests.
ROOMS = {
    "verify": ("tests/verify", "tests/cli/test_keys.py", "tests/cli/test_tamperings.py", "tests/cli/test_verify.py", "tests/cli/test_not_committed.py", *FORGERIES),
    "register": ("tests/register", "tests/tables", "tests/cli/test_moments.py", "tests/cli/test_handover.py", "tests/cli/test_decisions.py"),
    "candidates": ("tests/candidates", "tests/cli/test_decisions.py", "tests/cli/test_release.py", "tests/cli/test_opinions.py"),
    **{f"rules/{each}": RULE_TESTS for each in ("approval", "control", "coverage", "references")},
    "rules/prose": ("tests/rules/prose", "tests/rules/test_prose.py", "tests/rules/test_pages.py", *WHOLE_MANUAL),
}  # fmt: skip
# Plain asserts and short tracebacks: what is said of a failure is read by nobody.
QUICK = ("-q", "-p", "no:cacheprovider", "-n", "0", "--assert=plain", "--tb=native")


def try_rooms(rooms: list[str], options: argparse.Namespace) -> bool:
    """Try changes of rooms that have the same tests, in the copy that this process works in."""
    place = options.try_in
    os.environ["PYTEST_DEBUG_TEMPROOT"] = str(place / "temp")
    places = json.loads((place / "places").read_text("utf-8"))
    trials = Trials(places, (options.count, options.seed), options.most, place)
    return not pytest.main([*QUICK, *ROOMS[rooms[0]]], plugins=[trials]) and trials.done


def main(words: list[str]) -> None:
    """Change places of rooms and print how many were noticed, and which were not."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("rooms", nargs="*", metavar="ROOM")
    parser.add_argument("--count", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--most", type=float, default=20)
    parser.add_argument("--kept", type=Path)
    parser.add_argument("--again", type=Path)
    parser.add_argument("--try-in", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(words)
    if options.try_in:
        sys.exit(not try_rooms(options.rooms, options))
    print("| room | places | tried | noticed |\n|---|---|---|---|", flush=True)
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for room in options.rooms or ROOMS:
        groups[ROOMS[room]].append(room)
    for rooms in groups.values():
        with tempfile.TemporaryDirectory(prefix="qms-mutants-") as name:
            _try_copy(rooms, options, Path(name))


def _try_copy(rooms: list[str], options: argparse.Namespace, place: Path) -> None:
    """Make a copy with all changes of some rooms, try some, and print what came of it."""
    made = place / "copy"
    made.mkdir()
    for each in COPIED:
        source = ROOT / each
        (shutil.copytree if source.is_dir() else shutil.copy)(source, made / each)
    told: list[str] = []
    places = {}
    listed = options.again.read_text("utf-8").splitlines() if options.again else None
    for room in rooms:
        before = len(told)
        told += write_changes(room, made, before)
        places[room] = [
            number
            for number in range(before, len(told))
            if listed is None or any(line.startswith(f"{told[number]} (") for line in listed)
        ]
    (place / "places").write_text(json.dumps(places), "utf-8")
    (place / "told").write_text(json.dumps(told), "utf-8")
    if options.kept:
        options.kept.mkdir(exist_ok=True)
        kept = options.kept / "+".join(room.replace("/", "-") for room in rooms)
        kept.touch()
        (place / "kept").symlink_to(kept.resolve())
    how = [f"--count={options.count}", f"--seed={options.seed}", f"--most={options.most}"]
    again = [sys.executable, "benchmarks/mutants.py", *rooms, *how, "--try-in", str(place)]
    environment = {**os.environ, "PYTHONPATH": str(made), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(again, cwd=made, env=environment, capture_output=True, check=False)
    rows = place / "rows"
    for line in rows.read_text("utf-8").splitlines() if rows.exists() else ():
        number, _, why = line.partition(" ")
        is_row = number == "|"
        words = line if is_row else f"{told[int(number)]} ({why})"
        print(words, file=sys.stdout if is_row else sys.stderr, flush=True)
    if done.returncode:
        failed = place / "failed"
        why = failed.read_text("utf-8") if failed.exists() else done.stdout.decode()[-3000:]
        print(why, done.stderr.decode()[-2000:], sep="\n", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
