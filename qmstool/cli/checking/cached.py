"""The report that `check` gives: recalled where the very same was asked of the same bytes today, else found and kept."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from qmstool.checking.cache import SIZE, Question, Store, Verdict, span, this_tool
from qmstool.cli import console
from qmstool.frozen import replace
from qmstool.storage import files, user_dirs

if TYPE_CHECKING:
    import argparse
    from zoneinfo import ZoneInfo

    from qmstool.findings import Report
    from qmstool.i18n import Lang
    from qmstool.storage.tree import Tree


def cached_report(options: argparse.Namespace, tree: Tree) -> tuple[Report, Lang]:
    """The report on a tree, and the language of the screen: asked for, else the manual's."""
    store = None if options.no_cache or options.history or _in_ci() else _store()
    if store is None:
        said, language, _ = _found(options, tree)
        return said, options.lang or language
    question = Question(tree, this_tool())
    moment = console.timestamp()
    verdict = store.recall(question, moment)
    if verdict is None:
        said, language, zone = _found(options, question)
        verdict = Verdict(said, language, *span(moment, zone))
        store.keep(question, verdict)
    return replace(verdict.report, root=str(options.root)), options.lang or verdict.language


def _in_ci() -> bool:
    """Whether a machine asks that guards a branch: what blocks a merge is found afresh."""
    return os.environ.get("CI", "").lower() not in {"", "0", "false"}


def _found(options: argparse.Namespace, tree: Tree) -> tuple[Report, Lang, ZoneInfo]:
    from qmstool.cli.checking.run import (
        run_check,
    )  # what reads and asks is not imported where nothing has to be found

    seen = run_check(options, tree)
    return seen.report, seen.manual.config.language, seen.manual.config.zone


def _store() -> Store | None:
    """This user's store; None where the user has no place for one."""
    cache, state = user_dirs.cache(), user_dirs.state()
    secret = files.once(state, "secret", os.urandom(SIZE)) if cache and state else b""
    return Store(cache, secret) if cache and secret else None
