"""Take Word and Excel files into a manual that is there (`qmstool import`)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qmstool.cli import console
from qmstool.cli.importing import (
    add_source_options,
    read_given,
    require_readers,
    take_given,
    write_taken,
)
from qmstool.i18n import Text
from qmstool.importing.known import Known
from qmstool.manual.loading.loader import load
from qmstool.storage.tree import FolderTree

if TYPE_CHECKING:
    import argparse

    from qmstool.manual.model import Manual

NEXT = Text(
    "Việc tiếp theo: đọc báo cáo, rồi qmstool check.", "Next: read the report, then qmstool check."
)


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


def run(options: argparse.Namespace) -> int:
    """Write what the files make; what is there stays."""
    require_readers()
    manual = load(FolderTree(options.root))
    lang = console.screen_language(options, manual.config)
    taken = take_given(read_given(options.files), _known(manual, options.changes or ""))
    status = write_taken(options.root, taken, lang, manual.config.language)
    console.print_note(NEXT, lang)
    return status


def _known(manual: Manual, changes: str) -> Known:
    config = manual.config
    return Known(
        lang=config.language,
        types=tuple(config.types),
        units={key: unit.name for key, unit in config.units.items()},
        roles={key: role.name for key, role in config.roles.items()},
        people={key: person.name for key, person in config.people.items()},
        codes=frozenset(manual.documents),
        has_manual=True,
        may_name=False,
        changes=changes,
        manual_code="",
        shapes={},
        titles={},
    )
