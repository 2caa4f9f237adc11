"""Check whether external documents relied on are still current.

They may be amended, in transition, of unknown status, or not looked up for long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import NotChecked, Severity, Subject, Violation
from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.manual.registers import EXTERNALS_FILE
from qmstool.register.externals import ENDED
from qmstool.rules.base.hiders import damaged_entry
from qmstool.rules.base.rule import rule
from qmstool.rules.base.values import bilingual
from qmstool.rules.control.external_lookup import (
    called_numbers,
    display_name,
    find_uses,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmstool.findings import Location
    from qmstool.manual.registers import ExternalDocument
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.rule import Rule

STATUS_UNKNOWN = Text(
    "Chưa rõ {name} còn hiệu lực hay không", "It is not known whether {name} is in force"
)
NEVER_LOOKED_UP = Text(
    "{name} được ghi là còn hiệu lực nhưng chưa ai rà soát",
    "{name} is said to be in force, but nobody has looked it up",
)


def _relied_on(facts: Facts) -> Iterator[tuple[ExternalDocument, tuple[Location, ...]]]:
    """Yield external documents that a text or the mapping names, with the places."""
    for external in facts.manual.externals.values():
        places = tuple(find_uses(facts, external.key))
        if places:
            yield external, places


def _entries(facts: Facts) -> list[LocatedText]:
    return [external.mark for external in facts.manual.externals.values()]


def _subject(external: ExternalDocument) -> tuple[Subject]:
    return (Subject(external.mark.text, EXTERNALS_FILE),)


def unread_register(facts: Facts) -> Iterable[NotChecked]:
    """Yield why entries of the register, or all of it, could not be asked about."""
    for problem in facts.lost_lines.damaged_entries(_entries(facts)).values():
        yield NotChecked.because_of(problem)
    if not facts.manual.externals:
        broken_register = facts.lost_lines.first_problem(EXTERNALS_FILE)
        if broken_register is not None:
            yield NotChecked.because_of(broken_register)


def _values(
    facts: Facts, external: ExternalDocument, marks: tuple[LocatedText, ...]
) -> dict[str, str]:
    """Return a document's name and those of its successors, which `marks` name."""
    successors = ", ".join(called_numbers(facts.manual, marks, external))
    return {
        "name": display_name(external),
        "by_vi": successors or "chưa rõ",
        "by_en": successors or UNKNOWN,
    }


@rule(
    "QMS325",
    "external-amended",
    Severity.INFO,
    Text("Tài liệu bên ngoài đã được sửa đổi", "An external document that was amended"),
    Text(
        "{name} đã được sửa đổi (bởi: {by_vi}). Hãy xem những chỗ viện dẫn có còn đúng không.",
        "{name} has been amended (by: {by_en}). See whether the places that rely on it still hold.",
    ),
    hidden_by=(damaged_entry(_entries),),
    unread=(unread_register,),
)
def external_amended(facts: Facts) -> Iterator[Violation]:
    """Find documents relied on that were amended, or superseded in part, and still hold."""
    for external, places in _relied_on(facts):
        if external.status in ENDED:
            continue
        if external.status == "partly_superseded":
            values = _values(facts, external, external.amended_by + external.superseded_by)
        elif external.amended_by or external.status == "amended":
            values = _values(facts, external, external.amended_by)
        else:
            continue
        about = _subject(external)
        yield Violation(external.mark.location, values, None, places, subjects=about)


@rule(
    "QMS326",
    "external-in-transition",
    Severity.INFO,
    Text("Tài liệu bên ngoài đang chuyển sang bản mới", "An external document in transition"),
    Text(
        "{name} đang chuyển sang bản mới ({by_vi}). Hãy lập kế hoạch chuyển đổi.",
        "{name} is giving way to a new edition ({by_en}). Make a plan for the transition.",
    ),
    hidden_by=(damaged_entry(_entries),),
    unread=(unread_register,),
)
def external_in_transition(facts: Facts) -> Iterator[Violation]:
    """Find documents relied on whose next edition is out while they still hold."""
    for external, places in _relied_on(facts):
        if external.status == "in_transition":
            values = _values(facts, external, external.superseded_by)
            about = _subject(external)
            yield Violation(external.mark.location, values, None, places, subjects=about)


@rule(
    "QMS327",
    "external-unchecked",
    Severity.INFO,
    Text("Chưa rõ tài liệu bên ngoài còn hiệu lực không", "An external document of unknown status"),
    Text(
        "{doubt_vi}, mà sổ tay đang viện dẫn. Hãy tra cứu rồi ghi vào status và checked_on.",
        "{doubt_en}, and the manual relies on it. Look it up, and write status and checked_on.",
    ),
    hidden_by=(damaged_entry(_entries),),
    unread=(unread_register,),
)
def external_unchecked(facts: Facts) -> Iterator[Violation]:
    """Find documents relied on of which nobody knows, or nobody looked up, whether they hold."""
    for external, places in _relied_on(facts):
        if external.status == UNKNOWN:
            doubt = STATUS_UNKNOWN
        elif external.status not in ENDED and _is_said_unchecked(external):
            doubt = NEVER_LOOKED_UP
        else:
            continue
        place = external.status_mark or external.mark
        values = bilingual(doubt=doubt.fill({"name": display_name(external)}))
        yield Violation(place.location, values, None, places, subjects=_subject(external))


@rule(
    "QMS328",
    "external-stale",
    Severity.WARNING,
    Text("Đã lâu chưa rà soát tài liệu bên ngoài", "An external document not checked for long"),
    Text(
        "{name} được rà soát lần gần nhất cách đây {days} ngày. Hãy tra cứu lại; tra cứu xong "
        "mới ghi ngày tra cứu vào checked_on, người tra cứu vào checked_by.",
        "{name} was last checked {days} days ago. Look it up again; once that is done, write "
        "the day as checked_on and who did it as checked_by.",
    ),
    needs=("day",),
    hidden_by=(damaged_entry(_entries),),
    unread=(unread_register,),
)
def external_stale(facts: Facts) -> Iterator[Violation]:
    """Find documents relied on that were last looked up too long ago.

    How many days a look-up holds is set in the manual's configuration.
    """
    if facts.day is None:
        return
    for external, _ in _relied_on(facts):
        checked_on = external.checked_on
        if checked_on is None or checked_on.known is None or external.status in ENDED:
            continue
        days = (facts.day - checked_on.known).days
        if days > facts.manual.config.external_recheck_days:
            values = {"name": display_name(external), "days": str(days)}
            # No day to paste: that would record a check which nobody has made.
            yield Violation(checked_on.mark.location, values, subjects=_subject(external))


def _is_said_unchecked(external: ExternalDocument) -> bool:
    """Whether the register says outright that nobody knows when it was looked up."""
    return external.checked_on is not None and external.checked_on.known is None


RULES: tuple[Rule, ...] = (
    external_amended,
    external_in_transition,
    external_unchecked,
    external_stale,
)
