"""Read and check a manual by the options of `check`: the manual, its references, and the report."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from qmstool.checking.runner import check
from qmstool.cli import console, lifetime
from qmstool.cli.checking.only import asked_by_name
from qmstool.findings import Severity
from qmstool.frozen import dataclass
from qmstool.i18n import QmsError, Text
from qmstool.manual.loading.loader import NO_DOCUMENT, load
from qmstool.process import processors
from qmstool.references.resolver import resolve
from qmstool.storage.read_once import ReadOnceTree

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from qmstool.findings import Report
    from qmstool.manual.model import Manual
    from qmstool.references.model import References
    from qmstool.storage.kept_facts import KeptFacts
    from qmstool.storage.tree import Tree
    from qmstool.verify.discrepancies import Discrepancy


# So many files have to be read that a process more is worth its start.
MANY_FILES = 400
# So many misplaced files are named where nothing else could be read.
MOST_TOLD = 3


@dataclass(frozen=True, slots=True)
class CheckRun:
    """A manual, its references, and what a check of it found."""

    manual: Manual
    references: References
    report: Report


def run_check(options: argparse.Namespace, tree: Tree, facts: KeptFacts | None = None) -> CheckRun:
    """Read and check a tree, today's or another's; `facts` has what its files said before.

    Rules on request are asked where `--only` names them. Where much has to be read, several
    processes do.
    """
    root = str(options.root)
    with ExitStack() as helped:
        tree, shared, help_ask = _helped(helped, tree, facts)
        manual = load(tree, shared, only_problems=True)
        help_ask(manual)
        references = resolve(manual, shared)
        lifetime.hold(manual, references, shared)
        day = console.today(manual.config.zone)
        discrepancies = None
        if options.history:
            discrepancies = _discrepancies(options.root, tree, manual, day)
        report = check(
            manual,
            references,
            root=root,
            day=day,
            read=tree.read,
            discrepancies=discrepancies,
            kept_facts=shared,
            asked=asked_by_name(options.only),
        )
    if not manual.documents and report.worst is not Severity.ERROR:
        raise QmsError(_nothing_read(report))
    return CheckRun(manual, references, report)


def _helped(
    helped: ExitStack, tree: Tree, facts: KeptFacts | None
) -> tuple[Tree, KeptFacts | None, Callable[[Manual], None]]:
    """Return the tree to read, where other processes put what they find, and what has them ask.

    Of a small manual, or on one processor, these are what was given, and nobody is there to ask.
    """
    if processors() == 1:
        return tree, facts, lambda _: None
    texts = tree if isinstance(tree, ReadOnceTree) else ReadOnceTree(tree)
    if len(texts.paths) < MANY_FILES:
        return texts, facts, lambda _: None
    # Imported only here: start-up counts.
    from qmstool.checking.side_by_side import reading_side_by_side
    from qmstool.storage.kept_facts import PassingFacts

    shared = PassingFacts(texts.texts) if facts is None else facts
    paths = frozenset((*texts.paths, *texts.refused()))
    return texts, shared, helped.enter_context(reading_side_by_side(shared, paths, MANY_FILES))


def _nothing_read(report: Report) -> Text:
    """Return what to say where no document could be read, with what lies in the wrong place."""
    found = [each for each in report.findings if each.slug == "stray-file"]
    said = [NO_DOCUMENT]
    for each in found[:MOST_TOLD]:
        meant = f" → {each.suggestion}" if each.suggestion else ""
        said.append(Text(each.message.vi + meant, each.message.en + meant))
    return Text(" ".join(each.vi for each in said), " ".join(each.en for each in said))


def _discrepancies(root: Path, tree: Tree, manual: Manual, day: date) -> tuple[Discrepancy, ...]:
    """Return what the repository says against the releases of a manual.

    A repository without any commit says nothing yet: a hook runs before the first one too. Raises
    AbsenceError where there is no repository, or not all of it.
    """
    # Imported only with --history: start-up counts.
    from qmstool.git import log
    from qmstool.git import repository as git
    from qmstool.verify.evidence import collect_evidence
    from qmstool.verify.verification import verify

    repository = git.require_history(git.find_repository(root))
    evidence = collect_evidence(tree, manual.releases, repository, log.read_history(repository))
    return verify(manual, evidence, day).doubts
