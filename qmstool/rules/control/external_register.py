"""Rules on what the register of external documents says against itself: status, days, numbers, and what follows what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.parsing.codes import fold_code, fold_name
from qmstool.parsing.yaml.schema import is_date
from qmstool.rules.base.rule import Facts, Rule
from qmstool.rules.control.external_lookup import ENDED, circle, name, numbers, registered, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.model import Manual
    from qmstool.manual.registers import ExternalDocument
    from qmstool.parsing.yaml.nodes import LocatedText

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


def external_status_contradicted(facts: Facts) -> Iterator[Violation]:
    """External documents in force by their status and not by their days or successors, or the other way round."""
    for external in facts.manual.externals.values() if facts.day else ():
        status = external.record.get("status")
        told = _against(facts, external, facts.day.isoformat()) if facts.day and status else None
        if told is not None and status is not None:
            why, place = told
            values = {
                "name": name(external),
                "status": status.text,
                "why_vi": why.vi,
                "why_en": why.en,
            }
            yield Violation(status.location, values, None, (place.location,))


def _against(facts: Facts, external: ExternalDocument, day: str) -> tuple[Text, LocatedText] | None:
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
        numbers(facts.manual, external.superseded_by, external)
        if external.status in WHOLE and not expired
        else ()
    )
    if by and not all(_to_come(facts.manual, mark, day) for mark in external.superseded_by):
        return FOLLOWED.fill({"by": ", ".join(by)}), external.superseded_by[0]
    return None


def _day(external: ExternalDocument, key: str) -> LocatedText | None:
    """A day of a document's life that is known."""
    mark = external.record.get(key)
    return mark if mark is not None and is_date(mark.text) else None


def _to_come(manual: Manual, mark: LocatedText, day: str) -> bool:
    """Whether what follows a document is known to take effect only after a day."""
    following = registered(manual, mark.text)
    effective = _day(following, "effective") if following else None
    return effective is not None and effective.text > day


def external_day_to_come(facts: Facts) -> Iterator[Violation]:
    """External documents issued, or looked up, on a day that is still to come."""
    for external in facts.manual.externals.values() if facts.day else ():
        for key, vi, en in (("issued", "ban hành", "issued"), ("checked_on", "rà soát", "checked")):
            mark = _day(external, key)
            if mark is not None and facts.day and mark.text > facts.day.isoformat():
                values = {
                    "name": name(external),
                    "day": mark.text,
                    "key": key,
                    "done_vi": vi,
                    "done_en": en,
                }
                yield Violation(mark.location, values)


def external_twice(facts: Facts) -> Iterator[Violation]:
    """Numbers under which two entries of the register stand; the later one is told."""
    earlier: dict[str, list[ExternalDocument]] = {}
    for external in facts.manual.externals.values():
        mark = external.record.get("number")
        if mark is None or mark.text == UNKNOWN:
            continue
        others = earlier.setdefault(fold_code(mark.text), [])
        other = next((each for each in others if _same(each, external)), None)
        if other is not None:
            values = {"number": mark.text, "one": other.key, "two": external.key}
            yield Violation(
                mark.location, values, None, ((other.record.get("number") or other.mark).location,)
            )
        others.append(external)


def _same(one: ExternalDocument, two: ExternalDocument) -> bool:
    """Whether two entries of one number are one document: numbers are given anew each year, and by each issuer."""
    years = {day.text[:4] for each in (one, two) if (day := _day(each, "issued"))}
    issuers = {fold_name(each.issuer) for each in (one, two)} - {UNKNOWN}
    types = {fold_name(each.type) for each in (one, two)} - {UNKNOWN}
    # A number with letters says its type itself.
    typed = any(char.isalpha() for char in one.number)
    return len(years) <= 1 and len(issuers) <= 1 and (typed or len(types) <= 1)


def external_in_circle(facts: Facts) -> Iterator[Violation]:
    """External documents that amend or supersede each other in a circle, or themselves; each circle is told once."""
    told: set[frozenset[str]] = set()
    for external in facts.manual.externals.values():
        way = circle(facts.manual, external)
        found = frozenset(each.key for each, _ in way)
        if way and not found & {key for keys in told for key in keys}:
            told.add(found)
            first, *others = (mark for _, mark in way)
            said = (
                ROUND.fill({"circle": shown(way)})
                if others
                else ITSELF.fill({"name": name(external)})
            )
            values = {"circle": shown(way), "said_vi": said.vi, "said_en": said.en}
            yield Violation(first.location, values, None, tuple(mark.location for mark in others))


W = Severity.WARNING

# fmt: off
RULES = (
    Rule(
        "QMS345", "external-status-contradicted", W,
        Text("Tình trạng hiệu lực trái với ngày hay văn bản thay thế", "A status that its own entry contradicts"),
        Text(
            "{name} ghi status: {status}, {why_vi}. Hãy tra cứu rồi sửa chỗ ghi sai.",
            "{name} says status: {status}, {why_en}. Look it up, and fix what is wrong.",
        ),
        external_status_contradicted, ("day",),
    ),
    Rule(
        "QMS346", "external-day-to-come", W,
        Text("Ngày ban hành hay rà soát chưa đến", "A day of issue or of a check that is still to come"),
        Text(
            "{name} ghi ngày {done_vi} ({key}) là {day}, mà ngày ấy chưa đến. Hãy ghi đúng "
            "ngày đã {done_vi}; chưa biết thì ghi "
            "unknown.",
            (
                "{name} is said to be {done_en} ({key}) on {day}, and that day is still to come. "
                "Write the true day, or unknown."
            ),
        ),
        external_day_to_come, ("day",),
    ),
    Rule(
        "QMS347", "external-twice", W,
        Text("Một tài liệu bên ngoài đăng ký hai lần", "An external document registered twice"),
        Text(
            (
                "Số {number} đứng ở hai mục của danh mục, «{one}» và «{two}», nên không rõ viện "
                "dẫn dựa vào mục nào. Hãy gộp làm một."
            ),
            "The number {number} stands at two entries of the register, «{one}» and «{two}», "
            "so it is not clear which of them "
            "citations rely on. Make them one.",
        ),
        external_twice,
    ),
    Rule(
        "QMS348", "external-in-circle", W,
        Text("Tài liệu bên ngoài thay thế, sửa đổi nhau thành vòng tròn", "External documents that follow each other in a circle"),
        Text(
            (
                "Danh mục ghi {said_vi}, nên không biết văn bản nào mới nhất. Hãy sửa amended_by "
                "hoặc superseded_by ở chỗ ghi nhầm."
            ),
            "By the register {said_en}, so nobody can tell which is the newest. Fix "
            "amended_by or superseded_by where it is "
            "wrong.",
        ),
        external_in_circle,
    ),
)
