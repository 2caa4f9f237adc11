"""`qmstool check --watch`: once now, and again after each save, until somebody stops it."""

from __future__ import annotations

import gc
import sys
import time
from typing import TYPE_CHECKING

from qmstool.cli import console as words
from qmstool.editor.vscode import BEGINS, ENDS
from qmstool.i18n import QmsError, Text
from qmstool.storage.watcher import PAUSE, changed_paths, snapshot

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

REPORTS_ONLY = Text(
    "--watch chỉ báo, không sửa tệp nào; không dùng cùng --fix, --diff hay --write-baseline.",
    "--watch only reports and changes no file; leave out --fix, --diff and --write-baseline.",
)


def watch(options: argparse.Namespace, once: Callable[[], int]) -> int:
    """Check after each save.

    A save that leaves nothing to check is told, and the next one waited for. Never ends by itself.
    """
    if options.fix or options.diff or options.write_baseline:
        raise QmsError(REPORTS_ONLY)
    lang = words.screen_language(options)
    seen = None
    while True:
        now = snapshot(options.root)
        if seen is None or changed_paths(seen, now):
            seen = now
            words.say(BEGINS, lang)
            try:
                once()
            except QmsError as error:
                words.say(error.text, lang)
            sys.stdout.flush()
            words.say(ENDS, lang)
            gc.collect()
        time.sleep(PAUSE)
