"""Check, then build the whole site and put it in place at once (`qmstool build`)."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from qmstool.cli import console, lifetime
from qmstool.cli.altered_records import altered_records_note
from qmstool.cli.checking.known_findings import read_known
from qmstool.cli.commands.serve import command_for_built
from qmstool.cli.context import read_at_once
from qmstool.cli.facts import add_option, facts_of
from qmstool.findings import Severity
from qmstool.frozen import replace
from qmstool.git.repository import Repository
from qmstool.i18n import Text
from qmstool.manual.loading.loader import load
from qmstool.report import FORMATS
from qmstool.site.build.standing import draft_alone, with_known
from qmstool.site.publish import build_site, check_manual

if TYPE_CHECKING:
    import argparse

HAS_ERRORS = Text(
    "Còn lỗi nên chưa dựng trang; trang cũ giữ nguyên. Hãy sửa các lỗi trên rồi chạy lại.",
    "Not built because of errors; the old site stays. Fix the errors above and run again.",
)
DONE = Text(
    "Xong: {pages} trang. Mở {index}, hoặc xem trên máy này: {command}",
    "Done: {pages} pages. Open {index}, or look at it on this machine: {command}",
)


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "--output",
        type=Path,
        metavar="DIR",
        help="thư mục đích, mặc định site/ / target folder, site/ by default",
    )
    standing = parser.add_mutually_exclusive_group()
    standing.add_argument(
        "--known",
        type=Path,
        metavar="FILE",
        help="đăng dù còn những chỗ tồn đọng ghi trong tệp; mọi trang đều nói còn bao nhiêu / "
        "publish although the known findings of this file stand; every page says how many",
    )
    standing.add_argument(
        "--draft",
        action="store_true",
        help="chỉ dựng bản nháp, dù còn lỗi; không trang nào nói là có hiệu lực / the draft alone, "
        "although errors stand; no page claims anything to be in force",
    )
    add_option(parser)
    console.add_language_option(parser)


def run(options: argparse.Namespace) -> int:
    """Build; status 1, and nothing replaced, where the manual has errors."""
    state, texts = read_at_once(options.root)
    facts = facts_of(options, texts)
    manual = load(texts, facts)
    lang = console.screen_language(options, manual.config)
    moment = console.now(manual.config.zone)
    tip = check_manual(options.root, texts, manual, moment.date(), facts, state)
    lifetime.hold(texts, facts, tip)
    if facts is not None:
        facts.save()
    if options.draft:
        tip = replace(tip, manual=draft_alone(tip.manual, tip.report, moment.date()))
    elif options.known:
        manual, rest = with_known(tip.manual, tip.report, read_known(options.known))
        tip = replace(tip, manual=manual, report=rest)
    if tip.report.worst == Severity.ERROR and not options.draft:
        options.output = None
        report = FORMATS["text"](tip.report, lang, colour=console.wants_colour())
        console.print_answer(options, report)
        console.print_note(HAS_ERRORS, lang)
        return 1
    if isinstance(state, Repository):
        note = altered_records_note(state, texts)
        if note is not None:
            console.print_note(note, lang)
    built = build_site(
        options.root,
        options.output or options.root / "site",
        day=moment.date(),
        now=moment,
        lang=console.asked_language(options),
        progress=partial(console.print_note, lang=lang),
        tip=tip,
    )
    values = {
        "pages": str(built.pages),
        "index": str(built.target / "index.html"),
        "command": command_for_built(options),
    }
    console.print_note(DONE.fill(values), lang)
    return 0
