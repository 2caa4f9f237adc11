"""Freeze a candidate («lập hồ sơ trình ký») and write the signer's dossier (`release prepare`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool import __version__
from qmstool.candidates import candidate
from qmstool.candidates.frozen import refuse_unknown_numbers
from qmstool.checking.runner import check
from qmstool.cli import console
from qmstool.cli.context import HistoryContext
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
from qmstool.register.status import items_by_key, valid_releases
from qmstool.storage import files
from qmstool.storage.tree import commit_tree

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from qmstool.candidates.candidate import Overrides
    from qmstool.git.absence import Absence
    from qmstool.manual.candidates import Candidate
    from qmstool.manual.model import Manual

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
    add_document_options(parser)
    add_folder_option(parser)


def _refuse_unseen_withdrawal(
    made: Candidate, manual: Manual, overrides: Overrides, left_out: Mapping[str, Absence]
) -> None:
    """Refuse to withdraw what only looks gone: its file is on disk, and not in git."""
    lives = items_by_key(valid_releases(manual.releases))
    for item in made.items:
        asked = (overrides.acts or {}).get(item.key) == "withdraw"
        recorded = [pin.path for _, earlier in lives.get(item.key, ()) for pin in earlier.files]
        paths = [path for path in dict.fromkeys(recorded) if path in left_out]
        if item.act == "withdraw" and not asked and paths:
            raise AbsenceError(left_out[paths[0]], paths)


def run(options: argparse.Namespace) -> int:
    """Write the candidate's file and the dossier; refused where the frozen manual has errors."""
    context = HistoryContext(options)
    repository = git.require_history(context.repository_state)
    frozen = git.resolve_revision(repository, options.commit)
    tree = commit_tree(options.root, frozen)
    manual = load(tree)
    left_out = find_left_out(repository, context.tree)
    if left_out:
        console.print_note(describe_left_out(left_out), context.lang)
    report = check(manual, resolve(manual), root=str(options.root), day=context.today)
    if report.worst == Severity.ERROR:
        raise QmsError(HAS_ERRORS)
    path = candidate_path(options.key)
    if path in context.tree.list():
        raise QmsError(IS_THERE.fill({"path": path}))
    tool = f"qmstool {__version__}"
    label = candidate.CandidateHeader(options.key, options.title, frozen, context.today, tool)
    overrides = read_overrides(options, context)
    history = log.read_history(repository, frozen)
    text = candidate.prepare_candidate(manual, tree, label, overrides=overrides, history=history)
    made, _ = read_candidate(SourceFile(path, text.encode()))
    refuse_unknown_numbers(made)
    _refuse_unseen_withdrawal(made, manual, overrides, left_out)
    folder = write_dossier(options, context, made)
    files.write(options.root, path, text, new=True)
    print_summary(context, made, folder)
    return 0
