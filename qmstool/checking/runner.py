"""Run the rules over a manual and make the report of what they found.

In: a manual, its references, and the rules. Out: a `Report` with the findings sorted, those that
the text beside them suppresses set apart, and the rules that could not be asked. Nothing is
written.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING

from qmstool.checking.rule_set import rule_set
from qmstool.findings import (
    Finding,
    Location,
    NotChecked,
    NotLookedUp,
    Report,
    Severity,
    Skipped,
    SourceLines,
    Summary,
    Suppressed,
)
from qmstool.frozen import replace
from qmstool.i18n import FilledText, Text
from qmstool.rules.base.citation_questions import OF_EVERY_CHECK, checked_citations, numbers_outside
from qmstool.rules.base.facts import Facts
from qmstool.rules.base.file_answers import ask_by_kind
from qmstool.rules.base.hiders import mended_line
from qmstool.rules.base.hiding import ask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from qmstool.findings import Violation
    from qmstool.manual.model import Manual
    from qmstool.references.model import References
    from qmstool.rules.base.rule import Rule
    from qmstool.rules.base.suppressions import Suppression
    from qmstool.storage.kept_facts import KeptFacts
    from qmstool.verify.discrepancies import Discrepancy

SWITCHED_OFF = Text("đã tắt trong qms.yml (check.off)", "switched off in qms.yml (check.off)")
NOT_ASKED_FOR = Text(
    "chỉ hỏi khi ghi tên (check.ask trong qms.yml, hoặc check --only)",
    "asked only by name (check.ask in qms.yml, or check --only)",
)
INPUT_RULES = "QMS0"
# In characters; a report repeats values in messages of two languages and in several formats.
LONGEST_VALUE = 1000
LONGEST_SUGGESTION = 10_000
NO_DAY = Text("chưa cho biết hôm nay là ngày nào", "nobody said what day it is")
HINDERED = Text(
    "phần phụ thuộc vào chỗ còn lỗi: {places}", "what depends on places with an error: {places}"
)
HINDERED_MORE = Text(
    "phần phụ thuộc vào chỗ còn lỗi: {places} và {count} chỗ nữa",
    "what depends on places with an error: {places} and {count} more",
)
SHOWN_PLACES = 3
NO_WORDS = Text(
    "chưa có danh sách chữ về lời văn của ngôn ngữ «{language}» (templates/words/{language}.yml)",
    "nobody has listed words of prose in «{language}» yet (templates/words/{language}.yml)",
)
PROSE_RULES = "QMS6"
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
    discrepancies: tuple[Discrepancy, ...] | None = None,
    rules: tuple[Rule, ...] | None = None,
    kept_facts: KeptFacts | None = None,
    asked: frozenset[str] = frozenset(),
) -> Report:
    """Ask every rule that can be asked, or some `rules`; a rule that itself fails raises.

    `root` is how the user named the folder; `day` is today in the manual's time zone; `read` gives
    the bytes of a file; `discrepancies` are what a verification with history found. Where one of
    these three is missing, the rules that need it are listed as skipped. A file whose answers
    `kept_facts` has is not asked again. `asked`: slugs of rules on request that somebody named.
    """
    known = rule_set(manual, kept_facts)
    facts = Facts(manual, references, day, known.slugs, read, discrepancies, kept_facts=kept_facts)
    asked |= facts.rules_asked
    runnable, skipped = _part_by_need(known.rules if rules is None else rules, facts, asked)
    if rules is None:
        skipped += [Skipped(rule_id, SWITCHED_OFF) for rule_id in known.off]
    _ask_files(runnable, facts)
    kept, suppressed, not_checked = _ask_all(runnable, facts)
    skipped += [Skipped(rule_id, _because(places)) for rule_id, places in not_checked.items()]
    return Report(
        root,
        tuple(sorted(kept, key=_order)),
        tuple(sorted(suppressed, key=lambda each: _order(each.finding))),
        tuple(sorted(skipped, key=_rule_id)),
        _summary(facts, kept),
        _source_lines(manual),
        outside=tuple(_outside(facts)),
    )


def _ask_files(rules: Iterable[Rule], facts: Facts) -> None:
    """Put to each file, one after another, the questions that rules will ask of all files."""
    questions = list(OF_EVERY_CHECK)
    for rule in rules:
        questions += rule.reads
    ask_by_kind(facts.prose.texts, facts.citing, facts.files, questions)


def _ask_all(
    rules: Iterable[Rule], facts: Facts
) -> tuple[list[Finding], list[Suppressed], dict[str, list[NotChecked]]]:
    """Return what rules find, what of it is suppressed, and what they could not be asked of.

    Rules on what others found come last.
    """
    rules = tuple(rules)
    first = [rule for rule in rules if "others" not in rule.needs]
    last = [rule for rule in rules if "others" in rule.needs]
    not_checked: dict[str, list[NotChecked]] = {}
    kept, suppressed = _suppress(facts.suppressions, _ask(first, facts, not_checked))
    unused = _unused(facts.suppressions, first, suppressed)
    kept += _ask(last, replace(facts, unused_suppressions=unused), not_checked)
    return kept, suppressed, not_checked


def _source_lines(manual: Manual) -> SourceLines:
    def line_of(path: str, line: int) -> str | None:
        return manual.sources[path].line(line) if path in manual.sources else None

    return SourceLines(line_of)


def _outside(facts: Facts) -> Iterator[NotLookedUp]:
    """Yield the numbers of what is not held here."""
    for _, numbers in facts.citing.answers_to(numbers_outside):
        for place, words, owner in numbers:
            yield NotLookedUp(place, _shortened(words), _shortened(owner))


def _part_by_need(
    rules: Iterable[Rule], facts: Facts, asked: frozenset[str]
) -> tuple[list[Rule], list[Skipped]]:
    """Return the rules that can be asked, and why others cannot, or not of everything."""
    runnable: list[Rule] = []
    skipped: list[Skipped] = []
    for rule in rules:
        reason = _why_not(rule, facts)
        if reason is None and rule.on_request and rule.slug not in asked:
            reason = NOT_ASKED_FOR
        if reason is not None:
            skipped.append(Skipped(rule.id, reason))
            continue
        runnable.append(rule)
        if rule.unseen is not None:
            skipped += [Skipped(rule.id, reason) for reason in rule.unseen(facts)]
    return runnable, skipped


def _why_not(rule: Rule, facts: Facts) -> Text | None:
    """Return why a rule cannot be asked; None where it can."""
    if rule.slug in facts.rules_off:
        return SWITCHED_OFF
    if rule.id.startswith(PROSE_RULES) and not facts.prose.lists.hold_prose:
        return NO_WORDS.fill({"language": facts.manual.config.language})
    if "history" in rule.needs and facts.discrepancies is None:
        return NO_HISTORY
    if "releases" in rule.needs and facts.releases is None:
        return _because(NotChecked.because_of(problem) for problem in facts.lost_lines.in_releases)
    if "day" in rule.needs and facts.day is None:
        return NO_DAY
    return None


def _because(not_checked: Iterable[NotChecked]) -> Text:
    """Name the places whose errors keep a rule from being asked of all."""
    from qmstool.rules import BY_SLUG  # noqa: PLC0415 - rules on prose come with it

    places = []
    for hindrance in not_checked:
        location = hindrance.location
        places.append(f"{location.path}:{location.line} ({BY_SLUG[hindrance.slug].id})")
    places = list(dict.fromkeys(places))
    more = len(places) - SHOWN_PLACES
    values = {"places": ", ".join(places[:SHOWN_PLACES]), "count": str(more)}
    message = HINDERED_MORE if more > 0 else HINDERED
    return message.fill(values)


def _ask(
    rules: Iterable[Rule], facts: Facts, not_checked: dict[str, list[NotChecked]]
) -> list[Finding]:
    """Return what rules find, each thing once, rule by rule.

    What a rule could not be asked of is added to `not_checked`, under the rule's id.
    """
    findings: list[Finding] = []
    is_mended = mended_line(facts)
    for rule in rules:
        found: dict[tuple[object, ...], list[Finding]] = {}
        said: dict[tuple[object, ...], set[str]] = {}
        reads_input = rule.id.startswith(INPUT_RULES)
        for fault in ask(rule, facts):
            if isinstance(fault, NotChecked):
                not_checked.setdefault(rule.id, []).append(fault)
                continue
            if not reads_input and is_mended(fault):
                continue
            finding = _stamp(rule, fault)
            place = _place(finding.location)
            same = found.setdefault(place, [])
            if same:
                # Few places have two findings of a rule: only of those the words are compared.
                words = said.setdefault(place, {same[0].message.vi})
                if finding.message.vi in words:
                    continue
                words.add(finding.message.vi)
            same.append(finding)
        findings += chain.from_iterable(found.values())
    return findings


def _stamp(rule: Rule, fault: Violation) -> Finding:
    values = fault.values
    if values and max(map(len, values.values())) > LONGEST_VALUE:
        values = {name: _shortened(value) for name, value in values.items()}
    suggestion = fault.suggestion
    if suggestion is not None and len(suggestion) > LONGEST_SUGGESTION:
        suggestion = None
    return Finding(
        rule.id,
        rule.slug,
        rule.severity,
        fault.location,
        FilledText.later(rule.message, values) if "{" in rule.message.en else rule.message,
        values,
        suggestion,
        fault.related,
        fault.fix,
    )


def _shortened(value: str) -> str:
    """Return the beginning of a value: what is a page long in a message tells nobody more."""
    return value if len(value) <= LONGEST_VALUE else f"{value[:LONGEST_VALUE]}…"


# Plain values, which are compared without a call: there may be twenty thousand findings.
_place = attrgetter(*Location.__match_args__)


def _order(finding: Finding) -> tuple[object, ...]:
    return (-int(finding.severity), _place(finding.location), finding.rule)


def _rule_id(skipped: Skipped) -> str:
    return skipped.rule


def _suppress(
    allowances: Iterable[Suppression], findings: Iterable[Finding]
) -> tuple[list[Finding], list[Suppressed]]:
    """Part the findings that the text beside them allows, with a reason, from the others."""
    findings = tuple(findings)
    lines = _lines_of(findings)
    reasons: dict[tuple[str, str, int], str] = {}
    for allowance in allowances:
        about = allowance.location.path, allowance.slug
        if not allowance.reason or about not in lines:
            continue
        # The first that speaks of a line counts: what it speaks of is taken out.
        open_lines = lines[about]
        first, last = _covered(allowance, open_lines)
        for line in open_lines[first:last]:
            reasons[(*about, line)] = allowance.reason
        del open_lines[first:last]
    kept: list[Finding] = []
    suppressed: list[Suppressed] = []
    for finding in findings:
        place = finding.location
        reason = reasons.get((place.path, finding.slug, place.line))
        if reason is None:
            kept.append(finding)
        else:
            suppressed.append(Suppressed(finding, _shortened(reason)))
    return kept, suppressed


def _unused(
    allowances: Iterable[Suppression], asked: Iterable[Rule], suppressed: Iterable[Suppressed]
) -> tuple[Suppression, ...]:
    """Return allowances with a reason, for rules that were asked, that suppressed nothing."""
    slugs = {rule.slug for rule in asked}
    lines = _lines_of(each.finding for each in suppressed)
    unused = []
    for allowance in allowances:
        if not allowance.reason or allowance.slug not in slugs:
            continue
        first, last = _covered(allowance, lines.get((allowance.location.path, allowance.slug), []))
        if first == last:
            unused.append(allowance)
    return tuple(unused)


def _lines_of(findings: Iterable[Finding]) -> dict[tuple[str, str], list[int]]:
    """Return the lines with findings, each once and in order, by file and rule."""
    lines: dict[tuple[str, str], set[int]] = {}
    for finding in findings:
        lines.setdefault((finding.location.path, finding.slug), set()).add(finding.location.line)
    return {about: sorted(each) for about, each in lines.items()}


def _covered(allowance: Suppression, lines: list[int]) -> tuple[int, int]:
    """Return which of some lines, in order, an allowance speaks of: from the first to the last."""
    return bisect_left(lines, allowance.first), bisect_right(lines, allowance.last)


def _summary(facts: Facts, findings: Iterable[Finding]) -> Summary:
    """Count findings by severity, and how much was checked."""
    manual = facts.manual
    counts = Counter(finding.severity for finding in findings)
    followed = {standard.catalogue.text for standard in manual.config.standards}
    clauses = 0
    for key, catalogue in manual.catalogues.items():
        if key in followed:
            clauses += len(catalogue.clauses)
    citations = sum(count for _, (count,) in facts.citing.answers_to(checked_citations))
    return Summary(
        errors=counts[Severity.ERROR],
        warnings=counts[Severity.WARNING],
        infos=counts[Severity.INFO],
        documents=len(manual.documents),
        clauses=clauses,
        citations=citations,
    )
