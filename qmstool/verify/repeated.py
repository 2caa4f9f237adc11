"""Find one decision that was recorded for two releases.

What goes in: releases. What comes out: discrepancies, at the later record's evidence or number.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from qmstool.candidates.evidence import CANDIDATE, SIGNED_FILE
from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.register.effect import valid_releases
from qmstool.verify.discrepancies import Discrepancy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmstool.findings import Location
    from qmstool.manual.releases import Release

SAME_DECISION = Text(
    "Đợt {number} và đợt {other} ghi nhận cùng một văn bản. Ghi thừa thì ghi nhận lại với --mends.",
    "Releases {number} and {other} record the same paper. If one is too many, record again with "
    "--mends.",
)


def check_repeated(releases: Sequence[Release]) -> Iterator[Discrepancy]:
    """Yield each record of a decision, signed file or candidate that another one rests on.

    A record that a later one puts right is out of the comparison. At most one for a record.
    """
    first: dict[tuple[str, ...], int] = {}
    for release in valid_releases(releases):
        against = None
        for key, place in _papers(release):
            other = first.setdefault(key, release.number)
            if other != release.number and against is None:
                values = {"number": str(release.number), "other": str(other)}
                message = SAME_DECISION.fill(values)
                against = Discrepancy("recorded-twice", place, message)
        if against:
            yield against


def _papers(release: Release) -> Iterator[tuple[tuple[str, ...], Location]]:
    """What names the paper that a release rests on, each with its place."""
    instrument = release.instrument
    if instrument and instrument.number not in {"", UNKNOWN}:
        number = "".join(unicodedata.normalize("NFC", instrument.number).casefold().split())
        key = ("number", instrument.kind, number, str(instrument.date))
        yield key, release.marks.number.location
    for proof in release.evidence:
        if proof.kind in {CANDIDATE, SIGNED_FILE} and proof.digest:
            yield ("file", proof.digest), proof.digest_mark.location
