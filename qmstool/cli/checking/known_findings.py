"""What `check` shows where somebody asked for less: without the debts of a baseline file, or only what a change brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.checking import baseline, comparison
from qmstool.checking.impact import Reading, affected
from qmstool.cli import console
from qmstool.cli.checking import cached
from qmstool.cli.checking.run import run_check
from qmstool.findings import Since
from qmstool.frozen import replace
from qmstool.git import repository as git
from qmstool.i18n import QmsError, Text
from qmstool.storage import files
from qmstool.storage.tree import commit

if TYPE_CHECKING:
    import argparse
    from collections import Counter
    from pathlib import Path

    from qmstool.findings import Debt, Report
    from qmstool.i18n import Lang
    from qmstool.storage.tree import Tree


def narrowed_report(options: argparse.Namespace, tree: Tree) -> tuple[Report, Lang]:
    """The report that was asked for, and the language of the screen."""
    if options.since:
        return _since(options, tree)
    report, lang = cached.cached_report(options, tree)
    return (
        _written(options.write_baseline, report, lang)
        if options.write_baseline
        else _without(options.baseline, report)
    ), lang


def _without(file: Path, report: Report) -> Report:
    """A report with the debts of a baseline file set apart."""
    known = _known(file)
    if known is None:
        raise QmsError(
            Text(
                f"Không có tệp tồn đọng «{file}». Lập tệp: --write-baseline {file}",
                f"There is no baseline «{file}». Make one: --write-baseline {file}",
            )
        )
    return baseline.set_apart(report, known)


def _since(options: argparse.Namespace, tree: Tree) -> tuple[Report, Lang]:
    """What the change since a revision brings, in files that it touched or not, and whom it concerns; the manual's language."""
    repository = git.whole(git.find(options.root))
    now, then = (
        run_check(options, tree),
        run_check(options, commit(options.root, git.resolve(repository, options.since))),
    )
    fresh = comparison.news(then.report, now.report, paths=now.manual.paths)
    concerned = affected(Reading(then.manual, then.references), Reading(now.manual, now.references))
    language = console.screen_language(options, now.manual.config)
    return replace(fresh, since=Since(options.since, concerned)), language


def _known(file: Path) -> Counter[Debt] | None:
    return baseline.read(str(file), console.read_user_file(file)) if file.is_file() else None


def _written(file: Path, report: Report, lang: Lang) -> Report:
    """Write what the baseline file may hold from now on, say so, and set it apart."""
    known = _known(file)
    kept = baseline.shrink(known, report)
    files.write(file.parent, file.name, baseline.write(kept))
    held = kept.total()
    said = Text(
        f"Đã ghi {held} chỗ tồn đọng vào «{file}».", f"Known debts written to «{file}»: {held}."
    )
    if known is not None:
        paid, new = (known - kept).total(), len(report.findings) - held
        vi = (
            f" Xóa {paid} chỗ đã sửa. Không thêm {new} chỗ mới: tệp tồn đọng chỉ ngắn đi."
            if new
            else f" Xóa {paid} chỗ đã sửa."
        )
        en = (
            f" {paid} paid. Not added: {new} new, for the file only shrinks."
            if new
            else f" {paid} paid."
        )
        said = Text(said.vi + vi, said.en + en)
    console.print_note(said, lang)
    return baseline.set_apart(report, kept)
