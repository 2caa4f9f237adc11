"""Check what documents say they replace: codes still used, documents that live on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.parsing.codes import fold_code
from qmstool.rules.base.rule import Rule, rule
from qmstool.rules.base.values import bilingual

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.findings import Location
    from qmstool.manual.documents import Document
    from qmstool.rules.base.facts import Facts

# A text that waits for its release may already say what it will replace.
COMING = frozenset({"draft", "submitted", "scheduled"})


@rule(
    "QMS132",
    "replaced-code",
    Severity.ERROR,
    title=Text("Mã của tài liệu đã được thay", "The code of a document that was replaced"),
    message=Text(
        (
            "«{words}» đã được thay bằng {new_vi}. Hãy dẫn tới tài liệu mới; nếu có kèm số "
            "mục thì xem lại số mục."
        ),
        (
            "«{words}» was replaced by {new_en}. Cite the new document; where a section is "
            "named, see that its number still holds."
        ),
    ),
)
def replaced_code(facts: Facts) -> Iterator[Violation]:
    """Find codes, in texts and data, of documents that are gone and that another one replaces."""
    for reference in facts.broken_references.get("unknown-code", ()):
        yield from _use_of_old_code(facts, reference.words, reference.location)
    for mark in facts.name_uses.get("document", ()):
        if facts.manual.document(mark.text) is None:
            yield from _use_of_old_code(facts, mark.text, mark.location)


def _use_of_old_code(facts: Facts, words: str, place: Location) -> Iterator[Violation]:
    successors = facts.successors.get(fold_code(words), ())
    if not successors:
        return
    names = []
    for document in successors:
        named = f"{document.code} ({document.title})" if document.code else document.title
        names.append(named)
    values = {"words": words, **bilingual(new=Text(" và ".join(names), " and ".join(names)))}
    code = successors[0].mark.text if len(successors) == 1 else None
    yield Violation(place, values, code, tuple(document.mark.location for document in successors))


@rule(
    "QMS133",
    "replaces-living",
    Severity.WARNING,
    title=Text(
        "Tài liệu được khai là đã thay mà vẫn còn",
        "A document said to be replaced that lives on",
    ),
    message=Text(
        (
            "{document} khai là thay cho {words} (replaces), mà {words} («{title}») vẫn còn "
            "là một tài liệu của sổ tay: người đọc không biết theo bản nào. Nếu đã thay thì "
            "bãi bỏ hoặc xóa tài liệu cũ; nếu chưa thì bỏ mã này khỏi replaces."
        ),
        (
            "{document} says that it replaces {words}, but {words} («{title}») still is a "
            "document of the manual: readers cannot tell which to follow. If it is replaced, "
            "withdraw or delete it; if not, take the code out of replaces."
        ),
    ),
)
def replaces_living(facts: Facts) -> Iterator[Violation]:
    """Find documents that another one says it replaces and that stand in the manual as before."""
    for document in facts.manual.documents.values():
        for mark in document.front_matter.replaces:
            other = facts.manual.document(mark.text)
            if other is not None and _lives_on(facts, document, other):
                values = {"words": mark.text, "document": document.name, "title": other.title}
                yield Violation(mark.location, values, None, (other.mark.location,))


def _lives_on(facts: Facts, document: Document, other: Document) -> bool:
    """Whether a document lives on although another replaces it; by releases, if there are any."""
    if other is document or not facts.manual.releases:
        return True
    if facts.register is None:
        return False
    new = facts.register.statuses.get(document.key)
    old = facts.register.statuses.get(other.key)
    if new is None or old is None or old.state in {"withdrawn", "superseded"}:
        return False
    return not (new.state in COMING and old.in_force)


RULES: tuple[Rule, ...] = (
    replaced_code,
    replaces_living,
)
