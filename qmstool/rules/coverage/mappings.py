"""Check the mappings as wholes: each standard has one, and follows one that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.parsing.similar import nearest_name
from qmstool.rules.base.rule import rule
from qmstool.rules.coverage.hiding import unnamed_catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.model import Manual
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.rule import Rule


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
            "Bảng này đáp ứng «{name}», nhưng qms.yml không ghi tiêu chuẩn ấy trong "
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
            "là cùng nghĩa: {clauses}. Hãy xem lại từng điều khoản; nơi nào đáp ứng khác thì ghi "
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
        clauses = [_with_source(own, other) for own, other in coverage.borrowed_from.items()]
        values = {
            "count": str(len(clauses)),
            "standard": _standard_name(facts.manual, key),
            "other": _standard_name(facts.manual, coverage.follows.text),
            "clauses": ", ".join(clauses),
        }
        yield Violation(coverage.follows.location, values)


def _with_source(own: str, other: str) -> str:
    """Return a clause, and in brackets the one that answers it where its number differs."""
    if own == other:
        return own
    return f"{own} ({other})"


def _standard_name(manual: Manual, key: str) -> str:
    catalogue = manual.catalogues.get(key)
    return catalogue.name if catalogue else key


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
    no_mapping,
    mapping_not_followed,
    rows_taken,
    follows_nothing,
)
