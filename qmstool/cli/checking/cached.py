"""Give the report of `check`: the one kept of the same bytes today, else one of what files say.

Of files that are as they were it is known what they say; the others are read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.checking.cache import (
    CachedReport,
    ReportCache,
    TrackedTree,
    current_tool_digest,
    day_span,
)
from qmstool.cli import console, lifetime
from qmstool.cli.facts import open_store
from qmstool.frozen import replace

if TYPE_CHECKING:
    import argparse
    from zoneinfo import ZoneInfo

    from qmstool.findings import Report
    from qmstool.i18n import Lang
    from qmstool.storage.kept_facts import KeptFacts
    from qmstool.storage.tree import Tree


def cached_report(options: argparse.Namespace, tree: Tree) -> tuple[Report, Lang]:
    """Return the report on a tree, and the language of the screen: asked for, else the manual's."""
    store = open_store(options, fresh=options.no_cache)
    if store is None:
        fresh, language, _ = _fresh_report(options, tree, None)
        return fresh, options.lang or language
    tool = current_tool_digest()
    tracked = TrackedTree(tree, tool)
    reports = ReportCache(store.folder, store.secret)
    now = console.timestamp()
    is_usual = not options.history and not _asks_for_more(options)
    kept = reports.recall(tracked, now) if is_usual else None
    if kept is None:
        facts = store.facts(options.root, tool, tracked.texts, tracked.digests)
        fresh, language, zone = _fresh_report(options, tracked, facts)
        kept = CachedReport(fresh, language, *day_span(now, zone))
        facts.save()
        if is_usual:  # after what it is made of: where it is, the next run asks for no facts
            reports.keep(tracked, kept)
    lifetime.hold(tracked, kept)
    return replace(kept.report, root=str(options.root)), options.lang or kept.language


def _asks_for_more(options: argparse.Namespace) -> bool:
    """Whether a rule is named that is asked on request only."""
    if not options.only:
        return False
    from qmstool.cli.checking.only import asked_by_name

    return bool(asked_by_name(options.only))


def _fresh_report(
    options: argparse.Namespace, tree: Tree, facts: KeptFacts | None
) -> tuple[Report, Lang, ZoneInfo]:
    # What reads and asks is not imported where nothing has to be found.
    from qmstool.cli.checking.run import run_check

    checked = run_check(options, tree, facts)
    config = checked.manual.config
    return checked.report, config.screen, config.zone
