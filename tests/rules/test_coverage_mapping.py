"""What the mapping leaves out or says twice: documents, sections, standards, excluded clauses."""

from __future__ import annotations

import pytest

from tests.support.marked import check_marked
from tests.support.memory import CATALOGUE, MANIFEST, MAPPING

HEAD = "---\ncode: {}\ntype: {}\ntitle: x\n{}---\n# x\n"
FORMS = MANIFEST.replace(
    "citations:", '  form: {name: Biểu mẫu, code: "BM {nn}", form_of: procedure}\ncitations:'
)


def test_sections_numbered_like_a_clause_are_named_by_the_mapping() -> None:
    named = MAPPING.replace('"4.10": {section: "4.1"}', '"4.10": {section: "4.10#x"}')
    check_marked(
        "unmapped-section",
        **{
            "clauses/mapping/small.yml": named,
            "manual/1/4.2.md": "# ‹4.2. Khác›\n\n## 4.3. Nữa\n",
            "manual/1/4.10.md": "# 4.10. Mười {#x}\n",
            "manual/1/5.md": "# 5. Năm\n",
        },
    )


@pytest.mark.parametrize(
    ("code", "kind", "more"),
    [
        ("‹QT A 02›", "procedure", ""),
        ("BM 01", "form", "parent: QT A 01\n"),
        ("BM 01", "form", ""),  # a form without its document: that is told
        ("BM 01", "form", "parent: QT A 99\n"),  # nobody knows its document: that is told
        ("BM 01", "form", "parent: ST\n"),  # the manual has no such forms: that is told
        ("‹BM 01›", "form", "parent: QT A 03\n"),
    ],
)
def test_documents_that_answer_no_clause(code: str, kind: str, more: str) -> None:
    given = {
        "qms.yml": FORMS,
        "procedures/b.md": HEAD.format(code, kind, more),
        "clauses/mapping/small.yml": MAPPING,
    }
    if "QT A 03" in more:
        given["procedures/c.md"] = HEAD.format("‹QT A 03›", "procedure", "")
    check_marked("unmapped-document", **given)


def test_what_does_not_apply_has_no_answer_nor_has_what_is_below_it() -> None:
    catalogue = CATALOGUE.replace('  "4.10"', '  "4.1.1": {vi: A, en: A}\n  "4.10"')
    rows = 'schema: 1\ncatalogue: small\nclauses:\n  "4.1": {documents: [‹QT A 01›], excluded: {reason: x}}\n'
    rows += '  ‹"4.1.1"›: {section: "4.1"}\n  "4.10": {section: "4.1"}\n'
    given = {"clauses/catalogues/small.yml": catalogue, "clauses/mapping/small.yml": rows}
    told = check_marked("excluded-yet-mapped", **given)
    assert sorted(told.value("clause")) == ["4.1", "4.1.1"]


@pytest.mark.parametrize("answered", [False, True])
def test_each_standard_that_is_followed_has_a_mapping(answered: bool) -> None:
    place = "more" if answered else "‹more›"
    given = {
        "qms.yml": MANIFEST.replace(
            "{catalogue: small}", f"{{catalogue: small}}, {{catalogue: {place}}}"
        ),
        "clauses/catalogues/more.yml": CATALOGUE.replace("NORM", "MORE"),
    }
    if answered:
        given["clauses/mapping/more.yml"] = MAPPING.replace("small", "more")
    check_marked("no-mapping", **given)
