"""`qmstool release record`: the signed instrument of a candidate becomes a release («ghi nhận quyết định»)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool import __version__
from qmstool.candidates.frozen import opened, texts_of
from qmstool.candidates.recording import Recording, Signed, cancels, heard, record
from qmstool.cli import console, tables
from qmstool.cli.context import HistoryContext
from qmstool.cli.release import evidence_options, tag_hint, warnings
from qmstool.cli.release.document_options import parse_slug
from qmstool.git import repository as git
from qmstool.i18n import Text
from qmstool.releases import seal
from qmstool.releases.record import recorded_files
from qmstool.storage import files

if TYPE_CHECKING:
    import argparse


def add(parser: argparse.ArgumentParser) -> None:
    """Options: what the paper says, what proves it, who records it."""
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
        "--cancels", type=int, action="append", default=[], metavar="N",
        help=(
            "văn bản đã ký thay cả đợt N, chưa có hiệu lực / the instrument replaces scheduled "
            "release N too"
        ),
    )  # fmt: skip
    evidence_options.add_seal_option(parser)


def run(options: argparse.Namespace) -> int:
    """Write evidence, release and seal; everything is made before anything is written."""
    context = HistoryContext(options)
    git.whole(context.repository_state)
    found, data = opened(context.tree, options.key, context.texts_of_blobs)
    number = max((each.number for each in context.manual.releases), default=0) + 1
    copies, kept = evidence_options.read_evidence(options, context, number)
    signed = Signed(
        evidence_options.read_instrument(options), (*kept, *heard(context.tree, found.key))
    )
    day = evidence_options.iso_day(options.recorded or context.today)
    recording = Recording(
        options.recorder,
        day,
        f"qmstool {__version__}",
        tuple(options.mends),
        tuple(options.cancels),
    )
    path, text = record(
        found, data, recorded_files(context.tree), context.manual.releases, signed, recording
    )
    if options.seal:
        copies |= {seal.path_of(number): seal.sign(text.encode(), options.seal)}
    for name, content in {**copies, path: text.encode()}.items():
        files.write(options.root, name, content)
    told = Text(
        "Đã ghi {path}. Hãy lưu vào git, rồi chạy qmstool verify.",
        "Wrote {path}. Commit it, then run qmstool verify.",
    )
    console.print_note(told.fill({"path": path}), context.lang)
    tag_hint.print_tag_hint(context, texts_of(found), found.commit, number)
    lost = cancels(found, context.manual.releases, evidence_options.iso_day(options.effective), day)
    warnings.warn_of_preempted(
        context,
        (each for each in lost if each.release.number not in options.cancels),
        warnings.RECORDED,
    )
    return 0
