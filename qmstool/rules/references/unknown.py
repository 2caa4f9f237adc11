"""Family 1, references: places of texts and of data that name what is not there, down to the section."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.frozen import replace
from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.parsing.codes import EDITION, fold_code, fold_name
from qmstool.parsing.similar import nearest_name
from qmstool.references.numbers import SECTION
from qmstool.references.sections import nearest_section_number, section_named
from qmstool.rules.base.cascades import misshapen
from qmstool.rules.base.rule import Facts, Rule
from qmstool.rules.references.links import cited, fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.findings import Location
    from qmstool.manual.documents import Document
    from qmstool.manual.standards import Catalogue
    from qmstool.parsing.yaml.nodes import LocatedText

EXTERNALS = "procedures/external.yml"
# A code in so many places, or with a file of its name, is no slip of the pen: its document is gone,
# or not there yet.
MANY = 4


def unknown_code(facts: Facts) -> Iterator[Violation]:
    """Codes and keys, in texts and data, that no document bears."""
    texts = [
        each for each in facts.faulty.get("unknown-code", ()) if not _explained(facts, each.words)
    ]
    texts = [each for each in texts if not facts.miswritten.at(each)]
    data = [mark for mark in unknown_documents(facts) if not _explained(facts, mark.text)]
    uses = Counter(
        fold_code(words)
        for words in (*(each.words for each in texts), *(mark.text for mark in data))
    )
    files = {fold_code(PurePosixPath(path).stem) for path in facts.manual.paths} if uses else set()
    slips = {code for code, count in uses.items() if count < MANY and code not in files}
    for reference in texts:
        found = fault(reference)
        yield found if fold_code(reference.words) in slips else replace(found, suggestion=None)
    for mark in data:
        meant = facts.known["document"].meant(mark.text) if fold_code(mark.text) in slips else None
        yield Violation(mark.location, {"words": mark.text}, meant)


def _explained(facts: Facts, words: str) -> bool:
    """Whether another finding says why no document bears a code: its file is broken, or it was replaced."""
    return fold_code(words) in facts.replaced or facts.lost.document(words)


def unknown_documents(facts: Facts) -> Iterator[LocatedText]:
    """Places of the data that name no document."""
    return (
        mark for mark in facts.named.get("document", ()) if facts.manual.document(mark.text) is None
    )


def renamed_code(facts: Facts) -> Iterator[Violation]:
    """Documents that bear another code than their file's name, while others still use that name as a code."""
    users = [(each.words, each.location) for each in facts.faulty.get("unknown-code", ())]
    users += [(mark.text, mark.location) for mark in unknown_documents(facts)]
    if not users or not facts.lost.renamed:
        return
    places: dict[str, list[tuple[str, Location]]] = {}
    for words, place in users:
        places.setdefault(fold_code(words), []).append((words, place))
    for stem, document in facts.lost.renamed.items():
        if stem in places and stem not in facts.replaced and not misshapen(facts.manual, document):
            old = places[stem][0][0]
            values = {"old": old, "new": document.mark.text, "count": str(len(places[stem]))}
            yield Violation(
                document.mark.location, values, old, tuple(place for _, place in places[stem])
            )


def unknown_external(facts: Facts) -> Iterator[Violation]:
    """Outside numbers and ids that the register of external documents does not hold."""
    for reference in facts.faulty.get("unknown-external", ()):
        if not facts.lost.record(EXTERNALS, reference.words):
            yield fault(reference)
    for mark in facts.named.get("external", ()):
        if mark.text not in facts.manual.externals and not facts.lost.record(EXTERNALS, mark.text):
            yield Violation(
                mark.location, {"words": mark.text}, facts.known["external"].meant(mark.text)
            )


def unknown_clause(facts: Facts) -> Iterator[Violation]:
    """Clauses that their standard does not have: in texts, mapping, process map and transitions."""
    main = facts.manual.catalogue
    for reference in facts.faulty.get("unknown-clause", ()):
        if main is None or not facts.lost.clause(main, dict(reference.values)["number"]):
            yield fault(reference)
    for catalogue, mark in _clauses(facts):
        if mark.text not in catalogue.clauses and not facts.lost.clause(catalogue, mark.text):
            values = {
                "words": mark.text,
                "number": mark.text,
                "standard": f"{catalogue.standard}:{catalogue.edition}",
            }
            yield Violation(
                mark.location, values, nearest_section_number(mark.text, catalogue.clauses)
            )


def _clauses(facts: Facts) -> Iterator[tuple[Catalogue, LocatedText]]:
    """Every place of the data that names a clause, with the catalogue it is of."""
    manual = facts.manual
    for key, coverage in manual.coverage.items():
        for row in coverage.rows.values() if key in manual.catalogues else ():
            yield from ((manual.catalogues[key], mark) for mark in (row.clause, *row.covers))
    if manual.process_map and manual.catalogue:
        for process in manual.process_map.processes.values():
            yield from ((manual.catalogue, mark) for mark in process.clauses)
    for transition in manual.transitions.values():
        for key, side in ((transition.old, "old"), (transition.new, "new")):
            for line in transition.lines if key in manual.catalogues else ():
                yield from ((manual.catalogues[key], mark) for mark in getattr(line, side))


def unknown_section(facts: Facts) -> Iterator[Violation]:
    """Sections that a document does not have: in texts, and in the mapping."""
    for reference in facts.faulty.get("unknown-section", ()):
        home = facts.manual.document(dict(reference.values)["document"])
        if home is facts.manual.main and facts.lost.unheaded(dict(reference.values)["number"]):
            continue
        if (
            home is not None
            and (home.key, dict(reference.values)["number"]) in facts.plain_headings
        ):
            continue  # `shown-otherwise` tells that its heading is none
        miswritten = facts.lost.after_slip(reference) or facts.miswritten.near(reference)
        if (home is None or not facts.lost.section(home)) and not miswritten:
            yield fault(reference)
    main = facts.manual.main
    for coverage in facts.manual.coverage.values() if main else ():
        for row in coverage.rows.values():
            mark = row.section
            if main is None or mark is None or mark.text == UNKNOWN or facts.lost.section(main):
                continue
            number = mark.text.partition("#")[0]
            if section_named(facts.manual, mark.text) is None and not facts.lost.unheaded(number):
                values = {
                    "words": mark.text,
                    "number": mark.text,
                    "document": main.name,
                    **dict(SECTION),
                }
                yield Violation(mark.location, values, _section_meant(main, mark.text))


def _section_meant(main: Document, said: str) -> str | None:
    """The section of the manual that a mapping probably means: by its title, its number, or its number and anchor."""
    called = [
        section.number
        for section in main.sections
        if section.number and fold_name(section.title) == fold_name(said)
    ]
    if called:
        return called[0]
    return (
        nearest_name(said, _section_names(main))
        if "#" in said
        else nearest_section_number(said, main.by_number)
    )


def _section_names(main: Document) -> list[str]:
    """How a mapping may name the sections of the manual: by number, and by number#anchor."""
    names, number = [], ""
    for section in main.sections:
        number = section.number if section.heading.level == 1 else number
        names.append(section.number if section.heading.level == 1 else f"{number}#{section.anchor}")
    return names


def unknown_edition(facts: Facts) -> Iterator[Violation]:
    """A standard named with a year that is none of its known editions."""
    for reference in facts.references.all:
        if reference.kind == "name" and reference.target and reference.target.kind == "catalogue":
            year = EDITION.match(reference.file.page.prose, reference.end)
            if year:
                catalogue = facts.manual.catalogues[reference.target.key]
                place = reference.file.source.locate(reference.start, year.end())
                values = {
                    "words": reference.words + year[0],
                    "standard": f"{catalogue.standard}:{catalogue.edition}",
                }
                yield Violation(place, values, f"{reference.words}:{catalogue.edition}")


E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFO  # noqa: E741 - a column of the table

# fmt: off
RULES = (
    Rule(
        "QMS101", "unknown-code", E,
        Text("Không tài liệu nào mang mã này", "A code that no document bears"),
        Text(
            "Không có tài liệu nào mang mã «{words}». Nếu mã viết nhầm thì sửa ở đây; nếu "
            "tài liệu có thật thì đăng ký trong "
            "procedures/.",
            "No document bears the code «{words}». Fix it here if it is mistyped; if there "
            "is such a document, register it in "
            "procedures/.",
        ),
        unknown_code,
    ),
    Rule(
        "QMS102", "unknown-external", E,
        Text("Tài liệu bên ngoài chưa đăng ký", "An external document that is not registered"),
        Text(
            "«{words}» không có trong danh mục tài liệu bên ngoài (procedures/external.yml). "
            "Sửa số hiệu ở đây, hoặc ghi văn "
            "bản vào danh mục.",
            "«{words}» is not in the register of external documents "
            "(procedures/external.yml). Fix the number here, or "
            "register it.",
        ),
        unknown_external,
    ),
    Rule(
        "QMS103", "unknown-clause", E,
        Text("Tiêu chuẩn không có điều khoản này", "A clause that the standard does not have"),
        Text(
            "{standard} không có điều khoản {number}. Hãy tra lại số trong danh mục điều khoản.",
            "{standard} has no clause {number}. Look the number up in the catalogue.",
        ),
        unknown_clause,
    ),
    Rule(
        "QMS104", "unknown-section", E,
        Text("Tài liệu không có mục này", "A section that the document does not have"),
        Text(
            (
                "{document} không có {what_vi} «{number}»; có thể {what_vi} ấy đã đổi số hoặc bị "
                "bỏ. Hãy tìm số hiện nay."
            ),
            (
                "{document} has no {what_en} «{number}»; it may have been renumbered or dropped. "
                "Find its present number."
            ),
        ),
        unknown_section,
    ),
    Rule(
        "QMS105", "section-not-held", I,
        Text("Mục của tài liệu mới chỉ đăng ký, chưa có nội dung", "A section of a document that is only registered"),
        Text(
            "«{words}»: {document} mới chỉ đăng ký, chưa có nội dung ở đây, nên không kiểm "
            "tra được có {what_vi} {number} hay "
            "không.",
            (
                "«{words}»: the text of {document} is not kept here, so nobody can tell whether "
                "it has {what_en} {number}."
            ),
        ),
        cited("section-not-held"),
    ),
    Rule(
        "QMS111", "renamed-code", E,
        Text("Mã đã đổi mà nơi khác còn ghi mã cũ", "A code changed under those who use it"),
        Text(
            "Tệp này mang tên theo mã «{old}» nhưng ghi mã «{new}», trong khi {count} chỗ "
            "khác vẫn ghi «{old}», nay không còn "
            "tài liệu nào mang. Hãy khôi phục mã cũ.",
            "This file is named after «{old}» but says «{new}». «{old}», which no document "
            "bears now, is still used in other "
            "places: {count}. Put the old code back.",
        ),
        renamed_code,
    ),
    Rule(
        "QMS113", "unknown-edition", W,
        Text("Ấn bản tiêu chuẩn không có trong danh mục", "An edition that is not known"),
        Text(
            (
                "«{words}» không phải là ấn bản mà sổ tay này khai ({standard}). Hãy sửa năm, "
                "hoặc khai thêm ấn bản ấy."
            ),
            (
                "«{words}» is not an edition that this manual follows ({standard}). Fix the "
                "year, or name that edition in qms.yml."
            ),
        ),
        unknown_edition,
    ),
)
