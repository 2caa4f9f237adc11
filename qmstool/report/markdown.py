"""The report as Markdown for a comment on a pull request: one row for each cause, most severe first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.findings import Severity
from qmstool.i18n import Text
from qmstool.report.display import (
    SEVERITY_WORDS,
    escape_controls,
    group_by_cause,
    is_snippet,
    single_line,
    summary_line,
)

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
    found = group_by_cause(report.findings)
    rows = [_row(cause, lang) for cause in found[:MOST]]
    parts = [f"**{_plain(summary_line(report).get(lang))}**"]
    if rows:
        parts.append("\n".join([HEAD.get(lang), *rows]))
    if len(found) > MOST:
        parts.append(REST.fill({"count": str(len(found) - MOST)}).get(lang))
    if report.since is not None:
        parts.append(AFFECTED.get(lang))
        parts.append(_impact(report.since.affected, lang))
    return "\n\n".join(parts) + "\n"


def _impact(affected: tuple[Affected, ...], lang: Lang) -> str:
    """The table of those who cite what changed; each document once, at its first places."""
    if not affected:
        return NOBODY.get(lang)
    rows = [
        f"| {_plain(each.touched.get(lang))} | {_citing(each, lang)} | {', '.join(_plain(clause) for clause in each.clauses)} |"
        for each in affected[:MOST]
    ]
    rest = (
        [f"| {REST_AFFECTED.fill({'count': str(len(affected) - MOST)}).get(lang)} | | |"]
        if len(affected) > MOST
        else []
    )
    return "\n".join([AFFECTED_HEAD.get(lang), *rows, *rest])


def _citing(affected: Affected, lang: Lang) -> str:
    shown = [f"{_plain(name)} {_place(where)}" for name, where in affected.citing[:MANY]]
    if len(affected.citing) > MANY:
        shown.append(MORE.fill({"count": str(len(affected.citing) - MANY)}).get(lang))
    return "<br>".join(shown)


def _row(cause: Cause, lang: Lang) -> str:
    finding = cause.first
    sign = f"{SIGNS[finding.severity]} {SEVERITY_WORDS[finding.severity].get(lang)}"
    places = "<br>".join(_place(each) for each in cause.places[:MANY])
    if len(cause.places) > MANY:
        places += "<br>" + MORE.fill({"count": str(len(cause.places) - MANY)}).get(lang)
    words = f"{_plain(finding.message.get(lang))} ({finding.rule} {finding.slug})"
    suggestion = finding.suggestion or ""
    meant = "" if is_snippet(suggestion) else _plain(suggestion)
    return f"| {sign} | {places} | {words} | {meant} |"


def _place(where: Location) -> str:
    return f"<code>{_plain(escape_controls(where.path))}:{where.line}:{where.column}</code>"


def _plain(text: str) -> str:
    """Words of the manual as words: nothing in them is markup, HTML, a mention or a link."""
    flat = _SPECIAL.sub(lambda found: "\\" + found[0], single_line(text))
    return flat.translate(_NAMED).replace("://", ":&#47;/")
