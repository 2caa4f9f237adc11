"""Answer an auditor's questions: yes, no or not evidenced, and where (`qmstool verify`)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qmstool.cli import console, tables
from qmstool.cli.context import HistoryContext
from qmstool.cli.trusted import add_trust_option, read_trusted, with_signatures
from qmstool.git import presence
from qmstool.i18n import QmsError, Text
from qmstool.releases.record import sha256
from qmstool.terminal import escape_lines
from qmstool.verify.evidence import collect_evidence
from qmstool.verify.format import to_json, to_text
from qmstool.verify.questions import RECORD_QUESTIONS
from qmstool.verify.verification import verify
from qmstool.verify.witness import witness_codes

if TYPE_CHECKING:
    import argparse


NO_CODE = Text(
    "--witness «{word}» không có mã kiểm tra nào. Hãy ghi mã dạng K7QF-2M9X-81AB, mã SHA-256, hoặc "
    "tệp chứa mã.",
    "--witness «{word}» names no check code. Give a code such as K7QF-2M9X-81AB, a SHA-256 digest, "
    "or a file with one.",
)


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "--witness",
        metavar="CODE|FILE",
        help="mã kiểm tra của đợt mới nhất, giữ ở nơi khác / code of the newest release",
    )
    add_trust_option(parser)
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
    evidence = collect_evidence(context.tree, manual.releases, context.repository, context.history)
    witness = None if options.witness is None else _witness(options.witness)
    trusted, signers = read_trusted(options.trust)
    evidence = with_signatures(evidence, manual, trusted, context.today)
    keys = RECORD_QUESTIONS if options.records else None
    answers = verify(manual, evidence, context.today, witness=witness, trust=signers, keys=keys)
    if not answers.holds and context.repository:
        presence.require_newest_commit(context.repository.folder)
    match options.format:
        case "json":
            text = to_json(answers, manual)
        case "html":
            from qmstool.verify.print import (
                print_verification,  # a template engine: start-up counts
            )

            imprint = tables.make_imprint(options, manual.config)
            text = print_verification(answers, manual, imprint, context.readers, context.tree)
        case _:
            text = escape_lines(to_text(answers, manual, lang))
    console.print_answer(options, text)
    return int(not answers.holds)


def _witness(word: str) -> str:
    """Return what a witness says: a code, or a file that names one or is a copy of the release.

    Raises QmsError where it names none: nothing would be compared, and nobody would know.
    """
    text = word
    if word.strip() and Path(word).is_file():
        data = console.read_user_file(word)
        # A copy of a release names the one before it, which must not speak for it.
        if b"\nprevious: " in data:
            return sha256(data)
        text = data.decode("utf-8", errors="replace")
    if not witness_codes(text):
        raise QmsError(NO_CODE.fill({"word": word}))
    return text
