"""Opinions asked for, signatures, copies handed out and called back → events of the trail. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.manual.circulation import COPIES, HOME
from qmstool.parsing.yaml.records import is_date
from qmstool.register.opinions import ANSWERS, OPINION_STATES, recorded_candidates
from qmstool.tables.events import Event
from qmstool.tables.registers import unit_name
from qmstool.tables.signatures import name_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qmstool.i18n import Lang
    from qmstool.manual.circulation import HandedOut, Opinions
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
    """Yield an event for each act with a day; `waiting`: the documents of candidates that no release has recorded yet, by key."""
    held = {**waiting} | {
        key: frozenset(item.key for item in each.items)
        for key, each in recorded_candidates(manual).items()
    }
    for found in manual.opinions.values():
        yield from _opinions(manual, found, held.get(found.candidate, frozenset()), lang)
    for copy in manual.copies:
        yield from _copy(manual, copy, lang)


def _opinions(
    manual: Manual, found: Opinions, all_of: frozenset[str], lang: Lang
) -> Iterator[Event]:
    where = f"{HOME}{found.candidate}.yml"
    for each in found.asked:
        keys = tuple(sorted(each.documents or all_of))
        unit = unit_name(manual, each.unit.text, lang)
        if is_date(each.sent):
            letter = each.entry.text("reference")
            yield Event(
                each.sent,
                _people(manual, each.by, lang),
                SENT.fill({"unit": unit}),
                keys,
                letter,
                "",
                where,
            )
        if is_date(each.answered) and each.answer in ANSWERS:
            words = OPINION_STATES[ANSWERS[each.answer]]
            what = Text(
                ANSWERED.vi.format(unit=unit, opinion=words.vi),
                ANSWERED.en.format(unit=unit, opinion=words.en),
            )
            said = each.entry.text("comment")
            yield Event(
                each.answered,
                _people(manual, each.person, lang) or (unit,),
                what,
                keys,
                said,
                each.entry.text("response"),
                where,
            )
    for signed in found.signed:
        if is_date(signed.date) and signed.capacity in SIGNED:
            keys = tuple(sorted(signed.documents or all_of))
            yield Event(
                signed.date,
                _people(manual, signed.person, lang),
                SIGNED[signed.capacity],
                keys,
                "",
                "",
                where,
            )


def _copy(manual: Manual, copy: HandedOut, lang: Lang) -> Iterator[Event]:
    unit, receiver = unit_name(manual, copy.unit.text, lang), _people(manual, copy.to, lang)
    values = {
        "unit": unit,
        "to": f"{unit} ({receiver[0]})" if receiver else unit,
        "number": copy.number or f"(×{copy.count})",
    }
    for name, words in FATES.items():
        if is_date(day := copy.entry.text(name)):
            who = receiver if name == "received" else ()
            yield Event(
                day, who, words.fill(values), (copy.key,), copy.entry.text("note"), "", COPIES
            )


def _people(manual: Manual, name: str, lang: Lang) -> tuple[str, ...]:
    return (name_of(manual, name, lang),) if name else ()
