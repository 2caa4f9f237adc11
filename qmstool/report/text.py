"""The report for people: place, words under a caret, cause, what was perhaps meant, and a last line that a manager reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Severity
from qmstool.i18n import Text
from qmstool.report.display import (
    SEVERITY_WORDS,
    display_width,
    escape_controls,
    format_location,
    group_by_cause,
    is_snippet,
    single_line,
    summary_line,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.findings import Finding, Report
    from qmstool.i18n import Lang
    from qmstool.report.display import Cause

WIDTH = 110
BEFORE = 40
MANY = 8
COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
MEANT = Text("Có phải là «{name}»?", "Did you mean «{name}»?")
PASTE = Text("Có thể chép vào:", "To paste:")
SAME = Text(
    "Cùng nguyên nhân, ở {count} chỗ nữa: {places}", "The same cause elsewhere ({count}): {places}"
)
MORE = Text(" … và {count} chỗ nữa", " … and {count} more")
SEE = Text("Xem: {places}", "See: {places}")
ALLOWED = Text("Đã bỏ qua, có lý do:", "Silenced, with a reason:")
SKIPPED = Text("Chưa kiểm tra:", "Not checked:")
PAID = Text(
    "Tồn đọng đã sửa; --write-baseline sẽ xóa khỏi tệp:",
    "Paid debts; --write-baseline takes them out of the file:",
)


def render(report: Report, lang: Lang, *, colour: bool = False) -> str:
    """Return the report as text; colour only where asked."""
    parts = [
        "\n".join(_cause(report, cause, lang, colour=colour))
        for cause in group_by_cause(report.findings)
    ]
    if report.suppressed:
        told = [
            f"  {format_location(each.finding.location)}  {each.finding.slug}: {single_line(each.reason)}"
            for each in report.suppressed
        ]
        parts.append("\n".join([ALLOWED.get(lang), *told]))
    if report.skipped:
        parts.append(
            "\n".join(
                [
                    SKIPPED.get(lang),
                    *(
                        f"  {each.rule}: {single_line(each.why.get(lang))}"
                        for each in report.skipped
                    ),
                ]
            )
        )
    if report.known_findings is not None and report.known_findings.fixed:
        paid = [
            f"  {escape_controls(each.path)}  {each.rule} «{single_line(each.words)}» × {each.count}"
            for each in report.known_findings.fixed
        ]
        parts.append("\n".join([PAID.get(lang), *paid]))
    last = _paint(summary_line(report).get(lang), "1", colour=colour)
    return "\n\n".join([*parts, last]) + "\n"


def _cause(report: Report, cause: Cause, lang: Lang, *, colour: bool) -> Iterator[str]:
    """One cause: its head, the line and caret, the message, what would mend it, and its other places."""
    finding = cause.first
    tint = COLOURS[finding.severity]
    word = _paint(SEVERITY_WORDS[finding.severity].get(lang), tint, colour=colour)
    yield f"{_paint(format_location(finding.location), '1', colour=colour)}  {word}  {finding.rule} {finding.slug}"
    yield from _excerpt(report, finding, tint, colour=colour)
    yield f"  {single_line(finding.message.get(lang))}"
    if finding.suggestion and is_snippet(finding.suggestion):
        yield f"  {PASTE.get(lang)}"
        yield from (f"      {escape_controls(line)}" for line in finding.suggestion.split("\n"))
    elif finding.suggestion:
        yield f"  {MEANT.fill({'name': single_line(finding.suggestion)}).get(lang)}"
    if finding.related:
        yield f"  {_places(SEE, finding.related, lang)}"
    if len(cause.places) > 1:
        yield f"  {_places(SAME, cause.places[1:], lang)}"


def _places(words: Text, places: tuple[object, ...], lang: Lang) -> str:
    shown = ", ".join(format_location(each) for each in places[:MANY])  # type: ignore[arg-type]
    rest = MORE.fill({"count": str(len(places) - MANY)}).get(lang) if len(places) > MANY else ""
    return words.fill({"count": str(len(places)), "places": shown + rest}).get(lang)


def _excerpt(report: Report, finding: Finding, tint: str, *, colour: bool) -> Iterator[str]:
    """The line of the file, cut to the screen, and a caret under each column of the words."""
    where = finding.location
    line = report.lines.get((where.path, where.line))
    if not line or not line.strip():
        return
    start = where.column - 1
    end = where.end_column - 1 if where.end_line == where.line else len(line)
    left = max(0, start - BEFORE) if start > BEFORE + len("…") and len(line) > WIDTH else 0
    right = min(len(line), left + WIDTH)
    head = ("…" if left else "") + _flat(line[left:start])
    words = _flat(line[start : max(start, min(end, right))])
    tail = _flat(line[max(start, min(end, right)) : right]) + ("…" if right < len(line) else "")
    gutter = f"{where.line} | "
    yield f"  {gutter}{head}{words}{tail}"
    yield f"  {' ' * (len(gutter) - 2)}| {' ' * display_width(head)}{_paint('^' * max(1, display_width(words)), tint, colour=colour)}"


def _flat(text: str) -> str:
    return escape_controls(text.replace("\t", "    "))


def _paint(text: str, code: str, *, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text
