"""Answer every question of `verify/questions.py` for a manual, its releases and their evidence."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass, field, replace
from qmstool.i18n import Text
from qmstool.register.status import register
from qmstool.releases.record import release_path, sha256
from qmstool.verify.approval import approval_level, evidence_links
from qmstool.verify.context import NO_RELEASE, VerificationContext
from qmstool.verify.documents import answer_documents, replaced_take_overs
from qmstool.verify.links import chain_links
from qmstool.verify.questions import QUESTIONS
from qmstool.verify.seals import recorder_links
from qmstool.verify.signers import signer_links

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from qmstool.findings import Location
    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.register.effect import Life
    from qmstool.signatures.values import SignedPdf
    from qmstool.verify.context import Outcome
    from qmstool.verify.discrepancies import Discrepancy
    from qmstool.verify.documents import DocumentAnswer
    from qmstool.verify.evidence import CollectedEvidence
    from qmstool.verify.links import MissingLink

OUTCOMES: dict[Outcome, Text] = {
    "yes": Text("có", "yes"),
    "no": Text("không", "no"),
    "not-evidenced": Text("chưa có bằng chứng", "not evidenced"),
    "nothing": Text("không có gì để hỏi", "nothing to answer"),
}


# Questions about what releases put in force: without any there is nothing that they ask about.
OF_RELEASES = frozenset(
    {"bound", "approver", "proof", "asked", "approved-only", "effect", "known", "printed"}
    | {"obsolete"}
)


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
    """All answers, for a day: to each question, and of each document in force.

    `newest`: the digest of the newest release file, to be kept outside as a witness; "" without
    one. `missing_links`: which links of the argument are missing, by release; `levels`: what the
    best evidence for each release is worth, by its number; `signatures`: what was found inside PDF
    files of evidence, by path.
    """

    day: date
    newest: str
    answers: tuple[AnsweredQuestion, ...]
    missing_links: tuple[MissingLink, ...]
    levels: Mapping[int, Text]
    signatures: Mapping[str, SignedPdf] = field(default_factory=dict)
    documents: tuple[DocumentAnswer, ...] = ()
    replaced: tuple[Text, ...] = ()

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
    today: date | None = None,
    witness: str | None = None,
    trust: bytes | None = None,
    keys: frozenset[str] | None = None,
    entries: Life | None = None,
    documents: Mapping[str, Document] | None = None,
) -> Verification:
    """Answer every question, about what was in force on a day.

    `today`: the day of asking, `day` itself where it is None: an older day may be asked about, and
    what was recorded since is no record of a day to come. `witness`: a digest kept outside;
    `trust`: the signers of the first seal; `keys`: those of the questions to answer, None for all;
    `entries`, `documents`: of which recorded texts it is said how far they are proved, as for
    `answer_documents`.
    """
    statuses = register(manual, manual.releases, day)
    context = VerificationContext(manual, statuses, evidence, day, today or day, witness, trust)
    newest = ""
    if manual.releases:
        path = release_path(manual.releases[-1].number)
        newest = sha256(evidence.files.get(path, b""))
    answers = []
    for key, question, answer in QUESTIONS:
        if keys is not None and key not in keys:
            continue
        outcome, why, discrepancies = answer(context)
        if outcome == "not-evidenced" and not context.releases and key in OF_RELEASES:
            outcome, why = "nothing", NO_RELEASE
        answers.append(AnsweredQuestion(key, question, outcome, why, discrepancies))
    levels = {release.number: approval_level(release, evidence) for release in manual.releases}
    missing = _missing_links(context)
    found = evidence.signatures
    verification = Verification(day, newest, tuple(answers), missing, levels, found)
    return replace(
        verification,
        documents=answer_documents(
            context, verification.doubts, missing, levels, entries=entries, documents=documents
        ),
        replaced=replaced_take_overs(manual.releases),
    )


def _missing_links(context: VerificationContext) -> tuple[MissingLink, ...]:
    """What is missing of any record, in their order."""
    links = (
        *chain_links(context.standings, context.today),
        *signer_links(context.standings, context.evidence),
        *recorder_links(context.standings, context.evidence, context.manual.config),
        *evidence_links(context.releases, context.evidence, context.names),
    )
    return tuple(sorted(links, key=attrgetter("number")))
