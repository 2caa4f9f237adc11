"""Read and check a manual by the options of `check`: the manual, its references, and the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.checking.runner import check
from qmstool.cli import console
from qmstool.cli.checking.only import asked_by_name
from qmstool.findings import Severity
from qmstool.frozen import dataclass
from qmstool.i18n import QmsError, Text
from qmstool.manual.loading.loader import NO_DOCUMENT, load
from qmstool.references.resolver import resolve

if TYPE_CHECKING:
    import argparse
    from datetime import date
    from pathlib import Path

    from qmstool.findings import Report
    from qmstool.manual.model import Manual
    from qmstool.references.model import References
    from qmstool.storage.kept_facts import KeptFacts
    from qmstool.storage.tree import Tree
    from qmstool.verify.discrepancies import Discrepancy


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

    Rules on request are asked where `--only` names them.
    """
    manual = load(tree, facts, only_problems=True)
    references = resolve(manual, facts)
    day = console.today(manual.config.zone)
    doubts = None
    if options.history:
        doubts = _doubts(options.root, tree, manual, day)
    root = str(options.root)
    report = check(
        manual,
        references,
        root=root,
        day=day,
        read=tree.read,
        doubts=doubts,
        facts_kept=facts,
        asked=asked_by_name(options.only),
    )
    if not manual.documents and report.worst is not Severity.ERROR:
        raise QmsError(_nothing_read(report))
    return CheckRun(manual, references, report)


def _nothing_read(report: Report) -> Text:
    """Return what to say where no document could be read, with what lies in the wrong place."""
    found = [each for each in report.findings if each.slug == "stray-file"]
    said = [NO_DOCUMENT]
    for each in found[:MOST_TOLD]:
        meant = f" → {each.suggestion}" if each.suggestion else ""
        said.append(Text(each.message.vi + meant, each.message.en + meant))
    return Text(" ".join(each.vi for each in said), " ".join(each.en for each in said))


def _doubts(root: Path, tree: Tree, manual: Manual, day: date) -> tuple[Discrepancy, ...]:
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
