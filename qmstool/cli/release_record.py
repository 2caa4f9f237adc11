"""`qmstool release record`: the signed instrument of a candidate becomes a release («ghi nhận quyết định»)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool import __version__, files, git
from qmstool.cli import advice, proofs, tabular, words
from qmstool.cli.past import Past
from qmstool.cli.wishes import slug
from qmstool.findings import QmsError, Text
from qmstool.model import UNKNOWN
from qmstool.release import seal
from qmstool.release.content import tag_of
from qmstool.signing import candidate
from qmstool.signing.recording import Instrument, Recording, Signed, cancels, heard, record
from qmstool.sources.text import Source
from qmstool.verify.keeping import keeper, mending

if TYPE_CHECKING:
    import argparse

RELEASE = re.compile(r"releases/\d{4}\.yml")


def add(parser: argparse.ArgumentParser) -> None:
    """Options: what the paper says, what proves it, who records it."""
    parser.add_argument("key", type=slug, metavar="KEY", help="hồ sơ đã trình ký / the candidate that was signed")
    proofs.add(parser)
    parser.add_argument("--recorder", required=True, metavar="WHO", help="người ghi nhận / who records")
    parser.add_argument("--recorded", type=tabular.day, metavar="DAY", help="ngày ghi nhận, mặc định hôm nay / today by default")
    parser.add_argument(
        "--mends", type=int, action="append", default=[], metavar="N", help="thay cho bản ghi sai số N / mends record N"
    )
    parser.add_argument(
        "--cancels", type=int, action="append", default=[], metavar="N",
        help="văn bản đã ký thay cả đợt N, chưa có hiệu lực / the instrument replaces scheduled release N too",
    )  # fmt: skip
    proofs.add_seal(parser)


def run(options: argparse.Namespace) -> int:
    """Write evidence, release and seal; everything is made before anything is written."""
    past = Past(options)
    found, data = _candidate(past, options.key)
    number = max((each.number for each in past.manual.releases), default=0) + 1
    copies, kept = proofs.gather(options, past, number)
    held = past.tree.read_all(path for path in past.tree.list() if RELEASE.fullmatch(path))
    capacity = options.capacity or ""
    paper = (options.kind, options.number or "", proofs.written(options.date) or UNKNOWN, options.person, options.role, capacity)
    signed = Signed(Instrument(*paper, proofs.written(options.effective)), (*kept, *heard(past.tree, found.key)))
    day = proofs.written(options.recorded or past.today)
    recording = Recording(options.recorder, day, f"qmstool {__version__}", tuple(options.mends), tuple(options.cancels))
    path, text = record(found, data, held, past.manual.releases, signed, recording)
    if options.seal:
        copies |= {seal.path_of(number): seal.sign(text.encode(), options.seal)}
    for name, content in {**copies, path: text.encode()}.items():
        files.write(options.root, name, content)
    told = Text("Đã ghi {path}. Hãy nhập vào git, rồi chạy qmstool verify.", "Wrote {path}. Commit it, then run qmstool verify.")
    words.say(told.fill({"path": path}), past.lang)
    _tag(past, found, number)
    lost = cancels(found, past.manual.releases, proofs.written(options.effective), day)
    advice.overtaking(past, (each for each in lost if each.release.number not in options.cancels), advice.RECORDED)
    return 0


def _tag(past: Past, found: candidate.Candidate, number: int) -> None:
    """How the signed texts are kept for good: a tag on a commit that holds them all."""
    texts = {pin.text("path"): pin.text("blob") for item in found.entry.entries("items") for pin in item.entries("files")}
    assert past.repository is not None
    assert past.history is not None
    commit = keeper(past.repository, past.history, texts, found.commit)
    if texts and not commit:
        text = Text(
            "Không commit nào giữ đủ nội dung đã ký. Hãy đưa các tệp ấy trở lại một commit, rồi gắn thẻ {tag} ở đó.",
            "No commit holds all the signed texts. Bring these files back in a commit, and put the tag {tag} on it.",
        )
        words.say(text.fill({"tag": tag_of(number)}), past.lang)
    elif texts:
        text = Text(
            "Khi bản ghi đã vào nhánh chính, chạy hai lệnh sau để giữ mãi nội dung đã ký:\n  {tag}\n  {push}",
            "Once the record is on the main branch, run these two, so that the signed texts are never lost:\n  {tag}\n  {push}",
        )
        text = text.fill(dict(zip(("tag", "push"), mending(number, commit[:10]), strict=True)))
        words.say(text, past.lang)


def _candidate(past: Past, key: str) -> tuple[candidate.Candidate, bytes]:
    """The candidate's file, whole and well read, its texts held by the repository. Raises QmsError."""
    path = candidate.path_of(key)
    data = past.tree.read_all([path]).get(path)
    if data is None:
        raise QmsError(Text(f"Không có hồ sơ trình ký «{path}».", f"There is no candidate «{path}»."))
    found, problems = candidate.read(Source(path, data))
    if problems or found.key != key:
        raise QmsError(Text(f"«{path}» không đọc được như một hồ sơ trình ký.", f"«{path}» cannot be read as a candidate."))
    git.whole(past.found)
    blobs = [pin.text("blob") for item in found.entry.entries("items") for pin in item.entries("files")]
    if len(past.blobs(blobs)) != len(set(blobs)):
        raise QmsError(
            Text(f"Kho không còn đủ nội dung mà «{path}» đã đóng băng.", f"The repository has lost texts that «{path}» froze.")
        )
    return found, data
