"""Where references point: outside parts and consolidated texts are whole, and rules stay quiet where numbers are right."""

from __future__ import annotations

import pytest

from tests.support.manuals import check_tree, tiny, tiny_with


def said(text: str, **more: str) -> list[str]:
    body = (
        "# 1.2. Thông tin dạng văn bản\n\nTheo QT VP 01, mục 2 và Nghị định 30/2020/NĐ-CP. "
        f"{text}\n"
    )
    overlay = {path.replace("__", "/").replace("_dot_", "."): each for path, each in more.items()}
    report = check_tree(tiny_with({"manual/1.2.md": body, **overlay}))
    return [each.slug for each in report.findings if not each.rule.startswith("QMS6")]


@pytest.mark.parametrize(
    "text",
    [
        "Theo khoản 2 Điều 5 Nghị định số 30/2020/NĐ-CP và mục 2.1.",
        "Theo điểm a khoản 2 Điều 5 của Nghị định 30/2020/NĐ-CP.",
        "Theo mục 2 Phụ lục I của Nghị định số 30/2020/NĐ-CP.",
        "Theo mục 2.1 (Đánh giá nội bộ).",
        "Theo mục 2.1, Thông tin dạng văn bản được giữ.",
        "Theo QT\u00a0VP 01 và **QT VP** 01.",
        "Theo [chỗ này](1.2.md).",
    ],
)
def test_what_is_right_stays_unasked(text: str) -> None:
    assert said(text) == []


def test_a_consolidated_text_is_an_outside_document() -> None:
    manifest = (
        tiny()["qms.yml"]
        .decode()
        .replace('["{n}/{yyyy}/{abc}"]', '["{n}/{yyyy}/{abc}", "{n}/VBHN-{abc}"]')
    )
    text = "Theo Văn bản hợp nhất số 05/VBHN-BTTTT."
    assert said(text, qms_dot_yml=manifest) == ["unknown-external"]
    register = tiny()["procedures/external.yml"].decode() + (
        "  vbhn-05:\n    number: 05/VBHN-BTTTT\n    type: Văn bản hợp nhất\n    issuer: Bộ\n"
        "    title: Về việc ấy\n    issued: unknown\n    status: in_force\n"
    )
    assert said(text, qms_dot_yml=manifest, procedures__external_dot_yml=register) == [
        "external-date-unknown"
    ]


@pytest.mark.parametrize(
    ("text", "slug"),
    [("Xem mục 1.2.", "points-to-itself"), ("Theo qt.vp.02.", "code-spelled-otherwise")],
)
def test_what_is_wrong_is_said_once(text: str, slug: str) -> None:
    assert said(text) == [slug]
