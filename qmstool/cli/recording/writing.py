"""Write an entry into a record under `releases/`, keep its evidence, and save both in git.

Nothing is written that would not be read back: the manual is loaded with the new text first.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from qmstool import shell
from qmstool.candidates.attachments import keep_files
from qmstool.cli import console, evidence
from qmstool.git import repository as git
from qmstool.git import saving
from qmstool.git.uncommitted import uncommitted_paths
from qmstool.i18n import QmsError, Text
from qmstool.manual.loading.loader import load
from qmstool.releases.seal import normalize_line_ends
from qmstool.storage import files, temporary
from qmstool.storage.tree import ChangedTree
from qmstool.storage.whole_file import decode_to_change

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping

    from qmstool.cli.context import HistoryContext
    from qmstool.git.repository import Repository
    from qmstool.manual.model import Manual
    from qmstool.releases.canonical_yaml import Value

WRITTEN = Text("Đã ghi vào {path}.", "Wrote into {path}.")
SAVE_YOURSELF = Text(
    "Hãy lưu vào git, hoặc lần sau thêm --save.", "Commit it, or add --save the next time."
)
SAVED = Text("Đã lưu vào git: {commit}.", "Committed: {commit}.")
SAVED_LATE = Text(
    "Lần chạy trước đã ghi mà chưa lưu vào git; nay đã lưu đúng phần ấy: {commit}.",
    "A run before had written it and not committed it; just that is committed now: {commit}.",
)
OTHERS_LEFT = Text(
    "{path} còn sửa đổi khác chưa lưu vào git; lệnh này để nguyên.",
    "{path} holds other changes that are not committed; they are left as they are.",
)
WITH_OTHERS = Text(
    "Điều này ghi vào một mục của {path} chưa lưu vào git, nên cả tệp được lưu cùng.",
    "This went into an entry of {path} that is not committed, so the whole file is committed.",
)
ALREADY = Text(
    "Điều này đã ghi ở {path} từ trước; không ghi thêm lần nữa.",
    "This is recorded in {path} already; it is not recorded again.",
)
SAVE_IF_NOT = Text("Hãy lưu vào git nếu chưa lưu.", "Commit it where you have not.")
NO_BRANCH = Text(
    "Kho không ở trên nhánh nào (detached HEAD), nên lần lưu này không thuộc nhánh nào và dễ mất. "
    "Giữ lại:\n  {command}",
    "The repository is on no branch (detached HEAD): what was committed belongs to none, and is "
    "easily lost. Keep it:\n  {command}",
)
NOT_READ = Text(
    "Không ghi: {path} sẽ không đọc được như thế. Hãy xem lại các giá trị đã nêu.",
    "Not written: {path} could not be read like that. Look again at the values given.",
)


def add_writing_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of every act that writes: what proves it, and saving."""
    evidence.add_options(parser)
    parser.add_argument("--note", metavar="…", help="ghi chú / a remark")
    parser.add_argument(
        "--save", action="store_true", help="lưu luôn vào git / commit what was written"
    )


def read_evidence(
    options: argparse.Namespace, context: HistoryContext
) -> tuple[dict[str, bytes], list[Value]]:
    """Return the files to keep by path, and what the entry says of its evidence."""
    held, references = evidence.read_options(options)
    kept, written = keep_files(context.tree, held)
    proofs: list[Value] = [*written]
    proofs += [{"kind": kind, "reference": where} for kind, where in references]
    return kept, proofs


def with_evidence(
    options: argparse.Namespace, entry: dict[str, Value], proofs: list[Value]
) -> dict[str, Value]:
    """Return an entry with its evidence and remark, where there are any."""
    if proofs:
        entry["evidence"] = proofs
    if options.note:
        entry["note"] = options.note
    return entry


def read_record(context: HistoryContext, path: str) -> str:
    """Return the text of a record as it is stored; "" where there is none yet.

    Raises QmsError where it is not all text.
    """
    return decode_to_change(path, context.tree.read_all([path]).get(path, b""))


def read_manual(context: HistoryContext, path: str, text: str) -> Manual:
    """Return the manual as it would be with another text of a record."""
    if text == read_record(context, path):
        return context.manual
    return load(ChangedTree(context.tree, {path: text.encode()}))


def write_record(
    options: argparse.Namespace,
    context: HistoryContext,
    path: str,
    add: Callable[[str], str],
    kept: Mapping[str, bytes],
    message: Text,
) -> int:
    """Write an entry into a record, and its evidence, and commit them where that is wanted.

    `add`: gives a text of the record back with the entry, the same where that is in it already; it
    then is committed if a run before did not come to that. Raises QmsError where the record would
    not be read, or outside a repository with `--save`.
    """
    repository = git.require_history(context.repository_state) if options.save else None
    before = read_record(context, path)
    text = add(before)
    changes = {path: text.encode(), **kept}
    if text == before:
        console.print_note(ALREADY.fill({"path": path}), context.lang)
        if repository is None:
            console.print_note(SAVE_IF_NOT, context.lang)
        elif not changes.keys().isdisjoint(uncommitted_paths(repository)):
            _save(repository, changes, (path, add), message, context, is_late=True)
        return 0
    after = load(ChangedTree(context.tree, changes))
    if _problems_of(after, path) - _problems_of(context.manual, path):
        raise QmsError(NOT_READ.fill({"path": path}))
    for name, data in kept.items():
        if files.read_held(options.root, name) != data:
            files.write(options.root, name, data, new=True)
    files.write(options.root, path, text, before=before.encode())
    console.print_note(WRITTEN.fill({"path": path}), context.lang)
    if repository is None:
        console.print_note(SAVE_YOURSELF, context.lang)
        return 0
    _save(repository, changes, (path, add), message, context)
    return 0


def _save(
    repository: Repository,
    changes: Mapping[str, bytes],
    entry: tuple[str, Callable[[str], str]],
    message: Text,
    context: HistoryContext,
    *,
    is_late: bool = False,
) -> None:
    """Commit an entry with its evidence and nothing else, and say so.

    `entry`: path of the record, and what adds the entry to a text of it; `is_late`: it is a run
    before that wrote it. Where the repository is on no branch, how to keep the commit is told.
    """
    path, add = entry
    committed = saving.committed_bytes(repository, path)
    try:
        alone = add(decode_to_change(path, committed)).encode()
    except QmsError:
        # What it is added to is not committed itself, or was laid out by hand.
        alone = changes[path]
        if committed != normalize_line_ends(alone):
            console.print_note(WITH_OTHERS.fill({"path": path}), context.lang)
    words = message.get(context.manual.page_language)
    if normalize_line_ends(alone) == normalize_line_ends(changes[path]):
        commit = saving.save(repository.folder, changes, words)
    else:
        console.print_note(OTHERS_LEFT.fill({"path": path}), context.lang)
        parts = {
            name: data
            for name, data in {**changes, path: alone}.items()
            if data != saving.committed_bytes(repository, name)
        }
        if not parts:
            return
        with temporary.lend_folder() as folder:
            commit = saving.save_parts(repository, parts, words, folder / "index")
    short = commit[:10]
    console.print_note((SAVED_LATE if is_late else SAVED).fill({"commit": short}), context.lang)
    if not git.is_on_branch(repository):
        command = shell.join("git", "branch", f"qms-{short}", short)
        console.print_note(NO_BRANCH.fill({"command": command}), context.lang)


def _problems_of(manual: Manual, path: str) -> Counter[str]:
    """How often each kind of problem was met in reading a file."""
    problems = manual.problems
    return Counter(each.slug for each in problems if each.violation.location.path == path)
