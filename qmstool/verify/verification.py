"""A manual, its releases and what proves them → every question of `qmstool.verify.questions` answered yes, no or not evidenced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.i18n import Text
from qmstool.register.status import register
from qmstool.releases import record as release
from qmstool.verify.context import VerificationContext
from qmstool.verify.questions import QUESTIONS

if TYPE_CHECKING:
    from datetime import date

    from qmstool.manual.model import Manual
    from qmstool.verify.context import Outcome
    from qmstool.verify.discrepancies import Discrepancy
    from qmstool.verify.evidence import CollectedEvidence

OUTCOMES: dict[Outcome, Text] = {
    "yes": Text("có", "yes"),
    "no": Text("không", "no"),
    "not-evidenced": Text("chưa có bằng chứng", "not evidenced"),
}


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """One question with its answer: why, and the doubts that speak against."""

    key: str
    question: Text
    outcome: Outcome
    why: Text
    doubts: tuple[Discrepancy, ...] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """All answers, for a day.

    `newest`: the digest of the newest release file, to be kept outside as a witness; "" without
    one.
    """

    day: date
    newest: str
    answers: tuple[AnsweredQuestion, ...]

    @property
    def doubts(self) -> tuple[Discrepancy, ...]:
        """Every doubt, each once, by place."""
        found = dict.fromkeys(doubt for answer in self.answers for doubt in answer.doubts)
        return tuple(sorted(found, key=lambda doubt: (doubt.location, doubt.slug)))

    @property
    def holds(self) -> bool:
        """Whether no question was answered «no»: the exit status for CI."""
        return all(answer.outcome != "no" for answer in self.answers)


def verify(
    manual: Manual,
    vault: CollectedEvidence,
    day: date,
    *,
    witness: str | None = None,
    trust: bytes | None = None,
) -> Verification:
    """Answer every question."""
    case = VerificationContext(
        manual, register(manual, manual.releases, day), vault, day, witness, trust
    )
    newest = (
        release.sha256(vault.files.get(release.release_path(manual.releases[-1].number), b""))
        if manual.releases
        else ""
    )
    return Verification(
        day,
        newest,
        tuple(AnsweredQuestion(key, question, *ask(case)) for key, question, ask in QUESTIONS),
    )
