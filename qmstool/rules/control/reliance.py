"""Rules on what a manual relies on: documents whose text is not kept here, drafts, and documents no longer in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Fault, Severity
from qmstool.i18n import Text
from qmstool.parsing.codes import fold_name
from qmstool.parsing.codes import key as fold_code
from qmstool.register.status import state_text
from qmstool.rules.base.prose_blocks import written_out
from qmstool.rules.base.rule import Facts, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.findings import Location
    from qmstool.references.model import Reference


def relies_on_not_held(facts: Facts) -> Iterator[Fault]:
    """Documents that texts rely on and whose own text is not kept here; one finding for each, with the places.

    Where a section of it is cited, that line is told already (`section-not-held`).
    """
    told = {
        (each.location.path, each.location.line)
        for each in facts.faulty.get("section-not-held", ())
    }
    for key, document in facts.manual.documents.items():
        cited = _cited(facts, key) if not document.held and not written_out(document) else []
        uses = [place for _, place in cited if (place.path, place.line) not in told]
        if uses:
            yield Fault(
                document.mark.location,
                {"document": document.name, "count": str(len(uses))},
                None,
                tuple(uses),
            )


def _cited(facts: Facts, key: str) -> list[tuple[str, Location]]:
    """The places of the texts that name a document, with whose text it is; its own left out, and words that are already a link."""
    found = [
        each for each in facts.references.to.get(("document", key), ()) if each.document != key
    ]
    links = {(each.file.path, *each.whole) for each in found if each.how == "link"}
    return [
        (each.document, each.location)
        for each in found
        if each.how == "link" or not _inside(each, links)
    ]


def _inside(reference: Reference, links: set[tuple[str, int, int]]) -> bool:
    path, at = reference.file.path, reference.start
    return any(path == home and start <= at < end for home, start, end in links)


def relies_on_draft(facts: Facts) -> Iterator[Fault]:
    """Texts in force that rely on a document which no release has put in force."""
    register = facts.register
    for key, standing in register.statuses.items() if register and register.releases else ():
        document = facts.manual.documents.get(key)
        if (
            document is None
            or not document.held
            or standing.state not in {"draft", "submitted", "scheduled"}
        ):
            continue
        for user, place in _cited(facts, key):
            using = register.statuses.get(user) if register else None
            if using and using.in_force and not using.changed:
                state = state_text(standing.state)
                values = {"document": document.name, "state_vi": state.vi, "state_en": state.en}
                yield Fault(place, values, None, (document.mark.location,))


def relies_on_ended(facts: Facts) -> Iterator[Fault]:
    """Texts and rows of the mapping that rely on a document which is withdrawn or superseded."""
    register = facts.register
    for key, standing in register.statuses.items() if register else ():
        document = facts.manual.documents.get(key)
        if document is None or standing.state not in {"withdrawn", "superseded"}:
            continue
        if standing.item and fold_name(standing.item.title) != fold_name(document.title):
            continue  # another document with the code of a withdrawn one: that is told (`reused-code`)
        rows = [
            row for coverage in facts.manual.coverage.values() for row in coverage.rows.values()
        ]
        mapped = [
            mark.location for row in rows for mark in row.documents if fold_code(mark.text) == key
        ]
        state = state_text(standing.state)
        values = {"document": document.name, "state_vi": state.vi, "state_en": state.en}
        instead = [
            each.name
            for each in facts.manual.documents.values()
            if key in {fold_code(mark.text) for mark in each.entry.list("replaces")}
        ]
        for place in (*(place for _, place in _cited(facts, key)), *mapped):
            yield Fault(place, values, instead[0] if instead else None, (document.mark.location,))


W, I = Severity.WARNING, Severity.INFO  # noqa: E741 - a column of the table

# fmt: off
RULES = (
    Rule(
        "QMS322", "relies-on-not-held", I,
        Text("Dựa vào tài liệu mới chỉ đăng ký, chưa có nội dung", "Reliance on a document that is only registered"),
        Text(
            "{count} chỗ dựa vào {document}, mà tài liệu này mới chỉ đăng ký, chưa có nội "
            "dung ở đây để đối chiếu. Hãy xin bản "
            "giấy rồi đưa nội dung vào.",
            "Places that rely on {document}: {count}. It is only registered; its text is not "
            "kept here, so nothing can be "
            "checked. Get the paper and take the text in.",
        ),
        relies_on_not_held,
    ),
    Rule(
        "QMS323", "relies-on-draft", W,
        Text("Dựa vào tài liệu chưa ban hành", "Reliance on a draft"),
        Text(
            "Tài liệu đang có hiệu lực dựa vào {document}, mà tài liệu ấy chưa có hiệu lực "
            "({state_vi}). Hãy ban hành tài liệu "
            "ấy, hoặc bỏ viện dẫn.",
            (
                "A document in force relies on {document}, which is not in force ({state_en}). "
                "Release it, or drop the reference."
            ),
        ),
        relies_on_draft, ("day",),
    ),
    Rule(
        "QMS324", "relies-on-ended", W,
        Text("Dựa vào tài liệu không còn hiệu lực", "Reliance on a document no longer in force"),
        Text(
            "{document} không còn hiệu lực ({state_vi}), nhưng chỗ này vẫn dựa vào. Hãy viện "
            "dẫn tài liệu thay thế, hoặc bỏ viện "
            "dẫn.",
            "{document} is no longer in force ({state_en}), and this place still relies on "
            "it. Cite what replaces it, or drop "
            "the reference.",
        ),
        relies_on_ended, ("day",),
    ),
)
