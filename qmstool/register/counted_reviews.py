"""Say which reviews count: by somebody whom the manual knows, or with proof. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.manual.values import known_day
from qmstool.register.people import (
    find_person,
    holds_any_role,
    is_known_to_nobody,
    names_proof,
)

if TYPE_CHECKING:
    from datetime import date

    from qmstool.manual.circulation import DocumentReview
    from qmstool.manual.config import Config

BY_NOBODY = Text(
    "không tính: qms.yml không có người này, và không kèm bằng chứng",
    "does not count: not in qms.yml, and no evidence",
)
NOT_IN_OFFICE = Text(
    "không tính: hôm ấy người này không giữ vai trò nào",
    "does not count: held no role on that day",
)


def why_it_does_not_count(review: DocumentReview, config: Config) -> Text | None:
    """Return why a review that found that a text stands moves no day; None where nothing is to say.

    Anybody can write one. It counts by somebody whom `qms.yml` knows and who held a role on its
    day, or with evidence; a manual that registers nobody cannot tell.
    """
    if review.outcome != "stands":
        return None
    is_proved = any(map(names_proof, review.evidence))
    return why_nobody_counts(review.person, known_day(review.date), config, is_proved=is_proved)


def why_nobody_counts(
    written: str, day: date | None, config: Config, *, is_proved: bool
) -> Text | None:
    """Return why a review by somebody on a day does not count, with proof or without; None else."""
    if is_known_to_nobody(config, written):
        return None if is_proved else BY_NOBODY
    person = find_person(config, written)
    return NOT_IN_OFFICE if person and day and not holds_any_role(person, day) else None


def moves_the_day(review: DocumentReview, config: Config) -> bool:
    """Whether a review moves the next one on: it found that the text stands, and it counts."""
    return review.outcome == "stands" and why_it_does_not_count(review, config) is None
