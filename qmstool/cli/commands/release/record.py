"""Record the signed instrument of a candidate as a release (`release record`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool import __version__
from qmstool.candidates.frozen import frozen_files, open_candidate
from qmstool.candidates.recording import (
    Recording,
    SignedInstrument,
    cancels,
    earlier_record,
    opinions_proof,
    record_release,
)
from qmstool.cli import console, tables
from qmstool.cli.context import HistoryContext
from qmstool.cli.release import evidence_options, warnings
from qmstool.cli.release.document_options import parse_slug
from qmstool.cli.release.tag_hint import print_tag_hint
from qmstool.git import repository as git
from qmstool.i18n import Text
from qmstool.releases import seal
from qmstool.releases.record import read_release_files
from qmstool.storage import files

if TYPE_CHECKING:
    import argparse


DONE_BEFORE = Text(
    "Quyết định này đã được ghi nhận ở {path} từ trước; không ghi thêm lần nữa. Hãy lưu vào git, "
    "rồi chạy qmstool verify.",
    "This decision is recorded in {path} already; it is not recorded again. Commit it, then run "
    "qmstool verify.",
)
WRITTEN = Text(
    "Đã ghi {path}. Hãy lưu vào git, rồi chạy qmstool verify.",
    "Wrote {path}. Commit it, then run qmstool verify.",
)


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options: what the paper says, what proves it, who records it."""
    parser.add_argument(
        "key",
        type=parse_slug,
        metavar="KEY",
        help="hồ sơ đã trình ký / the candidate that was signed",
    )
    evidence_options.add_evidence_options(parser)
    parser.add_argument(
        "--recorder", required=True, metavar="WHO", help="người ghi nhận / who records"
    )
    parser.add_argument(
        "--recorded",
        type=tables.parse_day,
        metavar="DAY",
        help="ngày ghi nhận, mặc định hôm nay / today by default",
    )
    parser.add_argument(
        "--mends",
        type=int,
        action="append",
        default=[],
        metavar="N",
        help="thay cho bản ghi sai số N / puts right record N",
    )
    parser.add_argument(
        "--cancels",
        type=int,
        action="append",
        default=[],
        metavar="N",
        help=(
            "văn bản đã ký thay cả đợt N, chưa có hiệu lực / the instrument replaces scheduled "
            "release N too"
        ),
    )
    evidence_options.add_seal_option(parser)


def run(options: argparse.Namespace) -> int:
    """Write evidence, release and seal; everything is made before anything is written."""
    context = HistoryContext(options)
    git.require_history(context.repository_state)
    candidate, data = open_candidate(
        context.manual, context.tree, options.key, context.texts_of_blobs
    )
    releases = context.manual.releases
    number = max((release.number for release in releases), default=0) + 1
    instrument = evidence_options.read_instrument(options)
    recording = _recording(options, context)
    earlier = earlier_record(candidate, releases, instrument, recording)
    if earlier is not None:
        console.print_note(DONE_BEFORE.fill({"path": earlier.source.path}), context.lang)
        print_tag_hint(context, frozen_files(candidate), candidate.commit, earlier.number)
        return 0
    to_write, proofs = evidence_options.read_evidence(options, context, number)
    signed = SignedInstrument(instrument, (*proofs, *opinions_proof(context.tree, candidate.key)))
    before = read_release_files(context.tree)
    path, text = record_release(candidate, data, before, releases, signed, recording)
    if options.seal:
        to_write |= {seal.seal_path(number): seal.sign(text.encode(), options.seal)}
    for name, content in to_write.items():
        files.write(options.root, name, content)
    # Last, and never over another: who records at the same time is told.
    files.write(options.root, path, text.encode(), new=True)
    console.print_note(WRITTEN.fill({"path": path}), context.lang)
    print_tag_hint(context, frozen_files(candidate), candidate.commit, number)
    cancelled = cancels(candidate, releases, options.effective, recording.day)
    unintended = [each for each in cancelled if each.release.number not in options.cancels]
    warnings.warn_of_preempted(context, unintended, warnings.RECORDED)
    return 0


def _recording(options: argparse.Namespace, context: HistoryContext) -> Recording:
    """Return who records, when, with what, and which records this one mends or cancels."""
    day = options.recorded or context.today
    tool = f"qmstool {__version__}"
    return Recording(options.recorder, day, tool, tuple(options.mends), tuple(options.cancels))
