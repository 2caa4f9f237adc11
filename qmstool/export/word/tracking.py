"""Mark in Word what went and came: by whom, when, and why.

What goes in: what became of something, and who did it. What comes out: the mark around it, and a
comment where an author gave a reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qmstool.export.word.xml import printable

if TYPE_CHECKING:
    from qmstool.export.word.revisions import Author
    from qmstool.export.word.xml import Elements

COMMENT_SIGN = "qmstool"  # initials of the comments that give reasons


class TrackedChanges:
    """The changes of one document.

    `document`: python-docx's, for comments; `author`: of the changes that name none.
    """

    def __init__(self, document: Any, elements: Elements, author: Author) -> None:
        self._make = elements.make
        self._name = elements.name
        self._document = document
        self._author = author
        self._ids = 0
        self._by: dict[Any, Author] = {}  # who made each change that was written
        self._told: set[Author] = set()  # whose reason stands at the paragraph before

    def mark(self, kind: str, author: Author | None) -> Any:
        """Return the mark of a change, by its author, else by whoever made the file."""
        self._ids += 1
        by = author or self._author
        element = self._make(f"w:{kind}", id=str(self._ids), author=by.name, date=by.moment)
        self._by[element] = by
        return element

    def within_move(
        self, kind: str, move: str, made: list[Any], author: Author | None
    ) -> list[Any]:
        """Return runs between the two ends of a move; `move`: what names it at both its places."""
        start = self.mark(f"{kind}RangeStart", author)
        start.set(self._name("w:name"), move)
        end = self._make(f"w:{kind}RangeEnd", id=start.get(self._name("w:id")))
        return [start, *made, end]

    def with_reasons(self, runs: list[Any]) -> list[Any]:
        """Return runs with a comment on the first change of each author that gave a reason.

        Paragraphs that follow one another with changes of one author have one comment.
        """
        made: list[Any] = []
        told: set[Author] = set()
        for run in runs:
            by = self._by.get(run)
            if by is None or not by.reason or by in self._told or by in told:
                made.append(run)
            else:
                made += self._commented(run, by)
            if by is not None:
                told.add(by)
        self._told = told
        return made

    def _commented(self, run: Any, by: Author) -> list[Any]:
        comment = self._document.comments.add_comment(
            printable(by.reason), printable(by.name), COMMENT_SIGN
        )
        element = comment._comment_elm  # noqa: SLF001 - python-docx's way to its XML
        element.set(self._name("w:date"), by.moment)
        number = element.get(self._name("w:id"))
        reference = self._make("w:r")
        reference.append(self._make("w:commentReference", id=number))
        start = self._make("w:commentRangeStart", id=number)
        return [start, run, self._make("w:commentRangeEnd", id=number), reference]
