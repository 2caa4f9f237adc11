"""Render a report as Markdown for a comment on a pull request.

One row for each cause, most severe first; then, where a change was compared, who is affected.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.findings import Severity
from qmstool.i18n import Text
from qmstool.report.display import (
    SEVERITY_WORDS,
    group_by_cause,
    single_line,
    snippet_lines,
    summary_line,
)
from qmstool.terminal import escape_controls

if TYPE_CHECKING:
    from qmstool.findings import Affected, Location, Report
    from qmstool.i18n import Lang
    from qmstool.report.display import Cause

MOST = 60
MANY = 5
SIGNS = {Severity.ERROR: "❌", Severity.WARNING: "⚠️", Severity.INFO: "💡"}
HEAD = Text(
    "| | Ở đâu | Điều gì | Có lẽ là |\n|---|---|---|---|",
    "| | Where | What | Perhaps |\n|---|---|---|---|",
)
REST = Text(
    "… và {count} nguyên nhân nữa; xem báo cáo đầy đủ.",
    "… and more causes: {count}; see the full report.",
)
AFFECTED = Text("### Văn bản bị ảnh hưởng", "### Who is affected")
AFFECTED_HEAD = Text(
    "| Nơi thay đổi | Văn bản viện dẫn đến | Điều khoản |\n|---|---|---|",
    "| What changed | Cited by | Clauses |\n|---|---|---|",
)
NOBODY = Text(
    "Không văn bản hay điều khoản nào viện dẫn đến chỗ thay đổi.",
    "No document or clause cites what changed.",
)
REST_AFFECTED = Text("… và {count} nơi nữa", "… and {count} more")
MORE = Text("và {count} chỗ nữa", "and {count} more")
_NAMED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;"})
_SPECIAL = re.compile(r"[\\`*_\[\]|~#!]")


def render(report: Report, lang: Lang) -> str:
    """Return the comment.

    Content stands in it as plain words: no markup, mention or link comes out of a manual.
    """
    causes = group_by_cause(report.findings)
    parts = [f"**{_plain(summary_line(report).get(lang))}**"]
    if causes:
        rows = [_row(cause, lang) for cause in causes[:MOST]]
        parts.append("\n".join([HEAD.get(lang), *rows]))
    if len(causes) > MOST:
        parts.append(_count(REST, len(causes) - MOST, lang))
    if report.impact is not None:
        parts.append(AFFECTED.get(lang))
        parts.append(_affected_table(report.impact.affected, lang))
    return "\n\n".join(parts) + "\n"


def _affected_table(affected: tuple[Affected, ...], lang: Lang) -> str:
    """Return the table of those who cite what changed; each document at its first places."""
    if not affected:
        return NOBODY.get(lang)
    lines = [AFFECTED_HEAD.get(lang)]
    for each in affected[:MOST]:
        clauses = ", ".join(map(_plain, each.clauses))
        lines.append(f"| {_plain(each.reason.get(lang))} | {_citing(each, lang)} | {clauses} |")
    if len(affected) > MOST:
        lines.append(f"| {_count(REST_AFFECTED, len(affected) - MOST, lang)} | | |")
    return "\n".join(lines)


def _citing(affected: Affected, lang: Lang) -> str:
    lines = [f"{_plain(name)} {_place(where)}" for name, where in affected.citing[:MANY]]
    if len(affected.citing) > MANY:
        lines.append(_count(MORE, len(affected.citing) - MANY, lang))
    return "<br>".join(lines)


def _row(cause: Cause, lang: Lang) -> str:
    finding = cause.first
    sign = f"{SIGNS[finding.severity]} {SEVERITY_WORDS[finding.severity].get(lang)}"
    lines = [_place(place) for place in cause.places[:MANY]]
    if len(cause.places) > MANY:
        lines.append(_count(MORE, len(cause.places) - MANY, lang))
    places = "<br>".join(lines)
    words = f"{_plain(finding.message.get(lang))} ({finding.rule} {finding.slug})"
    snippet = snippet_lines(finding.suggestion)
    meant = "<br>".join(map(_pasted, snippet)) if snippet else _plain(finding.suggestion or "")
    return f"| {sign} | {places} | {words} | {meant} |"


def _pasted(line: str) -> str:
    """Return a line to paste; the blanks that open it count."""
    bare = line.lstrip(" ")
    return f"<code>{line[: len(line) - len(bare)]}{_plain(bare)}</code>"


def _count(message: Text, count: int, lang: Lang) -> str:
    return message.fill({"count": str(count)}).get(lang)


def _place(where: Location) -> str:
    return f"<code>{_plain(escape_controls(where.path))}:{where.line}:{where.column}</code>"


def _plain(text: str) -> str:
    """Return words of the manual as words: no markup, HTML, mention or link is left in them."""
    flat = _SPECIAL.sub(lambda special: "\\" + special[0], single_line(text))
    return flat.translate(_NAMED).replace("://", ":&#47;/")
