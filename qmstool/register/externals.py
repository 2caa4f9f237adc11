"""Say how an external document stood on a day, as far as the days of the register tell. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.manual.values import known_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from qmstool.manual.registers import ExternalDocument
    from qmstool.parsing.yaml.nodes import LocatedText

ENDED = frozenset({"superseded", "repealed"})


def is_to_come(document: ExternalDocument, day: date) -> bool:
    """Return whether a document was issued only after a day."""
    issued = known_day(document.issued)
    return issued is not None and issued > day


def status_on(
    document: ExternalDocument, externals: Mapping[str, ExternalDocument], day: date
) -> str | None:
    """Return the status of a document on a day by its days and those of what followed it.

    It is a status of the register, `not-yet` before its effect, or None where its days do not tell.
    """
    effective = known_day(document.effective) or known_day(document.issued)
    if effective is not None and effective > day:
        return "not-yet"
    expired = known_day(document.expired)
    if expired is not None and expired <= day:
        return document.status if document.status in ENDED else "repealed"
    if document.status == "superseded":
        return _superseded(document, externals, day, ends_later=expired is not None)
    if document.status == "repealed" and expired is None:
        return None
    if effective is None and expired is None:
        return None
    return _while_in_force(document, externals, day)


def _superseded(
    document: ExternalDocument,
    externals: Mapping[str, ExternalDocument],
    day: date,
    *,
    ends_later: bool,
) -> str | None:
    """How a document stood that is superseded now, and whose own end has not come by the day."""
    if ends_later:
        return _while_in_force(document, externals, day)
    starts = _starts(document.superseded_by, externals)
    if any(start is not None and start <= day for start in starts):
        return "superseded"
    if starts and None not in starts:
        return _while_in_force(document, externals, day)
    return None


def _while_in_force(
    document: ExternalDocument, externals: Mapping[str, ExternalDocument], day: date
) -> str | None:
    """In force, or amended where an amendment had taken effect by the day."""
    starts = _starts(document.amended_by, externals)
    if any(start is not None and start <= day for start in starts):
        return "amended"
    if None in starts or (document.status == "amended" and not starts):
        return None
    if document.status in {"in_transition", "partly_superseded", "unknown"}:
        return None
    return "in_force"


def _starts(
    marks: Iterable[LocatedText], externals: Mapping[str, ExternalDocument]
) -> list[date | None]:
    """From when each named document counts; None where the register does not know."""
    numbers = {document.number: document for document in externals.values()}
    starts: list[date | None] = []
    for mark in marks:
        named = externals.get(mark.text) or numbers.get(mark.text)
        day = None
        if named:
            day = known_day(named.effective) or known_day(named.issued)
        starts.append(day)
    return starts
