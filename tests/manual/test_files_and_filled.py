"""A Word, PDF or Excel file is the controlled text; filled-in records share their form's code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qmstool.checking.runner import check
from qmstool.manual.loading.loader import load
from qmstool.references.resolver import resolve
from qmstool.tables.external_and_records import records_register
from tests.support.memory import MANIFEST, MemoryTree, files

if TYPE_CHECKING:
    from qmstool.findings import Finding
    from qmstool.manual.model import Manual

TYPES = MANIFEST.replace(
    "types:\n",
    "types:\n"
    '  form: {name: Biểu mẫu, code: "BM {unit} {nn}.{nn}", form_of: procedure}\n'
    "  filled: {name: Hồ sơ đã điền, filled_in: true}\n",
)


def read(**more: str) -> Manual:
    tree = files(qms_dot_yml=TYPES, **more)
    return load(
        MemoryTree({**tree.files, "procedures/two.docx": b"PK", "procedures/f.xlsx": b"PK"})
    )


def found_in(made: Manual) -> tuple[Finding, ...]:
    return check(made, resolve(made), root="").findings


def head(more: str, words: str = "") -> str:
    return f"---\ncode: QT A 02\ntype: procedure\ntitle: Two\n{more}---\n{words}"


@pytest.mark.parametrize(
    ("more", "words", "text_file", "held"),
    [
        ("file: two.docx\n", "", "procedures/two.docx", True),
        ("file: two.docx\n", "# Two\n\n", "procedures/two.docx", True),
        ("file: two.docx\ntext: not-held\n", "", "procedures/two.docx", True),
        ("file: two.docx\n", "# Two\n\nWords.\n", "", True),
        ("file: gone.docx\ntext: not-held\n", "", "", False),
        ("", "", "", True),
    ],
)
def test_a_file_is_the_text_where_there_are_no_words(
    more: str, words: str, text_file: str, *, held: bool
) -> None:
    document = read(procedures__two_dot_md=head(more, words)).documents["qt-a-02"]
    assert (document.text_file, document.held) == (text_file, held)


def test_the_file_of_a_form_is_a_form() -> None:
    form = "---\ncode: BM A 01.01\ntype: form\ntitle: F\nparent: QT A 01\nfile: f.xlsx\n---\n"
    assert read(procedures__f_dot_md=form).documents["bm-a-01-01"].text_file == ""


def test_not_held_is_told_where_the_file_is_here() -> None:
    made = read(procedures__two_dot_md=head("file: two.docx\ntext: not-held\n"))
    told = [each for each in found_in(made) if each.slug == "held-after-all"]
    assert [(each.location.line, each.suggestion) for each in told] == [(6, "held")]


FORM = "---\ncode: BM A 01.01\ntype: form\ntitle: Phiếu\nparent: QT A 01\n---\n"
SHEET = "---\ncode: BM A 01.01\ntype: filled\ntitle: Phiếu {day}\nowner: unknown\n---\n\nmục 99\n"


def test_filled_in_records_share_the_code_of_their_form() -> None:
    made = read(
        procedures__form_dot_md=FORM,
        procedures__one_dot_md=SHEET.format(day=1),
        procedures__two_dot_md=SHEET.format(day=2),
    )
    assert made.problems == ()
    assert made.documents["bm-a-01-01"].title == "Phiếu"
    assert [record.title for record in made.filled] == ["Phiếu 1", "Phiếu 2"]
    table = records_register(made, "en")
    rows = [dict(zip([name for name, _ in table.columns], row, strict=True)) for row in table.rows]
    assert [(row["title"], row["form"], row["place"], row["owner"]) for row in rows] == [
        ("Phiếu 1", "BM A 01.01", "procedures/one.md", "unknown"),
        ("Phiếu 2", "BM A 01.01", "procedures/two.md", "unknown"),
    ]
    found = {(each.slug, each.location.path) for each in found_in(made)}
    assert not [slug for slug, path in found if path in {"procedures/one.md", "procedures/two.md"}]


def test_a_filled_in_record_of_no_form_is_told() -> None:
    made = read(procedures__one_dot_md=SHEET.format(day=1))
    found = {(each.slug, each.location.path) for each in found_in(made)}
    assert {slug for slug, path in found if path == "procedures/one.md"} == {"unknown-code"}


def test_two_forms_still_may_not_share_a_code() -> None:
    made = read(procedures__form_dot_md=FORM, procedures__g_dot_md=FORM)
    assert [problem.slug for problem in made.problems] == ["duplicate-code"]
