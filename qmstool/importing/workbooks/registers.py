"""Read registers out of tables and prose: records, external documents, abbreviations, recipients.

What goes in: blocks, or the rows of a sheet. What comes out: rows of the manual's registers, by a
short name, each with where it stood. What nobody says is `unknown`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.importing.blocks import SourceParagraph, SourceTable
from qmstool.importing.naming import find_code, read_code, read_date, slug
from qmstool.importing.recognized import compiled, expression, texts
from qmstool.importing.workbooks import headings as heads
from qmstool.importing.workbooks.found_tables import (
    FoundRow,
    FoundTable,
    TableKind,
    word_table,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

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
_GROUP = re.compile(r"[IVXLC]+[.)]?|[A-ZĐ][.)]?")
_DISTRIBUTION = compiled("recipients")
_TICK = re.compile(r"[xXvV✓✔☑☒●•]|có|yes", re.IGNORECASE)
_COUNTER = re.compile(r"(?:s?tt|số tt|no|#)\.?", re.IGNORECASE)
_UNIT = re.compile(rf"[A-ZĐ]{{2,6}}\Z|(?:{expression('units')})\b")
UNKNOWN = "unknown"
MOST_RECIPIENTS = 30


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a register: its short name, its values, where it stood."""

    key: str
    values: dict[str, str]
    place: Text


@dataclass(frozen=True, slots=True)
class ReadRegister:
    """A table that is a register: of what kind, what stands in which column, its rows.

    `entries`: rows that were read; `left`: those that were not.
    """

    kind: TableKind
    table: FoundTable
    columns: Mapping[str, int]
    entries: tuple[Entry, ...]
    left: tuple[FoundRow, ...]


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


def read_register(table: FoundTable) -> ReadRegister | None:
    """Return what a table lists: as the first kind that its heads fit and that has a row."""
    # A kind that has every field that somebody says comes first.
    kinds = sorted(table.columns.items(), key=lambda item: len(table.said - set(item[1])))
    for kind, columns in kinds:
        if kind is TableKind.RECORDS and not _are_records(table, columns):
            continue
        read = _READERS[kind]
        rows = _whole_rows(table, columns) if kind is TableKind.DISTRIBUTION else table.rows
        whole = _of_whole_table(kind, table, columns)
        taken: list[Entry] = []
        left: list[FoundRow] = []
        for row in rows:
            values = {field: _cell(row.cells, column) for field, column in columns.items()}
            values = whole | values
            entry = None if _is_group(row, columns) else read(values, table.place_of(row))
            if entry is None:
                left.append(row)
            else:
                taken.append(entry)
        if taken:
            return ReadRegister(kind, table, columns, tuple(taken), tuple(left))
    return None


def _of_whole_table(
    kind: TableKind, table: FoundTable, columns: Mapping[str, int]
) -> dict[str, str]:
    """Return the document that a list of recipients names above its heads, {} for any other."""
    if kind is not TableKind.DISTRIBUTION or {"code", "title"} & set(columns):
        return {}
    codes = filter(None, map(find_code, table.above.splitlines()))
    return {"code": next(codes, "")}


def read_matrix(table: FoundTable) -> ReadRegister | None:
    """Return who holds what by a list of documents with a column for each unit, ticked or counted.

    Its title, its sheet or its file says that it is of distribution; None for any other table.
    """
    columns = table.columns.get(TableKind.DOCUMENTS)
    if columns is None or not re.search(_DISTRIBUTION, table.above):
        return None
    used = set(columns.values())
    units = [column for column in range(len(table.heads)) if column not in used]
    units = [column for column in units if _is_of_unit(table, column)]
    entries = []
    for row in table.rows:
        values = {field: _cell(row.cells, column) for field, column in columns.items()}
        if not values["title"] or not is_code(values["code"]):
            continue
        for column in units:
            mark = _cell(row.cells, column)
            copies = mark if mark.isdigit() else ""
            if mark and mark != "0":
                own = {"code": values["code"], "title": values["title"]}
                own |= {"unit": " ".join(table.heads[column].split()), "copies": copies}
                entries.append(Entry(values["code"], own, table.place_of(row)))
    if not entries:
        return None
    return ReadRegister(TableKind.DISTRIBUTION, table, columns, tuple(entries), ())


def _is_of_unit(table: FoundTable, column: int) -> bool:
    """Whether a column holds nothing but ticks, or counts below the name of a unit."""
    head = table.heads[column].strip()
    cells = [text for row in table.rows if (text := _cell(row.cells, column))]
    if not head or not cells or _COUNTER.fullmatch(head):
        return False
    if not all(_TICK.fullmatch(text) or text.isdigit() for text in cells):
        return False
    return not all(text.isdigit() for text in cells) or bool(_UNIT.match(head))


def _are_records(table: FoundTable, columns: Mapping[str, int]) -> bool:
    """Whether a table is of records: steps of work have forms and days too.

    A list of records says so, or where they are kept.
    """
    return "place" in columns or bool(re.search(_RECORD, table.heads[columns["title"]]))


def _is_group(row: FoundRow, columns: Mapping[str, int]) -> bool:
    """Whether a row heads others: «I | Quy trình», a number that is none and one text."""
    filled = [column for column, cell in enumerate(row.cells) if cell.strip()]
    numbered = len(filled) > 1 and re.fullmatch(_GROUP, row.cells[filled[0]].strip())
    own = set(columns.values())
    return bool(numbered) and len(filled) <= 2 and filled[0] not in own  # noqa: PLR2004


def _whole_rows(table: FoundTable, columns: Mapping[str, int]) -> tuple[FoundRow, ...]:
    """Return the rows with the document of the row above where a row leaves it empty."""
    named = [columns[field] for field in ("code", "title") if field in columns]
    whole: list[FoundRow] = []
    before: Sequence[str] = ()
    for row in table.rows:
        cells = list(row.cells)
        if before and not any(_cell(cells, column) for column in named):
            for column in named:
                cells[column] = before[column]
        whole.append(FoundRow(row.number, cells))
        before = cells
    return tuple(whole)


def _read_record(values: Mapping[str, str], place: Text) -> Entry | None:
    if not values["title"] or values["title"].isdigit():
        return None
    record = {"title": values["title"]}
    for field in ("form", "owner", "retention", "place", "disposition"):
        record[field] = values.get(field) or UNKNOWN
    return Entry(slug(values["title"]), record, place)


def _read_abbreviation(values: Mapping[str, str], place: Text) -> Entry | None:
    short, expansion = values["short"], values["expansion"]
    if not short or not expansion or len(short) >= len(expansion):
        return None
    return Entry(short, {"expansion": expansion}, place)


def _read_external(values: Mapping[str, str], place: Text) -> Entry | None:
    if not values["title"] or "/" not in values["number"]:
        return None
    law = _LAW.search(f"{values['title']} {values['number']}")
    kind = law["type"] if law else UNKNOWN
    record = _external(values["number"], kind, values["title"], values.get("issuer", ""))
    for key in ("issued", "effective"):
        day = read_date(values.get(key, ""))
        if day:
            record[key] = day
    return Entry(_law_key(kind, values["number"]), record, place)


def _read_document(values: Mapping[str, str], place: Text) -> Entry | None:
    if not values["title"] or not is_code(values["code"]):
        return None
    return Entry(values["code"], dict(values), place)


def _read_copy(values: Mapping[str, str], place: Text) -> Entry | None:
    if not values["unit"] or values["unit"].isdigit():
        return None
    return Entry(values.get("code", ""), dict(values), place)


_READERS: Mapping[TableKind, Callable[[Mapping[str, str], Text], Entry | None]] = {
    TableKind.RECORDS: _read_record,
    TableKind.ABBREVIATIONS: _read_abbreviation,
    TableKind.EXTERNAL: _read_external,
    TableKind.DISTRIBUTION: _read_copy,
    TableKind.DOCUMENTS: _read_document,
}


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


def recipients(blocks: Sequence[Block]) -> list[Entry]:
    """Return who «Nơi nhận» lists, as written, each with where it stands."""
    found: list[Entry] = []
    inside = False
    for paragraph in all_paragraphs(blocks):
        for line in "".join(span.text for span in paragraph.spans).split("\n"):
            match = _RECIPIENTS.search(line)
            rest = line[match.end() :] if match else line
            items = [item.strip(" -–•+*.;,") for item in re.split(r"[;]", rest)]
            listed = paragraph.bullet >= 0 or rest.lstrip()[:1] in {"-", "–", "•", "+"}
            inside = bool(match) or (inside and listed)
            if inside:
                found += [Entry("", {"unit": item}, paragraph.place) for item in items if item]
    for block in all_tables(blocks):
        table = word_table(block.grid(), block.place, {TableKind.DISTRIBUTION})
        read = read_register(table) if table is not None else None
        if read is not None and not {"code", "title"} & set(read.columns):
            found += read.entries
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
