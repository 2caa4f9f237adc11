"""Check once now, and again after each save, until somebody stops it (`check --watch`)."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from qmstool.cli import console
from qmstool.cli.system_errors import os_error_text
from qmstool.editor.vscode import BEGINS, ENDS
from qmstool.i18n import QmsError, Text
from qmstool.storage.watcher import PAUSE, changed_paths, look_again, snapshot

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

REPORTS_ONLY = Text(
    "--watch chỉ báo, không sửa tệp nào; không dùng cùng --fix, --diff hay --write-known.",
    "--watch only reports and changes no file; leave out --fix, --diff and --write-known.",
)


def watch(options: argparse.Namespace, check: Callable[[], int]) -> int:
    """Run `check` after each save; never ends by itself.

    What cannot be checked is told, and the next save waited for: a folder that is away for a
    moment, a full disk. Raises QmsError together with an option that changes files.
    """
    if options.fix or options.diff or options.write_known:
        raise QmsError(REPORTS_ONLY)
    lang = console.screen_language(options)
    before, begun = snapshot(options.root), False
    while True:
        now = look_again(options.root, before)
        if not begun or changed_paths(before, now):
            before, begun = now, True
            console.print_note(BEGINS, lang)
            try:
                check()
            except BrokenPipeError:
                raise  # nobody listens any more
            except (QmsError, OSError) as error:
                text = error.text if isinstance(error, QmsError) else os_error_text(error)
                console.print_note(text, lang)
            sys.stdout.flush()
            console.print_note(ENDS, lang)
        time.sleep(PAUSE)
