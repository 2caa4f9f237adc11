"""Family 2, coverage: does the mapping answer every clause of the standard, and does everything answer some clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Fault, Severity, Unasked
from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.parsing.codes import key as fold_code
from qmstool.parsing.yaml.records import nearest
from qmstool.rules.base.cascades import MAIN
from qmstool.rules.base.form_parents import impossible
from qmstool.rules.base.rule import Facts, Rule
from qmstool.rules.coverage.open_clauses import (
    before,
    claimed,
    disorder,
    followed,
    misplaced,
    uncovered,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qmstool.manual.model import Clause

ENDED = {"withdrawn", "superseded"}


def uncovered_clause(facts: Facts) -> Iterator[Fault]:
    """Clauses without an answer, the uppermost ones only (ISO 9001 4.3: every requirement applies or is justified)."""
    for catalogue, coverage in followed(facts):
        missing = uncovered(facts, catalogue, coverage)
        known = claimed(catalogue, coverage, missing)
        for number in missing:
            if catalogue.clauses[number].parent not in missing and number not in known:
                values = {
                    "clause": number,
                    "path": coverage.source.path,
                    **_titles(catalogue.clauses[number]),
                }
                yield Fault(
                    before(catalogue, coverage, number).location, values, _row(facts, number)
                )


def _titles(clause: Clause) -> dict[str, str]:
    """The title of a clause in brackets, in both languages; nothing for one without a title."""
    vi, en = (f" ({clause.title.vi})", f" ({clause.title.en})") if clause.title else ("", "")
    return {"title_vi": vi, "title_en": en}


def _row(facts: Facts, number: str) -> str:
    """The row to paste."""
    main = facts.manual.main
    has_section = main is not None and number in main.by_number
    return (
        f'  "{number}":\n    section: "{number}"'
        if has_section
        else f'  "{number}":\n    section: '
    )


def covers_not_below(facts: Facts) -> Iterator[Fault]:
    """`covers` that name a clause which is not below the row's."""
    for catalogue, coverage in followed(facts):
        for row in coverage.rows.values():
            for mark in misplaced(catalogue, row):
                if mark.text in catalogue.clauses:
                    below = [
                        each
                        for each in catalogue.below(row.clause.text)
                        if each not in coverage.rows
                    ]
                    yield Fault(
                        mark.location,
                        {"clause": mark.text, "row": row.clause.text},
                        nearest(mark.text, below),
                    )


def covered_twice(facts: Facts) -> Iterator[Fault]:
    """`covers` that name a clause with a row of its own, or one that another `covers` names."""
    for _, coverage in followed(facts):
        seen = {number: row.clause for number, row in coverage.rows.items()}
        for row in coverage.rows.values():
            for mark in row.covers:
                first = seen.setdefault(mark.text, mark)
                if first is not mark:
                    yield Fault(mark.location, {"clause": mark.text}, related=(first.location,))


def exclusion_without_reason(facts: Facts) -> Iterator[Fault]:
    """Exclusions without the justification that ISO 9001 clause 4.3 asks for."""
    for coverage in facts.manual.coverage.values():
        for row in coverage.rows.values():
            if row.excluded is not None and row.excluded.text.strip() in {"", UNKNOWN}:
                yield Fault(
                    row.excluded.location, {"clause": row.clause.text}, "excluded: {reason: … }"
                )


def excluded_yet_mapped(facts: Facts) -> Iterator[Fault]:
    """Rows that say «not applicable» and name answers all the same, and rows under an excluded clause that are not."""
    for coverage in facts.manual.coverage.values():
        excluded = [row for row in coverage.rows.values() if row.excluded is not None]
        for row in coverage.rows.values():
            number = row.clause.text
            named = (*row.documents, *row.external, *row.records, *row.covers)
            if row.excluded is not None and named:
                yield Fault(
                    named[0].location,
                    {"clause": number, "above": number},
                    related=(row.excluded.location,),
                )
            above = next(
                (each for each in excluded if number.startswith(f"{each.clause.text}.")), None
            )
            if row.excluded is None and above is not None:
                yield Fault(
                    row.clause.location,
                    {"clause": number, "above": above.clause.text},
                    related=(above.clause.location,),
                )


def unmapped_document(facts: Facts) -> Iterator[Fault | Unasked]:
    """Documents in force that no clause names, once the mapping is in order; a form answers through the document it belongs to."""
    if not facts.manual.coverage:
        return
    if hindered := disorder(facts):
        yield from hindered
        return
    rows = [row for coverage in facts.manual.coverage.values() for row in coverage.rows.values()]
    mapped = {fold_code(mark.text) for row in rows for mark in row.documents}
    ended = (
        {key for key, each in facts.register.statuses.items() if each.state in ENDED}
        if facts.register
        else set()
    )
    done = mapped | ended
    manual_types = facts.manual.config.types
    for document in facts.manual.documents.values():
        kind = manual_types.get(document.type)
        if kind is not None and kind.form_of and "parent" not in document.entry:
            continue  # `required-key` asks for it
        parent = fold_code(document.entry.text("parent"))
        above = facts.manual.documents.get(parent)
        if parent and (above is None or impossible(facts.manual, document, above)):
            continue  # the parent's code is mistyped, or it can be none, and that is told
        if document.path != MAIN and document.key not in done and parent not in mapped:
            yield Fault(document.mark.location, {"document": document.name})


def records_demanded(degree: str) -> Callable[[Facts], Iterator[Fault | Unasked]]:
    """Return the check for clauses that demand a record (`retain`: always or conditional) where the answering row names none."""

    def check(facts: Facts) -> Iterator[Fault | Unasked]:
        for catalogue, coverage in followed(facts):
            hurt = facts.lost.hurt([row.clause for row in coverage.rows.values()], "records")
            for clause in catalogue.clauses.values():
                row = coverage.answer(clause.number) if clause.retain == degree else None
                if row and not row.records and row.excluded is None:
                    if row.clause.text in hurt:
                        yield Unasked.of(hurt[row.clause.text])
                        continue
                    place = next(
                        (mark for mark in row.covers if mark.text == clause.number), row.clause
                    )
                    yield Fault(place.location, {"clause": clause.number, **_titles(clause)})

    return check


def row_without_answer(facts: Facts) -> Iterator[Fault | Unasked]:
    """Rows that apply and yet name neither a section nor a document.

    The manual's own section counts as a document.
    """
    for _, coverage in followed(facts):
        marks = [row.clause for row in coverage.rows.values()]
        hurt = {**facts.lost.hurt(marks, "section"), **facts.lost.hurt(marks, "documents")}
        for row in coverage.rows.values():
            if row.excluded is None and row.section is None and not row.documents:
                if row.clause.text in hurt:
                    yield Unasked.of(hurt[row.clause.text])
                    continue
                yield Fault(
                    row.clause.location,
                    {"clause": row.clause.text},
                    f'    section: "{row.clause.text}"',
                )


def unmapped_section(facts: Facts) -> Iterator[Fault | Unasked]:
    """Sections of the manual numbered like a clause that no clause needs; asked once the mapping is in order."""
    main = facts.manual.main
    if main is None or not facts.manual.coverage:
        return
    if hindered := disorder(facts):
        yield from hindered
        return
    rows = [row for coverage in facts.manual.coverage.values() for row in coverage.rows.values()]
    needed = {row.section.text.partition("#")[0] for row in rows if row.section}
    for section in main.sections:
        if section.heading.level == 1 and "." in section.number and section.number not in needed:
            yield Fault(section.location, {"number": section.number})


def no_mapping(facts: Facts) -> Iterator[Fault]:
    """Standards that the manifest follows and no mapping answers."""
    manual = facts.manual
    for standard in manual.config.standards:
        key = standard.catalogue.text
        path = f"clauses/mapping/{key}.yml"
        otherwise = f"{path.removesuffix('.yml')}.yaml" in manual.paths  # `stray-file` tells that
        if (
            key in manual.catalogues
            and key not in manual.coverage
            and path not in manual.sources
            and not otherwise
        ):
            yield Fault(standard.catalogue.location, {"name": key, "path": path})


def mapping_not_followed(facts: Facts) -> Iterator[Fault | Unasked]:
    """Mappings of a catalogue that the manual does not follow; not asked while the manifest names a catalogue nobody has."""
    manual = facts.manual
    astray = [key for key in manual.coverage if key not in manual.catalogues]
    missing = next((problem for problem in manual.problems if problem.slug == "no-catalogue"), None)
    hindered = (
        (missing or facts.lost.why(manual.manifest.path, ("standards", *astray)))
        if astray
        else None
    )
    if hindered is not None:
        yield Unasked.of(hindered)
        return
    for key, coverage in manual.coverage.items():
        if key in astray:
            yield Fault(coverage.catalogue.location, {"name": key}, nearest(key, manual.catalogues))


E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFO  # noqa: E741 - a column of the table

# fmt: off
RULES = (
    Rule(
        "QMS201", "uncovered-clause", E,
        Text("Điều khoản chưa được trả lời", "A clause that nothing covers"),
        Text(
            "Chưa có dòng nào trong {path} trả lời điều khoản {clause}{title_vi}. Hãy thêm "
            "một dòng sau dòng được chỉ ở đây, "
            "hoặc ghi số ấy vào covers của dòng ở trên.",
            "No row of {path} answers clause {clause}{title_en}. Add a row after this one, "
            "or name it in the covers of a row "
            "above.",
        ),
        uncovered_clause,
    ),
    Rule(
        "QMS202", "covers-not-below", E,
        Text("Điều khoản ghi trong covers không nằm dưới dòng ấy", "A covers that names a clause not below it"),
        Text(
            "Điều khoản {clause} không nằm dưới điều khoản {row}, nên dòng này không trả lời "
            "thay được. Hãy chuyển số ấy sang "
            "đúng dòng.",
            (
                "Clause {clause} is not below clause {row}, so this row cannot answer for it. "
                "Move it to the row it belongs to."
            ),
        ),
        covers_not_below,
    ),
    Rule(
        "QMS203", "covered-twice", E,
        Text("Một điều khoản được trả lời hai lần", "A clause answered twice"),
        Text(
            "Điều khoản {clause} đã được trả lời ở một dòng khác. Hãy chỉ giữ một chỗ.",
            "Clause {clause} is answered by another row already. Keep one of them.",
        ),
        covered_twice,
    ),
    Rule(
        "QMS204", "exclusion-without-reason", E,
        Text("Không áp dụng mà không nêu lý do", "Not applicable, without a reason"),
        Text(
            "Điều khoản {clause} ghi là không áp dụng nhưng chưa nêu lý do, mà tiêu chuẩn "
            "đòi hỏi phải nêu. Hãy ghi lý do vào "
            "reason.",
            (
                "Clause {clause} is said not to apply, without the justification that the "
                "standard asks for. Write it as reason."
            ),
        ),
        exclusion_without_reason,
    ),
    Rule(
        "QMS205", "excluded-yet-mapped", E,
        Text("Vừa không áp dụng vừa có trả lời", "Excluded and yet mapped"),
        Text(
            (
                "Điều khoản {clause} có trả lời ở đây, trong khi điều khoản {above} ghi là không "
                "áp dụng. Hãy bỏ một trong hai."
            ),
            (
                "Clause {clause} is answered here, while clause {above} is said not to apply. "
                "Take one of the two out."
            ),
        ),
        excluded_yet_mapped,
    ),
    Rule(
        "QMS206", "unmapped-document", W,
        Text("Tài liệu không phục vụ điều khoản nào", "A document that no clause names"),
        Text(
            (
                "Bảng điều khoản chưa nêu {document} ở dòng nào. Hãy ghi tài liệu ấy vào dòng "
                "của điều khoản mà nó phục vụ."
            ),
            (
                "No clause of the mapping names {document}. Name it in the row of the clause "
                "that it serves."
            ),
        ),
        unmapped_document,
    ),
    Rule(
        "QMS207", "no-record", W,
        Text("Thiếu hồ sơ mà tiêu chuẩn đòi hỏi", "A demanded record that nothing names"),
        Text(
            "Điều khoản {clause}{title_vi} đòi hỏi lưu hồ sơ, nhưng dòng này chưa nêu hồ sơ "
            "nào. Hãy ghi hồ sơ vào trường "
            "records.",
            (
                "Clause {clause}{title_en} demands a record, but this row names none. Name it "
                "under records."
            ),
        ),
        records_demanded("always"),
    ),
    Rule(
        "QMS208", "no-conditional-record", I,
        Text("Chưa nêu hồ sơ mà tiêu chuẩn đòi hỏi khi áp dụng", "A record demanded where applicable"),
        Text(
            "Điều khoản {clause}{title_vi} đòi hỏi lưu hồ sơ khi có trường hợp ấy, mà dòng "
            "này chưa nêu hồ sơ nào. Nếu có, hãy "
            "ghi vào trường records.",
            "Clause {clause}{title_en} demands a record where the case arises, and this row "
            "names none. If it arises, name it "
            "under records.",
        ),
        records_demanded("conditional"),
    ),
    Rule(
        "QMS209", "row-without-answer", W,
        Text("Dòng không trả lời gì", "A row that answers nothing"),
        Text(
            "Điều khoản {clause} có dòng riêng nhưng chưa nêu mục nào của sổ tay hay tài "
            "liệu nào. Hãy ghi vào section hoặc "
            "documents.",
            "Clause {clause} has a row, but it names neither a section of the manual nor a "
            "document. Write it under section or "
            "documents.",
        ),
        row_without_answer,
    ),
    Rule(
        "QMS210", "unmapped-section", W,
        Text("Mục của sổ tay không có trong bảng điều khoản", "A section that the mapping does not name"),
        Text(
            "Mục {number} đánh số như một điều khoản, nhưng không dòng nào của bảng điều "
            "khoản nêu. Hãy ghi mục ấy vào section "
            "của một dòng, hoặc đánh số khác.",
            "Section {number} is numbered like a clause, but no row of the mapping names it. "
            "Write it as the section of a row, "
            "or number it otherwise.",
        ),
        unmapped_section,
    ),
    Rule(
        "QMS211", "no-mapping", E,
        Text("Tiêu chuẩn chưa có bảng điều khoản", "A standard without its mapping"),
        Text(
            (
                "Sổ tay áp dụng «{name}» nhưng chưa có {path} để nêu mục nào, tài liệu nào trả "
                "lời từng điều khoản. Hãy lập tệp ấy."
            ),
            (
                "The manual follows «{name}», but there is no {path} to say what answers each "
                "clause. Make that file."
            ),
        ),
        no_mapping,
    ),
    Rule(
        "QMS212", "mapping-not-followed", E,
        Text("Bảng điều khoản của tiêu chuẩn không áp dụng", "A mapping that nothing follows"),
        Text(
            "Bảng này trả lời «{name}», nhưng qms.yml không ghi tiêu chuẩn ấy trong "
            "standards, nên bảng không được dùng. Hãy ghi "
            "vào, hoặc xóa bảng.",
            "This mapping answers «{name}», but qms.yml does not name that standard under "
            "standards, so it is not used. Name it, "
            "or delete the mapping.",
        ),
        mapping_not_followed,
    ),
)
