"""Freeze a candidate («lập hồ sơ trình ký») and write the signer's dossier (`release prepare`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool import __version__
from qmstool.candidates import candidate
from qmstool.candidates.drafting import GoneError
from qmstool.candidates.frozen import refuse_unknown_numbers
from qmstool.checking.runner import check
from qmstool.cli import console
from qmstool.cli.context import HistoryContext
from qmstool.cli.days import parse_day
from qmstool.cli.release.document_options import (
    add_document_options,
    parse_slug,
    read_overrides,
)
from qmstool.cli.release.dossier_folder import add_folder_option, write_dossier
from qmstool.cli.release.summary import print_summary
from qmstool.cli.release.uncommitted import describe_left_out, find_left_out
from qmstool.findings import Severity
from qmstool.git import log
from qmstool.git import repository as git
from qmstool.git.absence import AbsenceError
from qmstool.i18n import QmsError, Text
from qmstool.manual.candidates import candidate_path
from qmstool.manual.loading.candidates import read_candidate
from qmstool.manual.loading.loader import load
from qmstool.parsing.source import SourceFile
from qmstool.references.resolver import resolve
from qmstool.storage import files
from qmstool.storage.pinned_tree import commit_tree

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from qmstool.findings import Report
    from qmstool.git.absence import Absence

IN_FORCE_GONE = "in-force-gone"
HAS_ERRORS = Text(
    "Bản cần trình còn lỗi. Hãy chạy qmstool check và sửa trước.",
    "The manual to be frozen has errors; run qmstool check and fix them first.",
)
IS_THERE = Text(
    "Đã có «{path}». Hãy đặt tên khác.", "«{path}» is there already. Choose another name."
)


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "key",
        type=parse_slug,
        metavar="KEY",
        help="tên ngắn của hồ sơ, như «dot-2» / short name, like «dot-2»",
    )
    parser.add_argument("--title", required=True, help="tên đợt ban hành / title of the release")
    parser.add_argument(
        "--commit",
        default="HEAD",
        metavar="REV",
        help="phiên bản git cần trình / the commit to freeze",
    )
    parser.add_argument(
        "--effective",
        type=parse_day,
        metavar="DAY",
        help="ngày hiệu lực ghi trong dự thảo quyết định; so sánh với bản có hiệu lực ngày ấy / "
        "effective date that the draft decision names; compared with what is in force on it",
    )
    add_document_options(parser)
    add_folder_option(parser)


def _refuse_untracked(gone: GoneError, left_out: Mapping[str, Absence]) -> None:
    """Refuse what only looks gone: its file is on disk, and not in git."""
    for item in gone.items:
        paths = [pin.path for pin in item.files if pin.path in left_out]
        if paths:
            raise AbsenceError(left_out[paths[0]], paths) from gone


def _refuse_errors(report: Report) -> None:
    # What is in force and gone is told with its cure by the candidate, or withdrawn by it.
    report = report.with_findings(found for found in report.findings if found.slug != IN_FORCE_GONE)
    if report.worst == Severity.ERROR:
        raise QmsError(HAS_ERRORS)


def run(options: argparse.Namespace) -> int:
    """Write the candidate's file and the dossier; refused where the frozen manual has errors."""
    context = HistoryContext(options)
    repository = git.require_commit(git.require_history(context.repository_state))
    frozen = git.resolve_revision(repository, options.commit)
    tree = commit_tree(options.root, frozen)
    manual = load(tree)
    left_out = find_left_out(repository, context.tree)
    if left_out:
        console.print_note(describe_left_out(left_out), context.lang)
    references = resolve(manual)
    _refuse_errors(check(manual, references, root=str(options.root), day=context.today))
    path = candidate_path(options.key)
    if path in context.tree.list():
        # A run that was killed once all was done leaves its last name behind.
        files.sweep((options.root / path).parent)
        raise QmsError(IS_THERE.fill({"path": path}))
    tool = f"qmstool {__version__}"
    label = candidate.CandidateHeader(
        options.key, options.title, frozen, context.today, tool, options.effective
    )
    overrides = read_overrides(options, context)
    history = log.read_history(repository, frozen)
    try:
        text = candidate.prepare_candidate(
            manual,
            tree,
            label,
            overrides=overrides,
            history=history,
            releases=context.manual.releases,
        )
    except GoneError as gone:
        _refuse_untracked(gone, left_out)
        raise
    made, _ = read_candidate(SourceFile(path, text.encode()))
    refuse_unknown_numbers(made)
    folder = write_dossier(options, context, made)
    files.write(options.root, path, text, new=True)
    print_summary(context, made, manual, references, folder)
    return 0
