"""Find the text that a record is about: the one in force today, or on the day of the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import QmsError, Text

if TYPE_CHECKING:
    from datetime import date

    from qmstool.cli.context import HistoryContext
    from qmstool.register.status import DocumentStatus
    from qmstool.releases.canonical_yaml import Value

NOT_IN_FORCE = Text(
    "Ngày {day} «{code}» không có bản nào có hiệu lực, nên không có gì để ghi nhận.",
    "On {day} no version of «{code}» is in force, so there is nothing to record.",
)


def status_in_force(context: HistoryContext, code: str, day: date) -> DocumentStatus:
    """Return the status of a document in force on a day. Raises QmsError where it is not."""
    key = context.document_key(code)
    status = context.manual_on(day)[1].statuses.get(key)
    if status is None or not status.in_force:
        raise QmsError(NOT_IN_FORCE.fill({"day": day.isoformat(), "code": code}))
    return status


def text_name(status: DocumentStatus) -> str:
    """Return by what a record names a document: the code of its text, else its key."""
    if status.item is None:
        return status.key
    return status.item.code


def text_fields(status: DocumentStatus) -> dict[str, Value]:
    """Return what a record says of its text: code, issue, revision and check code."""
    return {
        "document": text_name(status),
        "issue": status.issue,
        "revision": status.revision,
        "check_code": status.check_code,
    }
