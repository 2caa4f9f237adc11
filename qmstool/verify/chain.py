"""Check the chain of release files: whole, each fitting the one before, none changed or gone.

What goes in: releases and the evidence collected for them. What comes out: discrepancies.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from qmstool.findings import Location
from qmstool.i18n import Text
from qmstool.manual.releases import RELEASE_PATH
from qmstool.manual.values import Unknown
from qmstool.releases.record import (
    NONE,
    release_path,
    sha256,
    tag_name,
)
from qmstool.releases.seal import lone_seals
from qmstool.verify.discrepancies import Discrepancy
from qmstool.verify.document_types import AMBIGUOUS
from qmstool.verify.records.rewritten import check_rewritten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qmstool.findings import LoadError
    from qmstool.manual.releases import Release
    from qmstool.verify.evidence import CollectedEvidence

LONE_SEAL = Text(
    "Có niêm phong đợt {number} mà không có bản ghi của đợt ấy. Hãy lấy lại bản ghi từ kho; nếu "
    "chưa từng có thì xóa niêm phong rồi ghi nhận lại.",
    "There is a seal of release {number}, and no record of it. Get the record back from the "
    "repository; if there never was one, delete the seal and record again.",
)
MISREAD = Text(
    "Điều bản ghi viết ở đây không đúng dạng, nên coi như không ghi; qmstool check cho biết phải "
    "viết thế nào. Hãy đối chiếu với bản gốc đã ký; nếu ghi nhầm thì ghi nhận lại với --mends.",
    "What the record says here does not have the form that belongs here, and counts as not said; "
    "qmstool check tells the form. Compare it with the signed original; if it is a slip, record "
    "again with --mends.",
)
MISNAMED = Text(
    "Bản ghi tự ghi số đợt khác với tên tệp, nên không biết nó là đợt nào. Hãy đối chiếu với bản "
    "gốc đã ký rồi ghi nhận lại với --mends.",
    "The record says another number than the name of its file: nobody knows which release it is. "
    "Compare it with the signed original, and record again with --mends.",
)
UNREAD_KEY = Text(
    "Bản ghi không có mục tên như thế, nên điều viết ở đây không ai đọc. Hãy đối chiếu với bản gốc "
    "đã ký; nếu viết sai tên mục thì ghi nhận lại với --mends.",
    "A record has no key of that name, and nobody reads what is written here. Compare it with the "
    "signed original; if the key is misspelt, record again with --mends.",
)
LACKING_KEY = Text(
    "Bản ghi thiếu mục «{key}», nên không biết điều gì đã được ghi nhận ở đây. Hãy đối chiếu với "
    "bản gốc đã ký rồi ghi nhận lại với --mends.",
    "The record lacks the key «{key}», and nobody knows what was recorded here. Compare it with "
    "the signed original, and record again with --mends.",
)
# Keys of which it is told where they are checked: the day of effect, the link, settings, texts.
TOLD_ELSEWHERE = frozenset({"effective", "previous", "basis", "items"})


def check_chain(
    releases: Sequence[Release], evidence: CollectedEvidence, problems: Iterable[LoadError] = ()
) -> Iterator[Discrepancy]:
    """Yield what breaks the chain of release files.

    `problems`: what could not be read of the manual. Each record is to say one thing, numbers are
    to have no gap, each file is to bear the digest of the one before, none is to be changed after
    it was recorded, and tags are to stand where they were put.
    """
    yield from _check_unreadable(releases, evidence)
    yield from _check_ambiguous(releases, problems)
    yield from _check_misread(releases, problems)
    yield from _check_numbers(releases)
    yield from _check_links(releases, evidence)
    yield from _check_vanished(releases, evidence)
    yield from _check_lone_seals(releases, evidence)
    for index, release in enumerate(releases):
        yield from _check_file(release, evidence, releases[:index])
    yield from _check_tags(releases, evidence)


def _check_unreadable(
    releases: Sequence[Release], evidence: CollectedEvidence
) -> Iterator[Discrepancy]:
    """A file that cannot be read as a record says nothing, and hides what it once said."""
    known = {release_path(release.number) for release in releases}
    for path in sorted(evidence.files):
        if RELEASE_PATH.fullmatch(path) and path not in known:
            message = Text(
                "Không đọc được bản ghi «{path}». Hãy lấy lại bản cũ từ git.",
                "The record «{path}» cannot be read. Get the old one back from git.",
            ).fill({"path": path})
            yield Discrepancy("release-unreadable", Location(path), message)


def _check_ambiguous(
    releases: Sequence[Release], problems: Iterable[LoadError]
) -> Iterator[Discrepancy]:
    """A record that says a thing twice is read by each program as it likes."""
    message = Text(
        "Bản ghi nói hai điều ở chỗ này, không biết điều nào đã được ghi nhận. Hãy đối chiếu với "
        "bản gốc đã ký.",
        "The record says two things here, and nobody knows which was recorded. Compare it with "
        "the signed original.",
    )
    known = {release_path(release.number) for release in releases}
    for problem in problems:
        place = problem.violation.location
        if place.path in known and problem.slug in AMBIGUOUS:
            yield Discrepancy("release-ambiguous", place, message)
    for release in releases:
        keys: set[str] = set()
        for item in release.items:
            if item.key in keys:
                yield Discrepancy("item-twice", item.marks.code.location, message)
            keys.add(item.key)


def _check_misread(
    releases: Sequence[Release], problems: Iterable[LoadError]
) -> Iterator[Discrepancy]:
    """What does not fit its form is read as if nobody had written it, and so hides what it says.

    Of the days of effect and recording, and of the link, that is told where these are checked.
    """
    records = {release_path(release.number): release for release in releases}
    for problem in problems:
        place = problem.violation.location
        release = records.get(place.path)
        if release is not None and problem.slug == "unknown-key":
            yield Discrepancy("release-misread", place, UNREAD_KEY)
        if release is not None and problem.slug == "missing-key":
            key = problem.violation.values["key"]
            if key not in TOLD_ELSEWHERE:
                yield Discrepancy("release-misread", place, LACKING_KEY.fill({"key": key}))
        if release is not None and problem.slug == "release-misnamed":
            yield Discrepancy("release-misread", place, MISNAMED)
        if release is None or problem.slug != "wrong-value":
            continue
        marks = release.marks
        told = (marks.effective, marks.recorded, marks.previous)
        if place.line not in {mark.location.line for mark in told}:
            yield Discrepancy("release-misread", place, MISREAD)


def _check_numbers(releases: Sequence[Release]) -> Iterator[Discrepancy]:
    for expected, release in enumerate(releases, start=1):
        if release.number != expected:
            message = Text(
                "Thiếu bản ghi đợt {expected}. Hãy lấy lại từ git hoặc từ bản sao lưu.",
                "The record of release {expected} is missing. Get it back from git, or from a "
                "backup.",
            ).fill({"expected": str(expected)})
            yield Discrepancy("release-missing", release.marks.number.location, message)
            break
    if releases and releases[0].number == 1 and releases[0].previous != NONE:
        message = Text("Đợt 1 không thể có đợt trước.", "Release 1 cannot have one before it.")
        yield Discrepancy("chain-broken", releases[0].marks.previous.location, message)


def _check_links(releases: Sequence[Release], evidence: CollectedEvidence) -> Iterator[Discrepancy]:
    for before, release in pairwise(releases):
        data = evidence.files.get(release_path(before.number), b"")
        if release.number == before.number + 1 and release.previous != sha256(data):
            message = Text(
                "Bản ghi đợt {before} không còn như khi đợt {number} được ghi nhận.",
                (
                    "The record of release {before} is not what it was when release {number} was "
                    "recorded."
                ),
            ).fill({"before": str(before.number), "number": str(release.number)})
            yield Discrepancy("chain-broken", release.marks.previous.location, message)


def _check_vanished(
    releases: Sequence[Release], evidence: CollectedEvidence
) -> Iterator[Discrepancy]:
    newest = release_path(releases[-1].number) if releases else ""
    for path in evidence.vanished_records:
        if path > newest:
            message = Text(
                "«{path}» đã từng được ghi nhận sau đợt này, nay không còn.",
                "«{path}» was once recorded after this one, and is gone.",
            ).fill({"path": path})
            yield Discrepancy("release-vanished", _newest_place(releases, path), message)


def _check_lone_seals(
    releases: Sequence[Release], evidence: CollectedEvidence
) -> Iterator[Discrepancy]:
    """A seal is made with its record: alone it says that a record was here, or was to come.

    Of a record that cannot be read, or that the history still knows, it is told already.
    """
    numbers = {release.number for release in releases}
    for number, path in lone_seals(evidence.files, numbers).items():
        record = release_path(number)
        if record not in evidence.files and record not in evidence.vanished_records:
            yield Discrepancy(
                "seal-without-record", Location(path), LONE_SEAL.fill({"number": f"{number:04d}"})
            )


def _newest_place(releases: Sequence[Release], path: str) -> Location:
    """The place of the newest release's number; that of a file, where no release is left."""
    return releases[-1].marks.number.location if releases else Location(path)


def _check_file(
    release: Release, evidence: CollectedEvidence, earlier: Sequence[Release]
) -> Iterator[Discrepancy]:
    """What is wrong with one release file by itself."""
    path = release_path(release.number)
    yield from check_rewritten(
        release,
        evidence.rewritten_records.get(path, ()),
        evidence.first_bytes.get(path),
        evidence.committed_records.get(path),
    )
    merge = evidence.hidden_records.get(path)
    if merge:
        yield _hidden(release, merge)
    if release.imported and release.number != 1:
        message = Text(
            "Chỉ đợt 1 được là bản tiếp nhận.", "Only release 1 may be an imported baseline."
        )
        yield Discrepancy("imported-late", release.marks.imported.location, message)
    yield from _check_taken_over(release, earlier)
    for mended in release.mends:
        number = mended.count
        if number is Unknown.UNKNOWN or number >= release.number:
            message = Text(
                "Không thể thay đợt {number}: chưa ghi nhận lúc đó.",
                "Release {number} was not yet there to put right.",
            ).fill({"number": str(number)})
            yield Discrepancy("mends-later", mended.mark.location, message)


def _check_taken_over(release: Release, earlier: Sequence[Release]) -> Iterator[Discrepancy]:
    """Only what no record before holds may be taken over, or what it takes the place of."""
    replaced = release.replaces
    taken_over = [item for item in release.items if item.taken_over is not None]
    known: set[str] = set()
    for record in earlier if taken_over else ():
        if replaced is None or record.number != replaced.count:
            known |= record.items_of.keys()
    for item in taken_over:
        if item.key in known:
            message = Text(
                "{code}: đợt trước đã ghi nhận, nên không tiếp nhận được nữa.",
                "{code}: an earlier release holds it, so it cannot be taken over.",
            ).fill({"code": item.code})
            yield Discrepancy("taken-over-late", item.mark.location, message)
    if replaced is not None and not any(
        record.number == replaced.count and record.is_taken_over for record in earlier
    ):
        message = Text(
            "Đợt {count} không phải lần tiếp nhận nào trước đợt này.",
            "Release {count} is no take-over before this one.",
        ).fill({"count": str(replaced.count)})
        yield Discrepancy("replaces-nothing", replaced.mark.location, message)


def _hidden(release: Release, merge: str) -> Discrepancy:
    message = Text(
        (
            "Còn một bản ghi đợt {number} khác trong lịch sử, bị lần nhập {merge} bỏ lại."
            " Xem: git log --full-history -- {path}"
        ),
        (
            "The history holds another record of release {number}, which the merge "
            "{merge} left behind. See: git log --full-history -- {path}"
        ),
    ).fill({"number": str(release.number), "merge": merge[:10], "path": release.source.path})
    return Discrepancy("release-hidden", release.marks.number.location, message)


def _check_tags(releases: Sequence[Release], evidence: CollectedEvidence) -> Iterator[Discrepancy]:
    for release in releases:
        if release.number in evidence.strayed_tags:
            tag, commit = tag_name(release.number), evidence.strayed_tags[release.number][:10]
            message = Text(
                (
                    "Thẻ «{tag}» trỏ vào lần lưu {commit}, là nơi không có đủ nội dung của đợt "
                    "{number}: thẻ đã bị dời."
                ),
                (
                    "The tag «{tag}» stands on commit {commit}, which lacks texts of release "
                    "{number}: it was moved."
                ),
            ).fill({"tag": tag, "commit": commit, "number": str(release.number)})
            yield Discrepancy("tag-strayed", release.marks.number.location, message)
