"""Compare the manual with a revision of it: report only what the change since then brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.checking import comparison
from qmstool.checking.impact import ResolvedManual, find_affected
from qmstool.cli import console
from qmstool.cli.checking.run import run_check
from qmstool.findings import ChangeImpact
from qmstool.frozen import replace
from qmstool.git import repository as git
from qmstool.storage.pinned_tree import commit_tree

if TYPE_CHECKING:
    import argparse

    from qmstool.findings import Report
    from qmstool.i18n import Lang
    from qmstool.storage.tree import Tree


def report_since(options: argparse.Namespace, tree: Tree) -> tuple[Report, Lang]:
    """Return what the change since `options.since` brings, and the language of the screen.

    The change is that since the manual at hand went its own way: what came into `main` meanwhile
    is none of it. Findings in files that it did not touch are in it too, and whom it concerns.
    Raises QmsError without the whole history.
    """
    repository = git.require_history(git.find_repository(options.root))
    revision = git.find_fork(repository, options.since)
    now = run_check(options, tree)
    then = run_check(options, commit_tree(options.root, revision))
    brought = comparison.new_findings(then.report, now.report, paths=now.manual.paths)
    concerned = find_affected(
        ResolvedManual(then.manual, then.references), ResolvedManual(now.manual, now.references)
    )
    language = console.screen_language(options, now.manual.config)
    return replace(brought, impact=ChangeImpact(options.since, concerned)), language
