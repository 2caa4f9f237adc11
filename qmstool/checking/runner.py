"""Manual + references + rules → `Report`: run, stamp, silence where the text says so, sort.

Nothing is ever written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Finding, Report, Severity, Skipped, Summary, Suppressed, Unasked
from qmstool.frozen import replace
from qmstool.i18n import Text
from qmstool.rules import ALL, BY_SLUG
from qmstool.rules.base.rule import Facts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from qmstool.findings import Fault
    from qmstool.manual.model import Manual
    from qmstool.references.model import References
    from qmstool.rules.base.rule import Rule
    from qmstool.rules.base.suppressions import Allowed
    from qmstool.verify.discrepancies import Discrepancy

OFF = Text("đã tắt trong qms.yml (check.off)", "switched off in qms.yml (check.off)")
READING = "QMS0"
NO_DAY = Text("chưa cho biết hôm nay là ngày nào", "nobody said what day it is")
HINDERED = Text(
    "phần phụ thuộc vào chỗ còn lỗi: {places}", "what depends on places with an error: {places}"
)
HINDERED_MORE = Text(
    "phần phụ thuộc vào chỗ còn lỗi: {places} và {count} chỗ nữa",
    "what depends on places with an error: {places} and {count} more",
)
MANY = 3
NO_HISTORY = Text(
    "cần đọc lịch sử của kho; chạy lại với --history",
    "needs the history of the repository; run again with --history",
)


def check(
    manual: Manual,
    references: References,
    *,
    root: str,
    day: date | None = None,
    read: Callable[[str], bytes] | None = None,
    doubts: tuple[Discrepancy, ...] | None = None,
    rules: tuple[Rule, ...] = ALL,
) -> Report:
    """Ask every rule that can be asked; a rule that fails itself raises.

    `root` is how the user named the folder; `read` gives bytes of its files; `doubts` is what a
    verification with history found.
    """
    facts = Facts(manual, references, day, {rule.id: rule.slug for rule in ALL}, read, doubts)
    skipped = [
        Skipped(rule.id, why) for rule in rules if (why := _why_not(rule, facts)) is not None
    ]
    unasked = {each.rule for each in skipped}
    asked = [rule for rule in rules if rule.id not in unasked]
    skipped += [
        Skipped(rule.id, why)
        for rule in asked
        if rule.unseen is not None
        for why in rule.unseen(facts)
    ]
    first = [rule for rule in asked if "others" not in rule.needs]
    unasked_of: dict[str, list[Unasked]] = {}
    kept, suppressed = _silence(facts.allowances, _found(first, facts, unasked_of))
    idle = _idle(facts.allowances, first, suppressed)
    last = [rule for rule in asked if "others" in rule.needs]
    kept = sorted([*kept, *_found(last, replace(facts, idle=idle), unasked_of)], key=_order)
    skipped = sorted(
        [*skipped, *(Skipped(rule, _because(places)) for rule, places in unasked_of.items())],
        key=_rule,
    )
    return Report(
        root,
        tuple(kept),
        tuple(suppressed),
        tuple(skipped),
        _summary(facts, kept),
        _lines(manual, kept),
    )


def _rule(skipped: Skipped) -> str:
    return skipped.rule


def _because(unasked: Iterable[Unasked]) -> Text:
    """Which places with a fault keep a rule from being asked of all."""
    places = list(
        dict.fromkeys(
            f"{each.location.path}:{each.location.line} ({BY_SLUG[each.slug].id})"
            for each in unasked
        )
    )
    shown = ", ".join(places[:MANY])
    return (HINDERED_MORE if len(places) > MANY else HINDERED).fill(
        {"places": shown, "count": str(len(places) - MANY)}
    )


def _found(rules: Iterable[Rule], facts: Facts, unasked: dict[str, list[Unasked]]) -> list[Finding]:
    """What rules find, each thing once, most severe first; what each could not be asked of goes to `unasked`, by its id."""
    found: dict[tuple[object, ...], Finding] = {}
    for rule in rules:
        for fault in rule.check(facts):
            if isinstance(fault, Unasked):
                unasked.setdefault(rule.id, []).append(fault)
                continue
            finding = _stamp(rule, fault)
            # A line that had to be mended to be read at all is told; what its words lead to is not.
            if not rule.id.startswith(READING) and finding.location.line in facts.lost.mended.get(
                finding.location.path, ()
            ):
                continue
            found.setdefault((rule.id, finding.location, finding.message.vi), finding)
    return sorted(found.values(), key=_order)


def _why_not(rule: Rule, facts: Facts) -> Text | None:
    """Why a rule cannot be asked; None where it can."""
    if rule.slug in facts.off:
        return OFF
    if "history" in rule.needs and facts.doubts is None:
        return NO_HISTORY
    if "releases" in rule.needs and facts.releases is None:
        return _because(Unasked.of(each) for each in facts.lost.in_releases)
    return NO_DAY if "day" in rule.needs and facts.day is None else None


def _stamp(rule: Rule, fault: Fault) -> Finding:
    message = rule.message.fill(fault.values)
    place = fault.location
    return Finding(
        rule.id,
        rule.slug,
        rule.severity,
        place,
        message,
        fault.values,
        fault.suggestion,
        fault.related,
        fault.fix,
    )


def _order(finding: Finding) -> tuple[object, ...]:
    return (-finding.severity, finding.location, finding.rule)


def _silence(
    allowances: Iterable[Allowed], findings: Iterable[Finding]
) -> tuple[list[Finding], list[Suppressed]]:
    """Part the findings that the text beside them allows, with a reason, from the others."""
    allowed: dict[tuple[str, str], list[Allowed]] = {}
    for each in allowances:
        if each.reason:
            allowed.setdefault((each.location.path, each.slug), []).append(each)
    kept, suppressed = [], []
    for finding in findings:
        beside = allowed.get((finding.location.path, finding.slug), ())
        reason = next((each.reason for each in beside if _covers(each, finding)), None)
        if reason is None:
            kept.append(finding)
        else:
            suppressed.append(Suppressed(finding, reason))
    return kept, suppressed


def _idle(
    allowances: Iterable[Allowed], asked: Iterable[Rule], suppressed: Iterable[Suppressed]
) -> tuple[Allowed, ...]:
    """Allowances with a reason, for rules that were asked, that silenced nothing."""
    slugs = {rule.slug for rule in asked}
    silenced = [each.finding for each in suppressed]
    return tuple(
        each
        for each in allowances
        if each.reason
        and each.slug in slugs
        and not any(_covers(each, finding) for finding in silenced)
    )


def _covers(allowed: Allowed, finding: Finding) -> bool:
    """Whether an allowance speaks of a finding."""
    place = finding.location
    return (place.path, finding.slug) == (
        allowed.location.path,
        allowed.slug,
    ) and allowed.first <= place.line <= allowed.last


def _summary(facts: Facts, findings: Iterable[Finding]) -> Summary:
    counts = dict.fromkeys(Severity, 0)
    for finding in findings:
        counts[finding.severity] += 1
    manual = facts.manual
    followed = {standard.catalogue.text for standard in manual.config.standards}
    return Summary(
        errors=counts[Severity.ERROR],
        warnings=counts[Severity.WARNING],
        infos=counts[Severity.INFO],
        documents=len(manual.documents),
        clauses=sum(
            len(catalogue.clauses)
            for key, catalogue in manual.catalogues.items()
            if key in followed
        ),
        citations=sum(
            1
            for each in facts.references.all
            if each.target is None or each.target.kind != "outside"
        ),
    )


def _lines(manual: Manual, findings: Iterable[Finding]) -> dict[tuple[str, int], str]:
    """The source line under each place that a report may show."""
    return {
        (path, line): manual.sources[path].line(line)
        for path, line in sorted(_places(findings))
        if path in manual.sources
    }


def _places(findings: Iterable[Finding]) -> Iterator[tuple[str, int]]:
    return iter(
        {(place.path, place.line) for each in findings for place in (each.location, *each.related)}
    )
