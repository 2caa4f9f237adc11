"""Give a document another code: in its front matter, the data, and every text that names it.

What goes in: a manual, its references, the document and its new code. What comes out: a `Change`.
What releases and candidates hold is never changed: they say what was so. Pure.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from qmstool.i18n import QmsError, Text
from qmstool.parsing.codes import fold_code, shape_pattern
from qmstool.parsing.spans import Spans
from qmstool.scaffold.changes import Change, Edits, lead_links
from qmstool.scaffold.new_document import TAKEN, read_code_of_type, refuse_other_shape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.parsing.source import SourceFile
    from qmstool.references.model import Reference, References

RECORDED = "releases/"
DATA = (".yml", ".yaml")
_FRONT_MATTER = re.compile(r"---\n.*?\n---(?:\n|\Z)", re.DOTALL)
_FILE_NAME = re.compile(r"\.[a-z][a-z0-9]{1,4}\b")  # what follows a code in the name of a file
_CODE_LINE = re.compile(r"^code:[^\n]*\n", re.MULTILINE)
_REPLACES = re.compile(r"^replaces:[ \t]*\[([^\]\n]*)\]", re.MULTILINE)

SAME = Text("Mã mới giống mã cũ.", "The new code is the old one.")


def rename_document(
    manual: Manual,
    references: References,
    document: Document,
    new: str,
    read: Callable[[str], bytes],
) -> Change:
    """Return the change that gives a document another code.

    Its file takes the new name where the old one bore the old code. Where a release has recorded
    the old code, it is kept under `replaces`. Raises QmsError for a code that cannot be.
    """
    new = read_code_of_type(manual, document.type, new)
    _refuse_what_cannot_be(manual, document, new)
    edits = Edits()
    moves = _moves(document, new)
    for file in (file for other in manual.documents.values() for file in other.files):
        found = references.of(file.path)
        lead_links(edits, found, moves, lambda _: None)
        for reference, words in _renamed(manual, found, document, new):
            edits.add(reference.location, words)
        _mend_words(edits, file.source, document, new, list(found))
    for path, source in manual.sources.items():
        if path.endswith(DATA) and not path.startswith(RECORDED):
            _mend_words(edits, source, document, new, [])
    _keep_old_code(edits, manual, document)
    texts = edits.apply(read)
    own = {document.path: texts.pop(document.path)} if document.path in texts else {}
    return Change(texts | own, moves)


def _refuse_what_cannot_be(manual: Manual, document: Document, new: str) -> None:
    if new == document.code:
        raise QmsError(SAME)
    other = manual.document(new)
    if other is not None and other.key != document.key:
        raise QmsError(TAKEN.fill({"code": new, "title": other.title}))
    refuse_other_shape(manual.config.types.get(document.type), document.type, new)


def _moves(document: Document, new: str) -> dict[str, str]:
    folder, name = posixpath.split(document.path)
    stem, suffix = posixpath.splitext(name)
    if fold_code(stem) != document.key:
        return {}
    return {document.path: posixpath.join(folder, fold_code(new) + suffix)}


def _renamed(
    manual: Manual, found: Iterable[Reference], document: Document, new: str
) -> Iterator[tuple[Reference, str]]:
    """Yield citations by code that change, with their new words.

    «QT VP 01, 09» names QT VP 09 by its number alone: what follows a renamed code so is written
    out, since the words before it now say something else.
    """
    before_changed = False
    for reference in found:
        in_file_name = _FILE_NAME.match(reference.file.source.text, reference.end)
        if reference.kind != "code" or in_file_name:
            continue
        cited = manual.documents.get(reference.target.key) if reference.target else None
        if cited is document:
            yield reference, new
            before_changed = True
        elif reference.by_end and before_changed:
            yield reference, cited.code if cited else reference.words
        else:
            before_changed = False


def _mend_words(
    edits: Edits, source: SourceFile, document: Document, new: str, found: list[Reference]
) -> None:
    """Change the code wherever it stands, addresses and what another code continues apart."""
    links = Spans((ref.start, ref.end) for ref in found if ref.kind in {"link", "image"})
    for match in _pattern(document).finditer(source.text):
        start, end = match.span()
        if links.meets(start, end):
            continue
        is_key = "-" in match[0] and match[0] == fold_code(match[0])
        edits.add(source.locate(start, end), fold_code(new) if is_key else new)


def _pattern(document: Document) -> re.Pattern[str]:
    code = shape_pattern(document.code or document.key)
    return re.compile(rf"(?<![\w./-])(?:{code})(?![\w]|[.-]\w)", re.IGNORECASE)


def _keep_old_code(edits: Edits, manual: Manual, document: Document) -> None:
    """Write the old code under `replaces`, where a release has recorded it."""
    issued = any(item.key == document.key for release in manual.releases for item in release.items)
    source = document.files[0].source
    front = _FRONT_MATTER.match(source.text)
    if not issued or front is None:
        return
    listed = _REPLACES.search(front[0])
    if listed is not None:
        place = source.locate(listed.end() - 1, listed.end() - 1)
        comma = ", " if listed[1].strip() else ""
        edits.add(place, f'{comma}"{document.code}"')
        return
    line = _CODE_LINE.search(front[0])
    if line is not None:
        edits.add(source.locate(line.end(), line.end()), f'replaces: ["{document.code}"]\n')
