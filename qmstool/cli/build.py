"""`qmstool build`: check, then the whole site — what is in force, each release, the draft — put in place at once."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from qmstool.check import check
from qmstool.cli import words
from qmstool.findings import Severity, Text
from qmstool.load import load
from qmstool.publish import build
from qmstool.report import FORMATS
from qmstool.resolve import resolve
from qmstool.tree import Folder

if TYPE_CHECKING:
    import argparse


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("--output", type=Path, metavar="DIR", help="thư mục đích, mặc định site/ / target folder, site/ by default")


def run(options: argparse.Namespace) -> int:
    """Status 1, and nothing replaced, where the manual has errors."""
    tree = Folder(options.root)
    manual = load(tree)
    lang = words.screen_language(options, manual.config)
    moment = words.now(manual.config.zone)
    report = check(manual, resolve(manual), root=str(options.root), day=moment.date(), read=tree.read)
    if report.worst == Severity.ERROR:
        options.output = None
        words.give(options, FORMATS["text"](report, lang, colour=words.colour()))
        words.say(
            Text("Còn lỗi nên chưa dựng trang; trang cũ giữ nguyên.", "Not built because of errors; the old site stays."), lang
        )
        return 1
    target = options.output or options.root / "site"
    built = build(options.root, target, day=moment.date(), now=moment, lang=options.lang, progress=partial(words.say, lang=lang))
    index = built.target / "index.html"
    done = Text(
        f"Xong: {built.pages} trang. Mở {index}, hoặc xem trên máy này: qmstool serve --built",
        f"Done: {built.pages} pages. Open {index}, or look at it on this machine: qmstool serve --built",
    )
    words.say(done, lang)
    return 0
