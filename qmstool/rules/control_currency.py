"""Rules on external documents that may have moved on: amended, in transition, of unknown status, not looked at for long."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qmstool.findings import Fault, Severity, Text
from qmstool.model import UNKNOWN
from qmstool.rules.rule import Facts, Rule
from qmstool.sources.entries import is_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmstool.findings import Location
    from qmstool.model import External, Manual
    from qmstool.sources.nodes import Mark

EXTERNALS = "procedures/external.yml"
ENDED = {"superseded", "repealed"}


def _relied_on(facts: Facts) -> Iterator[tuple[External, tuple[Location, ...]]]:
    """External documents that a text or the mapping names, with the places; none while the register is broken."""
    mapped: dict[str, list[Location]] = {}
    for row in (row for coverage in facts.manual.coverage.values() for row in coverage.rows.values()):
        for mark in row.external:
            mapped.setdefault(mark.text, []).append(mark.location)
    for external in facts.manual.externals.values() if EXTERNALS not in facts.lost.broken else ():
        cited = [reference.location for reference in facts.references.to.get(("external", external.key), ())]
        places = (*cited, *mapped.get(external.key, ()))
        if places:
            yield external, places


def _name(external: External) -> str:
    return external.title if external.number == UNKNOWN else f"{external.type} {external.number}"


def _numbers(manual: Manual, marks: Sequence[Mark]) -> str:
    """The numbers of the documents that marks name, by id or by number."""
    known = ((mark, manual.externals.get(mark.text)) for mark in marks)
    return ", ".join(mark.text if each is None or each.number == UNKNOWN else each.number for mark, each in known)


def external_amended(facts: Facts) -> Iterator[Fault]:
    """External documents relied on that have been amended and are still in force."""
    for external, places in _relied_on(facts):
        if external.status not in ENDED and (external.amended_by or external.status in {"amended", "partly_superseded"}):
            by = _numbers(facts.manual, (*external.amended_by, *external.superseded_by))
            values = {"name": _name(external), "by_vi": by or "chưa rõ", "by_en": by or UNKNOWN}
            yield Fault(external.mark.location, values, None, places)


def external_in_transition(facts: Facts) -> Iterator[Fault]:
    """External documents relied on whose next edition is out while they still hold."""
    for external, places in _relied_on(facts):
        if external.status == "in_transition":
            by = _numbers(facts.manual, external.superseded_by)
            values = {"name": _name(external), "by_vi": by or "chưa rõ", "by_en": by or UNKNOWN}
            yield Fault(external.mark.location, values, None, places)


def external_unchecked(facts: Facts) -> Iterator[Fault]:
    """External documents relied on of which nobody knows whether they are in force."""
    for external, places in _relied_on(facts):
        if external.status == UNKNOWN:
            place = external.entry.get("status") or external.mark
            yield Fault(place.location, {"name": _name(external)}, None, places)


def external_stale(facts: Facts) -> Iterator[Fault]:
    """External documents relied on whose last check was too long ago."""
    for external, _ in _relied_on(facts):
        mark = external.entry.get("checked_on")
        if facts.day and mark and is_date(mark.text) and external.status not in ENDED:
            days = (facts.day - date.fromisoformat(mark.text)).days
            if days > facts.manual.config.external_recheck_days:
                values = {"name": _name(external), "days": str(days)}
                yield Fault(mark.location, values, f"checked_on: {facts.day.isoformat()}")


W, I = Severity.WARNING, Severity.INFO  # noqa: E741 - a column of the table

# fmt: off
RULES = (
    Rule(
        "QMS325", "external-amended", I,
        Text("Tài liệu bên ngoài đã được sửa đổi", "An external document that was amended"),
        Text(
            "{name} đã được sửa đổi (bởi: {by_vi}). Hãy xem những chỗ viện dẫn có còn đúng không.",
            "{name} has been amended (by: {by_en}). See whether the places that rely on it still hold.",
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
            "Chưa rõ {name} còn hiệu lực hay không, mà sổ tay đang viện dẫn. Hãy tra cứu rồi ghi vào status và checked_on.",
            "It is not known whether {name} is in force, and the manual relies on it. Look it up, and write status and "
            "checked_on.",
        ),
        external_unchecked,
    ),
    Rule(
        "QMS328", "external-stale", W,
        Text("Đã lâu chưa rà soát tài liệu bên ngoài", "An external document not checked for long"),
        Text(
            "{name} được rà soát lần gần nhất cách đây {days} ngày. Hãy tra cứu lại rồi ghi ngày mới vào checked_on.",
            "{name} was last checked {days} days ago. Look it up again, and write the new day as checked_on.",
        ),
        external_stale, ("day",),
    ),
)
