"""Change the code a little, one place at a time, and see whether a test says so.

`python benchmarks/mutants.py [--count 10] [--seed 1] [ROOM…]`. Of each room so many places are drawn
by the seed: a comparison turned, `and` for `or`, a `not` taken away, a number one larger, a
condition turned, a `yield` or a call left out. The tests of the room run on a copy of this checkout
until one fails. What no test noticed is listed with its line.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COPIED = (
    "qmstool", "tests", "clauses", "templates", "docs", "manual", "procedures", "releases",
    "qms.yml", "mkdocs.yml", "pyproject.toml",
)  # fmt: skip
RULE_TESTS = (
    "tests/rules",
    "tests/acceptance/test_expected_findings.py",
    "tests/acceptance/test_slips.py",
)
# Room → its tests, those first that are quick and say most.
ROOMS = {
    "verify": ("tests/verify", "tests/cli/test_keys.py", "tests/cli/test_forgeries.py", "tests/cli/test_tamperings.py"),
    "register": ("tests/register", "tests/tables", "tests/cli/test_moments.py", "tests/cli/test_handover.py", "tests/cli/test_decisions.py"),
    "candidates": ("tests/candidates", "tests/cli/test_decisions.py", "tests/cli/test_release.py", "tests/cli/test_opinions.py"),
    **{f"rules/{each}": RULE_TESTS for each in ("approval", "control", "coverage", "prose", "references")},
}  # fmt: skip
TURNED = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip


class Turner(ast.NodeTransformer):
    """Counts the places that can be changed, and changes the one that is asked for."""

    def __init__(self, wanted: int = -1) -> None:
        self.wanted = wanted
        self.count = 0
        self.line = 0

    def _here(self, node: ast.expr | ast.stmt) -> bool:
        self.count += 1
        if self.count - 1 != self.wanted:
            return False
        self.line = node.lineno
        return True

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        if self._here(node):
            node.ops[0] = TURNED[type(node.ops[0])]()
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        self.generic_visit(node)
        if self._here(node):
            node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        return node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.op, ast.Not) and self._here(node):
            return node.operand
        return node

    def visit_If(self, node: ast.If) -> ast.AST:
        if isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            return node
        self.generic_visit(node)
        if self._here(node):
            node.test = ast.UnaryOp(ast.Not(), node.test)
        return node

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if type(node.value) is int and self._here(node):
            return ast.Constant(node.value + 1)
        if type(node.value) is bool and self._here(node):
            return ast.Constant(not node.value)
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        self.generic_visit(node)
        acts = isinstance(node.value, ast.Yield | ast.YieldFrom | ast.Call)
        return ast.Pass() if acts and self._here(node) else node


def mutants(room: str) -> list[tuple[Path, int]]:
    """Return every place of a room that can be changed: its file and its number there."""
    found = []
    for path in sorted((ROOT / "qmstool" / room).rglob("*.py")):
        turner = Turner()
        turner.visit(ast.parse(path.read_text("utf-8")))
        found += [(path.relative_to(ROOT), number) for number in range(turner.count)]
    return found


def survives(copy: Path, path: Path, number: int, tests: tuple[str, ...]) -> int:
    """Change one place and run tests; return its line where none fails, 0 where one does."""
    text = (ROOT / path).read_text("utf-8")
    turner = Turner(number)
    tree = ast.fix_missing_locations(turner.visit(ast.parse(text)))
    (copy / path).write_text(ast.unparse(tree), "utf-8")
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            command, cwd=copy, env=environment, capture_output=True, timeout=900, check=False
        ).returncode
    except subprocess.TimeoutExpired:
        done = 1  # what never ends is noticed
    (copy / path).write_text(text, "utf-8")
    return 0 if done else turner.line


def main(words: list[str]) -> None:
    """Change places of rooms and print how many were noticed, and which were not."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("rooms", nargs="*", metavar="ROOM")
    parser.add_argument("--count", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(words)
    with tempfile.TemporaryDirectory(prefix="qms-mutants-") as name:
        copy = Path(name)
        for each in COPIED:
            source = ROOT / each
            (shutil.copytree if source.is_dir() else shutil.copy)(source, copy / each)
        print("| room | places | tried | noticed |\n|---|---|---|---|")
        for room in options.rooms or ROOMS:
            places = mutants(room)
            drawn = random.Random(f"{options.seed} {room}").sample(
                places, min(options.count, len(places))
            )
            left = []
            for path, number in drawn:
                line = survives(copy, path, number, ROOMS[room])
                if line:
                    left.append(f"{path}:{line} (place {number})")
            print(
                f"| `{room}` | {len(places)} | {len(drawn)} | {len(drawn) - len(left)} |",
                flush=True,
            )
            print(*left, sep="\n", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
