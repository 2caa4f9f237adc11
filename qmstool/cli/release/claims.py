"""Read what texts taken over claim of themselves: from a table, or from the command line."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from qmstool.cli import console
from qmstool.cli.days import read_day
from qmstool.frozen import replace
from qmstool.i18n import QmsError, Text
from qmstool.manual.releases import Claim, TakenOver
from qmstool.manual.schema.releases import CLAIMS, LEVELS
from qmstool.parsing.codes import fold_name
from qmstool.parsing.similar import not_found_error

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from qmstool.manual.config import Config

# Columns of the table, as people head them.
COLUMNS = {
    "code": ("code", "mã", "mã tài liệu"),
    "issue": ("issue", "lần ban hành"),
    "revision": ("revision", "lần sửa đổi"),
    "date": ("date", "ngày ký", "ngày ban hành"),
    "effective": ("effective", "ngày hiệu lực"),
    "signer": ("signer", "người ký", "phê duyệt"),
    "level": ("level", "mức bằng chứng"),
    "stood": ("stood", "ghi ở đâu"),
}
STOOD = ("_stood", " ghi ở đâu")
DAYS = frozenset({"date", "effective"})
NO_CODE = Text(
    "{path}: không có cột «mã» (code). Các cột cần: {columns}.",
    "{path}: there is no column «code». The columns: {columns}.",
)
UNKNOWN_COLUMN = Text("cột của bảng", "column of the table")
BAD_CLAIM = Text(
    "«{given}»: viết dạng «MÃ:issue=2@bìa»; các điều ghi được: {names}.",
    "«{given}»: written «CODE:issue=2@cover»; what can be claimed: {names}.",
)


def add_claim_options(parser: argparse.ArgumentParser) -> None:
    """Add the options on what the texts claim."""
    parser.add_argument(
        "--from",
        dest="table",
        metavar="FILE.csv",
        help="bảng CSV: mã, lần ban hành, lần sửa đổi, ngày ký, ngày hiệu lực, người ký, mức bằng "
        "chứng, ghi ở đâu / a CSV table: code, issue, revision, date, effective, signer, level, "
        "stood",
    )
    parser.add_argument(
        "--claim",
        action="append",
        default=[],
        metavar="CODE:WHAT=VALUE@WHERE",
        help=f"văn bản tự ghi gì, ở đâu / what the text claims, and where ({', '.join(CLAIMS)})",
    )
    parser.add_argument(
        "--level",
        action="append",
        default=[],
        metavar="CODE=LEVEL",
        help=f"mức bằng chứng / what the approval is evidenced by ({', '.join(LEVELS)})",
    )


def read_claims(
    options: argparse.Namespace, config: Config, key_of: Callable[[str], str]
) -> Mapping[str, TakenOver]:
    """Return what is claimed by the documents' keys.

    `key_of` raises QmsError for a code that nothing has; so does what cannot be read.
    """
    taken: dict[str, TakenOver] = {}
    if options.table:
        taken |= _read_table(options.table, config, key_of)
    for given in options.claim:
        code, what, said, stood = _parse_claim(given)
        key = key_of(code)
        before = taken.get(key, TakenOver("none", ()))
        kept = tuple(each for each in before.claims if each.what != what)
        claim = Claim(what, _value(what, said, config), stood)
        taken[key] = replace(before, claims=(*kept, claim))
    for given in options.level:
        code, _, level = given.partition("=")
        key = key_of(code.strip())
        taken[key] = replace(taken.get(key, TakenOver("none", ())), level=_level(level.strip()))
    return taken


def _parse_claim(given: str) -> tuple[str, str, str, str]:
    found = re.fullmatch(r"\s*(.+?)\s*:\s*(\w+)\s*=\s*([^@]+?)\s*(?:@\s*(.*?)\s*)?", given)
    if not found or found[2] not in CLAIMS:
        raise QmsError(BAD_CLAIM.fill({"given": given, "names": ", ".join(CLAIMS)}))
    return found[1], found[2], found[3], found[4] or ""


def _read_table(
    name: str | Path, config: Config, key_of: Callable[[str], str]
) -> dict[str, TakenOver]:
    text = console.read_user_file(name).decode("utf-8-sig", errors="replace")
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if any(row)]
    names = [_column(heading) for heading in rows[0]] if rows else []
    if "code" not in names:
        columns = ", ".join(COLUMNS)
        raise QmsError(NO_CODE.fill({"path": str(name), "columns": columns}))
    taken = {}
    for row in rows[1:]:
        cells = {name: cell.strip() for name, cell in zip(names, row, strict=False)}
        taken[key_of(cells["code"])] = _taken_over(cells, config)
    return taken


def _column(heading: str) -> str:
    """The name of a column by its heading; one that is not known is refused."""
    folded = fold_name(heading)
    for name, headings in COLUMNS.items():
        for known in headings:
            if folded == fold_name(known):
                return name
            if name in CLAIMS and folded in {fold_name(known + suffix) for suffix in STOOD}:
                return f"{name}_stood"
    raise not_found_error(heading, UNKNOWN_COLUMN, [names[0] for names in COLUMNS.values()])


def _taken_over(cells: Mapping[str, str], config: Config) -> TakenOver:
    claims = []
    for what in CLAIMS:
        if cells.get(what):
            stood = cells.get(f"{what}_stood") or cells.get("stood", "")
            claims.append(Claim(what, _value(what, cells[what], config), stood))
    return TakenOver(_level(cells.get("level") or "none"), tuple(claims))


def _value(what: str, text: str, config: Config) -> str:
    """A value as records have it: a day in ISO 8601, «unknown» where nobody knows."""
    if what not in DAYS or text == "unknown":
        return text
    return read_day(text, config).isoformat()


def _level(text: str) -> str:
    if text not in LEVELS:
        raise not_found_error(text, Text("mức bằng chứng", "level of evidence"), LEVELS)
    return text
