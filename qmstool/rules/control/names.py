"""Rules on what a document is known by: a name that two share, a text said not to be here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.parsing.codes import fold_name
from qmstool.rules.base.prose_blocks import written_out
from qmstool.rules.base.rule import Facts, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.documents import Document
    from qmstool.parsing.yaml.nodes import LocatedText


def duplicate_name(facts: Facts) -> Iterator[Violation]:
    """Titles and other names by which two documents are called; each pair is told once."""
    first: dict[str, tuple[Document, LocatedText]] = {}
    for document in facts.manual.documents.values():
        title = document.record.get("title")
        for mark in (*((title,) if title else ()), *document.names):
            earlier, place = first.setdefault(fold_name(mark.text), (document, mark))
            if earlier is not document:
                yield Violation(
                    mark.location,
                    {"name": mark.text, "other": earlier.name},
                    None,
                    (place.location,),
                )
                break


def held_after_all(facts: Facts) -> Iterator[Violation]:
    """Documents that say their text is not here, while it is."""
    for document in facts.manual.documents.values():
        mark = document.record.get("text")
        if mark is not None and not document.held and written_out(document):
            first = document.sections[0]
            yield Violation(mark.location, {"document": document.name}, "held", (first.location,))


W = Severity.WARNING

# fmt: off
RULES = (
    Rule(
        "QMS337", "duplicate-name", W,
        Text("Hai tài liệu chung một tên", "Two documents with one name"),
        Text(
            "«{name}» cũng là tên của {other}. Lời văn gọi tên ấy thì không biết là tài liệu "
            "nào; hãy đặt tên khác, hoặc bỏ tên ấy "
            "ở một bên.",
            "«{name}» is also a name of {other}. Where a text says it, nobody knows which is "
            "meant; rename one, or drop the name "
            "there.",
        ),
        duplicate_name,
    ),
    Rule(
        "QMS339", "held-after-all", W,
        Text("Ghi là không lưu lời văn mà lời văn có ở đây", "A text said not to be kept, and it is here"),
        Text(
            (
                "Ở đây ghi not-held, nhưng tệp có lời văn của {document}. Nếu là lời văn thật "
                "thì ghi held."
            ),
            (
                "This says not-held, but the file has the text of {document}. If that is its "
                "text, write held."
            ),
        ),
        held_after_all,
    ),
)
