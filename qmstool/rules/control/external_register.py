"""Check what the register of external documents says against itself.

Status against days and successors, days to come, numbers that stand twice, and circles.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.manual.values import known_day, written_day
from qmstool.parsing.codes import fold_code, fold_name
from qmstool.register.externals import ENDED
from qmstool.rules.base.rule import rule
from qmstool.rules.base.values import bilingual
from qmstool.rules.control.external_lookup import (
    called_numbers,
    display_name,
    find_circle,
    find_external,
    format_circle,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qmstool.manual.model import Manual
    from qmstool.manual.registers import ExternalDocument
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.rule import Rule

    Contradiction = tuple[Text, LocatedText]

# In force as a whole: what is superseded in part or in transition may well name what follows it.
WHOLE = frozenset({"in_force", "amended"})
IN_FORCE = WHOLE | {"partly_superseded", "in_transition"}

# Days that cannot lie ahead, and what was done on them.
PAST_DAYS = {"issued": Text("ban hành", "issued"), "checked_on": Text("rà soát", "checked")}

GONE = Text("mà hết hiệu lực từ {day} (expired)", "and ceased on {day} (expired)")
NOT_GONE = Text("mà đến {day} mới hết hiệu lực (expired)", "and ceases only on {day} (expired)")
NOT_YET = Text(
    "mà đến {day} mới có hiệu lực (effective)", "and takes effect only on {day} (effective)"
)
ITSELF = Text("{name} được chính nó sửa đổi hay thay thế", "{name} amends or supersedes itself")
IN_CIRCLE = Text(
    "{circle}, tức là mỗi văn bản được văn bản đứng sau sửa đổi hay thay thế, thành vòng tròn",
    "each of {circle} is amended or superseded by the next, in a circle",
)
FOLLOWED = Text(
    "mà lại ghi đã được thay thế bởi {by} (superseded_by)",
    "and names what superseded it, {by} (superseded_by)",
)


@rule(
    "QMS345",
    "external-status-contradicted",
    Severity.WARNING,
    Text(
        "Tình trạng hiệu lực trái với ngày hay văn bản thay thế",
        "A status that its own entry contradicts",
    ),
    Text(
        "{name} ghi status: {status}, {why_vi}. Hãy tra cứu rồi sửa chỗ ghi sai.",
        "{name} says status: {status}, {why_en}. Look it up, and fix what is wrong.",
    ),
    needs=("day",),
)
def external_status_contradicted(facts: Facts) -> Iterator[Violation]:
    """Find documents in force by their status and not by their days or successors, or reversed."""
    if facts.day is None:
        return
    for external in facts.manual.externals.values():
        status = external.status_mark
        if status is None:
            continue
        contradiction = _contradiction(facts.manual, external, facts.day)
        if contradiction is not None:
            why, mark = contradiction
            values = {
                "name": display_name(external),
                "status": status.text,
                "why_vi": why.vi,
                "why_en": why.en,
            }
            yield Violation(status.location, values, None, (mark.location,))


def _contradiction(manual: Manual, external: ExternalDocument, day: date) -> Contradiction | None:
    """Return what contradicts the status of a document on a day, and the words that say it."""
    if external.status in IN_FORCE:
        return _why_not_in_force(manual, external, day)
    if external.status in ENDED:
        expired = external.expired
        if expired and expired.is_to_come(day):
            return NOT_GONE.fill({"day": written_day(expired)}), expired.mark
    return None


def _why_not_in_force(
    manual: Manual, external: ExternalDocument, day: date
) -> Contradiction | None:
    expired, effective = external.expired, external.effective
    if expired and expired.has_come(day):
        return GONE.fill({"day": written_day(expired)}), expired.mark
    if effective and effective.is_to_come(day):
        return NOT_YET.fill({"day": written_day(effective)}), effective.mark
    if external.status not in WHOLE or known_day(expired):
        return None
    successors = called_numbers(manual, external.superseded_by, external)
    if successors and not all(_is_to_come(manual, mark, day) for mark in external.superseded_by):
        return FOLLOWED.fill({"by": ", ".join(successors)}), external.superseded_by[0]
    return None


def _is_to_come(manual: Manual, mark: LocatedText, day: date) -> bool:
    """Whether the successor that a mark names is known to take effect only after a day."""
    successor = find_external(manual, mark.text)
    if successor is None or successor.effective is None:
        return False
    return successor.effective.is_to_come(day)


@rule(
    "QMS346",
    "external-day-to-come",
    Severity.WARNING,
    Text(
        "Ngày ban hành hay rà soát chưa đến",
        "A day of issue or of a check that is still to come",
    ),
    Text(
        "{name} ghi ngày {done_vi} ({key}) là {day}, mà ngày ấy chưa đến. Hãy ghi đúng ngày đã "
        "{done_vi}; chưa biết thì ghi unknown.",
        "{name} is said to be {done_en} ({key}) on {day}, and that day is still to come. Write "
        "the true day, or unknown.",
    ),
    needs=("day",),
)
def external_day_to_come(facts: Facts) -> Iterator[Violation]:
    """Find external documents issued, or looked up, on a day that is still to come."""
    if facts.day is None:
        return
    for external in facts.manual.externals.values():
        days = {"issued": external.issued, "checked_on": external.checked_on}
        for key, day in days.items():
            if day is not None and day.is_to_come(facts.day):
                values = {
                    "name": display_name(external),
                    "day": written_day(day),
                    "key": key,
                    **bilingual(done=PAST_DAYS[key]),
                }
                yield Violation(day.mark.location, values)


@rule(
    "QMS347",
    "external-twice",
    Severity.WARNING,
    Text("Một tài liệu bên ngoài đăng ký hai lần", "An external document registered twice"),
    Text(
        "Số {number} đứng ở hai mục của danh mục, «{one}» và «{two}», nên không rõ viện dẫn dựa "
        "vào mục nào. Hãy gộp làm một.",
        "The number {number} stands at two entries of the register, «{one}» and «{two}», so it "
        "is not clear which of them citations rely on. Make them one.",
    ),
)
def external_twice(facts: Facts) -> Iterator[Violation]:
    """Find numbers under which two entries of the register stand; reported at the later one."""
    earlier: dict[str, list[ExternalDocument]] = {}
    for external in facts.manual.externals.values():
        number = external.number_mark
        if number is None or number.text == UNKNOWN:
            continue
        namesakes = earlier.setdefault(fold_code(number.text), [])
        twin = next((each for each in namesakes if _is_same(each, external)), None)
        if twin is not None:
            values = {"number": number.text, "one": twin.key, "two": external.key}
            other = twin.number_mark or twin.mark
            yield Violation(number.location, values, None, (other.location,))
        namesakes.append(external)


def _is_same(one: ExternalDocument, two: ExternalDocument) -> bool:
    """Whether two entries of one number are one document.

    Numbers are given anew each year, and by each issuer. A number with letters says its type
    itself.
    """
    years = {_year(one), _year(two)} - {None}
    issuers = {fold_name(one.issuer), fold_name(two.issuer)} - {UNKNOWN}
    if len(years) > 1 or len(issuers) > 1:
        return False
    types = {fold_name(one.type), fold_name(two.type)} - {UNKNOWN}
    return len(types) <= 1 or any(char.isalpha() for char in one.number)


def _year(external: ExternalDocument) -> int | None:
    """Return the year of issue, None where it is not known."""
    issued = known_day(external.issued)
    return issued.year if issued else None


@rule(
    "QMS348",
    "external-in-circle",
    Severity.WARNING,
    Text(
        "Tài liệu bên ngoài thay thế, sửa đổi nhau thành vòng tròn",
        "External documents that follow each other in a circle",
    ),
    Text(
        "Danh mục ghi {said_vi}, nên không biết văn bản nào mới nhất. Hãy sửa amended_by hoặc "
        "superseded_by ở chỗ ghi nhầm.",
        "By the register {said_en}, so nobody can tell which is the newest. Fix amended_by or "
        "superseded_by where it is wrong.",
    ),
)
def external_in_circle(facts: Facts) -> Iterator[Violation]:
    """Find external documents that amend or supersede each other in a circle, or themselves.

    Each circle is reported once.
    """
    reported: set[str] = set()
    for external in facts.manual.externals.values():
        circle = find_circle(facts.manual, external)
        keys = {member.key for member, _ in circle}
        if not circle or keys & reported:
            continue
        reported |= keys
        first, *others = [mark.location for _, mark in circle]
        path = format_circle(circle)
        if others:
            course = IN_CIRCLE.fill({"circle": path})
        else:
            course = ITSELF.fill({"name": display_name(external)})
        values = {"circle": path, "said_vi": course.vi, "said_en": course.en}
        yield Violation(first, values, None, tuple(others))


RULES: tuple[Rule, ...] = (
    external_status_contradicted,
    external_day_to_come,
    external_twice,
    external_in_circle,
)
