"""Check the mapping: every clause of the standard is answered, everything answers some clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Severity, Subject, Violation
from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.parsing.codes import fold_code
from qmstool.parsing.similar import nearest_name
from qmstool.parsing.yaml.nodes import text_of
from qmstool.rules.base.form_parents import explain_impossible
from qmstool.rules.base.hiders import damaged_entry
from qmstool.rules.base.lost_documents import MAIN
from qmstool.rules.base.rule import Rule, rule
from qmstool.rules.base.values import bilingual
from qmstool.rules.coverage.hiding import (
    disorder,
    disorder_beside_sections,
    lost_row,
    mapped_clauses,
    meant_by_mistyped_row,
    unknown_clause,
    unnamed_catalogue,
)
from qmstool.rules.coverage.open_clauses import (
    followed,
    misplaced_covers,
    place_of_answer,
    row_before,
    unanswered,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.manual.standards import Clause, CoverageRow
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.rules.base.facts import Facts

# States of documents that need to answer no clause any more.
ENDED = frozenset({"withdrawn", "superseded"})


@rule(
    "QMS201",
    "uncovered-clause",
    Severity.ERROR,
    title=Text("Điều khoản chưa được trả lời", "A clause that nothing covers"),
    message=Text(
        (
            "Chưa có dòng nào trong {path} đáp ứng điều khoản {clause}{title_vi}. Hãy thêm "
            "một dòng sau dòng được chỉ ở đây, hoặc ghi số ấy vào covers của dòng ở trên."
        ),
        (
            "No row of {path} answers clause {clause}{title_en}. Add a row after this one, "
            "or name it in the covers of a row above."
        ),
    ),
    hidden_by=(lost_row, meant_by_mistyped_row),
)
def uncovered_clause(facts: Facts) -> Iterator[Violation]:
    """Find clauses without an answer, the uppermost ones only.

    ISO 9001 4.3: every requirement applies, or it is justified why it does not.
    """
    for catalogue, coverage in followed(facts):
        missing = unanswered(catalogue, coverage)
        for number in missing:
            clause = catalogue.clauses[number]
            if clause.parent in missing:
                continue
            values = {"clause": number, "path": coverage.source.path, **_title_values(clause)}
            place = row_before(catalogue, coverage, number).location
            subject = Subject(number, catalogue.key)
            yield Violation(place, values, _row_to_paste(facts, number), subjects=(subject,))


def _title_values(clause: Clause) -> dict[str, str]:
    """Return the title of a clause in brackets, in both languages; empty without a title."""
    if clause.title is None:
        return bilingual(title=Text("", ""))
    return bilingual(title=Text(f" ({clause.title.vi})", f" ({clause.title.en})"))


def _row_to_paste(facts: Facts, number: str) -> str:
    main = facts.manual.main
    if main is not None and number in main.by_number:
        return f'  "{number}":\n    section: "{number}"'
    return f'  "{number}":\n    section: '


@rule(
    "QMS202",
    "covers-not-below",
    Severity.ERROR,
    title=Text(
        "Điều khoản ghi trong covers không nằm dưới dòng ấy",
        "A covers that names a clause not below it",
    ),
    message=Text(
        (
            "Điều khoản {clause} không nằm dưới điều khoản {row}, nên dòng này không trả lời "
            "thay được. Hãy chuyển số ấy sang đúng dòng."
        ),
        (
            "Clause {clause} is not below clause {row}, so this row cannot answer for it. "
            "Move it to the row it belongs to."
        ),
    ),
    hidden_by=(unknown_clause,),
)
def covers_not_below(facts: Facts) -> Iterator[Violation]:
    """Find `covers` that name a clause which is not below the row's."""
    for catalogue, coverage in followed(facts):
        for row in coverage.rows.values():
            for mark in misplaced_covers(catalogue, row):
                number = row.clause.text
                below = [
                    clause
                    for clause in catalogue.clauses_under(number)
                    if clause not in coverage.rows
                ]
                values = {"clause": mark.text, "row": number}
                similar, subject = nearest_name(mark.text, below), Subject(mark.text, catalogue.key)
                yield Violation(mark.location, values, similar, subjects=(subject,))


@rule(
    "QMS203",
    "covered-twice",
    Severity.ERROR,
    title=Text("Một điều khoản được trả lời hai lần", "A clause answered twice"),
    message=Text(
        "Điều khoản {clause} đã được trả lời ở một dòng khác. Hãy chỉ giữ một chỗ.",
        "Clause {clause} is answered by another row already. Keep one of them.",
    ),
)
def covered_twice(facts: Facts) -> Iterator[Violation]:
    """Find `covers` that name a clause with a row of its own, or named by another `covers`."""
    for _, coverage in followed(facts):
        first_by_clause = {number: row.clause for number, row in coverage.rows.items()}
        for row in coverage.rows.values():
            for mark in row.covers:
                first = first_by_clause.setdefault(mark.text, mark)
                if first is not mark:
                    yield Violation(mark.location, {"clause": mark.text}, related=(first.location,))


@rule(
    "QMS204",
    "exclusion-without-reason",
    Severity.ERROR,
    title=Text("Không áp dụng mà không nêu lý do", "Not applicable, without a reason"),
    message=Text(
        (
            "Điều khoản {clause} ghi là không áp dụng nhưng chưa nêu lý do, mà tiêu chuẩn "
            "đòi hỏi phải nêu. Hãy ghi lý do vào reason."
        ),
        (
            "Clause {clause} is said not to apply, without the justification that the "
            "standard asks for. Write it as reason."
        ),
    ),
)
def exclusion_without_reason(facts: Facts) -> Iterator[Violation]:
    """Find exclusions without the justification that ISO 9001 clause 4.3 asks for."""
    for coverage in facts.manual.coverage.values():
        for row in coverage.rows.values():
            reason = row.excluded
            if reason is not None and reason.text.strip() in {"", UNKNOWN}:
                values = {"clause": row.clause.text}
                yield Violation(reason.location, values, "excluded: {reason: … }")


@rule(
    "QMS205",
    "excluded-yet-mapped",
    Severity.ERROR,
    title=Text("Vừa không áp dụng vừa có trả lời", "Excluded and yet mapped"),
    message=Text(
        (
            "Điều khoản {clause} có trả lời ở đây, trong khi điều khoản {above} ghi là không "
            "áp dụng. Hãy bỏ một trong hai."
        ),
        (
            "Clause {clause} is answered here, while clause {above} is said not to apply. "
            "Take one of the two out."
        ),
    ),
)
def excluded_yet_mapped(facts: Facts) -> Iterator[Violation]:
    """Find excluded rows that name answers, and rows in use under an excluded clause."""
    for coverage in facts.manual.coverage.values():
        excluded = [row for row in coverage.rows.values() if row.excluded is not None]
        for row in coverage.rows.values():
            if row.excluded is not None:
                yield from _answers_of_excluded(row, row.excluded)
                continue
            number = row.clause.text
            for above in excluded:
                if number.startswith(f"{above.clause.text}."):
                    values = {"clause": number, "above": above.clause.text}
                    yield Violation(row.clause.location, values, related=(above.clause.location,))
                    break


def _answers_of_excluded(row: CoverageRow, reason: LocatedText) -> Iterator[Violation]:
    answers = (*row.documents, *row.external, *row.records, *row.covers)
    if answers:
        values = {"clause": row.clause.text, "above": row.clause.text}
        yield Violation(answers[0].location, values, related=(reason.location,))


@rule(
    "QMS206",
    "unmapped-document",
    Severity.WARNING,
    title=Text("Tài liệu không phục vụ điều khoản nào", "A document that no clause names"),
    message=Text(
        (
            "Bảng điều khoản chưa nêu {document} ở dòng nào. Hãy ghi tài liệu ấy vào dòng "
            "của điều khoản mà nó phục vụ."
        ),
        (
            "No clause of the mapping names {document}. Name it in the row of the clause "
            "that it serves."
        ),
    ),
    blocked_by=(disorder,),
)
def unmapped_document(facts: Facts) -> Iterator[Violation]:
    """Find documents in force that no clause names, once the mapping is in order.

    A form answers through the document it belongs to.
    """
    if not facts.manual.coverage:
        return
    mapped: set[str] = set()
    for coverage in facts.manual.coverage.values():
        for row in coverage.rows.values():
            mapped.update(fold_code(mark.text) for mark in row.documents)
    ended = _ended_documents(facts)
    for document in facts.manual.documents.values():
        if document.path == MAIN or document.key in mapped or document.key in ended:
            continue
        if _parent_is_wrong(facts.manual, document):
            continue
        if fold_code(text_of(document.front_matter.parent)) not in mapped:
            yield Violation(document.mark.location, {"document": document.name})


def _without_demanded_record(degree: str) -> Callable[[Facts], Iterator[Violation]]:
    """Return the check for rows that answer a clause which demands a record, and name none.

    `degree` is what the catalogue says under `retain`: «always» or «conditional».
    """

    def check(facts: Facts) -> Iterator[Violation]:
        for catalogue, coverage in followed(facts):
            for clause in catalogue.clauses.values():
                row = coverage.row_of(clause.number) if clause.retain == degree else None
                if row is None or row.records or row.excluded is not None:
                    continue
                place = place_of_answer(row, clause.number)
                values = {"clause": clause.number, **_title_values(clause)}
                subject = Subject(row.clause.text, coverage.source.path)
                yield Violation(place.location, values, subjects=(subject,))

    return check


NO_RECORD = Rule(
    "QMS207",
    "no-record",
    Severity.WARNING,
    title=Text("Thiếu hồ sơ mà tiêu chuẩn đòi hỏi", "A demanded record that nothing names"),
    message=Text(
        (
            "Điều khoản {clause}{title_vi} đòi hỏi lưu hồ sơ, nhưng dòng này chưa nêu hồ sơ "
            "nào. Hãy ghi hồ sơ vào trường records."
        ),
        (
            "Clause {clause}{title_en} demands a record, but this row names none. Name it "
            "under records."
        ),
    ),
    check=_without_demanded_record("always"),
    hidden_by=(damaged_entry(mapped_clauses, "records"),),
)

NO_CONDITIONAL_RECORD = Rule(
    "QMS208",
    "no-conditional-record",
    Severity.INFO,
    title=Text(
        "Chưa nêu hồ sơ mà tiêu chuẩn đòi hỏi khi áp dụng",
        "A record demanded where applicable",
    ),
    message=Text(
        (
            "Điều khoản {clause}{title_vi} đòi hỏi lưu hồ sơ khi có trường hợp ấy, mà dòng "
            "này chưa nêu hồ sơ nào. Nếu có, hãy ghi vào trường records."
        ),
        (
            "Clause {clause}{title_en} demands a record where the case arises, and this row "
            "names none. If it arises, name it under records."
        ),
    ),
    check=_without_demanded_record("conditional"),
    hidden_by=(damaged_entry(mapped_clauses, "records"),),
)


def _ended_documents(facts: Facts) -> set[str]:
    if facts.register is None:
        return set()
    return {key for key, status in facts.register.statuses.items() if status.state in ENDED}


def _parent_is_wrong(manual: Manual, document: Document) -> bool:
    """Whether the parent of a form has a finding of its own: absent, unknown or impossible."""
    document_type = manual.config.types.get(document.type)
    if document_type is not None and document_type.form_of and not document.front_matter.parent:
        return True
    parent = fold_code(text_of(document.front_matter.parent))
    if not parent:
        return False
    above = manual.documents.get(parent)
    return above is None or explain_impossible(manual, document, above) is not None


@rule(
    "QMS209",
    "row-without-answer",
    Severity.WARNING,
    title=Text("Dòng không trả lời gì", "A row that answers nothing"),
    message=Text(
        (
            "Điều khoản {clause} có dòng riêng nhưng chưa nêu mục nào của sổ tay hay tài "
            "liệu nào. Hãy ghi vào section hoặc documents."
        ),
        (
            "Clause {clause} has a row, but it names neither a section of the manual nor a "
            "document. Write it under section or documents."
        ),
    ),
    hidden_by=(
        damaged_entry(mapped_clauses, "documents"),
        damaged_entry(mapped_clauses, "section"),
    ),
)
def row_without_answer(facts: Facts) -> Iterator[Violation]:
    """Find rows that apply and yet name neither a section nor a document."""
    for _, coverage in followed(facts):
        for row in coverage.rows.values():
            if row.excluded is not None or row.section is not None or row.documents:
                continue
            number = row.clause.text
            example, subject = f'    section: "{number}"', Subject(number, coverage.source.path)
            yield Violation(row.clause.location, {"clause": number}, example, subjects=(subject,))


@rule(
    "QMS210",
    "unmapped-section",
    Severity.WARNING,
    title=Text(
        "Mục của sổ tay không có trong bảng điều khoản",
        "A section that the mapping does not name",
    ),
    message=Text(
        (
            "Mục {number} đánh số như một điều khoản, nhưng không dòng nào của bảng điều "
            "khoản nêu. Hãy ghi mục ấy vào section của một dòng, hoặc đánh số khác."
        ),
        (
            "Section {number} is numbered like a clause, but no row of the mapping names it. "
            "Write it as the section of a row, or number it otherwise."
        ),
    ),
    blocked_by=(disorder_beside_sections,),
)
def unmapped_section(facts: Facts) -> Iterator[Violation]:
    """Find sections of the manual numbered like a clause that no row of the mapping names.

    Checked once the mapping is in order.
    """
    main = facts.manual.main
    if main is None or not facts.manual.coverage:
        return
    named: set[str] = set()
    for coverage in facts.manual.coverage.values():
        for row in coverage.rows.values():
            if row.section:
                named.add(row.section.text.partition("#")[0])
    for section in main.sections:
        if section.heading.level == 1 and "." in section.number and section.number not in named:
            yield Violation(section.location, {"number": section.number})


@rule(
    "QMS211",
    "no-mapping",
    Severity.ERROR,
    title=Text("Tiêu chuẩn chưa có bảng điều khoản", "A standard without its mapping"),
    message=Text(
        (
            "Sổ tay áp dụng «{name}» nhưng chưa có {path} để nêu mục nào, tài liệu nào trả "
            "lời từng điều khoản. Hãy lập tệp ấy."
        ),
        (
            "The manual follows «{name}», but there is no {path} to say what answers each "
            "clause. Make that file."
        ),
    ),
)
def no_mapping(facts: Facts) -> Iterator[Violation]:
    """Find standards that the manifest follows and no mapping answers."""
    manual = facts.manual
    for standard in manual.config.standards:
        key = standard.catalogue.text
        path = f"clauses/mapping/{key}.yml"
        if key not in manual.catalogues or key in manual.coverage or path in manual.sources:
            continue
        if f"clauses/mapping/{key}.yaml" not in manual.paths:  # else `stray-file` reports it
            yield Violation(standard.catalogue.location, {"name": key, "path": path})


@rule(
    "QMS212",
    "mapping-not-followed",
    Severity.ERROR,
    title=Text("Bảng điều khoản của tiêu chuẩn không áp dụng", "A mapping that nothing follows"),
    message=Text(
        (
            "Bảng này trả lời «{name}», nhưng qms.yml không ghi tiêu chuẩn ấy trong "
            "standards, nên bảng không được dùng. Hãy ghi vào, hoặc xóa bảng."
        ),
        (
            "This mapping answers «{name}», but qms.yml does not name that standard under "
            "standards, so it is not used. Name it, or delete the mapping."
        ),
    ),
    blocked_by=(unnamed_catalogue,),
)
def mapping_not_followed(facts: Facts) -> Iterator[Violation]:
    """Find mappings of a catalogue that the manual does not follow.

    Not checked while the manifest names a catalogue that nobody has.
    """
    manual = facts.manual
    for key in manual.coverage:
        if key not in manual.catalogues:
            place = manual.coverage[key].catalogue.location
            yield Violation(place, {"name": key}, nearest_name(key, manual.catalogues))


@rule(
    "QMS232",
    "rows-taken",
    Severity.INFO,
    title=Text(
        "Điều khoản lấy dòng ánh xạ của tiêu chuẩn khác",
        "Clauses answered by the rows of another standard",
    ),
    message=Text(
        (
            "{count} điều khoản của {standard} lấy dòng của {other}, vì clauses/harmonized.yml nói "
            "là cùng nghĩa: {clauses}. Hãy xem lại từng điều khoản; nơi nào trả lời khác thì ghi "
            "dòng riêng."
        ),
        (
            "Clauses of {standard} that take the row of {other}, since clauses/harmonized.yml "
            "says that they mean the same ({count}): {clauses}. Look through them, and write a row "
            "of its own where another answer is due."
        ),
    ),
)
def rows_taken(facts: Facts) -> Iterator[Violation]:
    """Report which clauses of a mapping are answered by the rows of the one that it follows."""
    for key, coverage in facts.manual.coverage.items():
        if coverage.follows is None or not coverage.borrowed_from:
            continue
        pairs = coverage.borrowed_from.items()
        clauses = [own if own == other else f"{own} ({other})" for own, other in pairs]
        values = {
            "count": str(len(clauses)),
            "standard": _standard_name(facts.manual, key),
            "other": _standard_name(facts.manual, coverage.follows.text),
            "clauses": ", ".join(clauses),
        }
        yield Violation(coverage.follows.location, values)


def _standard_name(manual: Manual, key: str) -> str:
    catalogue = manual.catalogues.get(key)
    return f"{catalogue.standard}:{catalogue.edition}" if catalogue else key


@rule(
    "QMS233",
    "follows-nothing",
    Severity.ERROR,
    title=Text(
        "Bảng ánh xạ dựa vào một bảng không có", "A mapping that follows one which is not there"
    ),
    message=Text(
        (
            "Không có clauses/mapping nào cho «{name}» để lấy dòng (follows). Hãy sửa tên, hoặc "
            "lập bảng ánh xạ ấy."
        ),
        (
            "There is no mapping of «{name}» in clauses/mapping/ to take rows from (follows). Fix "
            "the name, or make that mapping."
        ),
    ),
)
def follows_nothing(facts: Facts) -> Iterator[Violation]:
    """Find mappings that follow themselves, or one which is not there."""
    coverage = facts.manual.coverage
    for key, mapping in coverage.items():
        mark = mapping.follows
        if mark is not None and (mark.text not in coverage or mark.text == key):
            others = [name for name in coverage if name != key]
            yield Violation(mark.location, {"name": mark.text}, nearest_name(mark.text, others))


RULES: tuple[Rule, ...] = (
    uncovered_clause,
    covers_not_below,
    covered_twice,
    exclusion_without_reason,
    excluded_yet_mapped,
    unmapped_document,
    NO_RECORD,
    NO_CONDITIONAL_RECORD,
    row_without_answer,
    unmapped_section,
    no_mapping,
    mapping_not_followed,
    rows_taken,
    follows_nothing,
)
