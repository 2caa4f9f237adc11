"""Files of forms that are not what they seem: told as what they are, or listed as not checked, never as sheets without a code."""

from __future__ import annotations

import pytest

from tests.support.manuals import check_tree, finding_lines, tiny_with
from tests.support.rule_examples import excel, word

FORM = "---\ncode: BM VP 02.01\ntype: form\ntitle: Báo cáo\nparent: QT VP 02\nfile: {file}\n---\n"
OLD = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
LOCKED = OLD + "EncryptedPackage".encode("utf-16-le")
GOOD = word("BM VP 02.01\nLần sửa đổi: 0")


@pytest.mark.parametrize(
    ("name", "data", "slugs", "words"),
    [
        ("a.docx", GOOD, [], None),
        ("a.docx", word("Báo cáo"), ["form-without-code"], None),
        (
            "a.docx",
            b"BM VP 02.01",
            ["form-file-unreadable"],
            "mang đuôi .docx mà bên trong không phải tệp Word",
        ),
        ("a.docx", b"", ["form-file-unreadable"], "là tệp rỗng"),
        ("a.docx", GOOD[:-40], ["form-file-unreadable"], "bị hỏng hoặc thiếu một phần"),
        (
            "a.docx",
            excel("BM VP 02.01"),
            ["form-file-unreadable"],
            "mang đuôi .docx mà bên trong là tệp Excel",
        ),
        (
            "a.docx",
            OLD,
            ["form-file-unreadable"],
            "mang đuôi .docx mà bên trong là dạng cũ (.doc, .xls)",
        ),
        ("a.XLSX", GOOD, ["form-file-unreadable"], "mang đuôi .xlsx mà bên trong là tệp Word"),
        # Limits of what is read here are no faults of the manual.
        ("a.doc", OLD, [], "có dạng khác .docx, .docm, .xlsx, .xlsm"),
        ("a.xls", OLD, [], "có dạng khác .docx, .docm, .xlsx, .xlsm"),
        ("a.pdf", b"%PDF-1.7", [], "có dạng khác .docx, .docm, .xlsx, .xlsm"),
        ("a.docx", LOCKED, [], "có mật khẩu"),
    ],
)
def test_what_cannot_be_read_is_told_as_it_is(
    name: str, data: bytes, slugs: list[str], words: str | None
) -> None:
    report = check_tree(
        tiny_with({"procedures/bm.md": FORM.format(file=name), f"procedures/{name}": data})
    )
    place = "procedures/bm.md:6:7"
    assert finding_lines(report) == [f"{slug} {place}" for slug in slugs]
    unseen = [each.why.vi for each in report.skipped if each.rule == "QMS344"]
    if words is None:
        assert unseen == []
    elif slugs:
        assert unseen == []
        assert f"«{name}» {words}," in report.findings[0].message.vi
    else:
        assert unseen == [
            f"chưa so mã, lần ban hành và sửa đổi in ở đầu trang, vì tệp {words}: procedures/{name}"
        ]


def test_files_left_alone_for_one_reason_are_told_together() -> None:
    overlay: dict[str, str | bytes] = {}
    for at, name in enumerate(("a.doc", "b.pdf", "c.docx"), 1):
        overlay[f"procedures/bm{at}.md"] = FORM.format(file=name).replace("02.01", f"02.0{at}")
        overlay[f"procedures/{name}"] = LOCKED
    unseen = [
        each.why.en for each in check_tree(tiny_with(overlay)).skipped if each.rule == "QMS344"
    ]
    assert [each.partition(": ")[2] for each in unseen] == [
        "procedures/a.doc, procedures/b.pdf",
        "procedures/c.docx",
    ]


def test_a_file_of_a_type_without_a_shape_is_compared_with_nothing() -> None:
    text = "---\ncode: STCL PHU\ntype: phu\ntitle: Phụ\nfile: a.doc\n---\n"
    manifest = (
        tiny_with({}).read("qms.yml").decode().replace("units:", "  phu: {name: Phụ}\nunits:", 1)
    )
    report = check_tree(
        tiny_with({"qms.yml": manifest, "procedures/phu.md": text, "procedures/a.doc": OLD})
    )
    assert [each for each in report.skipped if each.rule == "QMS344"] == []


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("Lần ban hành/sửa đổi: 1/2", ["1/2"]),
        ("Lần ban hành/sửa đổi: 1/3", []),
        ("Lần ban hành/sửa đổi: 2/0", []),
        ("Lần ban hành: 1\nLần sửa đổi: 2", ["1/2"]),
        ("Lần sửa đổi: 2", ["2"]),
    ],
)
def test_a_form_that_prints_an_earlier_number(header: str, said: list[str]) -> None:
    record = (
        "schema: 1\nrelease: 1\nimported: true\ntitle: Đợt 1\ninstrument: {kind: decision, number: '1', "
        "date: 2025-01-01}\nsigner: {person: unknown, role: unknown, capacity: unknown}\n"
        "effective: 2025-01-01\nrecorder: unknown\nprevious: none\nbasis: []\nitems:\n"
        "  - {code: BM VP 02.01, act: new, title: Báo cáo, issue: 1, revision: 3}\n"
    )
    tree = tiny_with(
        {
            "procedures/bm.md": FORM.format(file="a.docx"),
            "procedures/a.docx": word(f"BM VP 02.01\n{header}"),
            "releases/0001.yml": record,
        }
    )
    found = [each for each in check_tree(tree).findings if each.slug == "form-of-earlier-revision"]
    assert [each.values["said"] for each in found] == said
