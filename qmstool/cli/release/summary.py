"""Tell of a candidate just prepared: what it lacks, what it leaves out, what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.candidates.candidate import path_of
from qmstool.candidates.recording import cancels
from qmstool.cli import console
from qmstool.cli.release import warnings
from qmstool.git import repository as git
from qmstool.i18n import Text
from qmstool.storage.tree import belongs

if TYPE_CHECKING:
    from pathlib import Path

    from qmstool.candidates.candidate import Candidate
    from qmstool.cli.context import HistoryContext


def print_summary(context: HistoryContext, made: Candidate, home: Path) -> None:
    """Print what was written, what is missing in it, and what comes next."""
    for code in [each.code for each in made.items if not each.reason]:
        console.print_note(
            Text(
                (
                    f"{code}: chưa có lý do. Hãy ghi dòng «Reason: …» khi lưu vào git, hoặc dùng "
                    "--reason."
                ),
                (
                    f"{code}: no reason given. Write a line «Reason: …» when you commit, or use "
                    "--reason."
                ),
            ),
            context.lang,
        )
    today = context.today.isoformat()
    warnings.warn_of_preempted(
        context, cancels(made, context.manual.releases, today, today), warnings.PREPARED
    )
    warnings.warn_of_missing_opinions(context, made)
    left = [
        path
        for path in git.dirty(git.whole(context.repository_state))
        if belongs(path) and not path.startswith("releases/")
    ]
    if left:
        console.print_note(
            Text(
                f"Chưa lưu vào git nên không có trong hồ sơ: {', '.join(left)}",
                f"Not committed, so left out: {', '.join(left)}",
            ),
            context.lang,
        )
    path = path_of(made.key)
    console.print_note(
        Text(
            f"Đã ghi {path} (hãy lưu vào git) và hồ sơ in ở {home}.",
            f"Wrote {path} (commit it), and the dossier to print in {home}.",
        ),
        context.lang,
    )
