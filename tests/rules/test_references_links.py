"""What is offered in place of a link that leads nowhere, and what is told of many at once."""

from __future__ import annotations

import pytest

from tests.support.manuals import check_tree, findings_of, tiny, tiny_with, told_of

HEAD = "# 1.2. Thông tin dạng văn bản\n\nTheo QT VP 01, mục 2 và Nghị định 30/2020/NĐ-CP.\n\n"
PICTURE = {"manual/hinh.png": b"\x89PNG"}


def told(text: str, *names: str) -> list[tuple[str, str | None, str | None]]:
    """What is said of a text beside files of these names: (slug, suggestion, fix)."""
    files = dict.fromkeys(names, PICTURE["manual/hinh.png"])
    return told_of("manual/1.2.md", {"manual/1.2.md": f"{HEAD}{text}\n", **PICTURE, **files})


@pytest.mark.parametrize(
    ("text", "slug", "fix"),
    [
        (
            "[x](../procedures/qt-vp-01.md#Muc-1)",
            "broken-anchor",
            "../procedures/qt-vp-01.md#muc-1",
        ),
        ("## Phần Một\n\nLời. [x](#Phan-Mot)", "broken-anchor", "#phan-mot"),
        ("[x](../procedures/qt-vp-01.md#khong-co)", "broken-anchor", None),
        # Which of two is meant nobody knows, and what is written with escapes is left alone.
        ("[x](../procedures/QT-VP-01.md#muc-1?a)", "broken-link", None),
        ("<a id='a-b'></a><a id='A-b'></a> [x](#a-B)", "broken-anchor", None),
        ("<a id='ab'></a> [x](#A%62)", "broken-anchor", None),
        # A place of another file of the same address is none of this one.
        ("[x](../procedures/qt-vp-02.md#Pham-Vi)\n\n## Phạm vi\n\nLời.", "broken-anchor", None),
        ("[x](../procedures/QT-VP-01.md)", "broken-link", "../procedures/qt-vp-01.md"),
        ("[x](../procedures/QT%2DVP-01.md)", "broken-link", None),
        ("[x](../procedures/QT&#45;VP-01.md)", "broken-link", None),
        ("[x](./../procedures/QT-VP-01.md)", "broken-link", "./../procedures/qt-vp-01.md"),
        ("![x](HINH.png)", "broken-image", "hinh.png"),
        ("![x](HINH2.png)", "broken-image", None),
    ],
)
def test_what_differs_in_capitals_alone_is_put_right(text: str, slug: str, fix: str | None) -> None:
    assert [(each[0], each[2]) for each in told(text)] == [(slug, fix)]


@pytest.mark.parametrize(
    ("heading", "slug"),
    [("## Phạm vi {#b}", "broken-anchor"), ("## Phạm vi {#a}", "duplicate-anchor")],
)
def test_a_link_to_a_heading_that_bears_the_id_of_another_follows_from_that(
    heading: str, slug: str
) -> None:
    """Where `duplicate-anchor` tells it, the link to the heading's own title is not told as well."""
    text = f"[x](#pham-vi)\n\n{heading}\n\nLời.\n\n## Mục đích {{#a}}\n\nLời."
    assert [each[0] for each in told(text)] == [slug]


def test_of_two_files_that_differ_in_capitals_none_is_put_in() -> None:
    (finding,) = told("![x](HINH.png)", "manual/Hinh.png")
    assert (finding[0], finding[2]) == ("broken-image", None)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Chú[^a].\n\n[^a]: lời\n\n[^b]: khác", ["footnote-uncalled manual/1.2.md:9:1"]),
        # A call without words may have meant it; a link without an address has not.
        ("Chú[^z].\n\n[^b]: khác", ["missing-reference manual/1.2.md:5:4"]),
        (
            "Chú [x][y].\n\n[^b]: khác",
            ["missing-reference manual/1.2.md:5:5", "footnote-uncalled manual/1.2.md:7:1"],
        ),
    ],
)
def test_a_footnote_that_nothing_calls(text: str, places: list[str]) -> None:
    assert findings_of({"manual/1.2.md": f"{HEAD}{text}\n"}) == places


def test_many_links_of_another_tool_are_one_finding_at_the_first() -> None:
    links = "".join(f"[a](notes:{number})\n\n" for number in range(6))
    report = check_tree(tiny_with({"manual/1.2.md": HEAD + links}))
    (finding,) = report.findings
    assert (finding.slug, finding.location.line) == ("unsafe-link", 5)
    assert [place.line for place in finding.related] == [7, 9, 11, 13, 15]


def test_an_edition_that_nobody_follows_is_told_with_its_year() -> None:
    page = "# 1.1. Phạm vi\n\nTheo Tiêu chuẩn Nhỏ:2012.\n\n- 2.2 Thiết kế: không áp dụng. Không thiết kế.\n"
    finding = next(
        each
        for each in check_tree(tiny_with({"manual/1.1.md": page})).findings
        if each.slug == "unknown-edition"
    )
    assert "«Tiêu chuẩn Nhỏ:2012»" in finding.message.en
    assert finding.suggestion == "Tiêu chuẩn Nhỏ:2020"


def test_right_codes_are_no_habit_of_writing_others_in_small_letters() -> None:
    text = "Theo QT VP 01, QT VP 02, QT VP 01 và QT VP 02, rồi theo qt vp 01."
    assert told(text) == [("code-spelled-otherwise", "QT VP 01", "QT VP 01")]
    small = "Theo qt vp 01, qt vp 02 và qt vp 01."
    assert told(small) == []


def test_a_miswritten_code_leads_to_the_document_that_is_meant() -> None:
    report = check_tree(tiny_with({"manual/1.2.md": f"{HEAD}Theo QTVP02.\n"}))
    (finding,) = report.findings
    assert [place.path for place in finding.related] == ["procedures/qt-vp-02.md"]


def test_a_code_given_again_by_a_release_is_told_and_the_same_document_brought_back_is_not() -> (
    None
):
    record = (
        "schema: 1\nrelease: {n}\ntitle: Đợt {n}\n"
        'instrument: {{kind: decision, number: "{n}", date: 2025-01-0{n}}}\n'
        "signer: {{person: unknown, role: unknown, capacity: unknown}}\neffective: 2025-01-0{n}\n"
        "recorder: unknown\nprevious: none\nbasis: []\nitems:\n"
        "  - {{code: QT VP 09, act: {act}, title: {title}, issue: {n}, revision: 0}}\n"
    )
    acts = [("new", "Mua sắm"), ("withdraw", "Mua sắm"), ("new", "{title}")]
    for title, tells in (("Mua sắm", False), ("Kho tàng", True)):
        files = dict(tiny())
        for number, (act, named) in enumerate(acts, 1):
            text = record.format(n=number, act=act, title=named.format(title=title))
            files[f"releases/{number:04d}.yml"] = text.encode()
        found = [each for each in findings_of(files) if each.startswith("reused-code")]
        assert found == (["reused-code releases/0003.yml:11:12"] if tells else [])
