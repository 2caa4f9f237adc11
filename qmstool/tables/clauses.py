"""Make the tables by clause: which clauses apply, what answers them, and the matrix of documents.

What goes in: a manual and the catalogue of a standard's clauses. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.parsing.yaml.nodes import text_of
from qmstool.tables.external_and_records import external_numbers
from qmstool.tables.registers import Columns, Table, display_value, pick_cells

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qmstool.i18n import Lang
    from qmstool.manual.model import Manual
    from qmstool.manual.standards import Catalogue, Coverage

NOT_APPLICABLE = Text("không áp dụng", "not applicable")
COVERED = Text("trong mục {section}", "under section {section}")
SECTION = Text("mục {section}", "section {section}")
MATRIX = Text("Ma trận điều khoản – tài liệu", "Clause–document matrix")
STANDARD = ("standard", Text("Tiêu chuẩn", "Standard"))
CLAUSES: Columns = (
    ("clause", Text("Điều khoản", "Clause")),
    ("title", Text("Tên điều khoản", "Title")),
    ("section", Text("Mục của sổ tay", "Section of the manual")),
    ("documents", Text("Tài liệu nội bộ", "Controlled documents")),
    ("external", Text("Tài liệu bên ngoài", "External documents")),
    ("records", Text("Hồ sơ", "Records")),
    ("role", Text("Trách nhiệm", "Responsible")),
    ("applicability", Text("Không áp dụng, lý do", "Not applicable because")),
)
CLAUSES_TITLE = Text(
    "Bảng xác định điều khoản áp dụng / không áp dụng",
    "Which clauses apply, and what answers them",
)


def clauses_of_all(
    manual: Manual, catalogues: Sequence[Catalogue], lang: Lang, *, holes: bool = False
) -> Table:
    """Return every clause of some standards with this manual's answer.

    On paper it is the «Bảng xác định điều khoản áp dụng / không áp dụng». `holes`: only clauses
    that nothing answers.
    """
    rows = []
    for catalogue in catalogues:
        coverage = manual.coverage.get(catalogue.key)
        for number in _numbers(catalogue, coverage, holes=holes):
            row = _clause_row(manual, catalogue, coverage, number, lang)
            rows.append(row | {"standard": catalogue.name})
    columns = (*_standard_column(catalogues), *CLAUSES)
    return Table(CLAUSES_TITLE, columns, pick_cells(rows, columns))


def matrix_of_all(
    manual: Manual, catalogues: Sequence[Catalogue], lang: Lang, *, holes: bool = False
) -> Table:
    """Return the clause–document matrix: × where a document answers a clause.

    There is a row for each clause, and a column for each document that answers any. `holes`: only
    clauses that nothing answers.
    """
    answering = {}
    for catalogue in catalogues:
        coverage = manual.coverage.get(catalogue.key)
        for number in _numbers(catalogue, coverage, holes=holes):
            answering[catalogue.key, number] = _answering(manual, catalogue, number)
    used: frozenset[str] = frozenset().union(*answering.values())
    documents = [document for key, document in manual.documents.items() if key in used]
    standard = _standard_column(catalogues)
    columns = [*standard, *CLAUSES[:2]]
    columns += [(document.key, Text(document.name, document.name)) for document in documents]
    rows = []
    for (key, number), keys in answering.items():
        catalogue = manual.catalogues[key]
        crosses = dict.fromkeys(keys, "×")
        marks = [crosses.get(document.key, "") for document in documents]
        named = [catalogue.name] if standard else []
        rows.append((*named, number, clause_title(catalogue, number, lang), *marks))
    return Table(MATRIX, tuple(columns), tuple(rows))


def side_by_side(
    manual: Manual, catalogues: Sequence[Catalogue], lang: Lang, *, holes: bool = False
) -> Table:
    """Return several standards side by side: clauses of one meaning in one row, with the answers.

    What the harmonized structure does not list has a row of its own. `holes`: only rows in which a
    clause has no answer.
    """
    columns = [("title", Text("Tên điều khoản", "Title"))]
    columns += [(each.key, Text(each.name, each.name)) for each in catalogues]
    columns += [("documents", Text("Đáp ứng", "Answered by"))]
    rows = []
    for line in harmonized_lines(manual, catalogues):
        answers = [answer_words(manual, each, of, lang) for each, of in line.items()]
        if holes and all(answers):
            continue
        title = line_title(manual, line, lang)
        numbers = [line.get(catalogue.key, "") for catalogue in catalogues]
        rows.append((title, *numbers, "; ".join(dict.fromkeys(filter(None, answers)))))
    return Table(MATRIX, tuple(columns), tuple(rows))


def harmonized_lines(manual: Manual, catalogues: Sequence[Catalogue]) -> tuple[dict[str, str], ...]:
    """Return the clauses of several standards, those of one meaning together.

    Number by catalogue; in the order of the first standard, the others' own after it.
    """
    lines: dict[str, dict[str, str]] = {}
    for catalogue in catalogues:
        for number in catalogue.clauses:
            meaning = manual.harmonized.meaning(catalogue.key, number)
            line = lines.setdefault(meaning or f"{catalogue.key} {number}", {})
            line[catalogue.key] = number
    return tuple(lines.values())


def line_title(manual: Manual, line: Mapping[str, str], lang: Lang) -> str:
    """Return what clauses of one meaning are called: alike, else by the name of what they mean.

    Where nobody has named that in this language, as in the first of the standards.
    """
    titles = [clause_title(manual.catalogues[key], of, lang) for key, of in line.items()]
    if len(set(titles)) == 1:
        return titles[0]
    key, number = next(iter(line.items()))
    name = manual.harmonized.names.get(manual.harmonized.meaning(key, number))
    if name is None:
        return titles[0]
    return name.get(lang) or titles[0]


def answer_words(manual: Manual, key: str, number: str, lang: Lang) -> str:
    """Return in a few words what answers a clause; "" where nothing does.

    A heading of the first level needs no answer and has that of its title.
    """
    coverage, catalogue = manual.coverage.get(key), manual.catalogues[key]
    if not catalogue.clauses[number].parent and not (coverage and coverage.row_of(number)):
        return "—"
    rows = coverage.rows_answering(catalogue, number) if coverage else ()
    if rows and all(row.excluded for row in rows):
        return NOT_APPLICABLE.get(lang)
    words: list[str] = []
    for row in rows:
        if row.section:
            words.append(SECTION.fill({"section": row.section.text}).get(lang))
        words += [document_name(manual, mark.text) for mark in row.documents]
        words += [record_title(manual, mark.text) for mark in row.records]
    return ", ".join(dict.fromkeys(words))


def _standard_column(catalogues: Sequence[Catalogue]) -> Columns:
    """Return the column that names the standard, where there are several."""
    return (STANDARD,) if len(catalogues) > 1 else ()


def _numbers(catalogue: Catalogue, coverage: Coverage | None, *, holes: bool) -> Iterator[str]:
    """Yield the clauses of a standard; of `holes` those below a chapter without an answer."""
    for number, clause in catalogue.clauses.items():
        answered = coverage is not None and coverage.rows_answering(catalogue, number)
        if not holes or (clause.parent and not answered):
            yield number


def _answering(manual: Manual, catalogue: Catalogue, number: str) -> frozenset[str]:
    """The keys of the documents that answer a clause."""
    coverage = manual.coverage.get(catalogue.key)
    if coverage is None:
        return frozenset()
    keys: set[str] = set()
    for row in coverage.rows_answering(catalogue, number):
        if row.excluded:
            continue
        named = [manual.document(mark.text) for mark in row.documents]
        keys.update(document.key for document in named if document)
        if row.section and manual.main:
            keys.add(manual.main.key)
    return frozenset(keys)


def clause_title(catalogue: Catalogue, number: str, lang: Lang) -> str:
    """Return the short title of a clause; "" where it has none."""
    title = catalogue.clauses[number].title
    return title.get(lang) if title else ""


def _clause_row(
    manual: Manual, catalogue: Catalogue, coverage: Coverage | None, number: str, lang: Lang
) -> dict[str, str]:
    cells = {"clause": number, "title": clause_title(catalogue, number, lang)}
    if coverage is None:
        return cells | {"section": "", "documents": ""}
    row = coverage.row_of(number)
    if row is None:
        rows = coverage.rows_answering(catalogue, number)
        named = (document_name(manual, mark.text) for each in rows for mark in each.documents)
        sections = (each.section.text for each in rows if each.section)
        cells |= {"section": ", ".join(dict.fromkeys(sections))}
        return cells | {"documents": "; ".join(dict.fromkeys(named))}
    own = row.clause.text == number
    if row.excluded:
        words = NOT_APPLICABLE.get(lang)
        if own and row.excluded.text:
            words += f": {row.excluded.text}"
        return cells | {"applicability": words}
    section = text_of(row.section)
    if not own:
        return cells | {"section": COVERED.fill({"section": section}).get(lang)}
    role = manual.config.role_name(text_of(row.role))
    return cells | {
        "section": section,
        "documents": "; ".join(document_name(manual, mark.text) for mark in row.documents),
        "external": external_numbers(manual, row.external),
        "records": "; ".join(record_title(manual, mark.text) for mark in row.records),
        "role": display_value(role, lang),
    }


def document_name(manual: Manual, code: str) -> str:
    """Return how lists call the document of a code; the code where there is none."""
    document = manual.document(code)
    return document.name if document else code


def record_title(manual: Manual, key: str) -> str:
    """Return the title of a registered record; its key where there is none."""
    record = manual.records.get(key)
    return record.title if record else key
