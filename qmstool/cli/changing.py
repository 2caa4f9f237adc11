"""Show a change of many files as a diff, and make it when the user says so."""

from __future__ import annotations

import sys
from types import MappingProxyType
from typing import TYPE_CHECKING

from qmstool.cli import console
from qmstool.git.absence import AbsenceError
from qmstool.git.presence import without_content
from qmstool.i18n import QmsError, Text
from qmstool.scaffold.changes import unified_diff
from qmstool.storage import files
from qmstool.storage.tree import TEXT_SUFFIXES
from qmstool.terminal import escape_lines

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from qmstool.i18n import Lang
    from qmstool.scaffold.changes import Change
    from qmstool.storage.tree import Tree

NOTHING = Text("Không có gì để đổi.", "There is nothing to change.")
ASK = Text("Ghi những sửa đổi trên? [c/K] ", "Make these changes? [y/N] ")
UNREAD = Text(
    "Chưa đổi gì: không đọc được {count} tệp của sổ tay, trước hết là «{path}», nên không biết "
    "trong đó có chỗ nào phải đổi theo. Hãy chạy qmstool check để biết vì sao, sửa rồi chạy lại.",
    "Nothing is changed: {count} files of the manual cannot be read, «{path}» first, so what has "
    "to change in them is not known. Run qmstool check to see why, mend it and run again.",
)
YES = {"c", "có", "y", "yes"}
SHOWN = Text(
    "Chưa ghi gì: {count} tệp sẽ đổi. Thêm --yes để ghi.",
    "Nothing is written yet: {count} files would change. Add --yes to write.",
)
CHANGED = Text(
    "«{path}» vừa có người lưu lại, nên chưa ghi gì. Hãy chạy lại lệnh.",
    "«{path}» has just been saved by somebody, and nothing is written. Run the command again.",
)
WRITTEN = Text(
    "Đã sửa {count} tệp. Hãy chạy qmstool check, rồi lưu vào git.",
    "Changed {count} files. Run qmstool check, then commit.",
)


def require_all_texts(tree: Tree) -> None:
    """Raise QmsError where a text was not read: what it says would be left as it is, in silence.

    To be asked once the manual is loaded.
    """
    unread = [path for path in tree.refused() if path.endswith(TEXT_SUFFIXES)]
    pointers = [path for path in unread if tree.refused()[path] == "pointer"]
    if pointers:
        raise AbsenceError(without_content(), pointers)
    if unread:
        raise QmsError(UNREAD.fill({"path": unread[0], "count": str(len(unread))}))


def add_change_options(parser: argparse.ArgumentParser) -> None:
    """Add the option of every command that changes files."""
    parser.add_argument(
        "--yes", action="store_true", help="ghi luôn, không hỏi / write without asking"
    )


def make_change(options: argparse.Namespace, change: Change, lang: Lang) -> int:
    """Print the diff, ask where there is somebody to ask, and write."""
    show_and_make(options, change, lang)
    return 0


def show_and_make(
    options: argparse.Namespace,
    change: Change,
    lang: Lang,
    beside: Mapping[str, str] = MappingProxyType({}),
) -> bool:
    """Do as `make_change`; return whether anything was written.

    `beside`: what tells of the change, by path; written first, for a run that is broken off after
    the change finds nothing to tell any more.
    """
    if change.empty:
        console.print_note(NOTHING, lang)
        return False
    sys.stdout.write(escape_lines(unified_diff(change)))
    count = {"count": str(len({*change.texts, *change.moves}))}
    if not options.yes and not _agrees(lang):
        console.print_note(SHOWN.fill(count), lang)
        return False
    held = {path: files.read_held(options.root, path) for path in change.texts}
    for path, (before, _) in change.texts.items():
        if _words(held[path]) != _words(before.encode()):
            raise QmsError(CHANGED.fill({"path": path}))
    for path, told in beside.items():
        files.write(options.root, path, told)
    for path, (_, after) in change.texts.items():
        if path in change.moves:
            files.move(options.root, path, change.moves[path])
        files.write(options.root, change.moves.get(path, path), after, before=held[path])
    for old, new in change.moves.items():
        if old not in change.texts:
            files.move(options.root, old, new)
    console.print_note(WRITTEN.fill(count), lang)
    return True


def _words(data: bytes) -> str:
    """What a file says, whatever its line ends."""
    return data.decode("utf-8", "backslashreplace").removeprefix("\ufeff").replace("\r\n", "\n")


def _agrees(lang: Lang) -> bool:
    if not sys.stdin.isatty():
        return False
    try:
        return input(ASK.get(lang)).strip().lower() in YES
    except EOFError:
        return False
