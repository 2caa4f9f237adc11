"""`qmstool check`: read everything once and say what is broken.

Only `--fix` changes the manual, and only what is certain.
"""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

from qmstool.cli import console
from qmstool.cli.checking import cached
from qmstool.findings import Severity
from qmstool.report import FORMATS
from qmstool.storage.tree import Folder, Once

if TYPE_CHECKING:
    import argparse


THRESHOLDS = {severity.word: severity for severity in reversed(Severity)}


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument(
        "--format", choices=tuple(FORMATS), default="text", help="dạng báo cáo / form of the report"
    )
    parser.add_argument("--output", type=Path, metavar="FILE", help="ghi vào tệp / write to a file")
    parser.add_argument(
        "--fail-on",
        choices=tuple(THRESHOLDS),
        default="error",
        help="lệnh báo thất bại từ mức này / severity that makes the exit status 1",
    )
    parser.add_argument(
        "--history",
        action="store_true",
        help=(
            "kiểm tra cả lịch sử của kho: nội dung, bằng chứng, niêm phong của các đợt / check "
            "the history of the repository too"
        ),
    )
    parser.add_argument(
        "--no-cache",
        action="store_true",
        help=(
            "kiểm tra lại từ đầu, kể cả khi không có gì thay đổi / check afresh, even where "
            "nothing has changed"
        ),
    )
    parser.add_argument(
        "--watch",
        action="store_true",
        help="kiểm tra lại sau mỗi lần lưu / check again after each save",
    )
    _ways(parser.add_mutually_exclusive_group())


def _ways(group: argparse._MutuallyExclusiveGroup) -> None:
    """Ways to be told less, or to have it mended; one at a time."""
    group.add_argument(
        "--baseline",
        type=Path,
        metavar="FILE",
        help="để riêng những chỗ tồn đọng / set known debts apart",
    )
    group.add_argument(
        "--write-baseline",
        type=Path,
        metavar="FILE",
        help="lập tệp tồn đọng, hoặc xóa chỗ đã sửa / make the file, or take out what is paid",
    )
    group.add_argument(
        "--since",
        metavar="REV",
        help="chỉ những gì thay đổi từ REV gây ra / only what the change since REV brings",
    )
    group.add_argument(
        "--diff", action="store_true", help="cho xem --fix sẽ sửa gì / show what --fix would do"
    )
    group.add_argument(
        "--fix", action="store_true", help="sửa những chỗ chắc chắn / fix what is certain"
    )


def run(options: argparse.Namespace) -> int:
    """Status 1 where something at or above the threshold was found; with --diff, where something would be mended."""
    # A short run of frozen values without cycles: collecting garbage on the way would only cost
    # time.
    gc.disable()
    if options.watch:
        from qmstool.cli.checking import watch

        return watch.watch(options, lambda: _once(options))
    return _once(options)


def _once(options: argparse.Namespace) -> int:
    tree = Folder(options.root)
    if options.diff or options.fix:
        from qmstool.cli.checking import fix

        seen = Once(tree)  # what is fixed are the very texts that were checked
        report, lang = cached.cached_report(options, seen)
        if options.diff:
            return fix.show_fixes(options, seen, report, lang)
        report = (
            cached.cached_report(options, tree)[0]
            if fix.write_fixes(options, seen, report, lang)
            else report
        )
    elif options.since or options.baseline or options.write_baseline:
        from qmstool.cli.checking import known_findings

        report, lang = known_findings.narrowed_report(options, tree)
    else:
        report, lang = cached.cached_report(options, tree)
    console.print_answer(
        options,
        FORMATS[options.format](report, lang, colour=console.wants_colour() and not options.output),
    )
    return int(report.worst is not None and report.worst >= THRESHOLDS[options.fail_on])
