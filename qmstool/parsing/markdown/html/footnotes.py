"""Number footnotes in the order of their first call and write them at the end of the text."""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING, Any

from qmstool.parsing.markdown import containers as tree
from qmstool.parsing.markdown.inlines import FootnoteReference
from qmstool.parsing.markdown.plain import walk
from qmstool.parsing.markdown.walking import lines_of, within

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qmstool.parsing.markdown.containers import Block, FootnoteDefinition
    from qmstool.parsing.markdown.document import MarkdownDocument


class NumberedNotes:
    """The footnotes of some blocks: those that they call, in that order."""

    def __init__(self, notes: list[FootnoteDefinition], prefix: str) -> None:
        self._notes = notes
        self._numbers = {note.label.casefold(): at for at, note in enumerate(notes, 1)}
        self._prefix = prefix
        self._calls: dict[int, int] = {}

    def call(self, reference: FootnoteReference) -> str:
        """Return the HTML of a call; the first of a note has the id that its way back leads to."""
        number = self._numbers.get(reference.label.casefold())
        if number is None:
            return ""
        count = self._calls[number] = self._calls.get(number, 0) + 1
        name = f"fnref-{self._prefix}{number}" + (f"-{count}" if count > 1 else "")
        href = f"#fn-{self._prefix}{number}"
        return f'<sup id="{name}"><a class="footnote-ref" href="{href}">{number}</a></sup>'

    def parts(self) -> Iterator[Any]:
        """Yield the list of the notes in pieces and nodes; nothing where there are none."""
        if not self._notes:
            return
        yield '<div class="footnote">\n<hr />\n<ol>\n'
        for number, note in enumerate(self._notes, 1):
            yield f'<li id="fn-{self._prefix}{number}">\n'
            back = f'<a class="footnote-backref" href="#fnref-{self._prefix}{number}">↩</a>'
            *others, last = note.children or (None,)
            yield from others
            if isinstance(last, tree.Paragraph):
                yield from ("<p>", *last.children, f"\u00a0{back}</p>\n")
            else:
                yield from (*([last] if last else []), f"<p>{back}</p>\n")
            yield "</li>\n"
        yield "</ol>\n</div>\n"


def numbered_notes(
    document: MarkdownDocument, children: Sequence[Block], prefix: str
) -> NumberedNotes:
    """Return the footnotes that blocks call, those that these notes call after them."""
    if not document.notes:
        return NumberedNotes([], prefix)
    waiting = deque(_called(children))
    seen: set[str] = set()
    ordered: list[FootnoteDefinition] = []
    while waiting:
        label = waiting.popleft()
        note = document.notes.get(label)
        if note is not None and label not in seen:
            ordered.append(note)
            waiting += _called(note.children)
        seen.add(label)
    return NumberedNotes(ordered, re.sub(r"[^\w.-]", "-", prefix))


def _called(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the labels that blocks call, those of notes among them left out."""
    for block, context in within(tuple(blocks)):
        if context.footnote or isinstance(block, tree.FootnoteDefinition):
            continue
        for node in walk(lines_of(block)):
            if isinstance(node, FootnoteReference):
                yield node.label.casefold()
