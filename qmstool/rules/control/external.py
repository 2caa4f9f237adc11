"""Check external documents: each has a number and a date, and none that has ended is relied on."""

from __future__ import annotations

from collections import deque
from itertools import islice
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.rules.base.rule import rule
from qmstool.rules.control.external_lookup import (
    LONGEST_CIRCLE,
    called_numbers,
    display_name,
    find_circle,
    find_external,
    find_uses,
    format_circle,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.model import Manual
    from qmstool.manual.registers import ExternalDocument
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.rule import Rule

ENDED = {
    "superseded": Text("đã được thay thế", "is superseded"),
    "repealed": Text("đã bị bãi bỏ", "is repealed"),
}
# A circle that a chain ends in is looked for from so many of its documents.
MOST_BEGINNINGS = 10
IN_CIRCLE = Text(
    "chưa rõ, vì danh mục ghi vòng tròn {circle}",
    "unknown, since the register goes in a circle, {circle}",
)


@rule(
    "QMS312",
    "superseded-external",
    Severity.WARNING,
    Text(
        "Viện dẫn tài liệu bên ngoài đã hết hiệu lực",
        "Reliance on a superseded external document",
    ),
    Text(
        "{name} {ended_vi}. Văn bản tiếp theo: {next_vi}. Người có thẩm quyền quyết định sửa "
        "viện dẫn thế nào.",
        "{name} {ended_en}. What follows it: {next_en}. Somebody with authority must decide "
        "what to cite now.",
    ),
)
def superseded_external(facts: Facts) -> Iterator[Violation]:
    """Find places that rely on a superseded or repealed external document (ISO 9001 7.5.3.2).

    The message names the end of its chain: the newest text in its place.
    """
    for external in facts.manual.externals.values():
        ended = ENDED.get(external.status)
        if ended is None:
            continue
        places = tuple(find_uses(facts, external.key))
        if not places:
            continue
        following = _following(facts.manual, external)
        values = {
            "name": display_name(external),
            "ended_vi": ended.vi,
            "ended_en": ended.en,
            "next_vi": following.vi,
            "next_en": following.en,
        }
        for place in places:
            yield Violation(place, values, None, (external.mark.location,))


def _following(manual: Manual, external: ExternalDocument) -> Text:
    """Name what stands at the ends of the chains that lead on from an external document."""
    ends: list[str] = []
    visited = dict.fromkeys([external.key])
    waiting = deque([external])
    while waiting and len(visited) <= LONGEST_CIRCLE:
        successors, final = _successors(manual, waiting.popleft())
        ends += final
        waiting += [each for each in successors if each.key not in visited]
        visited |= dict.fromkeys(each.key for each in successors)
    if ends:
        names = ", ".join(dict.fromkeys(ends))
        return Text(names, names)
    for key in islice(visited, MOST_BEGINNINGS):
        circle = find_circle(manual, manual.externals[key])
        if circle:
            return IN_CIRCLE.fill({"circle": format_circle(circle)})
    return Text("chưa rõ", UNKNOWN)


def _successors(
    manual: Manual, external: ExternalDocument
) -> tuple[list[ExternalDocument], tuple[str, ...]]:
    """Part what supersedes a document: registered ones that are superseded too, and final ones."""
    superseded: dict[LocatedText, ExternalDocument] = {}
    for mark in external.superseded_by:
        successor = find_external(manual, mark.text)
        if successor is not None and called_numbers(manual, successor.superseded_by):
            superseded[mark] = successor
    final = [mark for mark in external.superseded_by if mark not in superseded]
    return list(superseded.values()), called_numbers(manual, final)


@rule(
    "QMS313",
    "external-incomplete",
    Severity.WARNING,
    Text("Tài liệu bên ngoài không rõ số hiệu", "An external document without a number"),
    Text(
        "Chưa rõ số hiệu của «{title}», nên không ai tìm lại được đúng văn bản ấy. Hãy hỏi đơn "
        "vị giữ văn bản.",
        "The number of «{title}» is unknown, so nobody can find that very document again. Ask "
        "whoever keeps it.",
    ),
)
def external_incomplete(facts: Facts) -> Iterator[Violation]:
    """Find external documents that nobody could find again: their number is unknown.

    ISO 9001 7.5.3.2: external documents are identified.
    """
    for external in facts.manual.externals.values():
        mark = external.number_mark
        if mark is not None and mark.text == UNKNOWN:
            yield Violation(mark.location, {"title": external.title})


@rule(
    "QMS329",
    "external-undated",
    Severity.WARNING,
    Text("Tài liệu bên ngoài không ghi ngày ban hành", "An external document without a date"),
    Text(
        "{name} chưa ghi ngày ban hành (issued), nên không chắc bản đang giữ là đúng bản. Hãy "
        "ghi ngày; chưa biết thì ghi unknown.",
        "{name} has no date of issue (issued), so nobody can be sure that the copy at hand is "
        "the right one. Write the date, or unknown.",
    ),
)
def external_undated(facts: Facts) -> Iterator[Violation]:
    """Find external documents without a date of issue.

    ISO 9001 7.5.3.2: external documents are identified as appropriate.
    """
    for external in facts.manual.externals.values():
        if "issued" not in external.keys:
            yield Violation(
                external.mark.location, {"name": display_name(external)}, "    issued: "
            )


@rule(
    "QMS330",
    "external-date-unknown",
    Severity.INFO,
    Text("Chưa rõ ngày ban hành của tài liệu bên ngoài", "External documents of unknown date"),
    Text(
        "{count} tài liệu bên ngoài ghi «issued: unknown». Hãy hỏi văn thư hoặc tra cơ sở dữ "
        "liệu pháp luật rồi ghi ngày vào.",
        "External documents that say «issued: unknown»: {count}. Ask the records office or look "
        "them up, and write the date.",
    ),
)
def external_date_unknown(facts: Facts) -> Iterator[Violation]:
    """Find dates of issue that are written down as unknown; one finding for the register."""
    issued = [external.issued for external in facts.manual.externals.values()]
    places = [day.mark.location for day in issued if day and day.known is None]
    if places:
        yield Violation(places[0], {"count": str(len(places))}, None, tuple(places[1:]))


RULES: tuple[Rule, ...] = (
    superseded_external,
    external_incomplete,
    external_undated,
    external_date_unknown,
)
