"""Answer an auditor's questions: yes, no or not evidenced, and where (`qmstool verify`)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qmstool.cli import console, tables
from qmstool.cli.context import HistoryContext
from qmstool.releases.record import sha256
from qmstool.terminal import escape_lines
from qmstool.verify import format as show
from qmstool.verify.evidence import gather
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
    vault = gather(context.tree, context.manual.releases, context.repository, context.history)
    witness = _witness(options.witness) if options.witness else None
    found = verify(
        context.manual,
        vault,
        context.today,
        witness=witness,
        trust=console.read_user_file(options.trust) if options.trust else None,
    )
    if options.format == "json":
        console.print_answer(options, show.to_json(found, context.manual))
    elif options.format == "html":
        from qmstool.verify import print as printed  # a template engine: start-up counts

        imprint = tables.make_imprint(options, context.manual.config)
        console.print_answer(
            options, printed.page(found, context.manual, imprint, context.lang, context.tree)
        )
    else:
        console.print_answer(
            options, escape_lines(show.to_text(found, context.manual, context.lang))
        )
    return int(not found.holds)


def _witness(given: str) -> str:
    """Return what a witness says: a code, or a file that names one or is a copy of the release."""
    if not Path(given).is_file():
        return given
    data = console.read_user_file(given)
    # A copy of a release names the one before it, which must not speak for it.
    if b"\nprevious: " in data:
        return sha256(data)
    return data.decode("utf-8", errors="replace")
