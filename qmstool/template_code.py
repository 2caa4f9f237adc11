"""Write into the code of a template what its sandbox counts when it is run.

In: the tree of a template as Jinja reads it. Out: the same with steps in its loops, macros and
blocks, and code that hands the sandbox each list that is made and each value that is read through.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, operators
from jinja2.runtime import markup_join

from qmstool.template_costs import CHARACTERS_A_STEP

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2.compiler import Frame

# So many parts of a template that are run in each round, or at each call, cost as much as a step.
_PARTS_A_STEP = 10
# Of a macro or block whose steps are counted at each call: a shorter one is a step, as any call.
_LONG_BODY = 20


def count_steps(tree: nodes.Template) -> None:
    """Make each round of a loop in a template a step, and each call of what is long as many."""
    for loop in tree.find_all(nodes.For):
        weight = nodes.Const(1 + _steps_of(loop))
        loop.iter = nodes.Filter(loop.iter, "counted_", [weight], [], None, None)
    for called in tree.find_all((nodes.Macro, nodes.CallBlock, nodes.Block)):
        steps = _steps_of(called)
        if steps > _LONG_BODY:
            body: list[nodes.Node] = called.body  # type: ignore[attr-defined]
            body.insert(0, _spent(steps, called.lineno))


def joined(parts: tuple[object, ...]) -> str:
    """Return parts as one text, escaped where one of them is (`~` of Jinja)."""
    return markup_join(parts)


class CountingGenerator(CodeGenerator):
    """Writes `~`, and each list that a template makes, as a step of the sandbox, too."""

    def visit_List(self, node: nodes.List, frame: Frame) -> None:  # noqa: N802
        """Write a list."""
        self._write_held(super().visit_List, node, frame)

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:  # noqa: N802
        """Write values by their names."""
        self._write_held(super().visit_Dict, node, frame)

    def visit_Tuple(self, node: nodes.Tuple, frame: Frame) -> None:  # noqa: N802
        """Write values in a row, or the names that some are given to."""
        if node.ctx == "load":
            self._write_held(super().visit_Tuple, node, frame)
        else:
            super().visit_Tuple(node, frame)

    def _write_held(
        self, write: Callable[[Any, Frame], None], node: nodes.Expr, frame: Frame
    ) -> None:
        self.write("environment.held(")
        write(node, frame)
        self.write(")")

    def visit_Compare(self, node: nodes.Compare, frame: Frame) -> None:  # noqa: N802
        """Write a comparison, of which each side is read through."""
        self.write("(")
        self._write_weighed(node.expr, frame, "weighed")
        for operand in node.ops:
            self.write(f" {operators[operand.op]} ")
            seeks = operand.op in {"in", "notin"}
            self._write_weighed(operand.expr, frame, "searched" if seeks else "weighed")
        self.write(")")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802
        """Write what is taken out of a value: a part of a list or text is made anew."""
        if isinstance(node.arg, nodes.Slice):
            self._write_held(super().visit_Getitem, node, frame)
        else:
            super().visit_Getitem(node, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        super()._output_child_pre(node, frame, finalize)
        if frame.buffer is not None:
            self.write("environment.buffered(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.buffer is not None:
            self.write(")")
        super()._output_child_post(node, frame, finalize)

    def _write_weighed(self, node: nodes.Expr, frame: Frame, method: str) -> None:
        if isinstance(node, nodes.Const):
            self.visit(node, frame)
            return
        self.write(f"environment.{method}(")
        self.visit(node, frame)
        self.write(")")

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802
        """Write the parts as a sum that the sandbox sees."""
        self.write("environment.call_filter('joined_', (")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


def _steps_of(body: nodes.Node) -> int:
    """Return what it costs to run a part of a template once: its words, and all that is done."""
    written = parts = 0
    waiting: list[nodes.Node] = [body]
    while waiting:
        node = waiting.pop()
        parts += 1
        written += len(node.data) if isinstance(node, nodes.TemplateData) else 0
        waiting += node.iter_child_nodes()
    return written // CHARACTERS_A_STEP + parts // _PARTS_A_STEP


def _spent(steps: int, line: int) -> nodes.Node:
    """Return a part of a template that writes nothing and costs so many steps."""
    weight: list[nodes.Expr] = [nodes.Const(steps)]
    call = nodes.Filter(nodes.Const(0), "called_", weight, [], None, None, lineno=line)
    return nodes.ExprStmt(call, lineno=line)
