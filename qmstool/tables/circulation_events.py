"""Make events of the trail from what went round: opinions, signatures, copies. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.manual.circulation import COPIES_FILE, OPINIONS_FOLDER, READINGS_FILE, REVIEWS_FILE
from qmstool.manual.values import known_day
from qmstool.register.opinions import ANSWERS, OPINION_STATES
from qmstool.register.reviews import OUTCOMES
from qmstool.tables.events import Event
from qmstool.tables.registers import unit_name
from qmstool.tables.signatures import name_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from qmstool.i18n import Lang
    from qmstool.manual.circulation import (
        ControlledCopy,
        DocumentReview,
        OpinionRequest,
        Reading,
        Signature,
    )
    from qmstool.manual.model import Manual

SENT = Text("gửi lấy ý kiến {unit}", "asked {unit} for its opinion")
ANSWERED = Text("{unit} trả lời: {opinion}", "{unit} answered: {opinion}")
SIGNED = {
    "author": Text("ký biên soạn", "signed as author"),
    "reviewer": Text("ký xem xét", "signed as reviewer"),
}
REVIEWED = {
    outcome: Text("xem xét: {outcome}", "reviewed: {outcome}").fill({"outcome": words})
    for outcome, words in OUTCOMES.items()
}
READ = Text("đã đọc và hiểu", "read and understood")
HANDED_OUT = Text("phát bản {number} cho {to}", "handed copy {number} out to {to}")
RECEIVED = Text("{unit} ký nhận bản {number}", "{unit} signed for copy {number}")
RECALLED = Text("thu hồi bản {number} của {unit}", "recalled copy {number} from {unit}")
DESTROYED = Text("hủy bản {number} của {unit}", "destroyed copy {number} of {unit}")
LOST = Text("{unit} báo mất bản {number}", "{unit} reported copy {number} lost")


def circulation_events(
    manual: Manual, waiting: Mapping[str, frozenset[str]], lang: Lang
) -> Iterator[Event]:
    """Yield an event for each act with a day.

    `waiting`: candidates that no release has recorded yet, key → documents.
    """
    documents = dict(waiting)
    for key, release in manual.recorded_candidates.items():
        documents[key] = frozenset(item.key for item in release.items)
    for opinions in manual.opinions.values():
        keys = documents.get(opinions.candidate, frozenset())
        path = f"{OPINIONS_FOLDER}{opinions.candidate}.yml"
        for asked in opinions.requests:
            yield from _asked(manual, asked, asked.documents or keys, path, lang)
        for signature in opinions.signatures:
            yield from _signed(manual, signature, signature.documents or keys, path, lang)
    for copy in manual.copies:
        yield from _copy(manual, copy, lang)
    for review in manual.reviews:
        yield from _review(manual, review, lang)
    for reading in manual.readings:
        yield from _reading(manual, reading, lang)


def _asked(
    manual: Manual, asked: OpinionRequest, documents: Collection[str], path: str, lang: Lang
) -> Iterator[Event]:
    """The letter that asked a unit for its opinion, and the unit's answer."""
    unit = unit_name(manual, asked.unit.text, lang)
    keys = tuple(sorted(documents))
    sent, answered = known_day(asked.sent), known_day(asked.answered)
    if sent:
        yield Event(
            when=sent.isoformat(),
            people=_people(manual, asked.sender, lang),
            what=SENT.fill({"unit": unit}),
            documents=keys,
            subject=asked.reference,
            why="",
            reference=path,
        )
    if answered and asked.answer in ANSWERS:
        yield Event(
            when=answered.isoformat(),
            people=_people(manual, asked.person, lang) or (unit,),
            what=_answered(unit, OPINION_STATES[ANSWERS[asked.answer]]),
            documents=keys,
            subject=asked.comment,
            why=asked.response,
            reference=path,
        )


def _answered(unit: str, opinion: Text) -> Text:
    return ANSWERED.fill({"unit": unit, "opinion": opinion})


def _signed(
    manual: Manual, signature: Signature, documents: Collection[str], path: str, lang: Lang
) -> Iterator[Event]:
    day = known_day(signature.date)
    if day and signature.capacity in SIGNED:
        yield Event(
            when=day.isoformat(),
            people=_people(manual, signature.person, lang),
            what=SIGNED[signature.capacity],
            documents=tuple(sorted(documents)),
            subject="",
            why="",
            reference=path,
        )


def _copy(manual: Manual, copy: ControlledCopy, lang: Lang) -> Iterator[Event]:
    """What happened to a copy, each act on its day."""
    unit, receiver = unit_name(manual, copy.unit.text, lang), _people(manual, copy.recipient, lang)
    values = {
        "unit": unit,
        "to": f"{unit} ({receiver[0]})" if receiver else unit,
        "number": copy.number or f"(×{copy.count})",
    }
    acts = (
        (copy.handed_out, HANDED_OUT),
        (copy.received, RECEIVED),
        (copy.recalled, RECALLED),
        (copy.destroyed, DESTROYED),
        (copy.lost, LOST),
    )
    for day, words in acts:
        known = known_day(day)
        if known:
            yield Event(
                when=known.isoformat(),
                people=receiver if words is RECEIVED else (),
                what=words.fill(values),
                documents=(copy.key,),
                subject=copy.note,
                why="",
                reference=COPIES_FILE,
            )


def _review(manual: Manual, review: DocumentReview, lang: Lang) -> Iterator[Event]:
    day = known_day(review.date)
    if day and review.outcome in REVIEWED:
        yield Event(
            when=day.isoformat(),
            people=_people(manual, review.person, lang),
            what=REVIEWED[review.outcome],
            documents=(review.text.key,),
            subject=review.comment,
            why="",
            reference=REVIEWS_FILE,
        )


def _reading(manual: Manual, reading: Reading, lang: Lang) -> Iterator[Event]:
    day = known_day(reading.date)
    if day:
        yield Event(
            when=day.isoformat(),
            people=_people(manual, reading.person, lang),
            what=READ,
            documents=(reading.text.key,),
            subject=f"{reading.text.issue}/{reading.text.revision} · {reading.text.check_code}",
            why="",
            reference=READINGS_FILE,
        )


def _people(manual: Manual, name: str, lang: Lang) -> tuple[str, ...]:
    return (name_of(manual, name, lang),) if name else ()
