"""Rules on what a document says that it replaces: old codes still in use, and documents replaced that live on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Fault, Severity
from qmstool.i18n import Text
from qmstool.parsing.codes import key as fold_code
from qmstool.rules.base.rule import Facts, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.findings import Location
    from qmstool.manual.model import Document

# A text that waits for its release may already say what it will replace.
COMING = frozenset({"draft", "submitted", "scheduled"})


def replaced_code(facts: Facts) -> Iterator[Fault]:
    """Codes in texts and data that no document bears any more, and that a document says it replaces."""
    uses = [(each.words, each.location) for each in facts.faulty.get("unknown-code", ())]
    named = [
        mark for mark in facts.named.get("document", ()) if facts.manual.document(mark.text) is None
    ]
    for words, place in (*uses, *((mark.text, mark.location) for mark in named)):
        successors = facts.replaced.get(fold_code(words), ())
        if successors:
            yield _instead(words, place, successors)


def _instead(words: str, place: Location, successors: tuple[Document, ...]) -> Fault:
    called = [f"{each.code} ({each.title})" if each.code else each.title for each in successors]
    values = {"words": words, "new_vi": " và ".join(called), "new_en": " and ".join(called)}
    right = successors[0].mark.text if len(successors) == 1 else None
    return Fault(place, values, right, tuple(each.mark.location for each in successors))


def replaces_living(facts: Facts) -> Iterator[Fault]:
    """Documents that are said to be replaced and still stand in the manual as before."""
    for document in facts.manual.documents.values():
        for mark in document.entry.list("replaces"):
            other = facts.manual.document(mark.text)
            if other is not None and _lives(facts, document, other):
                values = {"words": mark.text, "document": document.name, "title": other.title}
                yield Fault(mark.location, values, None, (other.mark.location,))


def _lives(facts: Facts, document: Document, other: Document) -> bool:
    """Whether a document lives on although another stands in its place; by releases, where there are any."""
    if other is document or not facts.manual.releases:
        return True
    register = facts.register
    new = register.statuses.get(document.key) if register else None
    old = register.statuses.get(other.key) if register else None
    if new is None or old is None or old.state in {"withdrawn", "superseded"}:
        return False
    return not (new.state in COMING and old.in_force)


# fmt: off
RULES = (
    Rule(
        "QMS132", "replaced-code", Severity.ERROR,
        Text("Mã của tài liệu đã được thay", "The code of a document that was replaced"),
        Text(
            (
                "«{words}» đã được thay bằng {new_vi}. Hãy dẫn tới tài liệu mới; nếu có kèm số "
                "mục thì xem lại số mục."
            ),
            (
                "«{words}» was replaced by {new_en}. Cite the new document; where a section is "
                "named, see that its number still holds."
            ),
        ),
        replaced_code,
    ),
    Rule(
        "QMS133", "replaces-living", Severity.WARNING,
        Text("Tài liệu được khai là đã thay mà vẫn còn", "A document said to be replaced that lives on"),
        Text(
            "{document} khai là thay cho {words} (replaces), mà {words} («{title}») vẫn còn "
            "là một tài liệu của sổ tay: người đọc "
            "không biết theo bản nào. Nếu đã thay thì bãi bỏ hoặc xóa tài liệu cũ; nếu chưa "
            "thì bỏ mã này khỏi replaces.",
            "{document} says that it replaces {words}, but {words} («{title}») still is a "
            "document of the manual: readers cannot "
            "tell which to follow. If it is replaced, withdraw or delete it; if not, take "
            "the code out of replaces.",
        ),
        replaces_living,
    ),
)
