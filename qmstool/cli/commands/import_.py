"""Take Word and Excel files into a manual that is there (`qmstool import`)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qmstool.cli import console
from qmstool.cli.changing import add_change_options, show_and_make
from qmstool.cli.command_lines import command_line
from qmstool.cli.confirming import may_ask, tell_not_asked
from qmstool.cli.importing import (
    add_source_options,
    changes_of,
    digests_taken,
    keep_digests,
    read_given,
    require_readers,
    take_given,
    tell_to_import_again,
    write_taken,
)
from qmstool.cli.returning.update import run_update
from qmstool.i18n import QmsError, Text, page_language
from qmstool.importing.known import Known
from qmstool.importing.naming import section_number
from qmstool.importing.types import FORM, Types
from qmstool.importing.workbooks.field_names import read_columns
from qmstool.manual.loading.loader import load
from qmstool.storage.tree import FolderTree

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from qmstool.manual.config import Config
    from qmstool.manual.model import Manual

NEXT = Text(
    "Việc tiếp theo: đọc báo cáo, rồi chạy\n  {check}", "Next: read the report, then run\n  {check}"
)

TAKE_WITHOUT_UPDATE = Text("--take đi cùng --update.", "--take goes with --update.")


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="tệp Word, Excel, hoặc thư mục / Word and Excel files, or folders",
    )
    add_source_options(parser)
    add_change_options(parser)
    parser.add_argument(
        "--update",
        action="store_true",
        help="tệp Word đã xuất bằng export docx và sửa trong Word trở về: chỉ lấy chỗ đã sửa / "
        "Word files that export docx wrote come back edited: only what changed is taken",
    )
    parser.add_argument(
        "--take",
        choices=("word", "draft", "both"),
        help="với --update, chỗ bản nháp cũng đã sửa: lấy bản Word, giữ bản nháp, hay ghi cả hai / "
        "with --update, where the draft changed too: Word's text, the draft's, or both",
    )


def run(options: argparse.Namespace) -> int:
    """Write what the files make; what is there stays."""
    require_readers()
    if options.update:
        return run_update(options, read_given(options.files))
    if options.take:
        raise QmsError(TAKE_WITHOUT_UPDATE)
    # One that has no document yet takes its first ones in so.
    manual = load(FolderTree(options.root), only_problems=True)
    lang = console.screen_language(options, manual.config)
    known = _known(manual, options, digests_taken(options.root))
    taken = take_given(read_given(options.files), known, ask=may_ask(options), lang=lang)
    status = write_taken(options.root, taken, lang, page_language(manual.config.language))
    tell_not_asked(options, taken, lang)
    change = changes_of(options.root, taken, lang)
    if not change.empty and show_and_make(options, change, lang):
        keep_digests(options.root, taken, lang)
    root = [] if options.root == Path() else ["--root", str(options.root)]
    tell_to_import_again(options.files, taken, root, lang)
    if taken.digests:
        console.print_note(NEXT.fill({"check": command_line("check", *root)}), lang)
    return status


def _known(manual: Manual, options: argparse.Namespace, digests: Sequence[str]) -> Known:
    config = manual.config
    return Known(
        lang=page_language(config.language),
        types=_types(config),
        units={key: unit.name for key, unit in config.units.items()},
        roles={key: role.name for key, role in config.roles.items()},
        people={key: person.name for key, person in config.people.items()},
        codes={key: document.path for key, document in manual.documents.items()},
        taken_codes=frozenset(digests),
        sections=_sections(manual),
        may_name=False,
        changes=options.changes or "",
        manual_code="",
        shapes={},
        titles={},
        columns=read_columns(options.columns),
        refused=frozenset(),
    )


def _types(config: Config) -> Types:
    """Return the types of the manual, as files are sorted by them; records are none of texts."""
    texts = {key: kind for key, kind in config.types.items() if not kind.filled_in}
    return Types(
        keys=tuple(texts),
        shapes={key: kind.code.text for key, kind in texts.items() if kind.code is not None},
        forms=frozenset(key for key, kind in texts.items() if kind.form_of or key == FORM),
        units=tuple(config.units),
    )


def _sections(manual: Manual) -> dict[str, str]:
    """Return number, in small letters → path of the manual's sections."""
    main = manual.main
    if main is None:
        return {}
    sections = {}
    for file in main.files:
        heading = file.source.text.partition("\n")[0].removeprefix("# ")
        word, number, _ = section_number(heading)
        if number:
            sections[f"{word} {number}".strip().casefold()] = file.path
            sections.setdefault(number.casefold(), file.path)
    return sections
