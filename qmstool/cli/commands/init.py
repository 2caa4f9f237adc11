"""Begin a manual in a folder (`qmstool init`)."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from qmstool import process
from qmstool.cli import console
from qmstool.i18n import QmsError, Text
from qmstool.manual.loading.loader import load
from qmstool.scaffold.beginning import Answers, Words, initial_files
from qmstool.scaffold.catalogues import packaged_catalogues, standard_names
from qmstool.scaffold.forge_files import FORGES, forge_files
from qmstool.storage import files
from qmstool.storage.tree import FolderTree

if TYPE_CHECKING:
    import argparse

    from qmstool.i18n import Lang

MANIFEST = "qms.yml"
NO_FORGE = "none"

IS_A_MANUAL = Text(
    "Thư mục «{folder}» đã có sổ tay (qms.yml). Hãy sửa sổ tay ấy, hoặc chọn thư mục khác.",
    "«{folder}» holds a manual already (qms.yml). Change that, or choose another folder.",
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
    "Việc tiếp theo: qmstool check --root {folder}   rồi   qmstool serve --root {folder}",
    "Next: qmstool check --root {folder}   then   qmstool serve --root {folder}",
)
COMMITTED = Text("Đã lưu vào git.", "Committed to git.")
NOT_COMMITTED = Text(
    "Chưa lưu được vào git: {cause}",
    "Could not be committed to git: {cause}",
)


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
    parser.add_argument("--name", help="tên cơ quan / name of the organization")
    parser.add_argument("--short", default="", help="tên viết tắt / short name")
    parser.add_argument(
        "--language", choices=("vi", "en"), help="ngôn ngữ của sổ tay / language of the manual"
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
    language: Lang = options.language or options.lang or "vi"
    lang: Lang = options.lang or language
    answers, standards = _answers(options, language, lang)
    made = initial_files(answers, packaged_catalogues(standards))
    if options.forge != NO_FORGE:
        made |= forge_files(options.forge)
    written = _write(folder, made, lang)
    load(FolderTree(folder))  # what was made is read back at once
    guide = Words(language).data["guide"]
    values = {"folder": str(folder), "count": str(len(written)), "guide": guide}
    console.print_note(MADE.fill(values), lang)
    if options.commit:
        _commit(folder, written, answers, lang)
    console.print_note(NEXT.fill({"folder": _quoted(folder)}), lang)
    return 0


def _answers(options: argparse.Namespace, language: Lang, lang: Lang) -> tuple[Answers, list[str]]:
    """Return what the options say, and what a person at the terminal adds."""
    words = Words(language)
    asking = not options.yes and sys.stdin.isatty()
    name = (options.name or (_ask(ASK_NAME, lang) if asking else "")).strip()
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
    return answers, standards


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
    commands = [
        ["git", "rev-parse", "--git-dir"],
        ["git", "add", "--", *written],
        ["git", "commit", "--quiet", "-m", message, "--", *written],
    ]
    if process.run(commands[0], folder=folder).status != 0:
        commands[0] = ["git", "init", "--quiet", "--initial-branch=main"]
    for command in commands:
        done = process.run(command, folder=folder)
        if done.status != 0:
            console.print_note(NOT_COMMITTED.fill({"cause": done.stderr.strip()}), lang)
            return
    console.print_note(COMMITTED, lang)


def _quoted(folder: Path) -> str:
    text = str(folder)
    return f'"{text}"' if " " in text else text
