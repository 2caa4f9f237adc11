"""What a form belongs to, by its parent and by its code."""

from __future__ import annotations

import pytest

from qmstool.parsing.codes import placeholder_values
from qmstool.rules.base.form_parents import carries_code
from tests.support.manuals import check_tree, tiny, tiny_with

FORM = "procedures/bm.md"
MANIFEST = "qms.yml"
SLUGS = {"parent-impossible", "form-not-of-parent"}


def form(code: str, parent: str, kind: str = "form") -> str:
    return f"---\ncode: {code}\ntype: {kind}\ntitle: Phiếu\nparent: {parent}\nowner: VP\n---\n"


def told(*, types: str = "", **files: str) -> list[tuple[str, str, str | None]]:
    """Slug, place and suggestion of what is found about parents, with some types in the place of the tiny manual's forms."""
    own = '  form: {name: Biểu mẫu, code: "BM {unit} {nn}.{nn}", form_of: procedure}\n'
    manifest = tiny()[MANIFEST].decode()
    assert own in manifest
    overlay = {
        MANIFEST: manifest.replace(own, types or own),
        **{f"procedures/{name}.md": text for name, text in files.items()},
    }
    found = [each for each in check_tree(tiny_with(overlay)).findings if each.slug in SLUGS]
    return [
        (
            each.slug,
            f"{each.location.path}:{each.location.line}:{each.location.column}",
            each.suggestion,
        )
        for each in found
    ]


@pytest.mark.parametrize(
    ("code", "parent", "expected"),
    [
        ("BM VP 01.01", "QT VP 01", []),
        ("BM-VP-01.01", "qt-vp-01", []),
        ("BM VP 01.02", "QT VP 02", [("form-not-of-parent", "QT VP 01")]),
        ("BM VP 02.01", "QT VP 01", [("form-not-of-parent", "QT VP 02")]),
        ("BM TC 01.01", "QT VP 01", [("form-not-of-parent", None)]),
        ("BM VP 01.01", "STCL", [("parent-impossible", "QT VP 01")]),
        ("BM VP 01.01", "BM VP 01.01", [("parent-impossible", "QT VP 01")]),
        ("BM VP 09.01", "BM VP 09.01", [("parent-impossible", None)]),
        # What is told already, at the code or at the parent.
        ("BM VP 1.01", "QT VP 02", []),
        ("BM VP 01.01", "QT VP 77", []),
    ],
)
def test_a_form_of_the_tiny_manual(
    code: str, parent: str, expected: list[tuple[str, str | None]]
) -> None:
    assert told(bm=form(code, parent)) == [(slug, f"{FORM}:5:9", meant) for slug, meant in expected]


def test_a_form_is_none_of_another_form() -> None:
    files = {"bm": form("BM VP 01.01", "QT VP 01"), "bn": form("BM VP 01.02", "BM VP 01.01")}
    assert told(**files) == [("parent-impossible", "procedures/bn.md:5:9", "QT VP 01")]


def test_no_document_is_its_own_parent() -> None:
    assert told(qt=form("QT VP 03", "QT VP 03", "procedure")) == [
        ("parent-impossible", "procedures/qt.md:5:9", None)
    ]
    assert told(qt=form("QT VP 03", "QT VP 01", "procedure")) == []


@pytest.mark.parametrize(
    ("types", "code", "expected"),
    [
        # Shapes that say less: a form that leaves the unit out, one whose number comes first, one
        # without a shape.
        ('  form: {name: Mẫu, code: "BM {nn}.{nn}", form_of: procedure}\n', "BM 01.05", []),
        ('  form: {name: Mẫu, code: "BM {nn}.{nn}", form_of: procedure}\n', "BM 05.01", []),
        (
            '  form: {name: Mẫu, code: "BM {nn}.{nn}", form_of: procedure}\n',
            "BM 05.02",
            ["form-not-of-parent"],
        ),
        (
            '  form: {name: Mẫu, code: "BM{nn}-QT {unit} {nn}", form_of: procedure}\n',
            "BM07-QT VP 01",
            [],
        ),
        (
            '  form: {name: Mẫu, code: "BM{nn}-QT {unit} {nn}", form_of: procedure}\n',
            "BM01-QT VP 07",
            ["form-not-of-parent"],
        ),
        ('  form: {name: Mẫu, code: "BM {unit} {n}.{n}", form_of: procedure}\n', "BM VP 1.5", []),
        ('  form: {name: Mẫu, code: "BM {unit}", form_of: procedure}\n', "BM TC", []),
        ("  form: {name: Mẫu, form_of: procedure}\n", "BM 99", []),
        # A type that is not said to be forms, or is said to be forms of a type that is not there.
        ('  form: {name: Mẫu, code: "BM {unit} {nn}.{nn}"}\n', "BM VP 07.01", []),
        (
            '  form: {name: Mẫu, code: "BM {unit} {nn}.{nn}", form_of: procedura}\n',
            "BM VP 07.01",
            [],
        ),
        (
            '  form: {name: Mẫu, code: "BM {unit} {nn}.{nn}", form_of: manual}\n',
            "BM VP 01.01",
            ["parent-impossible"],
        ),
    ],
)
def test_shapes(types: str, code: str, expected: list[str]) -> None:
    assert [slug for slug, *_ in told(types=types, bm=form(code, "QT VP 01"))] == expected


def test_a_parent_without_a_code_says_nothing() -> None:
    text = (
        "---\ncode: unknown\nkey: quy-trinh-tiep-dan\ntype: procedure\ntitle: Tiếp dân\nowner: "
        "VP\n---\n"
    )
    assert told(qt=text, bm=form("BM VP 07.01", "quy-trinh-tiep-dan")) == []


@pytest.mark.parametrize(
    ("code", "shape", "expected"),
    [
        ("qt-vp-01", "QT {unit} {nn}", [("letters", "vp"), ("number", "1")]),
        (
            "QĐ 12/2020/NĐ-CP",
            "QĐ {n}/{yyyy}/{abc}",
            [("number", "12"), ("year", "2020"), ("letters", "nđ-cp")],
        ),
        ("QT VP 1", "QT {unit} {nn}", []),
        ("STCL", "STCL", []),
    ],
)
def test_what_a_code_puts_into_its_shape(
    code: str, shape: str, expected: list[tuple[str, str]]
) -> None:
    assert list(placeholder_values(code, shape)) == expected


def test_shapes_that_tell_nothing() -> None:
    assert carries_code((("letters", "vp"),), (("number", "1"),)) is None
    assert carries_code((("letters", "vp"),), ()) is None
    assert carries_code((), (("number", "1"),)) is None


def test_what_is_offered_for_a_missing_parent_can_be_pasted() -> None:
    page = "---\ncode: BM TC 09.01\ntype: form\ntitle: Phiếu\n{}owner: VP\n---\n"
    files = tiny_with({FORM: page.format("")})
    [found] = [each for each in check_tree(files).findings if each.slug == "required-key"]
    assert found.suggestion == "parent: unknown"
    mended = tiny_with({FORM: page.format(f"{found.suggestion}\n")})
    assert not [
        each
        for each in check_tree(mended).findings
        if each.location.path == FORM and each.severity.name == "ERROR"
    ]
