"""The report that `check` gives: recalled where the very same was asked of the same bytes today, else found and kept."""

from __future__ import annotations

import os
import sys
from datetime import datetime, time, timedelta
from importlib.machinery import PathFinder
from pathlib import Path
from typing import TYPE_CHECKING

from qmstool import files, resources
from qmstool.cli import words
from qmstool.values import replace
from qmstool.verdicts import SIZE, Question, Store, Verdict, tool

if TYPE_CHECKING:
    import argparse
    from zoneinfo import ZoneInfo

    from qmstool.findings import Lang, Report
    from qmstool.tree import Tree

# By platform, the user's folder for what can be made again and that for what stays: a variable that names it, and where it is else.
FOLDERS = {
    "win32": (("LOCALAPPDATA", "AppData/Local"), ("APPDATA", "AppData/Roaming")),
    "darwin": (("XDG_CACHE_HOME", "Library/Caches"), ("XDG_STATE_HOME", "Library/Application Support")),
    "": (("XDG_CACHE_HOME", ".cache"), ("XDG_STATE_HOME", ".local/state")),
}


def report(options: argparse.Namespace, tree: Tree) -> tuple[Report, Lang]:
    """The report on a tree, and the language of the screen: asked for, else the manual's."""
    store = None if options.no_cache or options.history or _in_ci() else _store()
    if store is None:
        said, language, _ = _found(options, tree)
        return said, options.lang or language
    question = Question(tree, _tool())
    moment = words.moment()
    verdict = store.recall(question, moment)
    if verdict is None:
        said, language, zone = _found(options, question)
        verdict = Verdict(said, language, *_day(moment, zone))
        store.keep(question, verdict)
    return replace(verdict.report, root=str(options.root)), options.lang or verdict.language


def _in_ci() -> bool:
    """Whether a machine asks that guards a branch: what blocks a merge is found afresh."""
    return os.environ.get("CI", "").lower() not in {"", "0", "false"}


def _found(options: argparse.Namespace, tree: Tree) -> tuple[Report, Lang, ZoneInfo]:
    from qmstool.cli.looking import look  # what reads and asks is not imported where nothing has to be found

    seen = look(options, tree)
    return seen.report, seen.manual.config.language, seen.manual.config.zone


def _store() -> Store | None:
    """This user's store; None where the user has no place for one."""
    cache, state = (_folder(*each) for each in FOLDERS.get(sys.platform, FOLDERS[""]))
    if cache is None or state is None:
        return None
    secret = files.once(state, "secret", os.urandom(SIZE))
    return Store(cache, secret) if secret and len(secret) == SIZE else None


def _folder(variable: str, home: str) -> Path | None:
    named = os.environ.get(variable, "")
    base = named if os.path.isabs(named) else os.path.expanduser(f"~/{home}")  # noqa: PTH111, PTH117 - needs no home, raises nothing
    return Path(base, "qmstool") if os.path.isabs(base) else None  # noqa: PTH117


def _tool() -> bytes:
    """This state of the package, of its data, and of what reads YAML for it."""
    reader = PathFinder.find_spec("yaml")
    folders = [Path(__file__).parents[1], resources.packaged("clauses"), resources.packaged("templates")]
    folders += [Path(reader.origin).parent] if reader and reader.origin else []
    return tool(folders, sys.version)


def _day(moment: float, zone: ZoneInfo) -> tuple[float, float]:
    """The span of the day that a moment falls on, in seconds since 1970."""
    today = datetime.fromtimestamp(moment, zone).date()
    first, last = (datetime.combine(day, time(), zone).timestamp() for day in (today, today + timedelta(days=1)))
    return first, last
