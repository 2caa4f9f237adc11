"""Change the code a little, one place at a time, and see whether a test says so.

`python benchmarks/mutants.py [--count 10] [--seed 1] [ROOM…]`. Of each room so many places are drawn
by the seed: a comparison turned, `and` for `or`, a `not` taken away, a number one larger, a
condition turned, a `yield` or a call left out. All changes of a room are written into a copy of this
checkout at once, each behind a question whether it is the one asked for. The tests of the room run
once unchanged, to learn which come to which place; then those that come there, quick ones first
and not above a bound in time, run with the change, in a process forked from one that has everything
loaded. What no test noticed is listed: its line, and what was put there. What is read only while
modules load (limits, declarations) is not among the places.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parents[1]
COPIED = (
    "qmstool", "tests", "benchmarks", "clauses", "templates", "docs", "manual", "procedures", "releases",
    ".ci", ".github", "findings", "qms.yml", "mkdocs.yml", "pyproject.toml", "README.md",
)  # fmt: skip
RULE_TESTS = ("tests/rules", "tests/acceptance/test_expected_findings.py", "tests/acceptance/test_slips.py")  # fmt: skip
# Room → its tests.
ROOMS = {
    "verify": ("tests/verify", "tests/cli/test_keys.py", "tests/cli/test_forgeries.py", "tests/cli/test_tamperings.py", "tests/cli/test_verify.py"),
    "register": ("tests/register", "tests/tables", "tests/cli/test_moments.py", "tests/cli/test_handover.py", "tests/cli/test_decisions.py"),
    "candidates": ("tests/candidates", "tests/cli/test_decisions.py", "tests/cli/test_release.py", "tests/cli/test_opinions.py"),
    **{f"rules/{each}": RULE_TESTS for each in ("approval", "control", "coverage", "prose", "references")},
}  # fmt: skip
TURNED = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
MOST = 20  # seconds of a processor that the tests of one change take where none fails
LONGEST = 300  # seconds of one run; what never ends is noticed
SWITCH = '''"""Say which change is asked for, and note which test comes to which place."""
import os

WANTED = int(os.environ.get("QMS_MUTANT", "-1"))
MET = set()


def asked(number):
    if number == WANTED:
        return True
    MET.add(number)
    trace = os.environ.get("QMS_MUTANTS_MET")
    if trace:
        note = f"{number} {os.environ.get('PYTEST_CURRENT_TEST', '').rpartition(' ')[0]}"
        if note not in MET:
            MET.add(note)
            with open(trace, "a", encoding="utf-8") as opened:
                opened.write(note + "\\n")
    return False
'''


class Turner(ast.NodeTransformer):
    """Puts each change of a file beside what stands there, behind the question for its number."""

    def __init__(self, first: int) -> None:
        self.first = first
        self.told: list[str] = []

    def _number(self, node: ast.AST, before: ast.AST, after: str) -> ast.Call:
        self.told.append(f"{getattr(node, 'lineno', 0)}: {ast.unparse(before)[:90]} → {after[:90]}")
        number = ast.Constant(self.first + len(self.told) - 1)
        return ast.Call(ast.Name("_asked", ast.Load()), [number], [])

    def _either(self, node: ast.expr, changed: ast.expr, unchanged: ast.expr) -> ast.expr:
        number = self._number(node, unchanged, ast.unparse(changed))
        inner: Any = self.generic_visit(node)
        return ast.IfExp(number, changed, inner)

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        changed, unchanged = copy.deepcopy(node), copy.deepcopy(node)
        changed.ops[0] = TURNED[type(node.ops[0])]()
        return self._either(node, changed, unchanged)

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        changed, unchanged = copy.deepcopy(node), copy.deepcopy(node)
        changed.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        return self._either(node, changed, unchanged)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        if not isinstance(node.op, ast.Not):
            return self.generic_visit(node)
        return self._either(node, copy.deepcopy(node.operand), copy.deepcopy(node))

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if type(node.value) is int:
            return self._either(node, ast.Constant(node.value + 1), copy.deepcopy(node))
        if type(node.value) is bool:
            return self._either(node, ast.Constant(not node.value), copy.deepcopy(node))
        return node

    def visit_If(self, node: ast.If) -> ast.AST:
        if isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            return node
        before = copy.deepcopy(node.test)
        self.generic_visit(node)
        turned = ast.UnaryOp(ast.Not(), before)
        number = self._number(node, before, ast.unparse(turned))
        node.test = ast.IfExp(number, copy.deepcopy(turned), node.test)
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        before = copy.deepcopy(node)
        self.generic_visit(node)
        if not isinstance(before.value, ast.Yield | ast.YieldFrom | ast.Call):
            return node
        left_out = ast.UnaryOp(ast.Not(), self._number(before, before, "nothing"))
        return ast.If(left_out, [node], [])

    # Types are not run, a pattern takes no expression, and how a value is kept is no decision.
    def visit_MatchValue(self, node: ast.MatchValue) -> ast.AST:
        return node

    def visit_arg(self, node: ast.arg) -> ast.AST:
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        if node.value is not None:
            node.value = self.visit(node.value)
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        node.body = [self.visit(each) for each in node.body]
        return node


def write_changes(room: str, into: Path, first: int) -> list[str]:
    """Write all changes of a room into a copy of the checkout; return what each is, from `first`."""
    told: list[str] = []
    for path in sorted((ROOT / "qmstool" / room).rglob("*.py")):
        own = path.relative_to(ROOT)
        turner = Turner(first + len(told))
        tree = turner.visit(ast.parse(path.read_text("utf-8")))
        found = ast.parse("from qmstool._changes import asked as _asked").body
        at = 0
        for number, each in enumerate(tree.body[:2], 1):
            if isinstance(each, ast.Expr) or getattr(each, "module", "") == "__future__":
                at = number
        tree.body[at:at] = found
        (into / own).write_text(ast.unparse(ast.fix_missing_locations(tree)), "utf-8")
        told += [f"{own}:{each}" for each in turner.told]
    (into / "qmstool/_changes.py").write_text(SWITCH, "utf-8")
    return told


class Trials:
    """Runs, in place of all tests, those that a change needs: a plugin of pytest."""

    def __init__(self, places: Mapping[str, list[int]], count: int, seed: int, place: Path) -> None:
        self.places, self.count, self.seed, self.place = places, count, seed, place
        told = json.loads((place / "told").read_text("utf-8"))
        of_file: dict[str, set[int]] = defaultdict(set)
        for number, each in enumerate(told):
            of_file[each.partition(":")[0]].add(number)
        self.files = [of_file[each.partition(":")[0]] for each in told]
        self.done = False

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try changes of each room, with the tests that were collected."""
        _changes = _of_copy()
        early = set(_changes.MET)  # come to before any test runs
        self._run_unchanged(session)
        for room, places in self.places.items():
            late = [number for number in places if number not in early]
            drawn = random.Random(f"{self.seed} {room}").sample(late, min(self.count, len(late)))
            left = []
            for done, number in enumerate(drawn, 1):
                why = self._try(session, number)
                left += [why] if why else []
                with (self.place / "progress").open("a", encoding="utf-8") as opened:
                    print(done, number, why or "noticed", file=opened)
            row = f"| `{room}` | {len(late)} | {len(drawn)} | {len(drawn) - len(left)} |"
            with (self.place / "rows").open("a", encoding="utf-8") as opened:
                print(row, *left, sep="\n", file=opened)
        self.done = True
        return True

    def _try(self, session: pytest.Session, number: int) -> str:
        """Return why no test noticed a change, after its number; "" where one did."""
        # What comes to many places of the file is about it, and the likeliest to notice.
        file = self.files[number]
        deep = {name: len(self.deep[name] & file) for name in self.met[number]}
        first = sorted(deep, key=lambda name: (-deep[name], self.lasts.get(name, 0)))
        if not first:
            return f"{number} no test comes there"
        chosen = _within(first, self.lasts)
        if self._forked(session, number, chosen):
            return ""
        return f"{number} {len(chosen)} of {len(first)} tests that come there"

    def _run_unchanged(self, session: pytest.Session) -> None:
        """Run everything once, to learn which tests come to which place, and how long each takes."""
        trace, lasting = self.place / "met", self.place / "lasting"
        names = [item.nodeid for item in session.items]
        if not lasting.exists():
            os.environ["QMS_MUTANTS_MET"] = str(trace)
            failed = self._forked(session, -1, names, lasting)
            assert not failed, "the tests fail without any change"
            del os.environ["QMS_MUTANTS_MET"]
        known = {*names}
        self.met: dict[int, set[str]] = defaultdict(set)
        self.deep: dict[str, set[int]] = defaultdict(set)
        for line in trace.read_text("utf-8").splitlines():
            number, _, name = line.partition(" ")
            if name in known:
                self.met[int(number)].add(name)
                self.deep[name].add(int(number))
        self.lasts = {}
        for line in lasting.read_text("utf-8").splitlines():
            seconds, _, name = line.partition(" ")
            self.lasts[name] = float(seconds)

    def _forked(
        self, session: pytest.Session, number: int, names: list[str], lasting: Path | None = None
    ) -> bool:
        """Run tests in this order in a process of their own; return whether one fails."""
        shutil.rmtree(self.place / "temp", ignore_errors=True)
        (self.place / "temp").mkdir()
        child = os.fork()
        if not child:
            quiet = os.open(os.devnull, os.O_RDWR)
            os.dup2(quiet, 1)
            os.dup2(quiet, 2)
            os._exit(_run(session, number, names, lasting))
        _, status = os.waitpid(child, 0)
        return status != 0


def _of_copy() -> Any:
    """Return the module that says which change is asked for; only the copy has it."""
    return importlib.import_module("qmstool._changes")


def _within(names: list[str], lasts: dict[str, float]) -> list[str]:
    """Return so many tests as take no longer than may be, at least one."""
    total = 0.0
    chosen: list[str] = []
    for name in names:
        total += lasts.get(name, 0)
        if chosen and total > MOST:
            break
        chosen.append(name)
    return chosen


def _run(session: pytest.Session, number: int, names: list[str], lasting: Path | None) -> int:
    """Be the process of one change: return 0 where every test passes."""
    _changes = _of_copy()
    failed: list[str] = []

    class Failures:
        def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
            if report.failed:
                failed.append(report.nodeid)

    session.config.pluginmanager.register(Failures())
    _changes.WANTED = number
    _changes.MET.clear()
    os.environ["QMS_MUTANT"] = str(number)
    if number >= 0:
        signal.alarm(LONGEST)
    items: dict[str, Any] = {item.nodeid: item for item in session.items}
    order = [items[name] for name in names]
    for at, item in enumerate(order):
        begun = sum(os.times()[:4])
        following = order[at + 1] if at + 1 < len(order) else None
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if failed and lasting is None:
            return 1
        if lasting is not None:
            with lasting.open("a", encoding="utf-8") as opened:
                opened.write(f"{sum(os.times()[:4]) - begun:.4f} {item.nodeid}\n")
    if failed:
        (Path(os.environ["QMS_MUTANTS_MET"]).parent / "failed").write_text("\n".join(failed))
    return int(bool(failed))


def try_rooms(rooms: list[str], count: int, seed: int, place: Path) -> bool:
    """Try changes of rooms that have the same tests, in the copy that this process works in."""
    os.environ["PYTEST_DEBUG_TEMPROOT"] = str(place / "temp")
    places = json.loads((place / "places").read_text("utf-8"))
    trials = Trials(places, count, seed, place)
    words = ["-q", "-p", "no:cacheprovider", "-n", "0", *ROOMS[rooms[0]]]
    return not pytest.main(words, plugins=[trials]) and trials.done


def main(words: list[str]) -> None:
    """Change places of rooms and print how many were noticed, and which were not."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("rooms", nargs="*", metavar="ROOM")
    parser.add_argument("--count", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--try-in", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(words)
    if options.try_in:
        sys.exit(not try_rooms(options.rooms, options.count, options.seed, options.try_in))
    print("| room | places | tried | noticed |\n|---|---|---|---|", flush=True)
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for room in options.rooms or ROOMS:
        groups[ROOMS[room]].append(room)
    for rooms in groups.values():
        with tempfile.TemporaryDirectory(prefix="qms-mutants-") as name:
            _try_copy(rooms, [f"--count={options.count}", f"--seed={options.seed}"], Path(name))


def _try_copy(rooms: list[str], how: list[str], place: Path) -> None:
    """Make a copy with all changes of some rooms, try some, and print what came of it."""
    made = place / "copy"
    made.mkdir()
    for each in COPIED:
        source = ROOT / each
        (shutil.copytree if source.is_dir() else shutil.copy)(source, made / each)
    told: list[str] = []
    places = {}
    for room in rooms:
        before = len(told)
        told += write_changes(room, made, before)
        places[room] = [*range(before, len(told))]
    (place / "places").write_text(json.dumps(places), "utf-8")
    (place / "told").write_text(json.dumps(told), "utf-8")
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
