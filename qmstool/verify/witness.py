"""Compare the records with a witness: the digest or check code of a release, kept outside."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.findings import Location
from qmstool.i18n import Text
from qmstool.releases.record import RELEASES_FOLDER, check_code, release_path, sha256
from qmstool.verify.discrepancies import Discrepancy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmstool.manual.releases import Release
    from qmstool.verify.evidence import CollectedEvidence

_CODE = re.compile(
    r"(?<![0-9a-z-])(?:[0-9a-f]{64}|[0-9a-hjkmnp-tv-z]{4}(?:-[0-9a-hjkmnp-tv-z]{4}){2})(?![0-9a-z-])"
)


def witness_codes(witness: str) -> tuple[str, ...]:
    """Return the digests and check codes that a witness names, in small letters, each once.

    Around them may stand what people write beside a code; () where there is none.
    """
    return tuple(dict.fromkeys(_CODE.findall(witness.lower())))


def witnessed_number(releases: Sequence[Release], evidence: CollectedEvidence, witness: str) -> int:
    """Return the number of the newest record that a witness names; 0 where it names none.

    A witness that also names a code of no record bears out nothing.
    """
    numbers = _numbers_by_code(releases, evidence)
    named = [numbers.get(code, 0) for code in witness_codes(witness)]
    return max(named) if named and all(named) else 0


def _numbers_by_code(releases: Sequence[Release], evidence: CollectedEvidence) -> dict[str, int]:
    numbers = {}
    for release in releases:
        digest = sha256(evidence.files.get(release_path(release.number), b""))
        numbers[digest] = numbers[check_code(digest).lower()] = release.number
    return numbers


def check_witness(
    releases: Sequence[Release], evidence: CollectedEvidence, witness: str
) -> Iterator[Discrepancy]:
    """Yield where a digest or check code kept outside is that of no release.

    Else what it stood for was cut off or rewritten.
    """
    if not witnessed_number(releases, evidence, witness):
        place = releases[-1].marks.number.location if releases else Location(RELEASES_FOLDER)
        message = Text(
            "Mã đối chứng không khớp đợt ban hành nào: chép nhầm mã, hoặc lịch sử đã bị cắt hay "
            "viết lại. Hãy xem lại mã ở nơi giữ; nếu mã đúng thì không ban hành gì thêm, và lấy "
            "lại kho từ bản sao lưu.",
            "The witness's digest is that of no release: it was copied wrongly, or the history "
            "was cut off or rewritten. Look at it again where it is kept; if it is right, issue "
            "nothing more, and get the repository back from a backup.",
        )
        yield Discrepancy("witness-differs", place, message)
