"""Answer every question of `verify/questions.py` for a manual, its releases and their evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.i18n import Text
from qmstool.register.status import register
from qmstool.releases.record import release_path, sha256
from qmstool.verify.context import VerificationContext
from qmstool.verify.questions import QUESTIONS

if TYPE_CHECKING:
    from datetime import date

    from qmstool.findings import Location
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
    """One question with its answer: why, and the discrepancies that speak against.

    `doubts` is their name in the JSON report and in templates, and stays.
    """

    key: str
    question: Text
    outcome: Outcome
    why: Text
    doubts: tuple[Discrepancy, ...] = ()


def _by_place(discrepancy: Discrepancy) -> tuple[Location, str]:
    return discrepancy.location, discrepancy.slug


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
        """Every discrepancy, each once, by place."""
        doubts: dict[Discrepancy, None] = {}
        for answer in self.answers:
            doubts |= dict.fromkeys(answer.doubts)
        return tuple(sorted(doubts, key=_by_place))

    @property
    def holds(self) -> bool:
        """Whether no question was answered «no»: the exit status for CI."""
        return all(answer.outcome != "no" for answer in self.answers)


def verify(
    manual: Manual,
    evidence: CollectedEvidence,
    day: date,
    *,
    witness: str | None = None,
    trust: bytes | None = None,
) -> Verification:
    """Answer every question.

    `witness`: a digest kept outside; `trust`: the signers of the first seal.
    """
    statuses = register(manual, manual.releases, day)
    context = VerificationContext(manual, statuses, evidence, day, witness, trust)
    newest = ""
    if manual.releases:
        path = release_path(manual.releases[-1].number)
        newest = sha256(evidence.files.get(path, b""))
    answers = []
    for key, question, answer in QUESTIONS:
        outcome, why, discrepancies = answer(context)
        answers.append(AnsweredQuestion(key, question, outcome, why, discrepancies))
    return Verification(day, newest, tuple(answers))
