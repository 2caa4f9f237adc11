"""Write what VS Code needs to help the writers of this manual (`qmstool schema`)."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from qmstool.cli import console
from qmstool.cli.tags import parse_tag
from qmstool.editor import vscode
from qmstool.editor.json_schema import make_schemas, make_settings
from qmstool.git.names import real_path
from qmstool.i18n import PageLanguage, Text
from qmstool.manual.loading.data_files import DataReader
from qmstool.manual.loading.loader import load
from qmstool.manual.loading.page_language import FOLDER, read_page_language
from qmstool.parsing.source import SourceFile
from qmstool.storage import files
from qmstool.storage.tree import FolderTree
from qmstool.storage.whole_file import read_named_file

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from qmstool.i18n import Lang

KEY = "yaml.schemas"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "--output",
        type=Path,
        metavar="DIR",
        help="thư mục để ghi, mặc định .vscode / folder, by default .vscode",
    )
    parser.add_argument(
        "--words",
        type=parse_tag,
        metavar="TAG",
        help=(
            "lập tệp lời của trang và giấy tờ cho một ngôn ngữ: templates/words/site/TAG.yml / "
            "begin the words of pages and papers in a language"
        ),
    )


def _begin_words(tag: str, root: Path, tree: FolderTree, lang: Lang) -> int:
    """Write the file of words of a language, keeping what it says already."""
    from qmstool.cli.page_words import begin_words

    reader = DataReader({}, [])
    path = f"{FOLDER}/{tag}.yml"
    held = files.read_held(root, path)
    for data in tree.read_all([path]).values():
        reader.sources[path] = SourceFile(path, data)
    language = read_page_language(reader, tag)
    known = language.words if isinstance(language, PageLanguage) else {}
    files.write(root, path, begin_words(tag, known), before=held)
    console.print_note(
        Text(
            f"Đã ghi {path}: bên phải mỗi câu tiếng Anh, điền câu tương ứng.",
            f"Wrote {path}: fill in the sentence of your language beside each English one.",
        ),
        lang,
    )
    return 0


def run(options: argparse.Namespace) -> int:
    """Write schemas, snippets, a task and settings; somebody's own files are added to."""
    tree = FolderTree(options.root)
    manual = load(tree)
    lang = console.screen_language(options, manual.config)
    if options.words:
        return _begin_words(options.words, options.root, tree, lang)
    folder: Path = options.output or options.root / ".vscode"
    made = make_schemas(manual)
    for name, schema in made.items():
        files.write(folder, f"schemas/{name}.schema.json", _json(schema))
    snippets = vscode.make_snippets(manual)
    files.write(folder, "qms.code-snippets", _json(snippets))
    console.print_note(
        Text(
            f"Đã ghi {len(made)} lược đồ và {len(snippets)} mẫu gợi ý vào {folder}/.",
            f"Wrote {len(made)} schemas and {len(snippets)} snippets into {folder}/.",
        ),
        lang,
    )
    ours = make_settings(_named(folder / "schemas", options.root))
    _add(
        folder / "settings.json",
        lang,
        {KEY: ours},
        lambda theirs: vscode.EDITING | theirs | {KEY: _dict(theirs, KEY) | ours},
    )
    task = vscode.make_task(_program(options.root))
    _add(
        folder / "tasks.json",
        lang,
        task,
        lambda theirs: {"version": "2.0.0"} | theirs | {"tasks": [*_others(theirs), task]},
    )
    return 0


def _add(
    file: Path, lang: Lang, ours: object, both: Callable[[dict[str, object]], dict[str, object]]
) -> None:
    """Put what is ours into a file; leave one with comments alone, and say what to put in.

    Raises QmsError where it is no file at all.
    """
    try:
        there = os.path.lexists(file)
        held = read_named_file(file) if there else b""
        theirs = json.loads(held) if there else {}
        merged = both(theirs)
    except (ValueError, TypeError, AttributeError, RecursionError):
        vi = f"Tệp {file} có phần không đọc được nên để nguyên. Hãy tự chép vào:"
        console.print_note(
            Text(vi, f"{file} has parts that cannot be read and was left alone; put in:"), lang
        )
        print(_json(ours), end="")
    else:
        files.write(file.parent, file.name, _json(merged), before=held)


def _dict(theirs: dict[str, object], key: str) -> dict[str, object]:
    """Return what somebody's settings hold under a key already.

    Raises TypeError where that is something else.
    """
    found = theirs.get(key, {})
    if not isinstance(found, dict):
        raise TypeError(key)
    return found


def _others(theirs: dict[str, object]) -> list[object]:
    """Return somebody's own tasks. Raises TypeError where they are no list."""
    found = theirs.get("tasks", [])
    if not isinstance(found, list):
        raise TypeError("tasks")
    return [
        each for each in found if not (isinstance(each, dict) and each.get("label") == vscode.LABEL)
    ]


def _program(root: Path) -> tuple[str, ...]:
    """Return how this machine starts qmstool: the running Python, by its path in the workspace."""
    python, home = Path(sys.executable), real_path(root)
    command = str(python)
    if home in python.parents:
        command = f"${{workspaceFolder}}/{python.relative_to(home).as_posix()}"
    # -P: a module that lies in the manual's folder is none of ours
    return command, "-P", "-m", "qmstool"


def _named(folder: Path, root: Path) -> str:
    """Return a folder as the workspace names it: from the root where it lies inside."""
    full, home = real_path(folder), real_path(root)
    if home in full.parents:
        return f"./{full.relative_to(home).as_posix()}"
    return full.as_posix()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
