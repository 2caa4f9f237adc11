"""Say how an external document stood on a day, as far as the days of the register tell. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.manual.values import known_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from qmstool.manual.registers import ExternalDocument

ENDED = frozenset({"superseded", "repealed"})


def is_to_come(document: ExternalDocument, day: date) -> bool:
    """Return whether a document was issued only after a day."""
    issued = known_day(document.issued)
    return issued is not None and issued > day


def starts_of(externals: Mapping[str, ExternalDocument]) -> dict[str, date | None]:
    """Return from when each document counts, None where nobody knows: by number, and by its id.

    Where something is both, it is the id of a document.
    """
    numbers = {document.number: _start(document) for document in externals.values()}
    return numbers | {key: _start(document) for key, document in externals.items()}


def _start(document: ExternalDocument) -> date | None:
    return known_day(document.effective) or known_day(document.issued)


def status_on(
    document: ExternalDocument, starts: Mapping[str, date | None], day: date
) -> str | None:
    """Return the status of a document on a day by its days and those of what followed it.

    `starts`: from when each document of the register counts, as `starts_of` gives it.
    It is a status of the register, `not-yet` before its effect, or None where its days do not tell.
    """
    effective = _start(document)
    if effective is not None and effective > day:
        return "not-yet"
    expired = known_day(document.expired)
    if expired is not None and expired <= day:
        return document.status if document.status in ENDED else "repealed"
    if document.status == "superseded":
        return _superseded(document, starts, day, ends_later=expired is not None)
    if document.status == "repealed" and expired is None:
        return None
    if effective is None and expired is None:
        return None
    return _while_in_force(document, starts, day)


def _superseded(
    document: ExternalDocument,
    starts: Mapping[str, date | None],
    day: date,
    *,
    ends_later: bool,
) -> str | None:
    """How a document stood that is superseded now, and whose own end has not come by the day."""
    if ends_later:
        return _while_in_force(document, starts, day)
    named = [starts.get(mark.text) for mark in document.superseded_by]
    if any(start is not None and start <= day for start in named):
        return "superseded"
    if named and None not in named:
        return _while_in_force(document, starts, day)
    return None


def _while_in_force(
    document: ExternalDocument, starts: Mapping[str, date | None], day: date
) -> str | None:
    """In force, or amended where an amendment had taken effect by the day."""
    named = [starts.get(mark.text) for mark in document.amended_by]
    if any(start is not None and start <= day for start in named):
        return "amended"
    if None in named or (document.status == "amended" and not named):
        return None
    if document.status in {"in_transition", "partly_superseded", "unknown"}:
        return None
    return "in_force"
