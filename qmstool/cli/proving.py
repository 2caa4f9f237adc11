"""Ask `verify` how far recorded texts are proved, for whoever shows them: one decision, one word.

What goes in: a manual with its past, what the user trusts, and which texts. What comes out: the
verification, or for each text a word: proved, contradicted, not evidenced, not asked.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from qmstool.cli import console
from qmstool.cli.trusted import read_trusted, read_witness, with_signatures
from qmstool.git.absence import AbsenceError, is_refusal, require_newest_commit
from qmstool.i18n import Text, join_texts
from qmstool.verify.documents import PROVEN
from qmstool.verify.evidence import collect_evidence
from qmstool.verify.verification import verify

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Mapping
    from datetime import date

    from qmstool.cli.context import HistoryContext
    from qmstool.manual.documents import Document
    from qmstool.register.effect import Life
    from qmstool.verify.documents import DocumentAnswer
    from qmstool.verify.verification import Verification

WHY = Text(
    "Kiểm chứng các bản ghi: {sum}. Lý do từng bản ghi: qmstool verify.",
    "The records, verified: {sum}. The reasons, record by record: qmstool verify.",
)
ASK = Text(
    "Ai giữ khóa, chứng thư tin cậy hay mã đối chứng thì hỏi bằng --trust, --witness.",
    "Whoever keeps a trusted key, a certificate or a witness code asks by --trust, --witness.",
)
NOT_HERE = Text(
    "Chưa hỏi được các bản ghi có được chứng minh hay không: {why}",
    "Whether the records are proved could not be asked: {why}",
)


def ask(
    options: argparse.Namespace,
    context: HistoryContext,
    day: date,
    *,
    own: bool = True,
    keys: frozenset[str] | None = None,
    entries: Life | None = None,
    documents: Mapping[str, Document] | None = None,
) -> Verification:
    """Return what `verify` answers about a day, by what the options name as trusted.

    `own`: this user's own folder counts where they name nothing; the others as for `verify`. Raises
    AbsenceError where this clone is without a text that another has.
    """
    manual = context.manual
    evidence = collect_evidence(context.tree, manual.releases, context.repository, context.history)
    witness = None if options.witness is None else read_witness(options.witness)
    trusted, signers = read_trusted(options.trust, own=own)
    evidence = with_signatures(evidence, manual, trusted, context.today)
    answers = verify(
        manual,
        evidence,
        day,
        today=context.today,
        witness=witness,
        trust=signers,
        keys=keys,
        entries=entries,
        documents=documents,
    )
    if not answers.holds and context.repository:
        require_newest_commit(context.repository.folder)
    return answers


def prove(
    options: argparse.Namespace,
    context: HistoryContext,
    day: date,
    entries: Life,
    *,
    documents: Mapping[str, Document] | None = None,
    own: bool = True,
) -> tuple[DocumentAnswer, ...]:
    """Return how far some recorded texts are proved; () where this clone cannot tell: that is said.

    What is not proved is counted in a note, with where the reasons stand. Raises AbsenceError where
    git cannot read the repository at all.
    """
    try:
        answers = ask(options, context, day, own=own, entries=entries, documents=documents)
    except AbsenceError as error:
        if is_refusal(error):
            raise
        why = error.text.get(context.lang)
        console.print_note(NOT_HERE.fill({"why": why}), context.lang)
        return ()
    told = note_of(answers.documents)
    if told is not None:
        console.print_note(told, context.lang)
    return answers.documents


def note_of(answers: Iterable[DocumentAnswer]) -> Text | None:
    """Return what to say of texts that are not all proved, and where to ask; None where all are."""
    counts = Counter(answer.proven for answer in answers)
    if not set(counts) - {"proved"}:
        return None
    parts = []
    for proven, word in PROVEN.items():
        if counts[proven]:
            count = str(counts[proven])
            parts.append(Text(f"{count} {word.vi}", f"{count} {word.en}"))
    note = WHY.fill({"sum": join_texts(" · ", parts)})
    return join_texts(" ", [note, ASK]) if counts["not-asked"] else note


def words_of(answers: Iterable[DocumentAnswer]) -> dict[tuple[str, int], Text]:
    """Return the word for each text, by document and release."""
    return {(answer.key, answer.release): PROVEN[answer.proven] for answer in answers}
