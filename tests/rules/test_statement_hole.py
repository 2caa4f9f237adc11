"""Test the rule `statement-hole`: what a row of a statement of applicability does not say."""

from __future__ import annotations

import pytest

from qmstool.rules import BY_SLUG
from qmstool.rules.base.pages import HEADINGS, read_page
from tests.support.manuals import check_tree, findings_of, tiny_with
from tests.support.rule_examples import example

SLUG = "statement-hole"
STATE = "whether it is implemented (implemented)"
WHY = "because: [{by: contract}]"
PLACE, OWNER = "documents: [QT VP 03]", "role: giam-doc"


@pytest.mark.parametrize(
    ("row", "lacks"),
    [
        ((PLACE, OWNER, WHY, "implemented: 'yes'"), ""),
        ((PLACE, OWNER, "implemented: 'yes'"), "why it applies (because)"),
        ((PLACE, OWNER, WHY), STATE),
        ((PLACE, OWNER, WHY, "implemented: planned"), "by which day it will be (planned)"),
        (
            (OWNER, WHY, "implemented: partly"),
            "where it is (section, documents or records)",
        ),
        ((PLACE, WHY, "implemented: 'yes'"), "who answers for it (role)"),
        (
            (PLACE,),
            f"why it applies (because); {STATE}; who answers for it (role)",
        ),
    ],
)
def test_what_a_row_does_not_say_is_named(row: tuple[str, ...], lacks: str) -> None:
    files = dict(example(read_page(BY_SLUG[SLUG], "vi"), HEADINGS["vi"][2]).files)
    text = 'schema: 1\ncatalogue: tiny-2\nclauses:\n  "A.1": {' + ", ".join(row) + "}\n"
    files["clauses/mapping/tiny-2.yml"] = text.encode()
    found = [each for each in check_tree(tiny_with(files)).findings if each.slug == SLUG]
    said = [f"it lacks {lacks}. Write" in each.message.en for each in found]
    assert said == ([True] if lacks else [])


def test_a_name_that_is_nearly_another_mapping_is_offered_and_never_its_own() -> None:
    page = read_page(BY_SLUG["follows-nothing"], "vi")
    bad = example(page, HEADINGS["vi"][2])
    path = bad.places[0].partition(":")[0]
    files = dict(bad.files)
    lines = files[path].decode().split("\n")
    at = next(number for number, line in enumerate(lines) if line.startswith("follows:"))
    for named, offered in (("tiny-11", "tiny-1"), (path[-10:-4], None)):
        lines[at] = f"follows: {named}"
        report = check_tree(tiny_with({**files, path: "\n".join(lines).encode()}))
        (finding,) = [each for each in report.findings if each.slug == "follows-nothing"]
        assert finding.suggestion == offered or (offered is None and finding.suggestion != named)


def test_nothing_else_is_told_of_the_page_of_the_rule() -> None:
    bad = example(read_page(BY_SLUG[SLUG], "vi"), HEADINGS["vi"][2])
    assert findings_of(dict(bad.files)) == [f"{SLUG} {place}" for place in bad.places]


@pytest.mark.parametrize("is_document", [True, False])
def test_a_table_that_is_no_document_is_told_once(is_document: bool) -> None:
    files = dict(example(read_page(BY_SLUG[SLUG], "vi"), HEADINGS["vi"][2]).files)
    row = f"{{{PLACE}, {OWNER}, {WHY}, implemented: 'yes'}}"
    table = f'schema: 1\ncatalogue: tiny-2\nclauses:\n  "A.1": {row}\n'
    files["clauses/mapping/tiny-2.yml"] = table.encode()
    if not is_document:
        statement = files["procedures/qt-vp-03.md"].decode()
        shown = statement.replace("file: ../clauses/mapping/tiny-2.yml\n", "") + "# Lời\n"
        files["procedures/qt-vp-03.md"] = shown.encode()
    found = [each for each in check_tree(tiny_with(files)).findings if each.slug == SLUG]
    assert [each.location.path for each in found] == ["clauses/mapping/tiny-2.yml"] * (
        not is_document
    )
