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
from qmstool.candidates.unseen import UnseenError
from qmstool.cli import console
from qmstool.cli.context import HistoryContext
from qmstool.cli.days import parse_day
from qmstool.cli.release import evidence_options, warnings
from qmstool.cli.release.document_options import parse_slug
from qmstool.cli.release.tag_hint import print_tag_hint
from qmstool.diff.document import compare_attachments, compare_versions
from qmstool.diff.format import attachment_text, section_title
from qmstool.git import repository as git
from qmstool.i18n import Text
from qmstool.register.versions import version_attachments, version_texts
from qmstool.releases import seal
from qmstool.releases.record import read_release_files
from qmstool.storage import files

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from qmstool.candidates.unseen import UnseenVersion


DONE_BEFORE = Text(
    "Quyết định này đã được ghi nhận ở {path} từ trước; không ghi thêm lần nữa. Hãy lưu vào git, "
    "rồi chạy qmstool verify.",
    "This decision is recorded in {path} already; it is not recorded again. Commit it, then run "
    "qmstool verify.",
)
SECTIONS = Text(
    "{code}: người ký chưa thấy các mục khác nhau: {titles}.",
    "{code}: sections that differ, and that the signer did not see: {titles}.",
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
        type=parse_day,
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
    parser.add_argument(
        "--as-signed",
        action="store_true",
        help="ghi nhận dù người ký xem bản so sánh với bản khác bản đang có hiệu lực / record "
        "though the signer saw another version than the one in force",
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
    evidence_options.refuse_missing_evidence(options)
    number = max((release.number for release in releases), default=0) + 1
    instrument = evidence_options.read_instrument(options)
    recording = _recording(options, context)
    earlier = earlier_record(candidate, releases, instrument, recording)
    if earlier is not None:
        files.sweep(options.root / "releases")
        console.print_note(DONE_BEFORE.fill({"path": earlier.source.path}), context.lang)
        print_tag_hint(context, frozen_files(candidate), candidate.commit, earlier.number)
        return 0
    to_write, proofs = evidence_options.read_evidence(options, context, number)
    proofs = (*proofs, *opinions_proof(context.tree, candidate.key))
    approvals = evidence_options.read_approvals(options, context.manual)
    signed = SignedInstrument(instrument, proofs, approvals)
    before = read_release_files(context.tree)
    try:
        path, text = record_release(candidate, data, before, releases, signed, recording)
    except UnseenError as error:
        _tell_sections(context, error.unseen)
        raise
    if options.seal:
        to_write |= {seal.seal_path(number): seal.sign(text.encode(), options.seal)}
    _write(options.root, path, text, to_write)
    console.print_note(WRITTEN.fill({"path": path}), context.lang)
    warnings.warn_of_early_day(context, instrument.date, recording.day)
    print_tag_hint(context, frozen_files(candidate), candidate.commit, number)
    cancelled = cancels(candidate, releases, options.effective, recording.day)
    unintended = [each for each in cancelled if each.release.number not in options.cancels]
    warnings.warn_of_preempted(context, unintended, warnings.RECORDED)
    warnings.warn_of_undone(context, candidate, options.mends)
    return 0


def _write(root: Path, path: str, text: str, beside: Mapping[str, bytes]) -> None:
    """Write a record, and before it the evidence and the seal that go with it."""
    with files.alone(root / "releases"):
        # Who records at the same time is told, before a seal is put over that of the other.
        files.require_absent(root, path)
        for name, content in beside.items():
            files.write(root, name, content)
        files.write(root, path, text.encode(), new=True)


def _tell_sections(context: HistoryContext, unseen: Iterable[UnseenVersion]) -> None:
    """Say which sections the signer did not see."""
    for version in unseen:
        titles = _unseen_sections(context, version)
        if titles:
            values = {"code": version.item.code, "titles": "; ".join(titles)}
            console.print_note(SECTIONS.fill(values), context.lang)


def _unseen_sections(context: HistoryContext, version: UnseenVersion) -> list[str]:
    """The titles of the sections that differ between what was compared and what is in force."""
    texts: list[tuple[str, ...]] = []
    beside: list[dict[str, str]] = []
    for entry in (version.compared, version.standing):
        pins = entry[1].files if entry else ()
        blobs = context.texts_of_blobs(pin.blob for pin in pins)
        read = version_texts(entry[1], blobs) if entry else ()
        if read is None:
            return []
        texts.append(read)
        beside.append(version_attachments(entry[1]) if entry else {})
    found = compare_versions(texts[0], texts[1], compare_attachments(beside[0], beside[1]))
    return [
        *(section_title(section, context.lang) for section in found.changed),
        *(attachment_text(file, context.lang) for file in found.attachments),
    ]


def _recording(options: argparse.Namespace, context: HistoryContext) -> Recording:
    """Return who records, when, with what, and which records this one mends or cancels."""
    day = options.recorded or context.today
    tool = f"qmstool {__version__}"
    return Recording(
        recorder=options.recorder,
        day=day,
        tool=tool,
        mends=tuple(options.mends),
        cancels=tuple(options.cancels),
        as_signed=options.as_signed,
        without_evidence=bool(evidence_options.missing_evidence(options)),
    )
