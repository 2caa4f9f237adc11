"""Mark a document to be withdrawn by the next release, or take the mark out.

What goes in: the document and a way to read its bytes. What comes out: a `Change` of one line of
its front matter; the rest of the file stays byte for byte.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import QmsError, Text
from qmstool.manual.loading.front_matter import parse_front_matter
from qmstool.parsing.edits import stored_lines
from qmstool.parsing.source import SourceFile
from qmstool.scaffold.changes import Change
from qmstool.storage.whole_file import decode_to_change

if TYPE_CHECKING:
    from collections.abc import Callable

    from qmstool.manual.config import Habits
    from qmstool.manual.documents import Document

LINE = "withdraw: next"
BY_HAND = Text(
    "Không tự ghi được vào đầu tệp {path}. Hãy tự thêm (hoặc bỏ) dòng «withdraw: next» giữa hai "
    "dòng «---».",
    "The head of {path} cannot be changed by itself. Add (or take out) the line «withdraw: next» "
    "between the two lines «---» by hand.",
)


def mark_withdrawal(document: Document, read: Callable[[str], bytes], habits: Habits) -> Change:
    """Return the change that marks a document; an empty one where it is marked already."""
    if document.front_matter.withdraw is not None:
        return Change({}, {})
    before = decode_to_change(document.path, read(document.path))
    lines = stored_lines(before)
    at = document.mark.location.line
    end = lines[at - 1][len(lines[at - 1].rstrip("\r\n")) :]
    lines.insert(at, LINE + end)
    return _checked(document, before, "".join(lines), habits, marked=True)


def unmark_withdrawal(document: Document, read: Callable[[str], bytes], habits: Habits) -> Change:
    """Return the change that takes the mark out; an empty one where there is none."""
    mark = document.front_matter.withdraw
    if mark is None:
        return Change({}, {})
    before = decode_to_change(document.path, read(document.path))
    lines = stored_lines(before)
    del lines[mark.location.line - 1]
    return _checked(document, before, "".join(lines), habits, marked=False)


def _checked(
    document: Document, before: str, after: str, habits: Habits, *, marked: bool
) -> Change:
    """The change, if the front matter is read as wanted afterwards; else a person has to do it."""
    front = parse_front_matter(SourceFile(document.path, after.encode()).text, habits)
    is_same = front is not None and front.keys ^ document.front_matter.keys == {"withdraw"}
    if front is None or not is_same or (front.withdraw is not None) != marked:
        raise QmsError(BY_HAND.fill({"path": document.path}))
    return Change({document.path: (before, after)}, {})
