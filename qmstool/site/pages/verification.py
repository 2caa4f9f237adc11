"""The auditor's page: every question of verification with its answer, and the digest to keep outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.site.parts.render import list_page
from qmstool.verify.verification import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.site.edition.edition import Edition
    from qmstool.site.parts.render import SitePage


def pages(edition: Edition) -> Iterator[SitePage]:
    """The answers, where a build with git at hand asked for them."""
    found = edition.context.verification
    if found is None:
        return
    lang = edition.lang
    lines = tuple(
        {
            "key": each.key,
            "question": each.question.get(lang),
            "outcome": each.outcome,
            "word": OUTCOMES[each.outcome].get(lang),
            "why": edition.day(each.why.get(lang)),
            "doubts": tuple(
                (f"{doubt.location.path}:{doubt.location.line}", doubt.message.get(lang))
                for doubt in each.doubts
            ),
        }
        for each in found.answers
    )
    counts = tuple(
        (outcome, text.get(lang), sum(line["outcome"] == outcome for line in lines))
        for outcome, text in OUTCOMES.items()
    )
    yield list_page(edition, "proof", {"lines": lines, "counts": counts, "newest": found.newest})
