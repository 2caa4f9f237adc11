"""`qmstool build`: check, then the whole site — what is in force, each release, the draft — put in place at once."""

from __future__ import annotations

import gc
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from qmstool.cli import console
from qmstool.findings import Severity
from qmstool.i18n import Text
from qmstool.manual.loading.loader import load
from qmstool.report import FORMATS
from qmstool.site.publish import build, checked
from qmstool.storage.tree import Folder

if TYPE_CHECKING:
    import argparse


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument(
        "--output",
        type=Path,
        metavar="DIR",
        help="thư mục đích, mặc định site/ / target folder, site/ by default",
    )


def run(options: argparse.Namespace) -> int:
    """Status 1, and nothing replaced, where the manual has errors."""
    # One short run: what could be collected on the way is gone with it.
    gc.disable()
    tree = Folder(options.root)
    manual = load(tree)
    lang = console.screen_language(options, manual.config)
    moment = console.now(manual.config.zone)
    tip = checked(tree, manual, moment.date())
    if tip.report.worst == Severity.ERROR:
        options.output = None
        console.print_answer(
            options, FORMATS["text"](tip.report, lang, colour=console.wants_colour())
        )
        console.print_note(
            Text(
                (
                    "Còn lỗi nên chưa dựng trang; trang cũ giữ nguyên. Hãy sửa các lỗi trên rồi "
                    "chạy lại."
                ),
                (
                    "Not built because of errors; the old site stays. Fix the errors above and "
                    "run again."
                ),
            ),
            lang,
        )
        return 1
    target = options.output or options.root / "site"
    progress = partial(console.print_note, lang=lang)
    built = build(
        options.root,
        target,
        day=moment.date(),
        now=moment,
        lang=options.lang,
        progress=progress,
        tip=tip,
    )
    index = built.target / "index.html"
    done = Text(
        f"Xong: {built.pages} trang. Mở {index}, hoặc xem trên máy này: qmstool serve --built",
        (
            f"Done: {built.pages} pages. Open {index}, or look at it on this machine: qmstool "
            "serve --built"
        ),
    )
    console.print_note(done, lang)
    return 0
