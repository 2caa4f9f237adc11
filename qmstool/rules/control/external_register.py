"""Rules on what the register of external documents says against itself: status, days, numbers, and what follows what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Fault, Severity
from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.parsing.codes import fold_name
from qmstool.parsing.codes import key as fold_code
from qmstool.parsing.yaml.records import is_date
from qmstool.rules.base.rule import rule
from qmstool.rules.control.external_lookup import (
    ENDED,
    called_numbers,
    display_name,
    find_circle,
    find_external,
    format_circle,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.model import External, Manual
    from qmstool.parsing.yaml.nodes import Mark
    from qmstool.rules.base.rule import Facts, Rule

# In force as a whole: what is superseded in part or in transition may well name what follows it.
WHOLE = frozenset({"in_force", "amended"})
IN_FORCE = WHOLE | {"partly_superseded", "in_transition"}

GONE = Text("mà hết hiệu lực từ {day} (expired)", "and ceased on {day} (expired)")
NOT_GONE = Text("mà đến {day} mới hết hiệu lực (expired)", "and ceases only on {day} (expired)")
NOT_YET = Text(
    "mà đến {day} mới có hiệu lực (effective)", "and takes effect only on {day} (effective)"
)
ITSELF = Text("{name} được chính nó sửa đổi hay thay thế", "{name} amends or supersedes itself")
ROUND = Text(
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
def external_status_contradicted(facts: Facts) -> Iterator[Fault]:
    """External documents in force by their status and not by their days or successors, or the other way round."""
    for external in facts.manual.externals.values() if facts.day else ():
        status = external.entry.get("status")
        told = _against(facts, external, facts.day.isoformat()) if facts.day and status else None
        if told is not None and status is not None:
            why, place = told
            values = {
                "name": display_name(external),
                "status": status.text,
                "why_vi": why.vi,
                "why_en": why.en,
            }
            yield Fault(status.location, values, None, (place.location,))


def _against(facts: Facts, external: External, day: str) -> tuple[Text, Mark] | None:
    """What speaks against the status of a document on a day, and the words that say it."""
    expired, effective = (_day(external, key) for key in ("expired", "effective"))
    if external.status in ENDED:
        return (
            (NOT_GONE.fill({"day": expired.text}), expired)
            if expired and expired.text > day
            else None
        )
    if external.status not in IN_FORCE:
        return None
    if expired and expired.text <= day:
        return GONE.fill({"day": expired.text}), expired
    if effective and effective.text > day:
        return NOT_YET.fill({"day": effective.text}), effective
    by = (
        called_numbers(facts.manual, external.superseded_by, external)
        if external.status in WHOLE and not expired
        else ()
    )
    if by and not all(_to_come(facts.manual, mark, day) for mark in external.superseded_by):
        return FOLLOWED.fill({"by": ", ".join(by)}), external.superseded_by[0]
    return None


def _day(external: External, key: str) -> Mark | None:
    """A day of a document's life that is known."""
    mark = external.entry.get(key)
    return mark if mark is not None and is_date(mark.text) else None


def _to_come(manual: Manual, mark: Mark, day: str) -> bool:
    """Whether what follows a document is known to take effect only after a day."""
    following = find_external(manual, mark.text)
    effective = _day(following, "effective") if following else None
    return effective is not None and effective.text > day


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
def external_day_to_come(facts: Facts) -> Iterator[Fault]:
    """External documents issued, or looked up, on a day that is still to come."""
    for external in facts.manual.externals.values() if facts.day else ():
        for key, vi, en in (("issued", "ban hành", "issued"), ("checked_on", "rà soát", "checked")):
            mark = _day(external, key)
            if mark is not None and facts.day and mark.text > facts.day.isoformat():
                values = {
                    "name": display_name(external),
                    "day": mark.text,
                    "key": key,
                    "done_vi": vi,
                    "done_en": en,
                }
                yield Fault(mark.location, values)


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
def external_twice(facts: Facts) -> Iterator[Fault]:
    """Numbers under which two entries of the register stand; the later one is told."""
    earlier: dict[str, list[External]] = {}
    for external in facts.manual.externals.values():
        mark = external.entry.get("number")
        if mark is None or mark.text == UNKNOWN:
            continue
        others = earlier.setdefault(fold_code(mark.text), [])
        other = next((each for each in others if _same(each, external)), None)
        if other is not None:
            values = {"number": mark.text, "one": other.key, "two": external.key}
            yield Fault(
                mark.location, values, None, ((other.entry.get("number") or other.mark).location,)
            )
        others.append(external)


def _same(one: External, two: External) -> bool:
    """Whether two entries of one number are one document: numbers are given anew each year, and by each issuer."""
    years = {day.text[:4] for each in (one, two) if (day := _day(each, "issued"))}
    issuers = {fold_name(each.issuer) for each in (one, two)} - {UNKNOWN}
    types = {fold_name(each.type) for each in (one, two)} - {UNKNOWN}
    # A number with letters says its type itself.
    typed = any(char.isalpha() for char in one.number)
    return len(years) <= 1 and len(issuers) <= 1 and (typed or len(types) <= 1)


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
def external_in_circle(facts: Facts) -> Iterator[Fault]:
    """External documents that amend or supersede each other in a circle, or themselves; each circle is told once."""
    told: set[frozenset[str]] = set()
    for external in facts.manual.externals.values():
        way = find_circle(facts.manual, external)
        found = frozenset(each.key for each, _ in way)
        if way and not found & {key for keys in told for key in keys}:
            told.add(found)
            first, *others = (mark for _, mark in way)
            said = (
                ROUND.fill({"circle": format_circle(way)})
                if others
                else ITSELF.fill({"name": display_name(external)})
            )
            values = {"circle": format_circle(way), "said_vi": said.vi, "said_en": said.en}
            yield Fault(first.location, values, None, tuple(mark.location for mark in others))


RULES: tuple[Rule, ...] = (
    external_status_contradicted,
    external_day_to_come,
    external_twice,
    external_in_circle,
)
