"""Take over a manual in use as release 1, claiming nothing of its approval (`release import`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool import __version__
from qmstool.checking.runner import check
from qmstool.cli import console
from qmstool.cli.release.uncommitted import refuse_uncommitted
from qmstool.findings import Severity
from qmstool.git import repository as git
from qmstool.i18n import QmsError, Text
from qmstool.manual.loading.loader import load
from qmstool.references.resolver import resolve
from qmstool.releases.record import import_baseline, release_path
from qmstool.storage import files
from qmstool.storage.tree import FolderTree, commit_tree

if TYPE_CHECKING:
    import argparse


NOT_THE_FIRST = Text(
    "Đã có đợt ban hành được ghi nhận; chỉ đợt 1 là bản nhập.",
    "A release is recorded already; only release 1 is imported.",
)
HAS_ERRORS = Text(
    "Sổ tay còn lỗi. Hãy chạy qmstool check và sửa trước.",
    "The manual has errors; run qmstool check and fix them first.",
)
WRITTEN = Text(
    "Đã ghi {path}. Hãy lưu tệp này vào git cùng các tài liệu.",
    "Wrote {path}. Commit it together with the texts.",
)


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "--title", default="Bản nhập", help="tên đợt ban hành / title of the release"
    )


def run(options: argparse.Namespace) -> int:
    """Write releases/0001.yml; refuse where a release is recorded, or the manual has errors.

    What is pinned is what git has: the newest commit, from which no file of the manual may differ.
    """
    folder = FolderTree(options.root)
    manual = load(folder)
    lang = console.screen_language(options, manual.config)
    if manual.releases:
        raise QmsError(NOT_THE_FIRST)
    repository = git.require_commit(git.find_repository(options.root))
    refuse_uncommitted(repository, folder)
    tree = commit_tree(options.root, repository.head)
    manual = load(tree)
    day, root = console.today(manual.config.zone), str(options.root)
    report = check(manual, resolve(manual), root=root, day=day, read=tree.read)
    if report.worst == Severity.ERROR:
        raise QmsError(HAS_ERRORS)
    text = import_baseline(manual, tree, title=options.title, tool=f"qmstool {__version__}")
    path = files.write(options.root, release_path(1), text, new=True)
    console.print_note(WRITTEN.fill({"path": str(path)}), lang)
    return 0
