"""Write the report of an import: read, not sure, left out; for people and for programs.

What goes in: a `Taken`. What comes out: three texts, the same for the same files on every day.
"""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.importing.result import LEFT_OUT, READ, UNSURE
from qmstool.sanitizing.sheets import GUARD
from qmstool.terminal import escape_controls, escape_json, escape_sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qmstool.i18n import Lang
    from qmstool.importing.accounting import Account
    from qmstool.importing.draft import DraftDocument
    from qmstool.importing.result import Line, Taken

# What a reader of Markdown would take for its own in the words of a file.
_SIGN = re.compile(r"[\\|<&*`\[\]~]|(?<!\w)_|_(?!\w)")
STEM = "import-report"
TITLE = Text("Báo cáo nhập tài liệu", "Report of an import")
GROUPS = (
    (UNSURE, Text("Chưa chắc: hãy xem từng dòng", "Not sure: look at each line")),
    (LEFT_OUT, Text("Để ngoài, có lý do", "Left out, for a reason")),
    (READ, Text("Đã đọc", "Read")),
)
HEADS = Text(
    "Tệp gốc|Chỗ trong tệp gốc|Chỗ trong sổ tay|Điều cần biết",
    "Source|Place in it|Place in the manual|What",
)
ACCOUNT_HEADS = Text(
    "Tệp gốc|Số từ|Đã đưa vào|Để ngoài|Mất", "Source|Words|Placed|Left out|Missing"
)
ACCOUNT = Text("Từng từ được tính", "Every word accounted for")
WEIGHTS = (
    Text("xem trước: có thể mất", "first: something may be lost"),
    Text("đoán: hãy xem lại", "guessed: look at it"),
    Text("để biết", "to know"),
)
WEIGHT = Text("Mức", "How sure")
SUM = Text(
    "{files} tệp, {words} từ: {placed} đã đưa vào, {left} để ngoài có lý do, {missing} mất.",
    "{files} files, {words} words: {placed} placed, {left} left out for a reason, {missing} lost.",
)
NEXT = Text("Việc tiếp theo", "Next")
STEPS = (
    Text(
        "Đọc phần «Chưa chắc» từ trên xuống; sửa ở tệp nêu trong cột thứ ba.",
        "Read «Not sure» from the top; mend in the file of the third column.",
    ),
    Text(
        "Chạy `qmstool check`: những điểm yếu thật của sổ tay.",
        "Run `qmstool check`: the real weaknesses of the manual.",
    ),
    Text("Chạy `qmstool serve`: xem trang như người đọc.", "Run `qmstool serve`: see the pages."),
    Text(
        "Lưu vào git. Báo cáo này có thể xóa khi đã xong.",
        "Commit to git. This report may go when all is done.",
    ),
)
NOTHING = Text("Không có dòng nào.", "Nothing.")
_PAGE_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:75rem;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}td,th{border:1px solid #999;padding:.3rem .5rem;"
    "text-align:left;vertical-align:top;overflow-wrap:anywhere}th{background:#eee}"
    "@media print{body{margin:0;max-width:none;font-size:9pt}thead{display:table-header-group}"
    "tr{break-inside:avoid}h2{break-after:avoid}@page{size:A4 landscape;margin:12mm}}"
)
_STYLE = (
    "tr.w0 td:first-child{border-left:5px solid #b00020;font-weight:bold}"
    "table.places td,table.places th{width:17%}table.places td:last-child,"
    "table.places th:last-child{width:auto}"
    "@media(max-width:45rem){table.places,table.places tbody,table.places tr,table.places td{"
    "display:block;width:auto}table.places thead{display:none}table.places td{border-width:0 1px}"
    "table.places tr{border-top:3px solid #999}}"
)


def write_report(taken: Taken, lang: Lang, before: Iterable[str] = ()) -> dict[str, str]:
    """Return file name → text of the report.

    `before`: digests of files that were taken in earlier, which it goes on holding.
    """
    return {
        f"{STEM}.md": _markdown(taken, lang),
        f"{STEM}.html": _html(taken, lang),
        f"{STEM}.json": _json(taken, lang, before),
    }


def read_digests(report: bytes) -> list[str]:
    """Return the digests that an earlier report holds; [] for none that can be read."""
    try:
        record = json.loads(report)
    except ValueError:
        return []
    digests = record.get("taken") if isinstance(record, dict) else None
    return [str(digest) for digest in digests] if isinstance(digests, list) else []


def add_digests(report: bytes, digests: Iterable[str]) -> str:
    """Return a report that holds some digests too; "" where it holds them, or is none."""
    held = read_digests(report)
    new = [digest for digest in dict.fromkeys(digests) if digest not in held]
    record = json.loads(report) if new else None
    return _dump(record | {"taken": [*held, *new]}) if isinstance(record, dict) else ""


def begin_page(title: str, lang: Lang, style: str) -> str:
    """Return the head of a report as a page, for the screen and to print, and its title.

    `style`: rules of this report's own tables.
    """
    return (
        f'<!doctype html>\n<html lang="{lang}"><meta charset="utf-8">\n{GUARD}\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(title)}</title><style>{_PAGE_STYLE}{style}</style>\n"
        f"<h1>{html.escape(title)}</h1>"
    )


def group_lines(lines: Iterable[Line], group: str) -> list[Line]:
    """Return the lines of a group, most doubtful first."""
    return sorted((line for line in lines if line.group == group), key=lambda line: line.weight)


def _heads(group: str, lang: Lang) -> list[str]:
    own = [WEIGHT.get(lang)] if group == UNSURE else []
    return own + HEADS.get(lang).split("|")


def _row(line: Line, lang: Lang) -> list[str]:
    own = [WEIGHTS[line.weight].get(lang)] if line.group == UNSURE else []
    return [*own, line.source, line.place.get(lang), line.target, line.message.get(lang)]


def _accounts(taken: Taken) -> list[list[str]]:
    return [
        [name, str(a.source), str(a.placed), str(a.left_out), str(len(a.missing))]
        for name, a in taken.accounts.items()
    ]


def _sum(taken: Taken, lang: Lang) -> str:
    """Return the whole account in a sentence."""
    counts = taken.accounts.values()
    values = {
        "files": len(taken.digests),
        "words": sum(count.source for count in counts),
        "placed": sum(count.placed for count in counts),
        "left": sum(count.left_out for count in counts),
        "missing": taken.lost_words,
    }
    return SUM.fill({key: str(value) for key, value in values.items()}).get(lang)


def _markdown(taken: Taken, lang: Lang) -> str:
    lines = [f"# {TITLE.get(lang)}", "", _sum(taken, lang)]
    for group, title in GROUPS:
        rows = [_row(line, lang) for line in group_lines(taken.lines, group)]
        lines += ["", f"## {title.get(lang)} ({len(rows)})", ""]
        lines += _table(_heads(group, lang), rows) if rows else [NOTHING.get(lang)]
    lines += ["", f"## {ACCOUNT.get(lang)}", ""]
    lines += _table(ACCOUNT_HEADS.get(lang).split("|"), _accounts(taken))
    lines += ["", f"## {NEXT.get(lang)}", ""]
    lines += [f"{number}. {step.get(lang)}" for number, step in enumerate(STEPS, start=1)]
    return "\n".join(lines) + "\n"


def _table(heads: list[str], rows: list[list[str]]) -> list[str]:
    lines = ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
    for row in rows:
        cells = [_SIGN.sub(r"\\\g<0>", escape_controls(" ".join(cell.split()))) for cell in row]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _html(taken: Taken, lang: Lang) -> str:
    parts = [
        begin_page(TITLE.get(lang), lang, _STYLE),
        f"<p>{html.escape(_sum(taken, lang))}</p>",
    ]
    for group, title in GROUPS:
        rows = [(line.weight, _row(line, lang)) for line in group_lines(taken.lines, group)]
        parts.append(f"<h2>{html.escape(title.get(lang))} ({len(rows)})</h2>")
        if rows:
            parts.append(_html_table(_heads(group, lang), rows, "places"))
        else:
            parts.append(f"<p>{html.escape(NOTHING.get(lang))}</p>")
    parts.append(f"<h2>{ACCOUNT.get(lang)}</h2>")
    accounts = [(1, row) for row in _accounts(taken)]
    parts.append(_html_table(ACCOUNT_HEADS.get(lang).split("|"), accounts, "words"))
    steps = "".join(f"<li>{html.escape(step.get(lang))}</li>" for step in STEPS)
    parts.append(f"<h2>{NEXT.get(lang)}</h2><ol>{steps}</ol></html>")
    return escape_sheet("\n".join(parts) + "\n")


def _html_table(heads: list[str], rows: list[tuple[int, list[str]]], kind: str) -> str:
    head = "".join(f"<th>{html.escape(name)}</th>" for name in heads)
    lines = []
    for weight, row in rows:
        cells = "".join(f"<td>{html.escape(cell)}</td>" for cell in row)
        lines.append(f'<tr class="w{weight}">{cells}</tr>')
    body = "".join(lines)
    return f'<table class="{kind}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _json(taken: Taken, lang: Lang, before: Iterable[str]) -> str:
    lines = [line for group, _ in GROUPS for line in group_lines(taken.lines, group)]
    record = {
        "schema": 1,
        "taken": list(before),
        "documents": [_document_record(draft, lang) for draft in taken.drafts],
        "words": {name: _account_record(account) for name, account in taken.accounts.items()},
        "lines": [_line_record(line, lang) for line in lines],
    }
    return _dump(record)


def _document_record(draft: DraftDocument, lang: Lang) -> dict[str, object]:
    claims = [
        {"key": c.key, "value": c.value, "written": c.written, "place": c.place.get(lang)}
        for c in draft.claims
    ]
    signatures = [
        {"as": s.part, "person": s.person, "role": s.office, "place": s.place.get(lang)}
        for s in draft.signatures
    ]
    return {
        "source": draft.source.name,
        "code": draft.code or "unknown",
        "type": draft.kind,
        "title": draft.title,
        "claims": claims,
        "signatures": signatures,
        "changes": list(draft.changes),
    }


def _account_record(account: Account) -> dict[str, object]:
    return {
        "words": account.source,
        "placed": account.placed,
        "left_out": account.left_out,
        "missing": list(account.missing),
        "extra": list(account.extra),
    }


def _line_record(line: Line, lang: Lang) -> dict[str, object]:
    return {
        "group": line.group,
        "weight": line.weight,
        "source": line.source,
        "place": line.place.get(lang),
        "target": line.target,
        "message": line.message.get(lang),
    }


def _dump(record: object) -> str:
    return escape_json(json.dumps(record, ensure_ascii=False, indent=1)) + "\n"
