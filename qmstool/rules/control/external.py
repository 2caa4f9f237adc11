"""Rules on external documents: each can be told from others by number and date, and none that has ended is relied on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.rules.base.rule import Facts, Rule
from qmstool.rules.control.external_lookup import circle, name, numbers, registered, shown, uses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.model import Manual
    from qmstool.manual.registers import ExternalDocument

ENDED = {
    "superseded": Text("đã được thay thế", "is superseded"),
    "repealed": Text("đã bị bãi bỏ", "is repealed"),
}
ROUND = Text(
    "chưa rõ, vì danh mục ghi vòng tròn {circle}",
    "unknown, since the register goes in a circle, {circle}",
)


def superseded_external(facts: Facts) -> Iterator[Violation]:
    """Places that rely on an external document which is superseded or repealed, with the end of its chain (ISO 9001 7.5.3.2)."""
    for external in facts.manual.externals.values():
        ended = ENDED.get(external.status)
        if ended is None:
            continue
        values = {"name": name(external), "ended_vi": ended.vi, "ended_en": ended.en}
        following = _next(facts.manual, external)
        values |= {"next_vi": following.vi, "next_en": following.en}
        for place in uses(facts, external.key):
            yield Violation(place, values, None, (external.mark.location,))


def _next(manual: Manual, external: ExternalDocument) -> Text:
    """What follows at the ends of the chains that lead on from an external document."""
    ends: list[str] = []
    waiting, seen = [external], dict.fromkeys([external.key])
    while waiting:
        each = waiting.pop(0)
        found = {mark: registered(manual, mark.text) for mark in each.superseded_by}
        on = {
            mark: other
            for mark, other in found.items()
            if other is not None and numbers(manual, other.superseded_by)
        }
        ends += numbers(manual, (mark for mark in found if mark not in on))
        waiting += [other for other in on.values() if other.key not in seen]
        seen |= dict.fromkeys(other.key for other in on.values())
    if ends:
        told = ", ".join(dict.fromkeys(ends))
        return Text(told, told)
    rounds = (circle(manual, manual.externals[key]) for key in seen)
    way = next((each for each in rounds if each), None)
    return ROUND.fill({"circle": shown(way)}) if way else Text("chưa rõ", UNKNOWN)


def external_incomplete(facts: Facts) -> Iterator[Violation]:
    """External documents that nobody could find again: their number is unknown (ISO 9001 7.5.3.2)."""
    for external in facts.manual.externals.values():
        mark = external.record.get("number")
        if mark is not None and mark.text == UNKNOWN:
            yield Violation(mark.location, {"title": external.title})


def external_undated(facts: Facts) -> Iterator[Violation]:
    """External documents without a date of issue (ISO 9001 7.5.3.2: identified as appropriate)."""
    for external in facts.manual.externals.values():
        if "issued" not in external.record.keys:
            yield Violation(external.mark.location, {"name": name(external)}, "    issued: ")


def external_date_unknown(facts: Facts) -> Iterator[Violation]:
    """Dates of issue that are written down as unknown; one finding for the register."""
    marks = [external.record.get("issued") for external in facts.manual.externals.values()]
    places = [mark.location for mark in marks if mark is not None and mark.text == UNKNOWN]
    if places:
        yield Violation(places[0], {"count": str(len(places))}, None, tuple(places[1:]))


W, I = Severity.WARNING, Severity.INFO  # noqa: E741 - a column of the table

# fmt: off
RULES = (
    Rule(
        "QMS312", "superseded-external", W,
        Text("Viện dẫn tài liệu bên ngoài đã hết hiệu lực", "Reliance on a superseded external document"),
        Text(
            (
                "{name} {ended_vi}. Văn bản tiếp theo: {next_vi}. Người có thẩm quyền quyết định "
                "sửa viện dẫn thế nào."
            ),
            (
                "{name} {ended_en}. What follows it: {next_en}. Somebody with authority must "
                "decide what to cite now."
            ),
        ),
        superseded_external,
    ),
    Rule(
        "QMS313", "external-incomplete", W,
        Text("Tài liệu bên ngoài không rõ số hiệu", "An external document without a number"),
        Text(
            (
                "Chưa rõ số hiệu của «{title}», nên không ai tìm lại được đúng văn bản ấy. Hãy "
                "hỏi đơn vị giữ văn bản."
            ),
            (
                "The number of «{title}» is unknown, so nobody can find that very document "
                "again. Ask whoever keeps it."
            ),
        ),
        external_incomplete,
    ),
    Rule(
        "QMS329", "external-undated", W,
        Text("Tài liệu bên ngoài không ghi ngày ban hành", "An external document without a date"),
        Text(
            "{name} chưa ghi ngày ban hành (issued), nên không chắc bản đang giữ là đúng "
            "bản. Hãy ghi ngày; chưa biết thì ghi "
            "unknown.",
            "{name} has no date of issue (issued), so nobody can be sure that the copy at "
            "hand is the right one. Write the date, "
            "or unknown.",
        ),
        external_undated,
    ),
    Rule(
        "QMS330", "external-date-unknown", I,
        Text("Chưa rõ ngày ban hành của tài liệu bên ngoài", "External documents of unknown date"),
        Text(
            (
                "{count} tài liệu bên ngoài ghi «issued: unknown». Hãy hỏi văn thư hoặc tra cơ "
                "sở dữ liệu pháp luật rồi ghi ngày vào."
            ),
            (
                "External documents that say «issued: unknown»: {count}. Ask the records office "
                "or look them up, and write the date."
            ),
        ),
        external_date_unknown,
    ),
)
