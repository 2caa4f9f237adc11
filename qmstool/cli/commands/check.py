"""Read everything once and say what is broken (`qmstool check`); only --fix changes the manual."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

from qmstool.cli import console, facts
from qmstool.cli.checking import cached
from qmstool.findings import Severity
from qmstool.frozen import replace
from qmstool.git.names import real_path
from qmstool.git.top import path_in_repository
from qmstool.report import FORMATS, FROM_TOP
from qmstool.storage.read_once import ReadOnceTree
from qmstool.storage.tree import FolderTree

if TYPE_CHECKING:
    import argparse

    from qmstool.findings import Report
    from qmstool.i18n import Lang
    from qmstool.storage.tree import Tree


EXCEL = "xlsx"
THRESHOLDS = {severity.word: severity for severity in reversed(Severity)}


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "--format",
        choices=(*FORMATS, EXCEL),
        default="text",
        help="dạng báo cáo; xlsx: tệp Excel / form of the report; xlsx: for Excel",
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
        "--all",
        action="store_true",
        help=(
            "liệt kê mọi cảnh báo, gợi ý, và cả những số của tiêu chuẩn, luật, tài liệu không có "
            "ở đây / list every warning and note, and the numbers of standards, laws and documents "
            "not held here too"
        ),
    )
    parser.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="RULE_OR_PATH",
        help=(
            "chỉ một quy tắc (tên hay số, kể cả quy tắc chỉ hỏi khi ghi tên), một tệp hay thư mục; "
            "nêu nhiều lần được / findings of one rule (name or id, also one that is asked only by "
            "name), one file or folder; may be repeated"
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
    facts.add_option(parser)
    parser.add_argument(
        "--watch",
        action="store_true",
        help="kiểm tra lại sau mỗi lần lưu / check again after each save",
    )
    _add_exclusive_options(parser.add_mutually_exclusive_group())


def _add_exclusive_options(group: argparse._MutuallyExclusiveGroup) -> None:
    """Add ways to be told less, or to have it fixed; one at a time."""
    group.add_argument(
        "--known",
        "--baseline",
        type=Path,
        metavar="FILE",
        help="để riêng những chỗ tồn đọng / set known findings apart",
    )
    group.add_argument(
        "--write-known",
        "--write-baseline",
        type=Path,
        metavar="FILE",
        help="lập tệp tồn đọng, hoặc xóa chỗ đã sửa / make the file, or take out what is gone",
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
    """Check, print the report, and return 1 where the threshold is reached.

    With --diff the status is 1 where --fix would change something.
    """
    if options.watch:
        from qmstool.cli.checking import watch

        return watch.watch(options, lambda: _check_once(options))
    return _check_once(options)


def _check_once(options: argparse.Namespace) -> int:
    tree: Tree = FolderTree(options.root)
    if options.diff:
        from qmstool.cli.checking import fix

        tree = ReadOnceTree(tree)
        report, lang = cached.cached_report(options, tree)
        return fix.show_fixes(options, tree, report, lang)
    if options.format == EXCEL and not options.fix:  # it tells of the files beside what was found
        tree = ReadOnceTree(tree)
    report, lang = _make_report(options, tree)
    if options.only:
        from qmstool.cli.checking.only import only

        report = only(report, options.only, tree)
    report = replace(report, in_full=bool(options.all or options.only))
    if options.format == EXCEL:
        _write_workbook(options, tree, report, lang)
    else:
        _print(options, report, lang)
    return int(report.worst is not None and report.worst >= THRESHOLDS[options.fail_on])


def _print(options: argparse.Namespace, report: Report, lang: Lang) -> None:
    """Print the report; to a forge in paths of the repository, for it knows no others."""
    prefix = path_in_repository(options.root) if options.format in FROM_TOP else ""
    if prefix:
        from qmstool.report.placing import from_top

        top = real_path(options.root).parents[prefix.count("/") - 1]
        report = from_top(report, prefix, str(top))
    colour = console.wants_colour() and not options.output
    console.print_answer(options, FORMATS[options.format](report, lang, colour=colour))


def _write_workbook(options: argparse.Namespace, tree: Tree, report: Report, lang: Lang) -> None:
    """Write the findings as an Excel file, for whoever shares them out."""
    from qmstool.cli import tables
    from qmstool.manual.loading.manifest import read_manifest
    from qmstool.parsing.source import SourceFile
    from qmstool.report.table import findings_table

    config, _ = read_manifest(SourceFile("qms.yml", tree.read_all(["qms.yml"]).get("qms.yml", b"")))
    tables.write_workbook(options, findings_table(report, lang), lang, tree, config)


def _make_report(options: argparse.Namespace, tree: Tree) -> tuple[Report, Lang]:
    """Return the report that was asked for, and the language of the screen."""
    if options.since:
        from qmstool.cli.checking.since import report_since

        return report_since(options, tree)
    if options.fix:
        return _fix(options)
    report, lang = cached.cached_report(options, tree)
    if options.write_known:
        from qmstool.cli.checking.known_findings import write_known

        report = write_known(options.write_known, report, lang, console.today(UTC))
    elif options.known:
        from qmstool.cli.checking.known_findings import without_known

        report = without_known(options.known, report)
    return report, lang


def _fix(options: argparse.Namespace) -> tuple[Report, Lang]:
    """Fix what is certain, and return the report on what is left."""
    from qmstool.cli.checking import fix

    tree = FolderTree(options.root)
    texts = ReadOnceTree(tree)  # what is fixed are the very texts that were checked
    report, lang = cached.cached_report(options, texts)
    if fix.write_fixes(options, texts, report, lang):
        report, _ = cached.cached_report(options, tree)
    return report, lang
