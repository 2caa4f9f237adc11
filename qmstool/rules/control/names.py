"""Check what documents say of themselves: no name twice, no text said to be elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.parsing.codes import fold_name
from qmstool.rules.base.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.documents import Document
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.rule import Rule


@rule(
    "QMS337",
    "duplicate-name",
    Severity.WARNING,
    Text("Hai tài liệu chung một tên", "Two documents with one name"),
    Text(
        "«{name}» cũng là tên của {other}. Lời văn gọi tên ấy thì không biết là tài liệu nào; "
        "hãy đặt tên khác, hoặc bỏ tên ấy ở một bên.",
        "«{name}» is also a name of {other}. Where a text says it, nobody knows which is meant; "
        "rename one, or drop the name there.",
    ),
)
def duplicate_name(facts: Facts) -> Iterator[Violation]:
    """Find titles and other names by which two documents are called; each pair once."""
    first: dict[str, tuple[Document, LocatedText]] = {}
    for document in facts.manual.documents.values():
        for mark in _names(document):
            earlier, place = first.setdefault(fold_name(mark.text), (document, mark))
            if earlier is not document:
                values = {"name": mark.text, "other": earlier.name}
                yield Violation(mark.location, values, None, (place.location,))
                break


def _names(document: Document) -> tuple[LocatedText, ...]:
    title = document.front_matter.title
    return (title, *document.names) if title else document.names


@rule(
    "QMS339",
    "held-after-all",
    Severity.WARNING,
    Text(
        "Ghi là không lưu lời văn mà lời văn có ở đây",
        "A text said not to be kept, and it is here",
    ),
    Text(
        "Ở đây ghi not-held, nhưng nội dung của {document} có ở đây. Nếu là nội dung thật thì "
        "ghi held.",
        "This says not-held, but the text of {document} is here. If that is its text, write held.",
    ),
)
def held_after_all(facts: Facts) -> Iterator[Violation]:
    """Find documents that say their text is not here, while it is."""
    for document in facts.manual.documents.values():
        mark = document.front_matter.text
        if mark is None or document.said_held:
            continue
        file = document.front_matter.file
        if document.text_file and file is not None:
            yield Violation(mark.location, {"document": document.name}, "held", (file.location,))
        elif document.has_own_text:
            first = document.sections[0]
            yield Violation(mark.location, {"document": document.name}, "held", (first.location,))


RULES: tuple[Rule, ...] = (
    duplicate_name,
    held_after_all,
)
