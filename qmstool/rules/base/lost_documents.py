"""Tell why no document bears a code: its file could not be read, or bears another code.

In: a manual, and what its files left out. A code follows from another finding where

- it stands in the words of a file that ought to be a document and is none;
- it is the name of a document's file, while the document in it bears another code
  (`renamed-code` reports that);
- it is close to a code that does not fit its type's shape (`code-shape`).
"""

from __future__ import annotations

from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from qmstool.findings import NotChecked
from qmstool.manual.documents import MAIN_FILE
from qmstool.parsing.codes import fits_shape, fold_code
from qmstool.parsing.similar import nearest_name
from qmstool.rules.base.lost_lines import bare_words, stands_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.rules.base.lost_lines import LostLines

# How much of a Markdown file without readable front matter, in characters, may hold its code.
HEAD = 2000
# The slugs of what is reported of a file that should be a document and is none.
UNREAD = frozenset(
    {"no-front-matter", "broken-yaml", "missing-key", "unknown-key", "wrong-value", "not-utf8"}
)


class LostDocuments:
    """The documents that a manual ought to have."""

    def __init__(self, manual: Manual, lines: LostLines) -> None:
        self.manual = manual
        self._lines = lines

    def explains(self, name: str) -> bool:
        """Whether a document is missing because it could not be read, or bears another code."""
        if fold_code(name) in self.by_file_name or nearest_name(name, self._misshapen):
            return True
        return stands_in(name, self._unread)

    def cause_of(self, mark: LocatedText) -> NotChecked:
        """Return what is reported of a code that no document bears.

        That is the problem of the file that should bear it, or the code itself.
        """
        if self.explains(mark.text):
            for problem in self.manual.problems:
                if problem.violation.location.path.endswith(".md") and problem.slug in UNREAD:
                    return NotChecked.because_of(problem)
        return NotChecked("unknown-code", mark.location)

    @cached_property
    def by_file_name(self) -> Mapping[str, Document]:
        """Documents whose file is named after a code that none bears; by that code, folded."""
        renamed = {}
        for document in self.manual.documents.values():
            stem = fold_code(PurePosixPath(document.path).stem)
            if document.path != MAIN_FILE and stem not in self.manual.documents:
                renamed[stem] = document
        return renamed

    @cached_property
    def _misshapen(self) -> tuple[str, ...]:
        documents = self.manual.documents.values()
        return tuple(
            document.code for document in documents if has_misshapen_code(self.manual, document)
        )

    @cached_property
    def _unread(self) -> str:
        """The words of every file that ought to be a document and is none."""
        read = {document.path for document in (*self.manual.written_documents, *self.manual.filled)}
        parts = []
        for path, source in self.manual.sources.items():
            if not path.endswith(".md") or path in read:
                continue
            if path == MAIN_FILE or path.startswith("procedures/"):
                # What stands below a heading is cited there, and is no code of its own.
                data = source.text[:HEAD].partition("\n#")[0]
                parts.append(f"{PurePosixPath(path).stem} {data}")
        parts += [self._lines.words(path) for path in self._lines.broken if path.endswith(".md")]
        return bare_words(" ".join(parts))


def has_misshapen_code(manual: Manual, document: Document) -> bool:
    """Whether a document's code does not fit the shape of its type."""
    document_type = manual.config.types.get(document.type)
    if not document.code or document_type is None or document_type.code is None:
        return False
    return not fits_shape(document.code, document_type.code.text)
