"""Render a report for people.

The line of counts that a manager reads, first and last. Between them each cause with its place, the
words under a caret, the message, what was perhaps meant and its other places: of errors the first
two hundred, and fifty of one rule in one file, of warnings the first ten, and then how often each
thing is to be done, of notes the number. All of them where that was asked for.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from qmstool.findings import Severity
from qmstool.frozen import NamedTuple
from qmstool.i18n import Text
from qmstool.report.display import (
    MEANT,
    PASTE,
    SEVERITY_WORDS,
    display_width,
    format_location,
    group_by_cause,
    single_line,
    snippet_lines,
    summary_line,
)
from qmstool.report.remedies import remedy
from qmstool.terminal import escape_controls

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmstool.findings import Finding, KnownEntry, Location, Report, Suppressed
    from qmstool.i18n import Lang
    from qmstool.report.display import Cause

WIDTH = 110
BEFORE = 40
MANY = 8
MOST_WARNINGS = 10
MOST_ERRORS = 200
# Of one rule in one file: whoever mends them sees by then what it is about.
MOST_ALIKE = 50
# Of what was silenced, and of known findings that are gone.
MOST_LISTED = 100
BOLD = "1"
COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
SAME = Text(
    "Cùng nguyên nhân, ở {count} chỗ nữa: {places}", "The same cause elsewhere ({count}): {places}"
)
MORE = Text(" … và {count} chỗ nữa", " … and {count} more")
SEE = Text("Xem: {places}", "See: {places}")
GROUPED_ERRORS = Text(
    "Các lỗi còn lại, theo việc phải làm (--all để xem hết, --only TÊN để xem một loại):",
    "The other errors, by what is to be done (--all lists them, --only NAME those of one rule):",
)
GROUPED = Text(
    "Các cảnh báo còn lại, theo việc phải làm (--all để xem hết, --only TÊN để xem một loại):",
    "The other warnings, by what is to be done (--all lists them, --only NAME those of one rule):",
)
LEFT_OUT = Text("  … và {count} nữa (--all để xem hết)", "  … and {count} more (--all lists them)")
NOTES = Text("Gợi ý: {count} (--all để xem)", "Notes: {count} (--all lists them)")
ALLOWED = Text("Đã bỏ qua, có lý do:", "Silenced, with a reason:")
SKIPPED = Text("Chưa kiểm tra:", "Not checked:")
OUTSIDE = Text(
    (
        "Không tra {count} số mục, điều khoản của tiêu chuẩn, luật hay tài liệu không có ở đây; "
        "thêm --all để xem từng số."
    ),
    (
        "Not looked up: numbers of standards, laws or documents that are not held here ({count}); "
        "--all lists them."
    ),
)
OUTSIDE_ALL = Text(
    "Không tra {count} số của tiêu chuẩn, luật hay tài liệu không có ở đây:",
    "Not looked up, for they are of standards, laws or documents not held here ({count}):",
)
FIXED = Text(
    "Chỗ tồn đọng đã sửa; --write-known sẽ xóa khỏi tệp:",
    "Known findings that are gone; --write-known takes them out of the file:",
)


def render(report: Report, lang: Lang, *, colour: bool = False) -> str:
    """Return the report as text; colour only where asked, every finding only where asked for."""
    parted = _parted(group_by_cause(report.findings), in_full=report.in_full)

    def in_full(causes: Sequence[Cause]) -> Iterator[str]:
        return ("\n".join(_cause_lines(report, each, lang, colour=colour)) for each in causes)

    parts = [*in_full(parted.errors)]
    if parted.more_errors:
        parts.append("\n".join([GROUPED_ERRORS.get(lang), *_grouped(parted.more_errors, lang)]))
    parts += in_full(parted.others)
    if parted.more_warnings:
        parts.append("\n".join([GROUPED.get(lang), *_grouped(parted.more_warnings, lang)]))
    notes = parted.notes
    if notes:
        count = sum(len(cause.places) for cause in notes)
        parts.append(NOTES.fill({"count": str(count)}).get(lang))
    if report.suppressed:
        lines = _listed(report, [_suppressed_line(each) for each in report.suppressed], lang)
        parts.append("\n".join([ALLOWED.get(lang), *lines]))
    if report.skipped:
        parts.append("\n".join([SKIPPED.get(lang), *_skipped_lines(report, lang)]))
    if report.outside:
        parts.append("\n".join(_outside_lines(report, lang)))
    if report.known_findings is not None and report.known_findings.fixed:
        lines = _listed(report, [_fixed_line(each) for each in report.known_findings.fixed], lang)
        parts.append("\n".join([FIXED.get(lang), *lines]))
    verdict = _paint(summary_line(report).get(lang), BOLD, colour=colour)
    parts = [verdict, *parts, verdict] if parts else [verdict]
    return "\n\n".join(parts) + "\n"


class _Parted(NamedTuple):
    """The causes that are shown with their places, and those that are only counted."""

    errors: Sequence[Cause]
    more_errors: Sequence[Cause]
    others: Sequence[Cause]
    more_warnings: Sequence[Cause]
    notes: Sequence[Cause]


def _parted(causes: tuple[Cause, ...], *, in_full: bool) -> _Parted:
    """Part the causes into what is shown and what is counted; nothing is only counted `in_full`."""
    if in_full:
        return _Parted(causes, (), (), (), ())
    warnings = [cause for cause in causes if cause.first.severity == Severity.WARNING]
    notes = [cause for cause in causes if cause.first.severity == Severity.INFO]
    errors: list[Cause] = []
    more: list[Cause] = []
    alike: Counter[tuple[str, str]] = Counter()
    for cause in causes:
        if cause.first.severity == Severity.ERROR:
            kind = cause.first.rule, cause.first.location.path
            alike[kind] += 1
            fits = alike[kind] <= MOST_ALIKE and len(errors) < MOST_ERRORS
            (errors if fits else more).append(cause)
    return _Parted(errors, more, warnings[:MOST_WARNINGS], warnings[MOST_WARNINGS:], notes)


def _grouped(causes: Sequence[Cause], lang: Lang) -> Iterator[str]:
    """Yield what is to be done about further causes, and in how many places; most often first."""
    counts: Counter[tuple[str, str]] = Counter()
    for cause in causes:
        counts[cause.first.rule, cause.first.slug] += len(cause.places)
    for (rule, slug), count in counts.most_common():
        yield f"  {count} × {rule} {slug}: {single_line(remedy(slug, lang))}"


def _listed(report: Report, lines: Sequence[str], lang: Lang) -> Sequence[str]:
    """Return a list, of a long one the first lines and how many more there are."""
    more = len(lines) - MOST_LISTED
    if report.in_full or more <= 0:
        return lines
    return [*lines[:MOST_LISTED], LEFT_OUT.fill({"count": str(more)}).get(lang)]


def _suppressed_line(silenced: Suppressed) -> str:
    where = format_location(silenced.finding.location)
    return f"  {where}  {silenced.finding.slug}: {single_line(silenced.reason)}"


def _skipped_lines(report: Report, lang: Lang) -> Iterator[str]:
    rules_by_reason: dict[str, list[str]] = {}
    for skipped in report.skipped:
        rules_by_reason.setdefault(single_line(skipped.why.get(lang)), []).append(skipped.rule)
    for reason, rules in rules_by_reason.items():
        yield f"  {', '.join(rules)}: {reason}"


def _outside_lines(report: Report, lang: Lang) -> Iterator[str]:
    """Yield how many numbers of other people's standards, laws and documents there are.

    And each of them, where all was asked for.
    """
    message = OUTSIDE_ALL if report.in_full else OUTSIDE
    yield message.fill({"count": str(len(report.outside))}).get(lang)
    for number in report.outside if report.in_full else ():
        owner = f" ({single_line(number.owner)})" if number.owner else ""
        yield f"  {format_location(number.location)}  «{single_line(number.words)}»{owner}"


def _fixed_line(entry: KnownEntry) -> str:
    path = escape_controls(entry.path)
    return f"  {path}  {entry.rule} «{single_line(entry.words)}» × {entry.count}"


def _cause_lines(report: Report, cause: Cause, lang: Lang, *, colour: bool) -> Iterator[str]:
    """Yield the lines of one cause, ending with its other places."""
    finding = cause.first
    tint = COLOURS[finding.severity]
    severity = _paint(SEVERITY_WORDS[finding.severity].get(lang), tint, colour=colour)
    where = _paint(format_location(finding.location), BOLD, colour=colour)
    yield f"{where}  {severity}  {finding.rule} {finding.slug}"
    yield from _excerpt(report, finding, tint, colour=colour)
    yield f"  {single_line(finding.message.get(lang))}"
    snippet = snippet_lines(finding.suggestion)
    if snippet:
        yield f"  {PASTE.get(lang)}"
        for line in snippet:
            yield f"      {line}"
    elif finding.suggestion:
        yield f"  {MEANT.fill({'name': single_line(finding.suggestion)}).get(lang)}"
    if finding.related:
        yield f"  {_places(SEE, finding.related, lang)}"
    if len(cause.places) > 1:
        yield f"  {_places(SAME, cause.places[1:], lang)}"


def _places(message: Text, places: tuple[Location, ...], lang: Lang) -> str:
    """Fill a message with the first places, and how many more there are."""
    named = ", ".join(format_location(place) for place in places[:MANY])
    more = len(places) - MANY
    if more > 0:
        named += MORE.fill({"count": str(more)}).get(lang)
    return message.fill({"count": str(len(places)), "places": named}).get(lang)


def _excerpt(report: Report, finding: Finding, tint: str, *, colour: bool) -> Iterator[str]:
    """Yield the line of the file, cut to the screen, and a caret under each column of the words."""
    where = finding.location
    line = report.lines.get((where.path, where.line))
    if not line.strip():
        return
    start = where.column - 1
    end = len(line)
    if where.end_line == where.line:
        end = where.end_column - 1
    left = 0
    if start > BEFORE + len("…") and len(line) > WIDTH:
        left = max(0, start - BEFORE)
    right = min(len(line), left + WIDTH)
    end = max(start, min(end, right))
    head = _flat(line[left:start])
    if left:
        head = "…" + head
    words = _flat(line[start:end])
    tail = _flat(line[end:right])
    if right < len(line):
        tail += "…"
    gutter = f"{where.line} | "
    yield f"  {gutter}{head}{words}{tail}"
    margin = " " * (len(gutter) - 2)
    carets = _paint("^" * max(1, display_width(words)), tint, colour=colour)
    yield f"  {margin}| {' ' * display_width(head)}{carets}"


def _flat(text: str) -> str:
    return escape_controls(text.replace("\t", "    "))


def _paint(text: str, code: str, *, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text
