"""`check --fix` and `check --diff`: what is certain is mended, or shown; either says what it did."""

from __future__ import annotations

import difflib
import sys
from collections import Counter
from typing import TYPE_CHECKING

from qmstool.checking.fixes import mend
from qmstool.cli import console
from qmstool.i18n import Text
from qmstool.storage import files
from qmstool.terminal import escape_lines

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from qmstool.checking.fixes import Mended
    from qmstool.findings import Report
    from qmstool.i18n import Lang
    from qmstool.storage.tree import Once

NOTHING = Text(
    "Không có chỗ nào chắc chắn đến mức tự sửa được.", "There is nothing certain to fix."
)

SAVED = Text(
    "«{path}» vừa được lưu lại trong lúc kiểm tra nên để nguyên; hãy chạy lại --fix.",
    "«{path}» was saved during the check and is left as it is; run --fix again.",
)


def write_fixes(options: argparse.Namespace, tree: Once, report: Report, lang: Lang) -> bool:
    """Mend the files and say where; whether anything was mended.

    What somebody saved meanwhile stays as it is.
    """
    found = mend(report.findings, tree.read)
    now = tree.tree.read_all([each.path for each in found])
    mended = [each for each in found if now.get(each.path) == each.before]
    for each in mended:
        files.write(options.root, each.path, each.after)
    for each in found:
        if each not in mended:
            console.print_note(SAVED.fill({"path": each.path}), lang)
    console.print_note(_told(mended, Text("Đã sửa", "Fixed")), lang)
    return bool(mended)


def show_fixes(options: argparse.Namespace, tree: Once, report: Report, lang: Lang) -> int:
    """Print what `write` would do as a unified diff, and change nothing.

    Status 1 where it would do something.
    """
    mended = mend(report.findings, tree.read)
    text = "".join(line for each in mended for line in _diff(each))
    console.print_answer(
        options,
        escape_lines(text) if sys.stdout.isatty() and not options.output else text,
    )
    console.print_note(_told(mended, Text("--fix sẽ sửa", "--fix would change")), lang)
    return int(bool(mended))


def _told(mended: Iterable[Mended], verb: Text) -> Text:
    """How many places of each rule, in how many files."""
    places: Counter[str] = Counter()
    paths = []
    for each in mended:
        places.update(each.places)
        paths.append(each.path)
    if not paths:
        return NOTHING
    rules = ", ".join(f"{slug} × {count}" for slug, count in places.items() if count)
    return Text(
        f"{verb.vi} trong {len(paths)} tệp: {rules}.", f"{verb.en}, files: {len(paths)}; {rules}."
    )


def _diff(mended: Mended) -> Iterator[str]:
    """A unified diff that `git apply` takes; a last line without its end is marked."""
    before, after = (data.decode("utf-8").split("\n") for data in (mended.before, mended.after))
    lines = difflib.unified_diff(
        _ended(before), _ended(after), f"a/{mended.path}", f"b/{mended.path}"
    )
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _ended(lines: list[str]) -> list[str]:
    whole = [f"{line}\n" for line in lines[:-1]]
    return [*whole, lines[-1]] if lines[-1] else whole
