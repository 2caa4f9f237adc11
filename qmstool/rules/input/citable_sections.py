"""Check that every section can be cited: by a number and an address that no other section has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.rules.base.clause_numbers import number_in_name
from qmstool.rules.base.rule import Rule, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.rules.base.facts import Facts


@rule(
    "QMS008",
    "duplicate-anchor",
    Severity.ERROR,
    title=Text("Hai tiêu đề chung một địa chỉ", "Two headings with one address"),
    message=Text(
        (
            "Trong tệp này đã có tiêu đề mang địa chỉ «{anchor}», nên liên kết đến đó không "
            "biết đi đâu. Hãy ghi địa chỉ {{#…}} khác cho một trong hai tiêu đề."
        ),
        (
            "Another heading of this file has the address «{anchor}», so a link cannot tell "
            "which is meant. Give one of the two another address {{#…}}."
        ),
    ),
)
def duplicate_anchor(facts: Facts) -> Iterator[Violation]:
    """Find headings with an anchor that an earlier one of the file has."""
    for path, pairs in facts.doubtful_sections.doubled_anchors.items():
        source = facts.manual.sources[path]
        for heading, earlier in pairs:
            place = source.locate(heading.id_start, heading.id_end)
            first = source.locate(earlier.id_start, earlier.id_end)
            yield Violation(place, {"anchor": heading.anchor}, related=(first,))


@rule(
    "QMS009",
    "duplicate-section",
    Severity.ERROR,
    title=Text("Hai mục của sổ tay chung một số", "Two sections of the manual with one number"),
    message=Text(
        (
            "Sổ tay đã có mục {number} ở một tệp khác, nên không rõ «mục {number}» là mục "
            "nào. Hãy đánh số lại một trong hai."
        ),
        (
            "The manual already has a section {number} in another file, so «section "
            "{number}» could mean either. Renumber one of them."
        ),
    ),
)
def duplicate_section(facts: Facts) -> Iterator[Violation]:
    """Find files of the manual whose level-1 heading has the number of another file's."""
    main = facts.manual.main
    if main is None:
        return
    for section in main.sections:
        first = main.by_number.get(section.number)
        if first is None or first is section:
            continue
        if section.heading.level == first.heading.level == 1:
            stem = number_in_name(section.file)
            renumbered = stem if stem and stem not in main.by_number else None
            values = {"number": section.number}
            yield Violation(section.location, values, renumbered, (first.location,))


@rule(
    "QMS018",
    "section-without-heading",
    Severity.WARNING,
    title=Text("Mục của sổ tay không có tiêu đề", "A section file without its heading"),
    message=Text(
        (
            "Tệp {path} không mở đầu bằng một dòng tiêu đề «# số. tên mục», nên không viện "
            "dẫn được mục này. Hãy thêm dòng ấy."
        ),
        (
            "{path} does not open with a heading «# number. title», so nothing can cite it "
            "as a section of the manual. Add that line."
        ),
    ),
)
def section_without_heading(facts: Facts) -> Iterator[Violation]:
    """Find section files of the manual that do not open with a level-1 heading."""
    main = facts.manual.main
    if main is None:
        return
    for file in main.files[1:]:
        if not file.page.headings or file.page.headings[0].level != 1:
            yield Violation(file.source.locate(0, 0), {"path": file.path})


RULES: tuple[Rule, ...] = (
    duplicate_anchor,
    duplicate_section,
    section_without_heading,
)
