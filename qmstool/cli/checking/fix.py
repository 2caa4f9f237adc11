"""Apply the fixes that are certain (`check --fix`), or show them as a diff (`check --diff`)."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

from qmstool.checking.fixes import apply_fixes
from qmstool.cli import console
from qmstool.git.names import real_path
from qmstool.i18n import Text
from qmstool.parsing.matching import unified_lines
from qmstool.storage import files
from qmstool.terminal import escape_lines

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from qmstool.checking.fixes import FixedFile
    from qmstool.findings import Report
    from qmstool.i18n import Lang
    from qmstool.storage.read_once import ReadOnceTree

NOTHING = Text(
    "Không có chỗ nào chắc chắn đến mức tự sửa được.", "There is nothing certain to fix."
)
SAVED = Text(
    "«{path}» vừa được lưu lại trong lúc kiểm tra nên để nguyên; hãy chạy lại --fix.",
    "«{path}» was saved during the check and is left as it is; run --fix again.",
)


def write_fixes(
    options: argparse.Namespace, tree: ReadOnceTree, report: Report, lang: Lang
) -> bool:
    """Fix the files and say where; return whether anything was fixed.

    What somebody saved meanwhile stays as it is. A file that is reached by a link is fixed where it
    lies: the link may lead to what may not be changed.
    """
    fixes = [file for file in apply_fixes(report.findings, tree.read) if _is_place(options, file)]
    written = []
    for file in fixes:
        try:
            files.write(options.root, file.path, file.after, before=file.before)
        except files.TakenError:
            console.print_note(SAVED.fill({"path": file.path}), lang)
        else:
            written.append(file)
    console.print_note(_summary(written, Text("Đã sửa", "Fixed")), lang)
    return bool(written)


def _is_place(options: argparse.Namespace, file: FixedFile) -> bool:
    """Whether a file lies at its path, and not behind a link."""
    there = real_path(options.root).joinpath(file.path)
    return bool(files.resolve_inside(options.root, file.path) == there)


def show_fixes(options: argparse.Namespace, tree: ReadOnceTree, report: Report, lang: Lang) -> int:
    """Print what `write_fixes` would do as a unified diff, and change nothing.

    Status 1 where it would do something.
    """
    fixes = [file for file in apply_fixes(report.findings, tree.read) if _is_place(options, file)]
    text = "".join(line for file in fixes for line in _diff(file))
    if sys.stdout.isatty() and not options.output:
        text = escape_lines(text)
    console.print_answer(options, text)
    console.print_note(_summary(fixes, Text("--fix sẽ sửa", "--fix would change")), lang)
    return int(bool(fixes))


def _summary(fixes: Iterable[FixedFile], verb: Text) -> Text:
    """Tell how many places of each rule are fixed, in how many files."""
    places: Counter[str] = Counter()
    count = 0
    for file in fixes:
        places.update(file.places)
        count += 1
    if not count:
        return NOTHING
    rules = ", ".join(f"{slug} × {number}" for slug, number in places.items() if number)
    return Text(f"{verb.vi} trong {count} tệp: {rules}.", f"{verb.en}, files: {count}; {rules}.")


def _diff(file: FixedFile) -> Iterator[str]:
    """Return the lines of a unified diff that `git apply` takes."""
    names = f"a/{file.path}", f"b/{file.path}"
    return unified_lines(_lines(file.before), _lines(file.after), names, 3)


def _lines(data: bytes) -> list[str]:
    """Return the lines of a file with their ends; only LF ends a line."""
    *whole, last = data.decode("utf-8").split("\n")
    lines = [f"{line}\n" for line in whole]
    if last:
        lines.append(last)
    return lines
