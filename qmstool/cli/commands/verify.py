"""Answer an auditor's questions: yes, no or not evidenced, and where (`qmstool verify`)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qmstool.cli import console, tables
from qmstool.cli.context import HistoryContext
from qmstool.releases.record import sha256
from qmstool.terminal import escape_lines
from qmstool.verify.evidence import collect_evidence
from qmstool.verify.format import to_json, to_text
from qmstool.verify.verification import verify

if TYPE_CHECKING:
    import argparse


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "--witness",
        metavar="CODE|FILE",
        help="mã kiểm tra của đợt mới nhất, giữ ở nơi khác / code of the newest release",
    )
    parser.add_argument(
        "--trust",
        type=Path,
        metavar="FILE",
        help="khóa tin cậy cho niêm phong đầu tiên / signers of the first seal",
    )
    parser.add_argument(
        "--format",
        choices=("text", "json", "html"),
        default="text",
        help="dạng kết quả; html: trang in khổ A4 / html: to print",
    )
    parser.add_argument("--output", type=Path, metavar="FILE", help="ghi vào tệp / write to a file")


def run(options: argparse.Namespace) -> int:
    """Print the answers; status 1 where any question is answered «no»."""
    context = HistoryContext(options)
    manual, lang = context.manual, context.lang
    evidence = collect_evidence(context.tree, manual.releases, context.repository, context.history)
    witness = _witness(options.witness) if options.witness else None
    trust = console.read_user_file(options.trust) if options.trust else None
    answers = verify(manual, evidence, context.today, witness=witness, trust=trust)
    match options.format:
        case "json":
            text = to_json(answers, manual)
        case "html":
            from qmstool.verify.print import (
                print_verification,  # a template engine: start-up counts
            )

            imprint = tables.make_imprint(options, manual.config)
            text = print_verification(answers, manual, imprint, lang, context.tree)
        case _:
            text = escape_lines(to_text(answers, manual, lang))
    console.print_answer(options, text)
    return int(not answers.holds)


def _witness(word: str) -> str:
    """Return what a witness says: a code, or a file that names one or is a copy of the release."""
    if not Path(word).is_file():
        return word
    data = console.read_user_file(word)
    # A copy of a release names the one before it, which must not speak for it.
    if b"\nprevious: " in data:
        return sha256(data)
    return data.decode("utf-8", errors="replace")
