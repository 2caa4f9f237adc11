"""Check what documents say of themselves: no name twice, no text said to be elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Fault, Severity
from qmstool.i18n import Text
from qmstool.parsing.codes import fold_name
from qmstool.rules.base.prose_blocks import written_out
from qmstool.rules.base.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.model import Document
    from qmstool.parsing.yaml.nodes import Mark
    from qmstool.rules.base.rule import Facts, Rule


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
def duplicate_name(facts: Facts) -> Iterator[Fault]:
    """Find titles and other names by which two documents are called; each pair once."""
    first: dict[str, tuple[Document, Mark]] = {}
    for document in facts.manual.documents.values():
        for mark in _names(document):
            earlier, place = first.setdefault(fold_name(mark.text), (document, mark))
            if earlier is not document:
                values = {"name": mark.text, "other": earlier.name}
                yield Fault(mark.location, values, None, (place.location,))
                break


def _names(document: Document) -> tuple[Mark, ...]:
    title = document.entry.get("title")
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
        "Ở đây ghi not-held, nhưng tệp có lời văn của {document}. Nếu là lời văn thật thì ghi "
        "held.",
        "This says not-held, but the file has the text of {document}. If that is its text, "
        "write held.",
    ),
)
def held_after_all(facts: Facts) -> Iterator[Fault]:
    """Find documents that say their text is not here, while it is."""
    for document in facts.manual.documents.values():
        mark = document.entry.get("text")
        if mark is not None and not document.held and written_out(document):
            first = document.sections[0]
            yield Fault(mark.location, {"document": document.name}, "held", (first.location,))


RULES: tuple[Rule, ...] = (
    duplicate_name,
    held_after_all,
)
