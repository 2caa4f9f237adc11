"""Make events of the trail from what went round: opinions, signatures, copies. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.manual.circulation import COPIES_FILE, OPINIONS_FOLDER
from qmstool.parsing.yaml.schema import is_date
from qmstool.register.opinions import ANSWERS, OPINION_STATES, recorded_candidates
from qmstool.tables.events import Event
from qmstool.tables.registers import unit_name
from qmstool.tables.signatures import name_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from qmstool.i18n import Lang
    from qmstool.manual.circulation import ControlledCopy, OpinionRequest, Signature
    from qmstool.manual.model import Manual

SENT = Text("gửi lấy ý kiến {unit}", "asked {unit} for its opinion")
ANSWERED = Text("{unit} trả lời: {opinion}", "{unit} answered: {opinion}")
SIGNED = {
    "author": Text("ký biên soạn", "signed as author"),
    "reviewer": Text("ký xem xét", "signed as reviewer"),
}
FATES = {
    "handed_out": Text("phát bản {number} cho {to}", "handed copy {number} out to {to}"),
    "received": Text("{unit} ký nhận bản {number}", "{unit} signed for copy {number}"),
    "recalled": Text("thu hồi bản {number} của {unit}", "recalled copy {number} from {unit}"),
    "destroyed": Text("hủy bản {number} của {unit}", "destroyed copy {number} of {unit}"),
    "lost": Text("{unit} báo mất bản {number}", "{unit} reported copy {number} lost"),
}


def circulation_events(
    manual: Manual, waiting: Mapping[str, frozenset[str]], lang: Lang
) -> Iterator[Event]:
    """Yield an event for each act with a day.

    `waiting`: candidates that no release has recorded yet, key → documents.
    """
    documents = dict(waiting)
    for key, release in recorded_candidates(manual).items():
        documents[key] = frozenset(item.key for item in release.items)
    for opinions in manual.opinions.values():
        keys = documents.get(opinions.candidate, frozenset())
        path = f"{OPINIONS_FOLDER}{opinions.candidate}.yml"
        for asked in opinions.asked:
            yield from _asked(manual, asked, asked.documents or keys, path, lang)
        for signature in opinions.signed:
            yield from _signed(manual, signature, signature.documents or keys, path, lang)
    for copy in manual.copies:
        yield from _copy(manual, copy, lang)


def _asked(
    manual: Manual, asked: OpinionRequest, documents: Collection[str], path: str, lang: Lang
) -> Iterator[Event]:
    """The letter that asked a unit for its opinion, and the unit's answer."""
    unit = unit_name(manual, asked.unit.text, lang)
    keys = tuple(sorted(documents))
    if is_date(asked.sent):
        yield Event(
            when=asked.sent,
            people=_people(manual, asked.by, lang),
            what=SENT.fill({"unit": unit}),
            documents=keys,
            subject=asked.record.text("reference"),
            why="",
            reference=path,
        )
    if is_date(asked.answered) and asked.answer in ANSWERS:
        yield Event(
            when=asked.answered,
            people=_people(manual, asked.person, lang) or (unit,),
            what=_answered(unit, OPINION_STATES[ANSWERS[asked.answer]]),
            documents=keys,
            subject=asked.record.text("comment"),
            why=asked.record.text("response"),
            reference=path,
        )


def _answered(unit: str, opinion: Text) -> Text:
    return Text(
        ANSWERED.vi.format(unit=unit, opinion=opinion.vi),
        ANSWERED.en.format(unit=unit, opinion=opinion.en),
    )


def _signed(
    manual: Manual, signature: Signature, documents: Collection[str], path: str, lang: Lang
) -> Iterator[Event]:
    if is_date(signature.date) and signature.capacity in SIGNED:
        yield Event(
            when=signature.date,
            people=_people(manual, signature.person, lang),
            what=SIGNED[signature.capacity],
            documents=tuple(sorted(documents)),
            subject="",
            why="",
            reference=path,
        )


def _copy(manual: Manual, copy: ControlledCopy, lang: Lang) -> Iterator[Event]:
    """What happened to a copy, each act on its day."""
    unit, receiver = unit_name(manual, copy.unit.text, lang), _people(manual, copy.to, lang)
    values = {
        "unit": unit,
        "to": f"{unit} ({receiver[0]})" if receiver else unit,
        "number": copy.number or f"(×{copy.count})",
    }
    for name, words in FATES.items():
        day = copy.record.text(name)
        if is_date(day):
            yield Event(
                when=day,
                people=receiver if name == "received" else (),
                what=words.fill(values),
                documents=(copy.key,),
                subject=copy.record.text("note"),
                why="",
                reference=COPIES_FILE,
            )


def _people(manual: Manual, name: str, lang: Lang) -> tuple[str, ...]:
    return (name_of(manual, name, lang),) if name else ()
