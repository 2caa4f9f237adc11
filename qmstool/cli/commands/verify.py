"""Answer an auditor's questions: yes, no or not evidenced, and where (`qmstool verify`)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qmstool.cli import console, tables
from qmstool.cli.context import HistoryContext
from qmstool.cli.proving import ask
from qmstool.cli.trusted import add_trust_options
from qmstool.terminal import escape_lines
from qmstool.verify.format import to_json, to_text
from qmstool.verify.questions import RECORD_QUESTIONS

if TYPE_CHECKING:
    import argparse


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add_trust_options(parser)
    parser.add_argument(
        "--records",
        action="store_true",
        help="chỉ hỏi về các bản ghi, dùng cho CI / only what concerns the records, for CI",
    )
    parser.add_argument(
        "--format",
        choices=("text", "json", "html"),
        default="text",
        help="dạng kết quả; html: trang in khổ A4 / html: to print",
    )
    parser.add_argument("--output", type=Path, metavar="FILE", help="ghi vào tệp / write to a file")
    console.add_language_option(parser)


def run(options: argparse.Namespace) -> int:
    """Print the answers; status 1 where any question is answered «no»."""
    context = HistoryContext(options, tells_altered=False)
    manual, lang = context.manual, context.lang
    keys = RECORD_QUESTIONS if options.records else None
    answers = ask(options, context, context.today, keys=keys)
    match options.format:
        case "json":
            text = to_json(answers, manual)
        case "html":
            from qmstool.verify.print import (
                print_verification,  # a template engine: start-up counts
            )

            imprint = tables.make_imprint(options, context.tree, manual.config)
            text = print_verification(answers, manual, imprint, context.readers, context.tree)
        case _:
            text = escape_lines(to_text(answers, manual, lang))
    console.print_answer(options, text)
    return int(not answers.holds)
