"""Find the files that are to be taken in, and write what they make, never over what is there."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from qmstool.cli import console
from qmstool.cli.command_lines import command_line
from qmstool.cli.confirming import (
    add_column_option,
    confirm_columns,
    confirm_guesses,
    guesses_of,
    with_guesses,
)
from qmstool.extras import load_extra
from qmstool.frozen import replace
from qmstool.i18n import QmsError, Text
from qmstool.importing.collecting import UNCHANGED, Given, take_in
from qmstool.importing.holders import with_holders
from qmstool.importing.report import STEM, add_digests, read_digests, write_report
from qmstool.importing.result import LEFT_OUT, UNSURE
from qmstool.importing.returning.renewing import renew
from qmstool.importing.word.figure_pictures import draw
from qmstool.importing.workbooks.register_files import KEYS, add_rows
from qmstool.scaffold.changes import Change
from qmstool.storage import files
from qmstool.storage.tree import MANIFEST, MANUAL_FOLDERS
from qmstool.storage.whole_file import decode_to_change

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from qmstool.i18n import Lang
    from qmstool.importing.known import Known
    from qmstool.importing.result import Taken

LOOKED_AT = {
    ".docx", ".docm", ".doc", ".rtf", ".odt", ".xlsx", ".xlsm", ".xls", ".ods", ".csv",
    ".pdf", ".txt", ".md", ".markdown", ".mdx", ".qmd", ".rmd",
}  # fmt: skip
_HEAD = re.compile(r"---\n.*?\n---\n", re.DOTALL)
# What a manual keeps, and what is built of it.
OWN_FOLDERS = (*(name.strip("/") for name in MANUAL_FOLDERS), "site", "build", "import-update")
LARGEST = 100_000_000  # bytes
MOST_FILES = 2_000

NOT_THERE = Text("Không có tệp «{path}».", "There is no file «{path}».")
NONE_HERE = Text(
    "Ở «{path}» không có tệp Word, Excel nào.", "There is no Word or Excel file in «{path}»."
)
TOO_LARGE = Text(
    "Tệp «{path}» quá lớn (trên {most} MB).", "«{path}» is too large (over {most} MB)."
)
TOO_MANY = Text("Có hơn {most} tệp; hãy chọn bớt.", "There are over {most} files; choose fewer.")
SUMMARY = Text(
    "Đã đọc {read} tệp: {words} từ, {placed} đã đưa vào, {left} để ngoài có lý do, {lost} mất. "
    "Viết {written} tệp.",
    "{read} files read: {words} words, {placed} placed, {left} left out for a reason, {lost} lost. "
    "{written} files written.",
)
REPORT = Text(
    "Báo cáo: {report} (in ra: {html}). Chưa chắc {unsure} dòng, để ngoài {left} dòng.",
    "Report: {report} (to print: {html}). Not sure: {unsure} lines, left out: {left}.",
)
REFUSED = Text("Chưa đọc: {name}. {reason}", "Not read: {name}. {reason}")
AGAIN = Text(
    "Sửa những tệp chưa đọc ấy rồi chạy (tệp đã lấy thì được bỏ qua; --accept, --reject thì viết "
    "thêm ở cuối dòng):\n  {command}",
    "Mend the files that were not read, then run (what was taken is passed over; --accept or "
    "--reject goes to its end):\n  {command}",
)
TAKEN_BEFORE = Text(
    "{count} tệp đã lấy từ trước và không đổi từ đó: bỏ qua.",
    "Files taken in before and not changed since, passed over: {count}.",
)
KEPT = Text("Đã có, để nguyên: {paths}", "There already, left as they were: {paths}")
FULL = Text(
    "{path} không có dòng trống để thêm; hãy thêm bằng tay theo báo cáo.",
    "{path} could take no rows; add them by hand from the report.",
)


def add_source_options(parser: argparse.ArgumentParser) -> None:
    """Add what an import has to know of its files."""
    add_column_option(parser)
    group = parser.add_mutually_exclusive_group()
    group.add_argument(
        "--accept",
        action="store_const",
        const="accept",
        dest="changes",
        help="chấp nhận mọi thay đổi đang theo dõi / accept all tracked changes",
    )
    group.add_argument(
        "--reject",
        action="store_const",
        const="reject",
        dest="changes",
        help="bỏ mọi thay đổi đang theo dõi / reject all tracked changes",
    )


def require_readers() -> None:
    """Raise QmsError with the line that installs them, where the readers are missing."""
    load_extra("lxml.etree", "lxml")
    load_extra("openpyxl", "openpyxl")


def read_given(paths: Sequence[Path]) -> list[Given]:
    """Return the files that were named, those of a folder by their names in order."""
    given: dict[str, Given] = {}
    for path in paths:
        if not path.exists():
            raise QmsError(NOT_THERE.fill({"path": str(path)}))
        found = list(_files_of(path))
        if not found:
            raise QmsError(NONE_HERE.fill({"path": str(path)}))
        for name, file in found:
            if file.stat().st_size > LARGEST:
                raise QmsError(
                    TOO_LARGE.fill({"path": str(file), "most": str(LARGEST // 1_000_000)})
                )
            unique = name if name not in given else str(file)
            given[unique] = Given(unique, file.read_bytes())
        if len(given) > MOST_FILES:
            raise QmsError(TOO_MANY.fill({"most": str(MOST_FILES)}))
    return list(given.values())


def _files_of(path: Path) -> Iterator[tuple[str, Path]]:
    """Give the files of a folder that Word, Excel and the like write; their own lock files not.

    Of a folder that is a manual, or in which one was begun, what belongs to the manual is none.
    """
    if path.is_file():
        yield path.name, path
        return
    for folder, folders, names in os.walk(path):
        is_manual = not {MANIFEST, f"{STEM}.json"}.isdisjoint(names)
        own = OWN_FOLDERS if is_manual else ()
        others = sorted(set(folders).difference(own))
        folders[:] = [name for name in others if not name.startswith(".")]
        for name in sorted(names):
            file = Path(folder) / name
            if is_manual and file.suffix.casefold() == ".md":
                continue
            wanted = file.suffix.casefold() in LOOKED_AT and not name.startswith(("~$", "."))
            if wanted and file.is_file():
                yield file.relative_to(path).as_posix(), file


def digests_taken(folder: Path) -> list[str]:
    """Return the digests of the files that were taken in before."""
    report = folder / f"{STEM}.json"
    return read_digests(report.read_bytes()) if report.is_file() else []


def take_given(given: Sequence[Given], known: Known, *, ask: bool, lang: Lang) -> Taken:
    """Return what files make; `ask`: whether what was guessed is shown and asked for before."""
    if not ask:
        return take_in(given, known, draw)
    known = replace(known, columns=confirm_columns(given, known, lang))
    drawn = cache(draw)
    taken = take_in(given, known, drawn)
    if not known.may_name:
        return taken
    guesses = confirm_guesses(guesses_of(taken), lang)
    if guesses.refused:
        taken = take_in(given, replace(known, refused=guesses.refused), drawn)
    return with_guesses(taken, guesses)


def write_taken(folder: Path, taken: Taken, lang: Lang, language: Lang) -> int:
    """Write what is not there, and tell what was done.

    Returns the status: 1 where words are missing or a file was not read.
    """
    kept = [path for path in taken.files if (folder / path).exists()]
    begun = {path: data for path, data in taken.files.items() if path not in kept}
    grown = _grown_registers(folder, taken, lang)
    written = begun | {path: after for path, (_, after) in grown.items()}
    _tell_refused(taken, lang)
    _tell_taken_before(taken, lang)
    if kept:
        console.print_note(KEPT.fill({"paths": ", ".join(kept)}), lang)
    counts = taken.accounts.values()
    values = {
        "read": len(taken.digests),
        "words": sum(count.source for count in counts),
        "placed": sum(count.placed for count in counts),
        "left": sum(count.left_out for count in counts),
        "lost": taken.lost_words,
        "written": len(written),
    }
    if written:
        _write_report(folder, taken, language)
    for name, content in written.items():
        before = grown[name][0] if name in grown else None
        files.write(folder, name, content, new=name in begun, before=before)
    keep_digests(folder, taken, lang)
    console.print_note(SUMMARY.fill({key: str(value) for key, value in values.items()}), lang)
    if written:
        groups = [line.group for line in taken.lines]
        told = {"unsure": str(groups.count(UNSURE)), "left": str(groups.count(LEFT_OUT))}
        told |= {"report": str(folder / f"{STEM}.md"), "html": f"{STEM}.html"}
        console.print_note(REPORT.fill(told), lang)
    return 1 if taken.lost_words or taken.refused_files else 0


def _write_report(folder: Path, taken: Taken, language: Lang) -> None:
    """Write what is told of an import, first of all what was taken in before by whoever it was.

    Raises QmsError where another run wrote that meanwhile: what it took in would be forgotten.
    """
    name = f"{STEM}.json"
    before = files.read_held(folder, name)
    report = write_report(taken, language, read_digests(before) if before else [])
    files.write(folder, name, report.pop(name), before=before)
    for other, content in report.items():
        files.write(folder, other, content)


def keep_digests(folder: Path, taken: Taken, lang: Lang) -> None:
    """Note what was taken in, when all of it is there: by its digest a file is passed over then.

    While a change that it proposes has not been made, it is not.
    """
    if not changes_of(folder, taken, lang).empty:
        return
    file = folder / f"{STEM}.json"
    before = file.read_bytes() if file.is_file() else b""
    after = add_digests(before or b"{}", taken.digests)
    if after:
        files.write(folder, file.name, after, before=before)


def changes_of(folder: Path, taken: Taken, lang: Lang) -> Change:
    """Return what documents that are there would become: what changed changes.

    Their heads stay, but for units that registers say receive them. Where words alone do not tell
    what changed, the whole text is the new one.
    """
    texts: dict[str, tuple[str, str]] = {}
    for path, body in taken.updated_files.items():
        before = _held_words(folder, path)
        head = _HEAD.match(before)
        start, after = 0, body
        if head:
            start, after = head.end(), f"{head[0]}\n{body}"
        renewed = renew(before, start, body, lang)
        if renewed is not None:
            after = renewed
            if after == before:
                continue
        if _HEAD.sub("", before, count=1).strip() != body.strip():
            texts[path] = before, after
    for path, holders in taken.holders.items():
        before = _held_words(folder, path)
        _, text = texts.get(path, ("", before))
        after = with_holders(text, holders)
        if after != text:
            texts[path] = before, after
    return Change(texts, {})


def _held_words(folder: Path, path: str) -> str:
    """Return what a file holds, "" for none, its lines ended alike.

    Raises QmsError where it is not all text.
    """
    text = decode_to_change(path, files.read_held(folder, path))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _grown_registers(folder: Path, taken: Taken, lang: Lang) -> dict[str, tuple[bytes, str]]:
    """Return the registers that get rows, before and after; tell of those that can take none."""
    grown = {}
    for path in KEYS:
        rows = taken.rows.get(path, {})
        if not rows:
            continue
        held, before = files.read_held(folder, path), _held_words(folder, path)
        after = add_rows(before, path, rows)
        if after != before:
            grown[path] = held, after
        elif any(f"{key}:" not in before for key in rows):
            console.print_note(FULL.fill({"path": path}), lang)
    return grown


def tell_to_import_again(
    sources: Sequence[Path], taken: Taken, root: Sequence[str], lang: Lang
) -> None:
    """Say the line that takes in the files that were not read, where there are any."""
    if taken.refused_files:
        line = command_line("import", *map(str, sources), *root)
        console.print_note(AGAIN.fill({"command": line}), lang)


def _tell_taken_before(taken: Taken, lang: Lang) -> None:
    count = sum(line.message == UNCHANGED for line in taken.lines)
    if count:
        console.print_note(TAKEN_BEFORE.fill({"count": str(count)}), lang)


def _tell_refused(taken: Taken, lang: Lang) -> None:
    refused = set(taken.refused_files)
    for line in taken.lines:
        if line.source in refused and line.weight == 0:
            values = {"name": line.source, "reason": line.message.get(lang)}
            console.print_note(REFUSED.fill(values), lang)
