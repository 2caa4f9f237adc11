"""Read registers out of tables and prose: records, external documents, abbreviations, recipients.

What goes in: blocks, or the rows of a sheet. What comes out: rows of the manual's registers, by a
short name, each with where it stood. What nobody says is `unknown`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.importing.blocks import SourceParagraph, SourceTable
from qmstool.importing.naming import read_code, read_date, slug
from qmstool.importing.recognized import compiled, expression, texts
from qmstool.importing.workbooks import headings as heads

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qmstool.i18n import Text
    from qmstool.importing.blocks import Block

_LAW = re.compile(
    rf"(?P<type>{expression('law_types')})(?P<name>[^.;:\n()]{{0,80}}?)\s(?:số\s*:?\s*)?"
    r"(?P<number>\d{1,4}/(?:\d{4}/)?[A-ZĐ][A-ZĐ0-9]*(?:-[A-ZĐ0-9]+)*)(?P<rest>[^;\n]{0,300})"
)
_ISSUER = re.compile(
    rf"của\s+((?:{expression('law_issuers')})[^,;.]*?)"
    r"(?=\s+(?:về|quy định|ban hành|hướng dẫn|V/v)|[,;.]|$)"
)
_ABOUT = re.compile(r"(?:về việc|về|quy định|hướng dẫn|V/v)\s+[^;.]*", re.IGNORECASE)
_USUAL_ISSUERS = texts("law_usual_issuers")
_LAW_SLUGS = texts("law_short_names")
_RECIPIENTS = compiled("recipients", after=r"\s*[:：]")
_SHORT = re.compile(r"[-–•*+]?\s*([A-ZĐ][\wĐ&.-]{1,11})\s*[:：=–-]\s*(\S.{3,120})")
_ABBREVIATIONS = re.compile(r"viết tắt|abbreviation", re.IGNORECASE)
_RECORD = compiled("records_are_called")
UNKNOWN = "unknown"
MOST_RECIPIENTS = 30


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a register: its short name, its values, where it stood."""

    key: str
    values: dict[str, str]
    place: Text


def all_tables(blocks: Iterable[Block]) -> Iterator[SourceTable]:
    """Give the tables of a text, those inside others too."""
    for block in blocks:
        if isinstance(block, SourceTable):
            yield block
            for row in block.rows:
                for _, cell in row.cells:
                    yield from all_tables(cell.blocks)


def all_paragraphs(blocks: Iterable[Block]) -> Iterator[SourceParagraph]:
    """Give the paragraphs of a text, those in tables too."""
    for block in blocks:
        if isinstance(block, SourceParagraph):
            yield block
        else:
            for row in block.rows:
                for _, cell in row.cells:
                    yield from all_paragraphs(cell.blocks)


def record_rows(rows: Sequence[Sequence[str]], place: Text) -> list[Entry]:
    """Return the records that a table «Hồ sơ | mã | nơi lưu | thời gian» lists."""
    number, columns = heads.find_columns(rows, heads.RECORDS, ("title", "retention"))
    if not columns:
        return []
    # Steps of work have forms and days too; a list of records says so, or where they are kept.
    named = re.search(_RECORD, rows[number][columns["title"]])
    if not named and "place" not in columns:
        return []
    entries = []
    for row in rows[number + 1 :]:
        values = {kind: _cell(row, column) for kind, column in columns.items()}
        if values["title"] and not values["title"].isdigit():
            record = {"title": values["title"]}
            for kind in ("form", "owner", "retention", "place", "disposition"):
                record[kind] = values.get(kind) or UNKNOWN
            entries.append(Entry(slug(values["title"]), record, place))
    return entries


def abbreviation_rows(rows: Sequence[Sequence[str]], place: Text) -> list[Entry]:
    """Return the abbreviations that a table lists."""
    number, columns = heads.find_columns(rows, heads.ABBREVIATIONS, ("short", "expansion"))
    entries = []
    for row in rows[number + 1 :] if columns else ():
        short, expansion = _cell(row, columns["short"]), _cell(row, columns["expansion"])
        if short and expansion and len(short) < len(expansion):
            entries.append(Entry(short, {"expansion": expansion}, place))
    return entries


def abbreviation_lines(blocks: Sequence[Block]) -> list[Entry]:
    """Return the abbreviations that lines such as «HTQLCL: Hệ thống …» explain, below a heading."""
    entries = []
    inside = False
    for block in blocks:
        if not isinstance(block, SourceParagraph):
            continue
        if block.level:
            inside = bool(_ABBREVIATIONS.search(block.text))
        match = _SHORT.fullmatch(block.text) if inside and not block.level else None
        if match and sum(letter.isupper() for letter in match[1]) >= 2:  # noqa: PLR2004
            expansion = match[2].strip(" ;.")
            entries.append(Entry(match[1], {"expansion": expansion}, block.place))
    return entries


def external_rows(rows: Sequence[Sequence[str]], place: Text) -> list[Entry]:
    """Return the external documents that a table lists."""
    number, columns = heads.find_columns(rows, heads.EXTERNAL, ("number", "title"))
    entries = []
    for row in rows[number + 1 :] if columns else ():
        values = {kind: _cell(row, column) for kind, column in columns.items()}
        if values["title"] and "/" in values["number"]:
            law = _LAW.search(f"{values['title']} {values['number']}")
            kind = law["type"] if law else UNKNOWN
            record = _external(values["number"], kind, values["title"], values.get("issuer", ""))
            for key in ("issued", "effective"):
                day = read_date(values.get(key, ""))
                if day:
                    record[key] = day
            entries.append(Entry(_law_key(kind, values["number"]), record, place))
    return entries


def document_rows(rows: Sequence[Sequence[str]]) -> list[dict[str, str]]:
    """Return the documents that a table «Mã | Tên | Lần ban hành …» lists, by code."""
    number, columns = heads.find_columns(rows, heads.DOCUMENTS, ("code", "title"))
    documents = []
    for row in rows[number + 1 :] if columns else ():
        values = {kind: _cell(row, column) for kind, column in columns.items()}
        if values["title"] and is_code(values["code"]):
            documents.append(values)
    return documents


def laws_in(blocks: Iterable[Block]) -> list[Entry]:
    """Return the laws that a text names by number; their status is for a person to look up."""
    entries: dict[str, Entry] = {}
    for paragraph in all_paragraphs(blocks):
        for match in _LAW.finditer(paragraph.words):
            about, issuer = _ABOUT.search(match["rest"]), _ISSUER.search(match["rest"])
            title = (match["name"].strip(" ,") or (about[0] if about else "")).strip()
            named = issuer[1].strip() if issuer else _USUAL_ISSUERS.get(match["type"], "")
            record = _external(match["number"], match["type"], title, named)
            day = read_date(match["rest"][:40])
            if day:
                record["issued"] = day
            key = _law_key(match["type"], match["number"])
            entries.setdefault(key, Entry(key, record, paragraph.place))
    return list(entries.values())


def _external(number: str, kind: str, title: str, issuer: str) -> dict[str, str]:
    return {
        "number": number,
        "type": kind,
        "issuer": issuer or UNKNOWN,
        "title": " ".join(title.split()) or UNKNOWN,
        "status": UNKNOWN,
        "checked_on": UNKNOWN,
    }


def _law_key(kind: str, number: str) -> str:
    digits = number.rpartition("/")[0] if number.count("/") > 1 else number
    return slug(f"{_LAW_SLUGS.get(kind, 'vb')}-{digits}")


def recipients(blocks: Sequence[Block]) -> list[tuple[str, Text]]:
    """Return who «Nơi nhận» lists, as written, with where each stands."""
    found: list[tuple[str, Text]] = []
    inside = False
    for paragraph in all_paragraphs(blocks):
        for line in "".join(span.text for span in paragraph.spans).split("\n"):
            match = _RECIPIENTS.search(line)
            rest = line[match.end() :] if match else line
            items = [item.strip(" -–•+*.;,") for item in re.split(r"[;]", rest)]
            listed = paragraph.bullet >= 0 or rest.lstrip()[:1] in {"-", "–", "•", "+"}
            inside = bool(match) or (inside and listed)
            if inside:
                found += [(item, paragraph.place) for item in items if item]
    for table in all_tables(blocks):
        number, columns = heads.find_columns(table.grid(), heads.DISTRIBUTION, ("unit", "copies"))
        for row in table.grid()[number + 1 :] if columns else ():
            found.append((_cell(row, columns["unit"]), table.place))
    return found[:MOST_RECIPIENTS]


def change_rows(table: SourceTable) -> list[dict[str, str]]:
    """Return the rows of a table of changes, [] for another table."""
    number, columns = heads.find_columns(table.grid(), heads.CHANGES, ("revision", "date", "what"))
    rows = table.grid()[number + 1 :] if columns else []
    return [{kind: _cell(row, column) for kind, column in columns.items()} for row in rows]


def is_code(text: str) -> bool:
    """Whether a cell holds a code and nothing else."""
    return bool(text) and read_code(text) == " ".join(text.split())


def _cell(row: Sequence[str], column: int) -> str:
    return " ".join(row[column].split()).strip() if column < len(row) else ""
