"""Begin a manual in a folder (`qmstool init`)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from qmstool.cli import console
from qmstool.cli.command_lines import command_line
from qmstool.cli.confirming import may_ask, tell_not_asked
from qmstool.cli.importing import (
    add_source_options,
    read_given,
    require_readers,
    take_given,
    write_taken,
)
from qmstool.cli.tags import parse_tag
from qmstool.frozen import replace
from qmstool.git import saving
from qmstool.git.names import real_path
from qmstool.i18n import QmsError, Text, page_language, screen_language
from qmstool.importing.known import Known
from qmstool.importing.types import FORM, Types
from qmstool.importing.workbooks.field_names import read_columns
from qmstool.manual.loading.loader import load
from qmstool.scaffold.beginning import Answers, Words, initial_files
from qmstool.scaffold.catalogues import packaged_catalogues, standard_names
from qmstool.scaffold.forge_files import FORGES, forge_files
from qmstool.storage import files
from qmstool.storage.tree import FolderTree

if TYPE_CHECKING:
    import argparse

    from qmstool.i18n import Lang
    from qmstool.importing.result import Taken

MANIFEST = "qms.yml"
NO_FORGE = "none"

IS_A_MANUAL = Text(
    "Thư mục «{folder}» đã có sổ tay (qms.yml). Hãy sửa sổ tay ấy (lấy thêm tệp Word, Excel vào: "
    "qmstool import), hoặc chọn thư mục khác.",
    "«{folder}» holds a manual already (qms.yml). Change that (qmstool import takes in more "
    "Word and Excel files), or choose another folder.",
)
NO_NAME = Text(
    'Chưa biết tên cơ quan. Hãy thêm --name "Tên cơ quan".',
    'The name of the organization is not known. Add --name "Its name".',
)
ODD_UNIT = Text(
    'Đơn vị «{written}» viết chưa đúng. Viết dạng KÝ-HIỆU="Tên": ký hiệu, dấu bằng, tên.',
    'The unit «{written}» is not written rightly. Write KEY="Name": its letters, =, its name.',
)
ASK_NAME = Text("Tên cơ quan, tổ chức: ", "Name of the organization: ")
ASK_NAME_OR = Text(
    "Tên cơ quan, tổ chức (Enter: {guess}): ", "Name of the organization (Enter: {guess}): "
)
ASK_SHORT = Text("Tên viết tắt (Enter: không có): ", "Short name (Enter: none): ")
ASK_STANDARDS = Text(
    "Tiêu chuẩn, cách nhau bằng dấu phẩy (Enter: {default}; có sẵn: {names}): ",
    "Standards, commas between (Enter: {default}; carried: {names}): ",
)
ASK_UNITS = Text(
    "Các đơn vị, dạng KÝ HIỆU=Tên; KÝ HIỆU=Tên (Enter: ghi sau): ",
    "Units, such as KEY=Name; KEY=Name (Enter: later): ",
)
ASK_URL = Text(
    "Địa chỉ trang web sẽ đăng (Enter: chưa có): ", "Address of the site (Enter: none): "
)
KEPT = Text(
    "Đã có sẵn, giữ nguyên: {paths}.",
    "There already, left as they were: {paths}.",
)
MADE = Text(
    "Đã tạo sổ tay ở «{folder}»: {count} tệp. Đọc {guide} trước.",
    "A manual begins in «{folder}»: {count} files. Read {guide} first.",
)
NEXT = Text(
    "Việc tiếp theo, từng dòng một:\n  {check}\n  {serve}",
    "Next, one line after the other:\n  {check}\n  {serve}",
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
    if (folder / MANIFEST).exists():
        raise QmsError(IS_A_MANUAL.fill({"folder": str(folder)}))
    language: Lang = page_language(options.language or options.lang or "vi")
    lang: Lang = options.lang or screen_language(language)
    taken = _taken(options, language, lang)
    answers, standards = _answers(options, language, lang, taken)
    sections = None if taken is None else taken.sections
    made = initial_files(answers, packaged_catalogues(standards), sections)
    if options.forge != NO_FORGE:
        made |= forge_files(options.forge)
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
    if options.commit:
        _commit(folder, written, answers, lang)
    root = [] if real_path(folder) == Path.cwd() else ["--root", str(folder)]
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
        units=_units([unit for unit in options.unit if unit.strip()]),
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


def _answers(
    options: argparse.Namespace, language: Lang, lang: Lang, taken: Taken | None
) -> tuple[Answers, list[str]]:
    """Return what the options say, what a person at the terminal adds, and what files say."""
    words = Words(language)
    asking = may_ask(options)
    guess = "" if taken is None else taken.organization
    if asking and not options.name:
        question = ASK_NAME_OR.fill({"guess": guess}) if guess else ASK_NAME
        guess = _ask(question, lang) or guess
    name = (options.name or guess).strip()
    if not name:
        raise QmsError(NO_NAME)
    standards, units = list(options.standard), list(options.unit)
    short, url = options.short, options.url
    if asking:
        short = short or _ask(ASK_SHORT, lang)
        default = {"default": words.data["standard"], "names": ", ".join(standard_names())}
        standards = standards or re.split(r"[,;\s]+", _ask(ASK_STANDARDS.fill(default), lang))
        units = units or _ask(ASK_UNITS, lang).split(";")
        url = url or _ask(ASK_URL, lang)
    standards = [standard for standard in standards if standard] or [words.data["standard"]]
    answers = Answers(
        name=name,
        short=short.strip(),
        language=language,
        timezone=options.timezone or words.data["timezone"],
        units=_units([unit for unit in units if unit.strip()]),
        url=url.strip(),
        edit_url=options.edit_url.strip(),
    )
    if taken is not None:
        answers = _with_taken(answers, taken)
    return answers, standards


def _with_taken(answers: Answers, taken: Taken) -> Answers:
    """Return the answers with what files say besides: units, codes, roles, people."""
    return replace(
        answers,
        units={**answers.units, **taken.units},
        codes=taken.codes,
        roles={key: (role.name, role.approves) for key, role in taken.roles.items()},
        people=taken.people,
    )


def _ask(question: Text, lang: Lang) -> str:
    try:
        return input(question.get(lang)).strip()
    except EOFError:
        return ""


def _units(written: list[str]) -> dict[str, str]:
    units = {}
    for unit in written:
        key, sign, name = (part.strip() for part in unit.partition("="))
        if not sign or not name or not re.fullmatch(r"[^\W\d_]+", key):
            raise QmsError(ODD_UNIT.fill({"written": unit.strip()}))
        units[key] = name
    return units


def _write(folder: Path, made: dict[str, str], lang: Lang) -> list[str]:
    """Write what is not there; return the paths written, and tell which were there."""
    kept = [path for path in made if (folder / path).exists()]
    for path, text in made.items():
        if path not in kept:
            files.write(folder, path, text, hidden=True)
    if kept:
        console.print_note(KEPT.fill({"paths": ", ".join(kept)}), lang)
    return [path for path in made if path not in kept]


def _commit(folder: Path, written: list[str], answers: Answers, lang: Lang) -> None:
    """Make a repository where there is none, and commit what was written, and nothing else."""
    subject = Text("Sổ tay bắt đầu: {name}", "The manual begins: {name}")
    message = subject.fill({"name": answers.short or answers.name}).get(answers.language)
    saving.begin_repository(folder)
    saving.save(folder, written, message)
    console.print_note(COMMITTED, lang)
