"""Find documents, here and outside, that texts and data name by codes or numbers nobody bears."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Subject, Violation
from qmstool.frozen import replace
from qmstool.i18n import Text
from qmstool.manual.registers import EXTERNALS_FILE
from qmstool.parsing.codes import fold_code
from qmstool.rules.base.hiders import lost_document, lost_entry
from qmstool.rules.base.rule import Rule, rule
from qmstool.rules.references.broken import violation_of
from qmstool.rules.references.hiding import (
    misshapen_code,
    misspelled_code,
    replaced_code,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmstool.findings import Location
    from qmstool.rules.base.facts import Facts

# A code in so many places, or with a file of its name, is no slip of the pen: its document is gone,
# or not there yet.
MANY_USES = 4


@rule(
    "QMS101",
    "unknown-code",
    Severity.ERROR,
    title=Text("Không tài liệu nào mang mã này", "A code that no document bears"),
    message=Text(
        (
            "Không có tài liệu nào mang mã «{words}». Nếu mã viết nhầm thì sửa ở đây; nếu "
            "tài liệu có thật thì đăng ký trong procedures/."
        ),
        (
            "No document bears the code «{words}». Fix it here if it is mistyped; if there "
            "is such a document, register it in procedures/."
        ),
    ),
    hidden_by=(replaced_code, lost_document, misspelled_code),
)
def unknown_code(facts: Facts) -> Iterator[Violation]:
    """Find codes and keys, in texts and data, that no document bears."""
    references = facts.broken_references.get("unknown-code", ())
    marks = facts.marks_of_no_document
    slips = _slips(facts, [use.words for use in references] + [mark.text for mark in marks])
    for reference in references:
        violation = violation_of(reference)
        if fold_code(reference.words) not in slips:
            violation = replace(violation, suggestion=None)
        yield violation
    for mark in marks:
        is_slip = fold_code(mark.text) in slips
        similar = facts.known_names["document"].meant(mark.text) if is_slip else None
        values, subject = {"words": mark.text}, Subject(mark.text)
        yield Violation(mark.location, values, similar, subjects=(subject,))


def _slips(facts: Facts, codes: Sequence[str]) -> frozenset[str]:
    """Return the codes, folded, that are probably slips of the pen for another one."""
    if not codes:
        return frozenset()
    uses = Counter(map(fold_code, codes))
    files = {fold_code(PurePosixPath(path).stem) for path in facts.manual.paths}
    return frozenset([code for code in uses if uses[code] < MANY_USES and code not in files])


@rule(
    "QMS111",
    "renamed-code",
    Severity.ERROR,
    title=Text("Mã đã đổi mà nơi khác còn ghi mã cũ", "A code changed under those who use it"),
    message=Text(
        (
            "Tệp này mang tên theo mã «{old}» nhưng ghi mã «{new}», trong khi {count} chỗ "
            "khác vẫn ghi «{old}», nay không còn tài liệu nào mang. Hãy khôi phục mã cũ."
        ),
        (
            "This file is named after «{old}» but says «{new}». «{old}», which no document "
            "bears now, is still used in other places: {count}. Put the old code back."
        ),
    ),
    hidden_by=(replaced_code, misshapen_code),
)
def renamed_code(facts: Facts) -> Iterator[Violation]:
    """Find documents with another code than their file's name, which others still use as a code."""
    uses = [(use.words, use.location) for use in facts.broken_references.get("unknown-code", ())]
    uses += [(mark.text, mark.location) for mark in facts.marks_of_no_document]
    if not uses or not facts.lost_documents.by_file_name:
        return
    uses_by_code: dict[str, list[tuple[str, Location]]] = {}
    for words, place in uses:
        uses_by_code.setdefault(fold_code(words), []).append((words, place))
    for stem, document in facts.lost_documents.by_file_name.items():
        if stem not in uses_by_code:
            continue
        places = tuple([place for _, place in uses_by_code[stem]])
        old = uses_by_code[stem][0][0]
        values = {"old": old, "new": document.mark.text, "count": str(len(places))}
        subject = Subject(stem, document.key)
        yield Violation(document.mark.location, values, old, places, subjects=(subject,))


@rule(
    "QMS102",
    "unknown-external",
    Severity.ERROR,
    title=Text("Tài liệu bên ngoài chưa đăng ký", "An external document that is not registered"),
    message=Text(
        (
            "«{words}» không có trong danh mục tài liệu bên ngoài (procedures/external.yml). "
            "Sửa số hiệu ở đây, hoặc ghi văn bản vào danh mục."
        ),
        (
            "«{words}» is not in the register of external documents "
            "(procedures/external.yml). Fix the number here, or register it."
        ),
    ),
    hidden_by=(lost_entry(EXTERNALS_FILE),),
)
def unknown_external(facts: Facts) -> Iterator[Violation]:
    """Find outside numbers and ids that the register of external documents does not hold."""
    for reference in facts.broken_references.get("unknown-external", ()):
        yield violation_of(reference)
    for mark in facts.name_uses.get("external", ()):
        if mark.text in facts.manual.externals:
            continue
        values, similar = {"words": mark.text}, facts.known_names["external"].meant(mark.text)
        yield Violation(mark.location, values, similar, subjects=(Subject(mark.text),))


RULES: tuple[Rule, ...] = (
    unknown_code,
    unknown_external,
    renamed_code,
)
