"""Check once now, and again after each save, until somebody stops it (`check --watch`)."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from qmstool.cli import console
from qmstool.editor.vscode import BEGINS, ENDS
from qmstool.i18n import QmsError, Text
from qmstool.storage.watcher import PAUSE, changed_paths, snapshot

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

REPORTS_ONLY = Text(
    "--watch chỉ báo, không sửa tệp nào; không dùng cùng --fix, --diff hay --write-known.",
    "--watch only reports and changes no file; leave out --fix, --diff and --write-known.",
)


def watch(options: argparse.Namespace, check: Callable[[], int]) -> int:
    """Run `check` after each save; never ends by itself.

    A save that leaves nothing to check is told, and the next one waited for. Raises QmsError
    together with an option that changes files.
    """
    if options.fix or options.diff or options.write_known:
        raise QmsError(REPORTS_ONLY)
    lang = console.screen_language(options)
    before = None
    while True:
        now = snapshot(options.root)
        if before is None or changed_paths(before, now):
            before = now
            console.print_note(BEGINS, lang)
            try:
                check()
            except QmsError as error:
                console.print_note(error.text, lang)
            sys.stdout.flush()
            console.print_note(ENDS, lang)
        time.sleep(PAUSE)
