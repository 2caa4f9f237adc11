"""`qmstool release record`: the signed instrument of a candidate becomes a release («ghi nhận quyết định»)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool import __version__
from qmstool.candidates.frozen import frozen_files, open_candidate
from qmstool.candidates.recording import (
    Recording,
    SignedInstrument,
    cancels,
    opinions_proof,
    record_release,
)
from qmstool.cli import console as words
from qmstool.cli import tables as tabular
from qmstool.cli.commands.release import evidence_options as proofs
from qmstool.cli.commands.release import tag_hint as tagging
from qmstool.cli.commands.release import warnings as advice
from qmstool.cli.commands.release.document_options import slug
from qmstool.cli.context import Past
from qmstool.git import repository as git
from qmstool.i18n import Text
from qmstool.releases import seal
from qmstool.releases.record import read_release_files
from qmstool.storage import files

if TYPE_CHECKING:
    import argparse


def add(parser: argparse.ArgumentParser) -> None:
    """Options: what the paper says, what proves it, who records it."""
    parser.add_argument(
        "key", type=slug, metavar="KEY", help="hồ sơ đã trình ký / the candidate that was signed"
    )
    proofs.add(parser)
    parser.add_argument(
        "--recorder", required=True, metavar="WHO", help="người ghi nhận / who records"
    )
    parser.add_argument(
        "--recorded",
        type=tabular.day,
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
    proofs.add_seal(parser)


def run(options: argparse.Namespace) -> int:
    """Write evidence, release and seal; everything is made before anything is written."""
    past = Past(options)
    git.whole(past.found)
    found, data = open_candidate(past.tree, options.key, past.blobs)
    number = max((each.number for each in past.manual.releases), default=0) + 1
    copies, kept = proofs.gather(options, past, number)
    signed = SignedInstrument(
        proofs.instrument(options), (*kept, *opinions_proof(past.tree, found.key))
    )
    day = proofs.written(options.recorded or past.today)
    recording = Recording(
        options.recorder,
        day,
        f"qmstool {__version__}",
        tuple(options.mends),
        tuple(options.cancels),
    )
    path, text = record_release(
        found, data, read_release_files(past.tree), past.manual.releases, signed, recording
    )
    if options.seal:
        copies |= {seal.seal_path(number): seal.sign(text.encode(), options.seal)}
    for name, content in {**copies, path: text.encode()}.items():
        files.write(options.root, name, content)
    told = Text(
        "Đã ghi {path}. Hãy lưu vào git, rồi chạy qmstool verify.",
        "Wrote {path}. Commit it, then run qmstool verify.",
    )
    words.say(told.fill({"path": path}), past.lang)
    tagging.keep(past, frozen_files(found), found.commit, number)
    lost = cancels(found, past.manual.releases, proofs.written(options.effective), day)
    advice.overtaking(
        past, (each for each in lost if each.release.number not in options.cancels), advice.RECORDED
    )
    return 0
