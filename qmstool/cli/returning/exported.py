"""Find the text that a Word file was exported from: in the folder, in the history, by its words."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, cast

from qmstool.cli import papers
from qmstool.export.word.document import as_docx
from qmstool.frozen import dataclass
from qmstool.git.absence import is_refusal
from qmstool.i18n import QmsError, Text
from qmstool.importing.returning.shown import squeeze
from qmstool.importing.word.reader import read_word
from qmstool.manual.loading.loader import load
from qmstool.parsing.codes import fold_code
from qmstool.register.status import register
from qmstool.register.versions import life_of
from qmstool.releases.exported import ExportedText
from qmstool.releases.record import check_code, digest_document
from qmstool.storage.pinned_tree import commit_tree
from qmstool.storage.tree import ChangedTree
from qmstool.tables.registers import PROOF
from qmstool.verify.documents import PROVEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from qmstool.cli.context import HistoryContext
    from qmstool.i18n import Lang
    from qmstool.importing.blocks import Source
    from qmstool.importing.returning.word_file import ReturnedFile
    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.register.effect import Life
    from qmstool.storage.tree import Tree

MOST_COMMITS = 200  # of a document, that are looked into for the text of a file that came back

WHICH = Text(
    "Không rõ «{name}» là tài liệu nào: tệp không còn mã trong thuộc tính, đầu trang và tên tệp. "
    "Hãy đặt tên tệp theo mã, ví dụ «{example}.docx».",
    "Which document «{name}» is nothing says: its properties, page header and name bear no code. "
    "Name the file by the code, for example «{example}.docx».",
)
BY_WORDS = Text(
    "«{name}»: không tìm thấy đúng bản đã xuất trong kho; so từng chữ với bản mới nhất. Chỗ nào "
    "bản nháp đã sửa sau khi xuất sẽ hiện như bị sửa ngược lại: hãy đọc kỹ.",
    "«{name}»: the text that it was exported from is not in the repository; it is compared with "
    "the newest one by its words. What the draft changed since shows as changed back: read it.",
)


@dataclass(frozen=True, slots=True)
class ExportedVersion:
    """A version of a document, with all that it takes to export it again.

    `day`: that of the text in force, None for a draft; `found`: whether it is what was exported,
    and not the newest text in its place; `proofs`: as of `papers.proofs_on_paper`.
    """

    manual: Manual
    document: Document
    tree: Tree
    day: date | None
    standing_day: date
    lang: Lang
    found: bool
    proofs: Mapping[str, Text]

    def read_as_word(self, context: HistoryContext, changes: Mapping[str, bytes]) -> Source:
        """Return what its Word form holds, with changes made to its files first."""
        tree: Tree = ChangedTree(self.tree, changes) if changes else self.tree
        manual = load(tree) if changes else self.manual
        document = manual.documents[self.document.key]
        # As it stood then: that changes make a draft of it is no change of its text.
        if self.day is None:
            standing = papers.draft_register(self.manual, self.tree, self.standing_day)
        else:
            releases = context.manual.releases
            standing = register(self.manual, releases, self.day, tip=context.manual)
        paper = papers.document_paper(
            context, manual, standing, tree, document, self.day, self.lang, self.proofs
        )
        return read_word(as_docx(paper, self.standing_day), document.name)


def find_document(context: HistoryContext, file: ReturnedFile, stem: str) -> Document:
    """Return the document that a file is of: by its properties, its header, its name."""
    documents = context.manual.documents
    if file.named is not None and file.named.key in documents:
        return documents[file.named.key]
    held = [document for document in documents.values() if document.held]
    if file.code:
        for document in held:
            if check_code(digest_document(document, context.tree.read)) == file.code:
                return document
    for words in (file.header, stem):
        folded = fold_code(words)
        named = [document for document in held if document.code and _names(folded, document.key)]
        if named:
            return max(named, key=lambda document: len(document.key))
    example = held[0].name if held else "QT-01"
    raise QmsError(WHICH.fill({"name": file.source.name, "example": example}))


def _names(folded: str, key: str) -> bool:
    """Whether folded words name a key, and not a longer one that begins or ends like it."""
    return re.search(rf"(?<!\w){re.escape(key)}(?!\w)", folded) is not None


def find_version(
    root: Path, context: HistoryContext, file: ReturnedFile, document: Document
) -> ExportedVersion:
    """Return the version that a file was exported from, else the newest one."""
    named = file.named or ExportedText(document.key, file.code)
    code, day = named.code, context.today
    if named.day:
        day = date.fromisoformat(named.day)
    lang: Lang = context.manual.page_language
    if named.lang in {"vi", "en"}:
        # Older exports could be in another language than the manual's.
        lang = cast("Lang", named.lang)
    in_force = day if named.in_force else None
    life = life_of(context.manual.releases, document.key)
    proofs = _proofs_on(file, life, lang)
    for manual, tree in _versions(root, context, document, named.commit):
        known = manual.documents.get(document.key)
        if known is not None and code and check_code(digest_document(known, tree.read)) == code:
            return ExportedVersion(
                manual, known, tree, in_force, day, lang, found=True, proofs=proofs
            )
    return ExportedVersion(
        context.manual,
        document,
        context.tree,
        None,
        day,
        lang,
        found=False,
        proofs=proofs,
    )


def _proofs_on(file: ReturnedFile, life: Life, lang: Lang) -> dict[str, Text]:
    """Return what was told of the record of a text on its paper, by what the file says now.

    What was trusted then, nobody knows here.
    """
    lines = {squeeze(block.text) for block in file.source.blocks}
    label = PROOF[1].get(lang)
    for release, item in life:
        for word in PROVEN.values():
            proof = papers.proof_of_record(word, release.number)
            if squeeze(f"{label}: {proof.get(lang)}") in lines:
                return {item.key: proof}
    return {}


def _versions(
    root: Path, context: HistoryContext, document: Document, commit: str
) -> Iterator[tuple[Manual, Tree]]:
    """Yield the versions of a manual that may be the one: at hand, named, recorded, of the past."""
    yield context.manual, context.tree
    repository = context.repository
    if repository is None or context.history is None:
        return
    commits = [commit] if commit else []
    for file in document.files:
        commits += [touch.commit.id for touch in context.history.life(file.path)]
    for revision in list(dict.fromkeys(commits))[:MOST_COMMITS]:
        try:
            tree = commit_tree(root, revision)
            yield load(tree), tree
        except QmsError as error:
            if is_refusal(error):
                raise
            continue  # a commit that this clone does not hold
    for release, item in life_of(context.manual.releases, document.key):
        tree = context.proved_tree({pin.path: pin.blob for pin in (*release.basis, *item.files)})
        if not tree.missing():
            yield load(tree), tree
