"""Make the auditor's page: the questions of verification answered, and the digest to keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.site.edition.page_link import PageLink
from qmstool.site.parts.render import list_page
from qmstool.verify.documents import PROVEN
from qmstool.verify.verification import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.site.edition.edition import Edition
    from qmstool.site.parts.render import SitePage
    from qmstool.verify.documents import DocumentAnswer
    from qmstool.verify.verification import AnsweredQuestion


def pages(edition: Edition) -> Iterator[SitePage]:
    """Yield the answers, where a build with git at hand asked for them."""
    verification = edition.context.verification
    if verification is None:
        return
    outcomes = [answer.outcome for answer in verification.answers]
    values = {
        "lines": tuple(_line(edition, answer) for answer in verification.answers),
        "counts": tuple(
            (outcome, word.get(edition.lang), outcomes.count(outcome))
            for outcome, word in OUTCOMES.items()
        ),
        "documents": tuple(_document(edition, answer) for answer in verification.documents),
        "newest": verification.newest,
    }
    yield list_page(edition, "proof", values)


def _document(edition: Edition, answer: DocumentAnswer) -> dict[str, object]:
    """A document in force: how far its record is proved, and why not further."""
    link = PageLink(answer.title, code=answer.known_code)
    if answer.key in edition.manual.documents:
        link = edition.document(answer.key)
    return {
        "link": link,
        "release": answer.release,
        "proven": answer.proven,
        "word": PROVEN[answer.proven].get(edition.lang),
        "reasons": tuple(
            edition.day(reason.get(edition.lang).removesuffix(".")) for reason in answer.reasons
        ),
    }


def _line(edition: Edition, answer: AnsweredQuestion) -> dict[str, object]:
    """A question with its answer, and the places that speak against it."""
    lang = edition.lang
    doubts = []
    for doubt in answer.doubts:
        place = f"{doubt.location.path}:{doubt.location.line}"
        doubts.append((place, doubt.message.get(lang)))
    return {
        "key": answer.key,
        "question": answer.question.get(lang),
        "outcome": answer.outcome,
        "word": OUTCOMES[answer.outcome].get(lang),
        "why": edition.day(answer.why.get(lang)),
        "doubts": tuple(doubts),
    }
