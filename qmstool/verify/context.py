"""What an auditor's question may look at, and the ways in which it is answered: yes, no, or not evidenced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from qmstool.frozen import dataclass
from qmstool.i18n import Text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from qmstool.manual.model import Manual
    from qmstool.manual.releases import Release
    from qmstool.register.status import Register, Standing
    from qmstool.verify.discrepancies import Doubt
    from qmstool.verify.evidence import Vault

Outcome = Literal["yes", "no", "not-evidenced"]


@dataclass(frozen=True, slots=True)
class Case:
    """What every question may look at.

    `witness`: a digest kept outside; `trust`: the signers of the first seal.
    """

    manual: Manual
    register: Register
    vault: Vault
    day: date
    witness: str | None
    trust: bytes | None

    @property
    def releases(self) -> tuple[Release, ...]:
        """Every release file, wrong ones included."""
        return self.manual.releases

    @property
    def in_force(self) -> tuple[Standing, ...]:
        """What people work by."""
        return tuple(each for each in self.register.standings.values() if each.in_force)

    @property
    def grounds(self) -> tuple[Release, ...]:
        """The releases that what is in force rests on."""
        return tuple(
            dict.fromkeys(
                found for each in self.in_force if (found := self.register.release_of(each))
            )
        )


# Doubts about texts that nobody can read any more, or soon.
LOST = frozenset({"text-missing", "text-unkept"})
Verdict = tuple[Outcome, Text, tuple["Doubt", ...]]


def verdict(found: Iterable[Doubt], good: Text, lacking: Text | None = None) -> Verdict:
    """Return «no» for any doubt, else «not evidenced» for anything lacking, else «yes»."""
    against = tuple(found)
    if against:
        count = str(len(against))
        return (
            "no",
            Text("Có {n} điểm không khớp.", "Points that do not fit: {n}.").fill({"n": count}),
            against,
        )
    return ("not-evidenced", lacking, ()) if lacking else ("yes", good, ())


NOTHING = Text("Chưa ghi nhận đợt ban hành nào.", "No release has been recorded.")
IMPORTED = Text(
    "{n} tài liệu đang theo bản nhập, chưa có bằng chứng phê duyệt.",
    "Documents on an imported baseline, approval not evidenced: {n}.",
)


def unapproved(case: Case) -> Text | None:
    """Return what is lacking where texts in force rest on no recorded approval."""
    if not case.in_force:
        return NOTHING
    imported = sum(each.state == "imported" for each in case.in_force)
    return IMPORTED.fill({"n": str(imported)}) if imported else None
