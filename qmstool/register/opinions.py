"""Say how the units that were asked for an opinion answered, and which were never asked.

What goes in: the opinions recorded on candidates, and a day. What comes out: the state of each
answer, what is overdue, and the units concerned that nobody asked. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.manual.values import known_day
from qmstool.parsing.yaml.nodes import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from qmstool.manual.circulation import OpinionRequest, Opinions
    from qmstool.manual.config import Config
    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.manual.releases import Release
    from qmstool.manual.values import Day

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


def opinion_state(asked: OpinionRequest, day: date, closed: Day | None = None) -> OpinionState:
    """Return how one unit's opinion stands on a day.

    `closed`: the day on which its candidate was recorded as a release, None if it never was.
    """
    is_to_come = asked.answered is not None and asked.answered.is_to_come(day)
    if asked.answer in ANSWERS and not is_to_come:
        return ANSWERS[asked.answer]
    if closed is not None and (known_day(closed) or day) <= day:
        return "unanswered"
    due = known_day(asked.due)
    return "overdue" if due and due < day else "waiting"


def opinion_text(asked: OpinionRequest, day: date, closed: Day | None = None) -> Text:
    """Return how one unit's opinion stands, in words, with a remark where it came late."""
    words = OPINION_STATES[opinion_state(asked, day, closed)]
    if asked.answer and _is_late(asked, day):
        return Text("{state} ({late})", "{state} ({late})").fill({"state": words, "late": LATE})
    return words


def _is_late(asked: OpinionRequest, day: date) -> bool:
    due, answered = known_day(asked.due), known_day(asked.answered)
    return due is not None and answered is not None and due < answered <= day


def opinions_behind(manual: Manual, release: Release) -> Opinions | None:
    """Return what was asked and signed before a release; None where nothing of it is kept."""
    for key in manual.candidates_of_releases.get(release.number, ()):
        if key in manual.opinions and manual.recorded_candidates[key] == release:
            return manual.opinions[key]
    return None


def open_opinions(manual: Manual) -> Iterator[Opinions]:
    """Yield what was asked on candidates that no release has recorded yet."""
    closed = manual.recorded_candidates
    return (opinions for key, opinions in manual.opinions.items() if key not in closed)


def overdue_opinions(manual: Manual, day: date) -> Iterator[tuple[Opinions, OpinionRequest]]:
    """Yield every opinion that is overdue on a day, on candidates not yet recorded."""
    for opinions in open_opinions(manual):
        for asked in opinions.requests:
            if opinion_state(asked, day) == "overdue":
                yield opinions, asked


def units_never_asked(
    manual: Manual, keys: Iterable[str], opinions: Opinions | None, day: date
) -> dict[str, tuple[str, ...]]:
    """Return the units concerned by some documents that had no say, with those documents' names.

    Concerned are the units of a document's distribution list and of its reviewers; its own unit
    wrote it. A unit had its say where it was asked, or signed as reviewer.
    """
    missing: dict[str, list[str]] = {}
    heard_of = _heard(opinions)
    for key in sorted(keys):
        document = manual.documents.get(key)
        if document is None:
            continue
        own = manual.config.owning_unit(text_of(document.front_matter.owner))
        heard = heard_of.get(key, set()) | heard_of.get("", set()) | {own}
        for unit in dict.fromkeys(concerned_units(document, manual.config, day)):
            if unit not in heard:
                missing.setdefault(unit, []).append(document.name)
    return {unit: tuple(names) for unit, names in missing.items()}


def _heard(opinions: Opinions | None) -> dict[str, set[str]]:
    """The units that were asked about each document, or signed it; about all of them below ""."""
    heard: dict[str, set[str]] = {}
    if opinions is None:
        return heard
    for asked in opinions.requests:
        for key in asked.documents or ("",):
            heard.setdefault(key, set()).add(asked.unit.text)
    for signature in opinions.signatures:
        for key in signature.documents or ("",):
            heard.setdefault(key, set()).add(text_of(signature.unit))
    return heard


def concerned_units(document: Document, config: Config, day: date) -> Iterator[str]:
    """Yield the units that receive a document or review it.

    A person who reviews stands for the units of the roles held on the day.
    """
    receiving = [text_of(recipient.unit) for recipient in document.front_matter.distribution]
    yield from (unit for unit in receiving if unit not in {"", UNKNOWN})
    for mark in document.front_matter.reviewers:
        for name in _roles(mark.text, config, day):
            role = config.roles.get(name)
            if role and role.unit:
                yield role.unit.text


def _roles(name: str, config: Config, day: date) -> list[str]:
    """The roles that a name means: those that a person holds on the day, or the role itself."""
    person = config.people.get(name)
    if person is None:
        return [name]
    return [held.role.text for held in person.holds if held.covers(day)]
