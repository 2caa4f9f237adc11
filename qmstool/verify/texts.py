"""Check that what releases pin is found and gives its digest: texts, and the data beside them.

What goes in: releases and the evidence collected for them. What comes out: discrepancies.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from qmstool.git.names import fold_path
from qmstool.i18n import Text
from qmstool.parsing.codes import fold_code
from qmstool.parsing.looking_alike import fold_scripts
from qmstool.register.effect import replacing_of, replacing_release
from qmstool.register.recorded_texts import is_as_recorded
from qmstool.releases.record import sha256
from qmstool.verify.discrepancies import Discrepancy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qmstool.git.absence import Absence
    from qmstool.manual.releases import PinnedFile, Release, ReleaseItem
    from qmstool.verify.evidence import CollectedEvidence

CONTESTED = Text(
    "{code} và {other} đều có «{path}», mà nội dung ghi nhận khác nhau: chỉ hiện được một. Hãy đổi "
    "tên một tệp rồi ban hành lại tài liệu ấy.",
    "{code} and {other} both have «{path}», recorded with different content: only one can be "
    "shown. Give one file another name, and issue that document anew.",
)

SEEN_ALIKE = Text(
    "{code}: tài liệu đang có hiệu lực theo đợt {number} mang mã trông như mã này (khác ở chữ của "
    "bảng chữ khác hay ký tự không nhìn thấy), nên người đọc không biết là tài liệu nào. Hãy đối "
    "chiếu với bản gốc đã ký; nếu ghi nhầm mã thì ghi nhận lại với --mends, không thì bãi bỏ một "
    "tài liệu.",
    "{code}: the document in force by release {number} has a code that looks like this one (they "
    "differ in letters of another script, or signs that nobody sees), and no reader can tell which "
    "it is. Compare it with the signed original; if the code is a slip, record again with --mends, "
    "else withdraw one of them.",
)


def check_texts(releases: Sequence[Release], evidence: CollectedEvidence) -> Iterator[Discrepancy]:
    """Yield which texts that were put in force are lost, about to be, or not what was recorded."""
    replacing = replacing_of(releases)
    for release in releases:
        for item in release.items:
            # What was taken over by mistake is told as replaced, and counts no more.
            if replacing_release(replacing, release, item) is None:
                yield from _check_text(item, evidence)


def _check_text(item: ReleaseItem, evidence: CollectedEvidence) -> Iterator[Discrepancy]:
    missing = [pin for pin in item.files if pin.blob not in evidence.blobs]
    for pin in missing:
        yield _missing_text(item, pin, evidence.absences.get(pin.blob))
    for pin in item.files:
        if evidence.loose_blobs.get(pin.blob) == "":
            yield _unkept(item, pin)
    if missing or item.act == "withdraw":
        return
    if not item.files or not is_as_recorded(item, evidence.blobs):
        message = Text(
            "{code}: nội dung không khớp mã kiểm tra đã ghi. Hãy đối chiếu với bản gốc đã ký rồi "
            "ghi nhận lại với --mends.",
            "{code}: the text does not match the recorded digest. Compare it with the signed "
            "original, and record again with --mends.",
        ).fill({"code": item.code})
        yield Discrepancy("digest-differs", item.marks.digest.location, message)


def _missing_text(item: ReleaseItem, pin: PinnedFile, absence: Absence | None) -> Discrepancy:
    """Tell why a text cannot be read: another clone has it, it never was in git, or it is gone."""
    place = pin.blob_mark.location
    if absence is None or absence.answer == "gone":
        message = Text(
            "{code}: kho không còn nội dung của «{path}». Hãy tìm trong một bản sao khác của kho.",
            "{code}: the repository has lost the text of «{path}». Look for it in another copy of "
            "the repository.",
        ).fill({"code": item.code, "path": pin.path})
        return Discrepancy("text-missing", place, message)
    slug = "text-elsewhere" if absence.answer == "elsewhere" else "text-outside"
    return Discrepancy(slug, place, _because(f"{item.code}: «{pin.path}»", absence))


def _because(what: str, absence: Absence) -> Text:
    return Text("{what}: {why}", "{what}: {why}").fill({"what": what, "why": absence.text})


def _unkept(item: ReleaseItem, pin: PinnedFile) -> Discrepancy:
    message = Text(
        (
            "{code}: nội dung của «{path}» chỉ còn sót trong bản sao này, không nhánh hay"
            " thẻ nào giữ; bản sao khác sẽ không có."
        ),
        (
            "{code}: the text of «{path}» is left over in this copy alone; no branch or "
            "tag keeps it, and another clone will not have it."
        ),
    ).fill({"code": item.code, "path": pin.path})
    return Discrepancy("text-unkept", pin.blob_mark.location, message)


def check_paths(in_force: Iterable[ReleaseItem]) -> Iterator[Discrepancy]:
    """Yield each file that one document in force has otherwise than another has it.

    Pages and papers can show but one of the two, and whoever signed the other never saw it. A disk
    of Windows or of a Mac holds but one of two names that differ in capitals or stored accents.
    """
    first: dict[str, tuple[ReleaseItem, PinnedFile]] = {}
    for item in in_force:
        for pin in item.files:
            other, held = first.setdefault(fold_path(pin.path), (item, pin))
            if held.blob != pin.blob:
                values = {"code": item.code, "other": other.code, "path": pin.path}
                yield Discrepancy("file-contested", pin.blob_mark.location, CONTESTED.fill(values))


def check_codes(in_force: Iterable[tuple[Release, ReleaseItem]]) -> Iterator[Discrepancy]:
    """Yield each document in force whose code a reader takes for that of another one before it."""
    first: dict[str, tuple[Release, ReleaseItem]] = {}
    for release, item in in_force:
        seen = fold_code(fold_scripts(item.code))
        held, other = first.setdefault(seen, (release, item))
        if other.key != item.key:
            values = {"code": item.code, "number": str(held.number)}
            yield Discrepancy("code-contested", item.mark.location, SEEN_ALIKE.fill(values))


@lru_cache(maxsize=256)
def _digest(data: bytes) -> str:
    """Return the digest of data; most releases pin the same, and each is asked for many times."""
    return sha256(data)


def pinned_data(release: Release, path: str, evidence: CollectedEvidence) -> bytes | None:
    """Return one of the data that a release pins beside its texts, as it was recorded.

    None where it pins none, or where what the repository holds does not give the digest.
    """
    for pin in release.basis:
        data = evidence.blobs.get(pin.blob)
        if pin.path == path and data is not None and _digest(data) == pin.digest:
            return data
    return None


def check_basis(releases: Sequence[Release], evidence: CollectedEvidence) -> Iterator[Discrepancy]:
    """Yield which data in force beside the texts are lost, or not what was recorded."""
    for release in releases:
        if not any(pin.path == "qms.yml" for pin in release.basis):
            message = Text(
                "Thiếu qms.yml trong dữ liệu kèm theo.",
                "The data recorded beside the texts lacks qms.yml.",
            )
            yield Discrepancy("basis-missing", release.marks.basis.location, message)
        for pin in release.basis:
            data = evidence.blobs.get(pin.blob)
            absence = evidence.absences.get(pin.blob)
            if data is None and absence is not None and absence.answer != "gone":
                slug = "basis-elsewhere" if absence.answer == "elsewhere" else "basis-outside"
                yield Discrepancy(slug, pin.blob_mark.location, _because(f"«{pin.path}»", absence))
            elif data is None:
                message = Text(
                    "Kho không còn «{path}». Hãy tìm trong một bản sao khác của kho.",
                    "The repository has lost «{path}». Look for it in another copy of the "
                    "repository.",
                ).fill({"path": pin.path})
                yield Discrepancy("basis-missing", pin.blob_mark.location, message)
            elif _digest(data) != pin.digest:
                message = Text(
                    "«{path}» không khớp mã kiểm tra đã ghi.",
                    "«{path}» does not match the recorded digest.",
                ).fill({"path": pin.path})
                yield Discrepancy("basis-differs", pin.digest_mark.location, message)
