"""What units were asked before a candidate went to the signer: how each answer stands on a day, and who was never asked. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.parsing.yaml.records import is_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from qmstool.manual.circulation import Asked, Opinions
    from qmstool.manual.config import Config
    from qmstool.manual.model import Document, Manual, Release

OpinionState = Literal["agrees", "comments", "no-comment", "waiting", "overdue", "unanswered"]
OPINION_STATES: Mapping[OpinionState, Text] = {
    "agrees": Text("đồng ý", "agrees"),
    "comments": Text("có góp ý", "comments"),
    "no-comment": Text("không có ý kiến", "no comment"),
    "waiting": Text("chờ trả lời", "not yet answered"),
    "overdue": Text("quá hạn trả lời", "overdue"),
    "unanswered": Text("không trả lời", "never answered"),
}
LATE = Text("trả lời muộn", "answered late")
ANSWERS: Mapping[str, OpinionState] = {
    "agrees": "agrees",
    "comments": "comments",
    "no-comment": "no-comment",
}
_CANDIDATES, _YAML = "releases/candidates/", ".yml"


def opinion_state(asked: Asked, day: date, closed: str = "") -> OpinionState:
    """Return how one unit's opinion stands on a day; `closed`: the day its candidate was recorded as a release, "" if never."""
    today = day.isoformat()
    if asked.answer in ANSWERS and not (is_date(asked.answered) and asked.answered > today):
        return ANSWERS[asked.answer]
    if closed and (not is_date(closed) or closed <= today):
        return "unanswered"
    return "overdue" if is_date(asked.due) and asked.due < today else "waiting"


def opinion_text(asked: Asked, day: date, closed: str = "") -> Text:
    """Return the same in words, with a remark where the answer came late."""
    words = OPINION_STATES[opinion_state(asked, day, closed)]
    late = (
        is_date(asked.answered)
        and is_date(asked.due)
        and asked.due < asked.answered <= day.isoformat()
    )
    return (
        Text(f"{words.vi} ({LATE.vi})", f"{words.en} ({LATE.en})")
        if late and asked.answer
        else words
    )


def recorded_candidates(manual: Manual) -> Mapping[str, Release]:
    """Return the release that each recorded candidate became, by the candidate's key."""
    proofs = (
        (each, proof.text("file"))
        for each in manual.releases
        for proof in each.entry.entries("evidence")
    )
    return {
        path[len(_CANDIDATES) : -len(_YAML)]: each
        for each, path in proofs
        if path.startswith(_CANDIDATES)
    }


def opinions_behind(manual: Manual, release: Release) -> Opinions | None:
    """Return what was asked and signed before a release; None where nothing of it is kept."""
    return next(
        (
            manual.opinions[key]
            for key, each in recorded_candidates(manual).items()
            if each == release and key in manual.opinions
        ),
        None,
    )


def open_opinions(manual: Manual) -> Iterator[Opinions]:
    """Yield what was asked on candidates that no release has recorded yet."""
    done = recorded_candidates(manual)
    return (each for key, each in manual.opinions.items() if key not in done)


def overdue_opinions(manual: Manual, day: date) -> Iterator[tuple[Opinions, Asked]]:
    """Yield every opinion that is overdue on a day, on candidates not yet recorded."""
    return (
        (each, asked)
        for each in open_opinions(manual)
        for asked in each.asked
        if opinion_state(asked, day) == "overdue"
    )


def units_never_asked(
    manual: Manual, keys: Iterable[str], found: Opinions | None, day: date
) -> dict[str, tuple[str, ...]]:
    """Return the units concerned by some documents that were neither asked nor signed as reviewers, with those documents' names.

    Concerned are the units of a document's distribution list and of its reviewers; its own unit wrote it.
    """
    missing: dict[str, list[str]] = {}
    for document in (manual.documents[key] for key in keys if key in manual.documents):
        heard = (
            {each.unit.text for each in found.asked if each.concerns(document.key)}
            if found
            else set()
        )
        heard |= (
            {each.unit for each in found.signed if each.concerns(document.key)} if found else set()
        )
        for unit in dict.fromkeys(concerned_units(document, manual.config, day)):
            if unit not in heard | {document.entry.text("owner")}:
                missing.setdefault(unit, []).append(document.name)
    return {unit: tuple(names) for unit, names in missing.items()}


def concerned_units(document: Document, config: Config, day: date) -> Iterator[str]:
    """Yield the units that receive a document or review it; a reviewing person stands for the units of roles held on the day."""
    receiving = (copy.text("unit") for copy in document.entry.entries("distribution"))
    yield from (unit for unit in receiving if unit not in {"", UNKNOWN})
    for mark in document.entry.list("reviewers"):
        person = config.people.get(mark.text)
        roles = (
            [held.role.text for held in person.holds if held.covers(day.isoformat())]
            if person
            else [mark.text]
        )
        yield from (
            home.text
            for role in roles
            if role in config.roles and (home := config.roles[role].unit)
        )
