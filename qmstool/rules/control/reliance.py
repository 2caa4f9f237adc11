"""Check what a manual relies on: no text kept elsewhere, no draft, nothing out of force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.parsing.codes import fold_code, fold_name
from qmstool.parsing.spans import Spans
from qmstool.register.status import state_text
from qmstool.rules.base.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.findings import Location
    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.register.status import DocumentStatus
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.rule import Rule


@rule(
    "QMS322",
    "relies-on-not-held",
    Severity.INFO,
    Text(
        "Dựa vào tài liệu mới chỉ đăng ký, chưa có nội dung",
        "Reliance on a document that is only registered",
    ),
    Text(
        "{count} chỗ dựa vào {document}, mà tài liệu này mới chỉ đăng ký, chưa có nội dung ở "
        "đây để đối chiếu. Hãy đưa nội dung vào, hoặc đối chiếu ở nơi đang giữ.",
        "Places that rely on {document}: {count}. It is only registered; its text is not kept "
        "here, so nothing can be checked. Take the text in, or compare with it where it is kept.",
    ),
    on_request=True,
)
def relies_on_not_held(facts: Facts) -> Iterator[Violation]:
    """Find documents that texts rely on and whose own text is not kept here.

    One finding for each, with the places. Where a section of it is cited, `section-not-held`
    reports that line already.
    """
    reported = {
        (reference.location.path, reference.location.line)
        for reference in facts.broken_references.get("section-not-held", ())
    }
    for key, document in facts.manual.documents.items():
        if document.held or document.has_own_text:
            continue
        uses = [
            place for _, place in _citing(facts, key) if (place.path, place.line) not in reported
        ]
        if uses:
            values = {"document": document.name, "count": str(len(uses))}
            yield Violation(document.mark.location, values, None, tuple(uses))


def _citing(facts: Facts, key: str) -> Iterator[tuple[str, Location]]:
    """Yield the places that name a document, each with the key of the document it stands in.

    The document's own places are left out, and words that are part of a link to it.
    """
    references = [
        reference
        for reference in facts.references.by_target.get(("document", key), ())
        if reference.document != key
    ]
    spans: dict[str, list[tuple[int, int]]] = {}
    for reference in references:
        if reference.kind == "link":
            spans.setdefault(reference.file.path, []).append(reference.whole_span)
    links = {path: Spans(found) for path, found in spans.items()}
    for reference in references:
        within = links.get(reference.file.path)
        if reference.kind == "link" or within is None or not within.holds(reference.start):
            yield reference.document, reference.location


@rule(
    "QMS323",
    "relies-on-draft",
    Severity.WARNING,
    Text("Dựa vào tài liệu chưa ban hành", "Reliance on a draft"),
    Text(
        "Tài liệu đang có hiệu lực dựa vào {document}, mà tài liệu ấy chưa có hiệu lực "
        "({state_vi}). Hãy ban hành tài liệu ấy, hoặc bỏ viện dẫn.",
        "A document in force relies on {document}, which is not in force ({state_en}). Release "
        "it, or drop the reference.",
    ),
    needs=("day",),
)
def relies_on_draft(facts: Facts) -> Iterator[Violation]:
    """Find texts in force that rely on a document which no release has put in force."""
    register = facts.register
    if register is None or not register.releases:
        return
    for key, standing in register.statuses.items():
        document = facts.manual.documents.get(key)
        if document is None or not document.held:
            continue
        if standing.state not in {"draft", "submitted", "scheduled"}:
            continue
        values = _state_values(document, standing)
        for user, place in _citing(facts, key):
            using = register.statuses.get(user)
            if using and using.in_force and not using.changed:
                yield Violation(place, values, None, (document.mark.location,))


def _state_values(document: Document, standing: DocumentStatus) -> dict[str, str]:
    state = state_text(standing.state)
    return {"document": document.name, "state_vi": state.vi, "state_en": state.en}


@rule(
    "QMS324",
    "relies-on-ended",
    Severity.WARNING,
    Text("Dựa vào tài liệu không còn hiệu lực", "Reliance on a document no longer in force"),
    Text(
        "{document} không còn hiệu lực ({state_vi}), nhưng chỗ này vẫn dựa vào. Hãy viện dẫn "
        "tài liệu thay thế, hoặc bỏ viện dẫn.",
        "{document} is no longer in force ({state_en}), and this place still relies on it. Cite "
        "what replaces it, or drop the reference.",
    ),
    needs=("day",),
)
def relies_on_ended(facts: Facts) -> Iterator[Violation]:
    """Find texts and rows of the mapping that rely on a withdrawn or superseded document."""
    if facts.register is None:
        return
    successors, mapped = _successors(facts.manual), _mapped(facts.manual)
    for key, standing in facts.register.statuses.items():
        document = facts.manual.documents.get(key)
        if document is None or standing.state not in {"withdrawn", "superseded"}:
            continue
        if standing.item and fold_name(standing.item.title) != fold_name(document.title):
            continue  # another document has the code of a withdrawn one: `reused-code` reports that
        values = _state_values(document, standing)
        places = [place for _, place in _citing(facts, key)]
        for place in (*places, *mapped.get(key, ())):
            yield Violation(place, values, successors.get(key), (document.mark.location,))


def _successors(manual: Manual) -> dict[str, str]:
    """The name of the first document that says it replaces each one, by its key."""
    names: dict[str, str] = {}
    for document in manual.documents.values():
        for mark in document.front_matter.replaces:
            names.setdefault(fold_code(mark.text), document.name)
    return names


def _mapped(manual: Manual) -> dict[str, list[Location]]:
    """Where rows of the mapping name each document, by its key."""
    places: dict[str, list[Location]] = {}
    for coverage in manual.coverage.values():
        for row in coverage.rows.values():
            for mark in row.documents:
                places.setdefault(fold_code(mark.text), []).append(mark.location)
    return places


RULES: tuple[Rule, ...] = (
    relies_on_not_held,
    relies_on_draft,
    relies_on_ended,
)
