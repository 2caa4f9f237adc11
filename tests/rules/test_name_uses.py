"""Names in data: people write what a thing is called; the finding knows what it is named."""

from __future__ import annotations

import pytest

from tests.support.manuals import check_tree, tiny, tiny_with

PROCEDURE = "procedures/qt-vp-02.md"


@pytest.mark.parametrize(
    ("old", "new", "slug", "suggestion"),
    [
        ("owner: VP", "owner: Văn phòng", "unknown-unit", "VP"),
        ("owner: VP", "owner: van phong", "unknown-unit", "VP"),
        ("owner: VP", "owner: VPP", "unknown-unit", "VP"),
        ("owner: VP", "owner: Kho bạc", "unknown-unit", None),
        ("type: procedure", "type: Quy trình", "unknown-type", "procedure"),
        ("approver: giam-doc", "approver: Giám đốc", "unknown-role", "giam-doc"),
        ("approver: giam-doc", "approver: Ông Giám đốc", "unknown-role", "giam-doc"),
    ],
)
def test_what_people_call_a_thing_is_understood(
    old: str, new: str, slug: str, suggestion: str | None
) -> None:
    text = tiny()[PROCEDURE].decode()
    assert old in text
    faults = [
        each
        for each in check_tree(tiny_with({PROCEDURE: text.replace(old, new)})).findings
        if each.slug == slug
    ]
    assert [each.suggestion for each in faults] == [suggestion]


def test_few_names_are_listed() -> None:
    text = tiny()[PROCEDURE].decode().replace("owner: VP", "owner: Kho bạc")
    told = next(
        each.message
        for each in check_tree(tiny_with({PROCEDURE: text})).findings
        if each.slug == "unknown-unit"
    )
    assert told.vi.endswith("Đã khai: VP (Văn phòng).")
    assert told.en.endswith("There are: VP (Văn phòng).")


def test_forms_of_a_type_that_is_not_there() -> None:
    manifest = tiny()["qms.yml"].decode().replace("form_of: procedure", "form_of: procedura")
    faults = [
        each
        for each in check_tree(tiny_with({"qms.yml": manifest})).findings
        if each.slug == "unknown-type"
    ]
    assert [each.suggestion for each in faults] == ["procedure"]
