"""Render a report as Markdown for a comment on a pull request.

One row for each cause, most severe first; then, where a change was compared, who is affected. A
forge takes no comment of more than 65,536 characters: what is past that is counted.
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
# In characters, of each of the two tables; both and the rest stay below what a forge takes.
LONGEST_TABLE = 30_000
SIGNS = {Severity.ERROR: "❌", Severity.WARNING: "⚠️", Severity.INFO: "💡"}
HEAD = Text(
    "| | Ở đâu | Điều gì | Có lẽ là |\n|---|---|---|---|",
    "| | Where | What | Perhaps |\n|---|---|---|---|",
)
REST = Text(
    (
        "… và {count} nguyên nhân nữa; xem hết bằng `qmstool check --all`, "
        "từng loại bằng `--only TÊN`."
    ),
    (
        "… and more causes: {count}; `qmstool check --all` lists them, "
        "`--only NAME` those of one rule."
    ),
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
_NAMED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;", "$": "&#36;"})
_SPECIAL = re.compile(r"[\\`*_\[\]|~#!]")
# A forge looks for people, teams, issues, small pictures and addresses in what it has made of
# Markdown, where a sign that was spelt otherwise is the sign again; it finds none where a sign
# without width stands behind it, and looks for none in code. GitLab's `[wiki_page:x]` and
# `*iteration:1`, GitHub's GH-1, Forgejo's addresses, everybody's `:name:`.
_REFERENCE = re.compile(
    r"(?:&#64;|\\[#!~]|%)(?=[\w\"'])|(?:&#36;|&amp;)(?=\d)|\\\[(?=(?:\w|\\_)+:)|\\\*(?=iteration:)"
    r"|\bGH-(?=\d)|(?<!\d):(?=(?:[\w+-]|\\_)+:|&#47;/)",
    re.IGNORECASE,
)
_NOTHING = "&#8288;"
# Addresses that GitHub links to without their scheme.
_BARE_ADDRESS = re.compile(r"\b(www)\.", re.IGNORECASE)


def render(report: Report, lang: Lang) -> str:
    """Return the comment.

    Content stands in it as plain words: no markup, mention or link comes out of a manual.
    """
    causes = group_by_cause(report.findings)
    parts = [f"**{_plain(summary_line(report).get(lang))}**"]
    rows = _fitting([_row(cause, lang) for cause in causes[:MOST]])
    if rows:
        parts.append("\n".join([HEAD.get(lang), *rows]))
    if len(causes) > len(rows):
        parts.append(_count(REST, len(causes) - len(rows), lang))
    if report.impact is not None:
        parts.append(AFFECTED.get(lang))
        parts.append(_affected_table(report.impact.affected, lang))
    return "\n\n".join(parts) + "\n"


def _affected_table(affected: tuple[Affected, ...], lang: Lang) -> str:
    """Return the table of those who cite what changed; each document at its first places."""
    if not affected:
        return NOBODY.get(lang)
    rows = []
    for each in affected[:MOST]:
        clauses = ", ".join(map(_plain, each.clauses))
        rows.append(f"| {_plain(each.reason.get(lang))} | {_citing(each, lang)} | {clauses} |")
    rows = _fitting(rows)
    lines = [AFFECTED_HEAD.get(lang), *rows]
    if len(affected) > len(rows):
        lines.append(f"| {_count(REST_AFFECTED, len(affected) - len(rows), lang)} | | |")
    return "\n".join(lines)


def _fitting(rows: list[str]) -> list[str]:
    """Return the first rows of a table, as many as a comment has room for."""
    length = 0
    for count, row in enumerate(rows):
        length += len(row) + 1
        if length > LONGEST_TABLE:
            return rows[:count]
    return rows


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
    return f"<code>{line[: len(line) - len(bare)]}{_escaped(bare)}</code>"


def _count(message: Text, count: int, lang: Lang) -> str:
    return message.fill({"count": str(count)}).get(lang)


def _place(where: Location) -> str:
    return f"<code>{_escaped(escape_controls(where.path))}:{where.line}:{where.column}</code>"


def _plain(text: str) -> str:
    """Return words of the manual as words: no markup, HTML, mention or link is left in them."""
    return _REFERENCE.sub(rf"\g<0>{_NOTHING}", _escaped(text))


def _escaped(text: str) -> str:
    """Return words for code, in which a forge looks for nobody."""
    flat = _SPECIAL.sub(lambda special: "\\" + special[0], single_line(text))
    flat = flat.translate(_NAMED).replace("://", ":&#47;/")
    return _BARE_ADDRESS.sub(r"\1&#46;", flat)
