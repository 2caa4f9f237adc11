"""One look at a manual by the options of `check`: what it is, where its references lead, and the report on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.check import check
from qmstool.cli import words
from qmstool.findings import QmsError, Text
from qmstool.load import load
from qmstool.resolve import resolve
from qmstool.values import dataclass

if TYPE_CHECKING:
    import argparse
    from datetime import date
    from pathlib import Path

    from qmstool.findings import Report
    from qmstool.model import Manual
    from qmstool.references import References
    from qmstool.tree import Tree
    from qmstool.verify.doubts import Doubt

SHALLOW = Text(
    "Bản sao của kho thiếu lịch sử nên không dùng --history được. Chạy: git fetch --unshallow",
    "The clone is shallow, so --history cannot ask it. Run: git fetch --unshallow",
)
NO_REPOSITORY = Text(
    "--history cần một kho git đã có ít nhất một lần lưu (commit).", "--history needs a git repository with at least one commit."
)


@dataclass(frozen=True, slots=True)
class Look:
    """A manual, its references, and what a check of it found."""

    manual: Manual
    references: References
    report: Report


def look(options: argparse.Namespace, tree: Tree) -> Look:
    """Read and check a tree, today's or another's."""
    manual = load(tree)
    references = resolve(manual)
    day = words.today(manual.config.zone)
    doubts = _doubts(options.root, tree, manual, day) if options.history else None
    return Look(manual, references, check(manual, references, root=str(options.root), day=day, read=tree.read, doubts=doubts))


def _doubts(root: Path, tree: Tree, manual: Manual, day: date) -> tuple[Doubt, ...]:
    """What speaks against the releases of a manual, its repository asked. Raises QmsError where there is none, or not all of it."""
    from qmstool import git  # only with --history: start-up counts
    from qmstool.history import log
    from qmstool.verify.answers import verify
    from qmstool.verify.vault import gather

    repository = git.find(root)
    if not isinstance(repository, git.Repository) or not repository.head:
        raise QmsError(SHALLOW if isinstance(repository, git.Shallow) else NO_REPOSITORY)
    return verify(manual, gather(tree, manual.releases, repository, log.read(repository)), day).doubts
