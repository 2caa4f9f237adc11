"""Give a section another number: its heading, those below it, and every citation of them.

What goes in: a manual, its references, the document, the old number and the new one. What comes
out: a `Change`. What releases hold is never changed. Pure, but for reading the files.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from qmstool.i18n import QmsError, Text
from qmstool.manual.documents import MAIN_FILE
from qmstool.manual.loading.loader import load
from qmstool.parsing.markdown.headings import number_of
from qmstool.parsing.similar import not_found_error
from qmstool.scaffold.changes import Change, Edits, TreeAfterChange, lead_links

if TYPE_CHECKING:
    from collections.abc import Callable

    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.manual.text_files import Section
    from qmstool.references.model import Reference, References
    from qmstool.storage.tree import Tree

NO_NUMBER = Text(
    "«{number}» không phải số mục. Viết như ở tiêu đề: 5.2, hay II.",
    "«{number}» is no section number. Write it as a heading has it: 5.2, or II.",
)
TAKEN = Text(
    "Đã có mục {number} «{title}». Hãy đổi số mục ấy trước.",
    "There is a section {number} «{title}» already. Renumber that one first.",
)


class _Renumbering:
    """The numbers of one document that change: the one named, and those below it."""

    def __init__(self, document: Document, old: str, new: str) -> None:
        self.document = document
        self.old = old
        self.new = new

    def number(self, number: str) -> str | None:
        """Return what a number becomes, None where it stays."""
        if number == self.old or number.startswith(f"{self.old}."):
            return self.new + number[len(self.old) :]
        return None


def renumber_section(
    manual: Manual,
    references: References,
    document: Document,
    old: str,
    new: str,
    tree: Tree,
) -> Change:
    """Return the change that gives a section and those below it another number.

    A file of the manual that is named by the number takes the new name. Raises QmsError for numbers
    that cannot be.
    """
    _refuse_what_cannot_be(document, old, new)
    numbers = _Renumbering(document, old, new)
    edits = Edits()
    moves: dict[str, str] = {}
    for section in document.sections:
        changed = numbers.number(section.number) if section.number else None
        if changed is not None:
            _mend_heading(edits, section, changed)
            moves |= _move(section, changed)
    _mend_citations(edits, references, numbers)
    if document.path == MAIN_FILE:
        _mend_mapping(edits, manual, numbers)
    so_far = Change(edits.apply(tree.read), moves)
    lead_links(edits, references.all, moves, _new_anchors(document, so_far, tree))
    return Change(edits.apply(tree.read), moves)


def _refuse_what_cannot_be(document: Document, old: str, new: str) -> None:
    for number in (old, new):
        if number_of(f"{number}. X")[0] != number:
            raise QmsError(NO_NUMBER.fill({"number": number}))
    if old not in document.by_number:
        raise not_found_error(old, Text("mục", "section"), document.by_number)
    taken = document.by_number.get(new)
    if taken is not None and not new.startswith(f"{old}."):
        raise QmsError(TAKEN.fill({"number": new, "title": taken.title}))


def _mend_heading(edits: Edits, section: Section, number: str) -> None:
    source = section.file.source
    start, end = section.heading.start, section.heading.end
    found = _find_number(section.number, source.text[start:end])
    if found is not None:
        place = source.locate(start + found.start(), start + found.end())
        edits.add(place, number)


def _move(section: Section, number: str) -> dict[str, str]:
    folder, name = posixpath.split(section.file.path)
    if name != f"{section.number}.md":
        return {}
    return {section.file.path: posixpath.join(folder, f"{number}.md")}


def _mend_citations(edits: Edits, references: References, numbers: _Renumbering) -> None:
    for reference in references.all:
        part = reference.part
        if part is None or part.kind != "section" or part.owner != numbers.document.key:
            continue
        changed = numbers.number(part.number)
        found = _find_number(part.number, reference.words)
        if changed is not None and found is not None:
            start = reference.start + found.start()
            place = reference.file.source.locate(start, start + len(part.number))
            edits.add(place, changed)


def _find_number(number: str, words: str) -> re.Match[str] | None:
    """Find a number that stands by itself; the letters of a Roman one are in many a word."""
    letter = r"\d" if number[0].isdigit() else r"\w"
    return re.search(rf"(?<![{letter}.]){re.escape(number)}(?!{letter}|\.\d)", words)


def _new_anchors(
    document: Document, change: Change, tree: Tree
) -> Callable[[Reference], str | None]:
    """Return what gives a link its new anchor, read from the text as it will be."""
    after = load(TreeAfterChange(tree, change)).documents[document.key]
    pairs = zip(document.sections, after.sections, strict=True)
    changed = {old.anchor: new.anchor for old, new in pairs if old.anchor != new.anchor}

    def anchor(link: Reference) -> str | None:
        target = link.target
        if target is None or target.kind != "section" or target.key != document.key:
            return None
        return changed.get(target.anchor)

    return anchor


def _mend_mapping(edits: Edits, manual: Manual, numbers: _Renumbering) -> None:
    """Change the sections that the mappings name, an anchor behind the number kept."""
    for coverage in manual.coverage.values():
        for row in coverage.rows.values():
            if row.section is None:
                continue
            number, sign, anchor = row.section.text.partition("#")
            changed = numbers.number(number)
            if changed is not None:
                edits.add(row.section.location, f'"{changed}{sign}{anchor}"')
