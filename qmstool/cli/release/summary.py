"""Tell of a candidate just prepared: what it lacks, what it leaves out, what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.candidates.recording import cancels
from qmstool.cli import console
from qmstool.cli.release import warnings
from qmstool.i18n import Text
from qmstool.manual.candidates import candidate_path

if TYPE_CHECKING:
    from pathlib import Path

    from qmstool.cli.context import HistoryContext
    from qmstool.manual.candidates import Candidate


NO_REASON = Text(
    "{code}: chưa có lý do. Hãy ghi dòng «Reason: …» khi lưu vào git, hoặc dùng --reason.",
    "{code}: no reason given. Write a line «Reason: …» when you commit, or use --reason.",
)
WRITTEN = Text(
    "Đã ghi {path} (hãy lưu vào git) và hồ sơ in ở {folder}.",
    "Wrote {path} (commit it), and the dossier to print in {folder}.",
)


def print_summary(context: HistoryContext, candidate: Candidate, folder: Path) -> None:
    """Print what was written, what is missing in it, and what comes next."""
    for item in candidate.items:
        if not item.reason:
            console.print_note(NO_REASON.fill({"code": item.code}), context.lang)
    today = context.today
    cancelled = cancels(candidate, context.manual.releases, today, today)
    warnings.warn_of_preempted(context, cancelled, warnings.PREPARED)
    warnings.warn_of_missing_opinions(context, candidate)
    values = {"path": candidate_path(candidate.key), "folder": str(folder)}
    console.print_note(WRITTEN.fill(values), context.lang)
