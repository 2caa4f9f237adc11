"""Write all changes of a room into a copy of a checkout, each behind a question whether it is asked for.

In: a room of the package, and the folder of the copy. Out: the copy, changed, and what each change
is. A change is a comparison turned, `and` for `or`, a `not` taken away, a number one larger, a
condition turned, a `yield` or a call left out.
"""

from __future__ import annotations

import ast
import copy
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
TURNED = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
SWITCH = '''"""Say which change is asked for, and note which places were come to."""
import os

WANTED = int(os.environ.get("QMS_MUTANT", "-1"))
MET = set()


def asked(number):
    if number == WANTED:
        return True
    MET.add(number)
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
