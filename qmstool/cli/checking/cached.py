"""Give the report of `check`: the one kept of the same bytes today, else a fresh one, then kept."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from qmstool.checking.cache import (
    DIGEST_SIZE,
    CachedReport,
    ReportCache,
    TrackedTree,
    current_tool_digest,
    day_span,
)
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
    """Return the report on a tree, and the language of the screen: asked for, else the manual's."""
    store = None if _wants_fresh(options) else _open_store()
    if store is None:
        fresh, language, _ = _fresh_report(options, tree)
        return fresh, options.lang or language
    tracked = TrackedTree(tree, current_tool_digest())
    now = console.timestamp()
    kept = store.recall(tracked, now)
    if kept is None:
        fresh, language, zone = _fresh_report(options, tracked)
        kept = CachedReport(fresh, language, *day_span(now, zone))
        store.keep(tracked, kept)
    return replace(kept.report, root=str(options.root)), options.lang or kept.language


def _wants_fresh(options: argparse.Namespace) -> bool:
    """Whether nothing may be recalled: asked for, or the machine guards a branch (CI is set)."""
    guards_branch = os.environ.get("CI", "").lower() not in {"", "0", "false"}
    return options.no_cache or options.history or guards_branch


def _fresh_report(options: argparse.Namespace, tree: Tree) -> tuple[Report, Lang, ZoneInfo]:
    # What reads and asks is not imported where nothing has to be found.
    from qmstool.cli.checking.run import run_check

    checked = run_check(options, tree)
    config = checked.manual.config
    return checked.report, config.screen, config.zone


def _open_store() -> ReportCache | None:
    """Return this user's store; None where the user has no place for one."""
    cache, state = user_dirs.cache_folder(), user_dirs.state_folder()
    if not cache or not state:
        return None
    secret = files.read_or_write_private(state, "secret", os.urandom(DIGEST_SIZE))
    return ReportCache(cache, secret) if secret else None
