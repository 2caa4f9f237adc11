"""Write an entry into a record under `releases/`, keep its evidence, and save both in git.

Nothing is written that would not be read back: the manual is loaded with the new text first.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from qmstool.candidates.attachments import keep_files
from qmstool.candidates.evidence import KINDS
from qmstool.cli import console
from qmstool.git import repository as git
from qmstool.git import saving
from qmstool.i18n import QmsError, Text
from qmstool.manual.loading.loader import load
from qmstool.parsing.similar import not_found_error
from qmstool.storage import files
from qmstool.storage.tree import ChangedTree

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from qmstool.cli.context import HistoryContext
    from qmstool.manual.model import Manual
    from qmstool.releases.canonical_yaml import Value

WRITTEN = Text("Đã ghi vào {path}.", "Wrote into {path}.")
SAVE_YOURSELF = Text(
    "Hãy lưu vào git, hoặc lần sau thêm --save.", "Commit it, or add --save the next time."
)
SAVED = Text("Đã lưu vào git: {commit}.", "Committed: {commit}.")
NOT_READ = Text(
    "Không ghi: {path} sẽ không đọc được như thế. Hãy xem lại các giá trị đã nêu.",
    "Not written: {path} could not be read like that. Look again at the values given.",
)
PAIR = Text("«{given}»: viết dạng «loại=…».", "«{given}»: written «kind=…».")


def add_writing_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of every act that writes: what proves it, and saving."""
    names = ", ".join(KINDS)
    parser.add_argument(
        "--evidence",
        action="append",
        default=[],
        metavar="KIND=FILE",
        help=f"tệp chứng minh / file ({names})",
    )
    parser.add_argument(
        "--reference",
        action="append",
        default=[],
        metavar="KIND=…",
        help="nơi tra cứu / where it can be looked up",
    )
    parser.add_argument("--note", metavar="…", help="ghi chú / a remark")
    parser.add_argument(
        "--save", action="store_true", help="lưu luôn vào git / commit what was written"
    )


def read_evidence(
    options: argparse.Namespace, context: HistoryContext
) -> tuple[dict[str, bytes], list[Value]]:
    """Return the files to keep by path, and what the entry says of its evidence."""
    given = [_pair(each) for each in options.evidence]
    held = [(kind, Path(name).name, console.read_user_file(name)) for kind, name in given]
    kept, written = keep_files(context.tree, held)
    evidence: list[Value] = [*written]
    for kind, where in map(_pair, options.reference):
        evidence.append({"kind": kind, "reference": where})
    return kept, evidence


def _pair(given: str) -> tuple[str, str]:
    kind, sign, value = given.partition("=")
    if not sign or not value:
        raise QmsError(PAIR.fill({"given": given}))
    if kind not in KINDS:
        raise not_found_error(kind, Text("loại bằng chứng", "kind of evidence"), KINDS)
    return kind, value


def with_evidence(
    options: argparse.Namespace, entry: dict[str, Value], evidence: list[Value]
) -> dict[str, Value]:
    """Return an entry with its evidence and remark, where there are any."""
    if evidence:
        entry["evidence"] = evidence
    if options.note:
        entry["note"] = options.note
    return entry


def read_record(context: HistoryContext, path: str) -> str:
    """Return the text of a record as it is stored; "" where there is none yet."""
    data = context.tree.read_all([path]).get(path)
    return data.decode("utf-8") if data is not None else ""


def write_record(
    options: argparse.Namespace,
    context: HistoryContext,
    path: str,
    text: str,
    kept: Mapping[str, bytes],
    message: Text,
) -> int:
    """Write a record and its evidence, and commit them where that is wanted.

    Raises QmsError where the record would not be read, or outside a repository with `--save`.
    """
    changes = {path: text.encode(), **kept}
    after = load(ChangedTree(context.tree, changes))
    if _problems_of(after, path) - _problems_of(context.manual, path):
        raise QmsError(NOT_READ.fill({"path": path}))
    repository = git.require_history(context.repository_state) if options.save else None
    for name, data in changes.items():
        files.write(options.root, name, data)
    console.print_note(WRITTEN.fill({"path": path}), context.lang)
    if repository is None:
        console.print_note(SAVE_YOURSELF, context.lang)
        return 0
    commit = saving.save(repository, changes, message.get(context.lang))
    console.print_note(SAVED.fill({"commit": commit[:10]}), context.lang)
    return 0


def _problems_of(manual: Manual, path: str) -> Counter[str]:
    """How often each kind of problem was met in reading a file."""
    problems = manual.problems
    return Counter(each.slug for each in problems if each.violation.location.path == path)
