"""Begin a manual in a folder (`qmstool init`)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qmstool.cli import console
from qmstool.cli.command_lines import command_line
from qmstool.cli.confirming import may_ask, tell_not_asked
from qmstool.cli.first_questions import answers_of, read_units
from qmstool.cli.importing import (
    add_source_options,
    read_given,
    require_readers,
    take_given,
    tell_to_import_again,
    write_taken,
)
from qmstool.cli.tags import parse_tag
from qmstool.git import repository as git
from qmstool.git import saving
from qmstool.git.names import real_path
from qmstool.i18n import QmsError, Text, page_language, screen_language
from qmstool.importing.known import Known
from qmstool.importing.types import FORM, Types
from qmstool.importing.workbooks.field_names import read_columns
from qmstool.manual.loading.loader import load
from qmstool.scaffold.beginning import Words, initial_files
from qmstool.scaffold.catalogues import packaged_catalogues
from qmstool.scaffold.forge_files import FORGES, forge_files
from qmstool.storage import files
from qmstool.storage.tree import FolderTree

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from qmstool.i18n import Lang
    from qmstool.importing.result import Taken
    from qmstool.scaffold.beginning import Answers

MANIFEST = "qms.yml"
NO_FORGE = "none"

IS_A_MANUAL = Text(
    "Thư mục «{folder}» đã có sổ tay (qms.yml). Hãy sửa sổ tay ấy (lấy thêm tệp Word, Excel vào: "
    "qmstool import), hoặc chọn thư mục khác.",
    "«{folder}» holds a manual already (qms.yml). Change that (qmstool import takes in more "
    "Word and Excel files), or choose another folder.",
)
KEPT = Text(
    "Đã có sẵn, giữ nguyên: {paths}.",
    "There already, left as they were: {paths}.",
)
MADE = Text(
    "Đã tạo sổ tay ở «{folder}»: {count} tệp. Đọc {guide} trước.",
    "A manual begins in «{folder}»: {count} files. Read {guide} first.",
)
NOT_TRANSLATED = Text(
    "Chưa có mẫu sổ tay bằng ngôn ngữ «{language}», nên tên loại tài liệu, chức danh, tiêu đề mục "
    "bắt đầu bằng tiếng Anh: hãy dịch trong qms.yml và manual/. Múi giờ là {zone} (timezone trong "
    "qms.yml); hãy xem lại.",
    "There is no beginning in the language «{language}»: names of types, roles and headings are in "
    "English. Translate them in qms.yml and manual/. The time zone is {zone} (timezone in "
    "qms.yml); look at it.",
)
NEXT = Text(
    "Việc tiếp theo, từng dòng một:\n  {check}\n  {serve}",
    "Next, one line after the other:\n  {check}\n  {serve}",
)
WRITTEN_BEFORE = Text(
    "Lần chạy trước đã tạo sổ tay mà chưa lưu vào git; lần này lưu đúng các tệp ấy.",
    "A run before made the manual and did not commit it; just these files are committed now.",
)
COMMITTED = Text("Đã lưu vào git.", "Committed to git.")


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=None,
        metavar="FOLDER",
        help="thư mục của sổ tay mới / folder of the new manual",
    )
    parser.add_argument(
        "--from",
        dest="sources",
        nargs="+",
        type=Path,
        default=[],
        metavar="FILE",
        help="lấy tệp Word, Excel có sẵn / take in Word and Excel files that are there",
    )
    add_source_options(parser)
    parser.add_argument("--name", help="tên cơ quan / name of the organization")
    parser.add_argument("--short", default="", help="tên viết tắt / short name")
    parser.add_argument(
        "--language",
        type=parse_tag,
        metavar="TAG",
        help="ngôn ngữ của sổ tay: vi, en, es, pt-BR… / language of the manual",
    )
    parser.add_argument("--timezone", help="múi giờ / time zone, Asia/Ho_Chi_Minh")
    parser.add_argument(
        "--standard",
        action="append",
        default=[],
        metavar="ID",
        help="tiêu chuẩn, nêu được nhiều lần / a standard, repeatable",
    )
    parser.add_argument(
        "--unit",
        action="append",
        default=[],
        metavar="KEY=NAME",
        help="đơn vị, nêu được nhiều lần / a unit, repeatable",
    )
    parser.add_argument("--url", default="", help="nơi sẽ đăng trang / where it will be published")
    parser.add_argument(
        "--edit-url", default="", help="địa chỉ sửa tệp, có {path} / address to edit a file"
    )
    parser.add_argument(
        "--forge",
        choices=(*FORGES, NO_FORGE),
        default=NO_FORGE,
        help="thêm tệp của trang giữ kho / with the files of a forge",
    )
    parser.add_argument(
        "--commit", action="store_true", help="lưu luôn vào git / commit to git at once"
    )
    parser.add_argument(
        "--yes", action="store_true", help="không hỏi gì thêm / ask for nothing more"
    )


def run(options: argparse.Namespace) -> int:
    """Write the files, say what comes next."""
    folder: Path = options.folder or options.root
    is_there = (folder / MANIFEST).exists()
    if is_there and not (options.commit and _is_uncommitted(folder)):
        raise QmsError(IS_A_MANUAL.fill({"folder": str(folder)}))
    language: Lang = page_language(options.language or options.lang or "vi")
    lang: Lang = options.lang or screen_language(language)
    taken = _taken(options, language, lang)
    answers, standards = answers_of(options, language, lang, taken)
    sections = None if taken is None else taken.sections
    made = initial_files(answers, packaged_catalogues(standards), sections)
    if options.forge != NO_FORGE:
        made |= forge_files(options.forge)
    if is_there:
        wanted = made if taken is None else {**taken.files, **made}
        return _finish(folder, wanted, answers, lang)
    # What makes it a manual comes last: until then the command may be run again.
    manifest = {MANIFEST: made.pop(MANIFEST)}
    written = _write(folder, made, lang)
    status = 0
    if taken is not None:
        status = write_taken(folder, taken, lang, language)
        tell_not_asked(options, taken, lang)
        written += [path for path in taken.files if path not in written]
    written += _write(folder, manifest, lang)
    load(FolderTree(folder))  # what was made is read back at once
    guide = Words(language).data["guide"]
    values = {"folder": str(folder), "count": str(len(written)), "guide": guide}
    console.print_note(MADE.fill(values), lang)
    if not Words(language).is_translated:
        zone = {"language": language, "zone": answers.timezone}
        console.print_note(NOT_TRANSLATED.fill(zone), lang)
    if options.commit:
        _commit(folder, written, answers, lang)
    root = [] if real_path(folder) == Path.cwd() else ["--root", str(folder)]
    if taken is not None:
        tell_to_import_again(options.sources, taken, root, lang)
    lines = {name: command_line(name, *root) for name in ("check", "serve")}
    console.print_note(NEXT.fill(lines), lang)
    return status


def _taken(options: argparse.Namespace, language: Lang, lang: Lang) -> Taken | None:
    """Return what the files named by `--from` make; None where none are named."""
    if not options.sources:
        return None
    require_readers()
    words = Words(language).data
    known = Known(
        lang=language,
        types=Types(tuple(words["types"]), {}, frozenset({FORM})),
        units=read_units(options.unit),
        roles={words["director"]["key"]: words["director"]["name"]},
        people={},
        codes={},
        taken_codes=frozenset(),
        sections={},
        may_name=True,
        changes=options.changes or "",
        manual_code=words["manual"]["code"],
        shapes={key: kind.get("code", "") for key, kind in words["types"].items()},
        titles=_titles(options, language),
        columns=read_columns(options.columns),
        refused=frozenset(),
    )
    return take_given(read_given(options.sources), known, ask=may_ask(options), lang=lang)


def _titles(options: argparse.Namespace, language: Lang) -> dict[str, str]:
    """Return clause → short title of the standard that orders the manual."""
    standard = (options.standard or [Words(language).data["standard"]])[:1]
    catalogue = packaged_catalogues(standard)[0]
    titles = {key: clause.title for key, clause in catalogue.clauses.items()}
    return {key: title.get(language) for key, title in titles.items() if title}


def _write(folder: Path, made: dict[str, str], lang: Lang) -> list[str]:
    """Write what is not there; return the paths written, and tell which were there."""
    kept = [path for path in made if (folder / path).exists()]
    for path, text in made.items():
        if path not in kept:
            files.write(folder, path, text, hidden=True, new=True)
    if kept:
        console.print_note(KEPT.fill({"paths": ", ".join(kept)}), lang)
    return [path for path in made if path not in kept]


def _is_uncommitted(folder: Path) -> bool:
    """Whether no commit holds the manual of a folder, as a run leaves it that was broken off."""
    found = git.find_repository(folder)
    if isinstance(found, git.ShallowRepository):
        return False
    return not (isinstance(found, git.Repository) and saving.committed_bytes(found, MANIFEST))


def _finish(folder: Path, made: Mapping[str, str | bytes], answers: Answers, lang: Lang) -> int:
    """Commit what a run of the same command has written and not committed; else it is refused."""
    written = [path for path, text in made.items() if _holds(folder, path, text)]
    if MANIFEST not in written:
        raise QmsError(IS_A_MANUAL.fill({"folder": str(folder)}))
    console.print_note(WRITTEN_BEFORE, lang)
    _commit(folder, written, answers, lang)
    return 0


def _holds(folder: Path, path: str, text: str | bytes) -> bool:
    data = text.encode() if isinstance(text, str) else text
    return files.read_held(folder, path, hidden=True) == data


def _commit(folder: Path, written: list[str], answers: Answers, lang: Lang) -> None:
    """Make a repository where there is none, and commit what was written, and nothing else."""
    subject = Text("Sổ tay bắt đầu: {name}", "The manual begins: {name}")
    message = subject.fill({"name": answers.short or answers.name}).get(answers.language)
    saving.begin_repository(folder)
    saving.save(folder, written, message)
    console.print_note(COMMITTED, lang)
