"""Tell of a candidate just prepared: what it lacks, what it leaves out, what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.candidates.prescribed import still_prescribed
from qmstool.candidates.recording import cancels
from qmstool.candidates.unseen import version_name
from qmstool.cli import console
from qmstool.cli.release import warnings
from qmstool.i18n import Text
from qmstool.manual.candidates import candidate_path
from qmstool.manual.values import known_day
from qmstool.register.change_rows import entry_of_release
from qmstool.register.effect import items_by_key

if TYPE_CHECKING:
    from pathlib import Path

    from qmstool.cli.context import HistoryContext
    from qmstool.manual.candidates import Candidate
    from qmstool.manual.model import Manual
    from qmstool.references.model import References


NO_REASON = Text(
    "{code}: chưa có lý do. Hãy ghi dòng «Reason: …» khi lưu vào git, hoặc dùng --reason.",
    "{code}: no reason given. Write a line «Reason: …» when you commit, or use --reason.",
)
WRITTEN = Text(
    "Đã ghi {path} (hãy lưu vào git) và hồ sơ in ở {folder}.",
    "Wrote {path} (commit it), and the dossier to print in {folder}.",
)


def print_summary(
    context: HistoryContext,
    candidate: Candidate,
    manual: Manual,
    references: References,
    folder: Path,
) -> None:
    """Print what was written, what is missing in it, and what comes next.

    `manual` and `references` are those that the candidate froze.
    """
    for item in candidate.items:
        if not item.reason:
            console.print_note(NO_REASON.fill({"code": item.code}), context.lang)
    _print_compared(context, candidate)
    for still in still_prescribed(candidate, manual, references):
        console.print_note(still.text, context.lang)
    today = context.today
    effective = known_day(candidate.effective) or today
    cancelled = cancels(candidate, context.manual.releases, effective, today)
    warnings.warn_of_preempted(context, cancelled, warnings.PREPARED)
    warnings.warn_of_missing_opinions(context, candidate)
    values = {"path": candidate_path(candidate.key), "folder": str(folder)}
    console.print_note(WRITTEN.fill(values), context.lang)


def _print_compared(context: HistoryContext, candidate: Candidate) -> None:
    """Say which version each text is compared with; of a withdrawal, which it ends."""
    lives = items_by_key(context.manual.releases)
    day = str(candidate.compared_on)
    for item in candidate.items:
        entry = entry_of_release(lives.get(item.key, ()), item.follows or 0)
        version = version_name(entry)
        text = Text(
            f"{item.code}: so sánh với bản có hiệu lực ngày {day}: {version.vi}.",
            f"{item.code}: compared with what is in force on {day}: {version.en}.",
        )
        console.print_note(text, context.lang)
