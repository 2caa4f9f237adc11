"""Rules on external documents that may have moved on: amended, in transition, of unknown status, not looked at for long."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qmstool.findings import NotChecked, Severity, Violation
from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.parsing.yaml.schema import is_date
from qmstool.rules.base.rule import Facts, Rule
from qmstool.rules.control.external_lookup import ENDED, EXTERNALS, name, numbers, uses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.findings import Location
    from qmstool.manual.registers import ExternalDocument


def _relied_on(facts: Facts) -> Iterator[tuple[ExternalDocument, tuple[Location, ...]]]:
    """External documents that a text or the mapping names, with the places; not those whose entry could not all be read."""
    hurt = facts.lost.hurt([each.mark for each in facts.manual.externals.values()])
    for external in facts.manual.externals.values():
        if external.key in hurt:
            continue
        places = tuple(uses(facts, external.key))
        if places:
            yield external, places


def _unread(facts: Facts) -> Iterator[NotChecked]:
    """The entries of the register of which not all could be read."""
    hurt = facts.lost.hurt([each.mark for each in facts.manual.externals.values()])
    problem = facts.lost.why(EXTERNALS) if not facts.manual.externals else None
    yield from (NotChecked.of(each) for each in (*hurt.values(), *([problem] if problem else ())))


def _by(facts: Facts, external: ExternalDocument, *kinds: str) -> dict[str, str]:
    """What a message says of a document and of those that its register names as following it."""
    by = ", ".join(
        numbers(
            facts.manual, (mark for kind in kinds for mark in external.record.list(kind)), external
        )
    )
    return {"name": name(external), "by_vi": by or "chưa rõ", "by_en": by or UNKNOWN}


def external_amended(facts: Facts) -> Iterator[Violation | NotChecked]:
    """External documents relied on that have been amended, or superseded in part, and are still in force."""
    yield from _unread(facts)
    for external, places in _relied_on(facts):
        in_part = external.status == "partly_superseded"
        if external.status not in ENDED and (
            external.amended_by or in_part or external.status == "amended"
        ):
            values = _by(facts, external, "amended_by", *(("superseded_by",) if in_part else ()))
            yield Violation(external.mark.location, values, None, places)


def external_in_transition(facts: Facts) -> Iterator[Violation | NotChecked]:
    """External documents relied on whose next edition is out while they still hold."""
    yield from _unread(facts)
    for external, places in _relied_on(facts):
        if external.status == "in_transition":
            yield Violation(
                external.mark.location, _by(facts, external, "superseded_by"), None, places
            )


def external_unchecked(facts: Facts) -> Iterator[Violation | NotChecked]:
    """External documents relied on of which nobody knows whether they are in force."""
    yield from _unread(facts)
    for external, places in _relied_on(facts):
        if external.status == UNKNOWN:
            place = external.record.get("status") or external.mark
            yield Violation(place.location, {"name": name(external)}, None, places)


def external_stale(facts: Facts) -> Iterator[Violation | NotChecked]:
    """External documents relied on whose last check was too long ago."""
    yield from _unread(facts)
    for external, _ in _relied_on(facts):
        mark = external.record.get("checked_on")
        if facts.day and mark and is_date(mark.text) and external.status not in ENDED:
            days = (facts.day - date.fromisoformat(mark.text)).days
            if days > facts.manual.config.external_recheck_days:
                values = {"name": name(external), "days": str(days)}
                # No day to paste: that would record a check which nobody has made.
                yield Violation(mark.location, values)


W, I = Severity.WARNING, Severity.INFO  # noqa: E741 - a column of the table

# fmt: off
RULES = (
    Rule(
        "QMS325", "external-amended", I,
        Text("Tài liệu bên ngoài đã được sửa đổi", "An external document that was amended"),
        Text(
            "{name} đã được sửa đổi (bởi: {by_vi}). Hãy xem những chỗ viện dẫn có còn đúng không.",
            (
                "{name} has been amended (by: {by_en}). See whether the places that rely on it "
                "still hold."
            ),
        ),
        external_amended,
    ),
    Rule(
        "QMS326", "external-in-transition", I,
        Text("Tài liệu bên ngoài đang chuyển sang bản mới", "An external document in transition"),
        Text(
            "{name} đang chuyển sang bản mới ({by_vi}). Hãy lập kế hoạch chuyển đổi.",
            "{name} is giving way to a new edition ({by_en}). Make a plan for the transition.",
        ),
        external_in_transition,
    ),
    Rule(
        "QMS327", "external-unchecked", I,
        Text("Chưa rõ tài liệu bên ngoài còn hiệu lực không", "An external document of unknown status"),
        Text(
            (
                "Chưa rõ {name} còn hiệu lực hay không, mà sổ tay đang viện dẫn. Hãy tra cứu rồi "
                "ghi vào status và checked_on."
            ),
            "It is not known whether {name} is in force, and the manual relies on it. Look "
            "it up, and write status and "
            "checked_on.",
        ),
        external_unchecked,
    ),
    Rule(
        "QMS328", "external-stale", W,
        Text("Đã lâu chưa rà soát tài liệu bên ngoài", "An external document not checked for long"),
        Text(
            "{name} được rà soát lần gần nhất cách đây {days} ngày. Hãy tra cứu lại; tra cứu "
            "xong mới ghi ngày tra cứu vào "
            "checked_on, người tra cứu vào checked_by.",
            "{name} was last checked {days} days ago. Look it up again; once that is done, "
            "write the day as checked_on and who "
            "did it as checked_by.",
        ),
        external_stale, ("day",),
    ),
)
