"""Take exported Word files back into the texts that they were exported from (`import --update`)."""

from __future__ import annotations

import re
import sys
from itertools import chain, count
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from qmstool import shell
from qmstool.cli import console
from qmstool.cli.changing import show_and_make
from qmstool.cli.context import HistoryContext
from qmstool.cli.returning import registers
from qmstool.cli.returning.exported import BY_WORDS, find_document, find_version
from qmstool.frozen import dataclass
from qmstool.i18n import QmsError, Text
from qmstool.importing.returning.edits import apply_to_file
from qmstool.importing.returning.merging import merge
from qmstool.importing.returning.result import ReturnedChange
from qmstool.importing.returning.running_heads import edited_heads
from qmstool.importing.returning.shown import NOTE, PICTURE, shown_nodes, squeeze
from qmstool.importing.returning.steps import compare_nodes
from qmstool.importing.returning.taking import take_back
from qmstool.importing.returning.telling import (
    HEAD,
    change_lines,
    counts,
    people_lines,
    returned_page,
    span_of,
)
from qmstool.importing.returning.told import NO_PLACE
from qmstool.importing.returning.word_file import read_returned
from qmstool.importing.returning.writing import PICTURE_PLACE
from qmstool.scaffold import changes as scaffold
from qmstool.storage import files
from qmstool.storage.tree import ChangedTree
from qmstool.terminal import escape_lines

if TYPE_CHECKING:
    import argparse
    from collections.abc import Collection, Mapping, Sequence

    from qmstool.cli.returning.exported import ExportedVersion
    from qmstool.i18n import Lang
    from qmstool.importing.collecting import Given
    from qmstool.importing.returning.merging import Choice, Stretch
    from qmstool.importing.returning.shown import Shown
    from qmstool.importing.returning.word_file import ReturnedFile
    from qmstool.manual.documents import Document
    from qmstool.storage.tree import Tree

FOLDER = "import-update"
SUFFIXES = {".docx", ".docm", ".doc", ".rtf", ".odt"}
NO_WORD_FILE = Text(
    "--update nhận tệp Word đã xuất bằng qmstool export docx, hay danh mục Excel đã xuất bằng "
    "qmstool register --format xlsx: «{name}» không phải tệp nào trong số ấy.",
    "--update takes Word files that qmstool export docx wrote, and registers for Excel that "
    "qmstool register --format xlsx wrote: «{name}» is neither.",
)
GONE = Text(
    "Tệp «{path}» không còn trong bản nháp; phần sửa của nó nằm ở {proposal}.",
    "«{path}» is no longer in the draft; what changed in it is in {proposal}.",
)
CLASH = Text(
    "XUNG ĐỘT ở {count} chỗ: bản nháp cũng đã sửa từ khi xuất. Chưa ghi {paths}; cả hai bản còn "
    "nguyên. Xem cạnh nhau: {page}; bản theo Word: {proposal}. Rồi chạy lại với --take word (lấy "
    "bản Word ở chỗ xung đột), --take draft (giữ bản nháp) hoặc --take both (ghi cả hai vào tệp để "
    "chọn bằng tay).",
    "CONFLICT in {count} places: the draft has changed there too since the export. {paths} not "
    "written; both texts stand. Side by side: {page}; as in Word: {proposal}. Then run again with "
    "--take word (Word's text in those places), --take draft (the draft's) or --take both (both in "
    "the file, to choose by hand).",
)
BOTH = Text(
    "Đã ghi cả hai bản ở {count} chỗ, giữa các dòng <<<<<<< và >>>>>>>. Hãy chọn một; qmstool "
    "check báo lỗi cho đến khi chọn xong.",
    "Both texts are written in {count} places, between the lines <<<<<<< and >>>>>>>. Choose one "
    "of them; qmstool check reports an error until you have.",
)
PAGE = Text("Bảng kê để in: {page}", "To print: {page}")
NEXT = Text("Việc tiếp theo: qmstool check, rồi lưu vào git:", "Next: qmstool check, then commit:")
SUBJECT = Text("{name}: theo bản Word", "{name}: as edited in Word")
EDITED_BY = Text("Người sửa trong Word: {people}", "Edited in Word by: {people}")


@dataclass(frozen=True, slots=True)
class Update:
    """What one file does: its changes, and files of the manual before and after.

    `before`, `after`: by path, as exported; `clashes`: path and stretch; `joined`: path → the text
    of the draft with the changes in it.
    """

    file: ReturnedFile
    document: Document
    changes: tuple[ReturnedChange, ...]
    after: Mapping[str, bytes]
    joined: Mapping[str, tuple[str, str]]
    clashes: tuple[tuple[str, Stretch], ...]
    gone: tuple[str, ...]


def run_update(options: argparse.Namespace, given: Sequence[Given]) -> int:
    """Take files back; return 1 where something could not be taken, else 0."""
    context = HistoryContext(options)
    written: dict[str, bytes] = {}
    status = 0
    for file in given:
        suffix = PurePosixPath(file.name).suffix.casefold()
        if suffix in registers.SUFFIXES:
            status = max(status, registers.take_register(options, context, file))
            continue
        if suffix not in SUFFIXES:
            raise QmsError(NO_WORD_FILE.fill({"name": file.name}))
        read = read_returned(file.data, file.name, reject=options.changes == "reject")
        status = max(status, _take_file(options, context, read, written))
    return status


def _take_file(
    options: argparse.Namespace,
    context: HistoryContext,
    read: ReturnedFile,
    written: dict[str, bytes],
) -> int:
    """Take a file back; `written`: by path what those before it made, to which this one adds."""
    document = find_document(context, read, PurePosixPath(read.source.name).stem)
    version = find_version(options.root, context, read, document)
    if not version.found:
        console.print_note(BY_WORDS.fill({"name": read.source.name}), context.lang)
    update = make_update(context, read, version, options.take, written)
    _tell(update, context)
    left = any(not change.taken for change in update.changes if change.kind != "look")
    if not update.after and not update.changes:
        return 0
    page = _page_path(document.name, written)
    stretches = update.clashes
    html = returned_page(document.name, read, update.changes, stretches, context.lang)
    unsolved = bool(stretches) and options.take is None
    if unsolved or update.gone:
        files.write(options.root, page, html)
        written[page] = html.encode()
        for path, data in update.after.items():
            files.write(options.root, f"{FOLDER}/{path}", data)
    for path in update.gone:
        values = {"path": path, "proposal": f"{FOLDER}/{path}"}
        console.print_note(GONE.fill(values), context.lang)
    change = scaffold.Change(dict(update.joined), {})
    made = not change.empty and show_and_make(options, change, context.lang, {page: html})
    if unsolved:
        paths = ", ".join(dict.fromkeys(path for path, _ in stretches))
        values = {"count": str(len(stretches)), "paths": paths, "page": page}
        console.print_note(CLASH.fill(values | {"proposal": f"{FOLDER}/"}), context.lang)
    if made:
        texts = update.joined.items()
        written |= {path: text.encode("utf-8", "surrogateescape") for path, (_, text) in texts}
        written[page] = html.encode()
        console.print_note(PAGE.fill({"page": page}), context.lang)
        if stretches and options.take == "both":
            console.print_note(BOTH.fill({"count": str(len(stretches))}), context.lang)
        _tell_next(update, context)
    return 1 if left or unsolved or update.gone else 0


def make_update(
    context: HistoryContext,
    read: ReturnedFile,
    version: ExportedVersion,
    take: Choice | None,
    written: Mapping[str, bytes],
) -> Update:
    """Return what a file does to the draft, in which `written` stands; nothing is written."""
    source = version.read_as_word(context, {})
    exported = shown_nodes(source.blocks)
    returned = shown_nodes(read.source.blocks)
    sources = {file.path: file for file in version.document.files}
    texts = {path: (file.source.text, file.body) for path, file in sources.items()}
    changes, edits = take_back(exported, returned, texts, dict(read.source.notes), context.lang)
    after: dict[str, bytes] = {}
    for path, made in edits.items():
        if len(made):
            data = version.tree.read(path)
            after[path] = apply_to_file(sources[path].source, data, made.sorted())
    if after:
        reread = shown_nodes(version.read_as_word(context, after).blocks)
        changes += _unread(reread, returned, changes)
    if version.found:  # else heads differ by state and day, though nobody touched them
        changes += edited_heads(source, read.source)
    draft = ChangedTree(context.tree, written)
    joined, clashes, gone = _join(draft, version, after, take, context.lang)
    return Update(
        read, version.document, tuple(changes), after, joined, tuple(clashes), tuple(gone)
    )


def _unread(
    reread: Sequence[Shown], returned: Sequence[Shown], told: Sequence[ReturnedChange]
) -> list[ReturnedChange]:
    """Return what the changed text, exported again, still says otherwise than what came back."""
    known = {(change.before, change.after) for change in told if not change.taken}
    words = "".join(node.words for node in returned)
    notes = {_less_numbers(change.after) for change in told if change.kind == "added"}
    left = []
    for step in compare_nodes(reread, returned):
        before = reread[step.before].words if step.before >= 0 else ""
        after = returned[step.after].words if step.after >= 0 else ""
        if step.kind == "same" or (step.kind == "removed" and step.after >= 0):
            continue
        if _as_pictures(before) == squeeze(after):
            continue  # told already: a person saves the picture
        if NOTE in words and _less_numbers(before) in {_less_numbers(after), *notes}:
            continue  # Word's notes are numbered with the others now
        if (before, after) not in known:
            left.append(ReturnedChange(step.kind, "", before, after, "", 0, NO_PLACE))
    return left


def _as_pictures(words: str) -> str:
    """Return words squeezed, a picture in the place of those that mark where one is to go."""
    for place in (PICTURE_PLACE.vi, PICTURE_PLACE.en):
        words = words.replace(place, PICTURE)
    return squeeze(words)


def _less_numbers(words: str) -> str:
    return squeeze(re.sub(r"\d+", "", words.replace(NOTE, "")))


def _join(
    tree: Tree,
    version: ExportedVersion,
    after: Mapping[str, bytes],
    take: Choice | None,
    lang: Lang,
) -> tuple[dict[str, tuple[str, str]], list[tuple[str, Stretch]], list[str]]:
    """Join files with the draft: path → before and after, conflicts, files that are gone."""
    joined: dict[str, tuple[str, str]] = {}
    clashes: list[tuple[str, Stretch]] = []
    gone: list[str] = []
    present = tree.read_all(after)
    names = ("ban-nhap", "word") if lang == "vi" else ("draft", "word")
    for path, data in after.items():
        if path not in present:
            gone.append(path)
            continue
        draft = present[path].decode("utf-8", "surrogateescape")
        base = version.tree.read(path).decode("utf-8", "surrogateescape")
        stretches = merge(base, draft, data.decode("utf-8", "surrogateescape"))
        own = [(path, stretch) for stretch in stretches if stretch.clash]
        clashes += own
        if own and take is None:
            continue
        lines = (line for part in stretches for line in part.lines(take or "word", names))
        text = "".join(lines)
        if text != draft:
            joined[path] = draft, text
    return joined, clashes, gone


def _tell(update: Update, context: HistoryContext) -> None:
    lang = context.lang
    values = {
        "name": update.document.name,
        "path": update.document.path,
        "file": update.file.source.name,
        "counts": counts(update.changes, lang),
    }
    lines = [HEAD.fill(values).get(lang), *people_lines(update.file, lang)]
    lines += change_lines(update.changes, lang)
    sys.stdout.write(escape_lines("\n".join(lines)) + "\n")


def _tell_next(update: Update, context: HistoryContext) -> None:
    """Print the lines that commit what was written, with who edited it."""
    lang = context.lang
    name = _plain(update.document.name)
    people = [
        f"{_plain(editor.name)} {span_of(editor.days)}".strip() for editor in update.file.editors
    ]
    if not people and update.file.saved_by:
        people = [f"{_plain(update.file.saved_by)} {update.file.saved_on}".strip()]
    subject = SUBJECT.fill({"name": name}).get(lang)
    messages = ["-m", subject]
    if people:
        messages += ["-m", EDITED_BY.fill({"people": "; ".join(people)}).get(lang)]
    add = shell.join("git", "add", *update.joined)
    commit = shell.join("git", "commit", *messages)
    console.print_note(NEXT, lang)
    sys.stdout.write(escape_lines(f"  {add}\n  {commit}\n"))


def _plain(words: str) -> str:
    """Return a name without signs that a shell would read otherwise than as letters."""
    return " ".join(re.sub(r"[^\w .,/-]", " ", words).split())


def _page_path(name: str, written: Collection[str]) -> str:
    """Return where the page about a document goes; not over that of a file taken back before."""
    stem = re.sub(r"[^\w.-]+", "-", name).strip("-.") or "document"
    ends = chain([""], (f"-{number}" for number in count(2)))
    names = (f"{FOLDER}/{stem}{end}.html" for end in ends)
    return next(name for name in names if name not in written)
