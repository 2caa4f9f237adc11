"""Gather what goes onto paper: the manual at hand or of a day, the tables in front of a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.cli.proving import prove
from qmstool.export.sheets import OF_RECORD, SheetWriter
from qmstool.i18n import QmsError, Text, join_texts
from qmstool.manual.loading.loader import load
from qmstool.register.candidates import submitted_documents
from qmstool.register.effect import items_by_key, known_releases, valid_releases
from qmstool.register.status import register
from qmstool.register.versions import life_blobs
from qmstool.releases.exported import ExportedText
from qmstool.releases.record import check_code, digest_document, digest_documents
from qmstool.tables.change_table import change_table
from qmstool.verify.documents import PROVEN

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Mapping
    from datetime import date

    from qmstool.cli.context import HistoryContext
    from qmstool.export.sheets import Paper
    from qmstool.i18n import Lang
    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.register.status import Register
    from qmstool.storage.tree import Tree
    from qmstool.tables.registers import Table
    from qmstool.verify.documents import DocumentAnswer

NOTHING_IN_FORCE = Text(
    "Ngày {day} chưa có văn bản nào được ghi nhận có hiệu lực.",
    "On {day} no text is recorded as in force.",
)


def manual_at(context: HistoryContext, day: date | None) -> tuple[Manual, Register, Tree]:
    """Return the manual, its register and its texts: at hand, or in force on a day."""
    manual = context.manual
    if day is None:
        return manual, draft_register(manual, context.tree, context.today), context.tree
    pinned = context.texts_in_force(manual.releases, day)
    if "qms.yml" not in pinned.list():
        raise QmsError(NOTHING_IN_FORCE.fill({"day": day.isoformat()}))
    past = load(pinned)
    return past, register(past, manual.releases, day, tip=manual), pinned


def draft_register(manual: Manual, tree: Tree, day: date) -> Register:
    """Return how documents stand on a day whose texts lie in a tree, whether in force or not."""
    return register(
        manual,
        manual.releases,
        day,
        digests=digest_documents(manual, tree.read),
        submitted=submitted_documents(manual),
    )


def change_tables(
    context: HistoryContext, documents: list[Document], day: date | None, lang: Lang | None = None
) -> dict[str, Table]:
    """Return the change table of each document by key, as it was known on a day, else now."""
    releases = context.manual.releases
    if day is not None:
        releases = known_releases(releases, day)
    recorded = items_by_key(valid_releases(releases))
    lives = {document.key: recorded.get(document.key, ()) for document in documents}
    wanted = [blob for life in lives.values() for blob in life_blobs(life)]
    blobs = context.texts_of_blobs(wanted)
    return {
        key: change_table(
            context.manual, life, day or context.today, lang or context.readers, blobs=blobs
        )
        for key, life in lives.items()
        if life
    }


def document_paper(
    context: HistoryContext,
    manual: Manual,
    standing: Register,
    tree: Tree,
    document: Document,
    day: date | None,
    lang: Lang | None = None,
    proofs: Mapping[str, Text] | None = None,
) -> Paper:
    """Return the paper of one document; `day`: that of the text in force, None for what lies here.

    `manual`, `standing` and `tree` are those of `manual_at`, or of another version; `proofs` those
    of `proofs_on_paper`.
    """
    changes = change_tables(context, [document], day, lang)
    writer = SheetWriter(manual, standing, lang or context.readers, proofs=proofs)
    return writer.documents([document], tree, changes, whole=False)


def proofs_on_paper(
    options: argparse.Namespace,
    context: HistoryContext,
    standing: Register,
    documents: Iterable[Document],
) -> dict[str, Text]:
    """Return by key what a paper says of the records of some documents, as `verify` answers.

    Of a draft it says nothing. A paper is the same on every machine: only what the options name is
    trusted, not what lies in this user's own folder.
    """
    entries = []
    known = {document.key: document for document in documents}
    for key in known:
        status = standing.statuses[key]
        release = standing.release_of(status)
        if release is not None and status.item is not None and not status.changed:
            entries.append((release, status.item))
    if not entries:
        return {}
    answers = prove(options, context, context.today, tuple(entries), documents=known, own=False)
    return dict(map(told_on_paper, answers))


def told_on_paper(answer: DocumentAnswer) -> tuple[str, Text]:
    """Return the key of a document, and what a paper says of its record."""
    return answer.key, proof_of_record(PROVEN[answer.proven], answer.release)


def proof_of_record(word: Text, release: int) -> Text:
    """Return what a paper says of a record, by the word for how far it is proved."""
    return join_texts(" ", [word, OF_RECORD.fill({"number": str(release)})])


def name_text(
    context: HistoryContext, document: Document, tree: Tree, standing: Register, *, in_force: bool
) -> ExportedText:
    """Return by what an exported text is found again when its file comes back."""
    return ExportedText(
        key=document.key,
        code=check_code(digest_document(document, tree.read)),
        commit=context.repository.head if context.repository else "",
        day=standing.day.isoformat(),
        lang=context.readers,
        in_force=in_force,
    )
