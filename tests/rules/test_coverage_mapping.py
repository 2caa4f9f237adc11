"""What the mapping leaves out or says twice: documents, sections, standards, excluded clauses."""

from __future__ import annotations

import pytest

from tests.support.marked import assert_marked
from tests.support.memory import CATALOGUE, MANIFEST, MAPPING

HEAD = "---\ncode: {}\ntype: {}\ntitle: x\n{}---\n# x\n"
FORMS = MANIFEST.replace(
    "citations:", '  form: {name: Biểu mẫu, code: "BM {nn}", form_of: procedure}\ncitations:'
)


def test_sections_numbered_like_a_clause_are_named_by_the_mapping() -> None:
    named = MAPPING.replace('"4.10": {section: "4.1"}', '"4.10": {section: "4.10#x"}')
    assert_marked(
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
    assert_marked("unmapped-document", **given)


def test_what_does_not_apply_has_no_answer_nor_has_what_is_below_it() -> None:
    catalogue = CATALOGUE.replace('  "4.10"', '  "4.1.1": {vi: A, en: A}\n  "4.10"')
    rows = 'schema: 1\ncatalogue: small\nclauses:\n  "4.1": {documents: [‹QT A 01›], excluded: {reason: x}}\n'
    rows += '  ‹"4.1.1"›: {section: "4.1"}\n  "4.10": {section: "4.1"}\n'
    given = {"clauses/catalogues/small.yml": catalogue, "clauses/mapping/small.yml": rows}
    told = assert_marked("excluded-yet-mapped", **given)
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
    assert_marked("no-mapping", **given)


TITLES = {
    "4.1.1": "Nhu cầu khách hàng",
    "4.1.2": "Bối cảnh nội bộ",
    "4.1.3": "Đánh giá rủi ro lớn",
}
ROWS = 'schema: 1\ncatalogue: small\nclauses:\n  "4.1": {{section: "4.1", {} covers: [{}]}}\n  "4.10": {{section: "4.1"}}\n'


def assert_marked_rows(
    body: str, covers: str, more: str = "", documents: str = "", **texts: str
) -> None:
    clauses = "".join(f'  "{number}": {{vi: {title}, en: x}}\n' for number, title in TITLES.items())
    catalogue = CATALOGUE.replace('  "4.10"', clauses + more + '  "4.10"')
    given = {
        "clauses/catalogues/small.yml": catalogue,
        "clauses/mapping/small.yml": ROWS.format(documents, covers),
        "qms.yml": MANIFEST,
        **texts,
    }
    assert_marked("covered-in-silence", body, **given)


SILENT = '‹"4.1.1"›, "4.1.3"'


def test_a_clause_is_spoken_of_in_two_words_of_its_title() -> None:
    assert_marked_rows("Hỏi nhu cầu của họ.\n", '"4.1.1"')
    assert_marked_rows("Hỏi khách hàng.\n", '"4.1.1"')
    assert_marked_rows("Hỏi khach hang.\n", '"4.1.1"')
    assert_marked_rows("Hỏi khách về hàng, nhu và cầu.\n", '‹"4.1.1"›')
    assert_marked_rows("Hỏi khách; đánh giá hồ sơ.\n", SILENT)
    assert_marked_rows(
        "Hỏi khách.\n", '‹"4.1.1"›, "4.1.2"'
    )  # the section's own title says «Bối cảnh»


def test_words_that_many_titles_share_say_nothing_of_one() -> None:
    shared = "".join(f'  "4.1.{number}": {{vi: Đánh giá {number}, en: x}}\n' for number in (4, 5))
    assert_marked_rows("Đánh giá hồ sơ.\n", '‹"4.1.3"›', shared)
    assert_marked_rows("Đánh giá hồ sơ.\n", '"4.1.3"', shared.splitlines(keepends=True)[0])


def test_the_documents_of_the_row_speak_too_as_far_as_their_text_is_here() -> None:
    head = "---\ncode: QT A 02\ntype: procedure\ntitle: x\n{}---\n# x\n\n{}\n"
    spoken = head.format("", "Hỏi khách hàng.")
    place = "documents: [QT A 02],"
    assert_marked_rows("Hỏi.\n", '"4.1.1"', "", place, **{"procedures/b.md": spoken})
    assert_marked_rows(
        "Hỏi.\n", '‹"4.1.1"›', "", place, **{"procedures/b.md": head.format("", "Hỏi.")}
    )
    stub = head.format("text: not-held\n", "Hỏi khách hàng.")
    assert_marked_rows("Hỏi.\n", '‹"4.1.1"›', "", place, **{"procedures/b.md": stub})
    after_all = head.format("text: not-held\n", "## 2. Việc\n\nHỏi khách hàng.")
    assert_marked_rows("Hỏi.\n", '"4.1.1"', "", place, **{"procedures/b.md": after_all})
    assert_marked_rows("Hỏi.\n", '"4.1.1"', "", "documents: [QT A 99],")
    assert_marked_rows("Hỏi.\n", '"4.1.1"', "", "excluded: {reason: x},")


def test_roles_that_nobody_knows_are_told_once_a_mapping() -> None:
    rows = 'schema: 1\ncatalogue: small\nclauses:\n  "4.1": {section: "4.1", role: ‹unknown›}\n'
    rows += '  "4.10": {section: "4.1", role: ⟦unknown⟧}\n'
    told = assert_marked("nobody-answers", **{"clauses/mapping/small.yml": rows})
    assert told.value("count") == ["2"]


@pytest.mark.parametrize(
    "row",
    [
        '"4.1": {section: "4.1", documents: [QT A 99], role: unknown}',
        '"4.1": {section: "4.7", role: unknown}',
        '"4.7": {section: "4.1", role: unknown}',
    ],
)
def test_roles_are_not_asked_for_while_a_row_names_what_is_not_there(row: str) -> None:
    rows = f'schema: 1\ncatalogue: small\nclauses:\n  {row}\n  "4.10": {{section: "4.1"}}\n'
    assert_marked("nobody-answers", **{"clauses/mapping/small.yml": rows})


ASKING = "{vi: Mười, en: Ten, ask: {vi: Khi nào?, en: When?}}"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ('  ‹"4.10"›: {section: "4.1"}\n', 1),
        ('  "4.10": {excluded: {reason: x}}\n', 0),
        ("", 0),
    ],
)
def test_what_must_be_asked_of_people_is_asked_at_the_row_that_answers(
    rows: str, told: int
) -> None:
    catalogue = CATALOGUE.replace("{vi: Điều mười, en: Ten}", ASKING)
    mapping = f'schema: 1\ncatalogue: small\nclauses:\n  "4.1": {{section: "4.1"}}\n{rows}'
    found = assert_marked(
        "ask-evidence",
        **{
            "clauses/catalogues/small.yml": catalogue,
            "clauses/mapping/small.yml": mapping,
        },
    )
    assert found.value("ask_en") == ["When?"] * told
    assert found.value("by") == ["NORM:1"] * told


@pytest.mark.parametrize(
    ("section", "told"), [('section: "4.1#boi-canh"', 0), ("documents: [QT A 01]", 1)]
)
def test_a_clause_that_a_mistyped_row_meant_is_not_told_as_open(section: str, told: int) -> None:
    rows = f'  "9.9": {{{section}}}\n  "4.10": {{section: "4.1"}}\n'
    mapping = f"schema: 1\ncatalogue: {'‹small›' if told else 'small'}\nclauses:\n{rows}"
    assert_marked("uncovered-clause", **{"clauses/mapping/small.yml": mapping})


@pytest.mark.parametrize("lost", ["small", "next", ""])
def test_clauses_that_a_transition_names_are_those_of_its_two_editions(lost: str) -> None:
    """Of an edition that nobody has, nothing is told of its numbers."""
    bad = {name: '"4.7"' if name == lost else '‹"4.7"›' for name in ("small", "next")}
    one, other = bad["small"], bad["next"]
    lines = f"  - {{kind: carried, from: [{one}], to: [{other}]}}\n"
    old = "gone" if lost == "small" else "small"
    transition = f"schema: 1\nfrom: {old}\nto: next\nlines:\n{lines}"
    followed = "{catalogue: small, transition: step}"
    named = CATALOGUE.replace("NORM 1", "NORM 2").replace("Tiêu chuẩn NORM", "Tiêu chuẩn mới")
    catalogue = "gone" if lost == "next" else "next"
    assert_marked(
        "unknown-clause",
        **{
            "qms.yml": MANIFEST.replace("{catalogue: small}", followed),
            "clauses/transitions/step.yml": transition,
            f"clauses/catalogues/{catalogue}.yml": named.replace('edition: "1"', 'edition: "2"'),
        },
    )


@pytest.mark.parametrize("amends", ["small", "other"])
def test_an_amendment_asks_at_the_standard_that_it_amends(amends: str) -> None:
    other = CATALOGUE.replace("NORM", "OTHER").replace("Tiêu chuẩn OTHER", "Tiêu chuẩn khác")
    amendment = (
        "schema: 1\nstandard: NORM\nedition: Amd 1\ntitle: Amendment\n"
        f"amends: {amends}\nchanges:\n"
        '  "4.1": {kind: changed, comment: {vi: Đổi, en: Changed}, ask: {vi: Vì sao?, en: Why?}}\n'
    )
    followed = "{catalogue: small, amendments: [amd]}, {catalogue: other}"
    mapping = MAPPING.replace('"4.1":', '‹"4.1"›:') if amends == "small" else MAPPING
    theirs = MAPPING.replace("small", "other").replace(
        '"4.1":', '‹"4.1"›:' if amends == "other" else '"4.1":'
    )
    told = assert_marked(
        "ask-evidence",
        **{
            "qms.yml": MANIFEST.replace("{catalogue: small}", followed),
            "clauses/catalogues/other.yml": other,
            "clauses/catalogues/amd.yml": amendment,
            "clauses/mapping/small.yml": mapping,
            "clauses/mapping/other.yml": theirs,
        },
    )
    assert told.value("ask_en") == ["Why?"]
