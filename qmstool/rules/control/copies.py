"""Rules on copies handed out: those of old texts that did not come back, and those of a text that no release put in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Fault, Severity, Unasked
from qmstool.i18n import Text
from qmstool.manual.circulation import COPIES
from qmstool.register.copies import overdue_copies, recorded_item
from qmstool.rules.base.rule import Facts, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator


def copy_not_recalled(facts: Facts) -> Iterator[Fault]:
    """Paper copies of what is no longer in force that are out longer than the manual allows (ISO 9001 7.5.3.2)."""
    if facts.day is None or facts.releases is None:
        return
    for each in overdue_copies(facts.manual, facts.day):
        unit = facts.manual.config.units.get(each.copy.unit.text)
        values = {
            "code": each.copy.document.text,
            "unit": unit.name if unit else each.copy.unit.text,
        }
        values |= {
            "number": each.copy.number or f"×{each.copy.count}",
            "since": each.since.isoformat() if each.since else "",
        }
        yield Fault(each.copy.document.location, values | {"days": str(each.days)})


def copy_of_nothing(facts: Facts) -> Iterator[Fault | Unasked]:
    """Copies of a document that their release does not hold."""
    if facts.releases is None:
        return
    hurt = facts.lost.why(COPIES)
    for copy in facts.manual.copies:
        if hurt is not None and copy.entry.get("release") is None:
            yield Unasked.of(hurt)
        elif recorded_item(facts.manual, copy) is None:
            held = [
                str(each.number)
                for each in facts.releases
                if any(item.key == copy.key for item in each.items)
            ]
            told = {
                "held_vi": ", ".join(held) or "không đợt nào",
                "held_en": ", ".join(held) or "none",
            }
            place = copy.entry.get("release") or copy.document
            yield Fault(
                place.location, {"code": copy.document.text, "release": str(copy.release)} | told
            )


E, W = Severity.ERROR, Severity.WARNING

# fmt: off
RULES = (
    Rule(
        "QMS335", "copy-not-recalled", W,
        Text("Bản giấy hết hiệu lực chưa thu hồi", "A paper copy of an old text that did not come back"),
        Text(
            "{code}, bản số {number} ở {unit}: nội dung hết hiệu lực từ {since}, đã {days} "
            "ngày chưa thu hồi. Hãy thu hồi rồi "
            "ghi vào recalled; mất thì ghi vào lost.",
            "{code}, copy {number} at {unit}: its text is out of force since {since}, and it "
            "has not come back for {days} days. "
            "Recall it and write recalled; if it is lost, lost.",
        ),
        copy_not_recalled, ("day", "releases"),
    ),
    Rule(
        "QMS336", "copy-of-nothing", E,
        Text("Bản phát không khớp đợt ban hành nào", "A copy of a text that its release does not hold"),
        Text(
            (
                "Đợt {release} không ban hành {code}. Các đợt có tài liệu này: {held_vi}. Hãy "
                "ghi đúng số đợt."
            ),
            (
                "Release {release} does not hold {code}. Releases that do: {held_en}. Write the "
                "right number."
            ),
        ),
        copy_of_nothing, ("releases",),
    ),
)
